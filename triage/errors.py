"""What can go wrong at the call desk, each with a message the user can read and act on."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .assessment import Assessment


class TriageError(Exception):
    """Base of the domain errors: `str(error)` is for the user, `code` for the program."""

    code = "triage_error"


class NoQuestionSet(TriageError):
    code = "no_question_set"

    def __init__(self, region: str) -> None:
        super().__init__(_("Voor regio «%(region)s» zijn geen vragen geladen.") % {"region": region})


class StaleDraft(TriageError):
    code = "stale_draft"

    def __init__(self) -> None:
        super().__init__(_("Dit gesprek is in een ander venster verder ingevuld. Laad de pagina opnieuw."))


class DraftEnded(TriageError):
    code = "draft_ended"

    def __init__(self) -> None:
        super().__init__(_("Dit gesprek is al afgesloten. Begin een nieuw gesprek."))


class EmptyCall(TriageError):
    code = "empty_call"

    def __init__(self) -> None:
        super().__init__(_("Er is nog niets ingevuld. Vul in wat er aan de hand is, of kies ‘Geen melding’."))


class InvalidAnswers(TriageError):
    """Answers that cannot be read, or that are missing: question id -> message."""

    code = "invalid_answers"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(_("Verbeter eerst de genoemde velden."))
        self.errors = dict(errors)


class MoreNeeded(TriageError):
    """Questions whose answer decides who is responsible: fact names, best first."""

    code = "more_needed"

    def __init__(self, ask: Iterable[str]) -> None:
        super().__init__(
            _("Nog niet te bepalen wie verantwoordelijk is. Beantwoord de genoemde vragen, of kies ‘weet ik niet’.")
        )
        self.ask = list(ask)


class NoAnswer(TriageError):
    """Routing says why it cannot answer: impossible facts, a municipality without agreements."""

    code = "no_answer"


class AnswerChanged(TriageError):
    """Between read-back and confirming the answer became another: nobody confirmed that one."""

    code = "answer_changed"

    def __init__(self, assessment: "Assessment") -> None:
        super().__init__(_("Het antwoord is intussen veranderd. Lees het nieuwe antwoord voor en bevestig opnieuw."))
        self.assessment = assessment


class InvalidChoice(TriageError):
    code = "invalid_choice"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
