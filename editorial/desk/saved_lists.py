"""Lists with their filters under names of one's own. The one writer of SavedList."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from editorial.desk.forms import bare_helper
from editorial.models import SavedList, User


class SaveListForm(forms.Form):
    """A name for the list that is on the screen."""

    name = forms.CharField(
        max_length=60,
        label="Name of the list",
        error_messages={
            "required": "Give the list a name.",
            "max_length": "A name has at most %(limit_value)d characters; this one has %(show_value)d.",
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        # A browser would cut what is too long without a word.
        self.fields["name"].widget.attrs.pop("maxlength", None)

    @property
    def helper(self) -> FormHelper:
        return bare_helper()

    def save(self, query: str) -> SavedList | None:
        """The saved list; None, with an error on the form, when the person has one of that name."""
        try:
            with transaction.atomic():
                return SavedList.objects.create(user=self.user, name=self.cleaned_data["name"], query=query)
        except IntegrityError:
            self.add_error("name", f"You have a list “{self.cleaned_data['name']}”. Choose another name.")
            return None


def list_saved(user: User) -> QuerySet[SavedList]:
    return SavedList.objects.filter(user=user)


def find_own(user: User, list_id: int) -> SavedList | None:
    """The person's list with this id; None for another's."""
    return SavedList.objects.filter(user=user, pk=list_id).first()


def remove(saved: SavedList) -> None:
    saved.delete()
