"""Reports of one kind into events: the days most reports name first, then what overlaps them, then what is undated."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from analysis import actors
from analysis.timeline._cells import DAY, as_range, known_persons, text_of

__all__ = ["AHEAD", "GAP", "Event", "Report", "cluster", "home_of", "report_of"]

GAP = 3 * DAY  # two day-precise reports of one event differ by no more: time zones, arrival against talks
_LONGEST = 8 * DAY  # no visit of the codebook's kind lasted longer; a chain of reports must not creep along the calendar
_NEWS = 14 * DAY  # an undated report of something held is news of the last fortnight (as is_background has it)
_MEMORY = 730 * DAY  # how long after a well-known event an undated report is read as a recollection of it
_WELL_KNOWN = 5  # reports that make an event well known
_PLAN = 150 * DAY  # an undated plan belongs to the next event of its kind within five months; a journey's, to its plan before
_STEP = 2 * DAY  # days of one event follow each other no farther apart ...
_STEP_NAMED = 4 * DAY  # ... or so, when the same traveller is named: arrival, talks and return of one journey
_FAR = 10**6  # a distance beyond every count of reports
AHEAD = ("planned", "mooted")  # statuses that speak of what has not happened yet


@dataclass
class Event:
    """An event under construction."""

    low: dt.date
    high: dt.date
    precision: str
    persons: set[str] = field(default_factory=set)
    rows: list[int] = field(default_factory=list)
    is_ahead: bool = True  # no report says yet that it happened


@dataclass(frozen=True)
class Report:
    """A mention as the linker sees it: its dates as a range of days, its travellers as actor ids."""

    row: int
    low: dt.date | None
    high: dt.date | None
    precision: str
    published: dt.date
    status: str
    persons: frozenset[str]
    family: str


def report_of(row: int, m: dict) -> Report:
    low, high = as_range(text_of(m["date_start"]), text_of(m["date_end"]))
    published = m["published_on"].date()
    persons = frozenset() if m["detail"] == "leader" else _officials(text_of(m["persons"]), text_of(m["actor"]), published)
    return Report(row, low, high, m["date_precision"] if low else "unknown", published, m["status"], persons, m["family"])


def cluster(reports: list[Report]) -> list[Event]:
    """Days first, then what overlaps them, then what has no date and stands near."""
    events: list[Event] = []
    for side in _by_travellers([r for r in reports if r.precision == "day" and r.low == r.high]):
        events += _dense_days(side, step=_STEP_NAMED if any(r.persons for r in side) else _STEP)
    order = {"day": 0, "month": 1, "year": 2, "unknown": 3}
    rest = [r for r in reports if r.precision != "day" or r.low != r.high]
    for r in sorted(rest, key=lambda r: (order[r.precision], r.low or r.published, r.published, r.row)):
        event = home_of(r, events)
        if event is None:
            event = Event(r.low or r.published, r.high or r.published, r.precision)
            events.append(event)
        if event.precision == "unknown":
            event.low, event.high = min(event.low, r.published), max(event.high, r.published)
        event.persons |= r.persons
        event.is_ahead &= r.status in AHEAD
        event.rows.append(r.row)
    return sorted(events, key=lambda e: (e.low, e.high, e.rows))


def home_of(r: Report, events: list[Event]) -> Event | None:
    """Return the event that a report belongs to: the most reported within reach, or None."""
    fitting = [(i, e) for i, e in enumerate(events) if _agree(r, e)]
    near = [(e.precision == "unknown", d, i) for i, e in fitting if (d := _distance(r, e)) is not None]
    if r.precision == "unknown" and r.status not in AHEAD and r.family != "reaction":  # governments react every week
        # News of something held comes within days; long after, an undated report recalls what everybody knows: the
        # journey of a traveller it names, or of the leader. Only an event with a day is nearer to it than that.
        near += [(False, (_FAR, (r.published - e.high).days), i) for i, e in fitting if _is_recalled(r, e)]
    return events[min(near)[-1]] if near else None


def _is_recalled(r: Report, e: Event) -> bool:
    is_known = len(e.rows) >= _WELL_KNOWN and e.precision == "day" and bool(r.persons) == bool(e.persons)
    return is_known and 0 * DAY <= r.published - e.high <= _MEMORY


def _by_travellers(reports: list[Report]) -> list[list[Report]]:
    """Part reports that name different travellers; those that name none go with the most reported, day by day."""
    named: list[tuple[set[str], list[Report]]] = []
    for r in sorted(reports, key=lambda r: r.row):
        if r.persons:
            home = next((g for g in named if g[0] & r.persons), None)
            if home is None:
                named.append((set(r.persons), [r]))
            else:
                home[0].update(r.persons)
                home[1].append(r)
    nameless = []
    for r in reports:
        if not r.persons:
            near = [(sum(abs(k.low - r.low) <= GAP for k in g), -i) for i, (_, g) in enumerate(named)]
            best = max(near, default=(0, 0))
            (named[-best[1]][1] if best[0] else nameless).append(r)
    return [g for _, g in named] + ([nameless] if nameless else [])


def _dense_days(reports: list[Report], *, step: dt.timedelta) -> list[Event]:
    """Grow events from the days most reports name, so that a stray date joins an event and never makes two of one."""
    waiting = list(reports)
    events = []
    while waiting:
        counted = Counter(r.low for r in waiting)
        # A report of what happened places it better than a plan does.
        held = Counter(r.low for r in waiting if r.status not in AHEAD)
        core = min(counted, key=lambda d: (-held[d], -counted[d], d))
        low = high = core
        days = sorted(d for d in counted if held[d])
        for d in [d for d in reversed(days) if d < core]:
            low = d if low - d <= step and core - d <= _LONGEST else low
        for d in [d for d in days if d > core]:
            high = d if d - high <= step and d - low <= _LONGEST else high
        mine = [r for r in waiting if low - GAP <= r.low <= high + GAP]
        waiting = [r for r in waiting if not low - GAP <= r.low <= high + GAP]
        persons = set().union(*(r.persons for r in mine))
        is_ahead = all(r.status in AHEAD for r in mine)
        events.append(Event(low, high, "day", persons, [r.row for r in mine], is_ahead))
    return events


def _agree(r: Report, event: Event) -> bool:
    return not r.persons or not event.persons or bool(r.persons & event.persons)


def _distance(r: Report, e: Event) -> tuple[int, int] | None:
    """How far a report is from an event, or None when they cannot be one; the more reported event is the nearer."""
    size = -len(e.rows)
    if r.precision == "day":
        return (size, 0) if r.low <= e.high + GAP and r.high >= e.low - GAP else None
    if r.precision in ("month", "year"):
        return (size, abs((r.published - e.low).days)) if r.low <= e.high and e.low <= r.high else None
    if e.precision == "unknown":
        gap = max((r.published - e.high).days, (e.low - r.published).days, 0)
        reach = _PLAN if e.is_ahead and r.status in AHEAD and r.family == "visit" else _NEWS
        return (1, gap) if gap <= reach.days else None
    ahead = (e.low - r.published).days
    if r.status in AHEAD:  # an event that goes on is still being planned by some
        fits = ahead <= _PLAN.days and e.high >= r.published - DAY
    else:
        fits = -1 <= -ahead <= _NEWS.days
    return (size, abs(ahead)) if fits else None


def _officials(persons: str, side: str, day: dt.date) -> frozenset[str]:
    """Those named on the travelling side, but for its leader: an official's journey names him as who sent the man."""
    of_side = (a for a, country in known_persons(persons) if country == side)
    return frozenset(a for a in of_side if actors.rank_at(a, day) != "leader")
