"""Two colleagues press at the very same moment: both texts stand there, or one of them is asked."""

import pytest

from dossiers.models import IcdRecord
from dossiers.services import RecordChanged, complete_note, save_merged
from tests.routing.test_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tuesday_morning")]


@pytest.fixture
def note(wilma, routed) -> IcdRecord:
    return IcdRecord.objects.get(case=routed(wilma, category="youth_act").case)


def test_other_fields_both_stand_there(wilma, note):
    at_once(
        lambda: save_merged(wilma, note, {"actions": "Gebeld.", "agreements": ""}, 1),
        lambda: save_merged(wilma, note, {"actions": "", "agreements": "Oma belt."}, 1),
    )
    note.refresh_from_db()
    assert (note.actions, note.agreements, note.version) == ("Gebeld.", "Oma belt.", 3)


def test_in_one_sentence_one_of_both_is_asked(wilma, note):
    def save(text: str):
        try:
            return save_merged(wilma, note, {"actions": text}, 1)
        except RecordChanged as conflict:
            return conflict

    outcomes = at_once(lambda: save("Vader gebeld."), lambda: save("Moeder gebeld."))
    asked = [outcome for outcome in outcomes if isinstance(outcome, RecordChanged)]
    note.refresh_from_db()
    assert len(asked) == 1
    assert {note.actions, asked[0].ours["actions"]} == {"Vader gebeld.", "Moeder gebeld."}


def test_completed_at_once_is_completed_once(wilma, note):
    at_once(*(lambda: complete_note(wilma, note, {"outcome": "advice"}, 1) for _press in range(2)))
    note.refresh_from_db()
    assert (note.outcome, note.version) == ("advice", 3)
