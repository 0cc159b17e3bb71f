"""Reading the access log and how far it is sealed, the messages and the webhooks, for those who may."""

from .access_log import AccessLogFilter, access_log, acts_on, done_by, looked_at
from .audit import oldest_unsealed, sealed_until
from .messages import MessageFilter, messages, messages_found, webhook_endpoints

__all__ = [
    "AccessLogFilter",
    "MessageFilter",
    "access_log",
    "acts_on",
    "done_by",
    "looked_at",
    "messages",
    "messages_found",
    "oldest_unsealed",
    "sealed_until",
    "webhook_endpoints",
]
