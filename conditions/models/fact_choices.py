from django.db.models import TextChoices


class FactKind(TextChoices):
    STATEMENT = "statement", "Statement"
    ITEM = "item", "Item of a list"
    QUANTITY = "quantity", "Quantity"
    FREQUENCY = "frequency", "Frequency in words"
    CRITERION = "criterion", "Criterion"
    UNKNOWN = "unknown", "Not known"


class Prominence(TextChoices):
    KEY = "key", "Key: in the at-a-glance table"
    MAIN = "main", "Main: on comparison pages"
    DETAIL = "detail", "Detail: on the condition's page"


class Certainty(TextChoices):
    HIGH = "high", "High"
    MODERATE = "moderate", "Moderate"
    LOW = "low", "Low"
    UNCLEAR = "unclear", "Unclear: sources disagree"


class Rule(TextChoices):
    ALL_OF = "all_of", "All of"
    ANY_OF = "any_of", "Any of"
    AT_LEAST = "at_least", "At least N of"


class Bound(TextChoices):
    EXACT = "exact", "Exactly"
    ABOUT = "about", "About"
    MORE_THAN = "more_than", "More than"
    LESS_THAN = "less_than", "Less than"
    AT_LEAST = "at_least", "At least"
    UP_TO = "up_to", "Up to"


class Sex(TextChoices):
    WOMEN = "women", "Women"
    MEN = "men", "Men"


class CountedFrom(TextChoices):
    ONSET = "onset", "First symptoms"
    DIAGNOSIS = "diagnosis", "Diagnosis"
    BIRTH = "birth", "Birth"


class Statistic(TextChoices):
    SHARE = "share", "Share"
    MEDIAN = "median", "Median"
    MEAN = "mean", "Mean"
    RANGE = "range", "Range"
