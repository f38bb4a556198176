"""An event told in several sentences as one mention: the one that says most."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from analysis.coding.mention import Mention
from analysis.coding.voice import IN_MARKS

__all__ = ["once"]

_WHOLE_SENTENCE = 80  # characters of a quotation that states something
_TITLE_COSTS = 1.2  # the body says it better unless it only touches on it


def once(mentions: list[Mention]) -> list[Mention]:
    """Keep of each event the mention that says most; it takes over a date that only another mention gives."""
    kept: list[Mention] = []
    for m in sorted(mentions, key=_telling):
        for i, k in enumerate(kept):
            if _same(k, m):
                if m.date_start and not k.date_start:
                    k = replace(k, date_start=m.date_start, date_end=m.date_end, date_precision=m.date_precision)
                kept[i] = replace(k, persons=k.persons or m.persons, place=k.place or m.place,
                                  place_country=k.place_country or m.place_country)
                break
        else:
            kept.append(m)
    return kept


def _telling(m: Mention) -> tuple:
    """What says most comes first: a reaction's own verb before "said", the body before the title, then the weight."""
    plain = m.family == "reaction" and m.weight < 1.5
    weight = m.weight - (_TITLE_COSTS if m.field == "title" else 0)
    return plain, -weight, m.sentence_index, m.trigger_start


def _same(a: Mention, b: Mention) -> bool:
    if a.family != b.family or a.status != b.status:
        return False
    if _is_direct_speech(a) != _is_direct_speech(b) and a.field == b.field and a.family != "reaction":
        return False  # what a named speaker says in quotation marks is a statement of its own
    if a.family == "reaction":
        return a.actor == b.actor and a.bloc == b.bloc and (a.detail == b.detail or "neutral" in (a.detail, b.detail))
    if a.family == "agreement":
        return a.topic == b.topic and _dates_meet(a, b)
    alike = a.detail == b.detail or a.sentence_index == b.sentence_index or "delegation" in (a.detail, b.detail)
    return a.direction == b.direction and alike and _dates_meet(a, b)


def _is_direct_speech(m: Mention) -> bool:
    """Whether a named speaker says it in a whole quoted sentence, not in a few words that the narrator borrows."""
    said = [c for c in m.cues if c.kind == "voice" and c.reason == IN_MARKS and c.end - c.start >= _WHOLE_SENTENCE]
    return bool(m.speaker and said)


def _dates_meet(a: Mention, b: Mention) -> bool:
    if not a.date_start or not b.date_start:
        return True
    lo = max(a.date_start, b.date_start)
    hi = min(a.date_end + "~", b.date_end + "~")
    return lo <= hi or _close(a, b)


def _close(a: Mention, b: Mention) -> bool:
    if a.date_precision != "day" or b.date_precision != "day":
        return False
    gap = abs((dt.date.fromisoformat(a.date_start) - dt.date.fromisoformat(b.date_start)).days)
    return gap <= 4
