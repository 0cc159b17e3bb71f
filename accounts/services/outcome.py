"""What became of one try to deliver a message."""

from dataclasses import dataclass

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """Without a reason it arrived. `status_code` is what the other server said, as a number."""

    reason: str = ""
    status_code: int | None = None

    @property
    def delivered(self) -> bool:
        return not self.reason


def failed(reason: str, status_code: int | None = None) -> Outcome:
    # PostgreSQL keeps no NUL, and what another server answers may hold one.
    return Outcome(reason.replace("\0", "")[:LONGEST_REASON], status_code)
