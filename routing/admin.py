"""Rule sets, decisions, cases and handovers, to look at."""

from django.contrib import admin

from accounts.admin_base import ReadOnlyAdmin, ReadOnlyHistoryAdmin

from .models import (
    Addition,
    Alarm,
    CapacityReport,
    Case,
    Consultation,
    Decision,
    EmergencyAccess,
    Handover,
    LeadPeriod,
    RuleSet,
    StoredProof,
    Waiver,
)
from .readback import FIELDS as READ_BACK


@admin.register(RuleSet)
class RuleSetAdmin(ReadOnlyHistoryAdmin):
    list_display = ["region", "version", "state", "valid_from", "published_at", "published_by"]
    list_select_related = ["region", "published_by"]
    list_filter = ["region", "state"]


@admin.register(StoredProof)
class StoredProofAdmin(ReadOnlyAdmin):
    list_display = ["rule_set", "directory_revision", "starts_at", "ends_at", "made_at", "made_by"]
    list_select_related = ["rule_set__region", "directory_revision__region", "made_by"]


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    list_display = ["rule_set", "service", "reason", "made_at", "made_by", "ends_at", "settled_at"]
    list_select_related = ["rule_set__region", "service", "made_by"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["id", "region", "moment", "rule", "service", "made_by"]
    list_select_related = ["region", "service", "made_by"]
    list_filter = ["region"]
    date_hierarchy = "moment"


@admin.register(Case)
class CaseAdmin(ReadOnlyHistoryAdmin):
    list_display = ["id", "region", "opened_at", "closed_at"]
    list_select_related = ["region"]
    exclude = ["closing_note"]


@admin.register(Handover)
class HandoverAdmin(ReadOnlyAdmin):
    # Without what was read back, and without its history: that is about a person.
    list_display = ["id", "case", "service", "sender", "state", "offered_at", "answered_at", "decline_reason"]
    list_select_related = ["case", "service", "sender"]
    list_filter = ["state"]
    exclude = [*READ_BACK, "decline_note", "feedback"]


@admin.register(LeadPeriod)
class LeadPeriodAdmin(ReadOnlyAdmin):
    list_display = ["case", "organisation", "started_at", "ended_at"]
    list_select_related = ["case", "organisation"]


@admin.register(CapacityReport)
class CapacityReportAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "service", "commissioner", "made_at", "told_at"]
    list_select_related = ["organisation", "service"]


@admin.register(Consultation)
class ConsultationAdmin(ReadOnlyAdmin):
    list_display = ["case", "organisation", "outcome", "held_at"]
    list_select_related = ["case", "organisation"]
    exclude = ["note"]


@admin.register(Addition)
class AdditionAdmin(ReadOnlyAdmin):
    list_display = ["case", "kind", "organisation", "obligatory", "done_at"]
    list_select_related = ["case", "organisation"]
    exclude = ["note"]


@admin.register(Alarm)
class AlarmAdmin(ReadOnlyHistoryAdmin):
    list_display = ["kind", "region", "message", "raised_at", "acknowledged_at"]
    list_select_related = ["region"]


@admin.register(EmergencyAccess)
class EmergencyAccessAdmin(ReadOnlyAdmin):
    list_display = ["case", "user", "organisation", "reason", "started_at", "ends_at", "review_outcome"]
    list_select_related = ["case", "user", "organisation"]
    exclude = ["note", "review_note"]
