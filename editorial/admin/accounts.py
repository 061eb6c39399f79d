"""Staff accounts and their groups, kept by administrators."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from editorial.models import User

_RESERVED = ("is_superuser", "user_permissions")
"""Only a superuser gives these away: else an administrator could make one of himself."""


@admin.register(User)
class StaffAdmin(UserAdmin):
    actions = None
    list_display = ("username", "display_name", "email", "credentials", "shown_groups", "is_active", "is_demonstration")
    list_filter = ("groups", "is_active", "is_staff", "is_demonstration")
    search_fields = ("username", "first_name", "last_name", "email", "credentials", "specialty")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        (
            "What readers see of a reviewer",
            {
                "fields": ("credentials", "specialty", "interests_declared_on", "is_demonstration"),
                "description": "Each approval keeps these as they are on that day. "
                "Approvals by a demonstration account are shown as not reviewed by a clinician.",
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

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        reserved = () if request.user.is_superuser else _RESERVED
        return [*super().get_readonly_fields(request, obj), "last_login", "date_joined", *reserved]

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
