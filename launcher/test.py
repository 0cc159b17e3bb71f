"""make test: everything, browser tests included; the last line printed is pytest's own."""

from . import assets, debian, private, venv

LOCK = "requirements-test.txt"


def test(arguments: list[str]) -> int:
    venv.ensure(LOCK)
    debian.ensure_browser()
    assets.build()
    return private.run_module("pytest", ["-n", "2", *arguments])
