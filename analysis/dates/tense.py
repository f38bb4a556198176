"""Tense of the clause around a time expression, from the cues of a small lexicon."""

from __future__ import annotations

import re

from analysis.dates.lexicon import Rules

__all__ = ["tense_near"]

_REACH = 160  # characters to either side; no clause of a news text is longer, and the search stays linear
_STOP = re.compile(r"(?<=\w\w\w)[.!?…]+[\"”»’')\]]*\s|(?<=\))\.\s|[。\n]")


def tense_near(text: str, span: tuple[int, int], rules: Rules) -> str:
    """Return 'past', 'future' or '' by the cue nearest to ``span``: first in its clause, then in its sentence.

    Weak cues, such as the infinitive of a headline ("Putin to visit"), count where there is no other.

    Where a language puts its verb last (setting ``verb_side`` = right), a cue to the right comes before one to the left.
    """
    for cues in rules.tense:
        tense = _by_cues(cues, text, span, rules)
        if tense:
            return tense
    return ""


def _by_cues(cues: re.Pattern[str], text: str, span: tuple[int, int], rules: Rules) -> str:
    left, right = _bounds(text, span, _STOP)
    if rules.verb_side == "right":
        return _first(cues, text, span[1], right) or _last(cues, text, left, span[0])
    if rules.clause is not None:
        near = _bounds(text, span, rules.clause)
        tense = _nearest(cues, text, span, (max(left, near[0]), min(right, near[1])))
        if tense:
            return tense
    return _nearest(cues, text, span, (left, right))


def _bounds(text: str, span: tuple[int, int], stop: re.Pattern[str]) -> tuple[int, int]:
    left = max(0, span[0] - _REACH)
    for match in stop.finditer(text, left, span[0]):
        left = match.end()
    after = stop.search(text, span[1], span[1] + _REACH)
    return left, after.start() if after else min(len(text), span[1] + _REACH)


def _nearest(cues: re.Pattern[str], text: str, span: tuple[int, int], within: tuple[int, int]) -> str:
    before = None
    for match in cues.finditer(text, within[0], span[0]):
        before = match
    after = cues.search(text, span[1], within[1])
    if before and (not after or span[0] - before.end() <= after.start() - span[1]):
        return before.lastgroup
    return after.lastgroup if after else ""


def _first(cues: re.Pattern[str], text: str, start: int, end: int) -> str:
    match = cues.search(text, start, end)
    return match.lastgroup if match else ""


def _last(cues: re.Pattern[str], text: str, start: int, end: int) -> str:
    found = ""
    for match in cues.finditer(text, start, end):
        found = match.lastgroup
    return found
