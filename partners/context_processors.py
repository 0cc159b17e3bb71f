"""What every page shows of who is signed in: the actor, its organisation and the pages its role has."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.policies import Actor, Permission

from .actors import membership_of

PAGES = (
    ("desk", _("Balie"), Permission.LOG_CONTACT),
    ("inbox", _("Inbox"), Permission.ANSWER_HANDOVER),
    ("tasks", _("Taken"), Permission.ANSWER_HANDOVER),
    ("switchboard", _("Centrale"), Permission.SEE_SWITCHBOARD),
    ("cases", _("Casussen"), Permission.SEE_CASE),
    ("lookup", _("Wie bel ik?"), Permission.LOOK_UP),
    ("roster", _("Rooster"), Permission.SEE_ROSTER),
    ("board", _("Vandaag"), Permission.SEE_BOARD),
    ("rules", _("Afspraken"), Permission.EDIT_DIRECTORY),
    ("directory", _("Gids"), Permission.EDIT_DIRECTORY),
    ("messages", _("Berichten"), Permission.SEE_MESSAGES),
    ("webhooks", _("Webhooks"), Permission.ADMINISTER),
    ("access-log", _("Inzagelog"), Permission.SEE_ACCESS_LOG),
    ("emergency-review", _("Noodknop beoordelen"), Permission.SEE_ACCESS_LOG),
    ("admin:index", _("Beheer"), Permission.ADMINISTER),
)


def actor(request: HttpRequest) -> dict:
    if not hasattr(request, "actor"):  # refused before the middleware came to it
        return {}
    return {
        "actor": request.actor,
        "actor_organisation": SimpleLazyObject(lambda: _organisation(request.user)),
        "actor_role": SimpleLazyObject(lambda: _role(request.user)),
        "may_break_glass": SimpleLazyObject(lambda: request.actor.may(Permission.BREAK_GLASS)),
        "navigation": SimpleLazyObject(lambda: _navigation(request.actor, request.path)),
    }


def _organisation(user) -> str:
    membership = membership_of(user)
    return membership.organisation.name if membership else ""


def _role(user) -> str:
    membership = membership_of(user)
    return str(membership.get_role_display()) if membership else ""


def _navigation(actor: Actor, path: str) -> list[tuple]:
    """(address, label, is it this page) of every page the role has."""
    pages = [(reverse(name), label) for name, label, permission in PAGES if actor.may(permission)]
    here = max((url for url, _label in pages if path.startswith(url)), key=len, default="")
    return [(url, label, url == here) for url, label in pages]
