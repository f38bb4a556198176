"""When an item was published, from the date its source states; the day is the day where the outlet is."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from analysis.clean._calendar import days_named

__all__ = ["NEVER", "UNDATED", "Published", "out_of_range", "read_date"]

_EARLIEST = dt.date(1945, 1, 1)
NEVER = dt.date(2100, 12, 31)  # the last day that is taken for a date when the caller names none
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ,]+(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?", re.I
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z)?")
_PART = re.compile(r"((?:19|20)\d\d)(?:[-/.](0?[1-9]|1[0-2]))?")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{13}|\d{16}")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?:[ ,T].*)?")
_MONTH_FIRST = frozenset({"USA"})  # countries that write the month before the day
_LONGEST = 200


class Published(NamedTuple):
    """A day of publication with its precision and where it came from; no day when the precision is unknown."""

    day: dt.date | None
    precision: str
    source: str


UNDATED = Published(None, "unknown", "")
_ZERO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NO_MOMENT = Published(None, "unknown", "field holds the zero of Unix time, which stands for no date")


@lru_cache(maxsize=65536)
def read_date(stated: str, zone: str = "", country: str = "") -> Published:
    """Return the day that a stated date means where the outlet is.

    A moment with an offset, or in Unix seconds to microseconds, is moved to ``zone``; a date without one stays as it is,
    and with an empty zone the offset that is written is taken for the outlet's own.
    The zero of Unix time is no date. Of two numbers that could both be the month, the country decides; without one the
    date stays unknown.

    >>> read_date("2023-09-13T22:30:00.5+00:00", "Asia/Tokyo")
    Published(day=datetime.date(2023, 9, 14), precision='day', source='field, in Asia/Tokyo')
    >>> read_date("8 février 2024").day, read_date("2024-02").precision, read_date("soon").precision
    (datetime.date(2024, 2, 8), 'month', 'unknown')
    """
    stated = stated.strip()
    if not stated:
        return UNDATED
    if len(stated) <= _LONGEST:
        for form in (_iso, _epoch, _compact, _part, _mail, _numbers, _words):
            try:
                found = form(stated, zone, country)
            except (ValueError, OverflowError, OSError):  # looks like a date and is none: the thirtieth of February
                continue
            if found:
                return found
    return Published(None, "unknown", f"field not understood: '{stated[:60]}'")


def out_of_range(published: Published, latest: dt.date, fetched: dt.date | None) -> tuple[str, str]:
    """Return the reason and detail for which a day cannot be true, or two empty strings.

    >>> out_of_range(Published(dt.date(2031, 1, 1), "day", "field"), dt.date(2026, 1, 1), None)
    ('date_in_future', '2031-01-01 (field) is after 2026-01-01; correct the date or leave it out')
    """
    day = published.day
    if day is None:
        return "", ""
    if day < _EARLIEST:
        return "date_out_of_range", f"{day} ({published.source}) is before {_EARLIEST}; correct the date or leave it out"
    # The collector's day may begin a day before the outlet's.
    bound = min(latest, fetched + dt.timedelta(days=1)) if fetched else latest
    if day > bound:
        what = f"after {bound}" if bound == latest else f"after it was collected on {fetched}"
        return "date_in_future", f"{day} ({published.source}) is {what}; correct the date or leave it out"
    return "", ""


def _iso(stated: str, zone: str, _: str) -> Published | None:
    found = _ISO.fullmatch(stated)
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    return _moment((year, month, day, hour, minute, second), offset, zone)


def _compact(stated: str, zone: str, _: str) -> Published | None:
    found = _COMPACT.fullmatch(stated)
    return _moment(found.groups()[:6], found[7], zone) if found else None


def _moment(parts: tuple[str | None, ...], offset: str | None, zone: str) -> Published:
    year, month, day, hour, minute, second = (int(p) if p else None for p in parts)
    if hour is None or not offset:
        day_itself = dt.date(year, month, day)
        return _NO_MOMENT if day_itself == _ZERO.date() else Published(day_itself, "day", "field")
    moment = dt.datetime(year, month, day, hour, minute, min(second or 0, 59), tzinfo=_offset(offset))
    return _local(moment, zone)


def _local(moment: dt.datetime, zone: str) -> Published:
    if moment == _ZERO:
        return _NO_MOMENT
    local = moment.astimezone(_zone(zone)).date() if zone else moment.date()
    return Published(local, "day", "field" if local == moment.date() else f"field, in {zone}")


@cache
def _offset(written: str) -> dt.timezone:
    if written.upper() in ("Z", "UTC", "GMT"):
        return dt.UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    delta = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-delta if written[0] == "-" else delta)


@cache
def _zone(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a machine without that zone: the day in UTC is at most one off
        return dt.UTC


def _epoch(stated: str, zone: str, _: str) -> Published | None:
    if not _EPOCH.fullmatch(stated):
        return None
    digits = len(stated.split(".")[0].lstrip("-"))
    seconds = float(stated) / {13: 1e3, 16: 1e6}.get(digits, 1)
    return _local(dt.datetime.fromtimestamp(seconds, dt.UTC), zone)


def _part(stated: str, _zone_name: str, _: str) -> Published | None:
    found = _PART.fullmatch(stated)
    if not found:
        return None
    return Published(dt.date(int(found[1]), int(found[2] or 1), 1), "month" if found[2] else "year", "field")


def _mail(stated: str, zone: str, _: str) -> Published | None:
    if "," not in stated[:12] and not stated[-5:].lstrip("+-").isdigit():
        return None
    moment = parsedate_to_datetime(stated)
    return Published(moment.date(), "day", "field") if moment.tzinfo is None else _local(moment, zone)


def _numbers(stated: str, _: str, country: str) -> Published | None:
    found = _NUMBERS.fullmatch(stated)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first <= 12 and second <= 12 and first != second and not country and "." not in stated[:6]:
        return Published(None, "unknown", f"field could be either day or month first: '{stated}'")
    month_first = second > 12 or (first <= 12 and country in _MONTH_FIRST and "." not in stated[:6])
    day, month = (second, first) if month_first else (first, second)
    return Published(dt.date(year, month, day), "day", "field")


def _words(stated: str, _: str, __: str) -> Published | None:
    named = [n for n in days_named(stated, language=None) if n.year]
    if not named:
        return None
    best = max(named, key=lambda n: (n.precision == "day", -n.start))
    return Published(dt.date(best.year, best.month, best.day or 1), best.precision, "field")
