"""The only writer of what two teams show each other and say about it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from accounts.services import log_access
from dossiers.errors import NothingToTakeOver
from dossiers.models import Comment, Record, SharingChoice
from dossiers.policies import KINDS, may_choose_sharing, may_comment, may_edit
from dossiers.record_words import field_text
from dossiers.selectors.teams import shared_fields
from routing.errors import InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case

from .records import EDITABLE, locked, save_record
from .taking_over import source_line

Act = Comment.Act


@transaction.atomic
def choose_sharing(actor: Actor, record: Record, field: str, *, shared: bool, reason: str = "") -> SharingChoice:
    """The keeper shows a field to others, or keeps it back with a reason that stays with the keeper."""
    if not may_choose_sharing(actor, record, field):
        raise PermissionDenied(_("Alleen wie het verslag bijhoudt, kiest wat er gedeeld wordt."))
    if not shared and not reason.strip():
        raise InvalidEntry({"reason": _("Schrijf op waarom u dit niet deelt.")})
    kept = "" if shared else reason.strip()
    about = _about(actor, record.case, KINDS[type(record)], field)
    choice = SharingChoice.objects.create(**about, shared=shared, reason=kept)
    _log(actor, choice, "record.shared" if shared else "record.kept_back")
    return choice


@transaction.atomic
def remark(actor: Actor, record: Record, field: str, text: str) -> Comment:
    """A remark on a field of the other team that it shares, or on one's own."""
    _must_talk(actor, record.case)
    if not may_edit(actor, record) and field not in shared_fields(record):
        raise NothingToTakeOver
    if not text.strip():
        raise InvalidEntry({"text": _("Schrijf eerst iets op.")})
    made = Comment.objects.create(**_about(actor, record.case, KINDS[type(record)], field), text=text.strip())
    _log(actor, made, "comment.made")
    return made


@transaction.atomic
def follow_up(actor: Actor, about: Comment, act: str, text: str = "") -> Comment:
    """An answer to a remark, or that it was read or dealt with."""
    _must_talk(actor, about.case)
    if act == Act.ANSWER and not text.strip():
        raise InvalidEntry({"text": _("Schrijf eerst iets op.")})
    # Two who press at once are one.
    Case.objects.select_for_update().get(pk=about.case_id)
    said = _said_already(actor, about, act)
    if said is not None:
        return said
    made = Comment.objects.create(
        **_about(actor, about.case, about.record_kind, about.field), act=act, about=about, text=text.strip()
    )
    _log(actor, made, f"comment.{act}")
    return made


@transaction.atomic
def take_over(actor: Actor, theirs: Record, field: str, ours: Record, into: str) -> Record:
    """Adds what the other team shares to a text of our own, with where it comes from; it replaces nothing."""
    ours = locked(actor, ours)
    shared = field in shared_fields(theirs)
    text = field_text(theirs, field) if shared else ""
    if not text or into not in texts_of(type(ours)):
        raise NothingToTakeOver
    subject, rule = str(theirs.case_id), rule_for_case(actor, theirs.case)
    log_access(actor, event="record.taken_over", action="R", record=theirs, subject=subject, rule=rule)
    added = f"{source_line(theirs)}\n{text}"
    now = getattr(ours, into)
    return save_record(actor, ours, {into: f"{now}\n\n{added}" if now else added}, ours.version)


def _said_already(actor: Actor, about: Comment, act: str) -> Comment | None:
    same = about.followed_by.filter(act=act)
    if act == Act.RESOLVED:
        return same.last()
    read = same.filter(organisation=actor.organisation_id).last() if act == Act.READ else None
    return None if read is None or about.followed_by.filter(pk__gt=read.pk, act=Act.ANSWER).exists() else read


def texts_of(model: type[Record]) -> tuple[str, ...]:
    """The fields into which a text of the other team can be taken over."""
    texts = {"situation", "actions", "agreements", "safety"}
    return tuple(name for name in EDITABLE[model] if name in texts)


def _must_talk(actor: Actor, case: Case) -> None:
    if not may_comment(actor, case):
        raise PermissionDenied(_("Opmerkingen zijn voor de teams die een verslag van deze casus bijhouden."))


def _about(actor: Actor, case: Case, kind: str, field: str) -> dict[str, object]:
    return {
        "case": case,
        "record_kind": kind,
        "field": field,
        "by": actor.user,
        "organisation_id": actor.organisation_id,
        "at": timezone.now(),
    }


def _log(actor: Actor, row: SharingChoice | Comment, event: str) -> None:
    rule = rule_for_case(actor, row.case)
    log_access(actor, event=event, action="C", record=row, subject=str(row.case_id), rule=rule)
