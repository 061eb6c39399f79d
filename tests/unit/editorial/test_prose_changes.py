"""Which words of a text carry its claim, and which may be put differently."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.prose_changes import Lexicon, Prose, find_prose_reasons
from editorial.registry import Vocabulary
from editorial.weighty_words import FUNCTION_WORDS

# All of it is made up, as are the names.
NAMES = frozenset({"Blue wobble", "BW", "green wobble", "drumming with sticks", "Age when the wobble starts"})
LEXICON = Lexicon(Vocabulary(names=NAMES, units=frozenset({"per 100 000 people", "wobbles", "years"})))

MENDED = {
    "spelling": ("It makes peple tired.", "It makes people tired."),
    "a comma": ("Later on people rest.", "Later on, people rest."),
    "an article": ("It hurts the legs.", "It hurts legs."),
    "another word for the same": ("People feel tired.", "People feel weary."),
    "a full stop": ("People rest.", "People rest"),
    "quotation marks": ('They say "heavy legs".', "They say “heavy legs”."),
    "an apostrophe": ("People's legs", "People’s legs"),
    "a short form of not": ("It isn't sore.", "It is not sore."),
    "cannot, written apart": ("They can't sleep.", "They cannot sleep."),
    "the sign for percent": ("It hurts 20% of people.", "It hurts 20 per cent of people."),
    "a dash between two ages": ("Ages 20-40 years", "Ages 20–40 years"),
    "to between two ages": ("Ages 20 to 40 years", "Ages 20–40 years"),
    "one and many years": ("Within 3 year", "Within 3 years"),
    "a space before a unit": ("Lift 20kg.", "Lift 20 kg."),
    "capitals of a heading": ("What It Does To The Legs", "What it does to the legs"),
    "about, in other words": ("Around 20 people", "About 20 people"),
    "a name at the start, then inside": ("Roe described it.", "In short, Roe described it."),
    "which and that": ("A cramp which hurts.", "A cramp that hurts."),
    "two sentences made one": ("Legs hurt. Arms hurt.", "Legs hurt, and arms hurt."),
    "emphasis": ("Legs hurt.", "Legs **hurt**."),
    "a letter composed in two ways": ("na\u00efve nerves", "nai\u0308ve nerves"),
    "nothing": ("Legs hurt.", "Legs hurt."),
}
CLINICAL = {
    "a digit": ("About 1,250 people walked.", "About 1,350 people walked."),
    "a number added": ("People walked.", "20 people walked."),
    "a number removed": ("It took 3 nights.", "It took nights."),
    "a decimal point": ("It grew 1.5 fold.", "It grew 15 fold."),
    "a number in words": ("Two people walked.", "Three people walked."),
    "a half": ("Half of them walked.", "They walked."),
    "twice": ("They walked twice.", "They walked."),
    "a fraction sign": ("½ of them", "¼ of them"),
    "a raised digit": ("10² cells", "102 cells"),
    "a range made a list": ("Ages 20–40", "Ages 20, 40"),
    "two numbers changed places": ("From 20 legs to 40 arms", "From 40 legs to 20 arms"),
    "what two numbers belong to": ("20 had leg pain and 40 arm pain.", "20 had arm pain and 40 leg pain."),
    "a word moved past a number": ("Pain came in 20, then cramps.", "Cramps came in 20, then pain."),
    "a sign": ("Fewer: <5", "Fewer: >5"),
    "a minus": ("At −5 it hurts.", "At 5 it hurts."),
    "a tick": ("Walking ✓", "Walking ✗"),
    "percent of what": ("20 percent", "20 percentage points"),
    "a unit": ("Take 5 mg.", "Take 5 g."),
    "a unit without a number": ("It lasts days.", "It lasts weeks."),
    "a unit of the content": ("20 per 100 000 people", "20 people"),
    "not": ("It is painful.", "It is not painful."),
    "no": ("There is a cure here.", "There is no cure here."),
    "never for a plain word": ("It is painful at night.", "It is never painful at night."),
    "without": ("Walking with sticks", "Walking without sticks"),
    "n't": ("They do rest.", "They don’t rest."),
    "non-": ("A touching wobble", "A non-touching wobble"),
    "un-": ("The pace is even.", "The pace is uneven."),
    "a-": ("It is symptomatic.", "It is asymptomatic."),
    "-less for -ful": ("It is painful.", "It is painless."),
    "hyper for hypo": ("It brings hypertension.", "It brings hypotension."),
    "most for some": ("Some people rest.", "Most people rest."),
    "often for rarely": ("It often hurts.", "It rarely hurts."),
    "always": ("It hurts.", "It always hurts."),
    "about": ("20 people walked.", "About 20 people walked."),
    "over a third": ("A third walked.", "Over a third walked."),
    "will for may": ("It may pass.", "It will pass."),
    "better for worse": ("It gets better.", "It gets worse."),
    "before for after": ("It hurts before meals.", "It hurts after meals."),
    "women for men": ("It strikes men.", "It strikes women."),
    "prevents for causes": ("Rest causes it.", "Rest prevents it."),
    "a disease": ("Blue wobble tires people.", "Green wobble tires people."),
    "a disease by its short form": ("Blue wobble tires people.", "BW tires people."),
    "a disease added": ("It tires people.", "Blue wobble tires people."),
    "the letters of a short form": ("People with SBx rest.", "People with SBX rest."),
    "a treatment of the content": ("Try drumming with sticks.", "Try drums."),
    "a drug that nobody listed": ("They take fictimab.", "They take fictinib."),
    "a drug at the start": ("Fictolol helps.", "It helps."),
    "a measure of the content": ("Age when the wobble starts", "Age of the wobble"),
    "a name of a person": ("The sign of Roe", "The sign of Doe"),
    "a source": ("Legs hurt [@roe-2020].", "Legs hurt [@doe-2020]."),
    "a second source": ("Legs hurt [@roe].", "Legs hurt [@roe; @doe]."),
    "an address": ("See https://a.example/x", "See https://b.example/x"),
    "a sentence added": ("Legs hurt.", "Legs hurt. Swimming harms feet badly."),
    "a sentence removed": ("Legs hurt. Swimming harms feet badly.", "Legs hurt."),
    "a text where there was none": ("", "Legs hurt."),
    "a text gone": ("Legs hurt.", " "),
}


@pytest.mark.parametrize(("old", "new"), MENDED.values(), ids=MENDED)
def test_this_may_be_a_change_of_wording(old, new):
    assert find_prose_reasons(old, new, lexicon=LEXICON) == []
    assert find_prose_reasons(new, old, lexicon=LEXICON) == []


@pytest.mark.parametrize(("old", "new"), CLINICAL.values(), ids=CLINICAL)
def test_this_changes_the_claim(old, new):
    assert find_prose_reasons(old, new, lexicon=LEXICON) != []
    assert find_prose_reasons(new, old, lexicon=LEXICON) != []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Age 20", "Age 30", "the number “20” became “30”"),
        ("It hurts.", "It does not hurt.", "the negation “not” was added"),
        ("Take fictimab.", "Take it.", "the name “fictimab” was removed"),
        ("It is even.", "It is uneven.", "“even” became “uneven”, which turns the sense"),
        ("Take 5 mg.", "Take 5 g.", "the unit “mg” became “g”"),
        ("It hurts [@a].", "It hurts.", "the source “@a” was removed"),
    ],
)
def test_the_reason_names_the_sort_of_word_and_the_words(old, new, reason):
    assert reason in find_prose_reasons(old, new, lexicon=LEXICON)


def test_a_text_that_was_written_anew_is_told_in_a_few_words():
    old, new = (" ".join(f"word{n} {n}" for n in numbers) for numbers in (range(0, 40, 2), range(1, 40, 2)))

    assert len(find_prose_reasons(old, new, lexicon=LEXICON)) <= 4


plain = st.text("abcdefgh", min_size=2, max_size=7)
weighty = st.one_of(
    st.integers(0, 10**6).map(str),
    st.sampled_from(["not", "no", "never", "without", "isn’t"]),
    st.sampled_from(sorted(NAMES)),
)
prose = st.lists(st.one_of(plain, plain, weighty), max_size=12)


def join(parts):
    return " ".join(["Legs", *parts]) + "."


@given(prose, weighty, st.integers(0, 12))
def test_any_number_negation_or_name_that_is_added_or_removed_is_found(parts, word, at):
    more = [*parts[:at], word, *parts[at:]]

    assert find_prose_reasons(join(parts), join(more), lexicon=LEXICON)
    assert find_prose_reasons(join(more), join(parts), lexicon=LEXICON)


@given(prose, st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 12))
def test_any_number_that_becomes_another_is_found(parts, one, other, at):
    texts = [join([*parts[:at], str(number), *parts[at:]]) for number in (one, other)]

    assert bool(find_prose_reasons(*texts, lexicon=LEXICON)) == (one != other)


def sense_of(word):
    """What the rule reads in it: “isn’t” says no other thing than “not”, so that the two may change places."""
    weights = [token.key for token in Prose(word, lexicon=LEXICON).weighty]
    return " ".join(weights) or ("" if word in FUNCTION_WORDS else word)


@given(st.lists(st.one_of(plain, weighty), min_size=2, max_size=8, unique_by=sense_of), st.data())
def test_two_weighty_words_that_change_places_are_found(parts, data):
    marked = list(chain.from_iterable([part, "7"] for part in parts))
    i, j = data.draw(st.lists(st.integers(0, len(parts) - 1), min_size=2, max_size=2, unique=True))
    marked[2 * i], marked[2 * j] = marked[2 * j], marked[2 * i]
    before = list(chain.from_iterable([part, "7"] for part in parts))

    assert find_prose_reasons(join(before), join(marked), lexicon=LEXICON)


@given(prose, st.sampled_from([", ", " – ", "; "]))
def test_commas_between_words_change_nothing(parts, mark):
    words = [part for part in parts if not part[0].isdigit()]

    assert find_prose_reasons("x y. " + " ".join(words), "x y. " + mark.join(words), lexicon=LEXICON) == []
