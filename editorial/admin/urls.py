"""Addresses of an item's pages in the admin."""

from django.contrib.admin.utils import quote
from django.urls import reverse

from editorial.models import ReviewedItem


def change_url(item: ReviewedItem) -> str:
    return _url(item, "change")


def history_url(item: ReviewedItem) -> str:
    return _url(item, "history")


def used_url(item: ReviewedItem) -> str:
    return _url(item, "used")


def _url(item: ReviewedItem, page: str) -> str:
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_{page}", args=[quote(item.pk)])
