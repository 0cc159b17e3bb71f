"""The pages about people: looked for before added, changed with nothing lost, and any input answered."""

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.core import Known, keys_to_find
from dossiers.models import Household, HouseholdMember, Involvement, Person, Relation
from dossiers.prefill import name_parts
from dossiers.selectors import duplicates
from dossiers.selectors.duplicates import holding, sharing_keys
from dossiers.services import add_household, change_person
from triage.models import Contact
from triage.services import log_contact

pytestmark = pytest.mark.django_db

CALL = {
    "narrative": "Kind alleen thuis.",
    "callback_number": "06 12345678",
    "danger": "no",
    "category": "hgkm",
    "age": "9",
    "municipality": "Haarlem",
    "provider": "none",
    "caller_kind": "school",
    "subject_name": "Sanne van der Meijer",
}


@pytest.fixture
def as_vincent(signed_in, vincent):
    return signed_in(vincent)


def text_of(response) -> str:
    return unescape(response.content.decode())


def add(client, case, **given):
    return client.post(reverse("person-add", args=[case.pk]), {"role": "subject"} | given)


# --- Looked for before added ------------------------------------------------------------------------


def test_the_call_fills_in_what_it_told(vincent, wilma, case, as_vincent, tuesday_morning):
    contact = log_contact(wilma, CALL)
    Contact.objects.filter(pk=contact.pk).update(case=case)
    page = text_of(as_vincent.get(reverse("person-add", args=[case.pk]), {"rol": "subject"}))
    assert all(f'value="{part}"' in page for part in ("Sanne", "van der", "Meijer"))
    assert "+31612345678" not in page, "the school is not the child"
    assert "+31612345678" in text_of(as_vincent.get(reverse("person-add", args=[case.pk]), {"rol": "reporter"}))
    add(as_vincent, case, surname="Meijer", new="1")
    assert 'value="Sanne"' not in text_of(as_vincent.get(reverse("person-add", args=[case.pk]), {"rol": "subject"}))


def test_the_number_of_a_shielded_reporter_is_not_filled_in(vincent, wilma, karin, case, signed_in, tuesday_morning):
    contact = log_contact(wilma, CALL)
    elsewhere = karin.organisation_id
    Contact.objects.filter(pk=contact.pk).update(case=case, organisation=elsewhere)
    address = reverse("person-add", args=[case.pk]) + "?rol=reporter"
    assert "+31612345678" in text_of(signed_in(wilma).get(address))
    case.vtrecord.reporter_shielded = True
    case.vtrecord.save()
    assert "+31612345678" not in text_of(signed_in(wilma).get(address))
    assert "+31612345678" in text_of(signed_in(vincent).get(address))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Sanne van der Berg", ("Sanne", "van der", "Berg")),
        ("Sanne Jansen", ("Sanne", "", "Jansen")),
        ("Sanne", ("Sanne", "", "")),
        ("", ("", "", "")),
        ("Jan Peter de Vries", ("Jan Peter", "de", "Vries")),
        ("Jan van 't Hof", ("Jan", "van 't", "Hof")),
        ("van Dam", ("van", "", "Dam")),
    ],
)
def test_a_name_has_parts(name, parts):
    assert tuple(name_parts(name).values()) == parts


def test_nobody_like_them_is_one_step_more(as_vincent, case):
    searched = add(as_vincent, case, surname="Jansen", search="1")
    assert "Niemand gevonden" in text_of(searched)
    assert not Person.objects.exists()
    assert add(as_vincent, case, surname="Jansen", new="1").status_code == 302
    assert Involvement.objects.get().person.surname == "Jansen"


def test_who_is_like_them_is_shown_with_why_and_can_be_picked(vincent, case, as_vincent, someone):
    known = someone(vincent, case, "Meijer", role="family", born=date(2018, 2, 1))
    searched = text_of(add(as_vincent, case, given_name="Sanne", surname="Meyer", born="2-1-2018", search="1"))
    assert "Achternaam klinkt hetzelfde, zelfde voornaam, dag en maand van geboorte omgewisseld." in searched
    assert 'value="2-1-2018"' in searched, "what was typed stays as it was typed"
    picked = add(as_vincent, case, given_name="Sanne", surname="Meyer", born="2-1-2018", pick=known.pk)
    assert picked["Location"] == reverse("person", args=[case.pk, known.pk])
    assert set(known.involvements.values_list("role", flat=True)) == {"family", "subject"}
    assert Person.objects.count() == 1


def test_new_after_all_is_one_step(vincent, case, as_vincent, someone):
    known = someone(vincent, case, "Meijer")
    given = {"given_name": "Sanne", "surname": "Meyer", "role": "family"}
    assert add(as_vincent, case, **given, new="1", seen=str(known.pk)).status_code == 302
    assert Person.objects.count() == 2


def test_who_was_not_shown_is_shown_first(vincent, case, as_vincent, someone):
    someone(vincent, case, "Meijer")
    answered = add(as_vincent, case, given_name="Sanne", surname="Meijer", role="family", new="1", seen="")
    assert "Kijk eerst of het een van hen is" in text_of(answered)
    assert Person.objects.count() == 1


def test_who_was_not_found_cannot_be_picked(vincent, wilma, case, icd_case, as_vincent, someone):
    unseen = someone(wilma, icd_case, "Geheimpje")
    add(as_vincent, case, given_name="Sanne", surname="Geheimpje", pick=unseen.pk)
    assert not case.people.filter(person=unseen).exists()


def test_the_same_role_twice_is_refused_at_the_field(vincent, case, as_vincent, someone):
    known = someone(vincent, case, "Meijer")
    refused = add(as_vincent, case, given_name="Sanne", surname="Meijer", pick=known.pk)
    assert (refused.status_code, "staat zo al in de casus" in text_of(refused)) == (422, True)


def test_searching_is_logged_without_what_was_asked(as_vincent, case):
    add(as_vincent, case, surname="Geheimpje", search="1")
    entry = AccessLogEntry.objects.get(event="person.searched")
    assert (entry.subject, entry.rule) == (str(case.pk), "own_case")
    assert entry.purpose == "care: zoeken voor het toevoegen; aantal gevonden: 0"


def test_who_only_reads_has_no_way_to_add(mirjam, case, signed_in):
    client = signed_in(mirjam)
    assert "toevoegen" not in text_of(client.get(reverse("case-people", args=[case.pk])))
    assert client.get(reverse("person-add", args=[case.pk])).status_code == 403
    assert add(client, case, surname="X", new="1").status_code == 403


# --- Found by the index ----------------------------------------------------------------------------


@pytest.fixture
def crowd(vincent, case, someone) -> Person:
    """One child among twenty thousand others whom the actor may see too."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO dossiers_person (given_name, infix, surname, birth_name, gender, phone, email, address,
                                            postcode, version, search_keys)
               SELECT 'N' || n, '', 'S' || n, '', '', '', '', '', '', 1,
                      ARRAY['s:s' || n, 'g:n' || n, 'b:' || (19000101 + n)] FROM generate_series(1, 20000) n"""
        )
        cursor.execute(
            """INSERT INTO dossiers_involvement (case_id, person_id, role, shielded, note, since)
               SELECT %s, id, 'other', false, '', now() FROM dossiers_person""",
            [case.pk],
        )
    child = someone(vincent, case, "Meijer", phone="+31612345678")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dossiers_person, dossiers_involvement")
    return child


def test_finding_goes_by_the_index(vincent, case, crowd):
    asked = Known(given_name="Sanne", surname="Meyer", phone="+31612345678")
    plan = holding(keys_to_find(asked)).explain(analyze=True)
    assert "people_by_search_key" in plan
    assert "Seq Scan" not in plan
    assert list(sharing_keys(vincent, asked)) == [crowd], "one row is judged, not twenty thousand"
    assert [each.person for each in duplicates(vincent, case, asked)] == [crowd]


def test_what_is_found_by_follows_what_is_kept(vincent, case, someone):
    person = someone(vincent, case, "Meijer")
    change_person(vincent, case, person, {"surname": "Bakker"}, version=1)
    assert [each.person for each in duplicates(vincent, case, Known(surname="Backer"))] == [person]
    assert duplicates(vincent, case, Known(surname="Meyer")) == []


# --- Changed with nothing lost ------------------------------------------------------------------------


def change(client, case, person, **given):
    return client.post(reverse("person-change", args=[case.pk, person.pk]), {"version": 1} | given)


def test_changing_raises_the_version(vincent, case, as_vincent, someone):
    person = someone(vincent, case, "Jansen")
    given = {"surname": "Jonker", "born": "1-2-2018", "phone": "06-12345678", "postcode": "2012 cd", "gender": "f"}
    assert change(as_vincent, case, person, **given).status_code == 302
    person.refresh_from_db()
    assert (person.surname, f"{person.born}", person.phone, person.postcode, person.version) == (
        "Jonker",
        "2018-02-01",
        "+31612345678",
        "2012CD",
        2,
    )
    assert person.history.first().history_user == vincent.user


def test_an_older_version_never_overwrites_and_nothing_typed_is_lost(vincent, wilma, case, as_vincent, someone):
    person = someone(vincent, case, "Jansen")
    change_person(wilma, case, person, {"surname": "Jonker"}, version=1)
    refused = change(as_vincent, case, person, surname="Jacobs", address="Dam 1")
    page = text_of(refused)
    assert refused.status_code == 409
    assert "Sanne Jonker" in page
    assert all(f'value="{typed}"' in page for typed in ("Jacobs", "Dam 1"))
    assert 'name="version" value="2"' in page
    assert change(as_vincent, case, person, surname="Jacobs", version=2).status_code == 302


WRONG = [
    # field, what is typed, what stands at the field, why
    ("born", "24-11-2027", "ligt in de toekomst", "not born yet"),
    ("born", "31-12-1899", "voor 1900", "too old to live"),
    ("born", "31-2-2018", "bestaat niet", "no such day"),
    ("born", "gisteren", "dd-mm-jjjj", "in words"),
    ("born", "1-2-85", "voor 1900", "two digits of the year"),
    ("born", "9" * 100_000, "dd-mm-jjjj", "a hundred thousand digits"),
    ("born_year", "1850", "voor 1900", "estimated too early"),
    ("born_year", "3000", "ligt in de toekomst", "estimated too late"),
    ("born_year", "9" * 100_000, "vier cijfers", "a hundred thousand digits"),
    ("died", "1-1-2027", "ligt in de toekomst", "will die"),
    ("phone", "bel me", "niet te lezen", "no number"),
    ("phone", "0", "niet te lezen", "too short"),
    ("phone", "1" * 100_000, "niet te lezen", "a hundred thousand digits"),
    ("email", "naam@", "klopt niet", "half an address"),
    ("email", "a" * 100_000, "te lang", "a hundred thousand letters"),
    ("postcode", "2012", "1234 AB", "half a postcode"),
    ("given_name", "é" * 100_000, "te lang", "a whole report"),
    ("infix", "é" * 21, "te lang", "one letter too many"),
    ("surname", "é" * 101, "te lang", "one letter too many"),
    ("birth_name", "é" * 101, "te lang", "one letter too many"),
    ("address", "é" * 201, "te lang", "one letter too many"),
    ("gender", "q", "geldige keuze", "not one of the choices"),
    ("municipality", "999999999999999999999999", "geldige keuze", "no municipality"),
]


@pytest.mark.parametrize(("field", "typed", "says", "why"), WRONG, ids=[f"{row[0]}: {row[3]}" for row in WRONG])
def test_what_is_wrong_stands_at_the_field_and_stays(vincent, case, as_vincent, someone, field, typed, says, why):
    person = someone(vincent, case, "Jansen")
    for refused in (
        change(as_vincent, case, person, **{"given_name": "Eva", field: typed}),
        add(as_vincent, case, **{"given_name": "Eva", field: typed}, new="1", seen=str(person.pk)),
    ):
        page = text_of(refused)
        assert refused.status_code == 422, why
        assert says in page
        assert refused.context["form"].errors.keys() == {field}
        assert field in {"gender", "municipality"} or typed in page
    assert Person.objects.get().version == 1


def test_died_before_born(vincent, case, as_vincent, someone):
    person = someone(vincent, case, "Jansen")
    refused = change(as_vincent, case, person, surname="X", born="1-2-2018", died="31-1-2018")
    assert refused.context["form"].errors.keys() == {"died"}
    assert 'value="31-1-2018"' in text_of(refused)


ODD = [
    ("O\x00'Brien", "O'Brien", "a pasted zero byte drops out"),
    ("😟 Jansen", "😟 Jansen", "emoji"),
    ("محمد علي", "محمد علي", "from right to left"),
    ("\u202eJansen", "\u202eJansen", "a mark that turns the direction"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>", "shown, never run"),
]


@pytest.mark.parametrize(("typed", "kept", "why"), ODD, ids=[row[2] for row in ODD])
def test_any_name_is_kept_found_and_shown(vincent, case, as_vincent, typed, kept, why):
    assert add(as_vincent, case, surname=typed, note=typed, new="1").status_code == 302, why
    person = Person.objects.get()
    assert person.surname == kept
    for address in (reverse("case-people", args=[case.pk]), reverse("person", args=[case.pk, person.pk])):
        response = as_vincent.get(address)
        assert kept in text_of(response)
        assert "<script>alert" not in response.content.decode()
    assert kept in text_of(add(as_vincent, case, surname=typed, search="1"))


def test_only_a_reporter_can_be_shielded(as_vincent, case):
    refused = add(as_vincent, case, surname="Jansen", shielded="on", new="1")
    assert (refused.status_code, "Alleen een melder kan afgeschermd zijn." in text_of(refused)) == (422, True)
    assert add(as_vincent, case, surname="Jansen", shielded="on", role="reporter", new="1").status_code == 302


def test_nothing_at_all_is_nobody(as_vincent, case):
    refused = add(as_vincent, case, new="1")
    assert (refused.status_code, "te herkennen" in text_of(refused)) == (422, True)
    assert add(as_vincent, case, role="reporter", note="anoniem, een vrouw", new="1").status_code == 302
    assert "naam onbekend" in text_of(as_vincent.get(reverse("case-people", args=[case.pk])))


# --- How people belong together ----------------------------------------------------------------------


def test_a_relation_reads_from_both_sides(vincent, case, as_vincent, someone, page_of):
    child = someone(vincent, case, "Kind")
    mother = someone(vincent, case, "Moeder", role="family", given_name="Eva")
    given = {"person": mother.pk, "kind": "parent", "other": child.pk}
    assert as_vincent.post(reverse("relation-add", args=[case.pk]), given).status_code == 302
    assert "Kind van" in page_of(vincent, "person", case.pk, child.pk)
    assert "Ouder van" in page_of(vincent, "person", case.pk, mother.pk)
    again = as_vincent.post(reverse("relation-add", args=[case.pk]), given)
    assert (again.status_code, "staat er al" in text_of(again)) == (422, True)
    relation = Relation.objects.get()
    as_vincent.post(reverse("relation-end", args=[case.pk, relation.pk]))
    relation.refresh_from_db()
    assert relation.until


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({}, "person", "nobody chosen"),
        ({"person": "me", "kind": "parent", "other": "me"}, "other", "nobody is their own parent"),
        ({"person": "me", "kind": "boss", "other": "her"}, "kind", "no such relation"),
        ({"person": "999", "kind": "parent", "other": "her"}, "person", "not in the case"),
        ({"person": "\x00", "kind": "parent", "other": "her"}, "person", "no number"),
    ],
)
def test_a_relation_that_cannot_be(vincent, case, as_vincent, someone, given, field, why):
    known = {"me": someone(vincent, case, "Ik").pk, "her": someone(vincent, case, "Zij", role="family").pk}
    refused = as_vincent.post(
        reverse("relation-add", args=[case.pk]), {name: known.get(value, value) for name, value in given.items()}
    )
    assert refused.status_code == 422, why
    assert field in refused.context["relation_form"].errors
    assert not Relation.objects.exists()


def test_a_household_with_who_comes_and_goes(vincent, case, as_vincent, someone):
    child, mother = someone(vincent, case, "Kind"), someone(vincent, case, "Moeder", role="family")
    address = reverse("household-add", args=[case.pk])
    assert as_vincent.post(address, {"address": "Dam 1"}).status_code == 422, "nobody lives there"
    wrong = as_vincent.post(address, {"address": "Dam 1", "people": [child.pk], "postcode": "x"})
    assert (wrong.status_code, 'value="Dam 1"' in text_of(wrong)) == (422, True)
    assert as_vincent.post(address, {"address": "Dam 1", "people": [child.pk]}).status_code == 302
    home = Household.objects.get()
    joining = reverse("member-add", args=[case.pk, home.pk])
    assert as_vincent.post(joining, {"person": mother.pk}).status_code == 302
    twice = as_vincent.post(joining, {"person": mother.pk})
    assert (twice.status_code, "woont hier al" in text_of(twice)) == (422, True)
    member = HouseholdMember.objects.get(person=mother)
    as_vincent.post(reverse("member-end", args=[case.pk, member.pk]))
    member.refresh_from_db()
    assert member.until
    assert as_vincent.post(joining, {"person": mother.pk}).status_code == 302, "they may come back"


def test_an_address_is_corrected_and_never_overwritten_unseen(vincent, case, as_vincent, someone):
    child = someone(vincent, case, "Kind")
    home = add_household(vincent, case, [child], {"address": "Dam 1"})
    address = reverse("household-change", args=[case.pk, home.pk])
    wrong = as_vincent.post(address, {"version": 1, "address": "Dam 2", "postcode": "x"})
    assert (wrong.status_code, 'value="Dam 2"' in text_of(wrong)) == (422, True)
    assert as_vincent.post(address, {"version": 1, "address": "Dam 2"}).status_code == 302
    second = as_vincent.post(address, {"version": 1, "address": "Dam 3"})
    page = text_of(second)
    assert (second.status_code, "er staat nu «Dam 2»" in page, 'value="Dam 3"' in page) == (422, True, True)
    assert 'name="version" value="2"' in page
    assert as_vincent.post(address, {"version": 2, "address": "Dam 3"}).status_code == 302
    home.refresh_from_db()
    assert (home.address, home.history.count()) == ("Dam 3", 3)
    assert AccessLogEntry.objects.filter(event="person.address_changed", record_id=str(child.pk)).count() == 2


def test_a_child_may_live_in_two_houses(vincent, case, someone):
    child = someone(vincent, case, "Kind")
    for at in ("Dam 1", "Damrak 2"):
        add_household(vincent, case, [child], {"address": at})
    assert child.households.filter(until=None).count() == 2


def test_a_role_ends_and_stays_readable(vincent, case, as_vincent, someone):
    person = someone(vincent, case, "Buur", role="reporter")
    row = case.people.get()
    change_it = reverse("involvement-change", args=[case.pk, row.pk])
    assert as_vincent.post(change_it, {"note": "é" * 201}).status_code == 422
    assert as_vincent.post(change_it, {"note": "buurman", "shielded": "on"}).status_code == 302
    as_vincent.post(reverse("involvement-end", args=[case.pk, row.pk]))
    row.refresh_from_db()
    assert (row.note, row.shielded, row.until is None) == ("buurman", True, False)
    assert "Sanne Buur" in text_of(as_vincent.get(reverse("case-people", args=[case.pk])))
    assert person.involvements.count() == 1


def test_only_a_reporter_is_shielded(vincent, case, as_vincent, someone):
    someone(vincent, case, "Kind")
    row = case.people.get()
    as_vincent.post(reverse("involvement-change", args=[case.pk, row.pk]), {"note": "", "shielded": "on"})
    row.refresh_from_db()
    assert not row.shielded
