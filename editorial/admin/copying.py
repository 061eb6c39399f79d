"""Makes a copy of an item: a new draft with a Review of its own."""

import reversion
from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from editorial.admin.urls import change_url
from editorial.models import ReviewedItem, User
from editorial.registry import kind_of


def copy_view(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """A small form that asks for what the copy must have of its own; nothing is made before it is sent."""
    item = model_admin.get_object(request, unquote(object_id))
    if item is None:
        raise Http404(f"There is no {model_admin.opts.verbose_name} with this number.")
    if not (model_admin.has_add_permission(request) and model_admin.has_view_permission(request, item)):
        raise PermissionDenied
    form = _make_form(model_admin, request, item)
    if request.method == "POST" and form.is_valid():
        copy = copy_item(item, by=request.user, values=form.cleaned_data)
        messages.success(request, f"This is the copy of “{item}”. It is a draft; readers do not see it.")
        return HttpResponseRedirect(change_url(copy))
    fields = [(None, {"fields": list(form.fields)})]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Copy “{item}”",
        "opts": model_admin.opts,
        "item": item,
        "adminform": AdminForm(form, fields, {}, model_admin=model_admin),
        "media": model_admin.media + form.media,
        "errors": form.errors,
    }
    return TemplateResponse(request, "admin/editorial/item_copy.html", context)


def copy_item(item: ReviewedItem, *, by: User, values: dict[str, object]) -> ReviewedItem:
    """The saved copy, with `values` in place of the original's, as one revision."""
    with reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(f"Copied from {item.key_value}.")
        copy = _copy_row(item, **values)
        for child in kind_of(item).children:
            for row in child.model._default_manager.filter(**{child.parent: item}):
                _copy_row(row, **{child.parent: copy})
    return copy


def _copy_row(row: models.Model, **values: object) -> models.Model:
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    fields.pop("review_id", None)
    copy = type(row)(**fields)
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save()
    for field in row._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            getattr(copy, field.name).set(getattr(row, field.name).all())
    return copy


def _make_form(model_admin: ModelAdmin, request: HttpRequest, item: ReviewedItem) -> forms.ModelForm:
    """Asks for the key, and for the other fields that are fixed once they are saved."""
    fixed = [f.name for f in item._meta.concrete_fields if {f.name, f.attname} & set(kind_of(item).fixed_fields)]
    names = list(dict.fromkeys([item.KEY_FIELD, *fixed]))
    form_class = forms.modelform_factory(
        type(item),
        fields=names,
        formfield_callback=lambda field, **kwargs: model_admin.formfield_for_dbfield(field, request, **kwargs),
    )
    initial = {name: getattr(item, name) for name in names}
    return form_class(request.POST or None, initial=initial)
