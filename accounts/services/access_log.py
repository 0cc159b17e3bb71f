"""The access log (NEN 7513): the only place that writes it."""

from django.db.models import Model

from accounts.grounds import purpose_of, rule_of, with_detail
from accounts.models import AccessLogEntry
from accounts.policies import Actor


def log_access(
    actor: Actor | None,
    *,
    event: str,
    action: str,
    record: Model | None = None,
    record_type: str = "",
    record_id: object = "",
    subject: str = "",
    rule: str = "",
    purpose: str = "",
    detail: str = "",
    outcome: str = AccessLogEntry.Outcome.ALLOWED,
) -> AccessLogEntry:
    """Adds one NEN 7513 event. Without an actor it is the system's own doing; `record` names type and id at once.

    `detail` says what was asked for, such as the period of an export: never anything of a person.
    """
    if record is not None:
        record_type, record_id = type(record).__name__.lower(), record.pk
    rule = rule or rule_of(actor, refused=outcome == AccessLogEntry.Outcome.REFUSED)
    return AccessLogEntry.objects.create(
        event=event,
        action=action,
        outcome=outcome,
        record_type=record_type,
        record_id=str(record_id),
        subject=subject,
        rule=rule,
        purpose=with_detail(purpose or purpose_of(actor, rule), detail),
        **_who(actor),
    )


def _who(actor: Actor | None) -> dict:
    if actor is None:
        return {}
    return {
        "user": actor.user if actor.user.is_authenticated else None,
        "role": actor.role,
        "on_behalf_of": actor.organisation_slug,
        "source": actor.source,
    }
