"""What runs beside the crisis stands on its timeline: for whom in what detail."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.core import AMSTERDAM
from dossiers.models import Clock, Disclosure, Measure, Norm, Suspension, VtStep
from dossiers.selectors.timeline import Asked, timeline_of
from routing.models import Case
from routing.services import accept

pytestmark = pytest.mark.usefixtures("tuesday_morning")

EARLIER = datetime(2026, 11, 20, 9, tzinfo=AMSTERDAM)


@pytest.fixture
def case(wilma, vincent, routed) -> Case:
    return accept(vincent, routed(wilma, category="hgkm", age=8)).case


def told(actor, case, what) -> list[tuple[str, str]]:
    found = timeline_of(actor, case).only(Asked(what=what, oldest_first=True)).entries
    return [(entry.title, entry.text) for entry in found]


def test_the_keeper_reads_what_was_done_and_others_where_it_went(case, vincent, wilma):
    kept = {"record": case.vtrecord, "taken_at": timezone.now(), "taken_by": vincent.user}
    kept["organisation_id"] = vincent.organisation_id
    VtStep.objects.create(before="reported", act="assess", after="safety_assessed", note="Kind gezien.", **kept)
    VtStep.objects.create(before="safety_assessed", act="assess", after="safety_assessed", note="Nog eens.", **kept)
    assert ("Veilig Thuis: Veiligheid beoordelen", "Kind gezien.") in told(vincent, case, "veilig_thuis")
    seen = told(wilma, case, "veilig_thuis")
    assert [text for _title, text in seen if text] == []
    assert len(seen) == len(told(vincent, case, "veilig_thuis")) - 1


def test_the_days_of_a_measure_are_days(case, vincent, client):
    Measure.objects.create(
        case=case,
        kind="supervision_order",
        agency="djgb",
        noticed_on=date(2026, 11, 18),
        ruled_on=date(2026, 11, 19),
        guardian="Noor",
        guardian_linked_on=date(2026, 11, 20),
    )
    assert told(vincent, case, "measure") == [
        ("Kennisgeving: ondertoezichtstelling (OTS)", ""),
        ("Uitspraak: ondertoezichtstelling (OTS)", ""),
        ("Jeugdbeschermer gekoppeld: ondertoezichtstelling (OTS)", "Noor"),
    ]
    client.force_login(vincent.user)
    page = client.get(reverse("case-timeline", args=[case.pk]), {"soort": "measure"}).content.decode()
    assert ">wo 18 nov 2026</time>" in page, "without a time"


def test_what_was_shared_and_terms_that_stood_still(case, vincent):
    Disclosure.objects.create(
        case=case,
        organisation_id=vincent.organisation_id,
        shared_by=vincent.user,
        shared_at=EARLIER,
        receiver="De huisarts",
        basis="consent",
        what="Dat er een huisverbod is.",
        necessity="Hij ziet het gezin morgen.",
        informed=True,
    )
    assert told(vincent, case, "disclosure") == [
        ("Veilig Thuis Kennemerland deelde met De huisarts", "Dat er een huisverbod is.")
    ]
    norm = Norm.objects.create(region=case.region, slug="x", duration="1 h", starts="a", ends="b", source="law")
    clock = Clock.objects.create(case=case, norm=norm, started_at=EARLIER, due_at=EARLIER, because="")
    Suspension.objects.create(clock=clock, starts_at=EARLIER, ends_at=timezone.now(), reason="Op vakantie.")
    assert ("Termijn opgeschort: x", "Op vakantie.") in told(vincent, case, "clock")
    assert ("Termijn loopt weer: x", "") in told(vincent, case, "clock")
