"""The date of an event: the time expression that belongs to its trigger, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.coding._other_times import (
    compared,
    is_a_papers,
    is_long_from,
    is_of_reaction,
    is_part_of_name,
    is_span_of_validity,
)
from analysis.coding.lexicon import words
from analysis.coding.scene import Scene

__all__ = ["Asked", "Date", "next_day", "when"]

_OWN = 2  # a time that close to another event's verb is that event's
_SAYING_REACH = 22
_DYAD = ("RUS", "PRK")
_PARTICLE = 3  # characters of a particle and a space
_NEWS = 3  # days for which what somebody said is news
_REPORTED = 45  # "told the newspaper on Monday that ...": the clause that follows shows whose time it is
_BARE_WEEKDAY = "weekday, "  # how `dates` reasons about a weekday without "last" or "next"
_AHEAD = ("planned", "mooted")
_CALLED_OFF = ("denied", "cancelled")
_OPENING = 24  # characters of a phrase that opens a sentence, up to its time ...
_WHOLE_OPENING = 60  # ... where the time ends it
_OVER = ("signed", "ratified", "made")
_DURING = 24  # characters from "during" to the event that it speaks of
_ARTICLE = 4  # characters of an article
_UNTIL = 16  # characters of the words that say "until"
_SPOKEN = 40  # characters of the source of "according to the council on Wednesday"
_CLEFT = 4  # characters of "that it was"
_VISITS = ("held", "planned")


@dataclass(frozen=True)
class Date:
    """Start, end and precision as in the codebook; ``at`` and ``to`` the expression in the sentence."""

    start: str = ""
    end: str = ""
    precision: str = "unknown"
    at: int = 0
    to: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Asked:
    """An event whose date is asked for: the span of its trigger, its status, and what else of it bears on its time."""

    start: int
    end: int
    status: str
    is_sure: bool = True  # whether the words give the status, and not its default
    is_told: bool = False  # a verb in the past tells it: it may lie a day ahead of the outlet's own
    is_invitation: bool = False
    is_saying: bool = False
    only_after: bool = False  # its time stands behind it
    reach: int = 120
    since: int = 0  # where the words that speak of it begin
    rivals: Sequence[tuple[int, int]] = ()  # triggers of other events of the sentence
    others: Sequence[tuple[int, int]] = ()  # of visits of another status: "arrived on Tuesday for talks expected on Wednesday"


def when(scene: Scene, asked: Asked) -> Date:
    """Return the date of an event.

    The nearest time expression of the clause counts, of the sentence when it opens it; one that belongs to a verb of
    saying dates the saying, and one beside an invitation dates the invitation, so neither dates a visit.
    """
    start, end, status = asked.start, asked.end, asked.status
    if not scene.published or not scene.times:
        return Date()
    due = status in _CALLED_OFF and not scene.grammar.verb_final and not scene.grammar.free_order
    due = due or (status == "cancelled" and scene.phrase("due").first(scene.low) is not None)
    # what will not be was for a day to come or for one past: the sentence's own tense tells
    open_tense = status in ("denied", "announced", "implemented") or not asked.is_sure  # a status by default says nothing about the time
    spans = _due(scene) if due else scene.times_in("future" if status in _AHEAD else None if open_tense else "past")
    # where the verb stands last, its clause reaches back over connective endings to the sentence's start
    left, right = (0, end + 12) if scene.grammar.verb_final else scene.clause(start, end)
    if scene.grammar.verb_final and (cleft := scene.phrase("cleft").first(scene.low, end, end + _CLEFT)) is not None and cleft.start - end <= 1:
        right = len(scene.low)  # "that he set foot there was in July 2000"
    right = scene.with_relative(right) if status in _AHEAD else right
    saying = [] if asked.is_saying and not asked.only_after else _said_at(scene, spans)
    best = None
    latest = next_day(scene.published) if asked.is_told else scene.published
    for s in spans:
        within = start < s.start and s.end < end  # "crossed on Tuesday morning the border"
        if (s in saying and not 0 <= left - s.end <= _OWN) or (s.start < end and start < s.end and not within) or is_span_of_validity(scene, s):
            continue
        s = _told(scene, s) if asked.is_told else s
        if (_is_of_another(s, start, end, asked.others) and not _is_shared(scene, s, start)) or (status in _VISITS and is_part_of_name(scene, s, start)):
            continue
        inside = (left <= s.start or 0 <= left - s.end <= _OWN) and s.end <= right  # "in July 2000, when ..."
        opens = s.start <= 3 or _opens(scene, s, start)
        gap = max(start - s.end, s.start - end, 0)
        if asked.is_saying and _is_of_source(scene, s, start):
            best = 0, s  # "정부는 20일 ...": the day right behind who reacts is that of the reaction
            break
        if asked.is_saying and gap > 34 and not opens:
            continue
        if not (inside or opens) or gap > (asked.reach if inside else 2 * asked.reach) or (asked.only_after and s.end <= start and not opens):
            continue
        if compared(scene, s.start):
            continue  # "for the first time since 2019"
        if s.end <= asked.since and not opens:
            continue
        since_then = scene.phrase("since_then").first(scene.low, s.end, s.end + 24)
        if since_then is not None and since_then.start == s.end:
            continue  # "the first since July 2000"
        if status in _AHEAD and s.date_end and s.date_end < scene.published[: len(s.date_end)]:
            continue  # what is still to come has no date in the past: that date is the invitation's or the talks'
        if status in _OVER and s.date_start[:10] > latest[: len(s.date_start)]:
            continue  # "signed a plan for 2026": what is done has no date to come
        if any(gap > _gap(s, rival) <= _OWN and not 0 <= rival[0] - end <= 1 for rival in asked.rivals) and not (_is_shared(scene, s, start) or _opens(scene, s, start)):
            continue
        if (opens and not inside and _is_aside(scene, start)) or is_long_from(scene, s, start, end):
            continue
        if _is_end(scene, s) or (asked.is_invitation and not _is_of_occasion(scene, s, end)):
            continue
        if (best is None or gap < best[0]) and not is_a_papers(scene, s) and (asked.is_saying or not is_of_reaction(scene, s, start)):
            best = gap, s
    if best is None:
        return Date()
    s = best[1]
    return Date(s.date_start, s.date_end, s.date_precision, s.start, s.end, s.reason)


def next_day(day: str) -> str:
    """Return the day after one: outlets in the west report an event of the east on the eve of its date.

    >>> next_day("2024-02-28")
    '2024-02-29'
    """
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat() if day else ""


def _told(scene: Scene, span):
    """"Met on Wednesday", published on Tuesday: the day that begins where it happened, not the one six days ago.

    Who writes of six days ago says "last Wednesday".
    """
    after = next_day(scene.published)
    if not span.reason.startswith(_BARE_WEEKDAY) or span.date_start != span.date_end or not after:
        return span
    if (dt.date.fromisoformat(after) - dt.date.fromisoformat(span.date_start)).days != 7:
        return span
    return replace(span, date_start=after, date_end=after, reason="weekday, told as done: the day after publication, which the event's place has first")


def _due(scene: Scene) -> list:
    """Times of what was to be and is off: each to come or past, whichever is nearer to publication."""
    past = {s.start: s for s in scene.times_in("past")}
    return [min((s, past.get(s.start, s)), key=lambda x: _distance(x, scene.published)) for s in scene.times_in("future")]


def _distance(span, published: str) -> int:
    if len(span.date_start) < len(published):
        return abs(int(span.date_start[:4] or 0) * 12 + int(span.date_start[5:7] or 6) - int(published[:4]) * 12 - int(published[5:7])) * 31
    return abs((dt.date.fromisoformat(span.date_start) - dt.date.fromisoformat(published)).days)


def _is_shared(scene: Scene, span, start: int) -> bool:
    """"Signed in June during a visit of …": what took place during another event is of its day."""
    if span.end > start:
        return False
    during = scene.phrase("during").last(scene.low, span.end, start)
    return during is not None and start - during.end <= _DURING


def _is_aside(scene: Scene, start: int) -> bool:
    """"On Tuesday, Seoul … after the signing of …": the time that opens the sentence is that of its verb."""
    aside = scene.phrase("aside").last(scene.low, max(0, start - _DURING), start)
    return aside is not None and start - aside.end <= _ARTICLE


def _is_end(scene: Scene, span) -> bool:
    """"Is there until Sunday": the end of a stay, not its day."""
    if scene.grammar.verb_final and span.date_start == span.date_end and scene.phrase("until").first(scene.low, span.start, span.end + 2) is not None:
        return True
    until = scene.phrase("until").last(scene.low, max(0, span.start - _UNTIL), span.end)
    return until is not None and (until.start == span.start or 0 <= span.start - until.end <= 1)


def _is_of_occasion(scene: Scene, span, end: int) -> bool:
    """"Invited to the parade of 9 May": the day of what one is invited to, not of the invitation."""
    return span.start >= end and scene.phrase("occasion").first(scene.low, end, span.start) is not None


def _is_of_another(span, start: int, end: int, others: Sequence[tuple[int, int]]) -> bool:
    """Whether another visit's trigger stands between the time and this one, or governs a time that stands between the two."""
    for a, b in others:
        if (end <= a and b <= span.start) or (b <= span.start and span.end <= start):
            return True
    return False


def _opens(scene: Scene, span, start: int) -> bool:
    """"Gathered on Wednesday in Canada, the ministers …": a time in the phrase that opens the sentence."""
    if "," in scene.low[: span.start]:
        return False
    comma = scene.low.find(",", span.end, start)
    return comma >= 0 and span.start <= (_WHOLE_OPENING if comma == span.end else _OPENING)


def _gap(span, other: tuple[int, int]) -> int:
    return max(other[0] - span.end, span.start - other[1], 0)


def _said_at(scene: Scene, spans: list) -> list:
    """Time expressions that stand with a verb of saying, or right after the ending that hands over to one."""
    out = []
    for ending in words("voice", scene.language, kind="ending").find(scene.low):
        out += [s for s in spans if 0 <= s.start - ending.end <= 20]
        named = any(p.start >= ending.end and p.side for p in scene.parties)
        if not named and not any(0 <= s.start - ending.end <= 20 for s in spans):  # who says it opens the sentence, and when
            out += [s for s in spans if s.end <= ending.start and _is_just_over(scene, s) and _follows_topic(scene, s)]
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
            elif 0 <= s.start - verb.end <= _REPORTED and "," not in scene.low[verb.end : s.start]:
                that = scene.phrase("that").first(scene.low, s.end, s.end + 6)
                if that is not None and that.start - s.end == 1:
                    out.append(s)
    if not scene.grammar.verb_final:  # "according to the council on Wednesday": the time ends what the source is named by
        for phrase in words("voice", scene.language, kind="phrase").find(scene.low):
            named = [p for p in scene.parties if 0 <= p.start - phrase.end <= _SPOKEN]
            out += [s for s in spans if named and 0 <= s.start - named[0].end <= _ARTICLE and "," not in scene.low[phrase.end : s.start]]
    return out


def _is_of_source(scene: Scene, span, start: int) -> bool:
    """Whether a day stands right behind the subject of a reaction, where the verb stands last."""
    if not scene.grammar.verb_final or span.date_precision != "day" or span.end > start or span.date_start > scene.published:
        return False
    return any(p.slot == "subj" and p.side not in ("", *_DYAD) and 0 <= span.start - p.end <= _PARTICLE for p in scene.parties)


def _is_just_over(scene: Scene, span) -> bool:
    """Whether a day is past, or is that of the last days which a plan in its sentence makes one to come: "on the 27th said"."""
    if span.date_end <= scene.published:
        return True
    past = next((t for t in scene.times_in("past") if t.start == span.start and t.date_precision == "day"), None)
    if past is None or past.date_end > scene.published:
        return False
    return (dt.date.fromisoformat(scene.published) - dt.date.fromisoformat(past.date_end)).days <= _NEWS


def _follows_topic(scene: Scene, span) -> bool:
    before = next((p for p in reversed(scene.parties) if p.end <= span.start), None)
    if before is None or before.slot != "subj" or span.start - before.end > 12:
        return False
    mark = scene.phrase("topic_mark").first(scene.low, before.end, span.start)
    return mark is not None and mark.start == before.end and mark.end == span.start


def _verb_between(scene: Scene, verb, span) -> bool:
    a, b = (verb.end, span.start) if span.start >= verb.end else (span.end, verb.start)
    if scene.low[: verb.start].rstrip().endswith(","):  # "..., the Kremlin had said last week", the source behind its verb
        a = next((p.end for p in scene.parties if 0 <= p.start - a <= _ARTICLE), a)
    return any(p.start >= a and p.end <= b for p in scene.parties)
