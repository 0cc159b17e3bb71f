"""Measures of one region: figures only, never a person."""

from .board import Bar, Board, board, open_alarms
from .bounces import BounceMeter, bounce_meter
from .capacity import all_reports, capacity_reports, told_to_nobody

__all__ = [
    "Bar",
    "Board",
    "BounceMeter",
    "all_reports",
    "board",
    "bounce_meter",
    "capacity_reports",
    "open_alarms",
    "told_to_nobody",
]
