"""What the pages fetch, and machines read: the same in every language."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
