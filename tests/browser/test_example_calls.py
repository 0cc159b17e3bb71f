"""The example calls as people live them: Wilma takes the call, reads it back and confirms; the partner accepts."""

import re

import pytest
import time_machine
from playwright.sync_api import expect

from accounts.models import OutboxMessage
from partners.models import Organisation, Service
from routing.models import Case
from tests.example_calls import BY_NAME, EMERGENCY, INGEEST, KENTER, VT, Call
from triage.models import Contact

from .person import Person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kennemerland", "demo_users")]

AT_THEIR_DESK = {KENTER: "kenter", INGEEST: "ingeest", VT: "vt"}
NAMES = [
    name for name, call in BY_NAME.items() if name.split()[0] in ("1", "2", "6", "9") and call.service in AT_THEIR_DESK
]


@pytest.fixture
def wilma(visitor) -> Person:
    return Person(visitor())


@pytest.fixture
def partner(visitor) -> Person:
    return Person(visitor())


def take(wilma: Person, call: Call) -> None:
    """From picking up to what the card says once everything is asked."""
    wilma.sign_in("worker")
    wilma.start_call()
    expect(wilma.card).to_contain_text("Hier staat wie verantwoordelijk is")
    wilma.answer(call.typed)
    expect(wilma.card).to_contain_text("Niets: u kunt teruglezen.")


@pytest.mark.parametrize("name", NAMES)
def test_the_partner_accepts_and_has_the_lead(wilma, partner, name, refused_by_csp):
    call = BY_NAME[name]
    with time_machine.travel(call.moment, tick=False):
        take(wilma, call)
        expect(wilma.card.locator(".cd-answer__name")).to_have_text(Service.objects.get(slug=call.service).name)
        wilma.read_back()
        expect(wilma.page.locator("#situation")).to_have_value(re.compile(re.escape(call.typed["narrative"])))
        wilma.confirm()
        case = Case.objects.get()
        assert lead_of(case) == "icd-kennemerland", "until the partner accepts, the lead is ours"

        partner.sign_in(AT_THEIR_DESK[call.service])
        partner.page.goto("/inbox/")
        expect(partner.page.get_by_role("main")).not_to_contain_text(call.typed["narrative"])
        partner.page.get_by_role("link", name=f"Casus {case.pk}").press("Enter")
        expect(partner.page.get_by_role("main")).to_contain_text(call.typed["narrative"])
        partner.page.get_by_role("button", name="Aannemen").press("Enter")
        expect(partner.page.get_by_role("heading", level=1)).to_have_text(f"Casus {case.pk}")

    assert lead_of(case) == Service.objects.get(slug=call.service).organisation.slug, call.why
    assert also_of(case) == set(call.also)
    record = partner.page.get_by_role("heading", name="Dossier van Veilig Thuis")
    expect(record).to_have_count(1 if call.service == VT else 0)
    assert refused_by_csp == []


def test_call_7_is_for_112_by_phone_and_both_consultations_are_one_action(wilma, refused_by_csp):
    call = BY_NAME["7"]
    with time_machine.travel(call.moment, tick=False):
        take(wilma, call)
        expect(wilma.card.get_by_role("link", name="Bel 112")).to_be_visible()
        expect(wilma.card.get_by_text("Verplicht", exact=True)).to_have_count(2)
        wilma.read_back()
        wilma.confirm()
        expect(wilma.page.get_by_role("link", name="Bel 112")).to_have_attribute("href", "tel:112")
        wilma.page.get_by_label("Wie heeft de casus aangenomen?").fill("Sjaak, meldkamer")
        wilma.page.keyboard.press("Enter")
        wilma.page.wait_for_url(re.compile(r"/casus/\d+/$"))

        case = Case.objects.get()
        assert case.handovers.get().accepted_by_name == "Sjaak, meldkamer"
        assert lead_of(case) == EMERGENCY
        assert also_of(case) == set(call.also)
        expect(wilma.page.locator(".cd-also").get_by_text(re.compile("^Verplicht"))).to_have_count(2)
        wilma.page.locator("#overleg-vastleggen summary").press("Enter")
        expect(wilma.page.get_by_role("checkbox", checked=True)).to_have_count(2)
        wilma.page.get_by_label("Wat kwam eruit?").select_option("joint")
        wilma.page.get_by_role("button", name="Overleg bewaren").press("Enter")
        expect(wilma.page.locator(".cd-also").get_by_text("Verplicht")).to_have_count(0)
    assert not case.additions.filter(done_at=None).exists()
    assert refused_by_csp == []


def test_call_8_is_recorded_and_goes_to_kenters_management(wilma, refused_by_csp):
    call = BY_NAME["8"]
    with time_machine.travel(call.moment, tick=False):
        take(wilma, call)
        expect(wilma.card).to_contain_text("Vastgelegd, niet gerouteerd")
        wilma.read_back()
        wilma.confirm()
        expect(wilma.page.get_by_role("main")).to_contain_text(call.typed["narrative"])

    assert Contact.objects.get().outcome == Contact.Outcome.RECORDED
    assert not Case.objects.exists()
    told = OutboxMessage.objects.get(kind="contact.recorded")
    assert told.recipient == Organisation.objects.get(slug=KENTER).email
    assert refused_by_csp == []


def lead_of(case: Case) -> str:
    return case.lead_periods.get(ended_at=None).organisation.slug


def also_of(case: Case) -> set[tuple[str, str, bool]]:
    return set(case.additions.values_list("organisation__slug", "kind", "obligatory"))
