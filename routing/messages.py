"""The words of what the outbox says: that there is something and where, never who it is about."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.language import house_language
from accounts.services import enqueue, notify
from partners.models import Organisation, Service, Shift
from partners.roster.selectors import on_duty

from .models import Alarm


def tell(
    kind: str,
    organisation: Organisation,
    subject: Promise,
    body: Promise,
    words: dict[str, object],
    *,
    path: str,
) -> None:
    """Writes it in the caller's transaction, for an organisation.

    `words` fill the texts; `case` and `region` among them say what and where it is about.
    """
    with house_language():
        said = {name: str(word) for name, word in words.items()}
        texts = {"subject": str(subject) % said, "body": str(body) % said}
    notify(
        kind,
        organisation=organisation.slug,
        email=organisation.email,
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
    tell(
        "alarm.raised",
        duty.organisation,
        _("Alarm %(alarm)s in %(where)s"),
        _("Er is een alarm. Open de centrale, handel, en bevestig dat u het hebt gezien."),
        {"alarm": alarm.pk, "where": region.name, "case": alarm.case_id, "region": region.slug},
        path=reverse("home"),
    )
    for shift in on_duty(duty.organisation, Shift.Role.DUTY_LEAD, timezone.now()):
        _tell_in_person(alarm, shift)


def _tell_in_person(alarm: Alarm, shift: Shift) -> None:
    if not shift.user.email:
        return
    with house_language():
        subject = _("Alarm %(alarm)s in %(where)s") % {"alarm": alarm.pk, "where": alarm.region.name}
        body = str(_("U bent regiehouder van dienst. Open de centrale, handel, en bevestig dat u het hebt gezien."))
    enqueue("alarm.raised", shift.user.email, subject, f"{body}\n\n{settings.SITE_URL}{reverse('home')}")
