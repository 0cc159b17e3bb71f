"""What can stand in the way of writing in a dossier, each with a message the user can read."""

from django.utils.translation import gettext as _

from routing.errors import RoutingError


class StepNotPossible(RoutingError):
    """Not from this state, or something must be done first; `problems` says what."""

    code = "step_not_possible"

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class DossierChanged(RoutingError):
    """Somebody took a step or saved in the meantime. Nothing was written."""

    code = "dossier_changed"

    def __init__(self) -> None:
        super().__init__(
            _("Iemand anders was u voor: het dossier is intussen gewijzigd. Kijk wat er nu staat en verstuur opnieuw.")
        )


class MeasureChanged(RoutingError):
    """Somebody saved this measure in the meantime. Nothing was written."""

    code = "measure_changed"

    def __init__(self) -> None:
        super().__init__(
            _("Iemand anders was u voor: de maatregel is intussen gewijzigd. Vergelijk en bewaar opnieuw.")
        )


class CaseIsClosed(RoutingError):
    code = "case_is_closed"

    def __init__(self) -> None:
        super().__init__(_("Deze casus is afgesloten. Er komt niets nieuws meer bij."))


class HasEnded(RoutingError):
    code = "has_ended"

    def __init__(self, how: str) -> None:
        super().__init__(_("Dit is intussen al beëindigd: %(how)s.") % {"how": how})


class RecordCompleted(RoutingError):
    """A note that was completed is opened again, with a reason, before somebody writes in it."""

    code = "record_completed"

    def __init__(self) -> None:
        super().__init__(_("Deze notitie is afgerond. Schrijf op waarom u haar heropent; uw tekst staat er nog."))


class NotCompleted(RoutingError):
    code = "not_completed"

    def __init__(self) -> None:
        super().__init__(_("Deze notitie is niet afgerond: u kunt er gewoon in schrijven."))


class NothingToTakeOver(RoutingError):
    code = "nothing_to_take_over"

    def __init__(self) -> None:
        super().__init__(_("Daar staat nu niets dat gedeeld is."))


class AlreadyOfOtherTeam(RoutingError):
    """The other team has its own record, and the lead is not ours to offer."""

    code = "not_ours_to_offer"

    def __init__(self) -> None:
        super().__init__(_("Uw organisatie heeft de regie nu niet, of de casus is al aan iemand aangeboden."))
