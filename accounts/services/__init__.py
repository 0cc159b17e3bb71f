"""The only writer of the access log, the seals of the audit, the outbox, the webhooks and API tokens.

outbox      a message is noted in the transaction of its cause, or sent again by somebody
delivery    what is due is claimed, sent and its outcome recorded: at least once
email       how a message goes by e-mail
webhook     how a message goes to a webhook, signed; `cutoff` ends a receiver that drips
endpoints   which webhooks there are, and their secrets
sealing     entries of the audit get their seals
running     one process at a time
"""

from .access_log import log_access
from .delivery import deliver_due
from .endpoints import add_endpoint, renew_secret, send_test, switch_endpoint
from .outbox import AlreadyDelivered, enqueue, notify, resend
from .running import run_alone
from .sealing import seal_entries
from .tokens import digest_of, issue_api_token

__all__ = [
    "AlreadyDelivered",
    "add_endpoint",
    "deliver_due",
    "digest_of",
    "enqueue",
    "issue_api_token",
    "log_access",
    "notify",
    "renew_secret",
    "resend",
    "run_alone",
    "seal_entries",
    "send_test",
    "switch_endpoint",
]
