"""The page of an outside expert, who has no account: to read one submitted version and to answer, by a private link.

No session and no cookie. The secret in the address is the only right, so a forged request would have to know it; the
usual protection of forms, by a cookie, would add nothing. The form names the digest that was on the screen.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from editorial import consulting
from editorial.desk.dossiers import load_texts
from editorial.errors import LinkVoid
from editorial.models import Consultation, Opinion


class AnswerForm(forms.Form):
    """What the expert says."""

    opinion = forms.ChoiceField(
        label="Your opinion of the text",
        choices=Opinion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    comment = forms.CharField(
        label="Comment",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What is wrong or missing, and where one can read it.",
    )
    name = forms.CharField(
        label="Your name", max_length=200, error_messages={"required": "The editors must know who answered."}
    )
    credentials = forms.CharField(
        label="Your credentials", required=False, max_length=200, help_text="Such as degree, field and workplace."
    )
    interests = forms.CharField(
        label="Your conflicts of interest",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What could sway you, such as money from a company whose product is concerned. Write “none” if there "
        "is nothing.",
        error_messages={"required": "Say what could sway you, or write “none”."},
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        return helper

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needs_words = data.get("opinion") in (Opinion.DISAGREE, Opinion.COMMENT)
        if needs_words and "comment" in data and not data["comment"]:
            self.add_error("comment", "Say in a few words what you mean.")
        return data


def _private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Kept by no cache, found by no search engine, and its address goes along to no other site."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str) -> HttpResponse:
        response = view(request, secret)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return guarded


@csrf_exempt
@_private
@require_http_methods(["GET", "HEAD", "POST"])
def show_expert(request: HttpRequest, secret: str) -> HttpResponse:
    now = timezone.now()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    try:
        if not form.is_valid():
            consultation = consulting.find(secret, at=now)
            return _show(request, consultation, form, status=400 if form.is_bound else 200)
        said = consulting.Answer(**form.cleaned_data)
        consulting.answer(secret, said, digest=request.POST.get("digest", ""), at=now)
    except Consultation.DoesNotExist:
        return _render(request, "ended.html", {}, status=404)
    except LinkVoid:
        return _render(request, "ended.html", {}, status=410)
    return _render(request, "thanks.html", {})


def _show(request: HttpRequest, consultation: Consultation, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    (dossier,) = load_texts([consultation.review])
    return _render(
        request, "read.html", {"consultation": consultation, "dossier": dossier, "form": form}, status=status
    )


def _render(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    # The address is a secret: no canonical link repeats it.
    return render(request, f"editorial/expert/{template}", {**context, "canonical_url": ""}, status=status)
