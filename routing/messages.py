"""The words of what the outbox says: that there is something, never who it is about."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.language import house_language
from accounts.services import enqueue
from partners.models import Organisation, Service

from .models import Alarm


def tell(kind: str, organisation: Organisation, subject: Promise, body: Promise, words: dict[str, object]) -> None:
    """Writes it in the caller's transaction, for the desk of an organisation."""
    tell_at(kind, organisation, organisation.email, subject, body, words)


def tell_at(
    kind: str, organisation: Organisation, email: str, subject: Promise, body: Promise, words: dict[str, object]
) -> None:
    if not email:
        return
    with house_language():
        words = {name: str(word) for name, word in words.items()}
        enqueue(kind, email, str(subject) % words, str(body) % words)


def tell_duty_lead(alarm: Alarm) -> None:
    region = alarm.region
    duty = Service.objects.select_related("organisation").filter(region=region, slug=region.duty_service).first()
    if duty is None:
        return
    tell(
        "alarm.raised",
        duty.organisation,
        _("Alarm %(alarm)s in %(region)s"),
        _("Er is een alarm over casus %(case)s. Open de centrale, handel, en bevestig dat u het hebt gezien."),
        {"alarm": alarm.pk, "region": region.name, "case": alarm.case_id or "-"},
    )
