from tests.bench.samples import Run, Sample, from_lines, make_samples, to_lines


def a_run(*rows):
    samples = [Sample(part="p", case=case, measure="m", round=round, value=value) for case, round, value in rows]
    return Run(machine={}, options={}, samples=samples)


def test_the_median_is_over_the_rounds():
    assert a_run(("site", 1, 10), ("site", 2, 30), ("site", 3, 11)).median("p", "site", "m") == 11


def test_a_ratio_is_taken_in_each_round_and_not_between_medians():
    run = a_run(("site", 1, 10), ("floor", 1, 5), ("site", 2, 30), ("floor", 2, 30), ("site", 3, 9), ("floor", 3, 3))

    assert run.ratio("p", "site", "floor", "m") == 2


def test_a_round_without_its_base_says_nothing():
    assert a_run(("site", 1, 10), ("floor", 2, 5)).ratio("p", "site", "floor", "m") is None


def test_what_was_not_measured_has_no_median():
    assert a_run().median("p", "site", "m") is None


def test_a_run_comes_back_from_its_file_as_it_was(tmp_path):
    run = a_run(("site", 1, 10.5))
    run.notes.append("search: no")
    run.save(tmp_path / "folder" / "results.json")

    assert Run.load(tmp_path / "folder" / "results.json") == run


def test_samples_of_another_process_come_back_from_its_output():
    samples = list(make_samples("p", "site", {"wall ms": 1.5, "queries": 3}, round=2, size=140))

    assert from_lines(f"a warning\n{to_lines(samples)}\n") == samples
