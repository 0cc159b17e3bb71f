"""A working day at the desk: what goes wrong, what is unknown, several calls at once, and a connection that drops."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from routing.models import Case, Handover
from tests.example_calls import BY_NAME
from triage.models import Contact, Draft

from .person import Person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kennemerland", "demo_users")]

GIRL = BY_NAME["1"]
HAS_FOCUS = """() => {
  const seen = [document.activeElement, document.activeElement.closest("label")].filter(Boolean).map(getComputedStyle);
  return seen.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
}"""
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Kenter is open."""
    with time_machine.travel(GIRL.moment, tick=False) as clock:
        yield clock


@pytest.fixture
def wilma(visitor) -> Person:
    person = Person(visitor())
    person.sign_in("worker")
    return person


@pytest.fixture
def in_call(wilma) -> Person:
    wilma.start_call()
    return wilma


# --- What goes wrong ------------------------------------------------------------------------------


def test_what_cannot_be_right_is_said_at_the_field_while_typing_and_stays(in_call):
    in_call.answer({"narrative": "Meisje hoort stemmen."})
    wrong = [
        # field, typed, message
        ("municipality", "Harlem", "Deze gemeente is niet bekend."),
        ("age", "-1", "van 0 tot en met 120"),
        ("age", "130", "van 0 tot en met 120"),
        ("age", "zeventien", "Vul de leeftijd in cijfers in"),
        ("callback_number", "nul zes", "Dit is geen telefoonnummer."),
    ]
    for field, typed, message in wrong:
        in_call.field(field).fill(typed)
        expect(in_call.error(field)).to_contain_text(message)
        expect(in_call.field(field)).to_have_attribute("aria-invalid", "true")

    in_call.read_back()

    alert = in_call.page.get_by_role("alert").filter(has_text="Verbeter eerst de genoemde velden.")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Leeftijd").press("Enter")
    expect(in_call.field("age")).to_have_value("zeventien")
    expect(in_call.field("municipality")).to_have_value("Harlem")
    expect(in_call.field("narrative")).to_have_value("Meisje hoort stemmen.")
    assert not Contact.objects.exists()


def test_an_empty_call_cannot_be_read_back(in_call):
    in_call.read_back()

    expect(in_call.page.get_by_role("alert").filter(has_text="Er is nog niets ingevuld")).to_be_focused()
    assert not Contact.objects.exists()


def test_confirming_the_same_call_in_two_windows_is_one_contact(in_call):
    in_call.answer(GIRL.typed)
    in_call.read_back()
    other = Person(in_call.page.context.new_page())
    other.page.goto(in_call.page.url)
    in_call.confirm()
    other.confirm()

    assert other.page.url == in_call.page.url
    assert (Contact.objects.count(), Handover.objects.count()) == (1, 1)


def test_an_answer_that_changes_between_reading_back_and_enter_is_shown_first(in_call, clock):
    clock.move_to(GIRL.moment.replace(hour=16, minute=59, second=30))
    in_call.answer(GIRL.typed)
    in_call.read_back()
    clock.shift(timedelta(seconds=30))
    in_call.page.keyboard.press("Enter")
    expect(in_call.page.get_by_role("alert")).to_contain_text("Het antwoord is intussen veranderd")
    expect(in_call.page.locator(".cd-answer__name")).to_contain_text("GGZ inGeest")
    assert not Contact.objects.exists()
    in_call.confirm()

    assert Handover.objects.get().service.slug == "ggz-ingeest"


def test_declined_with_a_reason_the_next_best_accepts(in_call, visitor):
    in_call.answer(GIRL.typed)
    in_call.read_back()
    in_call.confirm()
    case = Case.objects.get()

    karin = Person(visitor())
    karin.sign_in("kenter")
    karin.page.goto("/inbox/")
    karin.page.locator("summary", has_text="Weigeren met reden").press("Enter")
    decline = karin.page.get_by_role("button", name="Weigeren en doorgeven aan de volgende")
    decline.press("Enter")
    expect(karin.page.get_by_text("Kies een reden.")).to_be_visible()
    assert Handover.objects.get().state == Handover.State.OFFERED
    karin.page.get_by_label("Waarom weigert u?").select_option("capacity")
    decline.press("Enter")
    expect(karin.page.get_by_role("main")).to_contain_text("is nu aangeboden aan GGZ inGeest")
    assert case.lead_periods.get(ended_at=None).organisation.slug == "icd-kennemerland", "the lead is never nobody"

    ingrid = Person(visitor())
    ingrid.sign_in("ingeest")
    ingrid.page.goto("/inbox/")
    ingrid.page.get_by_role("button", name=f"Aannemen casus {case.pk}").press("Enter")
    expect(ingrid.page.get_by_role("main")).to_contain_text("Regie: GGZ inGeest")
    assert case.lead_periods.get(ended_at=None).organisation.slug == "ggz-ingeest"


# --- What nobody knows ----------------------------------------------------------------------------


def test_what_cannot_be_known_is_held_by_the_duty_lead(in_call):
    in_call.answer(
        {
            "narrative": "Iemand schreeuwt en hangt op.",
            "danger": "no",
            "category": "unknown",
            "municipality": "Haarlem",
            "age": "?",
            "provider": "unknown",
        }
    )
    expect(in_call.card).to_contain_text("De achterwacht houdt de regie")
    in_call.read_back()
    in_call.confirm()

    assert Handover.objects.get().service.slug == "icd-kennemerland-duty"


# --- Nothing typed is lost ------------------------------------------------------------------------


def test_several_calls_each_keep_their_own(in_call):
    first = in_call.page.url
    in_call.answer({"narrative": "Eerste gesprek.", "age": "15"})
    in_call.saved()
    in_call.start_call()
    in_call.answer({"narrative": "Tweede gesprek.", "age": "40"})
    in_call.saved()

    in_call.page.reload()
    in_call.page.locator("summary", has_text="Actief (2)").press("Enter")
    in_call.page.get_by_role("link", name="Eerste gesprek.").press("Enter")
    in_call.page.wait_for_url(first)
    expect(in_call.field("age")).to_have_value("15")
    expect(in_call.field("narrative")).to_have_value("Eerste gesprek.")


def test_a_reload_and_a_second_browser_have_everything(in_call, visitor):
    typed = {"narrative": "Meisje hoort stemmen.", "category": "ggz", "weapon": "unknown", "age": "15"}
    in_call.answer(typed)
    in_call.saved()
    in_call.page.reload()
    assert shown(in_call.page) == typed

    elsewhere = Person(visitor())
    elsewhere.sign_in("worker")
    elsewhere.page.goto("/balie/")
    elsewhere.page.get_by_role("link", name=re.compile("^Gesprek van")).press("Enter")
    elsewhere.page.wait_for_url(in_call.page.url)
    assert shown(elsewhere.page) == typed


def shown(page: Page) -> dict[str, str]:
    """What is filled in on the form."""
    return page.evaluate(
        """() => Object.fromEntries([...new FormData(document.getElementById("desk-form"))]
        .filter(([name, value]) => value && !["csrfmiddlewaretoken", "revision"].includes(name)))"""
    )


def test_what_is_typed_while_the_connection_is_gone_arrives_when_it_is_back(in_call):
    in_call.answer({"narrative": "Meisje hoort stemmen."})
    in_call.saved()
    in_call.page.context.set_offline(True)
    in_call.answer({"age": "15"})
    in_call.page.keyboard.press("Tab")
    warning = in_call.page.get_by_text("De verbinding is weg.")
    expect(warning).to_be_visible()
    in_call.page.keyboard.press("Control+Enter")  # leaving now would lose the page
    expect(in_call.field("age")).to_have_value("15")
    assert "age" not in Draft.objects.get().answers

    in_call.page.context.set_offline(False)
    expect(warning).to_be_hidden()
    in_call.saved()
    assert Draft.objects.get().answers == {"narrative": "Meisje hoort stemmen.", "age": "15"}


# --- Other ways to work -----------------------------------------------------------------------------


def test_without_javascript_a_call_comes_to_confirmation(visitor):
    wilma = Person(visitor(java_script_enabled=False))
    wilma.sign_in("worker")
    wilma.start_call()
    at_first = {name: GIRL.typed[name] for name in ("narrative", "danger", "category", "municipality", "provider")}
    wilma.answer(at_first | {"age": "zeventien"})
    readback = wilma.page.get_by_role("button", name="Teruglezen en overdragen")
    readback.press("Enter")
    expect(wilma.error("age")).to_contain_text("Vul de leeftijd in cijfers in")
    wilma.field("age").fill("15")
    readback.press("Enter")
    wilma.page.wait_for_url("**/teruglezen/")
    wilma.confirm()

    assert Handover.objects.get().service.slug == "kenter"


def test_the_keyboard_is_enough_and_shows_where_it_is(in_call):
    keyboard = in_call.page.keyboard
    keyboard.type("Meisje hoort stemmen.")
    tab_to(in_call.page, "danger")
    keyboard.press("ArrowRight")  # from yes to no
    tab_to(in_call.page, "category")
    keyboard.press("ArrowRight")  # from somatic to GGZ
    expect(in_call.field("suicidal")).to_be_visible()
    tab_to(in_call.page, "municipality")
    keyboard.type("Haarlem")
    tab_to(in_call.page, "age")
    keyboard.type("15")
    tab_to(in_call.page, "provider")
    keyboard.type("Geen")
    expect(in_call.card).to_contain_text("Kenter crisisdienst")
    expect(in_call.card).to_contain_text("Niets: u kunt teruglezen.")
    in_call.read_back()
    assert in_call.page.evaluate(HAS_FOCUS)
    in_call.confirm()

    assert Handover.objects.get().service.slug == "kenter"


def tab_to(page: Page, question: str) -> None:
    for _step in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate(HAS_FOCUS), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.name") == question:
            return
    pytest.fail(f"no way to {question} with the Tab key")


def test_a_call_on_a_screen_of_320_pixels(in_call):
    page = in_call.page
    page.set_viewport_size({"width": 320, "height": 640})
    in_call.answer(GIRL.typed)
    expect(in_call.card).to_contain_text("Kenter crisisdienst")
    sideways = {"desk": page.evaluate(SCROLLS_SIDEWAYS)}
    in_call.read_back()
    sideways["readback"] = page.evaluate(SCROLLS_SIDEWAYS)
    in_call.confirm()
    sideways["handover"] = page.evaluate(SCROLLS_SIDEWAYS)

    assert sideways == {"desk": False, "readback": False, "handover": False}
    expect(page.get_by_role("link", name=re.compile("^Bel 023"))).to_be_visible()
