"""What is read back at a warm handover: situation, background, assessment, request (SBAR), what the caller knows."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Plain text, each part as it was said; empty where nothing was."""

    situation: str = ""
    background: str = ""
    assessment: str = ""
    request: str = ""
    callback_number: str = ""
    told_caller: str = ""

    def as_fields(self) -> dict[str, str]:
        return asdict(self)


NOTHING_READ = ReadBack()
FIELDS = ("situation", "background", "assessment", "request", "callback_number", "told_caller")
