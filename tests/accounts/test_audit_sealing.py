"""Entries get their seals afterwards, whatever the order in which transactions end, and nobody waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.models import AuditEntry, AuditSeal
from accounts.services import log_access, run_alone, seal_entries
from accounts.services.sealing import SEAL_SIZE, look_ahead, seal_batch
from accounts.tasks import seal_audit

ADD = """
INSERT INTO accounts_accesslogentry (at, event, action, outcome, role, on_behalf_of, purpose, source, record_type,
    record_id, subject, rule)
SELECT now(), %s, 'R', 'allowed', '', '', '', '', '', '', '', '' FROM generate_series(1, %s) RETURNING id
"""


def sealed() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generate_series(lower(span), upper(span) - 1) FROM accounts_auditseal, unnest(entries) AS span"
        )
        return {number for (number,) in cursor.fetchall()}


def entries() -> set[int]:
    return set(AuditEntry.objects.values_list("id", flat=True))


@contextmanager
def another_desk() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own, which would rather fail than wait."""
    desk = connection.copy()
    desk.set_autocommit(False)
    try:
        desk.cursor().execute("SET lock_timeout = '1ms'")
        yield desk
    finally:
        desk.rollback()
        desk.close()


def add(desk: BaseDatabaseWrapper, event: str = "case.read", number: int = 1) -> int:
    with desk.cursor() as cursor:
        cursor.execute(ADD, [event, number])
        return cursor.rowcount


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_comes_late_is_sealed_late_and_once():
    with another_desk() as slow, another_desk() as quick:
        add(slow, "slow")
        add(quick, "quick")
        quick.commit()
        assert seal_entries() == 1, "who is not there yet is not waited for"
        slow.commit()
    late, early = AuditEntry.objects.order_by("id")
    assert sealed() == {early.pk}
    assert late.pk < early.pk
    assert (seal_entries(), seal_entries()) == (1, 0)
    assert sealed() == entries()


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_another_nor_for_the_sealer():
    """Each of these connections fails rather than wait for a lock; every one of them holds what it did open."""
    with another_desk() as one, another_desk() as two, another_desk() as three:
        add(one)
        add(two)
        two.commit()
        with run_alone("audit"):
            horizon = look_ahead()
            with transaction.atomic():
                assert seal_batch(horizon, 0).size == 1
                add(three)
                three.commit()
        one.commit()
    assert seal_entries() == 2


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_leaves_a_hole_and_no_wait():
    with another_desk() as desk:
        add(desk)
        desk.rollback()
        add(desk)
        desk.commit()
    assert (seal_entries(), sealed()) == (1, entries())


@pytest.mark.django_db(transaction=True)
def test_what_is_settled_follows_a_long_transaction_and_never_passes_it():
    with another_desk() as slow, another_desk() as quick:
        add(slow)
        settled = []
        for _ in range(4):
            add(quick)
            quick.commit()
            seal_entries()
            settled.append(AuditSeal.objects.last_made().settled)
        assert settled == [0, 0, 0, 0], "its entry has the lowest number"
        slow.commit()
    # Another test beside this one can hold a transaction open on the same server.
    for _ in range(600):
        log_access(None, event="case.read", action="R")
        seal_entries()
        last = AuditSeal.objects.last_made()
        if last.settled == last.last_entry - 1:
            break
        Event().wait(0.1)
    assert last.settled == last.last_entry - 1, "everything up to the round before"
    assert sealed() == entries()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("waiting", "sizes", "why"),
    [
        (0, [], "nothing to seal is no seal"),
        (1, [1], "one is enough"),
        (SEAL_SIZE, [SEAL_SIZE], "exactly full, and no empty one behind it"),
        (2 * SEAL_SIZE + 7, [SEAL_SIZE, SEAL_SIZE, 7], "a backlog is caught up in one round"),
    ],
)
def test_seals_follow_each_other_without_holes(waiting, sizes, why):
    seal_entries()
    before = AuditSeal.objects.count()
    add(connection, number=waiting)
    seal_entries()
    made = list(AuditSeal.objects.order_by("sequence"))[before:]
    assert [seal.size for seal in made] == sizes, why
    assert [seal.sequence for seal in made] == list(range(before + 1, before + 1 + len(sizes)))


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_are_one():
    log_access(None, event="case.read", action="R")
    with another_desk() as other:
        other.cursor().execute("SELECT pg_advisory_lock(7300003)")
        seal_audit()
        assert not AuditSeal.objects.exists(), "the other one is busy"
        other.cursor().execute("SELECT pg_advisory_unlock(7300003)")
        seal_audit()
    assert AuditSeal.objects.count() == 1


@pytest.mark.django_db
def test_the_application_itself_seals():
    log_access(None, event="case.read", action="R")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE crisisdienst_app")
        assert seal_entries() > 0
        cursor.execute("RESET ROLE")
