"""Periods of the calendar: days, weeks, months and years, whole or in part. Nothing here knows about texts."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["DAY", "YEAR_PARTS", "Period", "in_month", "month_shift", "months", "unit_at", "years"]

_MONTH_PARTS = {
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "firsthalf": (1, 15),
    "secondhalf": (16, 31),
}
YEAR_PARTS = {"early": (1, 3), "mid": (5, 8), "late": (10, 12), "firsthalf": (1, 6), "secondhalf": (7, 12)}
_WEEK_PARTS = {"early": (0, 1), "mid": (1, 3), "late": (4, 6), "firsthalf": (0, 2), "secondhalf": (3, 6)}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """First and last day (both None when undecided), the precision of the words, and how it was resolved."""

    first: date | None
    last: date | None
    precision: str
    reason: str


def unit_at(published: date, unit: str, shift: int, part: str | None) -> Period:
    """The week, month or year ``shift`` away from that of ``published``, or a part of it."""
    if unit == "week":
        monday = published - timedelta(days=published.weekday() - 7 * shift)
        first, last = _WEEK_PARTS.get(part, (0, 6))
        period = Period(monday + first * DAY, monday + last * DAY, "day", "")
    elif unit == "month":
        month = month_shift(published, shift)
        period = in_month(month.year, month.month, {"part": part} if part in _MONTH_PARTS else {})
    else:
        year = published.year + shift
        period = months(year, *YEAR_PARTS[part]) if part in YEAR_PARTS else years(year, year)
    if part not in ("sofar", "rest"):
        return period
    precision = {"week": "day", "month": "day", "year": "month"}[unit]
    if part == "sofar":
        return Period(period.first, min(period.last, published), precision, "")
    return Period(max(period.first, published), period.last, precision, "")


def in_month(year: int, month: int, slots: dict) -> Period | None:
    """The period that the slots mean in that month; None when it has no such day."""
    length = calendar.monthrange(year, month)[1]
    if "nth" in slots:
        return _nth(year, month, slots)
    if "day" not in slots:
        if "part" in slots:
            first, last = _MONTH_PARTS[slots["part"]]
            return Period(date(year, month, first), date(year, month, min(last, length)), "day", "")
        return months(year, month, month + (slots.get("month2", month) - month) % 12, slots.get("year2"))
    if slots["day"] > length:
        return None
    first = last = date(year, month, slots["day"])
    if "widen" in slots:
        first -= first.weekday() * DAY
        last = first + 6 * DAY
        first += 5 * DAY if slots["widen"] == "weekend" else 0 * DAY
    if "day2" in slots:
        last = _range_end(first, slots)
        if last is None:
            return None
    return Period(first, last, "day", "")


def _nth(year: int, month: int, slots: dict) -> Period:
    """The first, second, ... or last (-1) weekday or weekend of a month."""
    weekday = slots.get("weekday", calendar.SATURDAY + 1) - 1
    length = calendar.monthrange(year, month)[1]
    days = [date(year, month, d) for d in range(1, length + 1) if date(year, month, d).weekday() == weekday]
    first = days[slots["nth"] - 1 if slots["nth"] > 0 else -1]
    return Period(first, first if "weekday" in slots else first + DAY, "day", "")


def _range_end(first: date, slots: dict) -> date | None:
    year, month = slots.get("year2", first.year), slots.get("month2", first.month)
    if "month2" not in slots and slots["day2"] < first.day:
        if "month" in slots:
            return None  # "17-12 September" is no range
        following = month_shift(first, 1)
        year, month = following.year, following.month
    if "year2" not in slots and month < first.month and "month2" in slots:
        year += 1
    if slots["day2"] > calendar.monthrange(year, month)[1]:
        return None
    last = date(year, month, slots["day2"])
    return last if last >= first else None


def months(year: int, first: int, last: int, last_year: int | None = None) -> Period:
    """Months ``first`` to ``last`` of a year; beyond 12 they lie in the next one."""
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    end_year = last_year or end_year
    end = date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return Period(date(year, first, 1), end, "month", "")


def years(first: int, last: int) -> Period:
    """Whole years, both ends in."""
    return Period(date(first, 1, 1), date(last, 12, 31), "year", "")


def month_shift(day: date, shift: int) -> date:
    """The first of the month ``shift`` months away from that of ``day``."""
    month = day.year * 12 + day.month - 1 + shift
    return date(month // 12, month % 12 + 1, 1)
