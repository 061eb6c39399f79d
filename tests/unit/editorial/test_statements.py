"""Statements of interests: signed by the person, for a year."""

import ast
from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from editorial import errors, statements
from editorial.models import User
from editorial.statements import Standing
from tests.architecture.test_one_writer import list_assigned, list_files, parse
from tests.factories import make_editor, make_reviewer

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SIGNED = date(2026, 3, 1)
days = st.dates(date(2019, 1, 1), date(2033, 12, 31))


def person(text="None.", signed=SIGNED):
    return User(interests=text, interests_declared_on=signed)


@pytest.mark.django_db
def test_a_signature_is_the_text_and_the_day():
    user = make_editor()

    statements.sign(user, text="  Shares of a maker of drums.\n", at=NOON)

    user.refresh_from_db()
    assert (user.interests, user.interests_declared_on) == ("Shares of a maker of drums.", SIGNED)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_cannot_be_signed(text):
    user = make_reviewer()

    with pytest.raises(errors.StatementMissing, match="If you have no interests to declare, say so"):
        statements.sign(user, text=text, at=NOON)

    user.refresh_from_db()
    assert user.interests == "None."


@pytest.mark.django_db
def test_a_statement_that_is_changed_within_the_year_is_a_new_signature():
    user = make_reviewer(interests_declared_on=SIGNED - timedelta(days=90))

    statements.sign(user, text="A post at a maker of drums.", at=NOON)

    assert statements.expires_on(user) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("user", "on", "standing"),
    [
        (person(), date(2027, 3, 1), Standing.VALID),
        (person(), date(2027, 3, 2), Standing.EXPIRED),
        (person(signed=date(2024, 2, 29)), date(2025, 2, 28), Standing.VALID),
        (person(signed=date(2024, 2, 29)), date(2025, 3, 1), Standing.EXPIRED),
        (person(text=" "), SIGNED, Standing.NONE),
        (person(text=""), SIGNED, Standing.NONE),
        (person(signed=None), SIGNED, Standing.NONE),
    ],
)
def test_a_statement_counts_for_a_year_to_the_day(user, on, standing):
    assert statements.find_standing(user, on=on) == standing
    assert statements.is_valid(user, on=on) == (standing == Standing.VALID)


@given(days, st.integers(-1, 367))
def test_the_list_of_valid_statements_agrees_with_the_rule(signed, passed):
    on = signed + timedelta(days=passed)

    assert (signed >= statements.find_first_valid_day(on=on)) == statements.is_valid(person(signed=signed), on=on)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signed", "said"),
    [
        (None, "You have not signed a statement of interests."),
        (SIGNED - relativedelta(years=1, days=1), "Your statement of interests ended on 28 February 2026."),
        (SIGNED - relativedelta(years=1), "Your statement of interests ends on 1 March 2026."),
        (SIGNED - relativedelta(years=1) + timedelta(days=30), "Your statement of interests ends on 31 March 2026."),
        (SIGNED - relativedelta(years=1) + timedelta(days=31), ""),
        (SIGNED, ""),
    ],
)
def test_who_decides_is_reminded_before_and_after_the_end(signed, said):
    reminder = statements.find_reminder(make_reviewer(interests_declared_on=signed), on=SIGNED)

    assert reminder.startswith(said)
    assert bool(reminder) == bool(said)


@pytest.mark.django_db
def test_who_decides_nothing_is_not_reminded():
    assert statements.find_reminder(make_editor(), on=SIGNED) == ""


def test_nothing_else_writes_statements():
    fields = {"interests", "interests_declared_on"}
    writers = [name for name in list_files() if set(list_assigned(parse(name))) & fields]
    calls = [call for name in list_files() for call in ast.walk(parse(name)) if isinstance(call, ast.Call)]
    on_people = [call for call in calls if ast.unparse(call.func).startswith("User")]
    updates = [call for call in on_people if fields & {word.arg for word in call.keywords}]

    assert writers == ["editorial/statements.py"]
    assert updates == []
