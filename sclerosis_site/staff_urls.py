"""The pages of editors, reviewers and those whom they ask."""

from django.contrib import admin
from django.urls import include, path

from editorial.expert import show_expert

urlpatterns = [
    # Before the admin, whose own last pattern takes every address below /admin/.
    path("admin/review/", include("editorial.desk.urls")),
    path("admin/", admin.site.urls),
    # For somebody without an account: the secret in the address is the right.
    path("expert/<str:secret>/", show_expert, name="expert"),
]
