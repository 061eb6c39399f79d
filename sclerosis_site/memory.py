"""Keeps the memory of a worker small, which lives for weeks and renders pages of hundreds of kilobytes."""

import ctypes
import gc

_LIBRARY = ctypes.CDLL(None)
# Of glibc's mallopt(3). What other C libraries do not know they leave alone.
_MOST_ARENAS = (-8, 2)
"""Each thread would have one of its own, and keep what it once took."""
_MAPPED_FROM = (-3, 64 * 1024)
"""A text this long goes back to the system as soon as it is not needed."""
_TRIMMED_FROM = (-1, 128 * 1024)


def give_back_early() -> None:
    """Tells the C library to give memory back to the system. Call it before threads start."""
    mallopt = getattr(_LIBRARY, "mallopt", None)
    if mallopt is not None:
        for option, value in (_MOST_ARENAS, _MAPPED_FROM, _TRIMMED_FROM):
            mallopt(option, value)


def give_back_now() -> None:
    """What lies free between other memory goes back too; takes half a millisecond."""
    malloc_trim = getattr(_LIBRARY, "malloc_trim", None)
    if malloc_trim is not None:
        malloc_trim(0)


def settle() -> None:
    """What is loaded now stays: the collector looks at it no more, and so comes to the rest more often.

    Its thresholds stay as they are. At (50000, 20, 20) a page of 140 facts took a tenth less, but circles of objects
    held so many texts of whole pages that a worker grew from 140 to 200 MB in twenty minutes of load.
    """
    gc.collect()
    gc.freeze()
