"""The access log keeps every event, cannot be changed, and is read by the privacy officer only."""

from contextlib import nullcontext

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import AccessLogEntry, AuditSeal
from accounts.services import log_access, seal_entries
from partners.actors import actor_of

pytestmark = pytest.mark.django_db


def entry_of(user, **event) -> AccessLogEntry:
    return log_access(actor_of(user, "192.0.2.7"), **({"event": "case.read", "action": "R"} | event))


def test_an_event_says_who_for_whom_in_which_role_and_from_where(demo_users):
    entry = entry_of(demo_users["vt"], record=demo_users["kenter"], subject="C-12", rule="own_case")
    assert (entry.user.username, entry.role, entry.on_behalf_of) == ("vt", "vt_worker", "veilig-thuis-kennemerland")
    assert (entry.source, entry.record_type, entry.record_id) == ("192.0.2.7", "user", str(demo_users["kenter"].pk))
    assert (entry.subject, entry.rule, entry.outcome) == ("C-12", "own_case", "allowed")


def test_the_system_itself_has_no_user():
    entry = log_access(None, event="outbox.swept", action="E")
    assert (entry.user, entry.role, entry.source) == (None, "", "")


CHANGES = [
    # statement                                              why it must fail
    ("UPDATE accounts_accesslogentry SET event = 'x'", "an event cannot be rewritten"),
    ("DELETE FROM accounts_accesslogentry", "an event cannot be removed"),
    ("TRUNCATE accounts_accesslogentry", "nor can all of them at once"),
    ("TRUNCATE accounts_user CASCADE", "nor through a table it refers to"),
]


@pytest.mark.parametrize(("statement", "why"), CHANGES)
def test_the_log_is_append_only(statement, why, demo_users):
    entry_of(demo_users["vt"])
    connection.check_constraints()  # or PostgreSQL refuses TRUNCATE for the foreign keys still to be checked
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AccessLogEntry.objects.filter(event="case.read").count() == 1, why


AS_APPLICATION = [
    # statement                                                                  allowed  why
    ("SELECT count(*) FROM accounts_accesslogentry", True, "the privacy officer reads it"),
    ("INSERT INTO accounts_accesslogentry (at, event, action, outcome, role, on_behalf_of, purpose, source, "
     "record_type, record_id, subject, rule) VALUES (now(), 'x', 'R', 'allowed', '', '', '', '', '', '', '', '')",
     True, "every event is added"),
    ("UPDATE accounts_accesslogentry SET event = 'x'", False, "not even without the trigger"),
    ("DELETE FROM accounts_accesslogentry", False, "not even without the trigger"),
    ("TRUNCATE accounts_accesslogentry", False, "not even without the trigger"),
    ("ALTER TABLE accounts_accesslogentry DISABLE TRIGGER USER", False, "the guard is the owner's"),
    ("UPDATE accounts_user SET first_name = first_name", True, "other tables are its daily work"),
    ("DELETE FROM accounts_apitoken", True, "other tables are its daily work"),
    ("SELECT count(*) FROM partners_organisation", True, "default privileges cover the tables made later"),
    ("CREATE TABLE mine (id int)", False, "only the owner migrates"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "allowed", "why"), AS_APPLICATION)
def test_the_application_role_may_add_to_the_log_and_not_change_it(statement, allowed, why):
    refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE crisisdienst_app")
        with nullcontext() if allowed else refused, transaction.atomic():
            cursor.execute(statement)
        cursor.execute("RESET ROLE")


FILTERS = [
    # query                                     events found                why
    ("user=vt", {"case.read"}, "a username is matched exactly"),
    ("user=v", set(), "a part of a username is somebody else"),
    ("event=handover", {"handover.accepted"}, "a part of an event is enough"),
    ("record=C-12", {"case.read"}, "a case number is a record"),
    ("record=case", {"handover.accepted"}, "so is a kind of record"),
    ("since=2999-01-01", set(), "nothing has happened since"),
    ("until=2000-01-01", set(), "nothing had happened yet"),
    ("since=2020-01-01&until=2999-12-31&event=case", {"case.read"}, "filters narrow each other"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "events", "why"), FILTERS)
def test_the_page_finds_events(client, demo_users, query, events, why):
    entry_of(demo_users["vt"], subject="C-12")
    entry_of(demo_users["kenter"], event="handover.accepted", record_type="case", record_id=4)
    client.force_login(demo_users["privacy"])
    page = client.get(f"{reverse('access-log')}?{query}")
    assert {entry.event for entry in page.context["entries"]} - {"access_log.read"} == events, why


def test_looking_at_the_log_is_logged_with_what_was_looked_for(client, demo_users):
    client.force_login(demo_users["privacy"])
    page = client.get(reverse("access-log"), {"user": "vt"})
    assert page.status_code == 200
    looked = AccessLogEntry.objects.get(event="access_log.read")
    assert (looked.user.username, looked.action, looked.purpose) == ("privacy", "R", "oversight: user=vt")


def test_the_page_says_until_when_the_log_is_sealed(client, demo_users):
    client.force_login(demo_users["privacy"])
    assert "Verzegeld" not in client.get(reverse("access-log")).content.decode()
    seal_entries()
    page = client.get(reverse("access-log"))
    assert page.context["sealed_until"] == AuditSeal.objects.last_made().sealed_at
    assert "Verzegeld tot en met" in page.content.decode()


def test_older_events_are_a_page_away(client, demo_users):
    for number in range(60):
        entry_of(demo_users["vt"], subject=f"C-{number}")
    client.force_login(demo_users["privacy"])
    newest = client.get(reverse("access-log"), {"event": "case.read"})
    older = client.get(f"{reverse('access-log')}?{newest.context['older']}")
    shown = [entry.subject for page in (newest, older) for entry in page.context["entries"]]
    assert shown == [f"C-{number}" for number in reversed(range(60))]
    assert older.context["older"] == ""


def test_an_impossible_date_is_an_error_beside_its_field(client, demo_users):
    client.force_login(demo_users["privacy"])
    page = client.get(reverse("access-log"), {"since": "31-02-2026"})
    assert page.status_code == 400
    assert "since" in page.context["form"].errors


def test_a_refused_page_is_logged(client, demo_users):
    client.force_login(demo_users["police"])
    assert client.get(reverse("access-log")).status_code == 403
    refused = AccessLogEntry.objects.get(outcome="refused")
    assert (refused.user.username, refused.role, refused.record_type) == ("police", "first_line", "access-log")


def test_the_very_last_day_is_no_server_error(client, demo_users):
    client.force_login(demo_users["privacy"])
    assert client.get(reverse("access-log"), {"until": "9999-12-31"}).status_code == 400
