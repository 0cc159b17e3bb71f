"""The directory, who works where, and who is on duty when."""

from .directory import (
    DatedHours,
    DirectoryRevision,
    Membership,
    Municipality,
    Organisation,
    Phone,
    Region,
    Service,
    Suspension,
    WeeklyHours,
)
from .roster import RosterFeed, Shift, Swap, Team

__all__ = [
    "DatedHours",
    "DirectoryRevision",
    "Membership",
    "Municipality",
    "Organisation",
    "Phone",
    "Region",
    "RosterFeed",
    "Service",
    "Shift",
    "Suspension",
    "Swap",
    "Team",
    "WeeklyHours",
]
