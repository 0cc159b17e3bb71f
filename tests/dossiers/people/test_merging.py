"""Two people who turn out to be one, and two again: nothing lost, nothing double, everything back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AccessLogEntry
from dossiers.models import CitizenNumber, Household, HouseholdMember, Involvement, Person, PersonMerge, Relation
from dossiers.person_groups import FIELD_GROUPS
from dossiers.selectors import history_of_person, merges_of, people_of, person_in
from dossiers.services import (
    MergeRefused,
    PersonMerged,
    add_household,
    add_relation,
    change_person,
    end_involvement,
    end_relation,
    leave_household,
    link_person,
    merge_people,
    record_bsn,
    unmerge_people,
)
from tests.dossiers.people.conftest import BSN, OTHER_BSN

pytestmark = pytest.mark.django_db

WHO = ("given_name", "infix", "surname", "birth_name", "born", "born_year", "phone", "email", "address", "postcode")


def merge(actor, kept, other, take=()) -> PersonMerge:
    kept, other = Person.objects.get(pk=kept.pk), Person.objects.get(pk=other.pk)
    return merge_people(actor, kept, other, take, (kept.version, other.version))


def snapshot() -> dict[str, set]:
    """Everything that a merge may touch, as it stands."""
    return {
        "people": set(Person.objects.values_list("pk", "merged_into", *WHO)),
        "involvements": set(Involvement.objects.values_list("pk", "person", "case", "role", "shielded", "until")),
        "relations": set(Relation.objects.values_list("pk", "person", "other", "kind", "until")),
        "members": set(HouseholdMember.objects.values_list("pk", "household", "person", "since", "until")),
        "numbers": set(CitizenNumber.objects.values_list("pk", "person", "number", "ended_at")),
    }


@pytest.fixture
def child(vincent, case, someone) -> Person:
    return someone(vincent, case, "Jansen", phone="+31612345678")


@pytest.fixture
def again(vincent, case, someone) -> Person:
    """The same child, written down a second time."""
    return someone(vincent, case, "Janssen", role="family", born=date(2018, 2, 1), address="Dam 1")


@pytest.fixture
def mother(vincent, case, someone) -> Person:
    return someone(vincent, case, "Bakker", role="family", given_name="Eva")


def test_everything_of_the_other_goes_along(vincent, case, child, again, mother):
    add_relation(vincent, case, mother, again, "parent")
    add_household(vincent, case, [again, mother], {"address": "Dam 1"})
    record_bsn(vincent, case, again, BSN)
    done = merge(vincent, child, again, ["birth", "address"])

    child.refresh_from_db()
    again.refresh_from_db()
    assert (child.surname, child.born, child.address, child.phone) == (
        "Jansen",
        date(2018, 2, 1),
        "Dam 1",
        "+31612345678",
    )
    assert again.merged_into == child
    assert Relation.objects.get().other == child
    assert child.households.count() == 1
    assert child.citizen_numbers.get().number == BSN
    assert {view.involvement.role for view in people_of(vincent, case) if view.person == child} == {"subject", "family"}
    assert done.before == {"born": None, "address": ""}
    assert person_in(vincent, case, again.pk) == child, "the old address leads to who is kept"


def test_what_both_have_stays_behind_and_comes_back(vincent, case, child, again, mother):
    for each in (child, again):
        add_relation(vincent, case, mother, each, "parent")
    home = add_household(vincent, case, [child, again], {"address": "Dam 1"})
    add_relation(vincent, case, child, again, "sibling")
    before = snapshot()
    done = merge(vincent, child, again)
    assert home.members.filter(person=child).count() == 1
    assert Relation.objects.filter(other=child, kind="parent").count() == 1
    assert "relation.person" not in done.moved, "nobody is their own sibling"
    unmerge_people(vincent, done)
    assert snapshot() == before


def test_who_was_shielded_as_one_is_shielded_as_both(vincent, case, someone):
    kept = someone(vincent, case, "Buur", role="reporter")
    other = someone(vincent, case, "Buurman", role="reporter", shielded=True)
    done = merge(vincent, kept, other)
    row = case.people.get(person=kept)
    assert row.shielded
    unmerge_people(vincent, done)
    row.refresh_from_db()
    assert not row.shielded


def test_two_numbers_are_two_people(vincent, case, child, again):
    record_bsn(vincent, case, child, BSN)
    record_bsn(vincent, case, again, OTHER_BSN)
    with pytest.raises(MergeRefused, match="elk een eigen BSN") as refused:
        merge(vincent, child, again)
    assert BSN not in str(refused.value)
    assert OTHER_BSN not in str(refused.value)


def test_who_changed_meanwhile_is_compared_again(vincent, case, child, again):
    versions = (child.version, again.version)
    change_person(vincent, case, again, {"phone": "+31201234567"}, version=1)
    with pytest.raises(MergeRefused, match="intussen gewijzigd"):
        merge_people(vincent, child, again, [], versions)


def test_only_who_may_write_in_a_case_of_each(vincent, wilma, mirjam, karin, icd_case, case, child, again, someone):
    other = someone(wilma, icd_case, "Jansen")
    for actor in (vincent, mirjam, karin):
        with pytest.raises(PermissionDenied):
            merge(actor, child, other)
    assert merge(wilma, child, other).kept == child


def test_nothing_is_written_of_who_went_on_as_another(vincent, case, child, again, mother):
    merge(vincent, child, again)
    with pytest.raises(PersonMerged):
        add_relation(vincent, case, mother, again, "parent")
    with pytest.raises(PersonMerged):
        change_person(vincent, case, again, {"surname": "X"}, version=2)


def test_what_came_later_stays_with_who_is_kept(vincent, case, child, again, mother):
    done = merge(vincent, child, again, ["address"])
    add_relation(vincent, case, mother, child, "parent")
    change_person(vincent, case, child, {"address": "Damrak 2"}, version=2)
    unmerge_people(vincent, done)
    child.refresh_from_db()
    assert child.address == "Damrak 2"
    assert Relation.objects.get().other == child


def test_what_moved_and_ended_goes_back_as_it_is_now(vincent, case, child, again):
    done = merge(vincent, child, again)
    row = Involvement.objects.get(case=case, role="family")
    end_involvement(vincent, row)
    unmerge_people(vincent, done)
    row.refresh_from_db()
    assert (row.person, row.until is None) == (again, False)


REFUSED = "refused"


def test_it_is_undone_once(vincent, child, again):
    done = merge(vincent, child, again)
    unmerge_people(vincent, done)
    with pytest.raises(MergeRefused, match="al ongedaan"):
        unmerge_people(vincent, done)


def test_the_latest_is_undone_first(vincent, child, again, mother):
    first = merge(vincent, child, again)
    second = merge(vincent, child, mother)
    with pytest.raises(MergeRefused, match="Maak eerst die ongedaan"):
        unmerge_people(vincent, first)
    unmerge_people(vincent, second)
    unmerge_people(vincent, first)


def test_who_went_on_as_another_is_taken_apart_from_the_top(vincent, child, again, mother):
    first = merge(vincent, child, again)
    merge(vincent, mother, child)
    with pytest.raises(MergeRefused, match="zelf samengevoegd"):
        unmerge_people(vincent, first)


def test_a_bsn_that_changed_since_cannot_go_back(vincent, case, child, again):
    record_bsn(vincent, case, again, BSN)
    done = merge(vincent, child, again)
    record_bsn(vincent, case, child, OTHER_BSN)
    with pytest.raises(MergeRefused, match="BSN is na de samenvoeging gewijzigd"):
        unmerge_people(vincent, done)


def test_a_relation_that_would_be_double_cannot_go_back(vincent, case, child, again, mother, someone):
    """The other knew the mother twice, as two people; those were merged since."""
    twin = someone(vincent, case, "Baker", role="other", given_name="Eva")
    kept_too = add_relation(vincent, case, mother, child, "parent")
    add_relation(vincent, case, mother, again, "parent")
    moved = add_relation(vincent, case, twin, again, "parent")
    done = merge(vincent, child, again)
    end_relation(vincent, case, kept_too)
    merge(vincent, mother, twin)
    moved.refresh_from_db()
    assert (moved.person, moved.other) == (mother, child)
    with pytest.raises(MergeRefused, match="dubbel"):
        unmerge_people(vincent, done)


def test_the_history_of_both_stays(vincent, case, child, again):
    change_person(vincent, case, again, {"surname": "Jonker"}, version=1)
    done = merge(vincent, child, again, ["surname"])
    assert [row.surname for row in child.history.order_by("history_id")] == ["Jansen", "Jonker"]
    assert [row.surname for row in again.history.order_by("history_id")] == ["Janssen", "Jonker", "Jonker"]
    assert again.history.first().merged_into_id == child.pk
    unmerge_people(vincent, done)
    assert child.history.count() == 3
    assert {row.history_type for row in PersonMerge.history.all()} == {"+", "~"}


def test_the_page_tells_the_history_of_both(vincent, case, child, again, page_of):
    change_person(vincent, case, again, {"surname": "Jonker"}, version=1)
    unmerge_people(vincent, merge(vincent, child, again))
    merge(vincent, child, again, ["birth"])
    told = [(each.number, each.words, each.changes) for each in history_of_person(vincent, child)]
    assert (again.pk, f"ging op in persoon {child.pk}", []) in told
    assert (again.pk, "weer apart", []) in told
    assert (again.pk, "", [("Achternaam", "Janssen", "Jonker")]) in told
    assert (child.pk, "", [("Geboren", "", "1 februari 2018")]) in told
    page = page_of(vincent, "person", case.pk, child.pk)
    assert "<del>Janssen</del> Jonker" in page
    assert "Vincent Thuis" in page


def test_a_merge_does_not_name_a_reporter_to_whom_they_are_shielded_from(vincent, wilma, case, child, someone, page_of):
    reporter = someone(vincent, case, "Verklikker", role="reporter", shielded=True)
    assert "afgeschermde melder" in page_of(vincent, "person-merge", child.pk, reporter.pk)
    merge(vincent, child, reporter)
    assert len(merges_of(vincent, child)) == 1
    assert merges_of(wilma, child) == []
    assert "Verklikker" not in page_of(wilma, "person", case.pk, child.pk)
    assert "Verklikker" in page_of(vincent, "person", case.pk, child.pk)


def test_both_are_in_the_access_log(vincent, case, child, again):
    unmerge_people(vincent, merge(vincent, child, again))
    for event in ("person.merged", "person.unmerged"):
        rows = AccessLogEntry.objects.filter(event=event)
        assert {row.record_id for row in rows} == {str(child.pk), str(again.pk)}
        assert {(row.subject, row.rule) for row in rows} == {(str(case.pk), "own_case")}


# --- The law: merged and taken apart is as it was ------------------------------------------------

PAIRS = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda pair: pair[0] != pair[1])
KINDS = st.sampled_from(["parent", "partner", "sibling", "guardian"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("relate"), PAIRS, KINDS, st.booleans()),
        st.tuples(st.just("house"), st.sets(st.integers(0, 3), min_size=1), st.booleans()),
        st.tuples(st.just("role"), st.integers(0, 3), st.sampled_from(["family", "reporter", "other"]), st.booleans()),
        st.tuples(st.just("bsn"), st.integers(0, 3), st.sampled_from([BSN, OTHER_BSN])),
    ),
    max_size=8,
)
MERGES = st.lists(st.tuples(PAIRS, st.sets(st.sampled_from(sorted(FIELD_GROUPS)))), min_size=1, max_size=3)


@given(steps=STEPS, merges=MERGES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merged_and_taken_apart_again_is_as_it_was(vincent, case, steps, merges):
    with transaction.atomic():
        people = _people(vincent, case)
        for step in steps:
            _lived(vincent, case, people, step)
        before = snapshot()
        done = [found for pair, take in merges if (found := _merged(vincent, people, pair, take))]
        _nothing_is_double()
        for each in reversed(done):
            unmerge_people(vincent, each)
        assert snapshot() == before
        transaction.set_rollback(True)


def _people(actor, case) -> list[Person]:
    made = [Person(given_name=f"P{at}", surname="Jansen", phone=f"+3161234567{at}") for at in range(4)]
    for person in made:
        person.save()
        link_person_directly(actor, case, person)
    return made


def link_person_directly(actor, case, person) -> None:
    Involvement.objects.create(
        case=case, person=person, role="subject", since=case.opened_at, recorded_for_id=actor.organisation_id
    )


def _lived(actor, case, people, step) -> None:
    """One thing that was written down; what is refused is not part of the life."""
    try:
        with transaction.atomic():
            _live(actor, case, people, *step)
    except Exception as error:
        if type(error).__name__ not in {"InvalidEntry", "BsnTaken"}:
            raise


def _live(actor, case, people, what, who, *rest) -> None:
    if what == "relate":
        relation = add_relation(actor, case, people[who[0]], people[who[1]], rest[0])
        if rest[1]:
            end_relation(actor, case, relation)
    elif what == "house":
        home = add_household(actor, case, [people[at] for at in sorted(who)], {"address": "Dam 1"})
        if rest[0]:
            leave_household(actor, case, home.members.first())
    elif what == "role":
        link_person(actor, case, people[who], {"role": rest[0], "shielded": rest[1]})
    else:
        record_bsn(actor, case, people[who], rest[0])


def _merged(actor, people, pair, take) -> PersonMerge | None:
    try:
        with transaction.atomic():
            return merge(actor, people[pair[0]], people[pair[1]], take)
    except MergeRefused:
        return None


def _nothing_is_double() -> None:
    for household in Household.objects.all():
        living = list(household.members.filter(until=None, person__merged_into=None).values_list("person", flat=True))
        assert len(living) == len(set(living))
    assert not Relation.objects.filter(person=None).exists()


# --- The page ---------------------------------------------------------------------------------------


def test_the_page_shows_both_and_takes_what_is_missing(vincent, case, child, again, page_of):
    page = page_of(vincent, "person-merge", child.pk, again.pk)
    assert "Janssen" in page
    assert "1 februari 2018" in page
    birth = page.index('name="keep-birth"')
    assert "checked" in page[page.index('name="keep-birth" value="other"', birth) :][:60]
    assert AccessLogEntry.objects.filter(event="person.read", purpose__contains="vergelijken").count() == 2


def test_the_page_merges_and_its_button_takes_apart(vincent, case, child, again, signed_in):
    client = signed_in(vincent)
    given_ = {"kept_version": 1, "other_version": 1, "keep-birth": "other", "keep-surname": "kept"}
    done = client.post(reverse("person-merge", args=[child.pk, again.pk]), given_, follow=True)
    assert "De twee zijn samengevoegd" in done.content.decode()
    assert "Samenvoegen ongedaan maken" in done.content.decode()
    undone = client.post(reverse("person-unmerge", args=[case.pk, PersonMerge.objects.get().pk]), follow=True)
    assert "Het zijn weer twee personen" in undone.content.decode()
    again.refresh_from_db()
    assert again.merged_into is None


def test_the_page_refuses_in_words_and_keeps_what_was_chosen(vincent, case, child, again, signed_in):
    change_person(vincent, case, again, {"surname": "Jonker"}, version=1)
    given_ = {"kept_version": 1, "other_version": 1, "keep-surname": "other"}
    refused = signed_in(vincent).post(reverse("person-merge", args=[child.pk, again.pk]), given_)
    page = refused.content.decode()
    assert (refused.status_code, "intussen gewijzigd" in page, "Jonker" in page) == (409, True, True)
    assert 'name="keep-surname" value="other" checked' in page


def test_who_was_second_reads_that_it_is_done(vincent, case, child, again, signed_in):
    merge(vincent, child, again)
    client = signed_in(vincent)
    for pair in ((child.pk, again.pk), (again.pk, child.pk)):
        second = client.post(reverse("person-merge", args=pair), {}, follow=True)
        assert "intussen al samengevoegd" in second.content.decode()
    assert PersonMerge.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 100_000, "\x00", "٣"])
def test_a_version_that_is_none_is_no_error(vincent, child, again, signed_in, typed):
    given_ = {"kept_version": typed, "other_version": "1"}
    assert signed_in(vincent).post(reverse("person-merge", args=[child.pk, again.pk]), given_).status_code == 409


def test_a_number_too_large_is_not_there(vincent, child, signed_in):
    address = reverse("person-merge", args=[child.pk, 10**30])
    assert signed_in(vincent).get(address).status_code == 404
