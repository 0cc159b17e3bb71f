"""Who sees whom: by the cases they may see, and never the reporters who are shielded from them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.core import Known
from dossiers.models import Involvement, Relation, VtRecord
from dossiers.selectors import duplicates, people_for_client, people_of, person_in, relations_in
from dossiers.services import add_household, add_person, add_relation, change_person, end_involvement, link_person
from routing.errors import InvalidEntry
from routing.services import break_glass, close_case

pytestmark = pytest.mark.django_db


def names(actor, case) -> list[str]:
    return [view.name for view in people_of(actor, case)]


def test_whoever_sees_the_case_reads_its_people(vincent, wilma, mirjam, case, someone):
    someone(vincent, case, "Jansen")
    assert names(vincent, case) == names(wilma, case) == names(mirjam, case) == ["Sanne Jansen"]


def test_only_who_leads_or_led_writes(vincent, wilma, mirjam, karin, case, someone):
    someone(wilma, case, "Jansen")
    for actor in (mirjam, karin):
        with pytest.raises(PermissionDenied):
            someone(actor, case, "Bakker")


def test_in_a_closed_case_nobody_writes(wilma, icd_case, someone):
    person = someone(wilma, icd_case, "Jansen")
    icd_case.additions.all().delete()
    close_case(wilma, icd_case, "Het is rustig.")
    with pytest.raises(PermissionDenied):
        change_person(wilma, icd_case, person, {"surname": "Bakker"}, version=1)
    assert names(wilma, icd_case) == ["Sanne Jansen"]


SHIELDED = [
    # recorded by, marked, the dossier says so, who reads the name, why
    ("vincent", True, False, {"vincent"}, "marked by Veilig Thuis: nobody else"),
    ("vincent", False, True, {"vincent"}, "the dossier says that the reporter is shielded"),
    ("vincent", False, False, {"vincent", "wilma", "mirjam"}, "an open reporter"),
    ("wilma", True, False, {"vincent", "wilma", "mirjam"}, "the ICD wrote it down and knows; so does the keeper"),
]


@pytest.mark.parametrize(("by", "marked", "dossier", "readers", "why"), SHIELDED, ids=[row[4] for row in SHIELDED])
def test_a_shielded_reporter(
    request, vincent, wilma, mirjam, case, someone, page_of, by, marked, dossier, readers, why
):
    actors = {"vincent": vincent, "wilma": wilma, "mirjam": mirjam}
    person = someone(actors[by], case, "Buurman", role="reporter", shielded=marked, phone="+31612345678")
    VtRecord.objects.filter(case=case).update(reporter_shielded=dossier)
    for name, actor in actors.items():
        sees = name in readers
        expected = "Sanne Buurman" if sees else "afgeschermde melder"
        assert names(actor, case) == [expected], why
        page = page_of(actor, "case-people", case.pk)
        assert ("Buurman" in page, "+31612345678" in page) == (sees, sees)
        assert (person_in(actor, case, person.pk) is not None) is sees
    assert bool(people_for_client(case)) is not (marked or dossier), "never for the client to read"


def test_a_shielded_reporter_has_no_page_and_no_form(wilma, vincent, case, someone, signed_in):
    person = someone(vincent, case, "Buurman", role="reporter", shielded=True)
    row = case.people.get()
    client = signed_in(wilma)
    assert client.get(reverse("person", args=[case.pk, person.pk])).status_code == 404
    assert client.post(reverse("person-change", args=[case.pk, person.pk]), {"version": 1}).status_code == 404
    assert client.post(reverse("involvement-end", args=[case.pk, row.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        end_involvement(wilma, row)
    with pytest.raises(PermissionDenied):
        link_person(wilma, case, person, {"role": "family"})


def test_a_shielded_reporter_who_is_family_too_is_seen_as_family_only(wilma, vincent, case, someone, page_of):
    mother = someone(vincent, case, "Moeder", role="family")
    link_person(vincent, case, mother, {"role": "reporter", "shielded": True, "note": "belde zelf"})
    assert names(wilma, case) == ["Sanne Moeder", "afgeschermde melder"]
    page = page_of(wilma, "person", case.pk, mother.pk)
    assert "Afgeschermd:" not in page
    assert "belde zelf" not in page
    assert "belde zelf" not in page_of(wilma, "case-people", case.pk)


def test_the_relation_of_a_shielded_reporter_is_not_shown(wilma, vincent, case, someone):
    child = someone(vincent, case, "Kind")
    reporter = someone(vincent, case, "Oma", role="reporter", shielded=True)
    add_relation(vincent, case, reporter, child, "grandparent")
    assert len(relations_in(vincent, case)) == 1
    assert relations_in(wilma, case) == []


def test_a_shielded_reporter_does_not_show_in_a_household(wilma, vincent, case, someone, page_of):
    child = someone(vincent, case, "Kind")
    reporter = someone(vincent, case, "Verklikker", role="reporter", shielded=True)
    add_household(vincent, case, [child, reporter], {"address": "Dam 1"})
    assert "Verklikker" not in page_of(wilma, "case-people", case.pk)
    assert "Verklikker" in page_of(vincent, "case-people", case.pk)


def test_likely_duplicates_come_only_from_cases_one_sees(wilma, vincent, case, icd_case, someone):
    someone(wilma, icd_case, "Geheimpje")
    asked = Known(given_name="Sanne", surname="Geheimpje")
    assert [each.name for each in duplicates(wilma, case, asked)] == ["Sanne Geheimpje"]
    assert duplicates(vincent, case, asked) == []


def test_likely_duplicates_do_not_name_a_shielded_reporter(wilma, vincent, case, icd_case, someone):
    someone(vincent, case, "Verklikker", role="reporter", shielded=True)
    asked = Known(given_name="Sanne", surname="Verklikker")
    assert duplicates(wilma, icd_case, asked) == []
    assert len(duplicates(vincent, case, asked)) == 1


def test_who_is_a_shielded_reporter_is_not_learnt_by_adding_them(wilma, vincent, case, icd_case, someone):
    """Wilma knows this neighbour of a case of her own; that it was he who called, she does not learn."""
    neighbour = someone(wilma, icd_case, "Buurman", role="other")
    link_person(wilma, case, neighbour, {"role": "other"})
    link_person(vincent, case, neighbour, {"role": "reporter", "shielded": True})
    end_involvement(wilma, case.people.get(role="other"))
    asked = Known(given_name="Sanne", surname="Buurman")
    link_person(wilma, case, neighbour, {"role": "reporter"})
    assert names(wilma, case).count("afgeschermde melder") == 1
    assert [each.is_here for each in duplicates(wilma, icd_case, asked)] == [True]
    with pytest.raises(InvalidEntry):
        link_person(wilma, case, neighbour, {"role": "reporter"})


def test_nobody_is_taken_along_from_a_case_seen_by_broken_glass(vincent, wilma, case, icd_case, someone):
    unseen = someone(wilma, icd_case, "Geheimpje")
    break_glass(vincent, icd_case.pk, "acute_danger")
    assert names(vincent, icd_case) == ["Sanne Geheimpje"]
    assert duplicates(vincent, case, Known(given_name="Sanne", surname="Geheimpje")) == []
    with pytest.raises(PermissionDenied):
        link_person(vincent, case, unseen, {"role": "other"})


def test_somebody_of_a_case_one_does_not_see_is_not_there(vincent, wilma, case, icd_case, someone, signed_in):
    unseen = someone(wilma, icd_case, "Geheimpje")
    client = signed_in(vincent)
    absent = client.get(reverse("person", args=[case.pk, 999999]))
    for address in (
        reverse("person", args=[case.pk, unseen.pk]),
        reverse("person", args=[icd_case.pk, unseen.pk]),
        reverse("person-merge", args=[unseen.pk, unseen.pk + 1]),
    ):
        response = client.get(address)
        assert response.status_code == 404
        assert response.content.replace(b" ", b"") == absent.content.replace(b" ", b"")
    with pytest.raises(PermissionDenied):
        link_person(vincent, case, unseen, {"role": "family"})
    assert not Involvement.objects.filter(case=case, person=unseen).exists()


def test_a_relation_with_somebody_unseen_is_not_shown(vincent, wilma, case, icd_case, someone):
    child = someone(vincent, case, "Kind")
    link_person(wilma, icd_case, child, {"role": "family"})
    aunt = someone(wilma, icd_case, "Tante", role="family")
    add_relation(wilma, icd_case, aunt, child, "other")
    assert len(relations_in(wilma, case)) == 1
    assert relations_in(vincent, case) == []
    assert Relation.objects.count() == 1


def test_an_attempt_to_look_is_logged(wilma, vincent, case, someone, signed_in):
    person = someone(vincent, case, "Buurman", role="reporter", shielded=True)
    signed_in(wilma).get(reverse("person", args=[case.pk, person.pk]))
    signed_in(wilma).get(reverse("person-merge", args=[person.pk, 10**20]))
    rows = AccessLogEntry.objects.filter(event="person.refused", outcome="refused").order_by("pk")
    assert [(row.record_id, row.subject) for row in rows] == [
        (str(person.pk), str(case.pk)),
        (f"{person.pk}/{10**20}", ""),
    ]


def test_the_overview_names_the_people_and_no_shielded_reporter(wilma, vincent, case, someone, page_of):
    someone(vincent, case, "Kind")
    someone(vincent, case, "Verklikker", role="reporter", shielded=True)
    page = page_of(wilma, "case", case.pk)
    assert "Sanne Kind" in page
    assert "Verklikker" not in page
    assert "Sanne Verklikker" in page_of(vincent, "case", case.pk)


def test_looking_is_logged_with_its_rule(wilma, vincent, case, someone, page_of):
    person = someone(vincent, case, "Jansen")
    page_of(wilma, "case-people", case.pk)
    page_of(vincent, "person", case.pk, person.pk)
    listed, read = AccessLogEntry.objects.get(event="people.read"), AccessLogEntry.objects.get(event="person.read")
    assert (listed.subject, listed.rule) == (str(case.pk), "involved")
    assert (read.subject, read.rule, read.record_id) == (str(case.pk), "own_case", str(person.pk))


def test_each_writing_is_logged(vincent, case, someone):
    person = someone(vincent, case, "Jansen")
    change_person(vincent, case, person, {"surname": "Bakker"}, version=1)
    add_person(vincent, case, {"surname": "Oma"}, {"role": "family"})
    events = list(AccessLogEntry.objects.filter(event__startswith="person.").values_list("event", "action"))
    added = [("person.created", "C"), ("person.involved", "C")]
    assert sorted(events) == sorted([*added, ("person.changed", "U"), *added])
