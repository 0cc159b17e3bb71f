"""What surrounds a decision: whose rules hold when, until when an answer holds, and what if deciding fails."""

from copy import deepcopy
from datetime import date, datetime, timedelta

import pytest

from partners.models import DirectoryRevision, Municipality, Organisation, Region, Service
from partners.package import digest
from routing.core import ELSEWHERE, NOT_ASKED, NOT_KNOWABLE, Facts, Undetermined
from routing.errors import ImpossibleQuestion, NoRuleSet
from routing.models import Alarm, RuleSet
from routing.selectors import answer, table_for

from .conftest import AMSTERDAM, GIRL_OF_15, TUESDAY_MORNING

TEATIME = datetime(2026, 11, 24, 16, 0, tzinfo=AMSTERDAM)


def ask(moment=TUESDAY_MORNING, region="kennemerland", refused=frozenset(), **facts):
    return answer(region, Facts(**(GIRL_OF_15 | facts)), moment, refused)


def publish(region: Region, change, valid_from: datetime) -> RuleSet:
    """A next version of the region's rules, with this change, from a moment on."""
    last = region.rule_sets.last()
    document = deepcopy(last.document)
    change(document)
    return RuleSet.objects.create(
        region=region,
        version=f"{last.version}-next",
        state="published",
        valid_from=valid_from,
        published_at=valid_from,
        document=document,
        digest=digest(document),
    )


def revise(region: Region, change, valid_from: datetime) -> DirectoryRevision:
    document = deepcopy(region.revisions.last().document)
    change(document)
    return DirectoryRevision.objects.create(
        region=region, valid_from=valid_from, document=document, digest=digest(document)
    )


def _rule(document: dict, slug: str) -> dict:
    return next(rule for rule in document["rules"] if rule["slug"] == slug)


def _service(document: dict, slug: str) -> dict:
    return next(service for service in document["services"] if service["slug"] == slug)


# --- Which rules hold ------------------------------------------------------------------------------


def test_an_unknown_region_has_no_rules(kennemerland):
    with pytest.raises(NoRuleSet, match="atlantis"):
        ask(region="atlantis")


def test_before_the_first_rules_there_is_no_answer(kennemerland):
    with pytest.raises(NoRuleSet):
        ask(datetime(2019, 12, 31, 12, tzinfo=AMSTERDAM))


def test_a_table_is_compiled_once(kennemerland):
    assert table_for("kennemerland", TUESDAY_MORNING).table is table_for("kennemerland", TEATIME).table


def test_a_moment_is_answered_by_the_rules_of_that_moment(kennemerland):
    publish(kennemerland, lambda rules: rules["rules"].remove(_rule(rules, "ggz-jeugd")), TEATIME)
    assert ask(TEATIME - timedelta(seconds=1)).service_slug == "kenter"
    assert ask(TEATIME).document["rule"] == "safety_net/vangnet"


def test_a_draft_does_not_count(kennemerland):
    draft = publish(kennemerland, lambda rules: rules["rules"].remove(_rule(rules, "ggz-jeugd")), TEATIME)
    RuleSet.objects.create(
        region=kennemerland, version="draft", state="draft", valid_from=TUESDAY_MORNING, document=draft.document
    )
    assert ask().service_slug == "kenter"


# --- Until when -----------------------------------------------------------------------------------------


def test_an_answer_holds_until_the_service_closes(kennemerland):
    assert ask().document["holds_until"] == "2026-11-24T17:00:00+01:00"


def test_a_planned_rule_set_ends_an_answer(kennemerland):
    publish(kennemerland, lambda rules: rules["rules"].remove(_rule(rules, "ggz-jeugd")), TEATIME)
    assert ask().document["holds_until"] == TEATIME.isoformat()


def test_a_planned_rule_set_that_changes_nothing_here_does_not(kennemerland):
    publish(kennemerland, lambda rules: rules["also"].clear(), TEATIME)
    assert ask().document["holds_until"] == "2026-11-24T17:00:00+01:00"


def test_a_planned_revision_moves_the_closing_time(kennemerland):
    def close_at_18(directory):
        _service(directory, "kenter")["hours"]["weekly"] = [[day, 510, 1080] for day in range(5)]

    revise(kennemerland, close_at_18, TEATIME)
    assert ask().document["holds_until"] == "2026-11-24T18:00:00+01:00"


def test_a_planned_rule_set_that_is_broken_ends_the_answer_and_not_today(kennemerland):
    publish(kennemerland, break_it, TEATIME)
    found = ask()
    assert (found.service_slug, found.document["holds_until"]) == ("kenter", TEATIME.isoformat())
    assert "bestaat-niet" in Alarm.objects.get().message


def test_who_turns_23_by_a_planned_change_is_answered_today(kennemerland):
    in_spring = datetime(2027, 3, 1, tzinfo=AMSTERDAM)
    publish(kennemerland, lambda rules: rules["also"].clear(), in_spring)
    found = ask(category="youth_act", age=NOT_ASKED, born=date(2004, 2, 1))
    assert found.service_slug == "icd-kennemerland"
    assert found.document["holds_until"] == in_spring.isoformat()


def test_what_never_changes_holds_without_end(kennemerland):
    assert ask(category="hgkm").document["holds_until"] is None


# --- Where ------------------------------------------------------------------------------------------------


@pytest.fixture
def alkmaar(kennemerland) -> Region:
    """A second region that has the services of the first but Kenter, with rules of its own that name Alkmaar."""
    region = Region.objects.create(slug="nhn", name="Noord-Holland Noord", duty_service="icd-kennemerland-duty")
    Municipality.objects.create(code="GM0361", name="Alkmaar", region=region)
    directory = deepcopy(kennemerland.revisions.first().document)
    directory |= {"region": "nhn", "municipalities": {"GM0361": "Alkmaar"}}
    directory["services"] = [each for each in directory["services"] if each["slug"] != "kenter"]
    rules = deepcopy(kennemerland.rule_sets.first().document) | {"region": "nhn"}
    rules["rules"] = [
        rule | {"after": [slug for slug in rule["after"] if slug != "kenter"]}
        for rule in rules["rules"]
        if rule["to"] != "kenter" and rule["slug"] != "jeugd"
    ]
    since = datetime(2020, 1, 1, tzinfo=AMSTERDAM)
    DirectoryRevision.objects.create(region=region, valid_from=since, document=directory, digest=digest(directory))
    RuleSet.objects.create(
        region=region,
        version="1",
        state="published",
        valid_from=since,
        published_at=since,
        document=rules,
        digest=digest(rules),
    )
    return region


def test_another_region_that_names_the_municipality_answers(alkmaar):
    found = ask(category="hgkm", municipality="GM0361")
    assert (found.region, found.document["region"]) == (alkmaar, "nhn")


def test_the_asked_region_answers_what_it_names_itself(alkmaar):
    assert ask(category="youth_act", municipality="GM0450").region.slug == "kennemerland"


OUTSIDE = [
    ({}, "icd-kennemerland-duty", "nobody's agreement: the duty lead holds it and hands over warm"),
    ({"danger": True}, "meldkamer-112", "112 is there for every place"),
    ({"provider": "kenter", "related": True}, "kenter", "treated in the region, wherever the person is now"),
    ({"dissatisfied": True}, None, "recorded, wherever the person is"),
]


@pytest.mark.parametrize("place", ["GM0363", ELSEWHERE])
@pytest.mark.parametrize(("change", "service", "why"), OUTSIDE)
def test_a_place_that_no_agreement_names_is_helped_all_the_same(kennemerland, place, change, service, why):
    Municipality.objects.create(code="GM0363", name="Amsterdam")
    found = ask(municipality=place, **change)
    assert found.service_slug == service, why
    assert ("draagt warm over" in " ".join(found.document["remarks"])) == (service == "icd-kennemerland-duty")


def test_outside_the_regions_only_what_decides_is_asked(kennemerland):
    found = ask(municipality=ELSEWHERE, danger=NOT_ASKED, category=NOT_ASKED, age=NOT_ASKED)
    assert found.document["ask"] == ["danger"]


def test_an_own_client_elsewhere_keeps_the_own_provider(alkmaar):
    there = {"municipality": "GM0361", "provider": "kenter", "category": "hgkm"}
    assert ask(**there, related=True).service_slug == "kenter"
    assert ask(**there, related=False).region == alkmaar


# --- Unknown and impossible -----------------------------------------------------------------------------------


def test_impossible_facts_give_the_regions_reason(kennemerland):
    with pytest.raises(ImpossibleQuestion, match="23e verjaardag"):
        ask(category="youth_act", age=30)


def test_what_cannot_be_known_is_read_safely_and_said(kennemerland):
    found = ask(danger=NOT_KNOWABLE)
    assert found.service_slug == "meldkamer-112"
    assert "acuut gevaar" in found.document["remarks"][0]


def test_facts_that_cannot_be_known_leave_the_duty_lead_holding(kennemerland):
    found = ask(category=NOT_KNOWABLE)
    assert isinstance(found.decision, Undetermined)
    assert found.service_slug == "icd-kennemerland-duty"


def break_it(rules: dict) -> None:
    _rule(rules, "ggz-jeugd")["to"] = "bestaat-niet"


# --- When deciding fails -----------------------------------------------------------------------------------------


def test_a_conflict_answers_the_safety_net_and_names_both(kennemerland):
    def contradict(rules):
        _rule(rules, "ggz-volwassenen")["when"]["age"] = [0, 120]

    publish(kennemerland, contradict, TEATIME)
    found = ask(TEATIME)
    assert found.service_slug == "icd-kennemerland-duty"
    assert "agreement/ggz-jeugd" in found.document["because"]
    assert "agreement/ggz-volwassenen" in found.document["because"]
    assert Alarm.objects.get().kind == Alarm.Kind.CONFLICT


def test_an_exception_hands_to_the_duty_lead_and_is_never_swallowed(kennemerland, client, bearer, caplog):
    publish(kennemerland, break_it, TEATIME)
    query = {"category": "ggz", "age": "15", "municipality": "GM0392", "at": TEATIME.isoformat()}
    found = client.get("/api/v1/lookup/", query, headers=bearer("police")).json()
    assert (found["service"], found["organisation"]) == ("icd-kennemerland-duty", "icd-kennemerland")
    assert found["phone"]
    assert any(record.exc_info for record in caplog.records)
    alarm = Alarm.objects.get()
    assert (alarm.kind, "bestaat-niet" in alarm.message) == (Alarm.Kind.EXCEPTION, True)


@pytest.mark.parametrize("danger", [True, NOT_KNOWABLE])
def test_an_exception_never_hides_112(kennemerland, danger):
    publish(kennemerland, break_it, TEATIME)
    found = ask(TEATIME, danger=danger)
    assert (found.service_slug, found.document["tier"]) == ("meldkamer-112", "emergency")
    assert found.document["phone"] == "112"
    assert found.document["next"] == []
    assert Alarm.objects.get().kind == Alarm.Kind.EXCEPTION


def test_112_is_found_without_a_readable_emergency_rule(kennemerland):
    def forget_the_emergency(rules):
        break_it(rules)
        rules["rules"] = [rule for rule in rules["rules"] if rule["tier"] != "emergency"]

    publish(kennemerland, forget_the_emergency, TEATIME)
    assert ask(TEATIME, danger=True).service_slug == "meldkamer-112"


def test_an_exception_before_danger_was_asked_reminds_of_112(kennemerland):
    publish(kennemerland, break_it, TEATIME)
    found = ask(TEATIME, danger=NOT_ASKED)
    assert found.service_slug == "icd-kennemerland-duty"
    assert "112" in found.document["remarks"][0]


def test_impossible_facts_never_hide_112(kennemerland):
    found = ask(category="youth_act", age=30, danger=True)
    assert found.service_slug == "meldkamer-112"
    assert "23e verjaardag" in found.document["remarks"][0]
    assert not Alarm.objects.exists()


def test_asking_again_does_not_bury_the_alarm(kennemerland):
    publish(kennemerland, break_it, TEATIME)
    for _again in range(3):
        ask(TEATIME)
    assert Alarm.objects.count() == 1


def test_every_answer_names_services_that_exist(kennemerland):
    found = ask()
    assert Service.objects.filter(slug=found.document["service"]).exists()
    assert Organisation.objects.filter(slug__in=found.document["next"]).count() == 2
