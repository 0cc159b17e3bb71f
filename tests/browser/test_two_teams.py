"""Wilma (ICD) and Vincent (Veilig Thuis) on one case: from the call to a completed note, on to Veilig Thuis, remarks,
and two browsers that write in one record at once."""

import re
from collections.abc import Callable

import pytest
import time_machine
from playwright.sync_api import Page, expect

from dossiers.models import IcdRecord, VtRecord
from tests.routing.conftest import TUESDAY_MORNING, routed, vincent, wilma

from .test_warm_handover import looked_at

__all__ = ["routed", "vincent", "wilma"]

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def note(wilma, routed) -> IcdRecord:
    return IcdRecord.objects.get(case=routed(wilma, category="youth_act").case)


@pytest.fixture
def signed_in(visitor, sign_in) -> Callable[..., Page]:
    def open_page(username: str, **options: object) -> Page:
        page = visitor(**options)
        sign_in(page, username)
        return page

    return open_page


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_two_browsers_write_at_once_and_both_texts_survive(signed_in, note, script, refused_by_csp, axe_source):
    one, other = signed_in("worker"), signed_in("worker", java_script_enabled=script)
    for page in (one, other):
        page.goto(f"/casus/{note.case_id}/icd/")
    one.get_by_label("Wat is er aan de hand?").fill("Kind is bij oma.")
    one.get_by_label("Wat is er afgesproken?").fill("Oma belt morgen.")
    one.get_by_role("button", name="Bewaren").click()
    expect(one.get_by_text("Het verslag is bewaard.")).to_be_visible()

    other.get_by_label("Wat is er aan de hand?").fill("Kind is op school.")
    other.get_by_label("Wat is er gedaan?").fill("School gebeld.")
    other.get_by_role("button", name="Bewaren").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Teksten samenvoegen")
    expect(other.get_by_text("Passage 1 van 1")).to_be_visible()
    if script:
        assert looked_at(other, axe_source) == []
    other.get_by_role("button", name="Samenvoegen en bewaren").click()
    expect(other.get_by_label("Wat is er aan de hand?")).to_have_value("Kind is bij oma.\nKind is op school.")
    expect(other.get_by_label("Wat is er gedaan?")).to_have_value("School gebeld.")
    expect(other.get_by_label("Wat is er afgesproken?")).to_have_value("Oma belt morgen.")
    assert refused_by_csp == []


def test_on_to_veilig_thuis_with_a_remark_back(signed_in, note, axe_source, refused_by_csp):
    icd, vt = signed_in("worker"), signed_in("vt")
    icd.goto(f"/casus/{note.case_id}/icd/")
    found = looked_at(icd, axe_source)
    icd.locator("#doorgeven summary").press("Enter")
    icd.get_by_label("Waarom hoort de casus daar?").select_option("mixed_picture")
    icd.get_by_role("button", name="Aanbieden").press("Enter")
    icd.wait_for_url(re.compile(r"/overdracht/\d+/$"))

    vt.goto("/inbox/")
    vt.get_by_role("link", name=f"Casus {note.case_id}").click()
    vt.get_by_role("button", name="Aannemen").click()
    vt.get_by_role("link", name="Naast elkaar", exact=True).click()
    expect(vt.get_by_text("Uit de notitie van")).to_be_visible()
    vt.locator("#veld-icd-situation").get_by_text("Opmerking maken").click()
    vt.locator("#veld-icd-situation").get_by_label("Opmerking", exact=True).fill("Wie was erbij?")
    vt.get_by_role("button", name="Opmerking plaatsen").locator("visible=true").click()
    expect(vt.get_by_text("De opmerking staat erbij.")).to_be_visible()
    found += looked_at(vt, axe_source)

    icd.goto(f"/casus/{note.case_id}/")
    icd.get_by_role("link", name="1 nieuwe opmerking").click()
    expect(icd.locator("#veld-icd-situation")).to_contain_text("Wie was erbij?")
    found += looked_at(icd, axe_source)
    icd.get_by_role("button", name="Gelezen").click()
    expect(icd.get_by_text("Nieuw ·")).to_have_count(0)
    assert VtRecord.objects.get(case=note.case_id).promoted_from == note
    assert found + refused_by_csp == []
