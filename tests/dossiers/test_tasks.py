"""Tasks and professionals: what is asked of whom, who works around a case, and what each page takes and refuses."""

from datetime import date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLogEntry
from dossiers.core import AMSTERDAM
from dossiers.models import Participant, Task
from dossiers.selectors import my_tasks
from dossiers.services import change_task, finish_task, give_task
from partners.models import Organisation
from routing.models import Case
from routing.policies import visible_cases, who_see
from routing.services import accept

pytestmark = pytest.mark.usefixtures("tuesday_morning")


@pytest.fixture
def case(wilma, vincent, routed) -> Case:
    """Veilig Thuis leads it; the ICD sent it."""
    return accept(vincent, routed(wilma, category="hgkm", age=8)).case


@pytest.fixture
def as_vincent(client, vincent) -> Client:
    client.force_login(vincent.user)
    return client


def text_of(response) -> str:
    return unescape(response.content.decode())


def own(actor) -> Organisation:
    return Organisation.objects.get(pk=actor.organisation_id)


def given_to(actor, case, by, **more) -> Task:
    return give_task(by, case, {"text": "Bel school.", "organisation": own(actor), "person": None} | more)


# --- What is filled in wrong -----------------------------------------------------------------------------

WRONG_TASKS = [
    ({"text": " \x00 "}, "Schrijf op wat er moet gebeuren", "nothing is asked"),
    ({"organisation": ""}, "Kies wie dit doet", "of nobody"),
    ({"organisation": "kenter"}, "Kies er een uit de lijst", "Kenter does not see this case"),
    ({"organisation": "9" * 30}, "Kies er een uit de lijst", "a number that no column holds"),
    ({"person": "wilma"}, "Kies er een uit de lijst", "who works elsewhere"),
    ({"organisation": "icd-kennemerland", "person": "vincent"}, "Kies een collega", "a colleague of ours for theirs"),
    ({"due_on": "2026-11-23"}, "Deze dag is voorbij", "yesterday"),
    ({"due_on": "31-02-2026"}, "Dit is geen datum", "the 31st of February"),
    ({"due_on": "9999-12-31"}, "tot en met 2037", "nobody waits so long"),
]


@pytest.mark.parametrize(("given", "says", "why"), WRONG_TASKS)
def test_a_task_that_is_refused(as_vincent, case, vincent, wilma, given, says, why):
    filled = {"text": "Bel school.", "organisation": vincent.organisation_id} | given
    if not str(filled["organisation"]).isdigit() and filled["organisation"]:
        filled["organisation"] = Organisation.objects.get(slug=filled["organisation"]).pk
    people = {"wilma": wilma.user.pk, "vincent": vincent.user.pk}
    filled["person"] = people.get(filled.get("person"), "")
    response = as_vincent.post(reverse("case-tasks", args=[case.pk]), filled)
    page = text_of(response)
    assert (response.status_code, says in page) == (422, True), why
    assert filled["text"].strip(" \x00") in page
    assert not Task.objects.exists()


WRONG_PROFESSIONALS = [
    ({"name": ""}, "Vul in hoe deze persoon heet", "nobody"),
    ({"name": "é" * 100_000}, "hoogstens 120 tekens", "a whole report for a name"),
    ({"organisation": ""}, "Kies een organisatie, of vul", "of nowhere"),
    ({"organisation_name": "De school"}, "niet allebei", "of two places"),
    ({"phone": "bel maar"}, "geen telefoonnummer", "words"),
    ({"since": ""}, "Vul in sinds wanneer", "since when?"),
    ({"since": "2026-11-25"}, "in de toekomst", "tomorrow"),
    ({"until": "2026-11-01"}, "De laatste dag ligt vóór de eerste", "gone before they came"),
]


@pytest.mark.parametrize(("given", "says", "why"), WRONG_PROFESSIONALS)
def test_a_professional_that_is_refused(as_vincent, case, vincent, given, says, why):
    filled = {"name": "Els", "organisation": vincent.organisation_id, "since": "2026-11-20", "function": "Wijkagent"}
    response = as_vincent.post(reverse("case-professionals", args=[case.pk]), filled | given)
    page = text_of(response)
    assert (response.status_code, says in page, "Wijkagent" in page) == (422, True, True), why
    assert not Participant.objects.exists()


ODD = ["Zij is 😟 en belt 👩‍👧", "מילה אחת و كلمة", "é" * 100_000, "<script>alert(1)</script>", "nul\x00byte"]


@pytest.mark.parametrize("text", ODD, ids=["emoji", "right to left", "a report", "script", "zero byte"])
def test_any_text_is_kept_and_shown(as_vincent, case, vincent, text):
    given = {"text": text, "organisation": vincent.organisation_id}
    assert as_vincent.post(reverse("case-tasks", args=[case.pk]), given).status_code == 302
    task = Task.objects.get()
    assert task.text == text.replace("\x00", "")
    page = as_vincent.get(reverse("task", args=[case.pk, task.pk])).content.decode()
    assert task.text in unescape(page)
    assert "<script>alert" not in page


# --- From asking to done ----------------------------------------------------------------------------------


def test_a_task_is_given_changed_and_done(as_vincent, case, vincent):
    given = {"text": "Bel school.", "organisation": vincent.organisation_id, "due_on": "2026-11-26"}
    as_vincent.post(reverse("case-tasks", args=[case.pk]), given)
    task = Task.objects.get()
    assert "uiterlijk do 26 november" in text_of(as_vincent.get(reverse("case", args=[case.pk])))
    changed = given | {"version": 1, "person": vincent.user.pk}
    assert as_vincent.post(reverse("task", args=[case.pk, task.pk]), changed).status_code == 302
    finished = {"version": 2, "note": "School weet ervan."}
    assert as_vincent.post(reverse("task-done", args=[case.pk, task.pk]), finished).status_code == 302
    task.refresh_from_db()
    assert (task.done_by, task.note, task.version) == (vincent.user, "School weet ervan.", 3)
    events = ["task.given", "task.changed", "task.done"]
    assert (
        list(AccessLogEntry.objects.filter(event__in=events).order_by("pk").values_list("event", flat=True)) == events
    )
    again = as_vincent.post(reverse("task-done", args=[case.pk, task.pk]), {"version": 3})
    assert again.status_code == 409


def test_who_was_first_is_shown_beside_what_was_typed(as_vincent, case, vincent):
    task = given_to(vincent, case, vincent)
    change_task(vincent, task, 1, {"text": "Bel de huisarts."})
    given = {"text": "Bel oma.", "organisation": vincent.organisation_id, "version": 1}
    response = as_vincent.post(reverse("task", args=[case.pk, task.pk]), given)
    page = text_of(response)
    assert response.status_code == 409
    for shown in ("intussen gewijzigd", "Bel de huisarts.", "Bel oma."):
        assert shown in page


def test_a_professional_is_added_and_leaves(as_vincent, case, vincent):
    given = {
        "name": "Els de Vries",
        "organisation_name": "De Springplank",
        "since": "2026-11-20",
        "phone": "023 000 01 01",
    }
    assert as_vincent.post(reverse("case-professionals", args=[case.pk]), given).status_code == 302
    els = Participant.objects.get()
    assert (els.phone, els.works_at) == ("+31230000101", "De Springplank")
    gone = given | {"version": 1, "until": "2026-11-24"}
    assert as_vincent.post(reverse("professional", args=[case.pk, els.pk]), gone).status_code == 302
    assert "tot en met di 24 november" in text_of(as_vincent.get(reverse("case-professionals", args=[case.pk])))
    stale = as_vincent.post(reverse("professional", args=[case.pk, els.pk]), given | {"version": 1})
    assert stale.status_code == 409


# --- What is asked of me ------------------------------------------------------------------------------------


def test_my_tasks_are_those_of_me_and_of_my_organisation_overdue_first(as_vincent, case, vincent, wilma):
    later = given_to(vincent, case, vincent, due_on=date(2026, 12, 1))
    overdue = given_to(vincent, case, vincent, due_on=date(2026, 11, 24), person=vincent.user)
    undated = given_to(vincent, case, vincent)
    given_to(wilma, case, vincent)
    finish_task(vincent, given_to(vincent, case, vincent), 1)
    with time_machine.travel(datetime(2026, 11, 25, 9, tzinfo=AMSTERDAM)):
        assert [task.pk for task in my_tasks(vincent)] == [overdue.pk, later.pk, undated.pk]
        page = text_of(as_vincent.get(reverse("tasks")))
    assert "te laat: di 24 november" in page
    assert AccessLogEntry.objects.filter(event="case.listed", subject=str(case.pk)).count() == 1


def test_a_task_in_a_case_that_is_out_of_sight_is_not_listed(case, vincent, ingrid):
    task = given_to(vincent, case, vincent)
    Task.objects.filter(pk=task.pk).update(organisation=own(ingrid))
    assert my_tasks(ingrid) == []


def test_those_who_see_a_case_are_those_whose_people_see_it(case, wilma, vincent, karin, ingrid):
    told = set(who_see(case).values_list("pk", flat=True))
    for actor in (wilma, vincent, karin, ingrid):
        assert (actor.organisation_id in told) == visible_cases(actor).filter(pk=case.pk).exists(), actor.user


# --- For whom -------------------------------------------------------------------------------------------------


def test_whoever_gave_does_or_leads_may_change_it(case, wilma, vincent, ingrid, client):
    task = given_to(vincent, case, vincent)
    with pytest.raises(PermissionDenied):
        finish_task(wilma, task, 1)
    with pytest.raises(PermissionDenied):
        given_to(vincent, case, ingrid)
    client.force_login(wilma.user)
    page = text_of(client.get(reverse("task", args=[case.pk, task.pk])))
    assert "Bel school." in page
    assert "Markeer als gedaan" not in page
    client.force_login(ingrid.user)
    for name, arguments in (("case-tasks", []), ("task", [task.pk]), ("case-professionals", [])):
        assert client.get(reverse(name, args=[case.pk, *arguments])).status_code == 404


def test_a_task_may_still_be_given_after_the_case_is_closed(case, vincent):
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() + timedelta(seconds=1), closing_note="Klaar.")
    case.refresh_from_db()
    assert given_to(vincent, case, vincent).pk
    Case.objects.filter(pk=case.pk).update(closed_at=None, closing_note="")
