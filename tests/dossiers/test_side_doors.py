"""No door tells that a case exists to who may not see it, and every door leaves its trace in the access log.

A new route with something in its address goes in DOORS, or in ELSEWHERE with the reason; a new page without goes in
LISTS, or in GENERAL with the reason.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.grounds import PURPOSES, RULES, code_and_detail
from accounts.models import AccessLogEntry
from accounts.services import issue_api_token
from dossiers.models import IcdRecord, Involvement, Person, VtRecord
from partners.models import Service
from routing.models import Addition, Case, Handover, LeadPeriod
from routing.services import accept, break_glass
from tests.accounts.test_permissions import COLUMNS, PATTERNS
from triage.models import Contact, Draft

pytestmark = pytest.mark.usefixtures("tuesday_morning")

# route -> what its address names
DOORS = {
    "action": "within",
    "action-end": "within",
    "action-extend": "within",
    "action-new": "within",
    "api-handover-accept": "handover",
    "api-handover-decline": "handover",
    "case": "case",
    "case-actions": "case",
    "case-close": "case",
    "case-continue": "case",
    "case-consult": "case",
    "case-disclosures": "case",
    "case-hand-back": "case",
    "case-history": "case",
    "case-lead": "case",
    "case-measure": "within",
    "case-measure-add": "case",
    "case-measures": "case",
    "case-note": "case",
    "case-offer": "case",
    "case-overview": "case",
    "case-overview-csv": "case",
    "case-overview-print": "case",
    "case-people": "case",
    "case-professionals": "case",
    "case-summary": "case",
    "case-tasks": "case",
    "case-terms": "case",
    "case-timeline": "case",
    "case-vt": "case",
    "case-vt-step": "within",
    "comment-follow-up": "within",
    "consultation-done": "within",
    "contact": "contact",
    "desk-confirm": "draft",
    "desk-draft": "draft",
    "desk-end": "draft",
    "desk-readback": "draft",
    "desk-save": "draft",
    "handover": "handover",
    "handover-accept": "handover",
    "handover-decline": "handover",
    "handover-feedback": "handover",
    "handover-phone": "handover",
    "handover-withdraw": "handover",
    "household-add": "case",
    "household-change": "within",
    "icd-record": "case",
    "icd-reopen": "case",
    "involvement-change": "within",
    "involvement-end": "within",
    "member-add": "within",
    "member-end": "within",
    "person": "within",
    "person-add": "case",
    "person-bsn": "within",
    "person-bsn-show": "within",
    "person-change": "within",
    "person-merge": "people",
    "person-unmerge": "within",
    "professional": "within",
    "record-promote": "within",
    "record-remark": "within",
    "record-save": "within",
    "record-share": "within",
    "record-take-over": "within",
    "records": "case",
    "relation-add": "case",
    "relation-end": "within",
    "suspension-act": "within",
    "task": "within",
    "task-done": "within",
    "term-act": "within",
}
ELSEWHERE = {
    "roster-calendar": "the roster, by a secret address",
    "roster-plan": "the roster",
    "shift-remove": "the roster",
    "shift-swap": "the roster",
    "swap-answer": "the roster",
    "alarm-acknowledge": "alarms are of a region, for who watches over it",
    "api-unknown": "leads nowhere",
    "board-acknowledge": "alarms are of a region, for who watches over it",
    "board-csv": "figures of a region",
    "capacity-told": "names no person, for the manager of the region",
    "directory-divert": "the directory",
    "directory-resume": "the directory",
    "directory-service": "the directory",
    "emergency-judge": "for the privacy officer, who judges every use",
    "message": "messages name no person, for the manager of the region",
    "message-resend": "messages name no person, for the manager of the region",
    "switchboard-resume": "the directory",
    "webhook-renew": "webhooks",
    "webhook-switch": "webhooks",
    "webhook-test": "webhooks",
}
LISTS = ["api-cases", "cases", "cases-csv", "desk", "inbox", "tasks"]
GENERAL = {
    "cases-team": "figures of a region, for its manager",
    "choose-theme": "the looks",
    "norms": "the norms of a region",
    "roster": "the roster",
    "roster-feed": "the roster",
    "roster-team": "the roster",
    "access-log": "for the privacy officer, who sees every event",
    "api-contacts": "takes a new call",
    "api-lookup": "about nobody in particular",
    "api-schema": "describes the API",
    "api-services": "the directory",
    "board": "figures of a region",
    "bounces": "figures of a region",
    "bounces-csv": "figures of a region",
    "capacity-csv": "names no person, for the manager of the region",
    "capacity-reports": "names no person, for the manager of the region",
    "directory": "the directory",
    "emergency": "a number that does not exist is said so, after pressing and with a trace",
    "emergency-review": "for the privacy officer, who judges every use",
    "healthz": "the machine",
    "home": "leads on",
    "live": "numbers of what the inbox and the switchboard show",
    "login": "before anything",
    "logout": "after everything",
    "lookup": "about nobody in particular",
    "messages": "messages name no person, for the manager of the region",
    "metrics": "the machine",
    "readyz": "the machine",
    "set_language": "the words",
    "switchboard": "what is on offer in the region, in general only",
    "switchboard-divert": "the directory",
    "webhooks": "webhooks",
}
ROLES = [username for username in COLUMNS if username != "nobody"]
ABSENT = {"pk": 2_000_000_011, "draft": UUID(int=11)}


@dataclass(frozen=True)
class Hidden:
    """A case of GGZ inGeest with all that hangs on it; of the others nobody has a part in it."""

    case: Case
    handover: Handover
    addition: Addition
    contact: Contact
    draft: Draft
    person: Person
    involvement: Involvement


@pytest.fixture
def hide(wilma, ingrid, routed) -> Callable[[], Hidden]:
    def _hide() -> Hidden:
        handover = accept(ingrid, _at(ingrid, routed(wilma)))
        ours = {"sender_id": ingrid.organisation_id}
        Handover.objects.filter(pk=handover.pk).update(**ours)
        LeadPeriod.objects.filter(case=handover.case).update(organisation_id=ingrid.organisation_id)
        now, region = timezone.now(), handover.case.region
        addition, _ = Addition.objects.get_or_create(
            case=handover.case, organisation_id=ingrid.organisation_id, kind="inform"
        )
        contact = Contact.objects.create(
            draft_id=uuid4(), region=region, organisation_id=ingrid.organisation_id, taken_by=ingrid.user,
            case=handover.case, outcome="routed", started_at=now, confirmed_at=now, callback_number="+31235550100",
        )  # fmt: skip
        draft = Draft.objects.create(owner=ingrid.user, region=region, started_at=now, saved_at=now)
        person = Person.objects.create(given_name="Sanne", surname="Verborgen")
        for model in (IcdRecord, VtRecord):
            model.objects.create(case=handover.case, handover=handover, opened_at=now)
        involvement = Involvement.objects.create(case=handover.case, person=person, role="subject", since=now)
        return Hidden(handover.case, handover, addition, contact, draft, person, involvement)

    return _hide


def _at(ingrid, handover: Handover) -> Handover:
    service = Service.objects.filter(organisation=ingrid.organisation_id).first()
    Handover.objects.filter(pk=handover.pk).update(service=service)
    return Handover.objects.get(pk=handover.pk)


@pytest.fixture
def hidden(hide) -> Hidden:
    return hide()


@pytest.fixture
def ask(demo_users):
    """Somebody's browser, or their own system: the answer and how many queries it took."""

    def _ask(username: str) -> Callable[[str, str], tuple]:
        client, headers = Client(), {"Authorization": f"Bearer {issue_api_token(demo_users[username])}"}
        client.force_login(demo_users[username])

        def request(method: str, address: str) -> tuple:
            own = headers if address.startswith("/api/") else {}
            body = {"content_type": "application/json", "data": "{}"} if own and method == "post" else {}
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = getattr(client, method)(address, headers=own, **body)
            return answer, len(queries)

        return request

    return _ask


def address_of(name: str, hidden: Hidden | None) -> str:
    """The address of what is hidden; without it, of what does not exist."""
    kind = DOORS[name]
    number = hidden.case.pk if hidden else ABSENT["pk"]
    match kind:
        case "within":
            return reverse(name, kwargs=_within(name, hidden) | {"pk": number})
        case "people":
            return reverse(name, args=[hidden.person.pk if hidden else ABSENT["pk"], ABSENT["pk"]])
        case "draft":
            return reverse(name, args=[hidden.draft.pk if hidden else ABSENT["draft"]])
        case "case":
            return reverse(name, args=[number])
    return reverse(name, args=[getattr(hidden, kind).pk if hidden else ABSENT["pk"]])


def _within(name: str, hidden: Hidden | None) -> dict[str, object]:
    """What stands in the case is there for what is hidden; who asks must not come as far as looking for it."""
    there = {"kind": "vt", "act": "reopen", "field": "situation"}
    if hidden is not None:
        there |= {"consultation": hidden.addition.pk, "person": hidden.person.pk, "involvement": hidden.involvement.pk}
    return {asked: there.get(asked, ABSENT["pk"]) for asked in PATTERNS[name].pattern.regex.groupindex}


def said(answer, address: str) -> tuple:
    """What somebody can read off an answer: all of it, but for the address they asked themselves."""
    body = re.sub(r"[A-Za-z0-9]{64}", "TOKEN", answer.content.decode()).replace(address, "ADDRESS")
    return answer.status_code, answer.headers.get("Content-Type"), answer.headers.get("Location"), body


def is_complete(entry: AccessLogEntry) -> bool:
    """Who it was, under which rule, and what for: the last two in words that we have."""
    purpose, _detail = code_and_detail(entry.purpose)
    return entry.user_id is not None and entry.rule in RULES and purpose in PURPOSES


@pytest.mark.parametrize("username", ROLES)
def test_what_is_hidden_answers_like_what_does_not_exist(username, ask, hidden):
    request = ask(username)
    request("get", address_of("case", None))  # the first request of a session takes more queries than the next
    different = []
    for name in DOORS:
        for method in ("get", "post"):
            answers = []
            for found in (hidden, None):
                address = address_of(name, found)
                answer, queries = request(method, address)
                answers.append((said(answer, address), queries))
            if answers[0] != answers[1] or answers[0][0][0] not in (403, 404, 405):
                different.append((name, method, answers[0][0][0], answers[1][0][0], answers[0][1], answers[1][1]))
    assert different == []


@pytest.mark.parametrize("username", ROLES)
def test_every_refusal_leaves_a_trace_with_its_ground_and_purpose(username, ask, hidden):
    request, lost = ask(username), []
    for name in DOORS:
        for method in ("get", "post"):
            last = AccessLogEntry.objects.order_by("id").last()
            answer, _queries = request(method, address_of(name, hidden))
            if answer.status_code == 405:
                continue
            traces = AccessLogEntry.objects.filter(id__gt=last.pk if last else 0, outcome="refused")
            if not traces or not all(is_complete(each) for each in traces):
                lost.append((name, method, answer.status_code))
    assert lost == []


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("username", ROLES)
def test_a_list_is_the_same_with_and_without_what_is_hidden(username, name, ask, hide):
    request, address = ask(username), reverse(name)
    request("get", address)
    without, queries = request("get", address)
    hide()
    within, as_many = request("get", address)
    assert (said(within, address), as_many) == (said(without, address), queries)


class TestLooking:
    """Who may see it: every page that shows a case says so in the access log, under which rule and what for."""

    @pytest.mark.parametrize("name", [name for name, kind in DOORS.items() if kind in ("case", "contact", "handover")])
    def test_a_page_of_the_case(self, name, ask, hidden):
        request = ask("ingeest")
        before = AccessLogEntry.objects.count()
        answer, _queries = request("get", address_of(name, hidden))
        if answer.status_code in (302, 405):  # shows nothing itself
            return
        assert answer.status_code == (422 if name == "case-summary" else 200)
        (entry,) = AccessLogEntry.objects.order_by("id")[before:]
        assert (entry.outcome, entry.subject) == ("allowed", str(hidden.case.pk))
        assert is_complete(entry)

    @pytest.mark.parametrize(
        ("name", "event"), [("inbox", "inbox.read"), ("api-cases", "case.listed"), ("desk", "draft.listed")]
    )
    def test_a_list(self, name, event, ask, hidden, demo_users):
        if name == "desk":
            demo_users["ingeest"].memberships.update(role="icd_worker")
        ask("ingeest")("get", reverse(name))
        entry = AccessLogEntry.objects.get(event=event)
        assert is_complete(entry)

    def test_earlier_contacts_beside_another_once(self, ask, hide):
        first, second = hide(), hide()
        request = ask("ingeest")
        for _again in range(2):
            request("get", reverse("contact", args=[second.contact.pk]))
        entry = AccessLogEntry.objects.get(event="contact.listed")
        assert (entry.record_id, entry.subject, entry.rule) == (str(first.contact.pk), str(first.case.pk), "team")


class TestUnderABrokenGlass:
    def test_nothing_else_is_done_by_an_empty_form(self, ask, hidden, vincent):
        break_glass(vincent, hidden.case.pk, "acute_danger")
        request = ask("vt")
        done = []
        for name, kind in DOORS.items():
            if kind in ("contact", "draft"):
                continue
            answer, _queries = request("post", address_of(name, hidden))
            if answer.status_code < 400:
                done.append(name)
        assert done == []


def test_every_route_with_something_in_its_address_is_a_door():
    asking = {name for name, pattern in PATTERNS.items() if pattern.pattern.regex.groupindex and named(name)}
    assert asking - DOORS.keys() - ELSEWHERE.keys() == set(), "add it to DOORS, or to ELSEWHERE with the reason"
    assert (DOORS.keys() | ELSEWHERE.keys()) - PATTERNS.keys() == set()


def test_every_other_page_is_a_list_or_general():
    others = {name for name, pattern in PATTERNS.items() if not pattern.pattern.regex.groupindex and named(name)}
    assert others - set(LISTS) - GENERAL.keys() == set(), "add it to LISTS, or to GENERAL with the reason"


def named(name: str) -> bool:
    """The admin site shows nothing but to the administrator, and rules and directory are about nobody."""
    return not name.startswith(("admin:", "rules"))
