"""Every address of the site; the pages of an app stand in its own urls.py."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    *[path("", include(f"{app}.urls")) for app in ("accounts", "routing", "triage", "dossiers", "dashboards") if find_spec(f"{app}.urls")],
    path("admin/", admin.site.urls),
    path("api/", include("crisisdienst.api")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
