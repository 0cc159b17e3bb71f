#!/usr/bin/env python
"""Runs a management command; starts the embedded database for it when no DATABASE_URL is set."""

import os
import sys

from launcher.command import servers
from launcher.console import Problem

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crisisdienst.settings")
    from django.core.management import execute_from_command_line

    try:
        with servers():
            execute_from_command_line(sys.argv)
    except Problem as problem:
        sys.exit(str(problem))
