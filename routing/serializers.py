"""The shapes of the routing API, as the OpenAPI document shows them."""

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from partners.models import Phone, Service

from .forms import SAID_BY_THE_RECEIVER
from .models import Addition, Case, Handover

# --- The answer: built by routing.document, described here -----------------------------------------


class AdditionSerializer(serializers.Serializer):
    organisation = serializers.SlugField()
    kind = serializers.ChoiceField(Addition.Kind.choices)
    obligatory = serializers.BooleanField()


class PhoneDocumentSerializer(serializers.Serializer):
    number = serializers.CharField()
    shown_as = serializers.CharField()
    assured_on = serializers.DateField()
    assured_by = serializers.CharField()
    fictitious = serializers.BooleanField()


class DecidedSerializer(serializers.Serializer):
    """One responsible service, or "recorded, not routed" when `service` is null."""

    service = serializers.SlugField(allow_null=True)
    service_name = serializers.CharField(allow_null=True)
    organisation = serializers.SlugField(allow_null=True)
    organisation_name = serializers.CharField(allow_null=True)
    rule = serializers.CharField(help_text="tier/slug")
    tier = serializers.CharField()
    because = serializers.CharField()
    phone = serializers.CharField(allow_null=True, help_text="E.164, or a short number such as 112")
    phone_shown = serializers.CharField(allow_null=True)
    phone_verified_on = serializers.DateField(allow_null=True)
    phone_verified_by = serializers.CharField(allow_null=True)
    phone_fictitious = serializers.BooleanField()
    no_number_because = serializers.CharField(allow_blank=True)
    backup_phone = PhoneDocumentSerializer(allow_null=True)
    answered_by = serializers.CharField(allow_null=True)
    expect = serializers.CharField(allow_null=True)
    have_ready = serializers.CharField(allow_null=True)
    accepts_by = serializers.ChoiceField(Service.AcceptsBy.choices, allow_null=True)
    open_now = serializers.BooleanField()
    also = AdditionSerializer(many=True)
    next = serializers.ListField(child=serializers.SlugField(), help_text="organisations in order, duty lead last")
    holds_until = serializers.DateTimeField(allow_null=True)
    region = serializers.SlugField()
    at = serializers.DateTimeField()
    remarks = serializers.ListField(child=serializers.CharField())


class UndeterminedSerializer(serializers.Serializer):
    """More than one organisation is still possible: what to ask, best question first."""

    undetermined = serializers.BooleanField(default=True)
    ask = serializers.ListField(child=serializers.CharField())
    possible = serializers.ListField(child=serializers.SlugField())
    held_by = serializers.SlugField(allow_null=True)
    region = serializers.SlugField()
    at = serializers.DateTimeField()
    remarks = serializers.ListField(child=serializers.CharField())


LOOKUP_ANSWER = PolymorphicProxySerializer(
    component_name="LookupAnswer",
    serializers=[DecidedSerializer, UndeterminedSerializer],
    resource_type_field_name=None,
)


# --- Cases and handovers ------------------------------------------------------------------------------


class CaseSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField("slug", read_only=True)
    lead = serializers.SerializerMethodField(help_text="slug of the organisation that holds the lead now")
    lead_since = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = ["id", "region", "opened_at", "closed_at", "lead", "lead_since"]

    def get_lead(self, case: Case) -> str | None:
        return case.current_lead[0].organisation.slug if case.current_lead else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_lead_since(self, case: Case):
        return case.current_lead[0].started_at if case.current_lead else None


class HandoverSerializer(serializers.ModelSerializer):
    service = serializers.SlugRelatedField("slug", read_only=True)
    organisation = serializers.CharField(source="service.organisation.slug", read_only=True)
    sender = serializers.SlugRelatedField("slug", read_only=True)
    decline_reason = serializers.CharField(read_only=True)

    class Meta:
        model = Handover
        fields = [
            "id", "case", "service", "organisation", "sender", "urgency", "state",
            "offered_at", "due_at", "answered_at", "decline_reason", "decline_note",
        ]  # fmt: skip


class DeclineSerializer(serializers.Serializer):
    reason = serializers.ChoiceField(SAID_BY_THE_RECEIVER)
    note = serializers.CharField(required=False, allow_blank=True, default="", help_text="needed with `other`")


class DeclinedSerializer(serializers.Serializer):
    """The refused handover, and the offer that follows it."""

    declined = HandoverSerializer()
    next = HandoverSerializer()


# --- The directory, with the names of Open Referral HSDS --------------------------------------------------


class PhoneSerializer(serializers.ModelSerializer):
    assured_date = serializers.DateField(source="assured_on")
    assurer = serializers.CharField(source="assured_by")

    class Meta:
        model = Phone
        fields = ["number", "shown_as", "kind", "assured_date", "assurer", "fictitious"]


class ScheduleSerializer(serializers.Serializer):
    byday = serializers.SerializerMethodField(help_text="MO … SU")
    opens_at = serializers.SerializerMethodField(help_text="HH:MM in the region's zone")
    closes_at = serializers.SerializerMethodField(help_text="HH:MM; 24:00 is the end of the day")

    def get_byday(self, hours) -> str:
        return ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[hours.weekday]

    def get_opens_at(self, hours) -> str:
        return f"{hours.opens // 60:02}:{hours.opens % 60:02}"

    def get_closes_at(self, hours) -> str:
        return f"{hours.closes // 60:02}:{hours.closes % 60:02}"


class OrganizationSerializer(serializers.Serializer):
    id = serializers.SlugField(source="slug")
    name = serializers.CharField()


class ServiceSerializer(serializers.ModelSerializer):
    id = serializers.SlugField(source="slug")
    region = serializers.SlugRelatedField("slug", read_only=True)
    organization = OrganizationSerializer(source="organisation")
    description = serializers.CharField(source="expect")
    taxonomy_terms = serializers.ListField(source="categories")
    service_areas = serializers.ListField(source="area", help_text="municipality codes; empty means everywhere")
    phones = PhoneSerializer(many=True)
    schedules = ScheduleSerializer(source="weekly_hours", many=True)

    class Meta:
        model = Service
        fields = [
            "id", "name", "region", "organization", "description", "taxonomy_terms", "minimum_age", "maximum_age",
            "service_areas", "answered_by", "have_ready", "accepts_by", "phones", "schedules",
        ]  # fmt: skip
