"""Why a change is clinical by rule."""

from collections.abc import Sequence

from editorial.desk.dossier import Dossier, approved_content
from editorial.materiality import find_clinical_reasons


def fill(dossiers: Sequence[Dossier]) -> None:
    for dossier in dossiers:
        old = approved_content(dossier.review)
        if old is not None:
            dossier.clinical_reasons = find_clinical_reasons(old, dossier.content, kind=dossier.kind.name)
