"""python -m launcher run|test|bench|reset|lint [ARGUMENT ...]"""

import os
import sys

from .bench import bench
from .console import Problem, say
from .lint import lint
from .reset import reset
from .run import run
from .test import test

COMMANDS = {"run": run, "test": test, "bench": bench, "reset": reset, "lint": lint}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        say(str(__doc__))
        return 2
    # What is private gets a mode of its own; under 077 the servers' user could not pass through the rest.
    os.umask(0o022)
    try:
        return COMMANDS[sys.argv[1]](sys.argv[2:])
    except Problem as problem:
        say(f"\n{problem}")
        return 1
    except KeyboardInterrupt:
        return 130


sys.exit(main())
