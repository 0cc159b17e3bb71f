"""The contacts API: another system logs a call in one go, by the same names as the lookup."""

import json
from collections.abc import Mapping

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.idempotency import answer_once
from accounts.policies import Permission
from routing.readback import ReadBack

from . import errors, selectors, services
from .core import NONE, QuestionSet
from .core.questions import NO, YES
from .models import Contact

# As in the lookup: not given means no, and no provider.
NOT_GIVEN = {
    **dict.fromkeys(("danger", "hospital", "suicidal", "dissatisfied", "new_crisis"), NO),
    "provider": NONE,
}
READ_BACK = ("background", "assessment", "request", "told_caller")
SETTLING = ("summary", *READ_BACK, "chosen_service", "chosen_reason", "chosen_note")


class Unprocessable(APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class LoggedContactSerializer(serializers.ModelSerializer):
    """What came of it: the contact, the case and handover if there is one, and the complete answer."""

    handover = serializers.IntegerField(source="decision.handover.pk", default=None, allow_null=True)
    answer = serializers.JSONField(source="decision.outcome")

    class Meta:
        model = Contact
        fields = ["id", "outcome", "case", "handover", "category", "urgency", "confirmed_at", "answer"]


class NewContactSerializer(serializers.Serializer):
    """For the API description; the answers themselves are read by the region's question set."""

    narrative = serializers.CharField(required=False)
    category = serializers.ChoiceField(choices=["somatic", "ggz", "hgkm", "youth_act", "social"], required=False)
    age = serializers.IntegerField(required=False, min_value=0, max_value=120)
    born = serializers.DateField(required=False)
    municipality = serializers.CharField(
        required=False, help_text="code such as GM0392, or name; `elsewhere`: outside the regions"
    )
    danger = serializers.BooleanField(required=False, help_text="not given means false")
    provider = serializers.SlugField(required=False, help_text="not given means none")
    related = serializers.BooleanField(required=False, help_text="not given means unknown")
    hospital = serializers.BooleanField(required=False)
    suicidal = serializers.BooleanField(required=False)
    dissatisfied = serializers.BooleanField(required=False)
    new_crisis = serializers.BooleanField(required=False)
    callback_number = serializers.CharField(required=False)
    subject_name = serializers.CharField(required=False)
    caller_kind = serializers.CharField(required=False)
    purpose = serializers.CharField(required=False)
    reason = serializers.CharField(required=False)
    topics = serializers.ListField(child=serializers.CharField(), required=False)
    organisations_involved = serializers.ListField(child=serializers.SlugField(), required=False)
    response = serializers.ChoiceField(choices=["advice", "dispatch"], required=False)
    misdirected = serializers.BooleanField(required=False)
    summary = serializers.CharField(required=False, help_text="the read-back (SBAR): the situation, or all of it")
    background = serializers.CharField(required=False)
    assessment = serializers.CharField(required=False)
    request = serializers.CharField(required=False)
    told_caller = serializers.CharField(required=False, help_text="what the caller was told to expect")
    chosen_service = serializers.SlugField(required=False, help_text="another service than the answer's")
    chosen_reason = serializers.CharField(required=False)
    chosen_note = serializers.CharField(required=False)


class ContactsView(APIView):
    @extend_schema(
        operation_id="contact_log",
        summary="Log a call: decided, recorded and handed over at once",
        parameters=[OpenApiParameter("Idempotency-Key", location=OpenApiParameter.HEADER, required=True)],
        request=NewContactSerializer,
        responses={201: LoggedContactSerializer, 400: OpenApiTypes.OBJECT, 422: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request) -> Response:
        request.actor.must(Permission.LOG_CONTACT)
        if not request.headers.get("Idempotency-Key"):
            message = _("Geef een Idempotency-Key mee, zodat een herhaald verzoek geen tweede contact geeft.")
            raise exceptions.ValidationError({"Idempotency-Key": message})
        return answer_once(request, lambda: _log(request))


def _log(request: Request) -> Response:
    if not isinstance(request.data, Mapping):
        raise exceptions.ValidationError(_("Stuur één object met de gegevens van het gesprek."))
    given = {name.replace("\x00", ""): value for name, value in request.data.items() if value is not None}
    settling = {name: _text(name, given.pop(name)) for name in SETTLING if name in given}
    choice = services.Choice(
        settling.get("chosen_service", ""), settling.get("chosen_reason", ""), settling.get("chosen_note", "")
    )
    read_back = ReadBack(settling.get("summary", ""), **{name: settling.get(name, "") for name in READ_BACK})
    try:
        answers = _answers(_questions(request), given)
        contact = services.log_contact(request.actor, answers, read_back=read_back, choice=choice)
    except errors.TriageError as error:
        raise _as_api_exception(error) from error
    return Response(LoggedContactSerializer(contact).data, status=status.HTTP_201_CREATED)


def _questions(request: Request) -> QuestionSet:
    return selectors.current_questions(selectors.region_of(request.actor)).questions


def _answers(questions: QuestionSet, given: Mapping[str, object]) -> dict[str, str]:
    """The answers as the desk would have typed them, each under its own question."""
    if not given:
        raise errors.EmptyCall
    named = {question.fact or question.field or question.id: question.id for question in questions}
    if given.get("danger") is True:
        return {named.get(name, name): _kept(value) for name, value in (NOT_GIVEN | dict(given)).items()}
    unknown = {name: [_("Dit veld bestaat niet.")] for name in given if name not in named}
    if unknown:
        raise exceptions.ValidationError(unknown)
    return {named[name]: _text(name, value) for name, value in (NOT_GIVEN | dict(given)).items() if name in named}


def _kept(value: object) -> str:
    """In danger nothing is refused: what cannot be read stays with the call as it was sent."""
    try:
        return _text("", value)
    except exceptions.ValidationError:
        return json.dumps(value).replace("\\u0000", "")


def _text(name: str, value: object) -> str:
    match value:
        case bool():
            return YES if value else NO
        case str():
            # PostgreSQL keeps no NUL in text.
            return value.replace("\x00", "")
        case int() | float():
            return str(value)
        case list() if all(isinstance(item, str) for item in value):
            return ",".join(value).replace("\x00", "")
    raise exceptions.ValidationError({name: [_("Geef tekst, een getal, true of false, of een lijst van teksten.")]})


def _as_api_exception(error: errors.TriageError) -> APIException:
    match error:
        case errors.InvalidAnswers():
            return exceptions.ValidationError({name: [message] for name, message in error.errors.items()})
        case errors.MoreNeeded():
            return Unprocessable(
                {fact: [_("Geef dit veld: het bepaalt wie verantwoordelijk is.")] for fact in error.ask}
            )
        case errors.InvalidChoice():
            return exceptions.ValidationError({error.field: [str(error)]})
    return exceptions.ValidationError([str(error)])


urlpatterns = [path("contacts/", ContactsView.as_view(), name="api-contacts")]
