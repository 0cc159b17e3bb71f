"""Two cases: one that Veilig Thuis leads after the ICD took the call, one of the ICD alone; and people in them."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.policies import Actor
from dossiers.models import Person
from dossiers.services import add_person
from routing.models import Case
from routing.services import accept
from tests.routing.conftest import ingrid, karin, mirjam, routed, tuesday_morning, vincent, wilma

__all__ = ["ingrid", "karin", "mirjam", "routed", "tuesday_morning", "vincent", "wilma"]

BSN = "123456782"
OTHER_BSN = "111222333"


@pytest.fixture
def case(wilma, vincent, routed, tuesday_morning) -> Case:
    """The ICD took the call, Veilig Thuis leads."""
    return accept(vincent, routed(wilma, category="hgkm", age=8)).case


@pytest.fixture
def icd_case(wilma, routed, tuesday_morning) -> Case:
    """The ICD leads it; nobody else sees it."""
    return routed(wilma, category="youth_act").case


@pytest.fixture
def someone() -> Callable[..., Person]:
    """Somebody in a case, written down by this actor."""

    def add(
        actor: Actor, case: Case, surname: str, role: str = "subject", *, shielded: bool = False, **fields
    ) -> Person:
        known = {"given_name": "Sanne", "surname": surname} | fields
        return add_person(actor, case, known, {"role": role, "shielded": shielded})

    return add


@pytest.fixture
def signed_in() -> Callable[[Actor], Client]:
    def sign_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.user)
        return client

    return sign_in


@pytest.fixture
def page_of(signed_in) -> Callable[..., str]:
    """The text of a page as an actor reads it."""

    def read(actor: Actor, name: str, *args: int) -> str:
        response = signed_in(actor).get(reverse(name, args=args))
        assert response.status_code == 200, response
        return unescape(response.content.decode())

    return read
