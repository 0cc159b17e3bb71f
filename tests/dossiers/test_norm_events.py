"""Events start and meet the clocks of a case by the norms of its region."""

from datetime import datetime

import pytest

from dossiers.core import AMSTERDAM
from dossiers.models import Clock, Norm
from dossiers.services import note_event

pytestmark = pytest.mark.django_db


def test_an_event_starts_its_norms_and_another_meets_them(routed, wilma):
    case = routed(wilma).case
    Norm.objects.create(
        region=case.region, slug="plan", duration="5 working days", starts="ruled", ends="planned", source="agreement"
    )
    note_event(None, case, "ruled", datetime(2026, 11, 23, 10, 15, tzinfo=AMSTERDAM))
    note_event(None, case, "ruled", datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM))
    clock = Clock.objects.get(case=case)
    assert clock.due_at == datetime(2026, 12, 1, tzinfo=AMSTERDAM)
    assert clock.because.startswith("t/m maandag 30 november 2026")
    note_event(None, case, "planned", datetime(2026, 11, 26, 9, tzinfo=AMSTERDAM))
    clock.refresh_from_db()
    assert clock.met_at == datetime(2026, 11, 26, 9, tzinfo=AMSTERDAM)
