"""A roster from nothing: a gap seen ahead and filled, and a shift that changes hands with the consent of both."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from partners.models import Membership, Organisation, Region

from .test_warm_handover import looked_at

pytestmark = [pytest.mark.browser, pytest.mark.story]


@pytest.fixture
def wouter(kennemerland: Region, demo_users) -> User:
    user = User.objects.create(username="wouter", first_name="Wouter", last_name="Werker")
    icd = Organisation.objects.get(slug="icd-kennemerland")
    Membership.objects.create(
        user=user, organisation=icd, region=kennemerland, role="icd_worker", valid_from=timezone.localdate()
    )
    demo_users["wouter"] = user
    return user


def test_a_gap_is_filled_and_a_shift_is_swapped(visitor, sign_in, wouter, axe_source, refused_by_csp):
    mirjam, wilma, colleague = visitor(), visitor(), visitor()
    sign_in(mirjam, "manager")
    sign_in(wilma, "worker")
    sign_in(colleague, "wouter")

    mirjam.goto("/rooster/")
    makes_a_team(mirjam)
    expect(mirjam.get_by_role("region", name="Gaten in de komende acht weken")).to_contain_text("0 van 1")
    plans(mirjam, "Wilma Werker")
    plans(mirjam, "Wouter Werker", role="regiehouder van dienst", days=2)
    gaps = mirjam.get_by_role("region", name="Gaten in de komende acht weken")
    expect(gaps.get_by_text("0 van 1")).to_have_count(4)
    found = looked_at(mirjam, axe_source)

    wilma.goto("/rooster/")
    asks_a_swap(wilma)
    found += looked_at(wilma, axe_source)
    colleague.goto("/rooster/")
    colleague.get_by_role("button", name="Ja, ik neem over").click()
    expect(colleague.get_by_role("main")).to_contain_text("overgenomen")
    wilma.reload()
    expect(wilma.get_by_role("region", name="Uw diensten")).to_contain_text("geen diensten die nog komen")
    assert found + refused_by_csp == []


def makes_a_team(page: Page) -> None:
    page.get_by_label("Naam van het team").fill("Crisisteam")
    page.get_by_label("Crisismedewerkers in dienst").fill("1")
    page.get_by_role("button", name="Team bewaren").click()


def plans(page: Page, who: str, role: str = "crisismedewerker", days: int = 1) -> None:
    """A day and a night, from so many days ahead."""
    first = timezone.localdate() + timedelta(days=days)
    page.get_by_label("Wie?", exact=True).select_option(who)
    page.get_by_label("Als", exact=True).select_option(role)
    page.get_by_label("Eerste dag").fill(first.isoformat())
    page.get_by_label("Van", exact=True).fill("08:00")
    page.get_by_label("Tot", exact=True).fill("08:00")
    page.get_by_role("button", name="Plannen").click()
    expect(page.get_by_role("main")).to_contain_text("1 dienst gepland.")


def asks_a_swap(page: Page) -> None:
    page.get_by_text("Ruilen:").click()
    page.get_by_role("button", name="Vraag om over te nemen").click()
    expect(page.get_by_text("Kies een collega.")).to_be_visible()
    page.get_by_label("Wie vraagt u?").select_option("Wouter Werker")
    page.get_by_role("button", name="Vraag om over te nemen").click()
    expect(page.get_by_role("main")).to_contain_text("De dienst blijft van u tot uw collega ja zegt.")
