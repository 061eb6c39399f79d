import psycopg
import pytest

from tests.bench.database import Databases

NAME = "sclerosis_bench_of_a_test"


@pytest.fixture
def databases():
    made = Databases()
    made.drop(NAME)
    yield made
    made.drop(NAME)


def test_a_copy_can_be_written_to_and_leaves_its_template_as_it_was(databases):
    databases.create(NAME)
    with psycopg.connect(databases.url(NAME)) as connection:
        connection.execute("CREATE TABLE kept (number integer)")

    with databases.copy(NAME) as url, psycopg.connect(url) as connection:
        connection.execute("INSERT INTO kept VALUES (1)")

    assert not databases.has(f"{NAME}_copy")
    with psycopg.connect(databases.url(NAME)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_what_is_there_already_is_not_dropped_with_what_a_run_made(databases):
    databases.create(NAME)

    Databases().drop_made()

    assert databases.has(NAME)
