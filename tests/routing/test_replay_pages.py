"""The pages of who writes the rules: a draft against the past, and what people chose otherwise."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AccessLogEntry
from partners.actors import actor_of
from partners.models import Service
from routing.core import Facts
from routing.errors import NoProposal
from routing.models import RuleSet
from routing.selectors import answer
from routing.selectors.deviations import deviations
from routing.services import open_routed_case, propose_from_deviations

from .conftest import GIRL_OF_15, HAARLEM, TUESDAY_MORNING

THIS_YEAR = (date(2026, 1, 1), date(2026, 12, 31))
YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def dirk(kennemerland, demo_users):
    """Who writes the rules."""
    return actor_of(demo_users["directory"])


@pytest.fixture
def draft(kennemerland) -> RuleSet:
    held = kennemerland.rule_sets.get()
    document = json.loads(json.dumps(held.document)) | {"version": "vanaf-16"}
    rules = {rule["slug"]: rule for rule in document["rules"]}
    rules["ggz-jeugd"]["when"]["age"] = [0, 15]
    rules["ggz-volwassenen"]["when"]["age"] = [16, 120]
    return RuleSet.objects.create(
        region=kennemerland, version="vanaf-16", valid_from=held.valid_from, document=document, digest="vanaf-16"
    )


@pytest.fixture
def call(wilma):
    """A routed call of that morning; `chosen` is the service that Wilma chose instead."""

    def route(chosen: str = "", reason: str = "agreed", **facts):
        found = answer("kennemerland", Facts(**(GIRL_OF_15 | facts)), TUESDAY_MORNING)
        service = Service.objects.get(region=wilma.region_id, slug=chosen) if chosen else None
        return open_routed_case(
            wilma, found, urgency="", chosen_service=service, chosen_reason=reason if chosen else ""
        )

    return route


@pytest.fixture
def as_dirk(client, demo_users):
    client.force_login(demo_users["directory"])
    return client


# --- Replay -----------------------------------------------------------------------------------------


def test_the_page_says_from_whom_to_whom(as_dirk, call, draft):
    handover = call(age=16)
    call(age=15)
    page = as_dirk.get(reverse("rules-replay", args=[draft.pk]), YEAR)
    content = page.content.decode()
    assert page.status_code == 200
    assert [(each["before"], each["after"], each["count"]) for each in page.context["changes"]] == [
        ("Kenter Jeugdhulp", "GGZ inGeest", 1)
    ]
    assert "Haarlem" in content
    assert "10:00–11:00" in content
    assert f'<span class="cd-number">{handover.decision_id}</span>' in content
    assert reverse("case", args=[handover.case_id]) not in content, "who writes rules opens no cases"


def test_replaying_stands_in_the_access_log(as_dirk, draft):
    as_dirk.get(reverse("rules-replay", args=[draft.pk]))
    entry = AccessLogEntry.objects.filter(event="rule_set.replayed").get()
    assert (entry.record_id, entry.role) == (str(draft.pk), "directory_editor")


def test_without_decisions_it_says_so(as_dirk, draft):
    assert "geen beslissingen" in as_dirk.get(reverse("rules-replay", args=[draft.pk])).content.decode()


PERIODS = [
    # period, message, why
    ({"since": "2026-02-01", "until": "2026-01-01"}, "vóór de eerste", "reversed"),
    ({"since": "gisteren", "until": "2026-01-01"}, "Vul een dag in", "no date"),
    ({"since": "2026-02-01"}, "Vul een dag in", "half a period"),
]


@pytest.mark.parametrize("name", ["rules-replay", "rules-deviations"])
@pytest.mark.parametrize(("period", "message", "why"), PERIODS)
def test_a_period_that_cannot_be(as_dirk, draft, name, period, message, why):
    page = as_dirk.get(reverse(name, args=[draft.pk] if name == "rules-replay" else []), period)
    assert page.status_code == 422, why
    assert message in page.content.decode(), why


def test_rules_that_do_not_fit_say_so(as_dirk, call, draft):
    call()
    draft.document["rules"][3]["to"] = "bestaat-niet"
    draft.save()
    page = as_dirk.get(reverse("rules-replay", args=[draft.pk]), YEAR)
    assert page.status_code == 409
    assert "niet in de gids" in page.content.decode()


def test_the_file_holds_no_small_numbers_and_nobody(as_dirk, call, draft):
    for _call in range(6):
        call(age=16)
    call(age=16, municipality="GM0375")
    response = as_dirk.get(reverse("rules-replay-csv", args=[draft.pk]), YEAR)
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert ["Totaal", "", "", "7", "7"] in rows
    assert ["Van wie naar wie", "Kenter Jeugdhulp", "GGZ inGeest", "", "7"] in rows
    assert ["Per gemeente", "Haarlem", "", "6", "6"] in rows
    assert ["Per gemeente", "Beverwijk", "", "1-4", "1-4"] in rows
    assert ["Per leeftijdsgroep", "12-17 jaar", "", "7", "7"] in rows


def test_another_regions_rules_are_not_replayed_here(as_dirk, draft):
    other = type(draft.region).objects.create(slug="elders", name="Elders")
    RuleSet.objects.filter(pk=draft.pk).update(region=other)
    assert as_dirk.get(reverse("rules-replay", args=[draft.pk])).status_code == 404


# --- Deviations -------------------------------------------------------------------------------------


def test_deviations_are_counted_per_rule_with_reason_and_to_whom(dirk, call):
    call("ggz-ingeest")
    call("ggz-ingeest", "known_there")
    call("ggz-ingeest", "known_there")
    call("veilig-thuis-kennemerland", "mixed_picture")
    call()
    first, second = deviations(dirk, *THIS_YEAR)
    assert (first.rule, first.service.slug, first.count, first.of) == ("agreement/ggz-jeugd", "ggz-ingeest", 3, 5)
    assert first.reasons == [("daar al bekend of betrokken", 2), ("afgesproken met deze organisatie", 1)]
    assert (second.service.slug, second.count) == ("veilig-thuis-kennemerland", 1)
    assert (first.may_be_proposed, second.may_be_proposed) == (True, False)


def test_only_who_writes_rules_sees_deviations(wilma, mirjam, call):
    for actor in (wilma, mirjam):
        with pytest.raises(PermissionDenied):
            deviations(actor, *THIS_YEAR)


def test_a_frequent_deviation_becomes_a_draft(dirk, call):
    for age in (16, 17, 17):
        call("ggz-ingeest", age=age)
    ingeest = Service.objects.get(region=dirk.region_id, slug="ggz-ingeest")
    draft = propose_from_deviations(dirk, "agreement/ggz-jeugd", ingeest, *THIS_YEAR)
    rules = {rule["slug"]: rule for rule in draft.document["rules"]}
    assert draft.state == RuleSet.State.DRAFT
    assert rules["ggz-jeugd-2"]["when"] == {"category": ["ggz"], "age": [12, 17], "municipality": [HAARLEM]}
    assert (rules["ggz-jeugd-2"]["to"], rules["ggz-jeugd"]["after"]) == ("ggz-ingeest", ["ggz-ingeest"])
    assert rules["ggz-jeugd-2"]["because"] == (
        "Voorstel uit 3 afwijkingen van regel «ggz-jeugd», van 01-01-2026 tot en met 31-12-2026."
    )


REFUSED = [
    # calls, rule, service, message, why
    (2, "agreement/ggz-jeugd", "ggz-ingeest", "te weinig", "twice is chance"),
    (3, "agreement/bestaat-niet", "ggz-ingeest", "niet meer", "the rule went"),
    (3, "emergency/levensgevaar", "ggz-ingeest", "geen afspraak", "112 stays 112"),
    (0, "agreement/ggz-jeugd", "ggz-ingeest", "te weinig", "nothing happened"),
]


@pytest.mark.parametrize(("number", "rule", "slug", "message", "why"), REFUSED)
def test_no_proposal_without_reason(dirk, call, number, rule, slug, message, why):
    for _call in range(number):
        call(slug)
    service = Service.objects.get(region=dirk.region_id, slug=slug)
    with pytest.raises(NoProposal, match=message):
        propose_from_deviations(dirk, rule, service, *THIS_YEAR)
    assert not RuleSet.objects.filter(state="draft").exists(), why


def test_from_the_page_to_the_proposal_replayed(as_dirk, call):
    """The proposal would have sent the past where people sent it."""
    for _call in range(3):
        call("ggz-ingeest")
    page = as_dirk.get(reverse("rules-deviations"), YEAR)
    assert "3 van 3" in page.content.decode()
    asked = {"rule": "agreement/ggz-jeugd", "service": "ggz-ingeest", **YEAR}
    proposed = as_dirk.post(reverse("rules-deviations-propose"), asked, follow=True)
    draft = RuleSet.objects.get(state="draft")
    assert proposed.redirect_chain == [(reverse("rules-set", args=[draft.pk]), 302)]
    assert draft.version in proposed.content.decode()
    replayed = as_dirk.get(reverse("rules-replay", args=[draft.pk]), YEAR)
    assert [(each["before"], each["after"], each["count"]) for each in replayed.context["changes"]] == [
        ("Kenter Jeugdhulp", "GGZ inGeest", 3)
    ]


def test_a_second_proposal_of_the_day_has_its_own_name(dirk, call):
    for _call in range(3):
        call("ggz-ingeest")
    ingeest = Service.objects.get(region=dirk.region_id, slug="ggz-ingeest")
    names = {propose_from_deviations(dirk, "agreement/ggz-jeugd", ingeest, *THIS_YEAR).version for _time in range(2)}
    assert len(names) == 2


def test_too_few_say_so_on_the_page(as_dirk, call):
    call("ggz-ingeest")
    asked = {"rule": "agreement/ggz-jeugd", "service": "ggz-ingeest", **YEAR}
    page = as_dirk.post(reverse("rules-deviations-propose"), asked)
    assert page.status_code == 409
    assert "te weinig afwijkingen" in page.content.decode()
