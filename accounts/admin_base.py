from django.contrib import admin
from django.http import HttpRequest

from .policies import Permission


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows a model to the administrator and changes nothing."""

    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.actor.may(Permission.ADMINISTER)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.actor.may(Permission.ADMINISTER)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
