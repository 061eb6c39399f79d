import pytest

from tests.bench.report import write_report
from tests.bench.samples import Run, Sample
from tests.bench.tables import table
from tests.bench.targets import Target


def a_sample(case, measure, value, **more):
    return Sample(part="cached", case=f"gunicorn: {case}", measure=measure, value=value, **more)


def a_run():
    rates = [a_sample("floor", "requests/s", 1000), a_sample("site", "requests/s", 1600)]
    return Run(machine={"processor": "a small one"}, options={"rounds": 3}, samples=rates)


def test_each_target_stands_beside_what_was_measured(tmp_path):
    text = write_report(a_run(), tmp_path).read_text()

    assert "| Cached page against the floor, gunicorn | at least 1.5 × | 1.60 × | yes |" in text


def test_what_bare_wsgi_shows_stands_beside_what_the_site_does(tmp_path):
    run = a_run()
    rates = {"bare WSGI": 1400, "bare WSGI, many pages": 1120, "floor, many pages": 1000}
    run.samples += [a_sample(case, "requests/s", rate) for case, rate in rates.items()]
    run.samples += [a_sample("bare WSGI", "p99 ms", 9), a_sample("bare WSGI", "p50 ms", 2)]

    text = write_report(run, tmp_path).read_text()

    assert "against the floor, gunicorn | at least 1.5 × | 1.60 × | yes | 1.40 × |" in text
    assert "p99 against the median, gunicorn | at most 4 × | – | not measured | 4.50 × |" in text
    assert "each over its floor, gunicorn | at least 0.9 × | – | not measured | 0.800 × |" in text
    assert "| Errors under load | at most 0 | 0 | yes |  |" in text


def test_what_was_not_measured_is_said_and_not_left_out(tmp_path):
    text = write_report(a_run(), tmp_path).read_text()

    assert "| Cached page against the floor, granian | at least 3 × | – | not measured |" in text


def test_the_report_names_the_machine_and_what_went_wrong(tmp_path):
    run = a_run()
    run.notes.append("cached: wrk is missing.")

    text = write_report(run, tmp_path).read_text()

    assert "a small one" in text
    assert "Not measured: cached: wrk is missing." in text


@pytest.mark.parametrize(("measured", "is_met"), [(1.4, False), (1.5, True), (None, None)])
def test_a_target_is_met_from_its_number_on(measured, is_met):
    assert Target(what="", wanted=1.5, measured=measured).is_met is is_met


def test_a_limit_is_met_up_to_its_number():
    assert Target(what="", wanted=60, measured=60, is_least=False).is_met
    assert not Target(what="", wanted=60, measured=61, is_least=False).is_met


def test_columns_of_numbers_stand_to_the_right():
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |\n"
