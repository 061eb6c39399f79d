"""The words that carry a claim: whoever changes one of them changes what a reader may conclude.

Numbers, units, negations and names of drugs are asked for by the rule of materiality itself. Words of quantity,
certainty, comparison, cause and people go beyond it: “most” in the place of “some”, “will” for “may”, “men” for “women”
change a claim as much as a number does, and no reader of a difference should have to notice that alone.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _words(
    """
    no not non never without none neither nor nobody nothing nowhere hardly barely scarcely seldom lack lacks
    lacking lacked absent absence except unless free fails fail failed exclude excludes excluded excluding
    unaffected
    """
)
NUMBERS = _words(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
    million millions billion billions dozen dozens couple pair pairs single double triple twofold threefold half
    halves third thirds quarter quarters fifth fifths tenth tenths once twice thrice first second fourth sixth last
    both fold times
    """
)
QUANTITIES = _words(
    """
    all every each always any most mostly majority minority many much several some few fewer little less least more
    often frequent frequently usual usually commonly common uncommon sometimes occasional occasionally rare rarely
    regular regularly general generally typical typically almost nearly completely entirely fully partly partially
    only sole solely exactly whole entire number numbers share proportion rate average mean median
    """
)
CERTAINTY = _words(
    """
    may might can could will would shall should must likely unlikely probable probably possible possibly impossible
    perhaps maybe certain certainly uncertain definite definitely known unknown proven unproven clear unclear
    suspected seem seems appear appears suggest suggests
    """
)
COMPARISONS = _words(
    """
    than higher lower high low greater larger smaller older younger earlier later sooner longer shorter faster
    slower better worse stronger weaker milder mild moderate severe early late increase increases increased
    increasing decrease decreases decreased decreasing reduce reduces reduced reducing raise raises raised rise
    rises rising fall falls falling drop drops improve improves improved worsen worsens worsened worsening before
    after during until since above below upper left right inner outer acute chronic same different equal positive
    negative
    """
)
CAUSES = _words(
    """
    cause causes caused causing prevent prevents prevented preventing cure cures cured trigger triggers triggered
    triggering fatal terminal deadly harmless dangerous safe inherited contagious autoimmune because
    """
)
PEOPLE = _words(
    """
    man men woman women male males female females boy boys girl girls child children adult adults infant infants
    baby babies teenager teenagers pregnant pregnancy
    """
)
BEFORE_A_NUMBER = _words("about around approximately roughly up over under within between beyond just to from by per")
"""Weighty only where a number follows: “about 20”, not “something about it”."""

# SI and clinical units. Letters that are words or initials as well count only right after a number.
UNITS = _words(
    """
    kg mg mcg ng ml dl mmol mol iu mmhg cm mm km kcal hz bpm percent percentage second seconds minute minutes hour
    hours day days week weeks month months year years decade decades century daily weekly monthly yearly annual
    annually celsius fahrenheit gram grams milligram milligrams microgram micrograms litre litres liter liters
    millilitre millilitres milliliter milliliters metre metres meter meters dose doses tablet tablets °
    """
)
UNITS_AFTER_A_NUMBER = _words("g l m s h c f k u points point")

# Endings from: WHO, The use of stems in the selection of International Nonproprietary Names (INN) for pharmaceutical
# substances. Only those by which no everyday word is taken for a drug, but for the exceptions below.
_STEMS = _words(
    """
    mab nib cept limus tide prazole sartan pril olol statin vir sentan imod rsen afil ciguat xaban gatran parin
    gliptin gliflozin glitazone dipine floxacin cillin mycin cycline conazole coxib profen caine setron triptan
    azepam azolam platin rubicin taxel parib ciclib feron kinra trexate oxetine lukast prost tiazide thiazide
    racetam triptyline peridone penem bactam dronate dronic cortisone
    """
)
_DRUG = re.compile(rf"[^\W\d_]{{2,}}(?:{'|'.join(sorted(_STEMS))})(?:e?s)?|predni[^\W\d_]+")
_NO_DRUGS = _words(
    """
    accept concept except intercept percept precept april peptide peptides polypeptide polypeptides nucleotide
    nucleotides oligonucleotide oligonucleotides concepts accepts intercepts percepts precepts
    """
)

ARTICLES = _words("a an the")
FUNCTION_WORDS = ARTICLES | _words(
    """
    and or but so as at by for from in into of on onto to with that which who whom whose this these those it its
    they them their he she his her we you your our i is are was were be been being has have had do does did there
    here then also too such when where while how what why if
    """
)
"""Words whose place in a sentence says nothing on its own."""

SAME = {
    **{"%": "percent", "approximately": "about", "roughly": "about", "around": "about"},
    **{"litre": "liter", "litres": "liter", "liters": "liter", "metre": "meter", "metres": "meter", "meters": "meter"},
    **{"µg": "mcg", "μg": "mcg", "seconds": "second", "minutes": "minute", "hours": "hour", "days": "day"},
    **{"weeks": "week", "months": "month", "years": "year", "decades": "decade"},
}
"""Two ways to write the same."""

_FLIPS = ("un", "non", "in", "im", "il", "ir", "dis", "de", "anti", "mis", "hyper", "hypo", "over", "under", "a", "ab")
_SHORTEST = {"a": 6, "de": 4, "in": 4, "ab": 6}
"""How many letters must follow, where the same letters begin many words."""


def is_drug(word: str) -> bool:
    """Whether a word in lower case ends as the nonproprietary names of drugs do."""
    return word not in _NO_DRUGS and _DRUG.fullmatch(word) is not None


def list_roots(word: str) -> set[str]:
    """Two words with a root in common are the same, or one is the other with its sense turned: usual, unusual."""
    cut = {word[len(flip) :] for flip in _FLIPS if word.startswith(flip) and _is_long(word, flip)}
    bare = word.removesuffix("less")
    return {word} | cut | ({bare, f"{bare}ful"} if len(bare) >= 3 and bare != word else set())


def _is_long(word: str, flip: str) -> bool:
    return len(word) - len(flip) >= _SHORTEST.get(flip, 3)
