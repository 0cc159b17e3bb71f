"""The bounce meter: what happened to the offers of a region in a period, from the first asked to who accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.policies import Actor, Permission
from dashboards.bounces import Bounces, Chain, by_hops, measure, measure_by
from partners.models import Region
from routing.models import Handover

from .periods import days

State = Handover.State
Row = dict[str, Any]
ACCEPTED = (State.ACCEPTED, State.RETURNED)
FIELDS = (
    *("pk", "first_id", "hop", "state", "offered_at", "answered_at", "sender_id"),
    *("sender__name", "service__organisation_id", "service__organisation__name", "decision__rule"),
)


@dataclass(frozen=True, slots=True)
class BounceMeter:
    """`waiting`: an offer still stands; `stopped`: withdrawn, or ended without anybody accepting."""

    region: Region
    total: Bounces | None
    hops: list[tuple[int, int]]
    pairs: list[tuple[tuple[str, str], Bounces]]
    rules: list[tuple[str, Bounces]]
    waiting: int
    stopped: int


def bounce_meter(actor: Actor, since: date, until: date) -> BounceMeter:
    """Chains that began in these days in the actor's region. Raises PermissionDenied."""
    actor.must(Permission.SEE_BOARD)
    region = Region.objects.get(pk=actor.region_id)
    chains, waiting, stopped = [], 0, 0
    for offers in _offers_by_chain(region, since, until):
        accepted = next((each for each in offers if each["state"] in ACCEPTED), None)
        if accepted is not None:
            chains.append(_chain(offers[0], accepted))
        elif offers[-1]["state"] == State.OFFERED:
            waiting += 1
        else:
            stopped += 1
    return BounceMeter(
        region=region,
        total=measure(chains) if chains else None,
        hops=by_hops(chains),
        pairs=measure_by(chains, lambda chain: (chain.sender, chain.asked)),
        rules=measure_by(chains, lambda chain: chain.rule),
        waiting=waiting,
        stopped=stopped,
    )


def _offers_by_chain(region: Region, since: date, until: date) -> Iterable[list[Row]]:
    """The offers of each chain, the first asked first; without what the sender took itself at once."""
    ours = Q(service__region=region) | Q(sender__home_region=region)
    kind, period = Handover.Kind.OFFER, days(since, until, region)
    firsts = Handover.objects.filter(ours, kind=kind, first__isnull=True, offered_at__range=period).order_by()
    offers = Handover.objects.filter(Q(pk__in=firsts.values("pk")) | Q(first__in=firsts.values("pk")))
    chains: dict[int, list[Row]] = {}
    for row in offers.order_by("hop", "pk").values(*FIELDS):
        chains.setdefault(row["first_id"] or row["pk"], []).append(row)
    return [rows for rows in chains.values() if rows[0]["service__organisation_id"] != rows[0]["sender_id"]]


def _chain(first: Row, accepted: Row) -> Chain:
    return Chain(
        sender=first["sender__name"],
        asked=first["service__organisation__name"],
        taken_by=accepted["service__organisation__name"],
        rule=first["decision__rule"],
        hops=accepted["hop"],
        minutes=(accepted["answered_at"] - first["offered_at"]).total_seconds() / 60,
    )
