"""The agreement of Noord-Holland Noord, each line with its why, and what falls across the region."""

import json
from copy import deepcopy
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from accounts.policies import Actor
from partners.actors import actor_of
from partners.models import DirectoryRevision, Municipality, Organisation, Region
from partners.package import digest
from routing.core import NOT_ASKED, Facts, Undetermined
from routing.selectors import answer, inbox
from routing.services import accept, decline, open_routed_case

from .conftest import AMSTERDAM

KENNEMERLAND, NORTH = "kennemerland", "noord-holland-noord"
VT_KENNEMERLAND = "veilig-thuis-kennemerland"
VT, ICD, GGZ, GGD = "veilig-thuis-nhn", "icd-nhn", "ggz-nhn", "ggd-hollands-noorden"
ALKMAAR, TEXEL, HEERHUGOWAARD, DIJK_EN_WAARD, UITGEEST = "GM0361", "GM0448", "GM0398", "GM1980", "GM0450"
MUST_CONSULT = {(VT, "consult", True), (GGZ, "consult", True)}
TUESDAY = "2026-11-24T10:15"

CALLS = [
    # facts, moment, service, additions, why
    ({"category": "hgkm", "danger": True}, TUESDAY, "meldkamer-112", MUST_CONSULT, "life in danger goes before all"),
    ({"category": "hgkm"}, "2026-11-29T03:00", VT, {(GGZ, "consult", False)}, "HGKM day and night, all ages"),
    ({"category": "hgkm", "age": 100}, TUESDAY, VT, {(GGZ, "consult", False)}, "violence against an old man too"),
    ({"category": "youth_act", "age": 0}, TUESDAY, ICD, set(), "a Jeugdwet crisis from birth"),
    ({"category": "youth_act", "age": 22}, "2026-12-25T23:59", ICD, set(), "until 23, on Christmas night as well"),
    ({"category": "ggz", "age": 8}, "2026-11-24T22:00", GGZ, set(), "GGZ for children at night: no Kenter here"),
    ({"category": "ggz", "age": 80}, "2027-03-29T11:00", GGZ, set(), "and on Easter Monday"),
    ({"category": "ggz", "suicidal": True}, TUESDAY, GGZ, {("113", "in_addition", False)}, "113 never instead"),
    ({"category": "somatic"}, "2026-11-24T08:00", "huisarts", set(), "the huisarts opens at 08:00"),
    ({"category": "somatic"}, "2026-11-24T07:59:59", "huisartsenpost-nhn", set(), "until then the post"),
    ({"category": "somatic"}, "2026-11-24T17:00", "huisartsenpost-nhn", set(), "and again from 17:00"),
    ({"category": "somatic"}, "2026-04-27T11:00", "huisartsenpost-nhn", set(), "King's Day, a Monday"),
    ({"category": "somatic"}, "2026-04-03T11:00", "huisarts", set(), "Good Friday is a working day"),
    ({"category": "somatic"}, "2026-05-05T11:00", "huisarts", set(), "5 May is nobody's holiday here"),
    ({"category": "somatic", "hospital": True}, "2026-11-29T03:00", "ziekenhuis-nhn", set(), "assessed: hospital"),
    ({"category": "social"}, "2026-11-24T08:30", GGD, set(), "the GGD opens at 08:30"),
    ({"category": "social"}, "2026-11-24T08:29:59", VT, set(), "before that Veilig Thuis takes it"),
    ({"category": "social"}, "2026-12-25T11:00", VT, set(), "the GGD is closed at Christmas"),
    ({"category": "social"}, "2026-11-28T11:00", VT, set(), "and on Saturdays"),
    (
        {"category": "hgkm", "provider": GGZ, "related": False},
        TUESDAY,
        VT,
        {(GGZ, "consult", False), (GGZ, "inform", True)},
        "not about the treatment: Veilig Thuis leads, the own provider hears of it",
    ),
    (
        {"category": "hgkm", "provider": GGZ, "related": True},
        TUESDAY,
        GGZ,
        set(),
        "about the treatment: own client first",
    ),
    ({"category": "ggz", "dissatisfied": True}, TUESDAY, None, set(), "dissatisfied, no new crisis: recorded"),
]

ACROSS = [
    # region asked, facts, service, region that answers, why
    (
        KENNEMERLAND,
        {"category": "hgkm", "municipality": UITGEEST},
        "veilig-thuis-kennemerland",
        KENNEMERLAND,
        "call 12",
    ),
    (
        KENNEMERLAND,
        {"category": "youth_act", "municipality": UITGEEST},
        ICD,
        KENNEMERLAND,
        "call 12: Jeugdwet is NHN's",
    ),
    (NORTH, {"category": "youth_act", "municipality": UITGEEST}, ICD, NORTH, "both name it, and agree"),
    (
        NORTH,
        {"category": "hgkm", "municipality": UITGEEST},
        VT_KENNEMERLAND,
        KENNEMERLAND,
        "violence in Uitgeest is Kennemerland's, whoever is asked",
    ),
    (NORTH, {"category": "ggz", "municipality": UITGEEST}, "kenter", KENNEMERLAND, "and so is GGZ, in Kenter's hours"),
    (KENNEMERLAND, {"category": "ggz", "municipality": ALKMAAR}, GGZ, NORTH, "the neighbour's rules answer"),
    (KENNEMERLAND, {"category": "social", "municipality": TEXEL}, GGD, NORTH, "for every category"),
    (
        KENNEMERLAND,
        {"category": "ggz", "municipality": ALKMAAR, "danger": True},
        "meldkamer-112",
        NORTH,
        "112 is everybody's",
    ),
]


def ask(region: str, moment: str = TUESDAY, **facts):
    return answer(region, Facts(**(GIRL_OF_13 | facts)), datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM))


GIRL_OF_13 = {
    "age": 13,
    "municipality": ALKMAAR,
    "danger": False,
    "provider": "",
    "hospital": False,
    "suicidal": False,
    "dissatisfied": False,
    "new_crisis": False,
}


@pytest.mark.parametrize(
    ("facts", "moment", "service", "additions", "why"), CALLS, ids=[f"{call[-1]}" for call in CALLS]
)
def test_who_is_responsible(noord_holland_noord, facts, moment, service, additions, why):
    document = ask(NORTH, moment, **facts).document

    assert document["service"] == service, why
    assert additions <= {(each["organisation"], each["kind"], each["obligatory"]) for each in document["also"]}
    assert len(document["also"]) == len(additions)


def test_violence_without_danger_says_to_check_a_restraining_order(noord_holland_noord):
    assert any("THV" in remark for remark in ask(NORTH, category="hgkm").document["remarks"])


def test_when_nobody_can_the_duty_lead_of_this_region_holds(noord_holland_noord):
    assert ask(NORTH, category="ggz").document["next"] == ["icd-nhn"]
    assert noord_holland_noord.duty_service == "icd-nhn-duty"


# --- Across the region ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "facts", "service", "answered_by", "why"), ACROSS, ids=[f"{case[0]}: {case[-1]}" for case in ACROSS]
)
def test_whichever_region_is_asked(both_regions, region, facts, service, answered_by, why):
    document = ask(region, **facts).document

    assert (document["service"], document["region"]) == (service, answered_by), why


@pytest.mark.parametrize(
    ("region", "facts", "told"),
    [
        (KENNEMERLAND, {"category": "youth_act", "municipality": UITGEEST}, ["Draag warm over"]),
        (NORTH, {"category": "youth_act", "municipality": UITGEEST}, []),
        (KENNEMERLAND, {"category": "ggz"}, ["afspraken van regio Noord-Holland Noord", "Draag warm over"]),
        (KENNEMERLAND, {"category": "ggz", "danger": True}, ["afspraken van regio Noord-Holland Noord"]),
        (KENNEMERLAND, {"category": "somatic"}, ["afspraken van regio Noord-Holland Noord"]),
    ],
    ids=["their service", "their own", "their rules and service", "112 is nobody's region", "nor is the own huisarts"],
)
def test_the_answer_says_that_the_handover_is_warm_and_whose_agreement_it_is(both_regions, region, facts, told):
    remarks = ask(region, **facts).document["remarks"]

    assert [text for text in told if not any(text in remark for remark in remarks)] == []
    assert len(remarks) == len(told)


def test_while_the_category_is_unknown_the_region_that_names_most_answers(both_regions):
    """Noord-Holland Noord names Uitgeest for youth help only; its ICD would seem certain."""
    found = ask(NORTH, municipality=UITGEEST, category=NOT_ASKED)

    assert isinstance(found.decision, Undetermined)
    assert found.region.slug == KENNEMERLAND
    assert {"veilig-thuis-kennemerland", "icd-nhn"} <= set(found.document["possible"])


@pytest.mark.parametrize(
    ("provider", "moment", "related", "service", "informed", "why"),
    [
        ("kenter", TUESDAY, True, "kenter", False, "Kenter's client who lives in Alkmaar"),
        ("kenter", "2026-11-24T20:15", True, GGZ, True, "Kenter is closed: the table of Alkmaar answers"),
        ("kenter", TUESDAY, False, GGZ, True, "not about the treatment; Kenter hears of it"),
    ],
)
def test_a_client_of_a_provider_in_the_other_region(both_regions, provider, moment, related, service, informed, why):
    found = ask(NORTH, moment, category="ggz", provider=provider, related=related)

    assert (found.document["service"], found.region.slug) == (service, NORTH), why
    informs = {"organisation": provider, "kind": "inform", "obligatory": True} in found.document["also"]
    assert informs == informed


def test_whether_it_is_about_a_treatment_elsewhere_is_asked(both_regions):
    found = ask(NORTH, category="ggz", provider="kenter")

    assert (found.document["ask"], found.document["possible"]) == (["related"], ["kenter", GGZ])


def test_a_municipality_that_merged_is_read_as_what_it_became(both_regions):
    """On that day Heerhugowaard still existed; the agreement names Dijk en Waard."""
    before = ask(KENNEMERLAND, "2021-06-01T10:00", category="ggz", municipality=HEERHUGOWAARD)
    after = ask(NORTH, category="ggz", municipality=DIJK_EN_WAARD)

    assert before.document["service"] == after.document["service"] == GGZ
    assert any("Heerhugowaard is opgegaan in Dijk en Waard" in remark for remark in before.document["remarks"])


def test_where_no_agreement_names_the_place_112_and_the_own_provider_still_stand_and_the_duty_lead_helps(kennemerland):
    Municipality.objects.create(code="GM0363", name="Amsterdam")

    assert ask(KENNEMERLAND, category="hgkm", municipality="GM0363", danger=True).service_slug == "meldkamer-112"
    client = {"category": "ggz", "provider": "kenter", "related": True}
    assert ask(KENNEMERLAND, municipality="GM0363", **client).service_slug == "kenter"
    elsewhere = ask(KENNEMERLAND, category="hgkm", municipality="GM0363")
    assert elsewhere.service_slug == "icd-kennemerland-duty"
    assert any("Amsterdam" in remark for remark in elsewhere.document["remarks"])


# --- Handing over -------------------------------------------------------------------------------------


@pytest.fixture
def hanna(both_regions) -> Actor:
    """Answers for the ICD of Noord-Holland Noord."""
    return colleague("hanna", "icd_worker", ICD, both_regions[1])


@pytest.fixture
def gijs(both_regions) -> Actor:
    """Answers for GGZ Noord-Holland-Noord."""
    return colleague("gijs", "partner_desk", GGZ, both_regions[1])


def colleague(username: str, role: str, organisation_slug: str, region: Region) -> Actor:
    user = User.objects.create_user(username)
    organisation = Organisation.objects.get(slug=organisation_slug)
    user.memberships.create(organisation=organisation, region=region, role=role, valid_from=date(2020, 1, 1))
    return actor_of(user)


def test_a_case_from_the_neighbour_is_offered_to_the_service_of_its_own_region(both_regions, wilma, gijs, hanna):
    """Wilma of Kennemerland takes a call about Alkmaar: its GGZ is asked, and after that its own duty lead."""
    first = open_routed_case(wilma, ask(KENNEMERLAND, category="ggz"), urgency="")
    assert (first.service.slug, first.service.region.slug) == (GGZ, NORTH)
    assert first.case.lead_periods.get(ended_at__isnull=True).organisation.slug == "icd-kennemerland"

    second = decline(gijs, inbox(gijs)[0], "capacity")
    assert (second.service.slug, second.service.region.slug) == ("icd-nhn-duty", NORTH)
    accept(hanna, second)
    assert second.case.lead_periods.get(ended_at__isnull=True).organisation.slug == ICD


def test_uitgeest_is_handed_over_to_the_other_icd(both_regions, wilma, hanna):
    """Call 12: Kennemerland's own directory lists the service; the people of Noord-Holland Noord find it in theirs."""
    found = ask(KENNEMERLAND, category="youth_act", municipality=UITGEEST)
    offered = open_routed_case(wilma, found, urgency="")
    assert (offered.service.slug, offered.service.region.slug) == (ICD, KENNEMERLAND)

    accept(hanna, inbox(hanna)[0])
    assert offered.case.lead_periods.get(ended_at__isnull=True).organisation.slug == ICD


def test_a_provider_elsewhere_is_asked_by_its_own_listing_and_refuses_like_any_other(both_regions, hanna, karin):
    with time_machine.travel(datetime.fromisoformat(TUESDAY).replace(tzinfo=AMSTERDAM)):
        found = ask(NORTH, category="ggz", provider="kenter", related=True)
        first = open_routed_case(hanna, found, urgency="")
        assert (first.service.slug, first.service.region.slug) == ("kenter", KENNEMERLAND)

        second = decline(karin, first, "capacity")
    assert (second.service.slug, second.service.region.slug) == (GGZ, NORTH)


# --- check_rules --all ----------------------------------------------------------------------------------


def check_all() -> tuple[dict, int]:
    out, status = StringIO(), 0
    try:
        call_command("check_rules", "--all", stdout=out)
    except SystemExit as ended:
        status = int(str(ended.code))
    return json.loads(out.getvalue()), status


def revise(region: Region, change) -> None:
    """The directory of a region as it has held for a minute."""
    document = deepcopy(region.revisions.last().document)
    change({service["slug"]: service for service in document["services"]})
    DirectoryRevision.objects.create(
        region=region, valid_from=timezone.now() - timedelta(minutes=1), document=document, digest=digest(document)
    )


def test_the_shipped_regions_agree(both_regions):
    report, status = check_all()

    assert status == 0
    found = {name: report[name] for name in ("gaps", "conflicts", "dead_rules", "different_numbers", "without_number")}
    assert all(each == [] for each in found.values())


def test_a_service_with_other_hours_in_the_neighbours_directory_is_a_disagreement(both_regions):
    by_day = [[weekday, 510, 1020] for weekday in range(5)]
    revise(both_regions[0], lambda services: services[ICD]["hours"].update(weekly=by_day))

    report, status = check_all()

    [conflict] = report["conflicts"]
    assert (status, conflict["regions"]) == (1, {KENNEMERLAND: "icd-kennemerland", NORTH: ICD})
    assert conflict["text"] == "jeugdwet, 0-22 jaar, Uitgeest"


def test_a_number_that_differs_between_two_listings_is_found(both_regions):
    revise(both_regions[1], lambda services: services[ICD]["phone"].update(number="+31720000199"))

    report, status = check_all()

    [found] = report["different_numbers"]
    assert (status, found["service"], set(found["numbers"])) == (1, ICD, {KENNEMERLAND, NORTH})


def test_a_municipality_that_no_region_names_is_found(both_regions):
    Municipality.objects.create(code="GM0363", name="Amsterdam")
    Municipality.objects.create(code="GM9999", name="Nieuwstad", valid_from=date(2035, 1, 1))

    report, status = check_all()

    [gap] = report["gaps"]
    assert (status, gap["facts"]["municipality"]) == (1, ["GM0363"])
    assert "Amsterdam" in gap["text"]
