"""The lookup page when something is wrong: the numbers and 112 stay on it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import Region
from routing.models import Alarm

from .test_answers import break_it, publish

NUMBERS_AND_112 = ("Bel 112", "tel:112", "Veilig Thuis Kennemerland", "0800-2000")


@pytest.fixture
def look_up(client, kennemerland, demo_users):
    client.force_login(demo_users["police"])

    def ask(**query) -> str:
        response = client.get(reverse("lookup"), query)
        assert response.status_code in (200, 422)
        return response.content.decode()

    return ask


def test_a_broken_agreement_leaves_the_numbers_112_and_an_alarm(kennemerland, look_up):
    publish(kennemerland, break_it, timezone.now() - timedelta(minutes=1))
    page = look_up(category="ggz", age="15", municipality="GM0392")
    assert [each for each in NUMBERS_AND_112 if each not in page] == []
    assert "nu niet te gebruiken" in page
    assert Alarm.objects.get().kind == Alarm.Kind.EXCEPTION


@pytest.mark.parametrize("query", [{}, {"danger": "true"}, {"danger": "true", "age": "zeventien"}])
def test_a_region_without_agreement_still_shows_112_with_an_alarm(look_up, demo_users, query):
    empty = Region.objects.create(slug="leeg", name="Leeg", duty_service="niemand")
    demo_users["police"].memberships.update(region=empty)
    assert "Bel 112" in look_up(**query)
    assert Alarm.objects.filter(region=empty).exists()


def test_a_mistake_in_another_field_never_hides_112(look_up):
    page = look_up(danger="true", category="ggz", age="zeventien")
    assert "zeventien" in page
    assert "cd-answer--emergency" in page


def test_a_place_outside_the_regions_can_be_chosen(look_up):
    page = look_up(category="ggz", age="15", municipality="elsewhere")
    assert "Elders (buiten de regio" in page
    assert "draagt warm over" in page
