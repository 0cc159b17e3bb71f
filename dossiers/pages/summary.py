"""The summary of a case as an accessible PDF: made for a purpose, which the access log keeps."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.language import house_language
from accounts.services import log_access
from dossiers.forms import SummaryForm
from dossiers.pdf import make_pdf
from dossiers.summary import summary_of
from routing.policies import rule_for_case

from .case import REFUSED, log_look, visible
from .timeline import shown


@never_cache
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    form = SummaryForm(request.GET, auto_id="samenvatting-%s")
    if not form.is_valid():
        log_look(request, found, "case.timeline_read")
        return shown(request, found, form, REFUSED)
    content = make_pdf(summary_of(request.actor, found))
    with house_language():
        detail = str(dict(SummaryForm.PURPOSES)[form.cleaned_data["doel"]])
    rule = rule_for_case(request.actor, found)
    log_access(
        request.actor,
        event="case.exported",
        action="E",
        record=found,
        subject=str(found.pk),
        rule=rule,
        detail=detail,
    )
    # The number only: a file name ends up in mail, downloads and logs.
    disposition = f'attachment; filename="casus-{found.pk}-samenvatting.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})
