"""That a record exists, since when and of which case. What stands in it is for who works on the case."""

from django.contrib import admin

from accounts.admin_base import ReadOnlyAdmin

from .models import IcdRecord, Norm, VtRecord


@admin.register(IcdRecord, VtRecord)
class RecordAdmin(ReadOnlyAdmin):
    list_display = fields = ["case", "handover", "opened_at", "version", "changed_by"]
    list_select_related = ["case", "handover", "changed_by"]


@admin.register(Norm)
class NormAdmin(ReadOnlyAdmin):
    list_display = ["region", "slug", "name", "duration", "source", "in_force"]
    list_filter = ["region", "in_force"]
    list_select_related = ["region"]
