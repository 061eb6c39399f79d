from tests.bench.cases import COMPARISON, FIXED, ONE, PLAIN
from tests.bench.samples import Run, Sample
from tests.bench.targets import grow, list_targets


def a_run(*rows):
    names = ("part", "case", "measure", "size", "value")
    return Run(machine={}, options={}, samples=[Sample(**dict(zip(names, row, strict=True))) for row in rows])


def test_growth_is_that_of_the_cost_over_the_fixed_work_of_its_own_size():
    run = a_run(
        ("editorial", ONE, "wall ms", 140, 100),
        ("editorial", FIXED, "wall ms", 140, 10),
        ("editorial", ONE, "wall ms", 140_000, 240),
        ("editorial", FIXED, "wall ms", 140_000, 20),
    )

    assert grow(run, "editorial", ONE, "wall ms") == 1.2


def test_growth_needs_both_ends():
    run = a_run(("editorial", ONE, "wall ms", 140, 100), ("editorial", FIXED, "wall ms", 140, 10))

    assert grow(run, "editorial", ONE, "wall ms") is None


def test_an_uncached_page_is_measured_by_how_many_times_as_much_the_plain_version_costs():
    run = a_run(
        ("uncached", COMPARISON, "CPU ms", 0, 10),
        ("uncached", COMPARISON + PLAIN, "CPU ms", 0, 45),
    )

    target = next(target for target in list_targets(run) if target.what.startswith("Uncached comparison"))

    assert (target.measured, target.is_met) == (4.5, True)


def test_no_load_is_no_load_without_errors():
    target = next(target for target in list_targets(a_run()) if target.what == "Errors under load")

    assert target.is_met is None


def test_a_cache_that_was_not_filled_tells_nothing_of_the_memory():
    rows = (("memory", "gunicorn: a full page cache", "worker MB", 0, 120),)
    few = a_run(*rows, ("memory", "gunicorn: a full page cache", "asked MB", 0, 3))
    many = a_run(*rows, ("memory", "gunicorn: a full page cache", "asked MB", 0, 60))

    measured = [next(t for t in list_targets(run) if t.what.startswith("Memory")).measured for run in (few, many)]
    assert measured == [None, 120]
