"""The only writer of the roster. A shift moves to somebody else only with the consent of both."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.models import User
from accounts.policies import Actor, Permission
from accounts.services import digest_of, log_access, notify
from partners.models import Organisation, RosterFeed, Shift, Swap, Team

from .selectors import busy, colleagues

MOST_AT_ONCE = 400
State = Swap.State
Period = tuple[datetime, datetime]


class RosterError(Exception):
    """What is asked of the roster cannot be; `field` says where it was asked, empty for the whole."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message, self.field = message, field


@transaction.atomic
def save_team(actor: Actor, name: str, workers_needed: int, leads_needed: int, team: Team | None = None) -> Team:
    """Makes a team of the actor's organisation, or changes one."""
    _must_plan(actor, team)
    # Of who presses twice, the second waits here and finds the first.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.organisation_id)
    team = team or Team(organisation_id=actor.organisation_id)
    if Team.objects.filter(organisation=actor.organisation_id, name=name).exclude(pk=team.pk).exists():
        raise RosterError(_("Er is al een team met deze naam."), "name")
    team.name, team.workers_needed, team.leads_needed = name, workers_needed, leads_needed
    team.save()
    log_access(actor, event="roster.team_saved", action="U", record=team)
    return team


@transaction.atomic
def plan_shifts(actor: Actor, team: Team, user: User, role: str, periods: Sequence[Period]) -> list[Shift]:
    """Adds a shift for each period. Somebody who is booked twice is shown, not refused: planning is puzzling."""
    _must_plan(actor, team)
    if not 0 < len(periods) <= MOST_AT_ONCE:
        raise RosterError(_("Plan 1 tot en met %(most)d diensten tegelijk.") % {"most": MOST_AT_ONCE}, "until")
    if not colleagues(team).filter(pk=user.pk).exists():
        raise RosterError(_("Deze collega werkt nu niet bij de organisatie van dit team."), "user")
    planned = [
        Shift.objects.create(team=team, user=user, role=role, starts_at=starts, ends_at=ends)
        for starts, ends in periods
    ]
    log_access(actor, event="roster.planned", action="C", record=team)
    return planned


@transaction.atomic
def remove_shift(actor: Actor, shift: Shift) -> Shift:
    shift = _locked(shift)
    _must_plan(actor, shift.team)
    _withdraw_open_swap(shift)
    shift.removed_at = timezone.now()
    shift.save()
    log_access(actor, event="roster.shift_removed", action="D", record=shift)
    return shift


@transaction.atomic
def ask_swap(actor: Actor, shift: Shift, colleague: User, note: str = "") -> Swap:
    """Asks a colleague to take one's own shift; nothing moves yet."""
    shift = _locked(shift)
    _must_be_own(actor, shift)
    _must_be_ahead(shift)
    if colleague == actor.user or not colleagues(shift.team).filter(pk=colleague.pk).exists():
        raise RosterError(_("Kies een collega van deze organisatie."), "asked_of")
    if busy(colleague, shift):
        raise RosterError(_("Deze collega heeft dan al dienst."), "asked_of")
    if shift.swaps.filter(state=State.ASKED).exists():
        raise RosterError(_("U vroeg dit al aan iemand. Trek die vraag eerst in."), "asked_of")
    swap = Swap.objects.create(shift=shift, asked_by=actor.user, asked_of=colleague, note=note, asked_at=timezone.now())
    log_access(actor, event="roster.swap_asked", action="C", record=swap)
    _tell(swap, colleague, "roster.swap_asked")
    return swap


@transaction.atomic
def answer_swap(actor: Actor, swap: Swap, *, agrees: bool) -> Swap:
    """The colleague takes the shift over, or cannot; on agreement the shift moves in the same moment."""
    shift, swap = _locked(swap.shift), Swap.objects.select_for_update().get(pk=swap.pk)
    _must_be_open(swap)
    if swap.asked_of_id != actor.user.pk:
        raise PermissionDenied(_("Alleen wie gevraagd is, kan antwoorden."))
    if agrees:
        _move(shift, swap)
    swap.state, swap.answered_at = (State.AGREED if agrees else State.REFUSED), timezone.now()
    swap.save()
    log_access(actor, event="roster.swap_agreed" if agrees else "roster.swap_refused", action="U", record=swap)
    _tell(swap, swap.asked_by, "roster.swap_answered")
    return swap


@transaction.atomic
def withdraw_swap(actor: Actor, swap: Swap) -> Swap:
    _locked(swap.shift)
    swap = Swap.objects.select_for_update().get(pk=swap.pk)
    _must_be_open(swap)
    if swap.asked_by_id != actor.user.pk:
        raise PermissionDenied(_("Alleen wie de ruil vroeg, kan die intrekken."))
    swap.state, swap.answered_at = State.WITHDRAWN, timezone.now()
    swap.save()
    log_access(actor, event="roster.swap_withdrawn", action="U", record=swap)
    return swap


@transaction.atomic
def new_feed(actor: Actor) -> str:
    """The secret of one's own calendar address, shown this once; an earlier one stops working."""
    actor.must(Permission.SEE_ROSTER)
    secret = secrets.token_urlsafe(32)
    made = {"digest": digest_of(secret), "made_at": timezone.now()}
    feed, _new = RosterFeed.objects.update_or_create(user=actor.user, defaults=made)
    log_access(actor, event="roster.feed_made", action="C", record=feed)
    return secret


def _must_plan(actor: Actor, team: Team | None) -> None:
    actor.must(Permission.PLAN_ROSTER)
    if team is not None and team.organisation_id != actor.organisation_id:
        raise PermissionDenied(_("Dit team is van een andere organisatie."))


def _must_be_own(actor: Actor, shift: Shift) -> None:
    if shift.user_id != actor.user.pk:
        raise PermissionDenied(_("Dit is niet uw dienst."))


def _must_be_ahead(shift: Shift) -> None:
    if shift.removed_at or shift.starts_at <= timezone.now():
        raise RosterError(_("Deze dienst is al begonnen of vervallen."))


def _must_be_open(swap: Swap) -> None:
    if swap.state != State.ASKED:
        raise RosterError(_("Deze ruil is al afgehandeld: %(state)s.") % {"state": swap.get_state_display()})


def _move(shift: Shift, swap: Swap) -> None:
    _must_be_ahead(shift)
    if shift.user_id != swap.asked_by_id:
        raise RosterError(_("Deze dienst is intussen van iemand anders."))
    # Two shifts at the same time, agreed to at the same moment: one of them waits, and then sees the other.
    User.objects.select_for_update(no_key=True).get(pk=swap.asked_of_id)
    if busy(swap.asked_of, shift):
        raise RosterError(_("U hebt dan al dienst."))
    shift.user = swap.asked_of
    shift.save()


def _withdraw_open_swap(shift: Shift) -> None:
    for swap in shift.swaps.filter(state=State.ASKED):
        swap.state, swap.answered_at = State.WITHDRAWN, timezone.now()
        swap.save()


def _locked(shift: Shift) -> Shift:
    return Shift.objects.select_for_update(of=("self",)).select_related("team__organisation").get(pk=shift.pk)


def _tell(swap: Swap, user: User, kind: str) -> None:
    if not user.email:
        return
    with house_language():
        subject = _("Vraag om een dienst over te nemen") if swap.state == State.ASKED else _("Antwoord op uw ruil")
        body = _("Open het rooster om te zien om welke dienst het gaat.")
    organisation = swap.shift.team.organisation.slug
    notify(kind, organisation=organisation, email=user.email, subject=subject, body=body, path=reverse("roster"))
