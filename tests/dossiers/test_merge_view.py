"""Two people write in one record at once: what is put together by itself, what is asked, and that nothing is lost."""

from html import unescape

import pytest
from django.urls import reverse

from dossiers.models import IcdRecord, VtRecord
from dossiers.services import RecordChanged, complete_note, save_merged, save_record
from routing.services import accept

pytestmark = pytest.mark.usefixtures("tuesday_morning")

START = "Kind is thuis. Moeder is gebeld."


@pytest.fixture
def note(wilma, routed) -> IcdRecord:
    note = IcdRecord.objects.get(case=routed(wilma, category="youth_act").case)
    return save_record(wilma, note, {"situation": START}, 1)


@pytest.fixture
def as_wilma(client, wilma):
    client.force_login(wilma.user)
    return client


def save(client, note, **given):
    return client.post(reverse("record-save", args=[note.case_id, "icd"]), given)


def text_of(response) -> str:
    return unescape(response.content.decode())


def test_other_sentences_are_put_together_and_the_page_says_so(as_wilma, wilma, note):
    save_record(wilma, note, {"situation": START.replace("thuis", "bij oma"), "steps": ["called_back"]}, 2)
    mine = {"situation": f"{START} Vader komt.", "steps": ["spoke_child"], "version": 2}
    saved = as_wilma.post(reverse("record-save", args=[note.case_id, "icd"]), mine, follow=True)
    assert "Iemand anders schreef intussen ook" in text_of(saved)
    note.refresh_from_db()
    assert note.situation == "Kind is bij oma. Moeder is gebeld. Vader komt."
    assert (note.steps, note.version) == (["called_back", "spoke_child"], 4)


def test_pressed_twice_is_saved_once(as_wilma, note):
    for _press in range(2):
        assert save(as_wilma, note, situation="Nieuw.", actions="Gebeld.", version=2).status_code == 302
    note.refresh_from_db()
    assert note.version == 3


CHOSEN = [
    # choice, edited text, what stands there, why
    ("mine", None, "Kind is op school.", "mine"),
    ("theirs", None, "Kind is bij oma.", "theirs"),
    ("both", None, "Kind is bij oma.\nKind is op school.", "both"),
    ("neither", None, "Kind is bij oma.\nKind is op school.", "a choice that does not exist loses nothing"),
    ("mine", "Kind is bij oma, na school.", "Kind is bij oma, na school.", "what somebody types goes before"),
    ("mine", "Kind\x00 is weg.\r\nEcht.", "Kind is weg.\nEcht.", "typed in a browser"),
]


@pytest.mark.parametrize(("choice", "edited", "stands", "why"), CHOSEN, ids=[row[3] for row in CHOSEN])
def test_a_collision_is_asked_and_chosen(as_wilma, wilma, note, choice, edited, stands, why):
    save_record(wilma, note, {"situation": "Kind is bij oma."}, 2)
    asked = save(as_wilma, note, situation="Kind is op school.", actions="Gebeld.", version=2)
    assert asked.status_code == 409
    for text in ("Kind is bij oma.", "Kind is op school.", START, "Gebeld."):
        assert text in text_of(asked)
    answer = posted_by(asked) | {"choice-situation-0": choice}
    if edited is not None:
        answer["situation"] = edited
    assert save(as_wilma, note, **answer).status_code == 302
    note.refresh_from_db()
    assert (note.situation, note.actions) == (stands, "Gebeld."), why


def test_a_third_save_in_between_loses_nothing_either(as_wilma, wilma, note):
    save_record(wilma, note, {"situation": "Kind is bij oma."}, 2)
    first = save(as_wilma, note, situation="Kind is op school.", version=2)
    save_record(wilma, note, {"situation": "Kind is bij opa."}, 3)
    second = save(as_wilma, note, **posted_by(first), **{"choice-situation-0": "mine"})
    assert second.status_code == 409
    for text in ("Kind is op school.", "Kind is bij opa."):
        assert text in text_of(second)
    save_record(wilma, note, {"actions": "Gebeld."}, 4)
    assert save(as_wilma, note, **posted_by(second)).status_code == 302
    note.refresh_from_db()
    assert {"Kind is op school.", "Kind is bij opa."} <= set(note.situation.split("\n"))
    assert note.actions == "Gebeld."


def test_a_choice_that_collides_is_asked(as_wilma, wilma, note):
    save_record(wilma, note, {"outcome": "advice"}, 2)
    asked = save(as_wilma, note, situation=START, outcome="to_vt", version=2)
    assert asked.status_code == 409
    assert "Uw keuze: naar Veilig Thuis" in text_of(asked)
    assert "Hun keuze: advies gegeven" in text_of(asked)
    assert save(as_wilma, note, situation=START, outcome="advice", version=3, based_on=2).status_code == 302
    note.refresh_from_db()
    assert note.outcome == "advice"


def test_completing_from_the_merge_view_completes(as_wilma, wilma, note):
    save_record(wilma, note, {"situation": "Kind is bij oma."}, 2)
    asked = save(as_wilma, note, situation="Kind is op school.", outcome="advice", complete="1", version=2)
    assert save(as_wilma, note, **posted_by(asked)).status_code == 302
    note.refresh_from_db()
    assert note.completed_at is not None


CRAFTED = [
    # what is sent beside a good answer, status, why
    ({"based_on": "²"}, 302, "a digit that is no number"),
    ({"based_on": "9" * 30}, 302, "a version that no database has"),
    ({"based_on": "-1"}, 302, "before the first"),
    ({"based_on": "\x00"}, 302, "a zero byte"),
    ({"version": "9" * 30}, 409, "a version that was never saved"),
    ({"version": "-1"}, 409, "before the first"),
    ({"version": "een"}, 422, "no number"),
    ({"typed-situation": "é" * 100_000, "situation": "é" * 100_000}, 302, "a whole report"),
]


@pytest.mark.parametrize(("sent", "status", "why"), CRAFTED, ids=[row[2] for row in CRAFTED])
def test_what_a_crafted_answer_sends(as_wilma, note, sent, status, why):
    answer = {"situation": "Mijn tekst.", "typed-situation": "Mijn tekst.", "version": "2", "based_on": "1"} | sent
    assert save(as_wilma, note, **answer).status_code == status, why


def test_a_program_that_saves_gets_both_texts(wilma, note):
    save_record(wilma, note, {"situation": "Kind is bij oma."}, 2)
    with pytest.raises(RecordChanged) as conflict:
        save_merged(wilma, note, {"situation": "Kind is op school."}, 2)
    merge = conflict.value.merges["situation"]
    assert (merge.base, merge.mine, merge.theirs) == (START, "Kind is op school.", "Kind is bij oma.")
    with pytest.raises(RecordChanged):
        complete_note(wilma, note, {"situation": "Kind is op school.", "outcome": "advice"}, 2)


def test_the_dossier_of_veilig_thuis_is_merged_the_same_way(client, wilma, vincent, routed):
    record = VtRecord.objects.get(case=accept(vincent, routed(wilma, category="hgkm", age=8)).case)
    client.force_login(vincent.user)
    save_record(vincent, record, {"safety": "Kind is bij oma."}, 1)
    address = reverse("record-save", args=[record.case_id, "vt"])
    mine = {"situation": record.situation, "safety": "Kind is thuis.", "version": 1}
    asked = client.post(address, mine | {"reporter_shielded": "on"})
    assert asked.status_code == 409
    assert client.post(address, posted_by(asked)).status_code == 302
    record.refresh_from_db()
    assert record.reporter_shielded
    assert record.safety == "Kind is bij oma.\nKind is thuis."


def posted_by(asked) -> dict[str, object]:
    """What a browser sends that presses the button of the merge view at once."""
    seen = asked.context
    sent: dict[str, object] = {"version": seen["conflict"].theirs.version, "based_on": seen["based_on"]}
    if asked.context["complete"]:
        sent["complete"] = "1"
    for field in asked.context["fields"]:
        if field.passages:
            sent |= {field.name: field.text, f"typed-{field.name}": field.typed}
        elif field.options:
            sent[field.name] = field.options[0][0]
        else:
            sent[field.name] = list(field.hidden)
    return sent
