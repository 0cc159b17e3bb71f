"""Every address of the site; the pages of an app stand in its own urls.py."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("accounts.urls")),
    path("", include("partners.urls")),
    path("", include("triage.urls")),
    path("", include("routing.urls")),
    path("", include("dossiers.urls")),
    path("", include("dashboards.urls")),
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
