"""What can stand in the way of writing in a dossier, each with a message the user can read."""

from django.utils.translation import gettext as _

from routing.errors import RoutingError


class CaseIsClosed(RoutingError):
    code = "case_is_closed"

    def __init__(self) -> None:
        super().__init__(_("Deze casus is afgesloten. Er komen geen nieuwe acties meer bij."))


class HasEnded(RoutingError):
    code = "has_ended"

    def __init__(self, how: str) -> None:
        super().__init__(_("Dit is intussen al beëindigd: %(how)s.") % {"how": how})
