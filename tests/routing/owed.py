"""What is owed to whom, read from the rows alone: a message counts by its kind, its case and its address."""

from collections import Counter

from accounts.models import OutboxMessage
from partners.models import Service
from routing.models import Addition, Alarm, Handover, LeadPeriod


def key_of(message: OutboxMessage) -> tuple[str, int, str]:
    return message.kind, message.case, message.recipient


def owed_in(cases: list[int]) -> Counter:
    owed: Counter = Counter()
    for each in Handover.objects.select_related("service__organisation", "sender").filter(case__in=cases):
        owed.update((kind, each.case_id, email) for kind, email in _owed_for(each) if email)
    for asked in Addition.objects.filter(case__in=cases, reminded_at__isnull=False):
        led = LeadPeriod.objects.select_related("organisation").filter(case=asked.case_id)
        lead = led.filter(started_at__lte=asked.reminded_at).last()
        # Who has no address is reached by phone.
        if lead.organisation.email:
            owed["addition.due", asked.case_id, lead.organisation.email] += 1
    for alarm in Alarm.objects.select_related("region").filter(case__in=cases):
        duty = Service.objects.get(region=alarm.region, slug=alarm.region.duty_service).organisation.email
        told_again = alarm.history.filter(history_type="~", acknowledged_at=None).count()
        owed[("alarm.raised", alarm.case_id, duty)] += 1 + told_again
    return owed


def _owed_for(handover: Handover) -> list[tuple[str, str]]:
    receiver, sender = handover.service.organisation, handover.sender
    by_phone = handover.service.accepts_by == Service.AcceptsBy.PHONE
    elsewhere, state = receiver != sender, handover.state
    owed = {
        ("handover.offered", receiver.email): elsewhere,
        ("handover.accepted", sender.email): elsewhere and state in (Handover.State.ACCEPTED, Handover.State.RETURNED),
        ("handover.declined", sender.email): state == Handover.State.DECLINED,
        ("capacity.short", receiver.commissioner_email): handover.decline_reason == "capacity",
        ("handover.expired", sender.email): state == Handover.State.EXPIRED,
        ("handover.expired", receiver.email): state == Handover.State.EXPIRED,
        ("handover.reminder", receiver.email): handover.reminded_at,
        ("handover.feedback_due", (sender if by_phone else receiver).email): handover.feedback_reminded_at,
        ("handover.feedback", sender.email): elsewhere and handover.feedback_at,
    }
    return [message for message, is_owed in owed.items() if is_owed]
