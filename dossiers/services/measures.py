"""The only writer of youth protection measures; their dates are told to the clocks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor
from accounts.services import log_access
from dossiers.core import midnight
from dossiers.core.measures import DATES, WITH, Misplaced, Order, misplaced, moved
from dossiers.errors import CaseIsClosed, MeasureChanged
from dossiers.measure_words import DATE_WORDS
from dossiers.models import Measure
from dossiers.policies import leads_or_keeps
from routing.errors import InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case

from .norms import drop_clocks, move_event, note_event

TEXTS = tuple(text for _date, text in WITH)
KEPT = ("child", "kind", "agency", "municipality", *DATES, *TEXTS)


@transaction.atomic
def add_measure(actor: Actor, case: Case, fields: Mapping[str, Any]) -> Measure:
    """Raises PermissionDenied, CaseIsClosed, or InvalidEntry with what is wrong by field."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    must_keep_measures(actor, case)
    if case.closed_at is not None:
        raise CaseIsClosed
    measure = Measure(case=case)
    _set(measure, fields)
    return _keep(actor, measure, {}, event="measure.added", action="C")


@transaction.atomic
def change_measure(actor: Actor, measure: Measure, fields: Mapping[str, Any], version: int) -> Measure:
    """Also raises MeasureChanged when somebody saved since `version`."""
    Case.objects.select_for_update().get(pk=measure.case_id)
    measure = Measure.objects.select_for_update(of=("self",)).select_related("case").get(pk=measure.pk)
    must_keep_measures(actor, measure.case)
    if measure.version != version:
        raise MeasureChanged
    before = _dates(measure)
    _set(measure, fields)
    measure.version += 1
    return _keep(actor, measure, before, event="measure.changed", action="U")


def must_keep_measures(actor: Actor, case: Case) -> None:
    if not leads_or_keeps(actor, case):
        raise PermissionDenied(_("Een maatregel legt vast wie de regie heeft of het dossier bijhoudt."))


def _set(measure: Measure, fields: Mapping[str, Any]) -> None:
    for name in KEPT:
        if name in fields:
            setattr(measure, name, fields[name])
    texts = {name: getattr(measure, name) for name in TEXTS}
    wrong = misplaced(_dates(measure), texts, timezone.localdate())
    errors = {name: _in_words(each) for name, each in wrong.items()}
    if measure.child and not measure.case.people.filter(person=measure.child).exists():
        errors["child"] = _("Kies iemand van deze casus.")
    if errors:
        raise InvalidEntry(errors)


def _keep(actor: Actor, measure: Measure, before: Mapping[str, date | None], *, event: str, action: str) -> Measure:
    measure.changed_by = actor.user
    measure.save()
    rule = rule_for_case(actor, measure.case)
    log_access(actor, event=event, action=action, record=measure, subject=str(measure.case_id), rule=rule)
    _tell_clocks(actor, measure, before)
    return measure


def _tell_clocks(actor: Actor, measure: Measure, before: Mapping[str, date | None]) -> None:
    topic = f"measure-{measure.pk}"
    for change in moved(before, _dates(measure)):
        if change.on is None:
            with house_language():
                because = _("De datum is weggehaald.")
            drop_clocks(actor, measure.case, change.event, because, topic)
            continue
        tell = note_event if change.was is None else move_event
        tell(actor, measure.case, change.event, midnight(change.on), topic)


def _dates(measure: Measure) -> dict[str, date | None]:
    return {name: getattr(measure, name) for name in DATES}


def _in_words(wrong: Misplaced) -> str:
    other = {"other": DATE_WORDS.get(wrong.other, wrong.other)}
    return {
        Order.FUTURE: _("Deze dag moet nog komen."),
        Order.LONG_AGO: _("Dit is te lang geleden: controleer het jaar."),
        Order.TOO_EARLY: _("Dit is vóór «%(other)s».") % other,
        Order.EARLIER_IS_MISSING: _("Vul eerst «%(other)s» in.") % other,
        Order.NEEDS_TEXT: _("Vul dit in bij «%(other)s».") % other,
    }[wrong.why]
