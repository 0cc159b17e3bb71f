"""The emergency button as people use it: pressing, looking under it, and judging it afterwards."""

from html import unescape

import pytest
from django.urls import reverse

from accounts.models import AccessLogEntry
from routing.models import EmergencyAccess
from routing.services import accept, break_glass

pytestmark = pytest.mark.usefixtures("tuesday_morning")

LONG = "é🙂\u202b" * 40_000


@pytest.fixture
def case(wilma, karin, routed):
    return accept(karin, routed(wilma)).case


@pytest.fixture
def as_vincent(client, vincent):
    client.force_login(vincent.user)
    return client


@pytest.fixture
def as_paula(client, demo_users):
    client.force_login(demo_users["privacy"])
    return client


def text_of(response) -> str:
    return unescape(response.content.decode())


def press(client, **given):
    return client.post(reverse("emergency"), {"reason": "acute_danger", "note": "", **given})


def test_pressing_opens_the_case_with_a_banner(as_vincent, case):
    assert as_vincent.get(reverse("case", args=[case.pk])).status_code == 404
    answer = press(as_vincent, case=case.pk)
    assert answer.status_code == 302
    page = text_of(as_vincent.get(answer["Location"]))
    assert "U kijkt met de noodknop" in page
    assert "Tot 14:15, reden: acuut gevaar" in page


def test_there_it_reads_and_adds_a_note_and_nothing_else(as_vincent, case):
    press(as_vincent, case=case.pk)
    page = text_of(as_vincent.get(reverse("case", args=[case.pk])))
    assert "Notitie toevoegen" in page
    for act in ("Overleg vastleggen", "Markeer als gedaan", "Casus afsluiten", "Teruggeven aan"):
        assert act not in page


LOOKS = [
    *("case", "case-actions", "case-disclosures", "case-history", "case-lead", "case-measures", "case-people"),
    *("case-professionals", "case-tasks", "case-terms", "handover", "records"),
]


@pytest.mark.parametrize("name", LOOKS)
def test_every_look_under_it_is_logged_with_the_reason(as_vincent, case, name):
    press(as_vincent, case=case.pk, reason="lead_unreachable")
    number = case.handovers.get().pk if name == "handover" else case.pk
    assert "U kijkt met de noodknop" in text_of(as_vincent.get(reverse(name, args=[number])))
    logged = AccessLogEntry.objects.filter(action="R").first()
    assert (logged.rule, logged.purpose, logged.subject) == ("break_glass", "lead_unreachable", str(case.pk))


def test_a_list_says_under_which_rule_each_case_stood_there(client, bearer, vincent, case):
    break_glass(vincent, case.pk, "acute_danger")
    assert client.get(reverse("api-cases"), headers=bearer("vt")).json()["results"][0]["id"] == case.pk
    assert AccessLogEntry.objects.get(event="case.listed").rule == "break_glass"


WRONG = [
    # case        reason          note    why
    ("", "acute_danger", "", "without a number nothing opens"),
    ("abc", "acute_danger", "", "that is no number"),
    ("0", "acute_danger", "", "no case has it"),
    ("9" * 5000, "acute_danger", "", "nor this one"),
    ("-1", "acute_danger", "", "nor this one"),
    ("1\x00", "acute_danger", "", "a zero byte is no digit"),
    ("999999", "acute_danger", "", "nobody has this case"),
    ("{case}", "", "", "a reason is asked"),
    ("{case}", "\x00", "", "a reason of the list"),
    ("{case}", "other_reason", "kort", "ten characters at least"),
    ("{case}", "acute_danger", LONG, "longer than anybody reads"),
]


@pytest.mark.parametrize(("number", "reason", "note", "why"), WRONG)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(as_vincent, case, number, reason, note, why):
    answer = press(as_vincent, case=number.format(case=case.pk), reason=reason, note=note)
    assert answer.status_code == 422, why
    assert "utrecht-form-field-error-message" in text_of(answer)
    assert note[:50] in text_of(answer)
    assert not EmergencyAccess.objects.exists()


def test_who_works_on_the_case_hears_that_no_button_is_needed(client, wilma, case):
    client.force_login(wilma.user)
    assert "ook zonder noodknop" in text_of(press(client, case=case.pk))


def test_the_button_is_in_the_footer_of_who_may(client, vincent, karin):
    for actor, shown in ((vincent, True), (karin, False)):
        client.force_login(actor.user)
        assert (f'href="{reverse("emergency")}"' in text_of(client.get(reverse("inbox")))) is shown


class TestJudging:
    def test_what_was_done_under_it_stands_there(self, client, vincent, demo_users, case):
        client.force_login(vincent.user)
        press(client, case=case.pk)
        client.get(reverse("case", args=[case.pk]))
        client.post(reverse("case-note", args=[case.pk]), {"text": "Gezien."})
        client.force_login(demo_users["privacy"])
        page = text_of(client.get(reverse("emergency-review")))
        assert "3 keer iets bekeken of gedaan" in page
        assert "casus bekeken" in page
        assert "notitie bij casus" in page
        assert AccessLogEntry.objects.filter(event="emergency_access.listed").exists()

    def test_an_outcome(self, as_paula, vincent, case):
        access = break_glass(vincent, case.pk, "acute_danger")
        answer = as_paula.post(reverse("emergency-judge", args=[access.pk]), {"outcome": "justified", "note": ""})
        assert answer.status_code == 302
        assert "Terecht" in text_of(as_paula.get(answer["Location"]))

    @pytest.mark.parametrize(
        ("outcome", "note"),
        [("", "wel getypt"), ("not_justified", "\x00"), ("nooit", "wel getypt"), ("justified", LONG)],
    )
    def test_a_mistake_keeps_what_was_typed(self, as_paula, vincent, case, outcome, note):
        access = break_glass(vincent, case.pk, "acute_danger")
        answer = as_paula.post(reverse("emergency-judge", args=[access.pk]), {"outcome": outcome, "note": note})
        assert answer.status_code == 422
        assert note.replace("\x00", "")[:50] in text_of(answer)

    def test_open_ones_first_the_oldest_on_top_a_page_at_a_time(
        self, as_paula, vincent, demo_users, wilma, karin, routed
    ):
        accesses = [break_glass(vincent, accept(karin, routed(wilma)).case_id, "acute_danger") for _ in range(12)]
        as_paula.post(reverse("emergency-judge", args=[accesses[0].pk]), {"outcome": "justified"})
        first = as_paula.get(reverse("emergency-review")).context["page"]
        second = as_paula.get(reverse("emergency-review"), {"pagina": "2"}).context["page"]
        assert [each.pk for each in (*first, *second)] == [each.pk for each in (*accesses[1:], accesses[0])]

    @pytest.mark.parametrize("page", ["x", "0", "999", "9" * 5000, "\x00"])
    def test_a_page_that_does_not_exist_is_the_nearest_one(self, as_paula, page):
        assert as_paula.get(reverse("emergency-review"), {"pagina": page}).status_code == 200
