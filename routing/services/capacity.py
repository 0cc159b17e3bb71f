"""Lack of capacity: the organisation owes its commissioner a report, and the case goes on to the next."""

from django.db import transaction
from django.utils import timezone

from accounts.language import house_language
from accounts.policies import Actor, Permission
from accounts.services import log_access
from routing.core import Facts
from routing.gist import age_band, municipality_names, place
from routing.models import CapacityReport, Handover
from routing.policies import must_in

from . import notices


def report_lack_of_capacity(handover: Handover) -> CapacityReport:
    """The report of one refusal, sent at once where the commissioner can be reached; else an alarm asks somebody."""
    organisation, decision, now = handover.service.organisation, handover.decision, timezone.now()
    facts = Facts.from_document(decision.facts)
    with house_language():
        gist = {"age_band": age_band(facts, decision.moment), "municipality": place(facts, municipality_names())}
    report = CapacityReport.objects.create(
        handover=handover,
        region=handover.service.region,
        organisation=organisation,
        service=handover.service,
        commissioner=organisation.commissioner,
        commissioner_email=organisation.commissioner_email,
        category=facts.category if isinstance(facts.category, str) else "",
        **gist,
        made_at=now,
        told_at=now if organisation.commissioner_email else None,
    )
    notices.short_of_capacity(handover)
    return report


@transaction.atomic
def told_commissioner(actor: Actor, report: CapacityReport) -> CapacityReport:
    """Somebody told the commissioner by hand; who did first stays."""
    must_in(actor, Permission.SEE_BOARD, report.region)
    report = CapacityReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.told_at is None:
        report.told_at, report.told_by = timezone.now(), actor.user
        report.save()
        log_access(actor, event="capacity.told", action="U", record=report, subject=str(report.handover.case_id))
    return report
