"""Asking somebody outside about one item: the list of links, a new one, and the end of one."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from editorial import consulting, errors
from editorial.desk.access import desk_view, render_desk, render_notice
from editorial.desk.dossier import Dossier
from editorial.desk.dossiers import load_dossiers
from editorial.desk.selection import read_selection
from editorial.models import Consultation
from editorial.site import staff_url
from editorial.workflow import Status


class AskForm(forms.Form):
    """Who is asked what, and for how long."""

    invited = forms.CharField(
        label="Who is asked",
        max_length=200,
        help_text="Name and field, for your colleagues. The person sees it too.",
        error_messages={"required": "Say who is asked."},
    )
    question = forms.CharField(
        label="Your question",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What the person should look at. Without one the page asks whether they agree.",
    )
    days = forms.IntegerField(
        label="Days until the link expires",
        min_value=1,
        max_value=consulting.MOST_DAYS,
        initial=14,
        help_text=f"1 to {consulting.MOST_DAYS}.",
        error_messages={
            "required": "Say for how many days.",
            "invalid": f"Write a number of days from 1 to {consulting.MOST_DAYS}.",
            "min_value": "The link must last at least one day.",
            "max_value": f"The link may last {consulting.MOST_DAYS} days at most.",
        },
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        return helper


@desk_view
@require_safe
def show_experts(request: HttpRequest, review_id: int) -> HttpResponse:
    return _show(request, review_id, AskForm())


@desk_view
@require_POST
def ask_expert(request: HttpRequest, review_id: int) -> HttpResponse:
    dossier = _load(review_id)
    if dossier is None:
        return _not_found(request)
    if not consulting.may_ask(request.user, type(dossier.item)):
        return _refuse(request)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _show(request, review_id, form, status=400)
    try:
        asked, secret = consulting.ask(dossier.review, by=request.user, at=timezone.now(), **form.cleaned_data)
    except errors.ConsultationRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, review_id, form, status=400)
    # Not by a redirect: nothing may keep the secret on the way.
    context = {"asked": asked, "link": staff_url(reverse("expert", args=[secret])), "dossier": dossier}
    return render_desk(request, "expert_link.html", context, title="Send this link")


@desk_view
@require_POST
def revoke_expert(request: HttpRequest, review_id: int, consultation_id: int) -> HttpResponse:
    consultation = Consultation.objects.filter(pk=consultation_id, review=review_id).first()
    if consultation is None:
        return _not_found(request)
    try:
        consulting.revoke(consultation, by=request.user, at=timezone.now())
    except errors.NotPermitted:
        return _refuse(request)
    except errors.ConsultationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Revoked: the link of {consultation.invited} opens nothing any more.")
    return redirect("desk:consultations", review_id)


def _show(request: HttpRequest, review_id: int, form: AskForm, *, status: int = 200) -> HttpResponse:
    dossier = _load(review_id)
    if dossier is None:
        return _not_found(request)
    context = {
        "dossier": dossier,
        "form": form,
        "may_ask": consulting.may_ask(request.user, type(dossier.item)),
        "is_in_review": dossier.review.status == Status.IN_REVIEW and dossier.review.scheduled_id is None,
    }
    return render_desk(request, "experts.html", context, title="Outside experts", status=status)


def _load(review_id: int) -> Dossier | None:
    selection = read_selection(QueryDict(f"items={review_id}"))
    return load_dossiers(selection.reviews)[0] if selection.reviews else None


def _not_found(request: HttpRequest) -> HttpResponse:
    return render_notice(request, title="Not found", sentence="There is no such item, or no such link.", status=404)


def _refuse(request: HttpRequest) -> HttpResponse:
    sentence = "To ask an expert you need the right to submit the item or to decide on it. Ask an administrator for it."
    return render_notice(request, title="Not for your account", sentence=sentence, status=403)
