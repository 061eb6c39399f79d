"""What else lies beside an item on the desk. Each part fills its field of all dossiers in constantly many queries."""

from collections.abc import Callable, Sequence

from editorial.desk.dossier import Dossier
from editorial.desk.parts import cells, comments, consultations, materiality, presence

PARTS: tuple[Callable[[Sequence[Dossier]], None], ...] = (
    cells.fill,
    materiality.fill,
    presence.fill,
    comments.fill,
    consultations.fill,
)
