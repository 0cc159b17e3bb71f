"""What each act writes beside its step; each checks what was filled in, and raises InvalidEntry by field."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from dossiers.core import Act
from dossiers.models import Condition, FollowUp, Investigation, NextStep, SafetyAssessment, VtTransfer

from .vt_doing import Doing, ahead, check, one_carrier, open_item, opened_on


def _assess(doing: Doing) -> None:
    acute = doing.fields["outcome"] == SafetyAssessment.Outcome.ACUTE
    check(
        ("assessed_on", doing.fields["assessed_on"] > doing.today, _("Deze dag moet nog komen.")),
        ("assessed_on", doing.fields["assessed_on"] < opened_on(doing.record), _("Dit is vóór de melding.")),
        ("done_at_once", acute and not doing.text("done_at_once"), _("Acuut onveilig: wat is er meteen gedaan?")),
    )
    SafetyAssessment.objects.create(
        record=doing.record,
        outcome=doing.fields["outcome"],
        text=doing.text("note"),
        children_seen=doing.fields["children_seen"] == "yes",
        done_at_once=doing.text("done_at_once"),
        assessed_on=doing.fields["assessed_on"],
        assessed_by=doing.actor.user,
        written_at=doing.now,
    )


def _add_next_step(doing: Doing) -> None:
    check(*one_carrier(doing), *ahead(doing, "due_on"))
    NextStep.objects.create(
        record=doing.record,
        kind=doing.fields["kind"],
        what=doing.text("what"),
        due_on=doing.fields.get("due_on"),
        organisation=doing.fields.get("carrier"),
        carrier_name=doing.text("carrier_name"),
    )


def _settle_next_step(doing: Doing) -> None:
    open_ones = doing.record.next_steps.filter(status__in=[NextStep.Status.ASKED, NextStep.Status.ACCEPTED])
    found = open_item(doing, open_ones)
    dropped = doing.fields["status"] == NextStep.Status.DROPPED
    check(("note", dropped and not doing.text("note"), _("Schrijf op waarom dit vervalt.")))
    found.status, found.status_note = doing.fields["status"], doing.text("note")
    found.save()


def _open_investigation(doing: Doing) -> None:
    Investigation.objects.create(record=doing.record, opened_at=doing.now)


def _record_investigation(doing: Doing) -> Investigation:
    found = doing.record.investigations.get(decided_at=None)
    for name in ("spoken_with", "findings"):
        if name in doing.fields:
            setattr(found, name, doing.text(name))
    found.save()
    return found


def _decide_investigation(doing: Doing) -> None:
    left = doing.fields["conclusion"] == Investigation.Conclusion.LEFT_TO_BOARD
    check(("conclusion", left, _("Kies wat het onderzoek opleverde.")))
    _conclude(_record_investigation(doing), doing.fields["conclusion"], doing.now)


def _to_board(doing: Doing) -> None:
    """An investigation under way ends there: the Board goes on with it."""
    for under_way in doing.record.investigations.filter(decided_at=None):
        _conclude(under_way, Investigation.Conclusion.LEFT_TO_BOARD, doing.now)


def _conclude(found: Investigation, conclusion: str, now: datetime) -> None:
    found.conclusion, found.decided_at = conclusion, max(now, found.opened_at)
    found.save()


def _set_condition(doing: Doing) -> None:
    check(*ahead(doing, "until"))
    Condition.objects.create(
        record=doing.record, what=doing.text("what"), who=doing.text("who"), until=doing.fields["until"]
    )


def _judge_condition(doing: Doing) -> None:
    found = open_item(doing, doing.record.conditions.filter(status=Condition.Status.OPEN))
    found.status, found.status_note = doing.fields["status"], doing.text("note")
    found.save()


def _plan_follow_up(doing: Doing) -> None:
    check(*ahead(doing, "planned_on"))
    FollowUp.objects.create(record=doing.record, planned_on=doing.fields["planned_on"], what=doing.text("what"))


def _hold_follow_up(doing: Doing) -> None:
    found = open_item(doing, doing.record.follow_ups.filter(status=FollowUp.Status.PLANNED))
    held, held_on = doing.fields["status"] == FollowUp.Status.HELD, doing.fields.get("held_on")
    check(
        ("held_on", held and not held_on, _("Vul in wanneer het gesprek was.")),
        ("held_on", held and bool(held_on) and held_on > doing.today, _("Deze dag moet nog komen.")),
        ("held_on", held and bool(held_on) and held_on < opened_on(doing.record), _("Dit is vóór de melding.")),
    )
    found.status, found.note = doing.fields["status"], doing.text("note")
    found.held_on, found.held_by = (held_on, doing.actor.user) if held else (None, None)
    found.save()


def _transfer(doing: Doing) -> None:
    check(
        *one_carrier(doing),
        ("agreed_on", doing.fields["agreed_on"] > doing.today, _("Deze dag moet nog komen.")),
        ("agreed_on", doing.fields["agreed_on"] < opened_on(doing.record), _("Dit is vóór de melding.")),
    )
    VtTransfer.objects.create(
        record=doing.record,
        organisation=doing.fields.get("carrier"),
        carrier_name=doing.text("carrier_name"),
        agreed_with=doing.text("agreed_with"),
        agreed_on=doing.fields["agreed_on"],
        text=doing.text("note"),
        written_at=doing.now,
        written_by=doing.actor.user,
    )


WRITERS: dict[Act, Callable[[Doing], object]] = {
    Act.ASSESS: _assess,
    Act.TRIAGE: _add_next_step,
    Act.ADD_NEXT_STEP: _add_next_step,
    Act.SETTLE_NEXT_STEP: _settle_next_step,
    Act.OPEN_INVESTIGATION: _open_investigation,
    Act.RECORD_INVESTIGATION: _record_investigation,
    Act.DECIDE_INVESTIGATION: _decide_investigation,
    Act.TO_BOARD: _to_board,
    Act.SET_CONDITION: _set_condition,
    Act.JUDGE_CONDITION: _judge_condition,
    Act.PLAN_FOLLOW_UP: _plan_follow_up,
    Act.MONITOR: _plan_follow_up,
    Act.HOLD_FOLLOW_UP: _hold_follow_up,
    Act.TRANSFER: _transfer,
}
