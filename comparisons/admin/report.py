"""The inbox of the editors: what readers say is wrong, and what became of it."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from comparisons.models import Report
from comparisons.models.report import Channel, ReportStatus
from comparisons.reporting import AnsweredMeanwhile, NotCorrected, check_outcome, close, lock, query_others, settle
from editorial.admin import RelatedListFilter
from editorial.admin.forms import ConstraintForm
from editorial.admin.urls import change_url
from editorial.site import absolute_url, public_link


class OtherReports(forms.ModelMultipleChoiceField):
    def label_from_instance(self, report: Report) -> str:
        return f"{report.received_at:%-d %B %Y}: {report.text}"


class ReportForm(ConstraintForm):
    constraint_messages = {
        "comparisons_report_is_about_something": ("fact", "Choose the fact, or give the address of the page, or both."),
        "comparisons_report_page_is_ours": ("page", "Give an address of this site, such as /conditions/the-name/."),
        "comparisons_report_closed_says_why": ("answer", "Say what became of it, for those who read this later."),
    }
    also = OtherReports(
        queryset=Report.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Close also",
        help_text="Other open reports about the same. They get the same status and answer, and readers one count.",
    )

    class Meta:
        model = Report
        fields: list[str] = []  # The admin names them.
        help_texts = {
            "fact": "The fact that it is about, if it is about one.",
            "page": "The address of the page that it is about, such as /conditions/the-name/.",
            "text": "What is said to be wrong, and why. Leave out everything about the person: no name, no address, "
            "no telephone number, nothing about anybody's health. It is never public.",
            "status": "Readers get one fixed sentence: how many reported it, what came of it, and the day. "
            "“Corrected” is possible once the corrected text is approved.",
            "answer": "What was done, and when; or why nothing needs to change. It is for colleagues and never public. "
            "No names of readers here either.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "received_at" in self.fields:
            # Django writes “Date:” and “Time:” beside them, but not as labels.
            date, time = self.fields["received_at"].widget.widgets
            date.attrs["aria-label"], time.attrs["aria-label"] = "Date received", "Time received"
        if "also" in self.fields:
            self.fields["also"].queryset = query_others(self.instance)
        if "channel" in self.fields and self.instance._state.adding:
            # Whoever types it in has it from elsewhere.
            self.initial.setdefault("received_at", timezone.now())
            self.initial["channel"] = Channel.EMAIL
            self.fields["channel"].choices = [c for c in Channel.choices if c[0] != Channel.SITE]

    def clean_page(self) -> str:
        """The path of an address of this site. A whole address may be pasted."""
        typed = self.cleaned_data["page"].strip()
        site, parts = urlsplit(absolute_url("/")), urlsplit(typed)
        if parts.scheme in ("http", "https") and parts.netloc == site.netloc:
            return parts.path or "/"
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.cleaned_data.get("also") and {"fact", "page"} & set(self.changed_data):
            self.add_error("also", "Save first what this report is about now, then close others with it.")
        if self.cleaned_data.get("also") and cleaned.get("status") == ReportStatus.OPEN:
            self.add_error("also", "Choose also a status other than open.")
        return cleaned

    def _post_clean(self) -> None:
        """The typed values are in the instance by now; whether it was corrected is asked of the approvals.

        From here on nobody else can answer the same reports until this form is saved.
        """
        super()._post_clean()
        if self.errors or "status" not in self.changed_data:
            return
        try:
            closed = self.list_closed()
            lock(closed)
            for report in closed:
                check_outcome(report)
        except NotCorrected as refusal:
            self.add_error("status", ValidationError(str(refusal), code="not_corrected"))
        except AnsweredMeanwhile as refusal:
            self.add_error("status", ValidationError(str(refusal), code="answered_meanwhile"))

    def list_closed(self) -> list[Report]:
        """The report and those that are closed with it, all with its status and answer."""
        others = list(self.cleaned_data.get("also") or ())
        for other in others:
            for name in ("status", "answer"):
                setattr(other, name, getattr(self.instance, name))
        return [self.instance, *others]

    def clean_received_at(self) -> Any:
        received = self.cleaned_data["received_at"]
        if received and received > timezone.now():
            raise ValidationError("This time is still to come. Say when it came.", code="future")
        return received


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    form = ReportForm
    actions = None
    list_per_page = 50
    list_display = ("shown_text", "shown_about", "channel", "received_at", "status", "answered_by")
    list_filter = (
        "status",
        "channel",
        ("fact__condition", RelatedListFilter),
        ("fact__topic", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("text", "answer", "page", "fact__key", "fact__text")
    autocomplete_fields = ("fact",)
    readonly_fields = ("section", "shown_links", "answered_by", "answered_at", "shown_outcome")
    show_full_result_count = False
    view_on_site = False

    def get_fieldsets(self, request: HttpRequest, obj: Report | None = None) -> list[tuple[str | None, dict[str, Any]]]:
        about = ["fact", "page", *(["section"] if obj and obj.section else []), *(["shown_links"] if obj else [])]
        closed = ["answered_by", "answered_at", "shown_outcome"] if obj and not obj.is_open else []
        also = ["also"] if obj and query_others(obj).exists() else []
        return [
            ("What it is about", {"fields": about}),
            ("What is said", {"fields": ["reason", "text", "channel", "received_at"]}),
            ("What became of it", {"fields": ["status", "answer", *also, *closed]}),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        rows = super().get_queryset(request).select_related("fact", "edition", "answered_by", "outcome")
        return rows.defer("edition__content", "edition__manifest")

    def save_model(self, request: HttpRequest, obj: Report, form: forms.ModelForm, change: bool) -> None:
        now = timezone.now()
        if "status" in form.changed_data:
            close(form.list_closed(), by=request.user, at=now)
            return
        if not change or "answer" in form.changed_data:
            settle(obj, by=request.user, at=now)
        super().save_model(request, obj, form, change)

    @admin.display(description="What is said", ordering="text")
    def shown_text(self, report: Report) -> str:
        return Truncator(report.text).chars(120)

    @admin.display(description="About", ordering="fact")
    def shown_about(self, report: Report) -> str:
        return str(report.fact) if report.fact else report.page

    @admin.display(description="What readers were told")
    def shown_outcome(self, report: Report) -> str:
        outcome = report.outcome
        return f"{outcome.get_result_display()}, {outcome.on:%-d %B %Y}" if outcome else "Nothing"

    @admin.display(description="Go to")
    def shown_links(self, report: Report) -> str:
        links = [(change_url(report.fact), "The fact's form")] if report.fact else []
        if report.page:
            links.append((public_link(report.page), "The page"))
        if report.edition:
            links.append((_edition_url(report), f"Edition {report.edition.number}, which the reader had before them"))
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', links))


def _edition_url(report: Report) -> str:
    edition = report.edition
    return public_link(f"/history/{edition.kind}/{edition.slug}/{edition.number}/")
