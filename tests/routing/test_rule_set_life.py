"""A rule set from draft to published: Gerda edits, proves and publishes what is watertight; Mirjam may waive a gap."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import AccessLogEntry
from accounts.policies import Actor
from partners.actors import actor_of
from partners.models import Region, Service
from partners.services import record_revision
from routing import selectors
from routing.core import Facts
from routing.errors import ChangedMeanwhile, NotADraft, NotProven, NotWatertight, RulesInvalid
from routing.models import RuleSet, StoredProof, Waiver
from routing.selectors import Phase
from routing.services import (
    discard_draft,
    prove_rule_set,
    publish,
    remove_rule,
    save_rule,
    start_draft,
)

from .conftest import AMSTERDAM, GIRL_OF_15

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)
HEEMSKERK = "GM0396"
EIGHT = ["GM0375", "GM0377", "GM0392", "GM0394", "GM0396", "GM0397", "GM0453", "GM0473"]


@pytest.fixture
def clock(kennemerland):
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def gerda(kennemerland, demo_users, clock) -> Actor:
    return actor_of(demo_users["directory"], "127.0.0.1")


@pytest.fixture
def mirjam(kennemerland, demo_users, clock) -> Actor:
    return actor_of(demo_users["manager"], "127.0.0.1")


@pytest.fixture
def in_force(kennemerland) -> RuleSet:
    return kennemerland.rule_sets.get()


@pytest.fixture
def draft(gerda, kennemerland, in_force) -> RuleSet:
    return start_draft(gerda, kennemerland, in_force, "kennemerland-2027")


def rule_of(rule_set: RuleSet, slug: str) -> dict:
    return next(rule for rule in rule_set.document["rules"] if rule["slug"] == slug)


def save(actor: Actor, draft: RuleSet, slug: str, /, **changes) -> RuleSet:
    rule = rule_of(draft, slug) | changes
    return save_rule(actor, draft, rule, original_slug=slug, seen_digest=draft.digest)


def proven(actor: Actor, draft: RuleSet) -> RuleSet:
    prove_rule_set(actor, draft)
    draft.refresh_from_db()
    return draft


# --- Editing ---------------------------------------------------------------------------------


def test_a_draft_begins_as_what_it_is_based_on(draft, in_force):
    assert draft.document["rules"] == in_force.document["rules"]
    assert (draft.state, draft.based_on, draft.valid_from) == ("draft", in_force, None)


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("kennemerland-2020", "the name of the rules in force"),
        ("  kennemerland-2020 ", "spaces around it make no other name"),
        ("", "no name"),
        ("x" * 41, "too long"),
    ],
)
def test_a_version_has_a_name_of_its_own(gerda, kennemerland, in_force, version, why):
    with pytest.raises(RulesInvalid) as refused:
        start_draft(gerda, kennemerland, in_force, version)
    assert list(refused.value.errors) == ["version"], why


def test_a_saved_rule_stands_where_it_stood(gerda, draft):
    places = [rule["slug"] for rule in draft.document["rules"]]
    saved = save(gerda, draft, "ggz-volwassenen", because="Vanaf 18 jaar altijd GGZ inGeest.")
    assert [rule["slug"] for rule in saved.document["rules"]] == places
    assert rule_of(saved, "ggz-volwassenen")["because"] == "Vanaf 18 jaar altijd GGZ inGeest."


def test_saving_what_it_already_says_changes_nothing(gerda, draft):
    for rule in draft.document["rules"]:
        assert save(gerda, draft, rule["slug"]).digest == draft.digest


def test_a_rule_can_be_written_as_in_a_package(gerda, draft):
    saved = save(gerda, draft, "jeugd", when={"category": ["youth_act"], "age": "0-17", "danger": "nee"}, after=None)
    assert rule_of(saved, "jeugd")["when"] == {"category": ["youth_act"], "age": [0, 17], "danger": False}


def test_a_rule_can_get_another_name_and_a_new_one_stands_last(gerda, draft):
    renamed = save_rule(
        gerda, draft, rule_of(draft, "jeugd") | {"slug": "jeugdcrisis"}, original_slug="jeugd", seen_digest=draft.digest
    )
    added = rule_of(renamed, "ggz-volwassenen") | {
        "slug": "ggz-ouderen",
        "when": {"category": ["ggz"], "age": [70, 120]},
    }
    saved = save_rule(gerda, renamed, added, seen_digest=renamed.digest)
    slugs = [rule["slug"] for rule in saved.document["rules"]]
    assert "jeugd" not in slugs
    assert slugs[-1] == "ggz-ouderen"


WRONG_RULES = [
    # the rule, what changes, the field that says so, why
    ("jeugd", {"to": "icd-kenemerland"}, "to", "a service that does not exist"),
    ("jeugd", {"to": ""}, "to", "no service"),
    ("jeugd", {"because": ""}, "because", "a rule without its sentence of the agreement"),
    ("jeugd", {"tier": "afspraak"}, "tier", "a tier that does not exist"),
    ("jeugd", {"when": {"category": ["youth_act"], "age": [22, 0]}}, "when.age", "ages the wrong way round"),
    ("jeugd", {"when": {"category": ["youth_act"], "age": "heel jong"}}, "when.age", "ages in words"),
    ("jeugd", {"when": {"category": ["jeugd"]}}, "when.category", "a category that does not exist"),
    ("jeugd", {"when": {"municipality": ["Harlem"]}}, "when.municipality", "a municipality that does not exist"),
    ("jeugd", {"when": {"weather": "mist"}}, "when.weather", "a fact that does not exist"),
    ("jeugd", {"when": {"danger": "misschien"}}, "when.danger", "neither yes nor no"),
    ("jeugd", {"after": ["icd-kennemerland"]}, "after", "after the service itself"),
    ("jeugd", {"after": ["niemand"]}, "after", "after a service that does not exist"),
    ("ggz-jeugd", {"when": {"category": ["social"]}}, "to", "a service that does not serve the category"),
    ("ggz-jeugd", {"when": {"category": ["ggz"], "age": [30, 40]}}, "to", "a service for other ages"),
    ("levensgevaar", {"to": "kenter"}, "to", "the emergency tier points to what is never off"),
    ("vangnet", {"when": {"danger": True}}, "", "the safety net always counts"),
    ("vangnet", {"tier": "agreement"}, "", "without a safety net"),
    ("jeugd", {"slug": "ggz-jeugd"}, "slug", "the name of another rule"),
    ("jeugd", {"slug": "Jeugd en gezin"}, "slug", "no name for a rule"),
    ("jeugd", {"slug": ""}, "slug", "no name at all"),
    ("jeugd", {"slug": "", "to": "", "because": ""}, "because", "all that is wrong is told at once"),
]


@pytest.mark.parametrize(("slug", "changes", "field", "why"), WRONG_RULES)
def test_a_rule_that_cannot_be_is_refused_beside_its_field(gerda, draft, slug, changes, field, why):
    with pytest.raises(RulesInvalid) as refused:
        save(gerda, draft, slug, **changes)
    assert field in refused.value.errors, why
    assert RuleSet.objects.get(pk=draft.pk).digest == draft.digest


@pytest.mark.parametrize(("slug", "tier"), [("vangnet", "safety_net"), ("levensgevaar", "emergency")])
def test_what_no_agreement_can_do_without_is_not_removed(gerda, draft, slug, tier):
    with pytest.raises(RulesInvalid, match=tier):
        remove_rule(gerda, draft, slug, seen_digest=draft.digest)


def test_two_editors_at_once_lose_nothing(gerda, draft):
    first = save(gerda, draft, "jeugd", because="Eerst bewaard.")
    with pytest.raises(ChangedMeanwhile) as overtaken:
        save(gerda, draft, "jeugd", because="Te laat bewaard.")
    assert rule_of(overtaken.value.current, "jeugd")["because"] == "Eerst bewaard."
    again = save(gerda, first, "ggz-jeugd", because="Op de stand van nu.")
    assert rule_of(again, "jeugd")["because"] == "Eerst bewaard."


def test_every_step_is_kept_with_who_made_it(gerda, draft):
    save(gerda, draft, "jeugd", because="Anders gezegd.")
    steps = draft.history.order_by("history_id")
    assert [row.history_user for row in steps] == [gerda.user, gerda.user]
    events = AccessLogEntry.objects.filter(record_type="ruleset", record_id=draft.pk).order_by("id")
    assert [entry.event for entry in events] == ["rule_set.draft_started", "rule_set.edited"]


def test_a_discarded_draft_is_gone_and_its_history_stays(gerda, draft):
    prove_rule_set(gerda, draft)
    discard_draft(gerda, draft)
    assert not RuleSet.objects.filter(version=draft.version).exists()
    assert RuleSet.history.filter(version=draft.version).latest().history_type == "-"


def test_a_draft_of_a_draft_is_based_on_what_is_published(gerda, draft, kennemerland, in_force):
    draft = save(gerda, draft, "jeugd", because="Anders gezegd.")
    copy = start_draft(gerda, kennemerland, draft, "kennemerland-2028")
    discard_draft(gerda, draft)
    assert copy.based_on == in_force
    assert rule_of(copy, "jeugd")["because"] == "Anders gezegd."


# --- Proving ---------------------------------------------------------------------------------


def test_a_proof_is_of_these_rules_with_this_directory(gerda, draft, kennemerland):
    proof = prove_rule_set(gerda, draft)
    draft.refresh_from_db()
    assert draft.state == "proven"
    assert (proof.rules_digest, proof.directory_revision) == (draft.digest, kennemerland.revisions.get())
    assert (proof.report["gaps"], proof.report["conflicts"], proof.made_by) == ([], [], gerda.user)


def test_an_edit_makes_a_proven_set_a_draft_again(gerda, draft):
    edited = save(gerda, proven(gerda, draft), "jeugd", because="Anders gezegd.")
    assert (edited.state, selectors.current_proof(edited)) == ("draft", None)


def test_only_a_proof_with_the_directory_of_now_counts(gerda, draft, kennemerland):
    with pytest.raises(NotProven):
        publish(gerda, draft, NOW)
    proven(gerda, draft)
    Service.objects.filter(slug="kenter").update(answered_by="de achterwacht")
    record_revision(gerda, kennemerland, NOW)
    with pytest.raises(NotProven):
        publish(gerda, draft, NOW)


def test_rules_that_the_directory_no_longer_fits_cannot_be_proven(gerda, draft):
    Service.objects.filter(slug="kenter").update(withdrawn=True, own_client_line=False)
    with pytest.raises(RulesInvalid) as refused:
        prove_rule_set(gerda, draft)
    assert "rules.ggz-jeugd.to" in refused.value.errors


# --- Publishing ------------------------------------------------------------------------------


def remove(slug: str) -> Callable:
    return lambda gerda, draft: remove_rule(gerda, draft, slug, seen_digest=draft.digest)


def edit(slug: str, **changes) -> Callable:
    return lambda gerda, draft: save(gerda, draft, slug, **changes)


def service_without_hours(gerda, draft):
    Service.objects.get(slug="kenter").weekly_hours.all().delete()
    record_revision(gerda, draft.region, NOW)
    return draft


PLANTED = [
    # the defect, its kind, what the refusal tells, why
    (remove("ggz-buiten-kenter"), "gap", "0-17 jaar", "a removed night rule"),
    (remove("sociaal-buiten-kantooruren"), "gap", "sociaal domein", "nobody for social care out of hours"),
    (edit("ggz-volwassenen", when={"category": ["ggz"], "age": [16, 120]}), "conflict", "16-17 jaar", "an overlap"),
    (edit("ggz-volwassenen", when={"category": ["ggz"], "age": [19, 120]}), "gap", "18 jaar", "nobody at 18 by day"),
    (
        edit(
            "jeugd", when={"category": ["youth_act"], "age": [0, 22], "municipality": sorted(set(EIGHT) - {HEEMSKERK})}
        ),
        "gap",
        "Heemskerk",
        "a municipality forgotten",
    ),
    (service_without_hours, "without_hours", "nooit open", "a service with no hours, though another takes over"),
]


@pytest.mark.parametrize(("plant", "kind", "told", "why"), PLANTED)
def test_a_planted_defect_is_refused_at_publishing(gerda, draft, plant, kind, told, why):
    planted = proven(gerda, plant(gerda, draft))
    with pytest.raises(NotWatertight) as refused:
        publish(gerda, planted, NOW)
    assert any(cell["kind"] == kind and told in cell["text"] for cell in refused.value.cells), why
    assert not refused.value.may_waive
    assert RuleSet.objects.get(pk=draft.pk).state == "proven"


def test_an_editor_cannot_waive_and_a_manager_not_without_a_reason(gerda, mirjam, draft):
    gap = proven(gerda, remove("ggz-buiten-kenter")(gerda, draft))
    for actor, reason in ((gerda, "Het moet."), (mirjam, ""), (mirjam, "   ")):
        with pytest.raises(NotWatertight):
            publish(actor, gap, NOW, waiver_reason=reason)


def test_a_reason_fits_on_the_board(gerda, mirjam, draft):
    gap = proven(gerda, remove("ggz-buiten-kenter")(gerda, draft))
    with pytest.raises(RulesInvalid) as refused:
        publish(mirjam, gap, NOW, waiver_reason="x" * 201)
    assert list(refused.value.errors) == ["waiver_reason"]


def test_a_waived_gap_stays_visible_while_those_rules_hold(gerda, mirjam, draft, clock, kennemerland):
    gap = proven(gerda, remove("ggz-buiten-kenter")(gerda, draft))
    published = publish(mirjam, gap, NOW, waiver_reason="Kenter draait proef met nachtdienst.")
    [waiver] = selectors.open_waivers(kennemerland)
    assert (waiver.rule_set, waiver.made_by, waiver.reason) == (
        published,
        mirjam.user,
        "Kenter draait proef met nachtdienst.",
    )
    assert any("0-17 jaar" in cell["text"] for cell in waiver.cells)

    clock.shift(timedelta(days=1))
    repaired = start_draft(gerda, kennemerland, published, "kennemerland-2027b")
    night_rule = rule_of(kennemerland.rule_sets.get(version="kennemerland-2020"), "ggz-buiten-kenter")
    repaired = save_rule(gerda, repaired, night_rule, seen_digest=repaired.digest)
    publish(gerda, proven(gerda, repaired), timezone.now())
    assert list(selectors.open_waivers(kennemerland)) == []
    assert Waiver.objects.count() == 1


def test_a_published_set_names_its_day_and_keeps_the_proof_it_was_published_with(gerda, draft, kennemerland):
    published = publish(gerda, proven(gerda, draft), NOW + timedelta(days=40))
    assert published.document["valid_from"] == "2027-01-03"
    assert published.proofs.last().rules_digest == published.digest
    assert published.published_by == gerda.user


def test_rules_never_begin_in_the_past(gerda, draft):
    assert publish(gerda, proven(gerda, draft), NOW - timedelta(days=100)).valid_from == NOW


def test_a_published_set_is_edited_proven_anew_or_discarded_by_nobody(gerda, draft):
    published = publish(gerda, proven(gerda, draft), NOW)
    for attempt in (
        lambda: save(gerda, published, "jeugd", because="Toch anders."),
        lambda: remove_rule(gerda, published, "jeugd", seen_digest=published.digest),
        lambda: discard_draft(gerda, published),
        lambda: publish(gerda, published, NOW),
    ):
        with pytest.raises(NotADraft):
            attempt()
    prove_rule_set(gerda, published)
    assert RuleSet.objects.get(pk=published.pk).state == "published"


# --- As of -----------------------------------------------------------------------------------


def organisation_at(moment: datetime) -> str:
    return selectors.answer("kennemerland", Facts(**GIRL_OF_15), moment).document["organisation"]


def test_a_planned_set_holds_from_its_moment_and_the_past_stays_what_it_was(
    gerda, draft, kennemerland, clock, in_force
):
    starts = datetime(2027, 1, 4, tzinfo=AMSTERDAM)
    draft = remove_rule(gerda, draft, "ggz-jeugd", seen_digest=draft.digest)
    draft = save(gerda, draft, "ggz-volwassenen", when={"category": ["ggz"]})
    draft = remove_rule(gerda, draft, "ggz-buiten-kenter", seen_digest=draft.digest)
    new = publish(gerda, proven(gerda, draft), starts)
    monday = datetime(2027, 1, 4, 10, tzinfo=AMSTERDAM)
    assert organisation_at(monday - timedelta(days=7)) == "kenter"
    assert organisation_at(monday) == "ggz-ingeest"
    assert selectors.rule_set_at(kennemerland, starts - timedelta(seconds=1)) == in_force
    assert selectors.rule_set_at(kennemerland, starts) == new
    assert list(selectors.planned(kennemerland)) == [new]
    assert (selectors.phase_of(in_force), selectors.phase_of(new)) == (Phase.IN_FORCE, Phase.PLANNED)

    clock.move_to(monday)
    assert (selectors.phase_of(in_force), selectors.phase_of(new)) == (Phase.SUPERSEDED, Phase.IN_FORCE)
    assert list(selectors.planned(kennemerland)) == []
    assert organisation_at(monday - timedelta(days=7)) == "kenter"


def test_of_two_that_begin_at_one_moment_the_last_published_holds(gerda, draft, kennemerland, in_force, clock):
    """So a planned set that turns out wrong is replaced before anybody meets it."""
    starts = NOW + timedelta(days=9)
    wrong = start_draft(gerda, kennemerland, in_force, "kennemerland-2027-fout")
    publish(gerda, proven(gerda, wrong), starts)
    clock.shift(timedelta(minutes=1))
    right = publish(gerda, proven(gerda, draft), starts)
    assert selectors.rule_set_at(kennemerland, starts) == right
    assert selectors.table_for("kennemerland", starts).rule_set == right


def test_no_rules_held_before_the_first(kennemerland, in_force):
    assert selectors.rule_set_at(kennemerland, datetime(2019, 12, 31, tzinfo=AMSTERDAM)) is None


def test_the_list_shows_drafts_first_and_then_what_is_planned(gerda, draft, kennemerland, in_force):
    planned = publish(gerda, proven(gerda, draft), NOW + timedelta(days=9))
    other = start_draft(gerda, kennemerland, in_force, "kennemerland-2028")
    listed = selectors.rule_sets(gerda, kennemerland)
    assert [(each.rule_set, each.phase) for each in listed] == [
        (other, Phase.DRAFT),
        (planned, Phase.PLANNED),
        (in_force, Phase.IN_FORCE),
    ]


# --- Who may ---------------------------------------------------------------------------------


WHO = [
    # account, may edit, may prove and publish, sees drafts
    ("directory", True, True, True),
    ("manager", False, True, True),
    ("worker", False, False, False),
    ("police", False, False, False),
    ("admin", False, False, False),
]


@pytest.mark.parametrize(("username", "edits", "publishes", "sees_drafts"), WHO)
def test_who_may_do_what(username, edits, publishes, sees_drafts, demo_users, draft, kennemerland, in_force):
    actor = actor_of(demo_users[username])
    assert {each.rule_set for each in selectors.rule_sets(actor, kennemerland)} == (
        {draft, in_force} if sees_drafts else {in_force}
    )
    assert allowed(lambda: save(actor, draft, "jeugd")) == edits
    assert allowed(lambda: prove_rule_set(actor, draft)) == publishes
    assert allowed(lambda: publish(actor, draft, NOW)) == publishes


def test_the_rules_of_another_region_are_not_ours_to_change(gerda, draft):
    north = Region.objects.create(slug="noord", name="Noord", duty_service="x")
    RuleSet.objects.filter(pk=draft.pk).update(region=north)
    draft.refresh_from_db()
    with pytest.raises(PermissionDenied):
        save(gerda, draft, "jeugd")
    assert selectors.rule_set_for(gerda, draft.pk) is None


def allowed(attempt: Callable) -> bool:
    try:
        attempt()
    except PermissionDenied:
        return False
    return True


# --- In the database -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "message", "why"),
    [
        (
            "UPDATE routing_ruleset SET state = 'published', valid_from = now() WHERE state = 'draft'",
            "only a proven",
            "published without a proof",
        ),
        (
            "UPDATE routing_ruleset SET state = 'published' WHERE state = 'proven'",
            "published_from_a_moment",
            "from never",
        ),
        (
            "UPDATE routing_ruleset SET valid_from = now() + interval '1 day' WHERE state = 'published'",
            "never changes",
            "postponing what is agreed",
        ),
        ("UPDATE routing_storedproof SET report = '{}'", "a proof never changes", "a proof made prettier"),
        ("DELETE FROM routing_storedproof", "a proof never changes", "the proof of a published set removed"),
        ("UPDATE routing_waiver SET reason = 'x'", "a waiver stays", "another reason afterwards"),
        ("UPDATE routing_waiver SET cells = '[]'", "a waiver stays", "fewer gaps afterwards"),
        ("DELETE FROM routing_waiver", "a waiver stays", "a waiver hidden"),
    ],
)
def test_the_database_itself_keeps_what_was_published_proven_and_waived(
    gerda, mirjam, draft, kennemerland, in_force, statement, message, why
):
    gap = proven(gerda, remove("ggz-buiten-kenter")(gerda, draft))
    publish(mirjam, gap, NOW, waiver_reason="Proef.")
    start_draft(gerda, kennemerland, in_force, "een-concept")
    proven(gerda, start_draft(gerda, kennemerland, in_force, "een-getoetste"))
    with pytest.raises(IntegrityError, match=message), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert StoredProof.objects.exists()


def test_a_draft_that_a_colleague_discarded_is_not_there(gerda, draft):
    seen = RuleSet.objects.get(pk=draft.pk)
    discard_draft(gerda, draft)
    for act in (
        lambda: prove_rule_set(gerda, seen),
        lambda: publish(gerda, seen, NOW),
        lambda: remove_rule(gerda, seen, "sociaal", seen_digest=seen.digest),
        lambda: discard_draft(gerda, seen),
    ):
        with pytest.raises(Http404):
            act()
