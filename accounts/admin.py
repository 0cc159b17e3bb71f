"""Users, tokens, the outbox and webhooks, to look at. The access log is not: only the privacy officer reads it."""

from django.contrib import admin

from .admin_base import ReadOnlyAdmin, ReadOnlyHistoryAdmin
from .models import ApiToken, DeliveryAttempt, OutboxMessage, User, WebhookEndpoint


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
    list_display = ["kind", "channel", "recipient", "created_at", "due_at", "delivered_at", "failed_at", "attempts"]
    list_filter = ["channel", ("delivered_at", admin.EmptyFieldListFilter), ("failed_at", admin.EmptyFieldListFilter)]


@admin.register(DeliveryAttempt)
class DeliveryAttemptAdmin(ReadOnlyAdmin):
    list_display = ["message", "started_at", "ended_at", "outcome", "status_code", "error"]
    list_select_related = ["message"]


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ReadOnlyHistoryAdmin):
    # Not the salt: it is half of the secret.
    fields = ["owner", "url", "active", "created_by"]
    list_display = [*fields, "created_at"]
    list_select_related = ["created_by"]
