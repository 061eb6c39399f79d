"""Pictures of items: uploading them, and showing staff what is not public yet."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.models import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from editorial.admin.forms import ItemForm
from editorial.models import Picture
from editorial.pictures import MEDIA_TYPES, store_upload

PICTURE_FIELDS = ("shown_picture", "picture_upload", "picture_removed", "picture_alt", "picture_credit", "picture")
PICTURE_FIELDSET = ("Picture", {"fields": PICTURE_FIELDS, "classes": ("collapse",)})


class PictureForm(ItemForm):
    """Stores an uploaded picture at once, and carries it along by its hash, so that no refusal of the form loses it."""

    picture = ModelChoiceField(Picture.objects.all(), required=False, widget=forms.HiddenInput)
    picture_upload = forms.FileField(
        label="New picture",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(MEDIA_TYPES.values())}),
        help_text="PNG, JPEG or WebP, at most 500 kB.",
    )
    picture_removed = forms.BooleanField(label="Take the picture off the page", required=False)

    def clean_picture_upload(self) -> Picture | None:
        upload = self.cleaned_data.get("picture_upload")
        return store_upload(upload) if upload else None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        uploaded, is_removed = cleaned.get("picture_upload"), cleaned.get("picture_removed")
        if uploaded and is_removed:
            message = "Upload a new picture, or take the picture off the page, not both."
            self.add_error("picture_removed", ValidationError(message, code="both"))
        elif uploaded or is_removed:
            cleaned["picture"] = uploaded if uploaded else None
            self.data = self.data.copy()
            self.data[self.add_prefix("picture")] = uploaded.pk if uploaded else ""
        return cleaned


class PictureItemMixin:
    """For the admin of items with a picture. `PICTURE_FIELDSET` goes into their fieldsets."""

    @admin.display(description="Picture now", empty_value="None")
    def shown_picture(self, item: Any) -> Any:
        if item is None or item.picture is None:
            return None
        url = reverse("admin:editorial_picture_show", args=[item.picture.sha256])
        return format_html('<img class="picture-now" src="{}" alt="{}">', url, item.picture_alt)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "shown_picture"]  # type: ignore[misc]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if obj is None or self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        looked_at = ("Picture", {"fields": ("shown_picture", "picture_alt", "picture_credit")})
        return [looked_at if fieldset is PICTURE_FIELDSET else fieldset for fieldset in fieldsets]


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Only shows the bytes of a picture to staff, also while no public page has it."""

    def get_urls(self) -> list[URLPattern]:
        show = self.admin_site.admin_view(self.show_view)
        return [path("<str:sha256>/", show, name="editorial_picture_show")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def show_view(self, request: HttpRequest, sha256: str) -> HttpResponse:
        if not request.user.has_perm("editorial.view_review"):
            raise PermissionDenied
        picture = get_object_or_404(Picture, sha256=sha256, media_type__in=MEDIA_TYPES.values())
        return HttpResponse(bytes(picture.content), content_type=picture.media_type)
