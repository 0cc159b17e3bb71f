"""What stands in the way of a record, in words for the user."""

from django.utils.translation import gettext as _

from routing.errors import RoutingError


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
