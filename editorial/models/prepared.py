"""Parts of pages that are kept ready. Derived from the current editions, written by publishing, made again at will."""

from django.db import models


class PreparedPart(models.Model):
    """What the edition gives to pages of one use, in one language: the newest edition of its subject that was prepared.

    Readers get it only through the current edition, so what is left of an older one is found by nobody.
    """

    edition = models.ForeignKey("editorial.Edition", on_delete=models.CASCADE, related_name="prepared_parts")
    kind = models.CharField(max_length=50)
    subject_id = models.BigIntegerField()
    use = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    recipe = models.CharField(max_length=64, db_comment="Of the code that made it: see editorial/preparing.py.")
    made = models.TextField(db_comment="JSON, as the code of this recipe reads it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "use", "language"], name="editorial_preparedpart_one_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}, {self.use}, {self.language}"
