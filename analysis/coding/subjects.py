"""What an agreement is about, so that two agreements of one day are two events."""

from __future__ import annotations

import re
from functools import cache

from analysis.coding.lexicon import grammar
from analysis.dates.openers import fold, needles
from analysis.lexicons import read_lexicon

__all__ = ["subject_of", "subjects_in"]

_REST = 24  # characters of a word that begins within reach
_REACH = 90  # characters to either side of the trigger: what stands farther away is about something else


def subject_of(sentence: str, *, start: int, end: int, language: str) -> str:
    """Return the subject of the agreement named at ``start`` to ``end``: the nearest word of ``agreement_subjects``.

    Empty when no such word stands within 90 characters. Ties go to the order of the lexicon, particular before general.
    Where the verb stands last, what an agreement is about stands before it, and what follows is told of something else.

    >>> s = "The two sides signed a protocol on forestry."
    >>> subject_of(s, start=23, end=31, language="en")
    'forestry'
    """
    low = max(0, start - _REACH)
    window = sentence[low : end + _REACH + _REST]
    folded = fold(window)
    verb_final = grammar(language).verb_final
    near = []
    for rank, (subject, pattern, held) in enumerate(_patterns(language)):
        if not any(needle in folded for needle in held):
            continue
        for hit in pattern.finditer(window):
            a, b = hit.start() + low, hit.end() + low
            if a - end > _REACH:
                continue
            behind = _REACH if a >= end and verb_final else 0
            near.append((max(a - end, start - b, 0) + behind, rank, subject, a, b))
    joined = grammar(language).coordinator  # "a military support and technology deal": of both, as near as the nearer
    near += [
        (n[0], rank, subject, a, b) for _, rank, subject, a, b in near for n in near
        if b <= start and b < n[3] <= start + 1 and "," not in sentence[b : n[3]] and joined.fullmatch(sentence, b, n[3])
    ]
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
