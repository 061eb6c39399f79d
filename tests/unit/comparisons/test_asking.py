"""What a question means: names, comparisons, typing errors."""

import pytest

from comparisons.asking import (
    LONGEST,
    correct,
    divide,
    find_compared,
    find_meant,
    list_doubtful,
    list_possible_names,
    read_question,
    write_query,
)
from editorial.searching.finding import Named
from editorial.searching.words import list_names


def make_named(number: int, kind: str, *names: str) -> Named:
    return Named(
        id=number,
        kind=kind,
        address=f"/{kind}s/{number}/",
        title=names[0],
        text="",
        abbreviation="",
        position=number,
        names=list_names(*names),
        about=(number * 10,),
    )


MS = make_named(1, "condition", "Multiple sclerosis", "MS")
ALS = make_named(2, "condition", "Amyotrophic lateral sclerosis", "ALS", "Lou Gehrig’s disease")
SSC = make_named(3, "condition", "Systemic sclerosis", "SSc", "Scleroderma", "CREST syndrome")
SCAN = make_named(4, "term", "MRI scan", "MRI")
SITE = [MS, ALS, SSC, SCAN]


def parts_of(text: str):
    return divide(read_question(text).words, SITE)


@pytest.mark.parametrize(
    "question",
    [
        "ms vs als",
        "MS versus ALS?",
        "MS and ALS",
        "ms or lou gehrig's",
        "What is the difference between multiple sclerosis and Lou Gehrig’s disease",
        "how does ms differ from als",
    ],
)
def test_two_names_and_words_that_connect_them_ask_for_a_comparison(question: str) -> None:
    assert find_compared(parts_of(question)) == [MS, ALS]


def test_the_order_of_the_question_is_the_order_of_the_comparison() -> None:
    assert find_compared(parts_of("scleroderma vs als vs ms")) == [SSC, ALS, MS]


@pytest.mark.parametrize(
    "question", ["ms", "ms als", "ms vs ms", "ms vs fatigue", "fatigue in ms vs als", "vs", "", "mri vs ms"]
)
def test_other_questions_ask_for_no_comparison(question: str) -> None:
    assert find_compared(parts_of(question)) == []


@pytest.mark.parametrize(
    "question", ["ALS", "lou gehrig's disease", "LOU GEHRIG’S", "What is ALS?", "amyotrophic-lateral sclerosis"]
)
def test_a_name_alone_means_its_condition(question: str) -> None:
    assert find_meant(parts_of(question)) == ALS


@pytest.mark.parametrize("question", ["als fatigue", "ms als", "sclerosis", "mri"])
def test_a_name_with_more_means_no_single_condition(question: str) -> None:
    assert find_meant(parts_of(question)) is None


def test_a_name_is_looked_for_by_all_its_names_and_by_what_is_about_it() -> None:
    written = write_query(parts_of("scleroderma tired"))

    assert "(systemic <-> sclerosis)" in written.all
    assert "zzabout30" in written.all
    assert written.all.endswith(") & tired")
    assert written.begun.endswith(") & tired:*")
    assert written.some.endswith(") | tired:*")


def test_the_ways_to_say_what_is_named_first_stand_apart_from_the_words_beside_it() -> None:
    written = write_query(parts_of("tired scleroderma ms"))

    assert written.ways[0] == "zzabout30"
    assert "(systemic <-> sclerosis) & !zzabout30" in written.ways
    assert (written.plain, written.plain_begun, written.last) == ("tired", "tired", "")
    assert "ssc" in written.words
    assert "tired" in written.words
    assert "zzabout10" in written.others
    assert "zzabout30" not in written.others
    assert {"tired", "zzabout30", "(ms)", "(multiple <-> sclerosis)"} <= set(written.some_ways)


def test_where_three_things_are_named_the_ways_to_say_the_first_are_one() -> None:
    written = write_query(parts_of("scleroderma ms als"))

    assert written.ways == (written.named,)


def test_a_question_that_names_nothing_has_no_ways_but_its_words() -> None:
    written = write_query(parts_of("tired legs"))

    assert (written.ways, written.named, written.others) == ((), "", "")
    assert (written.plain, written.plain_begun, written.some_ways) == (
        "tired & legs",
        "tired & legs:*",
        ("tired", "legs:*"),
    )


def test_a_term_is_looked_for_by_its_abbreviation_too() -> None:
    assert write_query(parts_of("mri")).begun == "((mri) | (mri <-> scan))"


@pytest.mark.parametrize(
    ("question", "begun"), [("fatig", "fatig:*"), ("fa", "fa"), ("fatig leg", "fatig & leg:*"), ("the vs", "")]
)
def test_the_last_word_may_be_the_beginning_of_one(question: str, begun: str) -> None:
    assert write_query(parts_of(question)).begun == begun


def test_a_long_question_is_cut_and_says_so() -> None:
    asked = read_question("word " * 10_000)

    assert asked.was_cut
    assert len(asked.text) <= LONGEST
    assert len(asked.words) <= 25
    assert len(list_possible_names(asked.words)) < 200


def test_signs_that_are_no_words_leave_nothing_to_look_for() -> None:
    asked = read_question("\x00 !!! & | <-> ' \" ( ) :* 🧠")

    assert asked.words == ()
    assert "\x00" not in asked.text


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("fatige", "fatigue"),
        ("Fatigeu in ms", "fatigue in ms"),
        ("fatigue", ""),
        ("zzzzzz", ""),
        ("fatige zzzzzz", "fatigue zzzzzz"),
        ("leng", "lung"),
    ],
)
def test_a_word_with_a_typing_error_is_corrected_by_public_words(question: str, meant: str) -> None:
    assert correct(parts_of(question), {"fatigue": 3, "lung": 2, "sling": 1}) == meant


def test_of_two_words_as_near_the_one_that_is_used_more_is_meant() -> None:
    assert correct(parts_of("cough"), {"rough": 1, "tough": 5}) == "tough"


def test_short_words_names_and_numbers_are_not_doubted() -> None:
    assert list_doubtful(parts_of("leg ms 1234 b12 swollen which")) == ["swollen"]
