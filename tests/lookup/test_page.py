"""The lookup page: the number, the reason and the list stay, whatever is typed."""

import pytest

from tests.people import ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def look_up(client, kennemerland, demo_users):
    client.force_login(demo_users["police"])
    return lambda **query: client.get("/wie-bel-ik/", query)


@pytest.mark.parametrize("username", sorted(ROLES))
def test_everybody_who_may_look_up_can(username, client, kennemerland, demo_users):
    client.force_login(demo_users[username])
    expected = 403 if ROLES[username] == "privacy_officer" else 200
    assert client.get("/wie-bel-ik/").status_code == expected


@pytest.mark.parametrize(
    ("query", "shown", "why"),
    [
        ({"category": "hgkm", "municipality": "GM0392"}, "Bel 0800-2000", "the number as text"),
        ({"category": "hgkm", "danger": "true", "municipality": "GM0392"}, "tel:112", "danger goes before all"),
        ({"category": "ggz", "age": "130"}, "130", "a mistake is named"),
        ({"category": "x"}, "bestaat niet", "an unknown category is named"),
        ({"q": "xyzzy"}, "Met deze woorden vinden we niets", "nothing found, and what to do"),
        ({"q": "<script>alert(1)</script>"}, "&lt;script&gt;", "what was typed is text"),
        ({}, "Denkt u aan zelfmoord?", "the message for residents is there"),
    ],
)
def test_what_the_page_says(look_up, query, shown, why):
    page = look_up(**query).content.decode()
    assert shown in page, why
    assert "Alle diensten van Kennemerland" in page


def test_htmx_gets_the_results_alone(client, kennemerland, demo_users):
    client.force_login(demo_users["police"])
    part = client.get("/wie-bel-ik/", {"category": "hgkm"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Veilig Thuis Kennemerland" in part


def test_no_outcome_tells_the_caller_to_ring_somebody_else(look_up):
    page = look_up(category="hgkm", municipality="GM0392").content.decode()
    assert "u belt zelf en blijft aan de lijn" in page
    assert "laat ze bellen" not in page.lower()
