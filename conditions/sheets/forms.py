"""The forms of an import and an export in the admin."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from conditions.sheets.reading import MOST_BYTES, UTF8, WINDOWS


class UploadForm(forms.Form):
    file = forms.FileField(
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text="An Excel workbook (.xlsx) or CSV, with the columns that an export has.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. It must begin with the names of the columns.",
        },
    )
    encoding = forms.ChoiceField(
        label="Letters of a CSV file",
        choices=[(UTF8, "UTF-8"), (WINDOWS, "Windows-1252 (older Excel)")],
        initial=UTF8,
        help_text="In Excel, save as “CSV UTF-8”. A workbook needs no choice here.",
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                f"The file has {file.size / 10**6:.1f} MB; at most {MOST_BYTES // 10**6} MB can be uploaded. "
                "Split it, or ask an administrator to import it by command."
            )
        return file

    @property
    def file_name(self) -> str:
        """The last part of the name, cut to what is kept, its ending whole."""
        path = PurePath(self.cleaned_data["file"].name)
        return f"{path.stem[:150]}{path.suffix[:20]}"


class ConfirmForm(forms.Form):
    comment = forms.CharField(
        label="What did you change?",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="One sentence for the history and the reviewer; never public.",
    )


class ExportForm(forms.Form):
    """`rows` and `file` are parameters beside the filters of the list, so their names begin with a line."""

    prefix = "_sheet"

    rows = forms.ChoiceField(label="Which", widget=forms.RadioSelect)
    file = forms.ChoiceField(
        label="As",
        widget=forms.RadioSelect,
        choices=[
            (
                "xlsx",
                "Excel workbook (.xlsx): every cell is text, which no program changes by itself",
            ),
            ("csv", "CSV in UTF-8: for scripts; Excel turns cells such as 2024-05 or 12-15 into dates"),
        ],
    )
