"""What runs beside the crisis: the Veilig Thuis dossier, measures, what was shared, terms that stood still."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers.core import Act, State, midnight
from dossiers.deadline_words import EVENT_NAMES
from dossiers.models import Disclosure, Measure, Suspension, VtRecord, VtStep
from dossiers.policies import may_read_vt_details
from dossiers.vt_words import ACTS, STATES
from routing.models import Case

from .entry import Entry, What, full_name


def veilig_thuis(actor: Actor, case: Case) -> Iterator[Entry]:
    """Who keeps the dossier reads what was done and why; who else sees the case reads where it went."""
    record = VtRecord.objects.select_related("case", "handover__service").filter(case=case).first()
    if record is None:
        return
    details = may_read_vt_details(actor, record)
    for step in VtStep.objects.filter(record=record).select_related("taken_by", "organisation"):
        if not details and step.before == step.after:
            continue
        said = ACTS[Act(step.act)] if details else STATES[State(step.after)]
        title = _("Veilig Thuis: %(what)s") % {"what": said}
        text = step.note if details else ""
        of = {"organisations": (step.organisation.name,), "link": ("case-vt", case.pk)}
        yield Entry(step.taken_at, What.VEILIG_THUIS, title, full_name(step.taken_by), text=text, **of)


def measures(actor: Actor, case: Case) -> Iterator[Entry]:
    for measure in Measure.objects.filter(case=case):
        steps = (
            (measure.noticed_on, _("Kennisgeving: %(measure)s"), ""),
            (measure.ruled_on, _("Uitspraak: %(measure)s"), ""),
            (measure.guardian_linked_on, _("Jeugdbeschermer gekoppeld: %(measure)s"), measure.guardian),
            (measure.plan_supported_on, _("Gedragen plan: %(measure)s"), ""),
            (measure.help_started_on, _("Hulp gestart: %(measure)s"), ""),
            (measure.start_team_on, _("Startteam begonnen: %(measure)s"), measure.start_team),
            (
                measure.handed_over_on,
                _("Overgedragen aan vaste jeugdbeschermer: %(measure)s"),
                measure.permanent_guardian,
            ),
            (measure.ended_on, _("Einde: %(measure)s"), measure.end_reason),
        )
        of = {"organisations": (measure.get_agency_display(),), "link": ("case-measure", case.pk, measure.pk)}
        for day, title, text in steps:
            if day is not None:
                said = title % {"measure": measure.get_kind_display()}
                yield Entry(midnight(day), What.MEASURE, said, text=text, whole_day=True, **of)


def disclosures(actor: Actor, case: Case) -> Iterator[Entry]:
    for shared in Disclosure.objects.filter(case=case).select_related("organisation", "shared_by"):
        words = {"organisation": shared.organisation.name, "receiver": shared.receiver}
        title = _("%(organisation)s deelde met %(receiver)s") % words
        of = {"organisations": (shared.organisation.name,), "link": ("case-disclosures", case.pk)}
        yield Entry(shared.shared_at, What.DISCLOSURE, title, full_name(shared.shared_by), text=shared.what, **of)


def suspensions(actor: Actor, case: Case) -> Iterator[Entry]:
    """What was entered by mistake counts for nothing."""
    found = Suspension.objects.filter(clock__case=case, removed_at__isnull=True).select_related("clock__norm")
    for each in found:
        name = {"what": EVENT_NAMES.get(each.clock.norm.ends, each.clock.norm.slug)}
        link = ("case-terms", case.pk)
        yield Entry(each.starts_at, What.CLOCK, _("Termijn opgeschort: %(what)s") % name, text=each.reason, link=link)
        if each.ends_at:
            title, text = _("Termijn loopt weer: %(what)s") % name, each.resumed_because
            yield Entry(each.ends_at, What.CLOCK, title, text=text, link=link)
