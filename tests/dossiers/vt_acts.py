"""What Vincent of Veilig Thuis fills in for each act, as the service takes it."""

from datetime import date, timedelta

from dossiers.core import Act
from dossiers.models import VtRecord
from partners.models import Organisation

TODAY = date(2026, 11, 24)
LATER = TODAY + timedelta(days=14)


def filled(act: Act, record: VtRecord, **other) -> dict[str, object]:
    """Everything that the act asks, rightly filled in; `other` replaces some of it."""
    local_team = Organisation.objects.get(slug="ggd-kennemerland")
    given: dict[Act, dict[str, object]] = {
        Act.ADVISE: {"note": "Bel vandaag nog met school.", "told_responsible": True},
        Act.ASSESS: {
            "outcome": "unsafe",
            "note": "Blauwe plekken.",
            "children_seen": "yes",
            "assessed_on": TODAY,
            "done_at_once": "Kind is bij oma.",
        },
        Act.TRIAGE: {"note": "Lokaal team begint.", "kind": "local_team", "carrier": local_team},
        Act.ADD_NEXT_STEP: {"kind": "own_network", "carrier_name": "oma", "due_on": LATER},
        Act.SETTLE_NEXT_STEP: {"target": _open(record.next_steps, "asked"), "status": "accepted"},
        Act.RECORD_INVESTIGATION: {"spoken_with": "School.", "findings": "Vaak te laat."},
        Act.DECIDE_INVESTIGATION: {"spoken_with": "School.", "findings": "Geslagen.", "conclusion": "confirmed"},
        Act.SET_CONDITION: {"what": "Vader slaapt elders.", "who": "vader", "until": LATER},
        Act.JUDGE_CONDITION: {"target": _open(record.conditions, "open"), "status": "met", "note": "Gezien."},
        Act.PLAN_FOLLOW_UP: {"planned_on": LATER},
        Act.MONITOR: {"planned_on": LATER, "note": "Belt elke maand."},
        Act.HOLD_FOLLOW_UP: {
            "target": _open(record.follow_ups, "planned"),
            "status": "held",
            "held_on": TODAY,
            "note": "Het gaat beter.",
        },
        Act.TRANSFER: {"carrier": local_team, "agreed_with": "Lia", "agreed_on": TODAY, "note": "Neemt over."},
    }
    return given.get(act, {"note": "Daarom."}) | other


def _open(items, status: str) -> int:
    found = items.filter(status=status).first()
    return found.pk if found else 0
