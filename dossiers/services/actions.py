"""The only writer of actions: begun, corrected, extended, ended by somebody or by their last day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor
from accounts.services import log_access
from dossiers.action_words import in_words
from dossiers.core import day_of, midnight
from dossiers.core.actions import (
    RULES,
    Ending,
    Kind,
    Rule,
    Times,
    wrong_ending,
    wrong_extension,
    wrong_last_day,
    wrong_person,
    wrong_times,
)
from dossiers.errors import CaseIsClosed, HasEnded
from dossiers.models import Action
from dossiers.policies import may_act, may_change
from dossiers.selectors.actions import longest_of
from partners.models import Organisation
from routing.errors import ChangedMeanwhile, InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case

from .clocks import lock
from .norms import drop_clocks, note_event

# Where a norm counts from the start, another start would be another order: that is a mistake to end, and a new action.
CORRECTABLE = ("person", "organisation", "note")
TIMES = ("started_at", "left_at", "arrived_at")


@transaction.atomic
def begin_action(actor: Actor, case: Case, kind: str, given: Mapping[str, object]) -> Action:
    """Begins one, with its clocks; raises InvalidEntry at the field, CaseIsClosed for a case that is over."""
    case = lock(case)
    if case.closed_at is not None:
        raise CaseIsClosed
    _must(may_act(actor, case))
    lapse_overdue(case)
    action = Action(case=case, kind=Kind(kind), keeper_id=actor.organisation_id, changed_by=actor.user)
    _fill(action, given, (*TIMES, *CORRECTABLE))
    _check(action, given.get("lapses_on"))
    before = _continued_by(action)
    action.save()
    if before is not None:
        _end(actor, before, Ending.CONTINUED, action.started_at)
    _note(actor, action, RULES[action.kind].begins, action.started_at)
    _log(actor, action, "action.begun", "C")
    return action


@transaction.atomic
def correct_action(actor: Actor, action: Action, version: int, given: Mapping[str, object]) -> Action:
    """What was written down wrong; what it said before stays in its history."""
    action = _locked(actor, action, version)
    fields = CORRECTABLE if RULES[Kind(action.kind)].longest else (*TIMES, *CORRECTABLE)
    _fill(action, given, fields)
    _check(action, action.lapses_on)
    _save(actor, action, "action.corrected")
    return action


@transaction.atomic
def extend_action(actor: Actor, action: Action, version: int, until: date, because: str) -> Action:
    """Until a later last day, counted from the day it was imposed; raises InvalidEntry at the field."""
    action = _locked(actor, action, version)
    rule = RULES[Kind(action.kind)]
    longest = longest_of(action.case, rule.extended, action.started_at) or until
    ended = action.ended_at is not None and action.ending != Ending.LAPSED
    found = wrong_extension(
        Kind(action.kind),
        now_until=action.lapses_on or until,
        until=until,
        longest=longest,
        today=day_of(timezone.now()),
        ended=ended,
    )
    errors = in_words(found, longest) | ({} if because.strip() else {"because": _("Schrijf op waarom.")})
    if errors:
        raise InvalidEntry(errors)
    action.lapses_on, action.extended_at, action.extended_because = until, timezone.now(), because.strip()
    _save(actor, action, "action.extended")
    # The first term no longer applies, and the longer one counts from the same start.
    _drop(actor, action, rule.begins)
    _note(actor, action, rule.extends, action.started_at)
    return action


@transaction.atomic
def end_action(actor: Actor, action: Action, version: int, given: Mapping[str, object]) -> Action:
    """By a person, with how it went; raises InvalidEntry at the field, HasEnded when another was first."""
    action = _locked(actor, action, version)
    if action.ended_at is not None:
        raise HasEnded(action.get_ending_display())
    ending, ended_at = Ending(str(given["ending"])), given.get("ended_at") or timezone.now()
    action.outcome, action.end_note = str(given.get("outcome") or ""), str(given.get("end_note") or "").strip()
    times = Times(action.started_at, action.left_at, action.arrived_at, ended_at)
    found = wrong_times(times, timezone.now())
    found |= wrong_ending(Kind(action.kind), ending, outcome=action.outcome, note=action.end_note)
    if found:
        raise InvalidEntry(in_words(found))
    _end(actor, action, ending, ended_at)
    return action


def lapse_overdue(case: Case | None = None) -> int:
    """Ends what its last day has ended, as the system; gives how many. May run twice and side by side."""
    overdue = _overdue(timezone.now())
    if case is not None:
        overdue = overdue.filter(case=case)
    return sum(_lapse(pk) for pk in overdue.values_list("pk", flat=True))


def _overdue(now: datetime) -> QuerySet[Action]:
    return Action.objects.filter(ended_at__isnull=True, lapses_on__lt=day_of(now)).order_by("lapses_on", "pk")


@transaction.atomic
def _lapse(pk: int) -> bool:
    waiting = Action.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, ended_at__isnull=True)
    action = waiting.select_related("case__region").first()
    if action is None or action.lapses_on is None or action.lapses_on >= day_of(timezone.now()):
        return False
    action.changed_by = None
    _end(None, action, Ending.LAPSED, max(midnight(action.lapses_on + timedelta(days=1)), action.started_at))
    return True


LAPSED = (_overdue, _lapse)


# --- What is filled in ----------------------------------------------------------------------------------


def _fill(action: Action, given: Mapping[str, object], fields: tuple[str, ...]) -> None:
    for name in fields:
        if name in given:
            setattr(action, name, given[name])
    action.note = action.note.strip()
    if not RULES[Kind(action.kind)].on_site:
        action.left_at = action.arrived_at = None


def _check(action: Action, last_day: object) -> None:
    """Fills in the last day; raises InvalidEntry with everything that is wrong at once."""
    rule = RULES[Kind(action.kind)]
    found = wrong_times(Times(action.started_at, action.left_at, action.arrived_at, action.ended_at), timezone.now())
    born = action.person.born if action.person else None
    named = action.person is not None
    found |= wrong_person(Kind(action.kind), named=named, born=born, started_at=action.started_at)
    longest = None if "started_at" in found else longest_of(action.case, _norm_of(rule, action), action.started_at)
    if longest is not None:
        action.lapses_on = last_day if isinstance(last_day, date) else longest
        found |= wrong_last_day(action.lapses_on, day_of(action.started_at), longest)
    errors = in_words(found, longest) | _not_here(action) | _twice(action)
    if errors:
        raise InvalidEntry(errors)


def _norm_of(rule: Rule, action: Action) -> str:
    return rule.extended if action.extended_at else rule.longest


def _not_here(action: Action) -> dict[str, str]:
    """A person of another case, or an organisation that nobody chose from the list."""
    if action.person is not None and not action.case.people.filter(person=action.person).exists():
        return {"person": _("Deze persoon hoort niet bij deze casus.")}
    return (
        {}
        if Organisation.objects.filter(pk=action.organisation_id).exists()
        else {"organisation": _("Kies wie dit doet.")}
    )


def _twice(action: Action) -> dict[str, str]:
    """Two orders on one person at a time would each say something else about when he may go home."""
    if action.kind != Kind.RESTRAINING_ORDER or action.person is None or action.ended_at is not None:
        return {}
    running = Action.objects.filter(case=action.case, person=action.person, kind=action.kind, ended_at__isnull=True)
    if not running.exclude(pk=action.pk).exists():
        return {}
    return {"person": _("Voor deze persoon loopt al een huisverbod. Verleng dat, of beëindig het eerst.")}


def _continued_by(action: Action) -> Action | None:
    """The order that this one continues, if it still runs; raises InvalidEntry when there never was one."""
    follows = RULES[Kind(action.kind)].follows
    if follows is None:
        return None
    earlier = Action.objects.select_for_update(of=("self",)).filter(
        case=action.case, person=action.person, kind=follows
    )
    earlier = earlier.exclude(ending=Ending.MISTAKE).select_related("case__region").order_by("-started_at", "-pk")
    last = earlier.first()
    if last is None:
        raise InvalidEntry({"person": _("Leg eerst de crisismaatregel van deze persoon vast.")})
    if action.started_at < last.started_at:
        raise InvalidEntry({"started_at": _("Dit ligt vóór het begin van de crisismaatregel.")})
    return last if last.ended_at is None else None


# --- Writing ---------------------------------------------------------------------------------------------


def _locked(actor: Actor, action: Action, version: int) -> Action:
    """The case first, as everybody does who writes in one: else two would wait for each other."""
    lock(action.case)
    locked = Action.objects.select_for_update(of=("self",)).select_related("case__region", "organisation", "person")
    action = locked.get(pk=action.pk)
    _must(may_change(actor, action))
    if action.version != version:
        raise ChangedMeanwhile(action)
    return action


def _end(actor: Actor | None, action: Action, ending: Ending, at: datetime) -> None:
    action.ending, action.ended_at = ending, at
    _save(actor, action, "action.lapsed" if ending is Ending.LAPSED else "action.ended")
    rule = RULES[Kind(action.kind)]
    if ending is Ending.MISTAKE:
        _drop(actor, action, rule.begins)
        _drop(actor, action, rule.extends)
    else:
        _note(actor, action, rule.lapses, at)


def _save(actor: Actor | None, action: Action, event: str) -> None:
    action.version += 1
    action.changed_by = actor.user if actor else None
    action.save()
    _log(actor, action, event, "U")


def _note(actor: Actor | None, action: Action, event: str, at: datetime) -> None:
    if event:
        note_event(actor, action.case, event, at, action.topic)


def _drop(actor: Actor | None, action: Action, event: str) -> None:
    """Why it no longer applies stands with the action."""
    if event:
        with house_language():
            because = str(action.get_ending_display()) if action.ending else _("verlengd")
        drop_clocks(actor, action.case, event, because, action.topic)


def _log(actor: Actor | None, action: Action, event: str, kind: str) -> None:
    rule = rule_for_case(actor, action.case) if actor else "clock"
    log_access(actor, event=event, action=kind, record=action, subject=str(action.case_id), rule=rule)


def _must(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(_("Dit kan alleen wie aan deze casus werkt."))
