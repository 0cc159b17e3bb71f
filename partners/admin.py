"""The directory and the memberships with their history, to look at."""

from django.contrib import admin

from accounts.admin_base import ReadOnlyAdmin, ReadOnlyHistoryAdmin

from .models import DirectoryRevision, Membership, Municipality, Organisation, Phone, Region, Service, Suspension


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ["name", "slug", "timezone", "duty_service"]


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    list_display = ["name", "code", "region", "valid_from", "valid_until", "successor"]
    list_select_related = ["region", "successor"]
    list_filter = ["region"]


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyHistoryAdmin):
    list_display = ["name", "slug", "home_region", "commissioner", "email"]
    list_select_related = ["home_region"]
    search_fields = ["name", "slug"]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyHistoryAdmin):
    list_display = ["user", "role", "organisation", "region", "valid_from", "valid_until"]
    list_select_related = ["user", "organisation", "region"]
    list_filter = ["role", "organisation"]


@admin.register(Service)
class ServiceAdmin(ReadOnlyHistoryAdmin):
    list_display = ["name", "slug", "organisation", "region", "withdrawn"]
    list_select_related = ["organisation", "region"]
    list_filter = ["region", "withdrawn"]


@admin.register(Phone)
class PhoneAdmin(ReadOnlyHistoryAdmin):
    list_display = ["service", "kind", "shown_as", "assured_on", "assured_by", "fictitious"]
    list_select_related = ["service"]


@admin.register(Suspension)
class SuspensionAdmin(ReadOnlyHistoryAdmin):
    list_display = ["service", "starts_at", "ends_at", "reason"]
    list_select_related = ["service"]


@admin.register(DirectoryRevision)
class DirectoryRevisionAdmin(ReadOnlyAdmin):
    list_display = ["region", "valid_from", "recorded_at", "recorded_by"]
    list_select_related = ["region", "recorded_by"]
