"""The admin site shows how things are set up; every change goes through a service."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ReadOnlyAdmin
from accounts.policies import Permission


class ReadOnlySite(AdminSite):
    site_title = site_header = _("Beheer van Crisisdienst")
    index_title = _("Ingerichte gegevens (alleen lezen)")

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Installed packages bring pages that write, such as groups and lockouts: those stay out."""
        if admin_class is not None and issubclass(admin_class, ReadOnlyAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.actor.may(Permission.ADMINISTER)

    @login_not_required
    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """There is one door: the site's own sign-in page, with its throttle and its log."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", ""))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def admin_view(self, view, cacheable=False):
        checked = super().admin_view(view, cacheable)

        def refuse_or_show(request, *args, **kwargs):
            if request.user.is_authenticated:
                request.actor.must(Permission.ADMINISTER)
            return checked(request, *args, **kwargs)

        return refuse_or_show
