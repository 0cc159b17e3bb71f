"""The root of the API: what every app offers under /api/v1/, and its OpenAPI document."""

from importlib import import_module
from importlib.util import find_spec

from django.http import Http404
from django.urls import include, path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.views import APIView

v1 = [
    pattern
    for app in ("partners", "routing", "triage", "dossiers")
    if find_spec(f"{app}.api")
    for pattern in import_module(f"{app}.api").api_urlpatterns
]


@extend_schema(exclude=True)
class UnknownPath(APIView):
    """Everything else under /api/: not found as problem details, also while debugging."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise Http404


urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(permission_classes=[], authentication_classes=[]), name="api-schema"),
    path("v1/", include(v1)),
    path("<path:unknown>", UnknownPath.as_view(), name="api-unknown"),
]
