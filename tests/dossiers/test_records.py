"""Two depths of recording of one case: opened on acceptance, each written by its keeper only."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.models import IcdRecord, VtRecord
from dossiers.selectors import record_of, records_of
from dossiers.services import RecordChanged, open_record_on_acceptance, save_record
from routing.services import accept, decline

pytestmark = pytest.mark.usefixtures("tuesday_morning")

HGKM = {"category": "hgkm", "age": 8}


@pytest.fixture
def vt_record(wilma, vincent, routed) -> VtRecord:
    handover = accept(vincent, routed(wilma, **HGKM))
    return VtRecord.objects.get(case=handover.case)


def test_accepting_opens_the_record_of_the_receiver(vt_record):
    assert vt_record.situation == "Meisje van 15 hoort stemmen."
    assert not IcdRecord.objects.exists()


def test_the_icd_taking_its_own_call_opens_its_note(wilma, routed):
    handover = routed(wilma, category="youth_act")
    assert IcdRecord.objects.get().case == handover.case


def test_an_organisation_without_record_opens_none(wilma, karin, routed):
    accept(karin, routed(wilma))
    assert not IcdRecord.objects.exists()
    assert not VtRecord.objects.exists()


def test_opening_twice_opens_once(vincent, vt_record):
    assert open_record_on_acceptance(vt_record.handover, vincent) == vt_record
    assert VtRecord.objects.count() == 1


def test_saving_raises_the_version_and_keeps_history(vincent, vt_record):
    saved = save_record(vincent, vt_record, {"safety": "Kind is bij oma."}, version=1)
    assert (saved.version, saved.safety, saved.changed_by) == (2, "Kind is bij oma.", vincent.user)
    assert [each.safety for each in saved.history.order_by("history_id")] == ["", "Kind is bij oma."]


def test_an_older_version_never_overwrites(vincent, vt_record):
    save_record(vincent, vt_record, {"safety": "Kind is bij oma."}, version=1)
    with pytest.raises(RecordChanged) as conflict:
        save_record(vincent, vt_record, {"safety": "Kind is thuis."}, version=1)
    assert (conflict.value.theirs.safety, conflict.value.ours) == ("Kind is bij oma.", {"safety": "Kind is thuis."})
    vt_record.refresh_from_db()
    assert vt_record.safety == "Kind is bij oma."


def test_nobody_writes_in_the_record_of_another(wilma, vt_record):
    with pytest.raises(PermissionDenied):
        save_record(wilma, vt_record, {"safety": "x"}, version=1)


def test_the_sender_reads_what_the_keeper_writes(wilma, vincent, vt_record):
    assert [(view.kind, view.may_edit) for view in records_of(wilma, vt_record.case)] == [("vt", False)]
    assert record_of(vincent, vt_record.case, "vt").may_edit


# --- The page -----------------------------------------------------------------------------------


@pytest.fixture
def as_vincent(client, vincent):
    client.force_login(vincent.user)
    return client


def test_the_case_shows_who_leads_and_logs_the_look(as_vincent, vt_record):
    page = as_vincent.get(reverse("case", args=[vt_record.case_id]))
    assert page.status_code == 200
    assert "Veilig Thuis" in page.content.decode()
    look = AccessLogEntry.objects.get(event="case.read")
    assert (look.subject, look.rule) == (str(vt_record.case_id), "own_case")


def test_the_page_saves(as_vincent, vt_record):
    form = {"kind": "report", "situation": "Nieuw", "safety": "", "reporter_shielded": "on", "version": 1}
    page = as_vincent.post(reverse("record-save", args=[vt_record.case_id, "vt"]), form, follow=True)
    assert "De melder is afgeschermd" in page.content.decode()
    vt_record.refresh_from_db()
    assert (vt_record.situation, vt_record.reporter_shielded) == ("Nieuw", True)


def test_a_conflict_shows_both_texts_and_can_be_saved_after_all(as_vincent, vincent, vt_record):
    save_record(vincent, vt_record, {"safety": "Kind is bij oma."}, version=1)
    url = reverse("record-save", args=[vt_record.case_id, "vt"])
    form = {"kind": "report", "situation": "", "safety": "Kind is thuis.", "version": 1}
    page = as_vincent.post(url, form)
    assert page.status_code == 409
    assert "Kind is bij oma." in page.content.decode()
    assert "Kind is thuis." in page.content.decode()
    assert 'name="version" value="2"' in page.content.decode()
    assert as_vincent.post(url, form | {"version": 2}).status_code == 302


def test_a_reader_has_no_form(client, wilma, vt_record):
    client.force_login(wilma.user)
    page = client.get(reverse("case", args=[vt_record.case_id])).content.decode()
    assert reverse("record-save", args=[vt_record.case_id, "vt"]) not in page
    assert (
        client.post(
            reverse("record-save", args=[vt_record.case_id, "vt"]), {"kind": "report", "version": 1}
        ).status_code
        == 403
    )


def test_a_consultation_is_one_form(as_vincent, vt_record):
    asked = vt_record.case.additions.get()
    address = reverse("case-consult", args=[vt_record.case_id])
    given = {"parties": [asked.organisation_id], "outcome": "advice", "note": "Gebeld\x00"}
    page = as_vincent.post(address, given, follow=True)
    assert "Gedaan" in page.content.decode()
    asked.refresh_from_db()
    assert (bool(asked.done_at), asked.note) == (True, "Gebeld")


def test_a_consultation_is_not_ticked_off(as_vincent, vt_record):
    """Without whom one spoke and what came of it there was none."""
    asked = vt_record.case.additions.get()
    page = as_vincent.post(reverse("consultation-done", args=[vt_record.case_id, asked.pk]))
    assert page.status_code == 422
    assert "Leg het overleg vast" in page.content.decode()


def test_who_refused_does_not_see_the_case(client, wilma, karin, routed):
    handover = routed(wilma)
    decline(karin, handover, "capacity")
    client.force_login(karin.user)
    assert client.get(reverse("case", args=[handover.case_id])).status_code == 404
    assert AccessLogEntry.objects.filter(event="case.refused", record_id=str(handover.case_id)).exists()
