"""What became of one try to deliver a message."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import OutboxMessage

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """Without a reason it arrived. `status_code` is what the other server said, as a number."""

    reason: str = ""
    status_code: int | None = None

    @property
    def delivered(self) -> bool:
        return not self.reason


Send = Callable[[OutboxMessage], Outcome]


def failed(reason: str, status_code: int | None = None) -> Outcome:
    # PostgreSQL keeps no NUL, and what another server answers may hold one.
    return Outcome(reason.replace("\0", "")[:LONGEST_REASON], status_code)
