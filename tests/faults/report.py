"""What was broken and what was found afterwards, told at the end of a test run.

A plugin rather than a conftest: with `-n 2` the summary is written by the process that collects nothing itself.
"""

from collections import Counter
from dataclasses import dataclass

HEADING = "injected faults"


@dataclass
class Fault:
    """`confirmed` is what callers had been told was logged when it struck; `found` what of that is there afterwards."""

    kind: str
    pid: str
    confirmed: int
    found: int | None = None
    detail: str = ""

    def __str__(self) -> str:
        found = "not counted" if self.found is None else self.found
        return f"{self.kind:<26} pid {self.pid:<15} confirmed {self.confirmed:>5}  found {found:>5}  {self.detail}"


def pytest_terminal_summary(terminalreporter) -> None:
    reports = [report for group in ("passed", "failed") for report in terminalreporter.getreports(group)]
    told = [said for report in reports for said in report.user_properties if report.when == "call"]
    faults = [line for name, line in told if name == "fault"]
    if not told:
        return
    terminalreporter.section(HEADING)
    for _name, line in told:
        terminalreporter.write_line(line)
    kinds = Counter(line.split("  ")[0] for line in faults)
    terminalreporter.write_line(", ".join(f"{kind}: {times}" for kind, times in sorted(kinds.items())))
    terminalreporter.write_line(f"faults injected: {len(faults)}")
