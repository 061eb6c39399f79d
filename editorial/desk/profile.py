"""What the desk knows of the person who is signed in, and the statement of interests that only this person signs."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from editorial import statements
from editorial.desk.access import desk_view, render_desk
from editorial.desk.addresses import review_url
from editorial.desk.pages import read_back
from editorial.desk.selection import Selection, read_selection
from editorial.groups import ADMINISTRATORS
from editorial.models import User
from editorial.permissions import DECIDE


class StatementForm(forms.Form):
    text = forms.CharField(
        label="Your statement of interests",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What could sway you, or seem to: money from makers of drugs or tests, shares, patents, a post, "
        "a close person with such ties. If there is nothing, write that out too.",
        error_messages={"required": "Write your statement out. If you have no interests to declare, say so."},
    )
    is_signed = forms.BooleanField(
        label="I sign this statement",
        error_messages={"required": "Tick this to sign the statement. Without it nothing is kept."},
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The page of the person who asks; there is no address for that of another."""
    if request.method != "POST":
        return _show(request, StatementForm(initial={"text": request.user.interests}), read_selection(request.GET))
    form, selection = StatementForm(request.POST), read_selection(request.POST)
    if not form.is_valid():
        return _show(request, form, selection, status=400)
    statements.sign(request.user, text=form.cleaned_data["text"], at=timezone.now())
    messages.success(request, f"Signed. Your statement counts until {statements.expires_on(request.user):%-d %B %Y}.")
    if selection.reviews:
        return redirect(review_url(selection.reviews, back=read_back(request)))
    return redirect(reverse("desk:profile"))


def _show(request: HttpRequest, form: StatementForm, selection: Selection, *, status: int = 200) -> HttpResponse:
    user, today = request.user, timezone.now().date()
    back = read_back(request)
    context: dict[str, Any] = {
        "form": form,
        "person": user,
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "administrators": _list_administrators(),
        "may_decide": user.has_perm(DECIDE),
        "standing": statements.find_standing(user, on=today),
        "expires_on": statements.expires_on(user),
        "certified": statements.list_in_certificates(user),
        "reviews": selection.reviews,
        "back": back,
        "review_url": review_url(selection.reviews, back=back) if selection.reviews else "",
    }
    return render_desk(request, "profile.html", context, title="Your profile", status=status)


def _list_administrators() -> list[str]:
    """Whom to ask for what an administrator sets."""
    people = User.objects.filter(groups__name=ADMINISTRATORS, is_active=True, is_staff=True)
    return [person.display_name for person in people.order_by("username").distinct()[:5]]
