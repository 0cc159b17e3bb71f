"""Signing in and out, and the access log page."""

from urllib.parse import urlencode

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .forms import AccessLogForm, SignInForm
from .paging import PAGE_SIZE, older_than
from .policies import Permission
from .selectors import access_log as access_log_entries
from .selectors import sealed_until
from .services import log_access


class SignIn(auth_views.LoginView):
    authentication_form = SignInForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        log_access(self.request.actor, event="account.signed_in", action="E")
        return response

    def form_invalid(self, form) -> HttpResponse:
        log_access(self.request.actor, event="account.sign_in_refused", action="E", outcome="refused")
        return super().form_invalid(form)


class SignOut(auth_views.LogoutView):
    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        log_access(request.actor, event="account.signed_out", action="E")
        return super().post(request, *args, **kwargs)


def access_log(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_ACCESS_LOG)
    form = AccessLogForm(request.GET)
    if not form.is_valid():
        return render(request, "accounts/access_log.html", {"form": form, "entries": []}, status=400)
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    log_access(request.actor, event="access_log.read", action="R", rule="role", detail=urlencode(asked))
    entries = list(access_log_entries(request.actor, form.as_filter())[: PAGE_SIZE + 1])
    shown = {"entries": entries[:PAGE_SIZE], "older": older_than(entries, asked), "sealed_until": sealed_until()}
    return render(request, "accounts/access_log.html", {"form": form, **shown})
