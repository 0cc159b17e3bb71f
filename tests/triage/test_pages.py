"""The desk as a browser sees it, with and without htmx."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AccessLogEntry
from tests.triage.conftest import GIRL_OF_15, TUESDAY_MORNING
from triage.models import Contact, Draft

pytestmark = pytest.mark.django_db


def address(name, draft):
    return reverse(name, args=[draft.pk])


@pytest.fixture
def call(wilma, draft_of):
    return draft_of(wilma, GIRL_OF_15)


def test_a_new_call_opens_its_own_page(at_the_desk):
    response = at_the_desk.post(reverse("desk"), follow=True)

    assert response.status_code == 200
    assert response.templates[0].name == "triage/draft.html"
    assert "Actief (1)" in response.content.decode()


def test_danger_is_asked_first_and_weet_ik_niet_is_offered(at_the_desk, call):
    page = at_the_desk.get(address("desk-draft", call)).content.decode()

    assert page.index('name="danger"') < page.index('name="category"')
    assert page.count('name="danger"') == 3


def test_a_field_takes_no_more_than_is_kept(at_the_desk, call):
    assert 'maxlength="120"' in at_the_desk.get(address("desk-draft", call)).content.decode()


def test_saving_without_javascript_comes_back_with_what_was_typed(at_the_desk, call):
    saved = at_the_desk.post(address("desk-save", call), {"age": "zeventien", "revision": "2"}, follow=True)

    page = saved.content.decode()
    assert 'value="zeventien"' in page
    assert "Vul de leeftijd in cijfers in" in page


@time_machine.travel(TUESDAY_MORNING, tick=False)
def test_saving_by_htmx_answers_with_the_card_and_the_time(at_the_desk, call):
    saved = at_the_desk.post(
        address("desk-save", call), {**GIRL_OF_15, "revision": "2"}, headers={"HX-Request": "true"}
    )

    page = saved.content.decode()
    assert "Kenter" in page
    assert "Bewaard 10:15:00" in page
    assert saved["Desk-Revision"] == "2"


@time_machine.travel(TUESDAY_MORNING, tick=False)
def test_before_danger_is_asked_the_card_says_what_comes_out_if_there_is_none(at_the_desk, call):
    answers = {name: text for name, text in GIRL_OF_15.items() if name != "danger"}
    saved = at_the_desk.post(address("desk-save", call), {**answers, "revision": "2"}, headers={"HX-Request": "true"})

    page = saved.content.decode()
    assert "Voorlopig antwoord" in page
    assert "er geen direct gevaar is" in page
    assert "Kenter" in page
    assert "#field-danger" in page


def test_a_save_that_was_overtaken_is_a_conflict_and_changes_nothing(at_the_desk, call):
    at_the_desk.post(address("desk-save", call), {"age": "16", "revision": "5"})
    stale = at_the_desk.post(address("desk-save", call), {"age": "15", "revision": "4"})

    assert stale.status_code == 409
    assert Draft.objects.get(pk=call.pk).answers == {"age": "16"}


@pytest.mark.parametrize("revision", ["", "-1", "x", "²", "99999999999999999999", "4294967296"])
def test_a_made_up_revision_is_no_server_error(at_the_desk, call, revision):
    response = at_the_desk.post(address("desk-save", call), {"age": "15", "revision": revision})

    assert response.status_code in (302, 409)


def test_a_nul_character_is_kept_out(at_the_desk, call):
    typed = {"narrative": "a\x00b", "topics": ["wv\x00ggz"], "revision": "2"}
    response = at_the_desk.post(address("desk-save", call), typed)

    assert response.status_code == 302
    assert Draft.objects.get(pk=call.pk).answers == {"narrative": "ab", "topics": "wvggz"}


@time_machine.travel(TUESDAY_MORNING, tick=False)
@pytest.mark.parametrize("field", ["situation", "chosen_service", "chosen_reason", "chosen_note"])
def test_a_nul_character_stops_no_confirmation(at_the_desk, call, field):
    shown = at_the_desk.get(address("desk-readback", call)).context["shown"]

    confirmed = at_the_desk.post(address("desk-confirm", call), {"shown": shown, field: "\x00"})

    assert confirmed.status_code == 302


@time_machine.travel(TUESDAY_MORNING, tick=False)
def test_read_back_and_confirm_lead_to_the_handover(at_the_desk, call):
    readback = at_the_desk.get(address("desk-readback", call))
    confirmed = at_the_desk.post(
        address("desk-confirm", call),
        {"shown": readback.context["shown"], **readback.context["read_back"].as_fields()},
    )

    contact = Contact.objects.get()
    assert confirmed["Location"] == reverse("handover", args=[contact.decision.handover.pk])
    assert contact.decision.service.slug == "kenter"
    assert "Meisje van 15" in contact.decision.handover.situation


@time_machine.travel(TUESDAY_MORNING, tick=False)
def test_the_read_back_says_situation_background_assessment_and_request(at_the_desk, call):
    read_back = at_the_desk.get(address("desk-readback", call)).context["read_back"]

    assert read_back.situation == "Psychisch (GGZ). Meisje van 15, psychotisch, hoort stemmen."
    assert read_back.background == "15 jaar, Haarlem. Beller: Huisarts."
    assert read_back.assessment == "urgentie U2 (binnen 1 uur). Psychische crisis."
    assert read_back.request == "Neem de regie over en laat weten dat u dat doet"
    assert read_back.callback_number == "+31612345678"
    assert "30 minuten" in read_back.told_caller


def test_an_answer_that_changed_is_shown_and_not_confirmed(at_the_desk, call):
    with time_machine.travel(TUESDAY_MORNING.replace(hour=16, minute=59), tick=False):
        shown = at_the_desk.get(address("desk-readback", call)).context["shown"]
    with time_machine.travel(TUESDAY_MORNING.replace(hour=17, minute=0), tick=False):
        refused = at_the_desk.post(address("desk-confirm", call), {"shown": shown, "situation": "Zo zei ik het."})

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Het antwoord is intussen veranderd" in page
    assert "GGZ inGeest" in page
    assert "Zo zei ik het." in page
    assert not Contact.objects.exists()


@time_machine.travel(TUESDAY_MORNING, tick=False)
def test_after_a_refusal_the_read_back_shows_what_was_typed_and_proposes_the_rest(at_the_desk, call):
    """The number to call back stands on the page and in no field: it must not disappear with the first mistake."""
    proposal = at_the_desk.get(address("desk-readback", call)).context
    posted = {"shown": proposal["shown"], "situation": "Zo zei ik het.", "background": "", "chosen_service": "nergens"}
    refused = at_the_desk.post(address("desk-confirm", call), posted)

    shown = refused.context["read_back"]
    assert refused.status_code == 422
    assert (shown.situation, shown.background) == ("Zo zei ik het.", "")
    assert (shown.request, shown.callback_number) == (proposal["read_back"].request, "+31612345678")


def test_what_is_still_needed_is_named_with_a_link_to_the_field(at_the_desk, wilma, draft_of):
    call = draft_of(wilma, {"category": "ggz"})
    refused = at_the_desk.get(address("desk-readback", call))

    assert refused.status_code == 422
    assert 'href="#field-danger"' in refused.content.decode()


def test_in_danger_the_read_back_says_what_could_not_be_read(at_the_desk, wilma, draft_of):
    call = draft_of(wilma, {**GIRL_OF_15, "danger": "yes", "age": "zeventien"})
    page = at_the_desk.get(address("desk-readback", call)).content.decode()

    assert "Meldkamer 112" in page
    assert "Niet te lezen en bewaard zoals getypt" in page


def test_a_wrong_number_ends_in_one_request(at_the_desk, call):
    ended = at_the_desk.post(address("desk-end", call), {"reason": "wrong_number"})

    assert ended["Location"] == reverse("desk")
    assert Contact.objects.get().outcome == Contact.Outcome.NO_REPORT


def test_ending_without_a_reason_is_refused_and_keeps_the_call(at_the_desk, call):
    refused = at_the_desk.post(address("desk-end", call), {})

    assert refused.status_code == 422
    assert Draft.objects.get(pk=call.pk).ended_at is None


def test_several_calls_at_once_stand_in_the_switcher(at_the_desk, wilma, draft_of, call):
    draft_of(wilma, {"narrative": "Tweede gesprek"})

    assert "Actief (2)" in at_the_desk.get(address("desk-draft", call)).content.decode()


def test_an_earlier_contact_with_the_number_is_shown_beside_the_form(at_the_desk, wilma, draft_of, call):
    shown = at_the_desk.get(address("desk-readback", call)).context["shown"]
    at_the_desk.post(address("desk-confirm", call), {"shown": shown})
    again = draft_of(wilma, {"callback_number": "+31 6 1234 5678"})

    page = at_the_desk.get(address("desk-draft", again)).content.decode()
    assert reverse("contact", args=[Contact.objects.get().pk]) in page


def test_a_possible_duplicate_is_suggested_and_never_blocks(at_the_desk, wilma, draft_of, call):
    shown = at_the_desk.get(address("desk-readback", call)).context["shown"]
    at_the_desk.post(address("desk-confirm", call), {"shown": shown})
    again = draft_of(wilma, {**GIRL_OF_15, "callback_number": ""})

    assert "Mogelijk dubbel" in at_the_desk.get(address("desk-draft", again)).content.decode()
    assert at_the_desk.get(address("desk-readback", again)).status_code == 200


class TestChoosingAnother:
    def test_a_choice_without_reason_comes_back_with_what_was_chosen(self, at_the_desk, call):
        shown = at_the_desk.get(address("desk-readback", call)).context["shown"]
        choice = {"shown": shown, "chosen_service": "veilig-thuis-kennemerland", "chosen_note": "Kind geslagen."}
        refused = at_the_desk.post(address("desk-confirm", call), choice)

        page = refused.content.decode()
        assert refused.status_code == 422
        assert "Kies waarom u een andere organisatie kiest." in page
        assert '<option value="veilig-thuis-kennemerland" selected>' in page
        assert "Kind geslagen." in page

    def test_what_was_chosen_stands_on_the_contact(self, at_the_desk, call):
        shown = at_the_desk.get(address("desk-readback", call)).context["shown"]
        choice = {"chosen_service": "veilig-thuis-kennemerland", "chosen_reason": "mixed_picture"}
        at_the_desk.post(address("desk-confirm", call), {"shown": shown, **choice})

        page = at_the_desk.get(reverse("contact", args=[Contact.objects.get().pk])).content.decode()
        assert "gemengd beeld" in page

    @time_machine.travel(TUESDAY_MORNING, tick=False)
    def test_when_not_everything_can_be_known_only_the_possible_are_offered(self, at_the_desk, wilma, draft_of):
        call = draft_of(wilma, {**GIRL_OF_15, "category": "unknown"})
        readback = at_the_desk.get(address("desk-readback", call))

        offered = {service.slug for service in readback.context["choices"]}
        assert "kenter" in offered
        assert "meldkamer-112" not in offered
        assert "houdt de achterwacht de regie" in readback.content.decode()


class TestWhoMaySee:
    def test_another_workers_call_does_not_exist(self, client, vincent, call):
        client.force_login(vincent.user)

        assert client.get(address("desk-draft", call)).status_code == 404
        assert client.post(address("desk-save", call), {"revision": "9"}).status_code == 404
        assert client.post(address("desk-confirm", call), {}).status_code == 404
        assert client.post(address("desk-end", call), {"reason": "joke"}).status_code == 404

    @pytest.mark.parametrize("username", ["police", "manager", "privacy", "directory", "kenter"])
    def test_who_takes_no_calls_has_no_desk(self, client, kennemerland, demo_users, username):
        client.force_login(demo_users[username])

        assert client.get(reverse("desk")).status_code == 403
        assert client.post(reverse("desk")).status_code == 403

    def test_a_look_at_a_contact_is_logged(self, at_the_desk, call):
        at_the_desk.post(address("desk-end", call), {"reason": "silent"})
        contact = Contact.objects.get()

        page = at_the_desk.get(reverse("contact", args=[contact.pk]))

        assert page.status_code == 200
        logged = AccessLogEntry.objects.filter(event="contact.read").get()
        assert (logged.record_type, logged.record_id) == ("contact", str(contact.pk))

    def test_a_contact_shows_what_was_said_and_what_followed_by_itself(self, at_the_desk, call):
        at_the_desk.post(address("desk-end", call), {"reason": "silent"})

        lines = dict(at_the_desk.get(reverse("contact", args=[Contact.objects.get().pk])).context["lines"])
        assert lines["In behandeling bij"] == "Geen"
        assert lines["Wie belt?"] == "Huisarts"
        assert lines["Advies of uitruk"] == "Advies"

    def test_a_contact_of_another_organisation_does_not_exist(self, client, at_the_desk, vincent, call):
        at_the_desk.post(address("desk-end", call), {"reason": "silent"})
        client.force_login(vincent.user)

        assert client.get(reverse("contact", args=[Contact.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("page", ["desk-draft", "desk-readback"])
def test_what_was_told_stays_in_no_browser_cache(at_the_desk, call, page):
    assert "no-store" in at_the_desk.get(address(page, call)).headers["Cache-Control"]


# --- Dissatisfied, or a wrong number that is helped ------------------------------------------------

UNHAPPY = {
    **GIRL_OF_15,
    "narrative": "Moeder wil andere hulp.",
    "provider": "kenter",
    "related": "no",
    "dissatisfied": "yes",
    "new_crisis": "no",
    "danger": "no",
}


def confirmed(at_the_desk, call) -> Contact:
    shown = at_the_desk.get(address("desk-readback", call)).context["shown"]
    at_the_desk.post(address("desk-confirm", call), {"shown": shown})
    return Contact.objects.get(draft_id=call.pk)


def test_who_rings_again_dissatisfied_is_asked_after_danger_and_counted(at_the_desk, wilma, draft_of):
    first = confirmed(at_the_desk, draft_of(wilma, UNHAPPY))
    assert first.outcome == Contact.Outcome.RECORDED

    again = draft_of(wilma, UNHAPPY)
    read_back = at_the_desk.get(address("desk-readback", again)).content.decode()
    contact = at_the_desk.get(reverse("contact", args=[confirmed(at_the_desk, again).pk])).content.decode()
    for page in (read_back, contact):
        assert "Gevaar nagevraagd" in page
        assert "1 keer in de 7 dagen hiervoor" in page
        assert reverse("contact", args=[first.pk]) in page


def test_the_first_contact_has_none_before_it(at_the_desk, wilma, draft_of):
    first = confirmed(at_the_desk, draft_of(wilma, UNHAPPY))
    confirmed(at_the_desk, draft_of(wilma, UNHAPPY))
    page = at_the_desk.get(reverse("contact", args=[first.pk])).content.decode()
    assert "Eerder contact" not in page


def test_a_wrong_number_that_was_helped_says_so(at_the_desk, wilma, draft_of):
    contact = confirmed(at_the_desk, draft_of(wilma, {**GIRL_OF_15, "misdirected": "yes"}))
    assert (
        "Verkeerd verbonden, toch geholpen" in at_the_desk.get(reverse("contact", args=[contact.pk])).content.decode()
    )
