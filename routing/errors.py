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


class RulesDoNotFit(RoutingError):
    """The rules name a service that the directory does not list."""

    code = "rules_do_not_fit"

    def __init__(self, version: str) -> None:
        super().__init__(
            _("De afspraken «%(version)s» noemen een dienst die niet in de gids van de regio staat.")
            % {"version": version}
        )


class NoProposal(RoutingError):
    """These deviations do not lead to a change of the rule; the reason says why."""

    code = "no_proposal"

    def __init__(self, reason: str) -> None:
        messages = {
            "too_few": _("Er zijn te weinig afwijkingen die op elkaar lijken om er een voorstel van te maken."),
            "not_agreed": _("Deze regel is geen afspraak tussen organisaties: die verandert u niet met een voorstel."),
            "not_served": _("De gekozen dienst is er volgens de gids niet voor deze meldingen. Pas eerst de gids aan."),
            "rule_gone": _("Deze regel staat niet meer in de afspraken die nu gelden."),
        }
        super().__init__(messages[reason])


class ImpossibleQuestion(RoutingError):
    """The region declared this combination of facts impossible, with its reason."""

    code = "impossible_facts"


class InvalidParameters(RoutingError):
    """Everything wrong with the parameters at once: field -> messages."""

    code = "invalid_parameters"

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(" ".join(f"{field}: {text}" for field, texts in errors.items() for text in texts))
        self.errors = dict(errors)


class RulesInvalid(RoutingError):
    """Rules, or a service, that cannot be stored like this: field -> what is wrong, for beside that field.

    Fields are those of the document (`to`, `when.age`, `hours`); "" is about the whole. When a whole rule set is
    checked a rule's fields carry its slug (`rules.jeugd.when.age`).
    """

    code = "rules_invalid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{field}: {text}" if field else text for field, text in errors.items()))
        self.errors = dict(errors)


class ChangedMeanwhile(RoutingError):
    """Somebody else saved first. Nothing was written; `current` is what is stored now, for beside what was typed."""

    code = "changed_meanwhile"

    def __init__(self, current: object) -> None:
        super().__init__(
            _("Iemand anders heeft dit intussen gewijzigd. Vergelijk uw invoer met wat er nu staat en bewaar opnieuw.")
        )
        self.current = current


class NotADraft(RoutingError):
    code = "not_a_draft"

    def __init__(self) -> None:
        super().__init__(_("Deze afspraken zijn gepubliceerd en veranderen niet meer. Begin een nieuw concept."))


class NotProven(RoutingError):
    """There is no proof of these very rules with the directory as it is now."""

    code = "not_proven"

    def __init__(self) -> None:
        super().__init__(_("Toets de afspraken eerst: sinds de laatste toets zijn de regels of de gids veranderd."))


class NotWatertight(RoutingError):
    """Gaps, conflicts or services that cannot be reached: refused, unless waived by who may and with a reason.

    `cells` are the problems, each with its `kind` (gap, conflict, without_number, without_hours) and a `text` to show;
    gaps and conflicts further as in a proof's report. `may_waive` says whether a reason would help this actor.
    """

    code = "not_watertight"

    def __init__(self, cells: list[dict], *, may_waive: bool) -> None:
        super().__init__(
            _("De afspraken zijn dan niet sluitend. Los het op, of geef een reden waarom het toch mag.")
            if may_waive
            else _("De afspraken zijn dan niet sluitend. Los het op, of vraag de manager of het toch mag.")
        )
        self.cells = cells
        self.may_waive = may_waive


class NeverOff(RoutingError):
    code = "never_off"

    def __init__(self) -> None:
        super().__init__(_("Deze dienst is noodhulp of vangnet en mag nooit dicht of omgeleid worden."))


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


class NothingToOffer(RoutingError):
    """The case is on offer, taken, closed, or another's."""

    code = "nothing_to_offer"

    def __init__(self) -> None:
        super().__init__(_("Deze casus kan nu niet opnieuw naar iemand. Ververs de pagina voor de laatste stand."))


class InvalidEntry(RoutingError):
    """What somebody filled in cannot be kept like this: field -> what to do about it."""

    code = "invalid_entry"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class AlreadyResponsible(RoutingError):
    code = "already_responsible"

    def __init__(self) -> None:
        super().__init__(_("Volgens de afspraken bent u verantwoordelijk. Kies een andere organisatie, met de reden."))


class NotTheLead(RoutingError):
    code = "not_the_lead"

    def __init__(self) -> None:
        super().__init__(_("Dit kan alleen de organisatie die nu de regie heeft. Ververs de pagina."))


class StillOpen(RoutingError):
    """Something has to be finished first; `problems` says what."""

    code = "still_open"

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class NoOwnProvider(RoutingError):
    code = "no_own_provider"

    def __init__(self) -> None:
        super().__init__(_("Er is geen andere eigen behandelaar bekend om de casus aan terug te geven."))


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
