"""The history of a case: who changed what, when and why, as far as the reader may see it."""

from html import unescape
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from django.apps import apps
from django.db.models import ForeignKey, OneToOneField
from django.urls import reverse
from django.utils import timezone
from simple_history.manager import HistoryManager

from accounts.models import AccessLogEntry
from dossiers.history import BOOKKEEPING, NOT_SHOWN, TRACKED
from dossiers.history_labels import LABELS
from dossiers.history_words import label_of
from dossiers.models import Person, Relation, VtRecord
from dossiers.selectors import Wanted, history, steps_of
from dossiers.selectors.history_steps import ON_A_PAGE
from dossiers.selectors.sight import Sight
from dossiers.services import choose_sharing
from partners.actors import actor_of
from routing.models import Case, LeadPeriod
from routing.services import break_glass

pytestmark = pytest.mark.usefixtures("tuesday_morning")

UNSAFE = {"category": "hgkm", "age": 16, "provider": "", "related": False}


@pytest.fixture
def case(client, wilma, vincent, routed) -> Case:
    """Veilig Thuis accepted it on its page, and keeps its record."""
    offered = routed(wilma, **UNSAFE)
    client.force_login(vincent.user)
    client.post(reverse("handover-accept", args=[offered.pk]))
    return offered.case


@pytest.fixture
def save(client, case, vincent):
    """Vincent saves the record of Veilig Thuis with another text."""

    def _save(situation: str, **fields) -> None:
        client.force_login(vincent.user)
        given = {"kind": "report", "situation": situation, "safety": "", **fields}
        version = VtRecord.objects.get(case=case).version
        answer = client.post(reverse("record-save", args=[case.pk, "vt"]), given | {"version": version})
        assert answer.status_code == 302

    return _save


@pytest.fixture
def look(client, case):
    def _look(actor, **query):
        client.force_login(actor.user)
        return client.get(reverse("case-history", args=[case.pk]), query)

    return _look


def text_of(response) -> str:
    return unescape(response.content.decode())


def changes_of(response) -> list:
    return list(response.context["history"].changes)


class TestWhoWhatWhenWhy:
    def test_a_line_says_it_all(self, look, save, vincent):
        save("Het is rustig.")
        save("Het is onrustig.")
        change = changes_of(look(vincent, onderdeel="vtrecord"))[0]
        assert (change.user, change.organisation) == (vincent.user, "Veilig Thuis Kennemerland")
        assert (change.act.event, change.act.role) == ("record.saved", "vt_worker")
        (line,) = change.lines
        assert [(piece.kind, piece.text) for piece in line.pieces] == [
            ("same", "Het is "),
            ("removed", "rustig."),
            ("added", "onrustig."),
        ]

    def test_it_is_read_without_colour_and_aloud(self, look, save, vincent):
        save("Het is rustig.")
        save("Het is onrustig.")
        page = text_of(look(vincent))
        assert '<del class="cd-del"><span class="cd-visually-hidden">[verwijderd: </span>rustig.' in page
        assert '<ins class="cd-ins"><span class="cd-visually-hidden">[toegevoegd: </span>onrustig.' in page

    def test_newest_first(self, look, save, vincent):
        save("Eén.")
        save("Twee.")
        moments = [change.at for change in changes_of(look(vincent))]
        assert all(later >= earlier for later, earlier in pairwise(moments))

    def test_a_reason_that_was_given_comes_before_the_act(self, look, case, vincent):
        record = VtRecord.objects.get(case=case)
        record.safety, record._change_reason = "Veilig bij oma.", "Gehoord van de wijkagent"
        record.save()
        assert "Gehoord van de wijkagent" in text_of(look(vincent))

    def test_what_nobody_did_the_system_did(self, look, case, vincent):
        record = VtRecord.objects.get(case=case)
        record.safety = "Veilig bij oma."
        record.save()
        assert changes_of(look(vincent, wie="system"))[0].user is None
        assert "het systeem" in text_of(look(vincent))

    def test_over_the_api_it_was_who_holds_the_token(self, client, bearer, wilma, karin, routed):
        offered = routed(wilma)
        client.logout()
        answer = client.post(reverse("api-handover-accept", args=[offered.pk]), headers=bearer("kenter"))
        assert answer.status_code == 200
        assert offered.history.latest().history_user == karin.user

    def test_an_event_of_a_term_is_said_in_words(self, look, vincent):
        page = text_of(look(vincent, onderdeel="normevent"))
        assert "de melding bij Veilig Thuis" in page
        assert "vt_reported" not in page

    def test_a_look_is_logged(self, look, vincent, case):
        look(vincent)
        logged = AccessLogEntry.objects.get(event="case.history_read")
        assert (logged.subject, logged.rule, logged.purpose) == (str(case.pk), "own_case", "care")


FILTERS = [
    # asked                      what every change found says                   why
    ({"onderdeel": "handover"}, lambda change: change.title == "Overdracht", "only of one record"),
    ({"veld": "situation"}, lambda change: {line.name for line in change.lines} == {"situation"}, "only one field"),
    ({"wie": "me"}, lambda change: change.user.username == "vt", "only of one person"),
]


@pytest.mark.parametrize(("asked", "fits", "why"), FILTERS)
def test_filters(asked, fits, why, look, save, vincent):
    save("Anders.")
    found = changes_of(look(vincent, **{k: v.replace("me", str(vincent.user.pk)) for k, v in asked.items()}))
    assert found, why
    assert all(map(fits, found)), why


def test_a_field_that_changed_long_ago_is_found_at_once(look, save, vincent):
    for number in range(ON_A_PAGE + 5):
        save(f"Versie {number}.", **({} if number else {"reporter_shielded": "on"}))
    found = changes_of(look(vincent, veld="reporter_shielded", onderdeel="vtrecord"))
    assert [line.after for change in found for line in change.lines] == ["nee", "ja"]


@pytest.mark.parametrize(
    "asked",
    [{"onderdeel": "user"}, {"veld": "\x00"}, {"wie": "1 OR 1"}, {"voor": "gisteren"}, {"voor": "2026-11-24T10:00:00"},
     {"voor": "0001-01-01T00:00:00+14:00"}, {"voor": "9" * 5000}, {"wie": "🙂" * 9000}],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(asked, look, vincent):
    assert look(vincent, **asked).status_code == 422


def test_older_changes_are_a_page_away_each_once(look, save, vincent, case):
    for number in range(ON_A_PAGE + 5):
        save(f"Versie {number}.")
    pages, query = [], {}
    while True:
        answer = look(vincent, **query)
        pages.append([(change.title, change.number, change.at) for change in changes_of(answer)])
        if not answer.context["older"]:
            break
        query = {name: values[0] for name, values in parse_qs(answer.context["older"]).items()}
    shown = [change for page in pages for change in page]
    assert len(pages) == 2
    assert len(shown) == len(set(shown))
    everything = len(steps_of(vincent, case))
    assert ON_A_PAGE + 5 < len(shown) <= everything


@pytest.mark.parametrize("text", ["a" * 100_000, "🙂 \u202eomgekeerd\u202c " * 500, "<script>alert(1)</script>"])
def test_any_text_is_answered(look, save, vincent, text):
    save("kort")
    save(text)
    answer = look(vincent)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


class TestWhatTheReaderMaySee:
    def test_the_earlier_texts_of_a_record_are_for_its_keeper(self, look, save, wilma, vincent):
        save("De melder is buurvrouw De Vries.")
        save("De melder wil niet genoemd worden.")
        assert "De Vries" in text_of(look(vincent))
        page = text_of(look(wilma))
        assert "De Vries" not in page
        assert "Wat er stond, ziet alleen de organisatie die dit bijhoudt" in page

    def test_under_a_broken_glass_neither(self, look, save, case, demo_users):
        save("De melder is buurvrouw De Vries.")
        reader = demo_users["police"]
        reader.memberships.update(role="icd_worker")
        actor = actor_of(reader)
        assert look(actor).status_code == 404
        break_glass(actor, case.pk, "acute_danger")
        page = text_of(look(actor))
        assert "De Vries" not in page
        assert "U kijkt met de noodknop" in page
        assert AccessLogEntry.objects.get(event="case.history_read").purpose == "acute_danger"

    def test_the_call_itself_is_for_who_took_it(self, case, vincent):
        titles = [step.tracked.name for step in steps_of(vincent, case)]
        assert "contact" not in titles

    def test_the_reasons_of_a_judgement_are_not_in_it(self, vincent, case):
        access = next(tracked for tracked in TRACKED if tracked.name == "emergencyaccess")
        fields = [field.name for field in access.fields if Sight(vincent, case).sees(access.model(), field.name)]
        assert "review_note" not in fields
        assert {"reason", "note", "review_outcome"} <= set(fields)

    @pytest.mark.parametrize(
        ("shared", "fields", "why"),
        [
            (True, {"situation", "safety"}, "that it changed"),
            (False, {"situation"}, "of what is kept back not even that"),
        ],
    )
    def test_of_a_record_others_see_what_its_keeper_shares(self, shared, fields, why, look, save, wilma, vincent, case):
        choose_sharing(vincent, VtRecord.objects.get(case=case), "safety", shared=shared, reason="Levensgevaarlijk.")
        save("Het is onrustig.", safety="Lijfplek.")
        found = changes_of(look(wilma, onderdeel="vtrecord"))[0]
        assert {line.name for line in found.lines} == fields, why

    def test_the_number_of_a_shielded_reporter_is_for_who_took_the_call(self, client, look, save, vincent, karin, case):
        offered = case.handovers.get()
        offered.callback_number = "+31612345678"
        offered.save()
        LeadPeriod.objects.create(
            case=case, organisation_id=karin.organisation_id, started_at=case.opened_at, ended_at=case.opened_at
        )

        def seen_by(actor) -> list[bool]:
            pages = look(actor, onderdeel="handover"), client.get(reverse("handover", args=[offered.pk]))
            return ["+31612345678" in text_of(page) for page in pages]

        assert seen_by(karin) == [True, True]
        save("Anders.", reporter_shielded="on")
        assert seen_by(karin) == [False, False]
        assert seen_by(vincent) == [True, True], "the keeper of the dossier"


def test_how_many_queries_it_takes_does_not_grow_with_the_case(django_assert_max_num_queries, save, vincent, case):
    for number in range(ON_A_PAGE):
        save(f"Versie {number}.")
    with django_assert_max_num_queries(len(TRACKED) + 20):
        history(vincent, case, steps_of(vincent, case), Wanted())


def points_at_a_case(model) -> bool:
    """Itself, or by what it belongs to."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey | OneToOneField)]
    return any(
        key.related_model is Case
        or any(each.related_model is Case for each in key.related_model._meta.concrete_fields if each.is_relation)
        for key in keys
    )


def test_every_model_with_a_history_that_points_at_a_case_is_in_it():
    """To add one, add its line to TRACKED in dossiers/history.py; or to NOT_SHOWN, with the reason."""
    kept = {model for model in apps.get_models() if isinstance(getattr(model, "history", None), HistoryManager)}
    in_it = {tracked.model for tracked in TRACKED} | set(NOT_SHOWN)
    assert {model.__name__ for model in kept if points_at_a_case(model)} - {model.__name__ for model in in_it} == set()


@pytest.mark.parametrize("tracked", TRACKED, ids=lambda tracked: tracked.name)
def test_every_field_has_a_label(tracked):
    """In LABELS of dossiers/history_labels.py, or as the verbose_name of the field."""
    for field in tracked.fields:
        named = (tracked.name, field.name) in LABELS or field.name in LABELS
        assert named or label_of(field) != field.name.replace("_", " "), field.name


def test_bookkeeping_is_really_there():
    names = {field.name for tracked in TRACKED for field in tracked.model._meta.concrete_fields}
    assert names >= BOOKKEEPING


def test_who_is_whose_stands_in_it_and_not_of_who_is_shielded(look, case, vincent, wilma):
    mother, child, neighbour = (Person.objects.create(given_name=name) for name in ("Anna", "Bram", "Buurvrouw"))
    for person, role in ((mother, "family"), (child, "subject")):
        case.people.create(person=person, role=role, since=timezone.now())
    hidden = {"role": "reporter", "shielded": True, "recorded_for_id": vincent.organisation_id}
    case.people.create(person=neighbour, since=timezone.now(), **hidden)
    Relation.objects.create(person=mother, other=child, kind="parent")
    Relation.objects.create(person=neighbour, other=child, kind="other", note="past vaak op")
    page = text_of(look(wilma))
    assert "Relatie" in page
    assert "past vaak op" not in page
    assert "past vaak op" in text_of(look(vincent))
