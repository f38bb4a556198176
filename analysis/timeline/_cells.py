"""Small readings of a cell that all of the timeline shares: partial dates, names, texts."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache

from analysis import actors

__all__ = ["DAY", "as_range", "known_persons", "text_of"]

DAY = dt.timedelta(days=1)


def as_range(start: str, end: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day of a date of day, month or year precision."""
    if not start:
        return None, None
    return _edge(start, is_end=False), _edge(end or start, is_end=True)


@cache
def known_persons(persons: str) -> tuple[tuple[str, str], ...]:
    """Return the people of a cell, "name; name", as actor id and country."""
    spans = [s for name in persons.split(";") for s in actors.find(name.strip()) if s.kind == "person"]
    return tuple((s.actor_id, s.country) for s in spans)


def text_of(value: object) -> str:
    """Return a cell's text, empty when it is missing."""
    return value if isinstance(value, str) else ""


def _edge(value: str, *, is_end: bool) -> dt.date:
    year, month, day = ([int(part) for part in value.split("-")] + [0, 0])[:3]
    month = month or (12 if is_end else 1)
    return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if is_end else 1))
