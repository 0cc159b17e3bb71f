"""The norms of a region package, loaded: a norm that changed is ended and begins anew, so that clocks keep theirs."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from accounts.policies import Actor, Permission
from accounts.services import log_access
from dossiers import core
from dossiers.models import Norm
from partners.models import Region


@transaction.atomic
def load_norms(actor: Actor | None, region: Region, norms: Iterable[core.Norm]) -> Counter[str]:
    """How many are new, changed, unchanged and withdrawn. Without an actor it is the command line that loads."""
    if actor is not None:
        actor.must(Permission.EDIT_DIRECTORY)
    Region.objects.select_for_update().get(pk=region.pk)
    in_force = {norm.slug: norm for norm in Norm.objects.filter(region=region, in_force=True)}
    wanted = {norm.slug: _fields(norm) for norm in norms}
    done = Counter(withdrawn=_withdraw(norm for slug, norm in in_force.items() if slug not in wanted))
    for slug, fields in wanted.items():
        done[_load(region, in_force.get(slug), fields)] += 1
    if done.total() > done["unchanged"]:
        log_access(actor, event="norms.loaded", action="U", record=region)
    return done


def _load(region: Region, norm: Norm | None, fields: dict[str, object]) -> str:
    if norm is not None and all(getattr(norm, name) == value for name, value in fields.items()):
        return "unchanged"
    if norm is not None:
        _withdraw([norm])
    Norm.objects.create(region=region, **fields)
    return "new" if norm is None else "changed"


def _withdraw(norms: Iterable[Norm]) -> int:
    count = 0
    for norm in norms:
        norm.in_force = False
        norm.save()
        count += 1
    return count


def _fields(norm: core.Norm) -> dict[str, object]:
    return {
        "slug": norm.slug,
        "name": norm.name,
        "explanation": norm.explanation,
        "duration": str(norm.duration),
        "starts": norm.starts,
        "ends": norm.ends,
        "announced_by": norm.announced_by,
        "source": norm.source.value,
        "moves": norm.moves,
        "remind_before": str(norm.remind_before or ""),
        "ambition": norm.ambition,
    }
