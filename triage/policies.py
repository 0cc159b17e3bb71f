"""Which drafts and contacts may this actor see? One's own drafts; contacts of one's own organisation."""

from django.db.models import QuerySet

from accounts.policies import Actor, Permission

from .models import Contact, Draft


def own_drafts(actor: Actor) -> QuerySet[Draft]:
    if not actor.may(Permission.LOG_CONTACT) or actor.organisation_id is None:
        return Draft.objects.none()
    return Draft.objects.filter(owner=actor.user)


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    if not actor.may(Permission.SEE_CASE) or actor.organisation_id is None:
        return Contact.objects.none()
    return Contact.objects.filter(organisation=actor.organisation_id)
