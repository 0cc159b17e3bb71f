"""The page of a Veilig Thuis dossier: what it shows to whom, and that nothing typed is lost."""

from html import unescape

import pytest
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.core import Act
from dossiers.models import NextStep, Norm, VtRecord, VtStep
from dossiers.services import take_step
from partners.models import Organisation
from routing.services import accept

from .vt_acts import filled

pytestmark = pytest.mark.usefixtures("tuesday_morning")

ASSESSED = {"outcome": "unsafe", "note": "Blauwe plekken.", "children_seen": "no", "assessed_on": "2026-11-24"}
TRIAGED = {"note": "Lokaal team.", "kind": "local_team", "carrier_name": "wijkteam Noord"}


@pytest.fixture
def record(wilma, vincent, routed) -> VtRecord:
    return VtRecord.objects.get(case=accept(vincent, routed(wilma, category="hgkm", age=8)).case)


@pytest.fixture
def do(vincent, record):
    def act(*acts: Act, **other) -> VtRecord:
        for each in acts:
            record.refresh_from_db()
            take_step(vincent, record, each, filled(each, record, **other), record.version)
        record.refresh_from_db()
        return record

    return act


@pytest.fixture
def as_(client):
    def sign_in(actor):
        client.force_login(actor.user)
        return client

    return sign_in


@pytest.fixture
def as_vincent(as_, vincent):
    return as_(vincent)


def post(client, record, act, version=None, **given):
    record.refresh_from_db()
    address = reverse("case-vt-step", args=[record.case_id, act])
    return client.post(address, {"version": record.version if version is None else version, **given})


def text_of(response) -> str:
    return unescape(response.content.decode())


def page_of(client, record) -> str:
    return text_of(client.get(reverse("case-vt", args=[record.case_id])))


def test_the_way_of_a_report_in_the_browser(as_vincent, record):
    page = page_of(as_vincent, record)
    assert "Stand: gemeld" in page
    assert "Veiligheid beoordelen" in page
    assert "Naar de Raad" not in page, "nothing is assessed yet"
    for act, given in ((Act.ASSESS, ASSESSED), (Act.TRIAGE, TRIAGED)):
        assert post(as_vincent, record, act, **given).status_code == 302
    page = page_of(as_vincent, record)
    for shown in ("Stand: triage gedaan", "wijkteam Noord", "Blauwe plekken.", "kinderen niet gezien", "Vincent Thuis"):
        assert shown in page
    assert "de laatste beoordeling is acuut onveilig" in page, "what must be done first, stands there"
    assert AccessLogEntry.objects.filter(event="vt.read").count() == 2


def test_every_possible_act_has_a_form_that_works(as_vincent, record, do):
    """From the last stage, with one of everything on the page."""
    do(Act.ASSESS, Act.TRIAGE, Act.OPEN_INVESTIGATION, Act.DECIDE_INVESTIGATION, Act.SET_CONDITION, Act.PLAN_FOLLOW_UP)
    page = page_of(as_vincent, record)
    for act in ("judge_condition", "hold_follow_up", "settle_next_step", "transfer", "monitor", "add_next_step"):
        assert reverse("case-vt-step", args=[record.case_id, act]) in page
    condition = record.conditions.get()
    post(as_vincent, record, "judge_condition", target=condition.pk, status="broken", note="Vader sliep er.")
    condition.refresh_from_db()
    assert condition.status == "broken"
    assert "Vader sliep er." in page_of(as_vincent, record)


def test_an_advice_shows_only_what_fits(as_vincent, record, do):
    do(Act.IS_ADVICE)
    page = page_of(as_vincent, record)
    assert "blijft zelf verantwoordelijk en mag anoniem blijven" in page
    assert "Veiligheid beoordelen" not in page
    refused = post(as_vincent, record, "advise", note="Bel school.")
    assert refused.status_code == 422
    assert "Vertel dit de vrager" in text_of(refused)
    assert "Bel school." in text_of(refused)
    assert post(as_vincent, record, "advise", note="Bel school.", told_responsible="on").status_code == 302
    assert not record.case.people.exists(), "nobody needs a name"


# --- What is filled in wrong -------------------------------------------------------------------------------

WRONG = [
    # act, what is given, what the field says, why
    ("assess", ASSESSED | {"outcome": ""}, "Kies er een.", "no outcome"),
    ("assess", ASSESSED | {"outcome": "fine"}, "Kies er een uit de lijst.", "an outcome that is not there"),
    ("assess", ASSESSED | {"note": "\x00 "}, "Vul dit in.", "a zero byte alone is nothing"),
    ("assess", ASSESSED | {"assessed_on": "2026-11-25"}, "Deze dag moet nog komen.", "in the future"),
    ("assess", ASSESSED | {"assessed_on": "2026-11-20"}, "Dit is vóór de melding.", "before the report"),
    ("assess", ASSESSED | {"assessed_on": "gisteren"}, "Vul een datum in, zoals 24-11-2026.", "in words"),
    ("assess", ASSESSED | {"assessed_on": "30-02-2026"}, "Vul een datum in", "a day that does not exist"),
    ("assess", ASSESSED | {"assessed_on": "\x00"}, "Vul een datum in", "a zero byte is no date"),
    ("assess", ASSESSED | {"outcome": "acute"}, "wat is er meteen gedaan?", "acute and nothing done"),
    ("is_advice", {"note": " "}, "Vul dit in.", "no reason"),
]
WRONG_LATER = [
    ("triage", TRIAGED | {"carrier_name": ""}, "Vul dit in.", "nobody carries it"),
    ("triage", TRIAGED | {"carrier": "999999"}, "Kies een organisatie uit de lijst.", "an unknown organisation"),
    ("triage", TRIAGED | {"carrier": "\x00"}, "Null", "a zero byte is no organisation"),
    ("triage", TRIAGED | {"carrier_name": "o" * 201}, "ten hoogste 200 tekens", "a name as long as a report"),
    ("triage", TRIAGED | {"due_on": "2020-01-01"}, "Deze dag is al voorbij.", "years ago"),
    ("triage", TRIAGED | {"kind": "magic"}, "Kies er een uit de lijst.", "a step that is not there"),
]


def _wrong(rows):
    return pytest.mark.parametrize(("act", "given", "says", "why"), rows, ids=[f"{row[0]}: {row[3]}" for row in rows])


def _refused_at_the_field(client, record, act, given, says, why):
    steps = VtStep.objects.count()
    response = post(client, record, act, **given)
    page = text_of(response)
    assert (response.status_code, says in page) == (422, True), why
    assert "utrecht-form-field--invalid" in page
    typed = [text for name, text in given.items() if name in ("note", "carrier_name") and "\x00" not in text]
    assert [text for text in typed if text not in page] == [], "nothing typed is lost"
    assert (VtStep.objects.count(), NextStep.objects.count()) == (steps, 0)


@_wrong(WRONG)
def test_what_is_wrong_stands_at_the_field(as_vincent, record, act, given, says, why):
    _refused_at_the_field(as_vincent, record, act, given, says, why)


@_wrong(WRONG_LATER)
def test_what_is_wrong_at_triage_stands_at_the_field(as_vincent, record, do, act, given, says, why):
    do(Act.ASSESS)
    _refused_at_the_field(as_vincent, record, act, given, says, why)


ODD = [
    ("Hij zei: \x00 'stop'", "Hij zei:  'stop'", "a pasted zero byte drops out"),
    ("Zij is 😟 en belt 👩‍👧", "Zij is 😟 en belt 👩‍👧", "emoji, also joined ones"),
    ("מילה אחת و كلمة", "מילה אחת و كلمة", "from right to left"),
    ("é" * 100_000, "é" * 100_000, "somebody pastes a whole report"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>", "shown, never run"),
]


@pytest.mark.parametrize(("typed", "kept", "why"), ODD, ids=[row[2] for row in ODD])
def test_any_text_is_kept_and_shown(as_vincent, record, typed, kept, why):
    assert post(as_vincent, record, "assess", **ASSESSED | {"note": typed}).status_code == 302, why
    assert record.assessments.get().text == kept
    page = as_vincent.get(reverse("case-vt", args=[record.case_id])).content.decode()
    assert kept in unescape(page)
    assert "<script>alert" not in page


# --- What cannot be now ------------------------------------------------------------------------------------

CRAFTED = [
    # act, what is sent, status, why
    ("close", {"note": "Klaar."}, 409, "not from this state"),
    ("triage", TRIAGED, 409, "safety is not assessed"),
    ("settle_next_step", {"target": "1", "status": "done"}, 409, "no such step, and not now"),
    ("settle_next_step", {"target": "9" * 40, "status": "done"}, 422, "a number that is no key"),
    ("judge_condition", {"target": "x", "status": "met", "note": "Zo."}, 422, "no number"),
    ("destroy", {}, 404, "an act that does not exist"),
]


@pytest.mark.parametrize(("act", "given", "status", "why"), CRAFTED, ids=[f"{row[0]}: {row[3]}" for row in CRAFTED])
def test_a_crafted_step_changes_nothing(as_vincent, record, act, given, status, why):
    response = post(as_vincent, record, act, **given)
    assert response.status_code == status, why
    assert given.get("note", "") in text_of(response), "what was typed is shown"
    assert not VtStep.objects.exists()


@pytest.mark.parametrize("version", ["0", "x", "", "9" * 30, "\x00"])
def test_without_the_right_version_nothing_is_written(as_vincent, record, version):
    response = post(as_vincent, record, "assess", version=version, **ASSESSED)
    assert response.status_code == 409
    assert "Iemand anders was u voor" in text_of(response)
    assert "Blauwe plekken." in text_of(response), "and the form is still filled in"
    assert not VtStep.objects.exists()


def test_who_was_second_keeps_what_he_typed(as_vincent, record, do):
    read = record.version
    do(Act.ASSESS)
    response = post(as_vincent, record, "is_advice", version=read, note="Het was een vraag om advies.")
    page = text_of(response)
    assert response.status_code == 409
    assert "Iemand anders was u voor" in page
    assert "het is niet bewaard" in page, "the act is no longer possible, its text is shown"
    assert "Het was een vraag om advies." in page


# --- For whom ----------------------------------------------------------------------------------------------


def test_the_tab_is_there_only_with_a_dossier(as_, wilma, karin, record, routed):
    assert "veilig-thuis/" in text_of(as_(wilma).get(reverse("case", args=[record.case_id])))
    other = accept(karin, routed(wilma)).case
    assert "veilig-thuis/" not in text_of(as_(wilma).get(reverse("case", args=[other.pk])))
    assert as_(wilma).get(reverse("case-vt", args=[other.pk])).status_code == 404


def test_who_sent_it_sees_the_state_only(as_, wilma, record, do):
    do(Act.ASSESS, Act.TRIAGE)
    client = as_(wilma)
    page = page_of(client, record)
    assert "Stand: triage gedaan" in page
    assert "Blauwe plekken." not in page
    assert "Lokaal team begint." not in page
    assert "Wat kan nu" not in page
    assert post(client, record, "assess", **ASSESSED).status_code == 403
    assert post(client, record, "assess").status_code == 403, "also when nothing is filled in"


def test_who_carries_a_step_answers_for_it_there(as_, wilma, record, do):
    do(Act.ASSESS)
    do(Act.TRIAGE, carrier=Organisation.objects.get(slug="icd-kennemerland"))
    client, step = as_(wilma), record.next_steps.get()
    assert "Uw vervolgstappen" in page_of(client, record)
    assert post(client, record, "settle_next_step", target=step.pk, status="accepted").status_code == 302
    step.refresh_from_db()
    assert step.status == "accepted"


def test_a_manager_of_the_keeper_reads_and_does_not_write(as_, vincent, record, do):
    do(Act.ASSESS, Act.TRIAGE)
    vincent.user.memberships.update(role="manager")
    client = as_(vincent)
    page = page_of(client, record)
    assert "Blauwe plekken." in page
    assert "Wat kan nu" not in page
    assert "settle_next_step" not in page
    assert post(client, record, "assess", **ASSESSED).status_code == 403


def test_another_organisation_sees_nothing(as_, ingrid, record):
    client = as_(ingrid)
    assert client.get(reverse("case-vt", args=[record.case_id])).status_code == 404
    assert post(client, record, "assess", **ASSESSED).status_code == 404
    assert AccessLogEntry.objects.filter(event="case.refused").count() == 2


# --- The way as it is drawn --------------------------------------------------------------------------------


def ways(as_vincent, record) -> list[tuple[str, str]]:
    """Each stage: what it is, and where that is."""
    stages = as_vincent.get(reverse("case-vt", args=[record.case_id])).context["view"].stages
    return [(" / ".join(map(str, stage.words)), stage.place) for stage in stages]


def test_the_way_says_what_was_passed_over(as_vincent, record, do):
    do(Act.ASSESS, Act.TRIAGE, Act.DECIDE_WITHOUT, Act.TRANSFER)
    assert ways(as_vincent, record) == [
        ("gemeld", "done"),
        ("veiligheid beoordeeld", "done"),
        ("triage gedaan", "done"),
        ("in onderzoek", "passed_over"),
        ("over onderzoek besloten", "done"),
        ("overgedragen", "here"),
        ("monitoring", "ahead"),
        ("afgesloten", "ahead"),
    ]
    assert "overgeslagen: in onderzoek" in page_of(as_vincent, record)


def test_opened_again_the_way_begins_anew(as_vincent, record, do):
    do(Act.ASSESS, Act.TRIAGE, Act.SETTLE_NEXT_STEP, Act.DECIDE_WITHOUT, Act.CLOSE, Act.REOPEN)
    assert [place for _words, place in ways(as_vincent, record)] == ["here", *["ahead"] * 7]
    do(Act.ASSESS)
    assert [place for _words, place in ways(as_vincent, record)][:3] == ["done", "here", "ahead"]


def test_the_term_that_runs_stands_there(as_vincent, record, do):
    known = {"duration": "5 working days", "starts": "vt_reported", "ends": "safety_assessed", "source": "law"}
    Norm.objects.get_or_create(region=record.case.region, slug="vt-safety-assessment", in_force=True, defaults=known)
    do(Act.IS_ADVICE, Act.BECOMES_REPORT)
    assert "t/m dinsdag 1 december 2026" in page_of(as_vincent, record)
    do(Act.ASSESS)
    assert "Veiligheid beoordelen: " not in page_of(as_vincent, record)


def test_the_page_of_the_case_says_the_state(as_, wilma, record, do):
    do(Act.ASSESS)
    assert "Stand: veiligheid beoordeeld" in text_of(as_(wilma).get(reverse("case", args=[record.case_id])))


def test_what_leads_on_comes_first(as_vincent, record, do):
    do(Act.ASSESS, Act.TRIAGE)
    shown = as_vincent.get(reverse("case-vt", args=[record.case_id])).context["possible"]
    acts = [each.act for each, _form in shown]
    assert acts[0] is Act.OPEN_INVESTIGATION
    assert acts[-2:] == [Act.ASSESS, Act.ADD_NEXT_STEP]
