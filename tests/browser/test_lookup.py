"""Pieter, a police officer with a phone in the street, looks up whom to ring."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def pieter(page: Page, sign_in, kennemerland) -> Page:
    sign_in(page, "police")
    page.set_viewport_size(PHONE)
    page.goto("/wie-bel-ik/")
    return page


def answer(page: Page):
    return page.locator("#resultaten")


def test_finds_veilig_thuis_for_a_hit_child_while_typing(pieter, refused_by_csp):
    pieter.get_by_label("Situatie of organisatie").press_sequentially("kind geslagen")
    expect(answer(pieter)).to_contain_text("Veilig Thuis Kennemerland")
    call = answer(pieter).get_by_role("link", name=re.compile("Bel 0800-2000"))
    expect(call).to_have_attribute("href", re.compile(r"^tel:\+?[0-9]+$"))
    assert call.bounding_box()["height"] >= 44
    assert "geslagen" not in pieter.url, "what was typed stays out of the address bar"
    assert refused_by_csp == []


def test_danger_words_put_112_first(pieter):
    pieter.get_by_label("Situatie of organisatie").press_sequentially("psychose met mes")
    first = answer(pieter).get_by_role("link").first
    expect(first).to_have_attribute("href", "tel:112")


def test_acute_danger_answers_112_whatever_it_is_about(pieter):
    pieter.get_by_label("Acuut gevaar").check()
    expect(answer(pieter).get_by_role("link", name=re.compile("Bel 112"))).to_be_visible()


def test_asks_only_the_question_that_still_decides(pieter):
    pieter.get_by_label("Psychisch (GGZ)").check()
    pieter.get_by_text("Meer bijzonderheden").click()
    pieter.get_by_label("Moment (leeg: nu)").fill("2026-11-24T10:15")
    expect(answer(pieter)).to_contain_text("Hoe oud is de betrokkene?")
    pieter.get_by_label("Leeftijd").press_sequentially("15")
    expect(answer(pieter)).to_contain_text("Kenter")


def test_a_mistake_is_explained_and_the_numbers_stay(pieter):
    pieter.get_by_label("Psychisch (GGZ)").check()
    pieter.get_by_label("Leeftijd").press_sequentially("130")
    expect(answer(pieter).get_by_role("alert")).to_contain_text("130")
    expect(pieter.get_by_role("heading", name="Alle diensten van Kennemerland")).to_be_visible()


def test_works_without_javascript(browser, live_server, pieter):
    context = browser.new_context(base_url=live_server.url, locale="nl-NL", java_script_enabled=False, viewport=PHONE)
    context.add_cookies(pieter.context.cookies())
    page = context.new_page()
    page.goto("/wie-bel-ik/")
    page.get_by_label("Situatie of organisatie").fill("kind geslagen")
    page.get_by_role("button", name="Zoek").click()
    expect(answer(page)).to_contain_text("Veilig Thuis Kennemerland")
    context.close()
