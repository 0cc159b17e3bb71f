"""make bench: the benchmarks, each printed as a table and written to bench/results."""

from . import assets, private, venv

LOCK = "requirements-bench.txt"


def bench(arguments: list[str]) -> int:
    venv.ensure(LOCK)
    assets.build()
    return private.run_module("bench", arguments)
