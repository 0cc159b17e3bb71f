"""A case whose offer was taken back is not stuck: who leads it offers it again from its page."""

import pytest
from django.urls import reverse

from routing.models import Handover
from routing.services import withdraw

pytestmark = pytest.mark.usefixtures("tuesday_morning")


@pytest.fixture
def withdrawn(client, wilma, routed) -> Handover:
    client.force_login(wilma.user)
    return withdraw(wilma, routed(wilma), "Beller bedacht zich.")


def page_of(client, handover) -> str:
    return client.get(reverse("case", args=[handover.case_id])).content.decode()


def offer(client, handover, **given):
    return client.post(reverse("case-offer", args=[handover.case_id]), given)


def test_the_page_says_why_and_offers_again(client, withdrawn):
    page = page_of(client, withdrawn)
    assert "Beller bedacht zich." in page
    assert "Opnieuw aanbieden" in page
    assert "Beller bedacht zich." in client.get(reverse("handover", args=[withdrawn.pk])).content.decode()

    offer(client, withdrawn)
    assert Handover.objects.get(state="offered").service.slug == "kenter"
    assert "Opnieuw aanbieden" not in page_of(client, withdrawn)


def test_a_person_may_choose_with_a_reason(client, kennemerland, withdrawn):
    vt = kennemerland.services.get(slug="veilig-thuis-kennemerland")
    assert offer(client, withdrawn, chosen_service=vt.pk).status_code == 422
    assert offer(client, withdrawn, chosen_service=vt.pk, chosen_reason="other").status_code == 422
    assert not Handover.objects.filter(state="offered").exists()

    offer(client, withdrawn, chosen_service=vt.pk, chosen_reason="mixed_picture")
    assert Handover.objects.get(state="offered").service == vt


def test_twice_is_once(client, withdrawn):
    offer(client, withdrawn)
    again = offer(client, withdrawn)
    assert again.status_code == 409
    assert "kan nu niet opnieuw" in again.content.decode()
    assert Handover.objects.filter(state="offered").count() == 1
