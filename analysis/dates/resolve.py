"""From the slots of a time expression to a period, by the calendar and the publication date alone.

Each resolver takes the slots and the context and returns a `Period`, an empty one with the reason when the text does not
decide, or None when the words are no date at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from analysis.dates.choose import (
    WEEKDAYS,
    Context,
    Undecided,
    agrees,
    choose,
    published_day,
    weekday_note,
    what_is,
)
from analysis.dates.periods import DAY, YEAR_PARTS, Period, in_month, month_shift, months, unit_at, years

__all__ = ["RESOLVERS"]

_DECADE_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "firsthalf": (0, 4), "secondhalf": (5, 9)}
_SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}
_JUCHE_EPOCH = 1911  # Juche 1 is 1912


def _resolver(function: Callable[[dict, Context], Period | None]) -> Callable[[dict, Context], Period | None]:
    def resolve(slots: dict, context: Context) -> Period | None:
        try:
            return function(slots, context)
        except Undecided as undecided:
            return Period(None, None, "unknown", str(undecided))
        except (OverflowError, ValueError):  # a calendar day before the year 1 or after 9999, or 30 February
            return Period(None, None, "unknown", "no such day in the calendar")

    return resolve


# --- one resolver an idea, -------------------------------------------------------


def _calendar(slots: dict, context: Context) -> Period:
    """Days and months with a name or number; what is left out comes from tense and nearness."""
    _fill_year(slots, context)
    if "month" not in slots and "mrel" in slots:
        month = month_shift(published_day(context), slots["mrel"])
        slots["year"], slots["month"] = month.year, month.month
    if "monthshift2" in slots:
        month = month_shift(published_day(context), slots["monthshift2"])
        slots["year2"], slots["month2"] = month.year, month.month
    if "month" not in slots and "month2" in slots:  # "31일~11월 1일": the month of the first day is left out
        slots["month"] = slots["month2"] if slots["day"] < slots["day2"] else (slots["month2"] - 2) % 12 + 1
    if "year" in slots and "month" in slots:
        period = in_month(slots["year"], slots["month"], slots)
        if period is None:
            raise Undecided("no such day in the calendar")
        how = (
            "as written"
            if "mrel" not in slots and "yrel" not in slots
            else f"counted from {context.published}"
        )
        return replace(period, reason=f"{what_is(slots)}, {how}{weekday_note(slots, period)}")
    published = published_day(context)
    if "month" in slots:
        places = [(published.year + shift, slots["month"]) for shift in range(-2, 3)]
    else:
        shifted = [month_shift(published, shift) for shift in range(-3, 4)]
        places = [(m.year, m.month) for m in shifted]
    candidates = [p for y, m in places if (p := in_month(y, m, slots))]
    agreeing = [p for p in candidates if agrees(slots, p) and abs(p.first.year - published.year) <= 1]
    return choose(agreeing or candidates, slots, context)


def _weekday(slots: dict, context: Context) -> Period:
    """A weekday alone, or a range of two."""
    published = published_day(context)
    index = slots["weekday"] - 1
    name = WEEKDAYS[index]
    monday = published - timedelta(days=published.weekday())
    if "wrel" in slots:
        day = monday + timedelta(days=7 * slots["wrel"] + index)
        return Period(day, day, "day", f"{name} of the week {slots['wrel']:+d} from that of {published}")
    before = published - timedelta(days=(published.weekday() - index) % 7)
    after = published + timedelta(days=(index - published.weekday()) % 7)
    direction = slots.get("dir")
    if direction == -1:
        day = before if before < published else before - 7 * DAY
        return Period(day, day, "day", f"last {name} before {published}")
    if direction == "coming":
        day = after if after > published else after + 7 * DAY
        return Period(day, day, "day", f"first {name} after {published}")
    tense = context.tense() or slots.get("default", "")
    if direction == 0:
        day = monday + timedelta(days=index)
        day = (
            before
            if tense == "past" and day > published
            else after
            if tense == "future" and day < published
            else day
        )
        return Period(day, day, "day", f"{name} of the week of {published}{_tense_note(tense)}")
    if "weekday2" in slots:
        return _weekday_range(slots, published, tense)
    if tense == "future":
        return Period(after, after, "day", f"weekday, future tense: first {name} on or after {published}")
    note = "past tense" if tense == "past" else "no tense cue, read as past"
    return Period(before, before, "day", f"weekday, {note}: last {name} on or before {published}")


def _weekday_range(slots: dict, published: date, tense: str) -> Period:
    length = timedelta(days=(slots["weekday2"] - slots["weekday"]) % 7)
    if tense == "future":
        first = published + timedelta(days=(slots["weekday"] - 1 - published.weekday()) % 7)
        return Period(
            first, first + length, "day", f"range of weekdays, future tense: first on or after {published}"
        )
    first = published - timedelta(days=(published.weekday() - slots["weekday"] + 1) % 7)
    if tense == "" and first + length >= published:
        return Period(first, first + length, "day", f"range of weekdays around {published}")
    last = published - timedelta(days=(published.weekday() - slots["weekday2"] + 1) % 7)
    return Period(
        last - length, last, "day", f"range of weekdays, past tense: last to end on or before {published}"
    )


def _unit(slots: dict, context: Context) -> Period:
    """Last, this or next week, weekend, month or year, whole or a part of it."""
    published = published_day(context)
    unit, shift = slots["unit"], slots.get("rel")
    if unit == "weekend":
        return _weekend(slots, context, published)
    period = unit_at(published, unit, shift or 0, slots.get("part"))
    if shift is None and context.tense() == "past" and period.first > published:
        period = unit_at(published, unit, -1, slots.get("part"))
    elif shift is None and context.tense() == "future" and period.last < published:
        period = unit_at(published, unit, 1, slots.get("part"))
    part = f"{slots['part']} part of the " if "part" in slots else ""
    return replace(period, reason=f"{part}{unit} {shift or 0:+d} from that of {published}")


def _weekend(slots: dict, context: Context, published: date) -> Period:
    saturday = published - timedelta(days=published.weekday() - 5)
    if slots.get("rel"):
        saturday += timedelta(days=7 * slots["rel"])
        how = f"weekend of the week {slots['rel']:+d} from that of {published}"
    else:
        tense = context.tense() or (
            "past" if published.weekday() < 2 or slots.get("rel") is None else "future"
        )
        if tense == "past" and saturday > published:
            saturday -= 7 * DAY
        how = f"weekend nearest to {published}, {tense} tense"
    return Period(saturday, saturday + DAY, "day", how)


def _year(slots: dict, context: Context) -> Period:
    """A year, a part of one, or a range of years."""
    _fill_year(slots, context)
    first = slots["year"]
    last = slots.get("year2", first)
    if "yy" in slots:
        last = first - first % 100 + slots["yy"]
    if last < first:
        raise Undecided("the range ends before it begins")
    if "part" in slots:
        return replace(months(first, *YEAR_PARTS[slots["part"]]), reason=f"{slots['part']} part of {first}")
    how = f"year counted from {context.published}" if "yrel" in slots else "year as written"
    return replace(years(first, last), reason="range of years as written" if last > first else how)


def _decade(slots: dict, context: Context) -> Period:
    """Ten years, or the early, middle or late ones of them."""
    start = slots["year"] if slots["year"] > 99 else (1900 if slots["year"] >= 40 else 2000) + slots["year"]
    first, last = _DECADE_PARTS.get(slots.get("part"), (0, 9))
    return replace(years(start + first, start + last), reason="decade as written")


def _season(slots: dict, context: Context) -> Period:
    """A season: three months; winter begins in December."""
    _fill_year(slots, context)
    bounds = _SEASON_MONTHS[slots["season"]]
    if "yy" in slots:
        return replace(months(slots["year"], *bounds), reason="winter over two years as written")
    if "year" in slots:
        if slots["season"] == "winter":
            raise Undecided("winter of one year: its beginning or its end")
        return replace(months(slots["year"], *bounds), reason=f"{slots['season']} of {slots['year']}")
    published = published_day(context)
    seasons = [months(published.year + shift, *bounds) for shift in range(-3, 3)]
    if slots.get("dir") == 0 and slots["season"] == "winter":
        slots = {k: v for k, v in slots.items() if k != "dir"}
    return choose(seasons, slots, context)


def _quarter(slots: dict, context: Context) -> Period:
    """A quarter or a half of a year."""
    _fill_year(slots, context)
    size = slots["size"]
    first = (slots["ord"] - 1) * size + 1
    if not 1 <= first <= 12:
        raise Undecided("no such part of a year")
    if "year" in slots:
        return replace(
            months(slots["year"], first, first + size - 1), reason=f"months {first} to {first + size - 1}"
        )
    published = published_day(context)
    candidates = [months(published.year + shift, first, first + size - 1) for shift in range(-2, 3)]
    return choose(candidates, slots, context)


def _offset(slots: dict, context: Context) -> Period | None:
    """So many days, weeks, months or years before or after the publication, or a date named before."""
    count, unit = slots.get("n", 1) * slots["sign"], slots["unit"]
    if slots.get("needs") == "future" and context.tense() != "future":
        return None
    base, origin = _base(slots, context, count, unit)
    if unit == "day":
        day = base + count * DAY
        period = Period(day, day, "day", "")
    else:
        period = unit_at(base, unit, count, None)
    return replace(period, reason=f"{count:+d} {unit}{'s' if abs(count) != 1 else ''} from {origin}")


def _base(slots: dict, context: Context, count: int, unit: str) -> tuple[date, str]:
    if slots.get("base") != "named":
        return published_day(context), f"publication, {context.published}"
    named = context.named()
    if named and (named.precision == "day" or unit == named.precision or unit == "year"):
        if (
            count == 0
            and context.published
            and named.first > context.published
            and context.tense() != "future"
        ):
            return (
                context.published,
                f"publication, {context.published}, the date named before being still to come",
            )
        day = named.last if count > 0 else named.first
        return day, f"the date named before, {day}"
    if unit != "day":
        raise Undecided("counts from a date that the text before it does not name")
    if count > 0 and context.tense() != "future":
        raise Undecided("counts from a day that the text before it does not name")
    return published_day(context), f"publication, {context.published}, no day being named before"


def _numeric(slots: dict, context: Context) -> Period:
    """Day and month as numbers in an order that the language does not settle."""
    day, month = slots["day"], slots["month"]
    if day <= 12 and month <= 12 and day != month:
        raise Undecided("day and month may be swapped")
    if month > 12:
        day, month = month, day
    return _calendar({**slots, "day": day, "month": month}, context)


def _vague(slots: dict, context: Context) -> Period:
    """A time expression that names no time."""
    return Period(None, None, "unknown", str(slots.get("why", "vague")))


def _none(slots: dict, context: Context) -> None:
    """No date: a duration, an age, an anniversary, a number of something."""
    return


RESOLVERS: dict[str, Callable[[dict, Context], Period | None]] = {
    "calendar": _resolver(_calendar),
    "weekday": _resolver(_weekday),
    "unit": _resolver(_unit),
    "year": _resolver(_year),
    "decade": _resolver(_decade),
    "season": _resolver(_season),
    "quarter": _resolver(_quarter),
    "offset": _resolver(_offset),
    "numeric": _resolver(_numeric),
    "vague": _vague,
    "none": _none,
}


# --- what they share --------------------------------------------------------------------------------------------------


def _fill_year(slots: dict, context: Context) -> None:
    """Put the year where the words imply it: a Juche year, "last year", "that year", two digits, the year after a range."""
    if "year" not in slots and "juche" in slots:
        slots["year"] = slots["juche"] + _JUCHE_EPOCH
    if "ynamed" in slots or "mnamed" in slots:
        named = context.named()
        if named is None:
            raise Undecided("counts from a date that the text before it does not name")
        slots["year"] = named.last.year + slots.get("ynamed", 0)
        if "mnamed" in slots:
            slots["month"] = named.last.month
    if "yrel" in slots:
        slots["year"] = published_day(context).year + slots["yrel"]
    if "year" not in slots and "shortyear" in slots:
        slots["year"] = 2000 + slots["shortyear"]
    if "year" not in slots and "year2" in slots and "month" in slots:
        slots["year"] = slots["year2"] - (slots["month"] > slots.get("month2", slots["month"]))


def _tense_note(tense: str) -> str:
    return f", {tense} tense" if tense else ""
