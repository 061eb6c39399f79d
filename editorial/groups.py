"""The three groups and their rights, made after each `migrate`. Rights that somebody added stay."""

from typing import Any

from django.apps import AppConfig, apps

EDITORS, REVIEWERS, ADMINISTRATORS = "Editors", "Reviewers", "Administrators"

_CONTENT_APPS = ("conditions", "comparisons")
_CONFIGURATION = ("topic", "measure", "stylerule")
_INBOXES = ("report",)


def ensure_groups(sender: AppConfig, **kwargs: Any) -> None:
    """Gives each group the rights on the models of the app that was just migrated."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    if sender.label not in (*_CONTENT_APPS, "editorial", "auth", "post_office"):
        return
    using = kwargs.get("using", "default")
    create_permissions(sender, verbosity=0, using=using)  # Django's own may run after this one.
    wanted = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    for name, codenames in _rights(sender.label).items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*wanted.filter(codename__in=codenames))


def _rights(label: str) -> dict[str, set[str]]:
    if label == "editorial":
        return {
            EDITORS: {"submit_item", "view_review"},
            REVIEWERS: {"submit_item", "decide_item", "retire_item", "view_review"},
            ADMINISTRATORS: {
                *("view_review", "view_decision", "view_edition"),
                *("add_user", "change_user", "view_user", "delete_user"),
            },
        }
    if label == "auth":
        # They put people into groups; what a group may do comes with the site.
        return {ADMINISTRATORS: {"view_group"}}
    if label == "post_office":
        # What waits, and what could not be sent.
        return {ADMINISTRATORS: {"view_email"}}
    names = {model._meta.model_name or "" for model in apps.get_app_config(label).get_models()}
    configuration = {name for name in names if name in _CONFIGURATION}
    inboxes = {name for name in names if name in _INBOXES}
    content = names - configuration - inboxes
    edit = {f"{verb}_{name}" for name in content for verb in ("add", "change", "delete", "view")}
    look = {f"view_{name}" for name in configuration}
    # What came in is answered or dismissed; only an administrator makes it vanish.
    answer = {f"{verb}_{name}" for name in inboxes for verb in ("add", "change", "view")}
    tidy = {f"{verb}_{name}" for name in inboxes for verb in ("delete", "view")}
    configure = {f"{verb}_{name}" for name in configuration for verb in ("add", "change", "delete", "view")}
    return {
        EDITORS: edit | look | answer,
        REVIEWERS: edit | look | answer,
        ADMINISTRATORS: configure | tidy | {f"view_{name}" for name in content},
    }
