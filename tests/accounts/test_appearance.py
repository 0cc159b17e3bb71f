"""Light or dark is chosen per browser, and a page says so itself."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

# chosen, what the page says, why
CHOICES = [
    ("dark", 'data-theme="dark"', "chosen, also on a machine that is light"),
    ("light", 'data-theme="light"', "chosen, also on a machine that is dark"),
    ("system", None, "back to what the machine says"),
    ('"><script>', None, "no choice: left as it was"),
]


@pytest.mark.parametrize(("chosen", "said", "why"), CHOICES, ids=[why for *_row, why in CHOICES])
def test_a_choice_stands_on_the_page(client, chosen, said, why):
    client.post(reverse("choose-theme"), {"theme": chosen, "next": "/aanmelden/"})
    page = client.get("/aanmelden/").content.decode()
    assert ("data-theme" in page) is (said is not None)
    assert said is None or said in page


def test_a_planted_cookie_chooses_nothing(client):
    client.cookies["theme"] = "'x onload=y"
    assert "data-theme" not in client.get("/aanmelden/").content.decode()


def test_it_goes_back_to_the_page_and_to_no_other_site(client):
    assert client.post(reverse("choose-theme"), {"theme": "dark", "next": "/wie-bel-ik/"}).url == "/wie-bel-ik/"
    assert client.post(reverse("choose-theme"), {"theme": "dark", "next": "//elders.example/"}).url == "/"
