"""Who looked at a case, as its client may see it. Whether the actor may give it, the page has asked first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from accounts.grounds import code_and_detail
from accounts.models import AccessLogEntry
from accounts.selectors import looked_at
from dossiers.policies import has_shielded_reporter
from partners.models import Organisation
from routing.models import Case

# When somebody called about the family would tell them who it was.
OF_THE_CALL = ("contact", "draft")


@dataclass(frozen=True, slots=True)
class Look:
    """What people of one organisation in one role did on a day, how often, under which rule and what for."""

    day: date
    organisation: str
    role: str
    action: str
    rule: str
    purpose: str
    times: int


def overview(case: Case) -> list[Look]:
    """Newest day first; without names, and without the call when its reporter is shielded."""
    found = looked_at(str(case.pk), OF_THE_CALL if has_shielded_reporter(case) else ())
    names = dict(Organisation.objects.values_list("slug", "name"))
    times: Counter[Look] = Counter()
    for each in found:
        times[_look(each, names)] += each["times"]
    return [replace(look, times=count) for look, count in times.items()]


def _look(each: Mapping[str, Any], names: Mapping[str, str]) -> Look:
    """Without the detail of its purpose, which is for who oversees, and without how often."""
    return Look(
        day=each["day"],
        organisation=names.get(each["on_behalf_of"], each["on_behalf_of"]),
        role=each["role"],
        action=str(AccessLogEntry.Action(each["action"]).label),
        rule=each["rule"],
        purpose=code_and_detail(each["purpose"])[0],
        times=0,
    )
