"""Who hears that the glass of a case was broken: its lead, and the privacy officers of its region."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.language import house_language
from partners.models import Organisation
from partners.selectors import addresses_of_role
from routing.messages import Recipient, tell
from routing.models import EmergencyAccess, LeadPeriod


def opened(access: EmergencyAccess) -> None:
    if lead := _lead(access):
        _tell(
            access,
            Recipient.of(lead),
            _("%(organisation)s heeft met de noodknop casus %(case)s geopend, tot %(until)s. Reden: %(reason)s."),
            reverse("case", args=[access.case_id]),
        )
    for address in addresses_of_role("privacy_officer", access.case.region):
        _tell(
            access,
            Recipient(address),
            _("%(organisation)s heeft met de noodknop casus %(case)s geopend. Beoordeel of dat terecht was."),
            reverse("emergency-review"),
        )


def _lead(access: EmergencyAccess) -> Organisation | None:
    """Who leads the case now; of a closed one, who led it last."""
    periods = LeadPeriod.objects.filter(case=access.case).select_related("organisation")
    last = periods.order_by("started_at", "id").last()
    return last.organisation if last else None


def _tell(access: EmergencyAccess, whom: Recipient, body: Promise, path: str) -> None:
    subject = _("Noodknop gebruikt bij casus %(case)s")
    tell("emergency_access.opened", whom, subject, body, _words(access), path=path)


def _words(access: EmergencyAccess) -> dict[str, object]:
    with house_language():
        reason = str(EmergencyAccess.Reason(access.reason).label)
    return {
        "case": access.case_id,
        "region": access.case.region.slug,
        "organisation": access.organisation.name,
        "until": f"{timezone.localtime(access.ends_at):%d-%m-%Y %H:%M}",
        "reason": reason,
    }
