"""The BSN: for who may, checked, hidden until asked for, and in no address, log, history, message or search key."""

import logging
from html import unescape

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import AccessLogEntry, OutboxMessage
from dossiers.core import Known
from dossiers.models import CitizenNumber, Person
from dossiers.selectors import duplicates, masked_bsn
from dossiers.services import BsnTaken, link_person, merge_people, record_bsn, show_bsn
from routing.errors import InvalidEntry
from routing.services import accept
from tests.dossiers.people.conftest import BSN, OTHER_BSN

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(vincent, case, someone) -> Person:
    """With a BSN."""
    person = someone(vincent, case, "Jansen")
    record_bsn(vincent, case, person, BSN)
    return person


def addresses(case, person) -> list[str]:
    return [reverse(name, args=[case.pk, person.pk]) for name in ("person-bsn", "person-bsn-show")]


WHO_MAY = [
    # actor, role of the person, may, why
    ("vincent", "subject", True, "Veilig Thuis leads the case"),
    ("vincent", "family", True, "the family of whom the help is for"),
    ("vincent", "reporter", False, "for who reports the law gives no ground"),
    ("vincent", "other", False, "nor for a teacher"),
    ("wilma", "subject", False, "the ICD does not lead any more"),
    ("mirjam", "subject", False, "a manager helps nobody"),
]


@pytest.mark.parametrize(("who", "role", "may", "why"), WHO_MAY, ids=[row[3] for row in WHO_MAY])
def test_who_may_see_it(request, vincent, case, someone, signed_in, page_of, who, role, may, why):
    actor = request.getfixturevalue(who)
    person = someone(vincent, case, "Jansen")
    record_bsn(vincent, case, person, BSN)
    if role != "subject":
        link_person(vincent, case, person, {"role": role})
        case.people.filter(role="subject").update(until=case.opened_at)
    page = page_of(actor, "person", case.pk, person.pk)
    assert ("*****6782" in page, BSN in page) == (may, False), why
    assert bool(masked_bsn(actor, case, person)) is may
    for address in () if may else addresses(case, person):
        assert signed_in(actor).post(address, {"bsn": OTHER_BSN, "purpose": "identity"}).status_code == 404


def test_a_desk_of_a_partner_that_leads_does_not_see_it(karin, wilma, routed, someone, tuesday_morning, page_of):
    """Its role may not, whatever it leads."""
    case = accept(karin, routed(wilma)).case
    person = someone(karin, case, "Jansen")
    assert "BSN" not in page_of(karin, "person", case.pk, person.pk)
    assert "BSN" not in page_of(karin, "person-add", case.pk)
    with pytest.raises(InvalidEntry):
        record_bsn(karin, case, person, BSN)


def test_it_is_shown_once_for_a_purpose_and_logged(vincent, case, child, signed_in, page_of):
    client = signed_in(vincent)
    address = reverse("person-bsn-show", args=[case.pk, child.pk])
    assert client.post(address).status_code == 422, "without a purpose nothing is shown"
    shown = client.post(address, {"purpose": "referral"})
    assert BSN in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert BSN not in page_of(vincent, "person", case.pk, child.pk)
    entry = AccessLogEntry.objects.get(event="person.bsn_shown")
    assert (entry.subject, entry.rule, entry.record_id) == (str(case.pk), "own_case", str(child.pk))
    assert entry.purpose == "care: aanmelden of overdragen voor hulp of zorg"
    assert client.get(address).status_code == 405, "only by an explicit question"


def test_who_may_not_is_refused_by_the_service_too(wilma, case, child):
    with pytest.raises(PermissionDenied):
        show_bsn(wilma, case, child, "")
    with pytest.raises(InvalidEntry):
        record_bsn(wilma, case, child, OTHER_BSN)


def test_a_correction_ends_the_old_one(vincent, case, child):
    record_bsn(vincent, case, child, "1112.22.333")
    record_bsn(vincent, case, child, OTHER_BSN)
    assert list(CitizenNumber.objects.order_by("pk").values_list("number", "ended_by")) == [
        (BSN, vincent.user.pk),
        (OTHER_BSN, None),
    ]
    record_bsn(vincent, case, child, " ")
    assert not CitizenNumber.objects.filter(ended_at=None).exists()


WRONG = [
    ("123456783", "one digit off"),
    ("123", "too short"),
    ("1" * 100_000, "far too long"),
    ("😟", "an emoji"),
    ("١٢٣٤٥٦٧٨٢", "digits of another script"),
    ("\x00", "a zero byte, which is nothing"),
]


@pytest.mark.parametrize(("typed", "why"), WRONG, ids=[row[1] for row in WRONG])
def test_what_is_no_bsn_is_refused_at_the_field(vincent, case, someone, signed_in, typed, why):
    person = someone(vincent, case, "Jansen")
    refused = signed_in(vincent).post(addresses(case, person)[0], {"bsn": typed})
    assert refused.status_code == (302 if typed == "\x00" else 422), why
    assert not CitizenNumber.objects.exists()


def test_a_number_of_somebody_else_is_refused_and_logged(vincent, case, child, someone, signed_in):
    other = someone(vincent, case, "Bakker", role="family")
    refused = signed_in(vincent).post(addresses(case, other)[0], {"bsn": BSN})
    page = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "Dit BSN kan hier niet worden bewaard" in page
    entry = AccessLogEntry.objects.get(event="person.bsn_refused")
    assert (entry.outcome, entry.subject) == ("refused", str(case.pk))


def test_the_refusal_says_nothing_of_who_has_it(wilma, vincent, case, icd_case, child, someone):
    """Vincent's child is not seen in the ICD's own case by anybody else."""
    other = someone(wilma, icd_case, "Bakker")
    with pytest.raises(BsnTaken) as refused:
        record_bsn(wilma, icd_case, other, BSN)
    assert str(child.pk) not in refused.value.message
    assert "Jansen" not in refused.value.message


def test_a_number_is_given_out_once_whatever_the_code_does(child, vincent, case, someone):
    other = someone(vincent, case, "Bakker", role="family")
    row = CitizenNumber.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CitizenNumber.objects.create(person=other, number=BSN, recorded_at=row.recorded_at, recorded_by=row.recorded_by)


def test_it_finds_the_same_person_for_who_may(vincent, wilma, case, child):
    asked = Known(surname="Heel anders", bsn=BSN)
    assert [each.person for each in duplicates(vincent, case, asked)] == [child]
    assert duplicates(wilma, case, asked) == []


def test_it_stands_nowhere_else(vincent, wilma, case, child, someone, signed_in, caplog):
    """Every table, every log line and every address after a life of recording, refusing, finding, showing, merging."""
    client = signed_in(vincent)
    with caplog.at_level(logging.DEBUG):
        other = someone(vincent, case, "Janssen", role="family")
        visited = [client.post(addresses(case, other)[0], {"bsn": BSN})]
        found = {"surname": "Jansen", "bsn": BSN, "role": "family"}
        visited.append(client.post(reverse("person-add", args=[case.pk]), found))
        visited.append(client.post(reverse("person-add", args=[case.pk]), found | {"new": "1"}))
        visited.append(client.post(addresses(case, child)[1], {"purpose": "identity"}))
        merge_people(vincent, other, child, ["phone"], (1, 1))
    assert BSN not in caplog.text
    assert not any(BSN in response.request["PATH_INFO"] + response.request["QUERY_STRING"] for response in visited)
    assert BSN not in repr(CitizenNumber.objects.get()) + str(CitizenNumber.objects.get())
    assert {"accounts_accesslogentry", "dossiers_historicalperson"} <= {
        each._meta.db_table for each in apps.get_models()
    }
    assert [model.__name__ for model in apps.get_models() if model is not CitizenNumber and _holds(model, BSN)] == []
    assert not OutboxMessage.objects.filter(body__contains=BSN).exists()


def _holds(model, text: str) -> bool:
    return any(text in str(row) for row in model._base_manager.values_list())


def test_no_history_table_is_made_of_it():
    assert not hasattr(CitizenNumber, "history")


def test_who_may_not_see_it_gets_none_back_in_a_form(wilma, case, child, signed_in):
    """A crafted form: what they sent is not shown to them again either."""
    sent = {"surname": "", "bsn": BSN, "role": ""}
    refused = signed_in(wilma).post(reverse("person-add", args=[case.pk]), sent)
    assert refused.status_code == 422
    assert BSN not in refused.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("setting", "value"), [("log_min_error_statement", "panic"), ("log_error_verbosity", "terse")])
def test_a_statement_that_failed_is_not_in_the_log_of_the_database(setting, value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [setting])
        assert cursor.fetchone() == (value,)
