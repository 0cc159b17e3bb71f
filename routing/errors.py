"""What can go wrong in routing, each with a message the user can read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


class RoutingError(Exception):
    """Base of the domain errors: `str(error)` is for the user, `code` for the program."""

    code = "routing_error"

    @property
    def message(self) -> str:
        return str(self)


class NoRuleSet(RoutingError):
    code = "no_rule_set"

    def __init__(self, region_slug: str) -> None:
        super().__init__(
            _("Voor regio «%(region)s» zijn op dit moment geen afspraken geladen.") % {"region": region_slug}
        )


class CellNotCovered(RoutingError):
    code = "cell_not_covered"

    def __init__(self, municipality: str) -> None:
        super().__init__(
            _("Geen enkele geladen regio heeft afspraken voor gemeente «%(name)s».") % {"name": municipality}
        )


class ImpossibleQuestion(RoutingError):
    """The region declared this combination of facts impossible, with its reason."""

    code = "impossible_facts"


class InvalidParameters(RoutingError):
    """Everything wrong with the parameters at once: field -> messages."""

    code = "invalid_parameters"

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(" ".join(f"{field}: {text}" for field, texts in errors.items() for text in texts))
        self.errors = dict(errors)


class AlreadyAnswered(RoutingError):
    code = "already_answered"

    def __init__(self, state_label: str) -> None:
        super().__init__(
            _("Deze overdracht is intussen al beantwoord: %(state)s. Ververs de pagina voor de laatste stand.")
            % {"state": state_label}
        )


class ReasonRequired(RoutingError):
    code = "reason_required"

    def __init__(self, message: str = "", field: str = "reason") -> None:
        super().__init__(message or _("Kies een reden."))
        self.field = field


class DutyLeadCannotDecline(RoutingError):
    code = "duty_lead_cannot_decline"

    def __init__(self) -> None:
        super().__init__(_("De achterwacht kan niet weigeren: na u is er niemand meer. Neem de casus aan."))


class NotRouted(RoutingError):
    """The answer is to record, not to route: there is no case to open."""

    code = "not_routed"

    def __init__(self) -> None:
        super().__init__(_("Dit antwoord wordt vastgelegd en niet overgedragen."))


class StillUndetermined(RoutingError):
    """More than one organisation is possible and asking is not over."""

    code = "still_undetermined"

    def __init__(self) -> None:
        super().__init__(_("Er zijn nog meer organisaties mogelijk. Stel eerst de vragen die nog openstaan."))


def unknown_region(slug: str) -> str:
    return _("Regio «%(given)s» is niet bekend.") % {"given": slug}


def given_twice() -> str:
    return _("Geef deze parameter één keer.")
