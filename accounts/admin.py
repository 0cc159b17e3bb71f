"""Users, tokens and the outbox, to look at. The access log is not here: only the privacy officer reads it."""

from django.contrib import admin

from .admin_base import ReadOnlyAdmin
from .models import ApiToken, OutboxMessage, User


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ["username", "first_name", "last_name", "is_active", "last_login"]
    search_fields = ["username", "first_name", "last_name"]
    fields = ["username", "first_name", "last_name", "email", "is_active", "last_login", "date_joined"]


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = fields = ["user", "created_at"]


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    list_display = ["kind", "recipient", "created_at", "due_at", "delivered_at", "attempts", "last_error"]
    list_filter = ["kind", ("delivered_at", admin.EmptyFieldListFilter)]
