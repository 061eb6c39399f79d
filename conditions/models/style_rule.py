import re

from django.core.exceptions import ValidationError
from django.db import models

from editorial.models.item import KeyQuerySet


def check_pattern(value: str) -> None:
    try:
        re.compile(value)
    except re.error as error:
        raise ValidationError(f"This is not a valid regular expression: {error}.") from error


class StyleRule(models.Model):
    """House style: wording to question in texts for readers. Configuration."""

    slug = models.SlugField(max_length=60, unique=True)
    pattern = models.CharField(max_length=500, validators=[check_pattern])
    message = models.CharField(max_length=300)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
