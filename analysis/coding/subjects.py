"""What an agreement is about, so that two agreements of one day are two events."""

from __future__ import annotations

import re
from functools import cache

from analysis.dates.openers import fold, needles
from analysis.lexicons import read_lexicon

__all__ = ["subject_of", "subjects_in"]

_REACH = 90  # characters to either side of the trigger: what stands farther away is about something else


def subject_of(sentence: str, *, start: int, end: int, language: str) -> str:
    """Return the subject of the agreement named at ``start`` to ``end``: the nearest word of ``agreement_subjects``.

    Empty when no such word stands within 90 characters. Ties go to the order of the lexicon, particular before general.

    >>> s = "The two sides signed a protocol on forestry."
    >>> subject_of(s, start=23, end=31, language="en")
    'forestry'
    """
    low = max(0, start - _REACH)
    window = sentence[low : end + _REACH]
    folded = fold(window)
    near = []
    for rank, (subject, pattern, held) in enumerate(_patterns(language)):
        if not any(needle in folded for needle in held):
            continue
        for hit in pattern.finditer(window):
            a, b = hit.start() + low, hit.end() + low
            near.append((max(a - end, start - b, 0), rank, subject))
    return min(near)[2] if near else ""


def subjects_in(content: str, *, language: str) -> frozenset[str]:
    """Return all subjects that a text names.

    >>> sorted(subjects_in("A deal on a bridge and on tourism", language="en"))
    ['bridge', 'travel']
    """
    return frozenset(subject for subject, pattern, _ in _patterns(language) if pattern.search(content))


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
    """Subjects, their words, and strings one of which a text that names the subject holds, so that most need no search."""
    table = read_lexicon("agreement_subjects")
    rows = table[table["language"] == language]
    return tuple(
        (subject, re.compile(form, re.IGNORECASE), frozenset(map(fold, needles(form))))
        for subject, form in zip(rows["subject"], rows["form"], strict=True)
    )
