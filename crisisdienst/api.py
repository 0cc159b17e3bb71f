"""The root of the API: what every app offers under /api/v1/, and its OpenAPI document."""

from django.http import Http404
from django.urls import include, path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.views import APIView


@extend_schema(exclude=True)
class UnknownPath(APIView):
    """Everything else under /api/: not found as problem details, also while debugging."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise Http404


urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(permission_classes=[], authentication_classes=[]), name="api-schema"),
    path("v1/", include("routing.api")),
    path("v1/", include("triage.api")),
    path("<path:unknown>", UnknownPath.as_view(), name="api-unknown"),
]
