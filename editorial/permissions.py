"""Who: may this person do this to that kind of item? State is the workflow's question, not this module's."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, QuerySet

from editorial.errors import NotPermitted
from editorial.models import ReviewedItem, User
from editorial.workflow import Action

DECIDE = "editorial.decide_item"

# The right on the act, and the right on the model that must come with it.
_NEEDED = {
    Action.EDIT: ("", "change"),
    Action.SUBMIT: ("editorial.submit_item", "change"),
    Action.APPROVE: (DECIDE, "view"),
    Action.REQUEST_CHANGES: (DECIDE, "view"),
    Action.CONFIRM: (DECIDE, "view"),
    Action.RETIRE: ("editorial.retire_item", "view"),
    Action.RESTORE: ("", "change"),
    Action.SCHEDULE: (DECIDE, "view"),
    Action.UNSCHEDULE: (DECIDE, "view"),
    Action.WAIVE: (DECIDE, "view"),
}


def can(user: User, action: Action, model: type[ReviewedItem]) -> bool:
    """Whether the person holds the rights for `action` on items of `model`."""
    act, verb = _NEEDED[action]
    if not (user.is_active and user.is_staff):
        return False
    return user.has_perm(_right_on(model, verb)) and (not act or user.has_perm(act))


def find_deciders(models: Collection[type[ReviewedItem]]) -> dict[type[ReviewedItem], list[User]]:
    """For each model the staff who may decide on its items. One query."""
    people = _holders("editorial.decide_item").filter(is_staff=True).order_by("pk")
    for model in models:
        may_see = _holders(_right_on(model, "view")).filter(pk=OuterRef("pk"))
        people = people.annotate(**{f"sees_{model._meta.model_name}": Exists(may_see)})
    found = list(people)
    return {model: [user for user in found if getattr(user, f"sees_{model._meta.model_name}")] for model in models}


def _holders(right: str) -> QuerySet[User]:
    """Who is active and holds the right: by a group, alone, or as a superuser."""
    return User.objects.with_perm(right, backend="django.contrib.auth.backends.ModelBackend")


def _right_on(model: type[ReviewedItem], verb: str) -> str:
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


def can_see(user: User, model: type[ReviewedItem]) -> bool:
    """Whether the person may see reviews, and items of `model`: then they may comment too."""
    on_model = f"{model._meta.app_label}.view_{model._meta.model_name}"
    return user.is_active and user.is_staff and user.has_perm("editorial.view_review") and user.has_perm(on_model)


def check_may(user: User, action: Action, items: Iterable[ReviewedItem]) -> None:
    """Raises NotPermitted with a sentence for each item that the person may not touch so."""
    refused = {
        item: f"You do not have the right to {action.label.lower()} “{item}”. Ask an administrator for it."
        for item in items
        if not can(user, action, type(item))
    }
    if refused:
        raise NotPermitted(refused)
