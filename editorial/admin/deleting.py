"""What may be deleted: only what was never decided on and is used nowhere. The database refuses the rest too."""

from django.utils.text import capfirst

from editorial.models import Decision, ReviewedItem

TAKEN_INTO_USE = "“{}” was not deleted: somebody has submitted it or used it in the meantime."


def is_decided(item: ReviewedItem) -> bool:
    """Whether anything was ever decided on the item; then it is part of the record."""
    return Decision.objects.filter(review=item.review_id).exists()


def find_reason_against(item: ReviewedItem) -> str:
    """A sentence when the item must stay, else nothing."""
    if is_decided(item):
        return (
            f"“{item}” was submitted for review before, so it belongs to the record and cannot be deleted. "
            "If it is public, a reviewer can retire it."
        )
    users = _list_users(item)
    return f"“{item}” cannot be deleted, because it is used by {users}. Remove it there first." if users else ""


def _list_users(item: ReviewedItem) -> str:
    """What names the item in a list of its own; there a deletion would silently change what others say."""
    found = []
    for relation in item._meta.related_objects:
        if relation.many_to_many and relation.through._meta.auto_created:
            rows = relation.related_model._default_manager.filter(**{relation.field.name: item})[:3]
            found += [f"{capfirst(str(row._meta.verbose_name))} “{row}”" for row in rows]
    return ", ".join(found)
