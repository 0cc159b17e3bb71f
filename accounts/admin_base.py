from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from .policies import Permission
from .services import log_access


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows a model to the administrator and changes nothing."""

    actions = None

    def changelist_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().changelist_view(request, *args, **kwargs)
        self._log(request, "admin.listed")
        return response

    def change_view(self, request: HttpRequest, object_id: str, *args, **kwargs) -> HttpResponse:
        response = super().change_view(request, object_id, *args, **kwargs)
        self._log(request, "admin.read", object_id)
        return response

    def history_view(self, request: HttpRequest, object_id: str, *args, **kwargs) -> HttpResponse:
        response = super().history_view(request, object_id, *args, **kwargs)
        self._log(request, "admin.history_read", object_id)
        return response

    def _log(self, request: HttpRequest, event: str, object_id: str = "") -> None:
        """Who may not look gets no further than the page itself; refusals are logged where they are answered."""
        kind, number = self.opts.model_name[:40], str(object_id)[:60]
        log_access(request.actor, event=event, action="R", record_type=kind, record_id=number.replace("\x00", ""))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.actor.may(Permission.ADMINISTER)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.actor.may(Permission.ADMINISTER)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class ReadOnlyHistoryAdmin(ReadOnlyAdmin, SimpleHistoryAdmin):
    """Read-only, with what it was before and who changed it."""

    object_history_list_template = "accounts/admin_history.html"

    def history_view(self, request: HttpRequest, object_id: str, *args, **kwargs) -> HttpResponse:
        self._must_be_a_key(object_id)
        return super().history_view(request, object_id, *args, **kwargs)

    def history_form_view(self, request: HttpRequest, object_id: str, *args, **kwargs) -> HttpResponse:
        # The package only hides the button: whoever may look could still post the old version back.
        if request.method != "GET":
            raise PermissionDenied
        self._must_be_a_key(object_id)
        return super().history_form_view(request, object_id, *args, **kwargs)

    def _must_be_a_key(self, object_id: str) -> None:
        try:
            self.opts.pk.to_python(object_id)
        except ValidationError:
            # The package asks the database for whatever stands in the address.
            raise Http404 from None
