"""What an agreement is about, so that two agreements of one day are two events."""

from __future__ import annotations

import re
from functools import cache

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
    near = []
    for rank, (subject, pattern) in enumerate(_patterns(language)):
        for hit in pattern.finditer(window):
            a, b = hit.start() + low, hit.end() + low
            near.append((max(a - end, start - b, 0), rank, subject))
    return min(near)[2] if near else ""


def subjects_in(content: str, *, language: str) -> frozenset[str]:
    """Return all subjects that a text names.

    >>> sorted(subjects_in("A deal on a bridge and on tourism", language="en"))
    ['bridge', 'travel']
    """
    return frozenset(subject for subject, pattern in _patterns(language) if pattern.search(content))


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = read_lexicon("agreement_subjects")
    rows = table[table["language"] == language]
    return tuple((s, re.compile(f, re.IGNORECASE)) for s, f in zip(rows["subject"], rows["form"], strict=True))
