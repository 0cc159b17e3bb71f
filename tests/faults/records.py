"""What stands in the database of a real site, asked of PostgreSQL itself: no code of ours is in between."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psycopg2

# Each must find nothing; together they say that nothing was lost and nothing done twice.
MUST_FIND_NOTHING = {
    "cases without exactly one current lead": """
        SELECT c.id FROM routing_case c LEFT JOIN routing_leadperiod p ON p.case_id = c.id AND p.ended_at IS NULL
        WHERE c.closed_at IS NULL GROUP BY c.id HAVING count(p.id) <> 1""",
    "lead periods that do not join up": """
        SELECT id FROM (SELECT id, ended_at, lead(started_at) OVER w AS next_start FROM routing_leadperiod
        WINDOW w AS (PARTITION BY case_id ORDER BY started_at, id)) AS periods
        WHERE next_start IS DISTINCT FROM ended_at""",
    "cases whose lead did not begin with the case": """
        SELECT c.id FROM routing_case c JOIN routing_leadperiod p ON p.case_id = c.id
        GROUP BY c.id HAVING min(p.started_at) <> c.opened_at""",
    "accepted by one, led by another": """
        SELECT h.id FROM routing_handover h JOIN partners_service s ON s.id = h.service_id
        JOIN routing_leadperiod p ON p.case_id = h.case_id AND p.ended_at IS NULL
        WHERE h.state = 'accepted' AND p.organisation_id <> s.organisation_id""",
    "cases that nobody was told of": """
        SELECT c.id FROM routing_case c WHERE NOT EXISTS
        (SELECT FROM routing_handover h WHERE h.case_id = c.id AND h.state IN ('offered', 'accepted'))""",
    "overdue offers": "SELECT id FROM routing_handover WHERE state = 'offered' AND due_at <= now()",
    "refused or expired offers without exactly one that follows": """
        SELECT h.id FROM routing_handover h LEFT JOIN routing_handover n
        ON coalesce(n.first_id, n.id) = coalesce(h.first_id, h.id) AND n.hop = h.hop + 1
        WHERE h.state IN ('expired', 'declined') GROUP BY h.id HAVING count(n.id) <> 1""",
    "contacts that share a case, or have none": """
        SELECT case_id FROM triage_contact GROUP BY case_id HAVING count(*) <> 1 OR case_id IS NULL""",
    "cases without a contact": """
        SELECT id FROM routing_case WHERE id NOT IN (SELECT case_id FROM triage_contact)""",
    "offers made twice for one decision": """
        SELECT decision_id FROM routing_handover GROUP BY decision_id HAVING count(*) <> 1""",
    "alarms raised twice for one cause": """
        SELECT case_id FROM routing_alarm GROUP BY case_id, kind, message HAVING count(*) <> 1""",
    "alarms that say something went wrong": "SELECT message FROM routing_alarm WHERE kind = 'exception'",
    # An alarm that nobody acknowledged is told again after ten minutes, on purpose.
    "messages written twice for one cause": """
        SELECT kind, subject, since FROM (SELECT kind, subject, created_at - lag(created_at) OVER
        (PARTITION BY channel, kind, recipient, subject, body, path ORDER BY created_at, id) AS since
        FROM accounts_outboxmessage)
        AS messages WHERE since IS NOT NULL AND (kind <> 'alarm.raised' OR since < interval '9 minutes')""",
    "messages that were not delivered": "SELECT id FROM accounts_outboxmessage WHERE delivered_at IS NULL",
}
TOLD = """
    SELECT count(*) FILTER (WHERE s.organisation_id <> h.sender_id) AS offered,
        count(*) FILTER (WHERE s.organisation_id <> h.sender_id AND h.state = 'accepted') AS accepted,
        count(*) FILTER (WHERE h.state = 'declined') AS declined,
        2 * count(*) FILTER (WHERE h.state = 'expired') AS expired
    FROM routing_handover h JOIN partners_service s ON s.id = h.service_id"""
MOVE_TO_THE_PAST = """
    UPDATE routing_handover SET due_at = now() - interval '1 minute' WHERE state = 'offered' AND id IN
    (SELECT id FROM routing_handover WHERE state = 'offered' AND due_at > now() ORDER BY id LIMIT %s)
    RETURNING id, pg_backend_pid()"""
# An expired offer has gone on; that of who may not be passed by still stands, under alarm.
ESCALATED = """
    SELECT count(*) FROM routing_handover h WHERE h.id = ANY(%s) AND (h.state <> 'offered' OR h.due_at > now()
    AND EXISTS (SELECT FROM routing_alarm a WHERE a.case_id = h.case_id AND a.kind = 'duty_lead_unanswered'))"""


class Records:
    """A connection per question, for PostgreSQL itself is restarted in between."""

    def __init__(self, web_pid: int) -> None:
        said = Path(f"/proc/{web_pid}/environ").read_bytes().split(b"\0")
        environment = dict(entry.decode().partition("=")[::2] for entry in said)
        self.url = environment["DATABASE_URL"]

    def rows(self, question: str, *given: object) -> list[tuple]:
        connection = psycopg2.connect(self.url, connect_timeout=10)
        with closing(connection), connection, connection.cursor() as cursor:
            cursor.execute(question, given or None)
            return cursor.fetchall()

    def number(self, question: str, *given: object) -> int:
        return self.rows(question, *given)[0][0]

    def present(self) -> list[int]:
        return [pk for (pk,) in self.rows("SELECT id FROM triage_contact")]

    def open_offers(self) -> int:
        return self.number("SELECT count(*) FROM routing_handover WHERE state = 'offered' AND due_at > now()")

    def overdue(self) -> int:
        return self.number("SELECT count(*) FROM routing_handover WHERE state = 'offered' AND due_at <= now()")

    def undelivered(self) -> int:
        return self.number("SELECT count(*) FROM accounts_outboxmessage WHERE delivered_at IS NULL")

    def swept_within(self, seconds: float) -> bool:
        return bool(self.rows("SELECT FROM routing_clocktick WHERE swept_at > now() - %s * interval '1 s'", seconds))

    def move_to_the_past(self, number: int) -> tuple[list[int], int]:
        moved = self.rows(MOVE_TO_THE_PAST, number)
        return [pk for pk, _pid in moved], moved[0][1]

    def escalated(self, handovers: Sequence[int]) -> int:
        return self.number(ESCALATED, list(handovers))

    def states(self, handovers: Sequence[int]) -> dict[int, str]:
        return dict(self.rows("SELECT id, state FROM routing_handover WHERE id = ANY(%s)", list(handovers)))

    def wrong(self) -> dict[str, list]:
        """Empty when nothing was lost and nothing was done twice."""
        found = {name: self.rows(question) for name, question in MUST_FIND_NOTHING.items()}
        return {name: [len(rows), *rows[:5]] for name, rows in found.items() if rows}

    def told(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many messages of a kind there must be, by the handovers and alarms, and how many there are."""
        must = dict(zip(("offered", "accepted", "declined", "expired"), self.rows(TOLD)[0], strict=True))
        must = {f"handover.{name}": number for name, number in must.items()}
        must["alarm.raised"] = self.number("SELECT count(*) FROM routing_alarm")
        distinct = """SELECT kind, count(DISTINCT (recipient, subject, body)) FROM accounts_outboxmessage
            WHERE channel = 'email' GROUP BY kind"""
        are = dict(self.rows(distinct))
        return must, {kind: are.get(kind, 0) for kind in must}

    def keys(self, channel: str) -> set[str]:
        """The Idempotency-Key of each message on a channel."""
        return {key for (key,) in self.rows("SELECT key::text FROM accounts_outboxmessage WHERE channel = %s", channel)}
