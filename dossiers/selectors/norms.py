"""The norms of a region, each with when it would end if it began now."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from dossiers import core
from dossiers.core import AMSTERDAM, Unit, clock_end, parse_duration, term_end
from dossiers.deadline_words import EVENT_NAMES, duration_name, in_words
from dossiers.models import Norm
from partners.models import Region
from routing.errors import InvalidParameters, unknown_region


@dataclass(frozen=True, slots=True)
class NormView:
    norm: Norm
    duration: str
    starts: str
    ends: str
    remind_before: str
    example: str


def norms_of(actor: Actor) -> list[NormView]:
    """Those in force in the actor's region, in the order of the events that start them."""
    norms = Norm.objects.filter(region=actor.region_id, in_force=True)
    return [_view(norm) for norm in norms.order_by("starts", "pk")]


def norms_in_force(region: str) -> dict[str, core.Norm]:
    """As the core knows them, by slug; raises InvalidParameters when there is no such region."""
    if not Region.objects.filter(slug=region).exists():
        raise InvalidParameters({"region": [unknown_region(region)]})
    rows = Norm.objects.filter(region__slug=region, in_force=True).order_by("starts", "pk")
    return {row.slug: _for_the_core(row) for row in rows}


def _for_the_core(row: Norm) -> core.Norm:
    return core.Norm(
        row.slug,
        parse_duration(row.duration),
        row.starts,
        row.ends,
        core.Source(row.source),
        moves=row.moves,
        name=row.label,
    )


def _view(norm: Norm) -> NormView:
    return NormView(
        norm,
        duration_name(parse_duration(norm.duration)),
        _event(norm.starts),
        _event(norm.ends),
        duration_name(parse_duration(norm.remind_before)) if norm.remind_before else _("geen"),
        _example(norm),
    )


def _event(code: str) -> str:
    return str(EVENT_NAMES.get(code, code))


def _example(norm: Norm) -> str:
    duration, now = parse_duration(norm.duration), timezone.now().replace(second=0, microsecond=0).astimezone(AMSTERDAM)
    if duration.unit is Unit.HOURS:
        return in_words(clock_end(duration.amount, now), duration, now)
    return in_words(term_end(duration, now.date(), moves=norm.moves), duration, now.date())
