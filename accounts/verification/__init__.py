"""Whether history and access log are as they were written, recomputed from the rows themselves: `verify`."""

from .findings import Findings
from .run import Head, verify

__all__ = ["Findings", "Head", "verify"]
