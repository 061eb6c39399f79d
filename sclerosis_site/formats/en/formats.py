"""Days as “22 November 2026”, which readers in every country take for the same day."""

DATE_FORMAT = "j F Y"
