"""The routing API: who is responsible, the cases and handovers one may see, and the directory of services."""

from django.http import Http404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, generics, status
from rest_framework.exceptions import APIException
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.policies import Permission
from accounts.services import log_access
from partners.models import Region, Service

from . import errors, selectors, services
from .core import CATEGORIES
from .models import Handover
from .parameters import FLAGS, parse
from .policies import rules_for_cases
from .serializers import (
    LOOKUP_ANSWER,
    CaseSerializer,
    DeclinedSerializer,
    DeclineSerializer,
    HandoverSerializer,
    ServiceSerializer,
)


class Conflict(APIException):
    status_code = status.HTTP_409_CONFLICT


def as_api_exception(error: errors.RoutingError) -> APIException:
    """A domain error as the API says it: at the field where there is one."""
    match error:
        case errors.InvalidParameters():
            return exceptions.ValidationError(error.errors)
        case errors.ReasonRequired():
            return exceptions.ValidationError({error.field: [error.message]})
        case errors.NoRuleSet():
            return exceptions.ValidationError({"at": [error.message]})
        case errors.AlreadyAnswered() | errors.DutyLeadCannotDecline():
            return Conflict(error.message)
    return exceptions.ValidationError([error.message])


class RoutingView(APIView):
    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(as_api_exception(exc) if isinstance(exc, errors.RoutingError) else exc)


def _boolean(name: str, description: str = "") -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.BOOL, description=description or "not given means false")


LOOKUP_PARAMETERS = [
    OpenApiParameter("region", description="not given: the region of the caller's membership"),
    OpenApiParameter("category", enum=CATEGORIES),
    OpenApiParameter("age", OpenApiTypes.INT, description="whole years, 0-120"),
    OpenApiParameter("born", OpenApiTypes.DATE, description="instead of age"),
    OpenApiParameter("municipality", description="code such as GM0392, or name; `elsewhere`: outside the regions"),
    OpenApiParameter("at", OpenApiTypes.DATETIME, description="without a zone: Amsterdam; not given: now"),
    OpenApiParameter("provider", description="organisation where the person is in treatment; not given means none"),
    _boolean("related", "whether the crisis is about that treatment; not given means unknown"),
    *(_boolean(name) for name in FLAGS),
]


class LookupView(RoutingView):
    @extend_schema(
        operation_id="lookup",
        summary="Who is responsible?",
        parameters=LOOKUP_PARAMETERS,
        responses={200: LOOKUP_ANSWER, 400: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> Response:
        request.actor.must(Permission.LOOK_UP)
        asked = parse(_single_values(request), default_region=request.actor.region_slug)
        found = selectors.answer(asked.region_slug, asked.facts, asked.moment, remarks=asked.remarks)
        return Response(found.document)


def _single_values(request: Request) -> dict[str, str]:
    """Which of two values did the caller mean? That is not for us to guess."""
    repeated = [name for name, values in request.query_params.lists() if len(values) > 1]
    if repeated:
        raise errors.InvalidParameters({name: [errors.given_twice()] for name in repeated})
    return request.query_params.dict()


class HandoverAnswerView(RoutingView):
    def handover(self, request: Request, pk: int) -> Handover:
        handover = selectors.handover_for(request.actor, pk)
        if handover is None:
            log_access(
                request.actor,
                event="handover.refused",
                action="R",
                record_type="handover",
                record_id=str(pk)[:60],
                outcome="refused",
            )
            raise Http404
        return handover


class AcceptView(HandoverAnswerView):
    @extend_schema(
        operation_id="handover_accept",
        summary="Accept an offered handover",
        request=None,
        responses={200: HandoverSerializer, 409: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request, pk: int) -> Response:
        return Response(HandoverSerializer(services.accept(request.actor, self.handover(request, pk))).data)


class DeclineView(HandoverAnswerView):
    @extend_schema(
        operation_id="handover_decline",
        summary="Decline an offered handover, with a reason",
        request=DeclineSerializer,
        responses={200: DeclinedSerializer, 400: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request, pk: int) -> Response:
        handover = self.handover(request, pk)
        given = DeclineSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        following = services.decline(request.actor, handover, **given.validated_data)
        handover.refresh_from_db()
        return Response(DeclinedSerializer({"declined": handover, "next": following}).data)


class OwnCursor(CursorPagination):
    """A cursor that somebody made up is no cursor; DRF would hand it to the database."""

    def paginate_queryset(self, queryset, request, view=None):
        try:
            return super().paginate_queryset(queryset, request, view)
        except ValueError as error:
            raise exceptions.NotFound(self.invalid_cursor_message) from error


class NewestFirst(OwnCursor):
    ordering = "-id"


class CasesView(generics.ListAPIView):
    """The cases the caller may see, newest first."""

    serializer_class = CaseSerializer
    pagination_class = NewestFirst

    def get_queryset(self):
        return selectors.visible_cases(self.request.actor)

    def list(self, request: Request, *args, **kwargs) -> Response:
        response = super().list(request, *args, **kwargs)
        numbers = [case["id"] for case in response.data["results"]]
        rules = rules_for_cases(request.actor, numbers)
        for number in numbers:
            log_access(
                request.actor,
                event="case.listed",
                action="R",
                record_type="case",
                record_id=number,
                subject=str(number),
                rule=rules[number],
            )
        return response


class ByName(OwnCursor):
    ordering = ("name", "id")


@extend_schema(parameters=[OpenApiParameter("region", description="slug; not given: every region")])
class ServicesView(generics.ListAPIView):
    """The directory, with the names of Open Referral HSDS."""

    serializer_class = ServiceSerializer
    pagination_class = ByName

    def get_queryset(self):
        self.request.actor.must(Permission.LOOK_UP)
        listed = Service.objects.filter(withdrawn=False).select_related("region", "organisation")
        if region := self.request.query_params.get("region"):
            listed = listed.filter(region=_region(region))
        return listed.prefetch_related("phones", "weekly_hours")


def _region(slug: str) -> Region:
    found = Region.objects.filter(slug=slug).first() if slug.isprintable() else None
    if found is None:
        raise exceptions.ValidationError({"region": [errors.unknown_region(slug)]})
    return found


urlpatterns = [
    path("lookup/", LookupView.as_view(), name="api-lookup"),
    path("handovers/<int:pk>/accept/", AcceptView.as_view(), name="api-handover-accept"),
    path("handovers/<int:pk>/decline/", DeclineView.as_view(), name="api-handover-decline"),
    path("cases/", CasesView.as_view(), name="api-cases"),
    path("services/", ServicesView.as_view(), name="api-services"),
]
