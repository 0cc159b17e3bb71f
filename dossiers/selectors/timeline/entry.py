"""One thing that happened in a case, as the timeline shows it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class What(StrEnum):
    CONTACT = "contact"
    DECISION = "decision"
    LEAD = "lead"
    HANDOVER = "handover"
    CONSULTATION = "consultation"
    ALARM = "alarm"
    NOTE = "note"
    ACTION = "action"
    PARTICIPANT = "participant"
    TASK = "task"
    RECORD = "record"
    CLOCK = "clock"
    PERSON = "person"
    VEILIG_THUIS = "veilig_thuis"
    MEASURE = "measure"
    DISCLOSURE = "disclosure"


WHAT_NAMES = {
    What.CONTACT: _("melding"),
    What.DECISION: _("besluit"),
    What.LEAD: _("regie"),
    What.HANDOVER: _("overdracht"),
    What.CONSULTATION: _("overleg en informeren"),
    What.ALARM: _("alarm"),
    What.NOTE: _("notitie"),
    What.ACTION: _("actie"),
    What.PARTICIPANT: _("professional"),
    What.TASK: _("taak"),
    What.RECORD: _("verslag"),
    What.CLOCK: _("termijn"),
    What.PERSON: _("persoon"),
    What.VEILIG_THUIS: _("Veilig Thuis"),
    What.MEASURE: _("maatregel"),
    What.DISCLOSURE: _("gedeeld met anderen"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """`title` is a whole sentence; `text` is what somebody wrote; `link` is a route with its arguments, if any.

    `whole_day`: only the day is known.
    """

    at: datetime
    what: str
    title: str
    who: str = ""
    organisations: tuple[str, ...] = ()
    text: str = ""
    link: tuple = ()
    whole_day: bool = False

    @property
    def what_name(self) -> str:
        return str(WHAT_NAMES.get(self.what, self.what))

    @property
    def url(self) -> str:
        return reverse(self.link[0], args=self.link[1:]) if self.link else ""

    @property
    def by(self) -> str:
        """Who wrote it down; of what nobody did, whom it is about."""
        return self.who or ", ".join(dict.fromkeys(filter(None, self.organisations)))


def full_name(user) -> str:
    return "" if user is None else user.get_full_name() or user.username
