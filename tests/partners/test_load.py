"""Loading a region package: everything or nothing, once or many times."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import AccessLogEntry, User
from accounts.policies import Actor
from crisisdienst.region_packages import load_package
from partners import selectors
from partners.models import DirectoryRevision, Municipality, Organisation, Region, Service, Suspension
from partners.services import load_directory, record_revision
from routing.models import RuleSet
from tests.regions import REGIONS

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TABLES_WITH_HISTORY = (Organisation, Service)


def changed_service(package, slug, **changes):
    """The package with one service changed."""
    services = [{**each, **changes} if each["slug"] == slug else each for each in package.directory.services]
    return replace(package, directory=replace(package.directory, services=tuple(services)))


def without_service(package, slug):
    services = tuple(each for each in package.directory.services if each["slug"] != slug)
    return replace(package.directory, services=services)


def test_a_load_that_changes_something_is_in_the_access_log(db, kennemerland_package):
    for _again in range(2):
        load_package(kennemerland_package)
    events = AccessLogEntry.objects.order_by("event").values_list("event", "user", "rule")
    assert list(events) == [
        ("directory.loaded", None, "system"),
        ("norms.loaded", None, "system"),
        ("question_set.loaded", None, "system"),
        ("rule_set.published", None, "system"),
    ]


def test_what_is_stored_says_exactly_what_the_package_says(kennemerland, kennemerland_package):
    assert selectors.directory_document(kennemerland) == kennemerland_package.directory.document(timezone.localdate())


def test_the_first_revision_holds_from_the_date_the_package_names(kennemerland):
    revision = kennemerland.revisions.get()

    assert revision.valid_from == datetime(2020, 1, 1, tzinfo=AMSTERDAM)
    assert revision.document == selectors.directory_document(kennemerland)


def test_loading_twice_changes_nothing(kennemerland, kennemerland_package):
    before = {model: model.history.count() for model in TABLES_WITH_HISTORY}

    again = load_package(kennemerland_package)

    assert (again.revision, again.rule_set) == (None, None)
    assert {what for (_model, what), count in again.changes.counts.items() if count} == {"unchanged"}
    assert {model: model.history.count() for model in TABLES_WITH_HISTORY} == before
    assert (DirectoryRevision.objects.count(), RuleSet.objects.count()) == (1, 1)


def test_a_changed_service_is_saved_with_history_and_followed_by_a_revision_from_now(
    kennemerland, kennemerland_package
):
    moment = timezone.now()

    loaded = load_package(changed_service(kennemerland_package, "kenter", answered_by="de achterwacht"))

    kenter = selectors.service_by_slug(kennemerland, "kenter")
    assert [row.answered_by for row in kenter.history.order_by("history_id")] == [
        "de dienstdoende crisismedewerker van Kenter",
        "de achterwacht",
    ]
    assert loaded.revision.valid_from >= moment
    assert selectors.revision_at(kennemerland, moment).document != loaded.revision.document
    assert selectors.revision_at(kennemerland, timezone.now()) == loaded.revision


def test_no_revision_holds_before_the_first_one(kennemerland):
    assert selectors.revision_at(kennemerland, datetime(2019, 12, 31, 23, 59, tzinfo=AMSTERDAM)) is None


def test_changed_hours_replace_the_old_ones(kennemerland, kennemerland_package):
    kenter = kennemerland_package.directory.service("kenter")
    hours = {**kenter["hours"], "weekly": [[0, 480, 1020]], "dated": [["2026-12-24", 480, 720]]}

    load_package(changed_service(kennemerland_package, "kenter", hours=hours))

    stored = selectors.service_by_slug(kennemerland, "kenter")
    assert [(h.weekday, h.opens, h.closes) for h in stored.weekly_hours.all()] == [(0, 480, 1020)]
    assert [(h.date, h.opens, h.closes) for h in stored.dated_hours.all()] == [(date(2026, 12, 24), 480, 720)]


def test_a_backup_number_that_is_gone_from_the_package_is_gone(kennemerland, kennemerland_package):
    load_package(changed_service(kennemerland_package, "ggz-ingeest", backup_phone=None))

    assert selectors.service_by_slug(kennemerland, "ggz-ingeest").phones.count() == 1


def test_a_service_that_is_gone_from_the_package_is_withdrawn_and_kept(kennemerland, kennemerland_package):
    load_directory(None, without_service(kennemerland_package, "parnassia"))

    parnassia = selectors.service_by_slug(kennemerland, "parnassia")
    assert parnassia.withdrawn
    assert parnassia not in selectors.services(kennemerland)
    assert "parnassia" not in {each.slug for each in selectors.provider_choices()}


def test_a_withdrawn_service_returns_with_the_package(kennemerland, kennemerland_package):
    load_directory(None, without_service(kennemerland_package, "parnassia"))
    load_directory(None, kennemerland_package.directory)

    assert selectors.directory_document(kennemerland) == kennemerland_package.directory.document(timezone.localdate())


def test_the_line_for_own_clients_can_move_to_another_service(kennemerland, kennemerland_package):
    moved = changed_service(kennemerland_package, "icd-kennemerland", own_client_line=False)
    moved = changed_service(moved, "icd-kennemerland-duty", own_client_line=True)

    load_package(moved)

    assert not selectors.service_by_slug(kennemerland, "icd-kennemerland").own_client_line


def test_an_organisation_is_changed_by_its_home_region_only(kennemerland, kennemerland_package):
    north = Region.objects.create(slug="noord-holland-noord", name="Noord-Holland Noord", duty_service="icd-nhn-duty")
    Organisation.objects.filter(slug="icd-nhn").update(home_region=north, name="ICD NHN, zoals de eigen regio zegt")

    load_package(kennemerland_package)

    assert Organisation.objects.get(slug="icd-nhn").name == "ICD NHN, zoals de eigen regio zegt"


def test_a_diversion_changes_the_document_and_so_the_revision(kennemerland):
    ggd = selectors.service_by_slug(kennemerland, "ggd-kennemerland")
    now = timezone.now()
    Suspension.objects.create(service=ggd, starts_at=now, ends_at=now + timedelta(hours=2), reason="storing")

    revision = record_revision(None, kennemerland, now)

    [document] = [each for each in revision.document["services"] if each["slug"] == "ggd-kennemerland"]
    assert [row[2] for row in document["suspensions"]] == ["storing"]


def test_someone_who_may_not_edit_the_directory_cannot_load_it(kennemerland, kennemerland_package):
    worker = Actor(User(username="worker"), "icd_worker", None, "icd-kennemerland", None, "kennemerland")

    with pytest.raises(PermissionDenied):
        load_directory(worker, kennemerland_package.directory)


@pytest.mark.parametrize(
    "statement", ["UPDATE partners_directoryrevision SET digest = 'x'", "DELETE FROM partners_directoryrevision"]
)
def test_the_database_itself_refuses_to_change_a_revision(kennemerland, statement):
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- Looking up -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "code", "why"),
    [
        ("GM0392", "GM0392", "by code"),
        ("gm0392", "GM0392", "codes in any case"),
        ("haarlem", "GM0392", "names in any case"),
        (" Uitgeest ", "GM0450", "spaces around it do not matter"),
        ("Haarlemmerliede en Spaarnwoude", "GM0394", "merged into Haarlemmermeer in 2019"),
        ("GM0393", "GM0394", "an old code as well"),
        ("Utrecht", None, "unknown to the directory"),
    ],
)
def test_finding_a_municipality(kennemerland, given, code, why):
    found = selectors.find_municipality(given)

    assert (found.code if found else None) == code, why


def test_a_merged_municipality_was_itself_before_the_merger(kennemerland):
    assert selectors.find_municipality("GM0393", on=date(2018, 12, 31)).code == "GM0393"


def test_the_municipalities_of_a_region_are_the_current_ones(kennemerland):
    assert set(selectors.municipalities(kennemerland)) == set(Municipality.objects.exclude(code="GM0393"))


def test_only_organisations_with_own_clients_can_be_the_own_provider(kennemerland):
    assert {each.slug for each in selectors.provider_choices()} == {
        *("kenter", "ggz-ingeest", "parnassia", "ggz-nhn", "icd-kennemerland", "icd-nhn"),
        *("veilig-thuis-kennemerland", "zorggroep-duinrand", "stichting-het-kompas"),
    }


# --- The command --------------------------------------------------------------------------------------


def test_the_command_says_what_it_loaded_and_from_when(db):
    out = StringIO()

    call_command("load_region", REGIONS / "kennemerland", stdout=out)

    assert "Regio Kennemerland is ingelezen." in out.getvalue()
    assert "regels: versie kennemerland-2020, geldt vanaf 01-01-2020 00:00" in out.getvalue()


def test_the_command_refuses_a_directory_that_does_not_exist(db):
    err = StringIO()

    with pytest.raises(SystemExit, match="1"):
        call_command("load_region", REGIONS / "nergens", stderr=err)

    assert "deze map bestaat niet" in err.getvalue()
