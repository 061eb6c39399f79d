"""Staff accounts and their groups, kept by administrators."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from editorial import statements
from editorial.models import User
from editorial.statements import Standing

_RESERVED = ("is_superuser", "user_permissions")
"""Only a superuser gives these away: else an administrator could make one of himself."""


_SIGNED = ("interests", "interests_declared_on")


class StatementFilter(admin.SimpleListFilter):
    title = "statement of interests"
    parameter_name = "statement"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Standing.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        first = statements.find_first_valid_day(on=timezone.now().date())
        missing = Q(interests="") | Q(interests_declared_on=None)
        found = {
            Standing.NONE: missing,
            Standing.VALID: ~missing & Q(interests_declared_on__gte=first),
            Standing.EXPIRED: ~missing & Q(interests_declared_on__lt=first),
        }
        return queryset.filter(found[Standing(self.value())]) if self.value() in Standing.values else queryset


@admin.register(User)
class StaffAdmin(UserAdmin):
    actions = None
    list_display = (
        *("username", "display_name", "email", "credentials", "shown_groups", "shown_statement"),
        *("is_active", "is_demonstration"),
    )
    list_filter = ("groups", StatementFilter, "is_active", "is_staff", "is_demonstration")
    search_fields = ("username", "first_name", "last_name", "email", "credentials", "specialty")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        (
            "What readers see of a reviewer",
            {
                "fields": ("credentials", "specialty", "is_demonstration"),
                "description": "Each approval keeps these as they are on that day. "
                "Approvals by a demonstration account are shown as not reviewed by a clinician.",
            },
        ),
        (
            "Statement of interests",
            {
                "fields": (*_SIGNED, "shown_statement"),
                "description": "Each person signs their own, in their profile, and anew each year. Nobody signs for "
                "somebody else. Earlier statements are in the decisions that were made with them.",
            },
        ),
        ("Rights", {"fields": ("is_active", "is_staff", "groups", "is_superuser", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Groups")
    def shown_groups(self, user: User) -> str:
        return ", ".join(sorted(group.name for group in user.groups.all()))

    @admin.display(description="Statement", ordering="interests_declared_on")
    def shown_statement(self, user: User) -> str:
        last, standing = statements.expires_on(user), statements.find_standing(user, on=timezone.now().date())
        word = "until" if standing == Standing.VALID else "on"
        return f"{standing.label} {word} {last:%-d %b %Y}" if last else standing.label

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        reserved = () if request.user.is_superuser else _RESERVED
        fixed = ("last_login", "date_joined", *_SIGNED, "shown_statement")
        return [*super().get_readonly_fields(request, obj), *fixed, *reserved]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    return user is None or request.user.is_superuser or not user.is_superuser


admin.site.unregister(Group)


@admin.register(Group)
class GroupsAdmin(GroupAdmin):
    """The groups and their rights come with the site; administrators see them and put people into them."""

    actions = None
