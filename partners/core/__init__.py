"""The pure core of who is there: cover of a roster. No Django, clock or settings."""

from .roster import Duty, Gap, double_bookings, gaps, repeated

__all__ = ["Duty", "Gap", "double_bookings", "gaps", "repeated"]
