"""Filling in the admin's forms as a browser would."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from editorial.admin.rebasing import posted_values
from editorial.models import ReviewedItem


def admin_url(item: ReviewedItem, page: str = "change", *args: Any) -> str:
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_{page}", args=[item.pk, *args])


def change_page(client: Client, item: ReviewedItem) -> HttpResponse:
    return client.get(admin_url(item))


def filled_form(response: HttpResponse) -> dict[str, Any]:
    """What the browser would send if the person pressed a button without changing anything."""
    forms = [response.context["adminform"].form]
    for shown in response.context["inline_admin_formsets"]:
        forms += [shown.formset.management_form, *shown.formset.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for name, values in posted_values(form).items():
            data[form.add_prefix(name)] = values if len(values) > 1 else (values or [""])[0]
            if not values:
                del data[form.add_prefix(name)]
    return data


def save(client: Client, item: ReviewedItem, button: str = "_save", **values: Any) -> HttpResponse:
    """Opens the item's form, types `values` and presses the button."""
    data = filled_form(change_page(client, item)) | values | {button: "1"}
    return client.post(admin_url(item), data, follow=True)


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    if response.context is None or "adminform" not in response.context:
        return {}
    form = response.context["adminform"].form
    rows = [f for shown in response.context["inline_admin_formsets"] for f in shown.formset.forms]
    found = dict(form.errors)
    for row in rows:
        found |= {row.add_prefix(name): messages for name, messages in row.errors.items()}
    return found
