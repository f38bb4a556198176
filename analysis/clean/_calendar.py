"""Calendar dates as written in a text, and the day of publication that they imply where nothing else tells it."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from analysis.lexicons import read_lexicon
from analysis.text import sentences

__all__ = ["Named", "day_implied", "days_named"]

_YEAR = re.compile(r"(?<![\d.,/-])(?:19[4-9]\d|20\d\d)(?![\d.,/-]*\d)")
_READ = 20_000  # characters of an article in which its own day can be expected
_LEAD = 800  # characters within which a full date can be the day of the text itself


class Named(NamedTuple):
    """A date named in a text: 0 stands for what it does not say."""

    start: int
    end: int
    year: int
    month: int
    day: int

    @property
    def precision(self) -> str:
        """Day or month."""
        return "day" if self.day else "month"


def days_named(content: str, *, language: str | None) -> list[Named]:
    """Return the calendar dates in ``content`` in order, never overlapping, the longest first.

    Parameters
    ----------
    content : str
    language : str, optional
        Chooses the ways of writing a date; all that are known when not given.

    Returns
    -------
    list of Named
        Days that no month has are left out.

    >>> [(n.year, n.month, n.day) for n in days_named("Le 7 février, puis en octobre 2023.", language="fr")]
    [(0, 2, 7), (2023, 10, 0)]
    """
    found = [_as_named(m, months) for pattern, months in _patterns(language) for m in pattern.finditer(content)]
    out: list[Named] = []
    for named in sorted((n for n in found if n and _exists(n)), key=lambda n: (n.start, -n.end)):
        if not out or named.start >= out[-1].end:
            out.append(named)
    return out


def day_implied(content: str, *, language: str, latest: dt.date) -> tuple[dt.date | None, str]:
    """Return the day on which a text without any date of its own was published, as it implies, and why.

    The rule, for news: a day named without its year ("on 7 February, the agency quoted...") is told from close by, so it
    is the day of the text or shortly before; its year is the latest that the text names, or the next one where that
    would put it before a date the text tells as past. Dates in sentences that look ahead do not count. Where every date
    has its year, the latest in the lead is taken. Nothing else is guessed: without a year in the text there is no day.

    Parameters
    ----------
    content : str
        The whole text; its first 20,000 characters are read.
    language : str
        A language of ``lexicons/clean_dates.csv``; others imply nothing.
    latest : date
        No day after it is returned.

    Returns
    -------
    (date or None, str)
        The day and the reason, in words, with the date as written.

    >>> t = "Le 7 février, l'agence a cité le bilan de 2024. Le ministre était venu en octobre 2023."
    >>> day_implied(t, language="fr", latest=dt.date(2026, 1, 1))
    (datetime.date(2024, 2, 7), "text: '7 février' + year 2024 named in the text")
    """
    content = content[:_READ]
    spans = sentences(content, language=language)
    ahead = [bool(_ahead(language) and _ahead(language).search(content, a, b)) for a, b in spans]
    told = [n for n in days_named(content, language=language) if not _inside(n.start, spans, ahead)]
    every_year = [int(m[0]) for m in _YEAR.finditer(content) if int(m[0]) <= latest.year]
    years = [int(m[0]) for m in _YEAR.finditer(content) if int(m[0]) <= latest.year and not _inside(m.start(), spans, ahead)]
    years = years or every_year
    if not years:
        return None, ""
    year = max(years)
    past = [dt.date(n.year, n.month, n.day or 1) for n in told if n.year]
    last_past = max(past, default=dt.date.min)
    found = [_with_year(n, year, last_past, content) for n in told if n.day and not n.year]
    # A full date counts where a text tells when it was written: in its lead, in the latest year it knows.
    full = [n for n in told if n.day and n.year == year and n.start < _LEAD]
    found += [(_date(n.year, n), f"text: '{content[n.start : n.end]}', the latest day told as past") for n in full]
    return max(((day, why) for day, why in found if day and day <= latest and day >= last_past), default=(None, ""))


def _with_year(named: Named, year: int, last_past: dt.date, content: str) -> tuple[dt.date | None, str]:
    day, why = _date(year, named), f"year {year} named in the text"
    if day is None or day < last_past.replace(day=1):
        day, why = _date(year + 1, named), f"year {year + 1}, the first that makes {last_past:%Y-%m} past"
    return day, f"text: '{content[named.start : named.end]}' + {why}"


def _date(year: int, named: Named) -> dt.date | None:
    try:
        return dt.date(year, named.month, named.day)
    except ValueError:
        return None


def _exists(named: Named) -> bool:
    return _date(named.year or 2024, named._replace(day=named.day or 1)) is not None  # a leap year allows every day


def _inside(place: int, spans: list[tuple[int, int]], marked: list[bool]) -> bool:
    return any(m and a <= place < b for (a, b), m in zip(spans, marked, strict=True))


def _as_named(match: re.Match[str], months: dict[str, int]) -> Named | None:
    parts = match.groupdict()
    month = int(parts.get("monthnumber") or 0) or months.get(match.lastgroup or "", 0)
    month = month or next((months[g] for g, v in parts.items() if v and g in months), 0)
    digits = re.match(r"\d+", parts.get("day") or "")
    day = int(digits[0]) if digits else 0
    return Named(match.start(), match.end(), int(parts.get("year") or 0), month, day) if month else None


@cache
def _patterns(language: str | None) -> list[tuple[re.Pattern[str], dict[str, int]]]:
    table = read_lexicon("clean_dates")
    out = []
    for own, pattern in zip(table["language"], table["pattern"], strict=True):
        if own == "*" or language is None or own == language:
            named, months = _month_groups(own)
            whole = pattern.replace("(?P<month>{month})", named)
            out.append((re.compile(rf"(?<![\w.-]){whole}(?![a-zà-ÿа-яё])", re.I), months))
    return out


@cache
def _month_groups(language: str) -> tuple[str, dict[str, int]]:
    """Return one group a month, so that the match itself says which month it is."""
    table = read_lexicon("date_words")
    rows = table[(table["language"] == language) & (table["slot"] == "month") & (table["value"] != "")]
    by_month: dict[int, list[str]] = {}
    for form, value in zip(rows["form"], rows["value"], strict=True):
        by_month.setdefault(int(value), []).append(form)
    groups = {f"m{month}": month for month in by_month}
    named = "|".join(f"(?P<m{month}>{'|'.join(forms)})" for month, forms in sorted(by_month.items()))
    return f"(?:{named})", groups


@cache
def _ahead(language: str) -> re.Pattern[str] | None:
    table = read_lexicon("date_tense")
    rows = table[(table["language"] == language) & (table["tense"] == "future")]
    return re.compile("|".join(f"(?:{p})" for p in rows["pattern"])) if len(rows) else None
