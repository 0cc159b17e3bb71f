"""What was shared from a case is written down: on which basis, why, and whether the person knows."""

import pytest
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.models import Disclosure

pytestmark = pytest.mark.usefixtures("tuesday_morning")

GIVEN = {
    "receiver": "GGZ inGeest, psychiater van dienst",
    "basis": "vital_interest",
    "what": "Dat zij stemmen hoort en medicijnen heeft gestopt.",
    "necessity": "Zonder dit kon de psychiater het gevaar niet inschatten.",
    "informed": "no",
    "informed_note": "Zij was te verward; morgen vertellen.",
}
LONG = "Lang. " * 16_667


@pytest.fixture
def address(client, wilma, routed) -> str:
    client.force_login(wilma.user)
    return reverse("case-disclosures", args=[routed(wilma).case_id])


def test_it_is_written_down_once_and_shown_in_the_case(client, address, wilma):
    assert client.post(address, GIVEN).status_code == 302
    shared = Disclosure.objects.get()
    assert (shared.organisation_id, shared.informed) == (wilma.organisation_id, False)
    assert GIVEN["what"] in client.get(address).content.decode()
    entry = AccessLogEntry.objects.get(event="case.disclosed")
    assert (entry.rule, entry.purpose, entry.subject) == ("own_case", "care: vital_interest", str(shared.case_id))


# what is wrong, the field, what the page says, why
WRONG = [
    ({"receiver": ""}, "receiver", "Schrijf op met wie u deelde.", "nobody can be asked about it later"),
    ({"receiver": "x" * 201}, "receiver", "200", "longer than its column"),
    ({"basis": ""}, "basis", "Kies de grondslag.", "without a basis it was not lawful"),
    ({"basis": "because"}, "basis", "geldige", "a crafted choice"),
    ({"what": " "}, "what", "Schrijf op wat u deelde.", "only a space"),
    ({"necessity": ""}, "necessity", "Schrijf op waarom het nodig was.", "necessity is half of the law"),
    ({"informed": ""}, "informed", "Kies of de persoon het weet.", "silence is no answer"),
    (
        {"informed_note": ""},
        "informed_note",
        "Schrijf op waarom de persoon het niet weet.",
        "not told needs its reason",
    ),
    ({"informed_note": "\x00"}, "informed_note", "Schrijf op waarom", "a zero byte is no reason"),
]


@pytest.mark.parametrize(("wrong", "field", "said", "why"), WRONG, ids=[why for *_row, why in WRONG])
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(client, address, wrong, field, said, why):
    response = client.post(address, GIVEN | wrong)
    page = response.content.decode()
    assert response.status_code == 422, why
    assert said in " ".join(response.context["form"].errors[field])
    assert all(
        value in page for name, value in GIVEN.items() if name not in wrong and name not in ("basis", "informed")
    )
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    "text", [LONG, "👩‍👧 مرحبا שלום", "<script>alert(1)</script>"], ids=["long", "scripts", "markup"]
)
def test_any_text_is_kept_as_it_was_typed(client, address, text):
    client.post(address, GIVEN | {"what": text})
    assert Disclosure.objects.get().what == text.strip()
    assert "<script>alert" not in client.get(address).content.decode()


def test_the_help_names_the_basis_and_its_conditions(client, address):
    page = client.get(address, {"sender": "doctor", "receiver": "veilig_thuis"}).content.decode()
    assert "Wmo 2015 art. 5.2.6" in page
    assert "Deel alleen wat de ander nodig heeft." in page
    in_danger = client.get(address, {"sender": "doctor", "receiver": "police", "danger": "on"}).content.decode()
    assert "deel nu wat nodig is" in in_danger


def test_an_unreadable_question_is_answered_at_the_field(client, address):
    response = client.get(address, {"sender": "nobody", "receiver": "police"})
    assert response.status_code == 200
    assert response.context["asked"].errors["sender"]


def test_a_manager_reads_and_does_not_write(client, address, mirjam, wilma):
    client.force_login(mirjam.user)
    assert client.get(address).context["form"] is None
    assert client.post(address, GIVEN).status_code == 403
