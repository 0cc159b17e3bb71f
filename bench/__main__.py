"""make bench: runs every group, or the ones named (ARGS=decision); exit status 1 when a goal is not met."""

import sys

from . import decision
from .measure import report

GROUPS = {"decision": decision.rows}


def main(names: list[str]) -> int:
    unknown = set(names) - set(GROUPS)
    if unknown:
        print(f"no such group: {', '.join(sorted(unknown))}; there is: {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    unmet = [name for name in names or GROUPS if not report(name, GROUPS[name]())]
    return 1 if unmet else 0


sys.exit(main(sys.argv[1:]))
