"""A refusal for lack of capacity is owed to the commissioner: who was told, how, and who was not."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AccessLogEntry, User
from accounts.spreadsheet import as_cell, csv_response
from dashboards import selectors
from partners.actors import actor_of
from partners.models import Organisation
from routing.models import CapacityReport, Handover
from routing.services import decline
from tests.people import ROLES

from .conftest import PSYCHOTIC_GIRL, TUESDAY_MORNING

pytestmark = pytest.mark.django_db

TODAY = TUESDAY_MORNING.date()


@pytest.fixture
def short(tuesday, karin, call):
    """Kenter has no capacity for a girl of 15 in Haarlem."""

    def refuse(email: str = "opdracht@gemeenten.example") -> CapacityReport:
        Organisation.objects.filter(slug="kenter").update(commissioner_email=email)
        handover = call(PSYCHOTIC_GIRL).decision.handover
        decline(karin, Handover.objects.get(pk=handover.pk), Handover.DeclineReason.CAPACITY)
        return CapacityReport.objects.get(handover=handover)

    return refuse


def test_a_report_that_was_sent_is_listed_without_a_person(short, at_the_board):
    report = short()
    page = at_the_board.get("/capaciteit/").content.decode()
    for words in (
        "Kenter Jeugdhulp",
        "de gemeenten in Kennemerland",
        "Psychisch (GGZ), 12-17 jaar, Haarlem",
        "verstuurd",
    ):
        assert words in page
    assert f"<span>{report.handover.case_id}</span>" in page
    assert "Jansen" not in page
    assert "nog niet gemeld" not in page


def test_what_was_not_told_stands_out_until_somebody_says_so(short, at_the_board):
    report = short(email="")
    assert "1 nog niet gemeld" in at_the_board.get("/capaciteit/").content.decode()
    done = at_the_board.post(f"/capaciteit/{report.pk}/gemeld/", follow=True).content.decode()
    assert "nog niet gemeld" not in done
    assert "zelf gemeld door Mirjam Manager" in done
    entry = AccessLogEntry.objects.get(event="capacity.told")
    assert (entry.user.username, entry.subject) == ("manager", str(report.handover.case_id))


def test_who_told_first_stays(short, at_the_board):
    report = short(email="")
    for _again in range(2):
        at_the_board.post(f"/capaciteit/{report.pk}/gemeld/")
    assert AccessLogEntry.objects.filter(event="capacity.told").count() == 1


def test_the_button_leads_back_to_the_same_period(short, at_the_board):
    report = short(email="")
    period = {"since": "2026-11-01", "until": "2026-11-24"}
    page = at_the_board.get("/capaciteit/", period).content.decode()
    assert '<input type="hidden" name="since" value="2026-11-01">' in page
    done = at_the_board.post(f"/capaciteit/{report.pk}/gemeld/", period)
    assert done.url == "/capaciteit/?since=2026-11-01&until=2026-11-24"


def test_what_was_never_told_stays_in_sight_after_the_period(tuesday, short, at_the_board):
    short(email="")
    tuesday.shift(timedelta(days=120))
    at_the_board.force_login(User.objects.get(username="manager"))
    page = at_the_board.get("/capaciteit/").content.decode()
    assert "1 nog niet gemeld" in page
    assert "In deze periode heeft niemand om deze reden geweigerd." in page


def test_the_board_counts_what_is_not_told(short, mirjam, at_the_board):
    short()
    assert selectors.board(mirjam).untold == 0
    short(email="")
    assert selectors.board(mirjam).untold == 1
    assert 'href="/capaciteit/"' in at_the_board.get("/vandaag/").content.decode()


def test_refusals_count_per_organisation(short, at_the_board):
    for _each in range(3):
        short()
    page = at_the_board.get("/capaciteit/").content.decode()
    assert '<span class="cd-tile__label">Kenter Jeugdhulp</span><span class="cd-tile__figure">3</span>' in page


@pytest.mark.parametrize(("days", "counted", "why"), [(0, 1, "today"), (-1, 0, "until yesterday")])
def test_a_period_is_of_the_day_it_was_refused(short, mirjam, days, counted, why):
    short()
    until = TODAY + timedelta(days=days)
    assert selectors.capacity_reports(mirjam, until - timedelta(days=7), until).count() == counted, why


def test_another_region_does_not_see_it_nor_say_it_was_told(short, both_regions, demo_users, at_the_board):
    report = short(email="")
    demo_users["manager"].memberships.update(region=both_regions[1])
    assert "Kenter" not in at_the_board.get("/capaciteit/").content.decode()
    assert at_the_board.post(f"/capaciteit/{report.pk}/gemeld/").status_code == 404
    report.refresh_from_db()
    assert report.told_at is None


@pytest.mark.parametrize("username", sorted(name for name, role in ROLES.items() if role != "manager"))
def test_only_a_manager_sees_them(username, tuesday, demo_users):
    with pytest.raises(PermissionDenied):
        selectors.capacity_reports(actor_of(demo_users[username]), TODAY, TODAY)


def test_a_period_that_cannot_be_keeps_what_was_typed(tuesday, at_the_board):
    asked = {"since": "2026-11-24", "until": "2026-11-01"}
    refused = at_the_board.get("/capaciteit/", asked)
    assert refused.status_code == 422
    assert 'value="2026-11-24"' in refused.content.decode()
    assert at_the_board.get("/capaciteit.csv", asked).status_code == 404


# --- As a file ------------------------------------------------------------------------------------


def test_an_export_stands_in_the_access_log(short, at_the_board):
    report = short()
    response = at_the_board.get("/capaciteit.csv", {"since": "2026-11-01", "until": "2026-11-24"})
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1:8] == [
        *("Kenter Jeugdhulp", "Kenter crisisdienst", "de gemeenten in Kennemerland", "Psychisch (GGZ)"),
        *("12-17 jaar", "Haarlem", str(report.handover.case_id)),
    ]
    assert rows[1][9] == "verstuurd"
    entry = AccessLogEntry.objects.get(event="capacity.exported")
    assert (entry.action, entry.purpose, entry.user.username) == ("E", "oversight: 2026-11-01 - 2026-11-24", "manager")


CELLS = [
    # value  cell  why
    ("=1+1", "'=1+1", "a formula"),
    ("+31 23", "'+31 23", "a formula to some, a number to us"),
    ("-2", "'-2", "text that begins with a minus"),
    ("@SUM(A1)", "'@SUM(A1)", "a formula of long ago"),
    ("\t=1", "'\t=1", "hidden behind a tab"),
    ("\r=1", "'\r=1", "hidden behind a return"),
    ("a=b", "a=b", "only the beginning counts"),
    ("", "", "nothing"),
    (-3, -3, "a number that we counted"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "cell", "why"), CELLS)
def test_no_cell_is_a_formula(value, cell, why):
    assert as_cell(value) == cell, why


def test_a_name_that_is_a_formula_stays_text_in_the_file(short, at_the_board):
    Organisation.objects.filter(slug="kenter").update(name='=HYPERLINK("http://kwaad.example")')
    short()
    rows = at_the_board.get("/capaciteit.csv").content.decode("utf-8-sig")
    assert ";\"'=HYPERLINK(" in rows


def test_a_file_begins_with_the_mark_that_spreadsheets_need():
    response = csv_response("x.csv", [["é", 1]])
    assert response.content == b"\xef\xbb\xbf\xc3\xa9;1\r\n"
    assert response["Content-Disposition"] == 'attachment; filename="x.csv"'
