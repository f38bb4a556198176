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
_LONGEST_NAMED = 10 * DAY  # ... but for one named traveller, whose way home is told as his
_NEWS = 14 * DAY  # an undated report of something held is news of the last fortnight (as is_background has it)
_FRESH = 2 * DAY  # ... of a reaction the next day or the one after: governments react again within the week
_TALKS = 30 * DAY  # an agreement still talked of a month later is the same one in the making
_MEMORY = 730 * DAY  # how long after a well-known event an undated report is read as a recollection of it
_WELL_KNOWN = 5  # reports that make an event well known
_PLAN = 150 * DAY  # an undated plan belongs to the next event of its kind within five months; a journey's, to its plan before
_STEP = 2 * DAY  # days of one event follow each other no farther apart ...
_STEP_NAMED = 9 * DAY  # ... or so, when the same traveller is named: arrival, talks and return of one journey
_STEP_GROUP = 4 * DAY  # ... or so, when each tells of a delegation: it leaves, and is back
_EARLY = 7 * DAY  # a visit told without its day may be known from its talks or its end, which are days later
_BAND = 15 * DAY  # plans a fortnight apart are for different occasions, however much either is reported
_MOOD = 60 * DAY  # what "the West fears" is nobody's act of a day: one mood while it is spoken of
_TOLD = 3  # reports of a statement that a lone later one may recall
_FAR = 10**6  # a distance beyond every count of reports
_TO_COME = {"visit": _PLAN, "agreement": _TALKS}
AHEAD = ("planned", "mooted")  # statuses that speak of what has not happened yet
_STANDS = ("in_force", "implemented")  # stages that last: a line that runs is no event of its own each time


@dataclass
class Event:
    """An event under construction."""

    low: dt.date
    high: dt.date
    precision: str
    persons: set[str] = field(default_factory=set)
    rows: list[int] = field(default_factory=list)
    is_ahead: bool = True  # no report says yet that it happened
    stands: bool = False  # it is in force or runs
    is_titled: bool = False  # a headline tells it


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
    detail: str = ""
    is_rare: bool = False  # it happens once in years: a leader's visit, a treaty
    is_mood: bool = False  # of an unnamed collective
    travels: bool = False  # one side goes to the other, not both to a third country
    is_title: bool = False  # a headline tells news and recalls nothing


def report_of(row: int, m: dict) -> Report:
    low, high = as_range(text_of(m["date_start"]), text_of(m["date_end"]))
    published = m["published_on"].date()
    persons = frozenset() if m["detail"] == "leader" else _officials(text_of(m["persons"]), text_of(m["actor"]), published)
    is_rare = m["detail"] == "leader" or (m["status"] == "signed" and text_of(m["subject"]) == "treaty")
    is_mood = m["family"] == "reaction" and not text_of(m["actor"])
    return Report(row, low, high, m["date_precision"] if low else "unknown", published, m["status"], persons, m["family"],
                  text_of(m["detail"]), is_rare, is_mood, ">" in text_of(m["direction"]), m["sentence"] == 0)


def cluster(reports: list[Report]) -> list[Event]:
    """Days first, then what overlaps them, then what has no date and stands near."""
    events: list[Event] = []
    for side in _by_travellers([r for r in reports if r.precision == "day" and r.low == r.high]):
        events += _dense_days(side)
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
        event.stands |= r.status in _STANDS
        event.is_titled |= r.is_title
        if _has_begun(r, event):
            event.low = min(event.low, r.published)
        event.rows.append(r.row)
    return sorted(_with_echoes(events) if reports and reports[0].family == "reaction" else events, key=lambda e: (e.low, e.high, e.rows))


def _with_echoes(events: list[Event]) -> list[Event]:
    """Join what one report alone tells, and no day, to what several told in the fortnight before: it recalls that."""
    out = []
    for event in events:
        told = [e for e in events if len(e.rows) >= _TOLD and DAY <= event.low - e.high <= _NEWS]
        if event.precision == "unknown" and len(event.rows) == 1 and told and not event.is_ahead and not event.is_titled:
            max(told, key=lambda e: e.high).rows.extend(event.rows)
        else:
            out.append(event)
    return out


def _has_begun(r: Report, event: Event) -> bool:
    """Whether a report that names no day shows that the visit had begun before the first day that others name."""
    return r.travels and r.status == "held" and r.precision == "unknown" and event.precision == "day" \
        and event.low - _EARLY <= r.published < event.low


def home_of(r: Report, events: list[Event], *, news: dt.timedelta | None = None) -> Event | None:
    """Return the event that a report belongs to: the most reported within reach, or None; ``news`` bounds an undated report's."""
    news = news or _freshness(r)
    fitting = [(i, e) for i, e in enumerate(events) if _agree(r, e)]
    near = [(_band(r, e), e.precision == "unknown", d, i) for i, e in fitting if (d := _distance(r, e, news)) is not None]
    if r.precision == "unknown" and r.status not in AHEAD and r.family != "reaction":  # governments react every week
        # News of something held comes within days; long after, an undated report recalls what everybody knows: the
        # journey of a traveller it names, or of the leader. Only an event with a day is nearer to it than that.
        near += [(0, False, (_FAR, (r.published - e.high).days), i) for i, e in fitting if _is_recalled(r, e)]
    return events[min(near)[-1]] if near else None


def _freshness(r: Report) -> dt.timedelta:
    """How old the news of an undated report may be; one unnamed delegation follows another within days."""
    if r.family == "reaction":
        return _FRESH
    return GAP if r.detail == "delegation" and not r.persons and r.status not in AHEAD else _NEWS


def _band(r: Report, e: Event) -> int:
    """How remote an event is in time; within one band the most reported is meant."""
    if r.precision != "unknown" or (r.status not in AHEAD and r.published >= e.low - DAY):
        return 0
    return 1 if r.status not in AHEAD else abs((e.low - r.published).days) // _BAND.days


def _is_recalled(r: Report, e: Event) -> bool:
    if not (0 * DAY <= r.published - e.high <= _MEMORY and bool(r.persons) == bool(e.persons)):
        return False
    if r.status in _STANDS and e.stands:
        return True
    enough = 1 if r.is_rare else _WELL_KNOWN
    is_placed = e.precision == "day" or (r.is_rare and e.precision != "unknown")
    return len(e.rows) >= enough and is_placed and not e.is_ahead


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
            near = [(sum(_is_his(r, k) for k in g), -i) for i, (_, g) in enumerate(named)]
            best = max(near, default=(0, 0))
            (named[-best[1]][1] if best[0] else nameless).append(r)
    return [g for _, g in named] + ([nameless] if nameless else [])


def _is_his(r: Report, named: Report) -> bool:
    """Whether a report without a name may be of a named traveller; a delegation back before he left is another."""
    return (-DAY if r.detail == "delegation" else -GAP) <= r.low - named.low <= GAP


def _dense_days(reports: list[Report]) -> list[Event]:
    """Grow events from the days most reports name, so that a stray date joins an event and never makes two of one."""
    waiting = list(reports)
    events = []
    while waiting:
        counted = Counter(r.low for r in waiting)
        # A report of what happened places it better than a plan does.
        held = Counter(r.low for r in waiting if r.status not in AHEAD)
        named = {r.low for r in waiting if r.persons}
        grouped = {r.low for r in waiting if r.detail == "delegation"}
        core = min(counted, key=lambda d: (-held[d], -counted[d], d))
        low = high = core
        days = sorted(d for d in counted if held[d])
        for d in [d for d in reversed(days) if d < core]:
            step, longest = _steps({d, low}, named, grouped, waiting[0])
            low = d if low - d <= step and high - d <= longest else low
        for d in [d for d in days if d > core]:
            step, longest = _steps({d, high}, named, grouped, waiting[0])
            high = d if d - high <= step and d - low <= longest else high
        slack = _slack(waiting[0])
        mine = [r for r in waiting if low - slack <= r.low <= high + slack]
        waiting = [r for r in waiting if not low - slack <= r.low <= high + slack]
        persons = set().union(*(r.persons for r in mine))
        is_ahead = all(r.status in AHEAD for r in mine)
        stands = any(r.status in _STANDS for r in mine)
        events.append(Event(low, high, "day", persons, [r.row for r in mine], is_ahead, stands))
    return events


def _slack(r: Report) -> dt.timedelta:
    """How far off the day of a report may be: a statement is of the day that it is told for."""
    return 0 * DAY if r.family == "reaction" else GAP


def _steps(days: set[dt.date], named: set[dt.date], grouped: set[dt.date], like: Report) -> tuple[dt.timedelta, dt.timedelta]:
    """How far apart two days of one event lie, and how long it lasts."""
    if like.family == "reaction":
        return 0 * DAY, 0 * DAY
    if days <= named:
        return _STEP_NAMED, _LONGEST_NAMED
    return _STEP_GROUP if days <= grouped else _STEP, _LONGEST


def _agree(r: Report, event: Event) -> bool:
    if r.family == "reaction" and r.status in AHEAD and not event.is_ahead and event.low < r.published - DAY:
        return False  # what a government is about to say or do is not what it said last week
    return not r.persons or not event.persons or bool(r.persons & event.persons)


def _distance(r: Report, e: Event, news: dt.timedelta) -> tuple[int, int] | None:
    """How far a report is from an event, or None when they cannot be one; the more reported event is the nearer.

    Governments react again within days, so an undated reaction is the last one rather than the most reported.
    """
    size = -len(e.rows)
    if r.precision == "day":
        return (size, 0) if r.low <= e.high + _slack(r) and r.high >= e.low - _slack(r) else None
    if r.precision in ("month", "year"):
        return (size, abs((r.published - e.low).days)) if r.low <= e.high and e.low <= r.high else None
    if e.precision == "unknown":
        news = _NEWS if e.is_ahead else news  # a threat, and within a fortnight the act
        gap = max((r.published - e.high).days, (e.low - r.published).days, 0)
        if r.family == "visit" and r.detail != "leader" and not (r.persons or e.persons) and r.status not in AHEAD:
            news = GAP  # "the minister" of the one day and of four days later may be two
        if r.family == "reaction" and not e.is_ahead:
            gap = abs((r.published - e.low).days)  # from the first report on, or one statement would lead to the next
        reach = _TO_COME.get(r.family, news) if e.is_ahead and r.status in AHEAD else _MOOD if r.is_mood else news
        return (1, gap) if gap <= reach.days else None
    ahead = (e.low - r.published).days
    if r.status in AHEAD:  # an event that goes on is still being planned by some
        over = _TALKS if r.family == "agreement" and e.is_ahead else DAY  # talks outlast the day that one report gives them
        fits = ahead <= _PLAN.days and e.high >= r.published - over
    else:
        early = r.family == "visit" and not e.is_ahead and bool(r.persons) == bool(e.persons)
        before = 0 if r.family == "reaction" else _EARLY.days if early else 1  # a statement is not told before it is made
        fits = ahead <= before and (r.published - e.high).days <= news.days
    if not fits:
        return None
    return (-ahead, size) if r.family == "reaction" else (size, abs(ahead))


def _officials(persons: str, side: str, day: dt.date) -> frozenset[str]:
    """Those named on the travelling side, but for its leader: an official's journey names him as who sent the man."""
    of_side = (a for a, country in known_persons(persons) if country == side)
    return frozenset(a for a in of_side if actors.rank_at(a, day) != "leader")
