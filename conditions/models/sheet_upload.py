import uuid

from django.conf import settings
from django.db import models


class SheetUpload(models.Model):
    """A spreadsheet between its dry run and its confirmation. In the database: every process of the site finds it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sheet = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    encoding = models.CharField(max_length=20)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.name
