"""Why a change is clinical by rule."""

from collections.abc import Sequence

from editorial.desk.dossier import Dossier, approved_content
from editorial.materiality import find_clinical_reasons, load_lexicon


def fill(dossiers: Sequence[Dossier]) -> None:
    changed = [dossier for dossier in dossiers if not dossier.is_new and dossier.changed]
    pairs = [(approved_content(dossier.review), dossier.content) for dossier in changed]
    lexicon = load_lexicon(pairs) if pairs else None
    for dossier, (old, new) in zip(changed, pairs, strict=True):
        dossier.clinical_reasons = find_clinical_reasons(old, new, kind=dossier.kind.name, lexicon=lexicon)
