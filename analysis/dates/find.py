"""Find time expressions in a text and resolve each one to a start, an end and a precision, or to nothing with the reason."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, datetime
from functools import lru_cache, partial

import pandas as pd

from analysis.dates.choose import Context
from analysis.dates.lexicon import OPENING, Rule, rules_for
from analysis.dates.openers import fold
from analysis.dates.periods import Period
from analysis.dates.resolve import RESOLVERS
from analysis.dates.tense import tense_near

__all__ = ["DateSpan", "find_dates", "find_spans"]

_EARLIEST_YEAR = 1945  # the subject begins with the liberation of Korea; older years are named, never dated
_LATEST_YEAR = 2100  # bound when there is no publication date
_APPOSITION = re.compile(r",? ?\(?")
_RELATIVE = ("weekday", "last ", "first ", "+", "-", *(d for d in calendar.day_name))
_WEEK = 8  # days: a weekday and a date this far apart are the same day, the date being right
_WORD = re.compile(r"(?<!\w)(?=[^\W_]|\(|№)")
_ANCHOR_YEARS = 1  # "the day before" counts from a day named earlier, unless that day is history


@dataclass(frozen=True)
class DateSpan:
    """One time expression: characters ``start`` to ``end``, and what it means.

    ``date_start`` and ``date_end`` are as long as ``date_precision`` says (YYYY-MM-DD, YYYY-MM, YYYY); both are empty and
    the precision is 'unknown' when the expression is ambiguous, and ``reason`` says why.
    """

    start: int
    end: int
    date_start: str
    date_end: str
    date_precision: str
    reason: str


def find_spans(
    text: str,
    *,
    published: str | date | None,
    language: str,
    tense: str | None = None,
    anchor: str | Callable[[], str] | None = None,
) -> list[DateSpan]:
    """Return the time expressions of ``text`` with their dates, in order, longest first, never overlapping.

    Durations, ages, anniversaries and numbers of articles or resolutions are no dates and give no span.

    Parameters
    ----------
    text : str
        A sentence, a title or a whole text.
    published : str, date or None
        Day of publication, ISO 8601. Without it, only expressions that carry their own year resolve.
    language : str
        Language of the lexicon; of any other, only numeric dates in ISO order are found.
    tense : {'past', 'future'}, optional
        Tense of the clause when the caller knows it; otherwise the tense cues beside each expression decide.
    anchor : str or callable, optional
        Last date named before ``text`` (YYYY-MM-DD, YYYY-MM or YYYY), from which "the day before" counts, or a function
        that returns it, called only when words count from it. A day named earlier within ``text`` comes first; without
        either, the day of publication stands in for days past.

    Returns
    -------
    list of DateSpan
        A date outside 1945 to the year after publication is left empty with the reason.

    Raises
    ------
    ValueError
        When ``published`` or ``anchor`` is no ISO date, or ``tense`` is not one of the two.

    Notes
    -----
    Conventions, after news usage: a bare weekday is the last one on or before publication in the past, the first on
    or after it in the future; "last September" is the last one before the month of publication; a week runs from Monday to
    Sunday; the early, middle and late part of a month end on the 10th, the 20th and its last day; of a year they are
    January to March, May to August and October to December; "two weeks ago" is the week that holds that day.

    >>> [s.date_start for s in find_spans("Kim met Putin on Wednesday.", published="2023-09-15", language="en")]
    ['2023-09-13']
    """
    day = _as_day(published)
    if tense not in (None, "past", "future"):
        raise ValueError(f"tense '{tense}': give 'past', 'future' or nothing")
    named = _given(anchor)
    rules = rules_for(language)
    spans = []
    for rule, match, meant in _expressions(text, language):
        lookup = partial(tense_near, text, match.span(), rules) if tense is None else lambda: tense
        context = Context(published=day, tense=lookup, tense_is_given=tense is not None, named=named)
        period = RESOLVERS[rule.resolver](dict(meant), context)
        if period is None:
            continue
        span = _span(match, period, day)
        if spans and rule.resolver == "calendar" and _says_again(spans[-1], span, text):
            span = replace(span, start=spans.pop().start)
        spans.append(span)
        if _moves_on(rule, span, day):
            named = partial(_same, period)
    return spans


def find_dates(text: str, *, published: str | date | None, language: str) -> pd.DataFrame:
    """Return the time expressions of ``text`` as a table: the fields of `DateSpan`, one row an expression.

    Parameters, undefined cases and errors are those of `find_spans`.

    >>> find_dates("Fin octobre, il était à Moscou.", published="2024-11-06", language="fr").iloc[0, 2:5].tolist()
    ['2024-10-21', '2024-10-31', 'day']
    """
    rows = [astuple(s) for s in find_spans(text, published=published, language=language)]
    table = pd.DataFrame(rows, columns=[f.name for f in fields(DateSpan)])
    return table.astype({f.name: "int64" if f.name in ("start", "end") else "str" for f in fields(DateSpan)})


def _says_again(before: DateSpan, span: DateSpan, text: str) -> bool:
    """Whether a day written out repeats the day word or weekday right before it ("tomorrow, 13 June"): one expression."""
    if {before.date_precision, span.date_precision} != {"day"} or not _APPOSITION.fullmatch(
        text, before.end, span.start
    ):
        return False
    gap = date.fromisoformat(span.date_start) - date.fromisoformat(before.date_start)
    return before.reason.startswith(_RELATIVE) and abs(gap.days) <= _WEEK


def _moves_on(rule: Rule, span: DateSpan, published: date | None) -> bool:
    """Whether later words such as "the same day" count from this date: not from a look back, and not from history."""
    if not span.date_start or {("base", "named"), ("sign", -1)} <= set(rule.fixed):
        return False
    return published is None or abs(int(span.date_start[:4]) - published.year) <= _ANCHOR_YEARS


@lru_cache(maxsize=32)  # the same sentence is read in several tenses
def _expressions(text: str, language: str) -> tuple[tuple[Rule, re.Match[str], dict[str, str | int]], ...]:
    """The time expressions of a text with what their words mean, which neither the day nor the tense changes.

    At the first place where any expression begins, the longest counts; then it goes on behind it.
    """
    rules = rules_for(language)
    folded = fold(text)
    idle = rules.idle_in(folded)
    out = []
    position = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < position:
            continue  # within the expression just found
        matches = [
            (rule, match)
            for rule in rules.opened_by(folded[start : start + OPENING])
            if rule.number not in idle and (match := rule.pattern.match(text, start))
        ]
        if matches:
            rule, match = max(matches, key=lambda found: found[1].end())  # the first in the lexicon among equals
            out.append((rule, match, rule.values(match)))
            position = match.end()
    return tuple(out)


def _span(match, period: Period, published: date | None) -> DateSpan:
    start, end = match.span()
    if period.first is None:
        return DateSpan(start, end, "", "", "unknown", period.reason)
    latest = _LATEST_YEAR if published is None else published.year + 1
    if period.first.year < _EARLIEST_YEAR or period.last.year > latest:
        return DateSpan(
            start, end, "", "", "unknown", f"outside {_EARLIEST_YEAR} to {latest}: {period.reason}"
        )
    length = {"day": 10, "month": 7, "year": 4}[period.precision]
    first, last = period.first.isoformat()[:length], period.last.isoformat()[:length]
    return DateSpan(start, end, first, last, period.precision, period.reason)


def _as_day(value: str | date | None) -> date | None:
    if value is None or value == "" or value is pd.NaT:
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(value[:10])


def _given(anchor: str | Callable[[], str] | None) -> Callable[[], Period | None]:
    return (lambda: _as_period(anchor())) if callable(anchor) else partial(_same, _as_period(anchor))


def _same(period: Period | None) -> Period | None:
    return period


def _as_period(value: str | None) -> Period | None:
    if not value:
        return None
    precision = {4: "year", 7: "month", 10: "day"}.get(len(value))
    if precision is None or not value[:4].isdecimal():
        raise ValueError(f"anchor '{value}': give YYYY-MM-DD, YYYY-MM or YYYY")
    day = date.fromisoformat(value + "-01-01"[len(value) - 10 :] if len(value) < 10 else value)
    return Period(day, day, precision, "given")
