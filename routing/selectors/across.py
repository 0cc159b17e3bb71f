"""Whose rules answer: the region depends on the domain, and somebody may be treated in another region."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from partners.models import Municipality, Organisation, Region
from routing.core import CATEGORIES, NO_PROVIDER, Facts, Table, Unknown
from routing.core.across import own_client_lines
from routing.errors import NoRuleSet

from .tables import InForce, table_for


@dataclass(frozen=True, slots=True)
class Reading:
    """The rules that answer, the facts as those rules can read them, and what the reader must know of that.

    `is_named` is False when no agreement at all names this municipality and category.
    """

    held: InForce
    facts: Facts
    remarks: tuple[str, ...] = ()
    is_named: bool = True

    @property
    def regions(self) -> set[Region]:
        return {self.held.region} | ({self.held.lender.region} if self.held.lender else set())


def reading(asked: InForce, facts: Facts, moment: datetime) -> Reading:
    """The region asked answers, unless its rules do not name this municipality and another region's rules do.

    Uitgeest is Kennemerland's for all but youth help. A municipality that has merged since is read as what it became.
    """
    found = _by_municipality(asked, facts, moment)
    if found.held.region != asked.region:
        remark = _("Beantwoord volgens de afspraken van regio %(region)s.") % {"region": found.held.region.name}
        found = replace(found, remarks=(*found.remarks, remark))
    return _with_own_provider(found, moment)


def warm_handover(asked: Region, organisation_slug: str | None) -> list[str]:
    """Nobody is told to ring elsewhere: who works from another region gets the caller warm."""
    found = Organisation.objects.select_related("home_region").filter(slug=organisation_slug or "").first()
    if found is None or found.home_region in (None, asked):
        return []
    words = {"organisation": found.name, "region": found.home_region.name}
    return [
        _(
            "%(organisation)s werkt vanuit regio %(region)s. Draag warm over, ook over de regiogrens: "
            "bel zelf en blijf erbij tot de casus is aangenomen."
        )
        % words
    ]


# --- Where -----------------------------------------------------------------------------------


def _by_municipality(asked: InForce, facts: Facts, moment: datetime) -> Reading:
    if isinstance(facts.municipality, Unknown) or _names(asked.table, facts):
        return Reading(asked, facts)
    for code, remarks in _called_since(facts.municipality):
        here = replace(facts, municipality=code)
        candidates = [each for each in _regions(asked, moment) if _named(each.table, here)]
        if candidates:
            best = max(candidates, key=lambda each: len(_named(each.table, here)))
            return Reading(best, here, remarks)
    return Reading(asked, facts, is_named=False)


def _names(table: Table, facts: Facts) -> bool:
    """Whether the agreement speaks of all that these facts can be about."""
    return len(_named(table, facts)) == (len(CATEGORIES) if isinstance(facts.category, Unknown) else 1)


def _named(table: Table, facts: Facts) -> list[str]:
    categories = CATEGORIES if isinstance(facts.category, Unknown) else (facts.category,)
    return [category for category in categories if table.names(str(facts.municipality), category)]


def _called_since(code: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The municipality, then what it has merged into: an agreement names the places as they were when it was made."""
    yield code, ()
    found = Municipality.objects.select_related("successor").filter(code=code).first()
    old = found.name if found else code
    while found and found.successor:
        found = found.successor
        words = {"old": old, "new": found.name}
        remark = _("%(old)s is opgegaan in %(new)s; dit antwoord volgt de afspraken voor %(new)s.") % words
        yield found.code, (remark,)


def _regions(asked: InForce, moment: datetime) -> Iterator[InForce]:
    """The region asked first; then the others that have rules at that moment."""
    yield asked
    for slug in Region.objects.exclude(pk=asked.region.pk).order_by("slug").values_list("slug", flat=True):
        with suppress(NoRuleSet):
            yield table_for(slug, moment)


# --- Treated elsewhere -----------------------------------------------------------------------


def _with_own_provider(found: Reading, moment: datetime) -> Reading:
    """An own provider that the answering region does not list counts by its line for own clients elsewhere."""
    provider, own = found.facts.provider, own_client_lines(found.held.directory)
    if not provider or isinstance(provider, Unknown) or provider in own:
        return found
    others = [each for each in _regions(found.held, moment) if provider in own_client_lines(each.directory)]
    if not others:
        return replace(found, facts=replace(found.facts, provider=NO_PROVIDER))
    home = Organisation.objects.filter(slug=provider).values_list("home_region", flat=True).first()
    lender = min(others, key=lambda each: each.region.pk != home)
    return replace(found, held=replace(found.held, lender=lender, provider=provider))
