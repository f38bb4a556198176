"""Which of several candidate periods is meant: by the words, else by the tense, else by nearness to publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.dates.periods import DAY, Period

__all__ = ["WEEKDAYS", "Context", "Undecided", "agrees", "choose", "published_day", "weekday_note", "what_is"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ZONE_SLACK = timedelta(days=1)  # the outlet's day and the event's day may lie a time zone apart
_NEAR, _FAR = 7, 20  # days: a cue of tense yields when it would skip a date this near for one this far


@dataclass(frozen=True)
class Context:
    """What an expression is read against; ``tense`` and ``named`` are called only when they matter.

    ``tense`` is '' when there is no cue, ``named`` the last date named before, None when there is none.
    """

    published: date | None
    tense: Callable[[], str]
    tense_is_given: bool
    named: Callable[[], Period | None]


class Undecided(Exception):
    """The words are a time expression, and the text does not say which time."""


def published_day(context: Context) -> date:
    """The day of publication, without which a relative expression stays undecided."""
    if context.published is None:
        raise Undecided("no publication date")
    return context.published


def choose(candidates: list[Period], slots: dict, context: Context) -> Period:
    """The candidate that the words ("last", "next"), else the tense, else nearness point to."""
    published, what = published_day(context), what_is(slots)
    direction = slots.get("dir")
    if direction == -1:
        picked, how = _latest(p for p in candidates if p.last < published), f"last before {published}"
    elif direction in (1, "coming"):
        picked, how = _earliest(p for p in candidates if p.first > published), f"first after {published}"
    elif direction == 0:
        picked, how = (
            _earliest(p for p in candidates if p.first.year == published.year),
            f"in the year of {published}",
        )
    else:
        picked, how = _by_tense(candidates, context, published, alone="month" not in slots and "day" in slots)
    if picked is None:
        raise Undecided(f"{what}: no such day {how}")
    return replace(picked, reason=f"{what}, {how}{weekday_note(slots, picked)}")


def _by_tense(
    candidates: list[Period], context: Context, published: date, *, alone: bool
) -> tuple[Period | None, str]:
    nearest = min(candidates, key=lambda p: (_distance(p, published), p.first), default=None)
    if nearest is None or _distance(nearest, published) == 0:
        return nearest, f"nearest to {published}"
    slack = _ZONE_SLACK if nearest.precision == "day" else 0 * DAY
    tense = context.tense()
    if tense == "past":
        picked = _latest(p for p in candidates if p.first <= published + slack)
        how = f"past tense: last on or before {published}"
    elif tense == "future":
        picked = _earliest(p for p in candidates if p.last >= published - slack)
        how = f"future tense: first on or after {published}"
    elif alone:
        same = [p for p in candidates if (p.first.year, p.first.month) == (published.year, published.month)]
        return (same[0], "in the month of publication") if same else (nearest, f"nearest to {published}")
    else:
        return nearest, f"nearest to {published}"
    far = picked is None or _distance(picked, published) > _FAR
    if (
        far
        and not context.tense_is_given
        and nearest.precision == "day"
        and _distance(nearest, published) <= _NEAR
    ):
        return nearest, f"nearest to {published}, though the tense nearby is {tense}"
    return picked, how


def _distance(period: Period, day: date) -> int:
    return max(0, (period.first - day).days, (day - period.last).days)


def _latest(periods) -> Period | None:
    return max(periods, key=lambda p: p.first, default=None)


def _earliest(periods) -> Period | None:
    return min(periods, key=lambda p: p.first, default=None)


def agrees(slots: dict, period: Period) -> bool:
    """Whether the weekday that the words name, if any, is that of the period's first day."""
    return "weekday" not in slots or period.first.weekday() == slots["weekday"] - 1


def weekday_note(slots: dict, period: Period) -> str:
    """The weekday named beside a date, for the reason."""
    if "weekday" not in slots:
        return ""
    name = WEEKDAYS[slots["weekday"] - 1]
    return f", a {name}" if agrees(slots, period) else f", though that is no {name}"


def what_is(slots: dict) -> str:
    """What the words name, for the reason."""
    kind = "season" if "season" in slots else "part of a year" if "ord" in slots else "month"
    if "nth" in slots:
        kind = "weekday of a month"
    elif "day" in slots:
        kind = "range of days" if "day2" in slots else "day"
        kind += "" if "month" in slots else " without month"
    elif "part" in slots:
        kind = f"{slots['part']} part of a month"
    return kind if "year" in slots else f"{kind} without year" if "month" in slots else kind
