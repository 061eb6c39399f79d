"""The queue of mails: administrators see what waits and what could not be sent. Nobody writes or resends by hand."""

# First, so that its own pages (which write, resend and delete) are there to be taken out.
import post_office.admin  # noqa: F401
from django.contrib import admin
from post_office.models import Attachment, Email, EmailTemplate, Log

from editorial.admin.records import RecordAdmin

for _model in (Attachment, Email, EmailTemplate, Log):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


@admin.register(Email)
class MailAdmin(RecordAdmin):
    change_form_template = "admin/change_form.html"  # The package has one of its own, with a button to resend.
    list_display = ("created", "shown_to", "subject", "status", "number_of_retries", "scheduled_time")
    list_display_links = ("created",)
    list_filter = ("status",)
    search_fields = ("to", "subject")
    fields = (*list_display, "message", "shown_problem")
    readonly_fields = fields
    ordering = ("-pk",)

    @admin.display(description="To")
    def shown_to(self, email: Email) -> str:
        return str(email)

    @admin.display(description="Newest problem")
    def shown_problem(self, email: Email) -> str:
        problem = email.logs.order_by("-pk").first()
        return f"{problem.date:%Y-%m-%d %H:%M}: {problem.exception_type} {problem.message}" if problem else ""
