"""Two teams, equals: what each shares, how a case goes from one to the other, remarks, and taking over."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.errors import AlreadyOfOtherTeam, NothingToTakeOver
from dossiers.models import Comment, IcdRecord, SharingChoice, VtRecord
from dossiers.policies import NEVER_SHARED, SHARED_BY_DEFAULT
from dossiers.selectors import field_views, new_threads
from dossiers.services import choose_sharing, complete_note, follow_up, promote, remark, save_record, take_over
from partners.models import Service
from routing.errors import InvalidEntry, ReasonRequired
from routing.models import Case, Handover
from routing.services import accept, decline

pytestmark = pytest.mark.usefixtures("tuesday_morning")


@pytest.fixture
def note(wilma, routed) -> IcdRecord:
    """The ICD's own case, with something written."""
    note = IcdRecord.objects.get(case=routed(wilma, category="youth_act").case)
    return save_record(wilma, note, {"situation": "Ruzie thuis.", "actions": "Gebeld.", "steps": ["spoke_child"]}, 1)


@pytest.fixture
def vt_service(kennemerland) -> Service:
    return kennemerland.services.get(slug="veilig-thuis-kennemerland")


@pytest.fixture
def offered(wilma, note, vt_service) -> Handover:
    return promote(wilma, note, chosen_service=vt_service, chosen_reason="mixed_picture")


@pytest.fixture
def both(vincent, offered) -> Case:
    return accept(vincent, offered).case


@pytest.fixture
def icd(both) -> IcdRecord:
    return IcdRecord.objects.get(case=both)


@pytest.fixture
def vt(both) -> VtRecord:
    return VtRecord.objects.get(case=both)


def text_of(response) -> str:
    return unescape(response.content.decode())


def page_of(client, actor, case) -> str:
    client.force_login(actor.user)
    response = client.get(reverse("records", args=[case.pk]))
    assert response.status_code == 200
    return text_of(response)


def post(client, actor, name, *args, **given):
    client.force_login(actor.user)
    return client.post(reverse(name, args=args), given)


# --- From one team to the other ------------------------------------------------------------------


def test_the_lead_moves_when_they_accept(wilma, vincent, note, offered):
    assert note.case.lead_periods.get(ended_at=None).organisation_id == wilma.organisation_id
    assert not VtRecord.objects.exists()
    accept(vincent, offered)
    assert note.case.lead_periods.get(ended_at=None).organisation_id == vincent.organisation_id


def test_their_record_begins_with_what_ours_shares_and_where_it_comes_from(wilma, vincent, note, vt_service):
    choose_sharing(wilma, note, "actions", shared=False, reason="Loopt nog.")
    offered = promote(wilma, note, chosen_service=vt_service, chosen_reason="mixed_picture")
    accept(vincent, offered)
    record = VtRecord.objects.get(case=note.case)
    first, *rest = record.situation.split("\n")
    assert first.startswith("Uit de notitie van ")
    assert "24 november 2026 10:15" in first
    assert rest == ["Ruzie thuis.", "kind gezien of gesproken"]
    assert record.promoted_from == note


def test_accepting_changes_nothing_of_our_note(offered, vincent, note):
    before = list(note.history.values_list("version", "outcome", "situation"))
    accept(vincent, offered)
    assert list(note.history.values_list("version", "outcome", "situation")) == before
    note.refresh_from_db()
    assert (note.outcome, note.promoted_from) == ("to_vt", None)


def test_a_completed_note_is_not_touched_by_it(wilma, note, vt_service):
    complete_note(wilma, note, {"outcome": "stabilised"}, 2)
    assert promote(wilma, note, chosen_service=vt_service, chosen_reason="mixed_picture") is not None
    note.refresh_from_db()
    assert (note.outcome, note.version) == ("stabilised", 4)


def test_refused_is_as_any_handover(vincent, wilma, offered, note):
    decline(vincent, offered, "not_target_group")
    assert not VtRecord.objects.exists()
    assert note.case.lead_periods.get(ended_at=None).organisation_id == wilma.organisation_id


def test_veilig_thuis_asks_the_icd_in_the_same_way(client, vincent, wilma, routed, kennemerland):
    case = accept(vincent, routed(wilma, category="hgkm", age=8)).case
    service = kennemerland.services.get(slug="icd-kennemerland")
    given = {"chosen_service": service.pk, "chosen_reason": "agreed"}
    response = post(client, vincent, "record-promote", case.pk, "vt", **given)
    accept(wilma, Handover.objects.get(state="offered", case=case))
    record = IcdRecord.objects.get(case=case)
    assert response.status_code == 302
    assert record.promoted_from == case.vtrecord
    assert record.situation.startswith("Uit het dossier van Veilig Thuis")


def test_who_has_it_already_is_not_asked_again(wilma, both, icd):
    assert promote(wilma, icd, chosen_service=None) is None


def test_without_the_lead_there_is_nothing_to_offer(wilma, note, offered, vt_service):
    with pytest.raises(AlreadyOfOtherTeam):
        promote(wilma, note, chosen_service=vt_service, chosen_reason="agreed")


@pytest.mark.parametrize(
    ("given", "status", "why"),
    [
        ({}, 422, "no service"),
        ({"chosen_service": "0"}, 422, "no such service"),
        ({"chosen_service": "\x00"}, 422, "a zero byte"),
        ({"chosen_service": "vt"}, 422, "not the agreed one, and no reason"),
        ({"chosen_service": "vt", "chosen_reason": "because"}, 422, "no such reason"),
        ({"chosen_service": "vt", "chosen_reason": "other", "chosen_note": " "}, 422, "other, without saying what"),
        ({"chosen_service": "kenter", "chosen_reason": "agreed"}, 422, "not of the other team"),
    ],
)
def test_what_is_wrong_with_it_stands_at_the_field(client, wilma, note, kennemerland, given, status, why):
    slugs = {"vt": "veilig-thuis-kennemerland", "kenter": "kenter"}
    if given.get("chosen_service") in slugs:
        given = given | {"chosen_service": kennemerland.services.get(slug=slugs[given["chosen_service"]]).pk}
    response = post(client, wilma, "record-promote", note.case_id, "icd", **given)
    assert response.status_code == status, why
    assert not Handover.objects.filter(state="offered").exists()


# --- What is shared ------------------------------------------------------------------------------


def test_both_read_what_both_share(client, wilma, vincent, both, vt):
    save_record(vincent, vt, {"safety": "Kind is bij oma."}, 1)
    for actor in (wilma, vincent):
        page = page_of(client, actor, both)
        assert "Ruzie thuis." in page
        assert "Kind is bij oma." in page
    assert AccessLogEntry.objects.filter(event="case.records_read", subject=str(both.pk)).count() == 2


def test_what_is_kept_back_is_said_without_its_content(client, wilma, vincent, both, icd):
    given = {"reason": "Nog niet besproken met moeder."}
    save_record(wilma, icd, {"actions": "Alleen voor ons."}, icd.version)
    assert post(client, wilma, "record-share", both.pk, "icd", "actions", **given).status_code == 302
    page = page_of(client, vincent, both)
    assert "niet gedeeld door" in page
    assert given["reason"] not in page
    shown = {view.name: (view.readable, view.text) for view in field_views(vincent, icd)}
    assert shown["actions"] == (False, "")
    for address in ("case", "icd-record"):
        client.force_login(vincent.user)
        assert "Alleen voor ons." not in text_of(client.get(reverse(address, args=[both.pk])))
    assert given["reason"] in page_of(client, wilma, both)
    post(client, wilma, "record-share", both.pk, "icd", "actions", shared="on")
    assert {view.name: view.readable for view in field_views(vincent, icd)}["actions"]


def test_every_field_has_its_default_and_no_choice_shares_the_reporter(vincent, vt):
    assert set(SHARED_BY_DEFAULT["icd"]) >= {"situation", "outcome", "actions"}
    assert NEVER_SHARED["vt"] == {"reporter_shielded"}
    with pytest.raises(PermissionDenied):
        choose_sharing(vincent, vt, "reporter_shielded", shared=True)


def test_only_the_keeper_chooses(client, vincent, karin, icd, both):
    with pytest.raises(PermissionDenied):
        choose_sharing(vincent, icd, "actions", shared=False, reason="x")
    assert post(client, vincent, "record-share", both.pk, "icd", "actions", reason="x").status_code == 403
    assert not SharingChoice.objects.exists()


def test_keeping_back_has_a_reason(client, wilma, both):
    refused = post(client, wilma, "record-share", both.pk, "icd", "actions", reason=" \x00")
    assert refused.status_code == 422
    assert "Schrijf op waarom u dit niet deelt." in text_of(refused)


# --- Remarks -------------------------------------------------------------------------------------


def test_a_remark_is_seen_answered_and_settled(client, wilma, vincent, both):
    said = post(client, vincent, "record-remark", both.pk, "icd", "situation", text="Wie was erbij? 😟\x00")
    assert said.status_code == 302
    made = Comment.objects.get()
    assert (made.text, made.organisation_id) == ("Wie was erbij? 😟", vincent.organisation_id)
    assert (new_threads(wilma, both), new_threads(vincent, both)) == (1, 0)
    client.force_login(wilma.user)
    assert "1 nieuwe opmerking" in text_of(client.get(reverse("case", args=[both.pk])))

    post(client, wilma, "comment-follow-up", both.pk, made.pk, act="answer", text="Oma.")
    assert (new_threads(wilma, both), new_threads(vincent, both)) == (0, 1)
    post(client, vincent, "comment-follow-up", both.pk, made.pk, act="read")
    post(client, vincent, "comment-follow-up", both.pk, made.pk, act="resolved")
    assert new_threads(vincent, both) == 0
    page = page_of(client, wilma, both)
    assert "Oma." in page
    assert "Afgehandeld door Vincent Thuis" in page
    assert {"comment.made", "comment.answer", "comment.read", "comment.resolved"} <= set(
        AccessLogEntry.objects.values_list("event", flat=True)
    )


def test_read_or_settled_twice_is_once(wilma, vincent, icd, both):
    made = remark(vincent, icd, "situation", "Wie?")
    for act in ("read", "read", "resolved", "resolved"):
        follow_up(wilma, made, act)
    assert made.followed_by.count() == 2


def test_rows_are_only_ever_added(wilma, vincent, icd, both):
    remark(vincent, icd, "situation", "Wie?")
    choose_sharing(wilma, icd, "actions", shared=False, reason="x")
    for rows in (Comment.objects.all(), SharingChoice.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_nobody_remarks_on_what_they_may_not_read(wilma, vincent, icd, both):
    choose_sharing(wilma, icd, "actions", shared=False, reason="x")
    with pytest.raises(NothingToTakeOver):
        remark(vincent, icd, "actions", "Wat deed u?")
    with pytest.raises(InvalidEntry):
        remark(vincent, icd, "situation", " ")


def test_who_only_looks_on_sees_no_remarks(client, mirjam, vincent, icd, both, routed):
    """Mirjam manages the ICD: she reads everything of it, and talks to nobody."""
    remark(vincent, icd, "situation", "Wie was erbij?")
    assert reverse("record-remark", args=[both.pk, "icd", "situation"]) not in page_of(client, mirjam, both)
    assert post(client, mirjam, "record-remark", both.pk, "icd", "situation", text="x").status_code == 403


BAD = [
    # route, extra in the address, what is sent, status, why
    ("record-remark", ("icd", "situation"), {"text": " "}, 422, "says nothing"),
    ("record-remark", ("icd", "situation"), {"text": "é" * 100_000}, 302, "a whole report"),
    ("record-remark", ("icd", "situation"), {"text": "מילה אחת"}, 302, "from right to left"),
    ("record-remark", ("icd", "handover"), {"text": "x"}, 404, "no field that is shared"),
    ("record-remark", ("vt", "reporter_shielded"), {"text": "x"}, 404, "a field that never is"),
    ("record-remark", ("xyz", "situation"), {"text": "x"}, 404, "no such record"),
    ("record-share", ("vt", "reporter_shielded"), {"shared": "on"}, 404, "never shared"),
    ("record-share", ("icd", "id"), {"shared": "on"}, 404, "not a field of the record"),
    ("record-take-over", ("icd", "situation"), {"into": "kind"}, 422, "into a choice"),
    ("record-take-over", ("icd", "situation"), {"into": "\x00"}, 422, "into nothing"),
    ("record-take-over", ("vt", "situation"), {"into": "situation"}, 404, "from one's own"),
    ("record-promote", ("xyz",), {}, 404, "no such record"),
]


@pytest.mark.parametrize(("name", "about", "sent", "status", "why"), BAD, ids=[f"{row[0]}: {row[4]}" for row in BAD])
def test_what_a_crafted_form_sends(client, vincent, both, name, about, sent, status, why):
    response = post(client, vincent, name, both.pk, *about, **sent)
    assert response.status_code == status, why


def test_a_follow_up_is_one_of_three(client, wilma, vincent, icd, both):
    made = remark(vincent, icd, "situation", "Wie?")
    for sent in ({}, {"act": "remark", "text": "x"}, {"act": "\x00"}, {"act": "answer", "text": "\x00"}):
        assert post(client, wilma, "comment-follow-up", both.pk, made.pk, **sent).status_code == 422
    assert post(client, wilma, "comment-follow-up", both.pk + 1, made.pk, act="read").status_code == 404


# --- Taking over ---------------------------------------------------------------------------------


def test_what_is_taken_over_comes_below_with_its_source(client, wilma, vincent, both, icd, vt):
    save_record(wilma, icd, {"agreements": "Oma belt morgen."}, icd.version)
    before = vt.situation
    response = post(client, vincent, "record-take-over", both.pk, "icd", "agreements", into="situation")
    assert response.status_code == 302
    vt.refresh_from_db()
    assert vt.situation.startswith(before)
    assert vt.situation.removeprefix(before).strip().startswith("Uit de notitie van ")
    assert vt.situation.endswith("Oma belt morgen.")
    assert vt.history.count() == 2


def test_what_is_kept_back_is_not_taken_over(wilma, vincent, icd, vt):
    choose_sharing(wilma, icd, "actions", shared=False, reason="x")
    with pytest.raises(NothingToTakeOver):
        take_over(vincent, icd, "actions", vt, "situation")
    with pytest.raises(NothingToTakeOver):
        take_over(vincent, icd, "agreements", vt, "situation")


def test_nobody_takes_over_into_the_record_of_another(wilma, vincent, icd, vt):
    with pytest.raises(PermissionDenied):
        take_over(wilma, icd, "situation", vt, "situation")


def test_who_may_not_see_the_case_finds_nothing(client, karin, both):
    client.force_login(karin.user)
    for name, args in (("records", ()), ("icd-record", ())):
        assert client.get(reverse(name, args=[both.pk, *args])).status_code == 404


# Of a case on which both teams work: who reaches what. 404 is "no such case", 403 "not yours to write".
REACH = """
# route              vt  manager kenter police directory privacy admin
records              200 200     404    404    404       404     404
icd-record           200 200     404    404    404       404     404
record-save          403 403     404    404    404       404     404
icd-reopen           403 403     404    404    404       404     404
record-promote       403 403     404    404    404       404     404
record-share         403 403     404    404    404       404     404
record-remark        302 403     404    404    404       404     404
record-take-over     302 404     404    404    404       404     404
comment-follow-up    302 403     404    404    404       404     404
"""
COLUMNS = ("vt", "manager", "kenter", "police", "directory", "privacy", "admin")
SENT = {
    "record-save": {"version": 1, "situation": "x"},
    "icd-reopen": {"reopened_because": "x"},
    "record-share": {"reason": "x"},
    "record-remark": {"text": "x"},
    "record-take-over": {"into": "situation"},
    "comment-follow-up": {"act": "read"},
}
ABOUT = {
    "record-save": ("icd",),
    "record-promote": ("icd",),
    "record-share": ("icd", "situation"),
    "record-remark": ("icd", "situation"),
    "record-take-over": ("icd", "situation"),
}


@pytest.mark.parametrize(
    "row", [line.split() for line in REACH.splitlines() if line and line[0] != "#"], ids=lambda row: row[0]
)
def test_who_reaches_what(client, demo_users, wilma, vt_service, both, icd, row):
    name, *statuses = row
    about = ABOUT.get(name, ())
    if name == "comment-follow-up":
        about = (remark(wilma, icd, "situation", "Let op.").pk,)
    sent = SENT.get(name, {"chosen_service": vt_service.pk, "chosen_reason": "agreed"})
    found = []
    for username in COLUMNS:
        client.force_login(demo_users[username])
        address = reverse(name, args=[both.pk, *about])
        read = name in ("records", "icd-record")
        found.append((client.get(address) if read else client.post(address, sent)).status_code)
    assert dict(zip(COLUMNS, found, strict=True)) == dict(zip(COLUMNS, map(int, statuses), strict=True))


def test_promoting_asks_for_a_service(wilma, note):
    with pytest.raises(ReasonRequired):
        promote(wilma, note, chosen_service=None)
