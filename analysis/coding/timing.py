"""The date of an event: the time expression that belongs to its trigger, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.coding.lexicon import words
from analysis.coding.scene import Scene

__all__ = ["Date", "when"]

_OWN = 2  # a time that close to another event's verb is that event's
_SAYING_REACH = 22
_AHEAD = ("planned", "mooted")
_CALLED_OFF = ("denied", "cancelled")
_OPENING = 24  # characters of a phrase that opens a sentence, up to its time
_OVER = ("signed", "ratified", "made")


@dataclass(frozen=True)
class Date:
    """Start, end and precision as in the codebook; ``at`` and ``to`` the expression in the sentence."""

    start: str = ""
    end: str = ""
    precision: str = "unknown"
    at: int = 0
    to: int = 0
    reason: str = ""


def when(
    scene: Scene, start: int, end: int, *, status: str, is_invitation: bool = False, is_saying: bool = False,
    reach: int = 120, only_after: bool = False, rivals: Sequence[tuple[int, int]] = (), since: int = 0,
    is_sure: bool = True,
) -> Date:
    """Return the date of the event whose trigger spans ``start`` to ``end``.

    The nearest time expression of the clause counts, of the sentence when it opens it; one that belongs to a verb of
    saying dates the saying, and one beside an invitation dates the invitation, so neither dates a visit.
    """
    if not scene.published or not scene.times:
        return Date()
    due = status == "cancelled" and scene.phrase("due").first(scene.low) is not None
    # what will not be was for a day to come or for one past: the sentence's own tense tells
    open_tense = status == "denied" or not is_sure  # a status by default says nothing about the time
    spans = scene.times_in("future" if status in _AHEAD or due else None if open_tense else "past")
    # where the verb stands last, its clause reaches back over connective endings to the sentence's start
    left, right = (0, end + 12) if scene.grammar.verb_final else scene.clause(start, end)
    saying = [] if is_saying else _said_at(scene, spans)
    best = None
    for s in spans:
        within = start < s.start and s.end < end  # "crossed on Tuesday morning the border"
        if s in saying or (s.start < end and start < s.end and not within) or _is_span_of_validity(scene, s):
            continue
        inside = (left <= s.start or 0 <= left - s.end <= _OWN) and s.end <= right  # "in July 2000, when ..."
        opens = s.start <= 3 or _opens(scene, s, start)
        gap = max(start - s.end, s.start - end, 0)
        if is_saying and gap > 34 and not opens:
            continue
        if not (inside or opens) or gap > reach or (only_after and s.end <= start and not opens):
            continue
        if _compared(scene, s.start):
            continue  # "for the first time since 2019"
        if s.end <= since and not opens:
            continue
        since_then = scene.phrase("since_then").first(scene.low, s.end, s.end + 24)
        if since_then is not None and since_then.start == s.end:
            continue  # "the first since July 2000"
        if status in _AHEAD and s.date_end and s.date_end < scene.published[: len(s.date_end)]:
            continue  # what is still to come has no date in the past: that date is the invitation's or the talks'
        if status in _OVER and s.date_start[:10] > scene.published[: len(s.date_start)]:
            continue  # "signed a plan for 2026": what is done has no date to come
        if any(gap > _gap(s, rival) <= _OWN for rival in rivals):
            continue
        if best is None or gap < best[0]:
            best = gap, s
    if best is None or is_invitation:
        return Date()
    s = best[1]
    return Date(s.date_start, s.date_end, s.date_precision, s.start, s.end, s.reason)


def _opens(scene: Scene, span, start: int) -> bool:
    """"Gathered on Wednesday in Canada, the ministers …": a time in the phrase that opens the sentence."""
    first = scene.low[: span.start]
    return span.start <= _OPENING and "," not in first and 0 <= scene.low.find(",", span.end, start)


def _is_span_of_validity(scene: Scene, span) -> bool:
    """"A plan for 2024-2025", "the first visit since 2000": a year that says for how long, not when."""
    if span.date_precision != "year":
        return False
    before = scene.low[max(0, span.start - 24) : span.start].rstrip()
    cue = scene.phrase("validity").last(before)
    own = scene.phrase("validity").first(scene.low, span.start, span.end)
    return (cue is not None and cue.end == len(before)) or (own is not None and own.start == span.start and own.end < span.end)


def _compared(scene: Scene, position: int) -> bool:
    hit = scene.phrase("compared").last(scene.low, max(0, position - 70), position)
    return hit is not None and position - hit.end <= 1


def _gap(span, other: tuple[int, int]) -> int:
    return max(other[0] - span.end, span.start - other[1], 0)


def _said_at(scene: Scene, spans: list) -> list:
    """Time expressions that stand with a verb of saying, or right after the ending that hands over to one."""
    out = []
    for ending in words("voice", scene.language, kind="ending").find(scene.low):
        out += [s for s in spans if 0 <= s.start - ending.end <= 20]
        named = any(p.start >= ending.end and p.side for p in scene.parties)
        if not named and not any(0 <= s.start - ending.end <= 20 for s in spans):  # who says it opens the sentence, and when
            out += [s for s in spans if s.end <= ending.start and s.date_end <= scene.published and _follows_topic(scene, s)]
    for verb in words("voice", scene.language, kind="verb").find(scene.low):
        for s in spans:
            gap = max(verb.start - s.end, s.start - verb.end, 0)
            limit = 8 if scene.grammar.verb_final else _SAYING_REACH
            if scene.grammar.verb_final and s.end > verb.start:
                continue
            if s.end <= verb.start and "," in scene.low[s.end : verb.start]:
                continue
            if gap <= limit and (s.start >= verb.end or gap <= 8) and not _verb_between(scene, verb, s):
                out.append(s)
    return out


def _follows_topic(scene: Scene, span) -> bool:
    before = next((p for p in reversed(scene.parties) if p.end <= span.start), None)
    if before is None or before.slot != "subj" or span.start - before.end > 12:
        return False
    mark = scene.phrase("topic_mark").first(scene.low, before.end, span.start)
    return mark is not None and mark.start == before.end and mark.end == span.start


def _verb_between(scene: Scene, verb, span) -> bool:
    a, b = (verb.end, span.start) if span.start >= verb.end else (span.end, verb.start)
    return any(p.start >= a and p.end <= b for p in scene.parties)
