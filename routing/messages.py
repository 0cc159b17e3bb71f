"""The words of what the outbox says: that there is something and where, never who it is about."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.language import house_language
from accounts.services import notify
from partners.models import Organisation, Service, Shift
from partners.roster.selectors import on_duty

from .models import Alarm


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a message goes: an address, and the webhooks of an organisation. Who has no account here is an address."""

    email: str
    organisation: str = ""

    @classmethod
    def of(cls, organisation: Organisation) -> "Recipient":
        return cls(organisation.email, organisation.slug)


def tell(
    kind: str,
    to: Recipient,
    subject: Promise,
    body: Promise,
    words: dict[str, object],
    *,
    path: str,
) -> None:
    """Writes it in the caller's transaction.

    `words` fill the texts; `case` and `region` among them say what and where it is about.
    """
    with house_language():
        said = {name: str(word) for name, word in words.items()}
        texts = {"subject": str(subject) % said, "body": str(body) % said}
    notify(
        kind,
        organisation=to.organisation,
        email=to.email,
        **texts,
        case=words.get("case"),
        path=path,
        region=words["region"],
    )


def tell_duty_lead(alarm: Alarm) -> None:
    """The desk of the duty lead, and whoever the roster says is the duty lead now."""
    region = alarm.region
    duty = Service.objects.select_related("organisation").filter(region=region, slug=region.duty_service).first()
    if duty is None:
        return
    subject = _("Alarm %(alarm)s in %(where)s")
    words = {"alarm": alarm.pk, "where": region.name, "case": alarm.case_id, "region": region.slug}
    path = reverse("home")
    body = _("Er is een alarm. Open de centrale, handel, en bevestig dat u het hebt gezien.")
    tell("alarm.raised", Recipient.of(duty.organisation), subject, body, words, path=path)
    body = _("U bent regiehouder van dienst. Open de centrale, handel, en bevestig dat u het hebt gezien.")
    for shift in on_duty(duty.organisation, Shift.Role.DUTY_LEAD, timezone.now()):
        tell("alarm.raised", Recipient(shift.user.email), subject, body, words, path=path)
