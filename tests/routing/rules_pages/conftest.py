"""Gerda edits the agreement and the directory; Mirjam publishes and waives; Karin only reads."""

import pytest
from django.test import Client

from partners.actors import actor_of
from routing.models import RuleSet
from routing.services import start_draft

NIGHT_RULE = "ggz-buiten-kenter"


@pytest.fixture
def as_user(kennemerland, demo_users):
    """A client that is signed in as one of the demo accounts."""

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(demo_users[username])
        return client

    return sign_in


@pytest.fixture
def gerda(as_user) -> Client:
    return as_user("directory")


@pytest.fixture
def mirjam(as_user) -> Client:
    return as_user("manager")


@pytest.fixture
def published(kennemerland) -> RuleSet:
    return kennemerland.rule_sets.get()


@pytest.fixture
def draft(kennemerland, demo_users, published) -> RuleSet:
    return start_draft(actor_of(demo_users["directory"]), kennemerland, published, "kennemerland-2027")


@pytest.fixture
def draft_with_gap(gerda, draft) -> RuleSet:
    gerda.post(f"/afspraken/{draft.pk}/regels/{NIGHT_RULE}/verwijderen/", {"seen": draft.digest})
    draft.refresh_from_db()
    return draft
