"""Why a change is clinical by rule."""

from collections.abc import Sequence

from editorial.desk.dossier import Dossier, approved_content
from editorial.materiality import find_clinical_reasons, load_lexicon


def fill(dossiers: Sequence[Dossier]) -> None:
    changed = [dossier for dossier in dossiers if not dossier.is_new and dossier.changed]
    lexicon = load_lexicon() if changed else None
    for dossier in changed:
        dossier.clinical_reasons = find_clinical_reasons(
            approved_content(dossier.review), dossier.content, kind=dossier.kind.name, lexicon=lexicon
        )
