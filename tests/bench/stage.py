"""`python -m tests.bench.stage NAME …` measures in a process of its own, on the database of its environment.

It prints a sample a line. The bench runs it once for each size in each round, so that sizes are measured in turn.
"""

import argparse
import importlib
import os
import subprocess
from collections.abc import Mapping

from tests.bench.errors import BenchError
from tests.bench.samples import Sample, from_lines, to_lines
from tests.bench.surroundings import PROJECT, python
from tests.web_server import make_environment

STAGES = ("uncached", "editorial", "search", "importing")


def run_stage(
    name: str, url: str, *, round: int, size: int = 0, settings: str = "sclerosis_site.settings", **more: str
) -> list[Sample]:
    """What the stage measured. Raises BenchError with what it said when it failed."""
    environment = make_environment(url, DJANGO_SETTINGS_MODULE=settings, **more)
    command = python("-m", "tests.bench.stage", name, "--round", str(round), "--size", str(size))
    result = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise BenchError(f"the stage {name} failed at {size} facts: {result.stderr.strip()[-1500:]}")
    return from_lines(result.stdout)


def main(environment: Mapping[str, str] = os.environ) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stage")
    parser.add_argument("name", choices=STAGES)
    parser.add_argument("--round", type=int, default=1)
    parser.add_argument("--size", type=int, default=0)
    given = parser.parse_args()
    import django

    django.setup()
    stage = importlib.import_module(f"tests.bench.{given.name}")
    print(to_lines(stage.take(round=given.round, size=given.size)))


if __name__ == "__main__":
    main()
