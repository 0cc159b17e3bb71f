"""Everything that happened in a case, in one order. Whether the actor may see the case, routing has answered first.

Another kind of entry is one function in SOURCES: it takes the actor and the case and yields entries, by a number of
queries that does not depend on how much there is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.policies import Actor
from routing.models import Case

from . import before, beside, during
from .entry import WHAT_NAMES, Entry, What

Source = Callable[[Actor, Case], Iterable[Entry]]
SOURCES: list[Source] = [
    before.contacts,
    before.decisions,
    before.lead_and_handovers,
    before.additions,
    before.notes,
    during.people,
    during.actions,
    during.participants,
    during.tasks,
    during.records,
    during.clocks,
    beside.veilig_thuis,
    beside.measures,
    beside.disclosures,
    beside.suspensions,
]
MOST = 5000


@dataclass(frozen=True, slots=True)
class Asked:
    """What to leave out; empty leaves nothing out. Days are inclusive."""

    what: str = ""
    organisation: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Oldest first, unless asked otherwise; `total` counts what the case has, whatever was left out."""

    entries: list[Entry]
    total: int

    @property
    def organisations(self) -> list[str]:
        return sorted({name for entry in self.entries for name in entry.organisations if name})

    @property
    def kinds(self) -> list[str]:
        found = {entry.what for entry in self.entries}
        return [what for what in WHAT_NAMES if what in found]

    def only(self, asked: Asked) -> "Timeline":
        words = asked.words.casefold().split()
        found = [entry for entry in self.entries if _fits(entry, asked, words)]
        return Timeline(found if asked.oldest_first else found[::-1], self.total)


def timeline_of(actor: Actor, case: Case) -> Timeline:
    """The whole, oldest first; what happened at one instant stands in the order of the sources."""
    entries = sorted((entry for source in SOURCES for entry in source(actor, case)), key=lambda entry: entry.at)
    return Timeline(entries, len(entries))


def _fits(entry: Entry, asked: Asked, words: list[str]) -> bool:
    if asked.what and entry.what != asked.what:
        return False
    if asked.organisation and asked.organisation not in entry.organisations:
        return False
    day = timezone.localdate(entry.at) if asked.since or asked.until else None
    if day is not None and not (asked.since or date.min) <= day <= (asked.until or date.max):
        return False
    return not words or _says(entry, words)


def _says(entry: Entry, words: list[str]) -> bool:
    text = " ".join((entry.title, entry.text, entry.who, *entry.organisations)).casefold()
    return all(word in text for word in words)


__all__ = ["MOST", "SOURCES", "WHAT_NAMES", "Asked", "Entry", "Timeline", "What", "timeline_of"]
