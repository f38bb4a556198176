"""Event mentions into events: one row a distinct event, its status history, its coverage, and the fact it matches.

Mentions of one event share family, direction or actors, rank, and dates as far as their precision goes. Days come first,
months attach to the day that lies in them, and what has no date attaches to the most reported event within reach.
Nothing is linked across an explicit contradiction: two ministers who travel on the same day are two events.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import pandas as pd

from analysis import actors, coding, schema

__all__ = ["against_reference", "link", "match_reference"]

_DAY = dt.timedelta(days=1)
_GAP = 3 * _DAY  # two day-precise reports of one event differ by no more: time zones, arrival against talks
_LONGEST = 8 * _DAY  # no visit of the codebook's kind lasted longer; a chain of reports must not creep along the calendar
_NEWS = 14 * _DAY  # an undated report of something held is news of the last fortnight (as is_background has it)
_PLAN = 150 * _DAY  # an undated plan belongs to the next event of its kind within five months
_STRENGTH = {
    "visit": ("planned", "denied", "cancelled", "held"),
    "agreement": ("denied", "mooted", "announced", "signed", "ratified", "in_force", "implemented", "ended"),
    "reaction": ("denied", "planned", "made"),
}
_OUTVOTED = 4  # a visit is held when at least one report in five since its first day says so
_AHEAD = ("planned", "mooted")  # statuses that speak of what has not happened yet


@dataclass
class _Event:
    """An event under construction."""

    low: dt.date
    high: dt.date
    precision: str
    persons: set[str] = field(default_factory=set)
    rows: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Report:
    """A mention as the linker sees it: its dates as a range of days, its travellers as actor ids."""

    row: int
    low: dt.date | None
    high: dt.date | None
    precision: str
    published: dt.date
    status: str
    persons: frozenset[str]


def link(
    event_mentions: pd.DataFrame, articles: pd.DataFrame, *, reference: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Join mentions into events across articles and languages.

    Parameters
    ----------
    event_mentions, articles : DataFrame
        Tables as declared. Mentions in undated articles are left out: nothing places them in time.
    reference : DataFrame, optional
        Reference facts (``data/raw/EVENTS.csv``) to match; without it ``reference_id`` stays missing.

    Returns
    -------
    events, event_reports : DataFrame
        Tables as declared. A planned visit whose last day lies before the latest article that mentions any event, and
        that too few reports call held, cancelled or denied, has the status ``not_confirmed``.

    >>> e, r = link(schema.empty("event_mentions"), schema.empty("articles"))
    >>> len(e), len(r)
    (0, 0)
    """
    facts = articles[["article_id", "published_on", "outlet_id", "bloc", "story_id"]]
    mentions = event_mentions.merge(facts, on="article_id", suffixes=("", "_of_outlet"))
    mentions = mentions[mentions["published_on"].notna()].reset_index(drop=True)
    if mentions.empty:
        return schema.empty("events"), schema.empty("event_reports")
    latest = mentions["published_on"].max().date()
    events, reports = [], []
    for key, group in mentions.groupby(_key_columns(mentions), sort=True):
        family = str(key[0])
        for event in _cluster([_report(i, m) for i, m in group.to_dict("index").items()]):
            rows = mentions.loc[event.rows].sort_values(["published_on", "article_id", "sentence"])
            events.append(_describe(event, rows, family, latest))
            reports.append(_reports(event, rows))
    table = _with_ids(pd.DataFrame(events))
    joined = pd.concat(
        [r.assign(event_id=i) for r, i in zip(reports, table["event_id"], strict=True)], ignore_index=True
    )
    if reference is not None:
        table = match_reference(table, reference=reference)
    return schema.check(table, "events"), schema.check(joined, "event_reports")


def match_reference(events: pd.DataFrame, *, reference: pd.DataFrame) -> pd.DataFrame:
    """Return ``events`` with the reference fact that each matches, and what the match rests on.

    A fact matches when the codebook's family agrees, the direction (visits) or the actor (reactions) does not
    contradict, an agreement's subject neither, and the dates lie within two days of each other, or in the same month where one side is no preciser.
    Among several the one with most names in common wins, then the nearest.
    """
    out = events.copy()
    candidates = [f for f in reference.to_dict("records") if _text(f.get("codebook_family"))]
    ids, evidence = [], []
    for event in events.to_dict("records"):
        scored = [s for f in candidates if (s := _match(event, f)) is not None]
        best = max(scored, key=lambda s: (s[0], s[1]["event_id"]), default=None)
        ids.append(best[1]["event_id"] if best else None)
        evidence.append(best[2] if best else None)
    return out.assign(reference_id=pd.Series(ids, index=out.index, dtype="str"),
                      match_evidence=pd.Series(evidence, index=out.index, dtype="str"))


def against_reference(events: pd.DataFrame, *, reference: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the reference facts with whether the corpus reports them, and how many articles stood around them.

    Parameters
    ----------
    events : DataFrame
        Several facts may lie in one event (an arrival, talks, a departure), so each fact looks for its event.
    reference, articles : DataFrame

    Returns
    -------
    DataFrame
        One row a fact that maps to the codebook: event_id, codebook_family, codebook_status, date_start, title,
        n_articles_near (relevant articles within seven days), found (event ids, separated by semicolons), is_found,
        status_agrees (missing when not found).
    """
    days = articles["published_on"].dropna()
    candidates = events.to_dict("records")
    rows = []
    for fact in reference.to_dict("records"):
        low, high = _range(_text(fact["date_start"]), _text(fact["date_end"]))
        if not _text(fact.get("codebook_family")) or low is None:
            continue
        near = days.between(pd.Timestamp(low - 7 * _DAY), pd.Timestamp(high + 7 * _DAY)).sum()
        found = [e for e in candidates if _match(e, fact) is not None]
        agrees = _text(fact.get("codebook_status")) in {e["status"] for e in found} if found else None
        rows.append({**{k: fact.get(k) for k in ("event_id", "codebook_family", "codebook_status", "date_start", "title")},
                     "n_articles_near": int(near), "found": ";".join(e["event_id"] for e in found),
                     "is_found": bool(found), "status_agrees": agrees})
    return pd.DataFrame(rows)


def _key_columns(m: pd.DataFrame) -> list[pd.Series]:
    """What two mentions of one event always share; ranks of one delegation differ in the words of two reporters."""
    is_visit = m["family"] == "visit"
    where = m["direction"].where(is_visit, m["actor"].where(m["family"] == "reaction", m["subject"]))
    rank = m["detail"].where(m["detail"] == "leader", "official").where(is_visit, m["detail"])
    return [m["family"], where.fillna("").rename("where"), rank.fillna("").rename("kind")]


def _report(row: int, m: dict) -> _Report:
    low, high = _range(_text(m["date_start"]), _text(m["date_end"]))
    published = m["published_on"].date()
    persons = frozenset() if m["detail"] == "leader" else _travellers(_text(m["persons"]), _text(m["actor"]))
    return _Report(row, low, high, m["date_precision"] if low else "unknown", published, m["status"], persons)


def _cluster(reports: list[_Report]) -> list[_Event]:
    """Days first, then what overlaps them, then what has no date and stands near."""
    events: list[_Event] = []
    for sides in _by_travellers([r for r in reports if r.precision == "day" and r.low == r.high]):
        events += _dense_days(sides)
    order = {"day": 0, "month": 1, "year": 2, "unknown": 3}
    rest = [r for r in reports if r.precision != "day" or r.low != r.high]
    for r in sorted(rest, key=lambda r: (order[r.precision], r.low or r.published, r.published, r.row)):
        event = _home(r, events)
        if event is None:
            event = _Event(r.low or r.published, r.high or r.published, r.precision)
            events.append(event)
        if event.precision == "unknown":
            event.low, event.high = min(event.low, r.published), max(event.high, r.published)
        event.persons |= r.persons
        event.rows.append(r.row)
    return sorted(events, key=lambda e: (e.low, e.high, e.rows))


def _by_travellers(reports: list[_Report]) -> list[list[_Report]]:
    """Part reports that name different travellers; those that name none go with the most reported, day by day."""
    named: list[tuple[set[str], list[_Report]]] = []
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
            near = [(sum(abs(k.low - r.low) <= _GAP for k in g), -i) for i, (_, g) in enumerate(named)]
            best = max(near, default=(0, 0))
            (named[-best[1]][1] if best[0] else nameless).append(r)
    return [g for _, g in named] + ([nameless] if nameless else [])


def _dense_days(reports: list[_Report]) -> list[_Event]:
    """Grow events from the days most reports name, so that a stray date joins an event and never makes two of one."""
    waiting = list(reports)
    events = []
    while waiting:
        counted = Counter(r.low for r in waiting)
        # A report of what happened places it better than a plan does.
        held = Counter(r.low for r in waiting if r.status not in _AHEAD)
        core = min(counted, key=lambda d: (-held[d], -counted[d], d))
        low = high = core
        days = sorted(d for d in counted if held[d])
        for d in [d for d in reversed(days) if d < core]:
            low = d if low - d <= 2 * _DAY and core - d <= _LONGEST else low
        for d in [d for d in days if d > core]:
            high = d if d - high <= 2 * _DAY and d - low <= _LONGEST else high
        mine = [r for r in waiting if low - _GAP <= r.low <= high + _GAP]
        waiting = [r for r in waiting if not low - _GAP <= r.low <= high + _GAP]
        persons = set().union(*(r.persons for r in mine))
        events.append(_Event(low, high, "day", persons, [r.row for r in mine]))
    return events


def _home(r: _Report, events: list[_Event]) -> _Event | None:
    near = [(d, i) for i, e in enumerate(events) if _agree(r, e) and (d := _distance(r, e)) is not None]
    return events[min(near)[1]] if near else None


def _agree(r: _Report, event: _Event) -> bool:
    return not r.persons or not event.persons or bool(r.persons & event.persons)


def _distance(r: _Report, e: _Event) -> tuple[int, int] | None:
    """How far a report is from an event, or None when they cannot be one; the more reported event is the nearer."""
    size = -len(e.rows)
    if r.precision == "day":
        return (size, 0) if r.low <= e.high + _GAP and r.high >= e.low - _GAP else None
    if r.precision in ("month", "year"):
        return (size, abs((r.published - e.low).days)) if r.low <= e.high and e.low <= r.high else None
    if e.precision == "unknown":
        gap = max((r.published - e.high).days, (e.low - r.published).days, 0)
        return (1, gap) if gap <= _NEWS.days else None
    ahead = (e.low - r.published).days
    fits = -1 <= ahead <= _PLAN.days if r.status in _AHEAD else -1 <= -ahead <= _NEWS.days
    return (size, abs(ahead)) if fits else None


def _describe(event: _Event, rows: pd.DataFrame, family: str, latest: dt.date) -> dict:
    dated = rows[rows["date_precision"] == event.precision] if event.precision != "unknown" else rows
    start, end = (event.low.isoformat(), event.high.isoformat()) if event.precision == "day" else (
        _commonest(dated["date_start"]), _commonest(dated["date_end"]))
    days = rows["published_on"].dt.date
    after = rows[[d >= event.low for d in days]]
    lags = [(d - event.low).days for d in after.drop_duplicates("story_id")["published_on"].dt.date]
    history = [f"{d}:{s}" for d, s in zip(days, rows["status"], strict=True)]
    strongest = max(rows["detail"].fillna(""), key=lambda d: _rank_order(family, d))
    return {
        "family": family, "status": _status_now(rows, family, event, latest), "detail": strongest,
        "subject": _commonest(rows["subject"]),
        "actor": _commonest(rows["actor"]), "counterpart": _commonest(rows["counterpart"]),
        "direction": _commonest(rows["direction"]), "date_start": start or "", "date_end": end or "",
        "date_precision": event.precision, "place": _commonest(rows["place"]),
        "persons": _names(rows["persons"]), "first_report": rows["published_on"].min(),
        "last_report": rows["published_on"].max(), "status_history": ";".join(dict.fromkeys(history)),
        "n_articles": rows["article_id"].nunique(), "n_stories": rows["story_id"].nunique(),
        "n_outlets": rows["outlet_id"].nunique(), "n_blocs": rows["bloc_of_outlet"].nunique(),
        "lag_days": min(lags, default=None) if event.precision == "day" else None,
        "half_life_days": sorted(lags)[(len(lags) - 1) // 2] if lags and event.precision == "day" else None,
        "reference_id": None, "match_evidence": None,
    }


def _status_now(rows: pd.DataFrame, family: str, event: _Event, latest: dt.date) -> str:
    order = _STRENGTH[family]
    if family != "visit":
        return max(rows["status"], key=lambda s: order.index(s) if s in order else -1)
    since = rows[[event.precision == "unknown" or d >= event.low for d in rows["published_on"].dt.date]]
    n_held = int((since["status"] == "held").sum())
    # One report against many that still plan it is more likely a slip of coding than an event.
    if n_held and n_held * _OUTVOTED >= int((since["status"] != "held").sum()):
        return "held"
    off = rows[rows["status"].isin(["cancelled", "denied"])]
    if len(off) and rows["status"].iloc[-1] != "planned":
        return off["status"].iloc[-1]
    is_over = event.precision != "unknown" and event.high + _GAP < latest
    return "not_confirmed" if is_over else "planned"


def _reports(event: _Event, rows: pd.DataFrame) -> pd.DataFrame:
    first = rows.drop_duplicates("article_id")[["article_id", "sentence", "status", "published_on"]]
    lag = (first["published_on"] - pd.Timestamp(event.low)).dt.days if event.precision == "day" else None
    return first.assign(lag_days=lag)


def _with_ids(events: pd.DataFrame) -> pd.DataFrame:
    where = events["direction"].where(events["family"] == "visit", events["actor"])
    where = where.where(events["family"] != "agreement", events["subject"]).fillna("")
    when = events["date_start"].where(events["date_start"] != "", events["first_report"].dt.strftime("~%Y-%m-%d"))
    base = events["family"] + ":" + where + ":" + events["detail"].fillna("") + ":" + when
    again = base.groupby(base).cumcount()
    return events.assign(event_id=base + again.map(lambda n: f":{n + 1}" if n else ""))


def _match(event: dict, fact: dict) -> tuple[tuple[int, int], dict, str] | None:
    if fact["codebook_family"] != event["family"]:
        return None
    low, high = _range(_text(fact["date_start"]), _text(fact["date_end"]))
    first, last = _range(_text(event["date_start"]), _text(event["date_end"]))
    if first is None:  # undated in the text: what was held or said stands in the news within days
        first = last = event["first_report"].date()
        slack = 4
    else:
        slack = 2
    if low is None or low - slack * _DAY > last or high + slack * _DAY < first:
        return None
    direction, sides = _text(fact.get("direction")), set(_text(fact.get("actors")).replace("+", ";").split(";"))
    if event["family"] == "visit" and direction and direction != _text(event["direction"]):
        return None
    if event["family"] == "reaction" and not sides & set(_text(event["actor"]).split("+")):
        return None
    told = coding.subjects_in(_text(fact.get("title")), language="en")  # the facts are in English
    if event["family"] == "agreement" and _text(event["subject"]) and told and event["subject"] not in told:
        return None
    ours, theirs = _people(_text(event["persons"])), _people(_text(fact.get("persons")))
    if event["family"] == "visit" and event["detail"] != "leader" and ours and theirs and not ours & theirs:
        return None
    away = abs((first - low).days)
    names = f", {len(ours & theirs)} names in common" if ours & theirs else ""
    why = f"{event['family']} {event['direction'] or event['actor'] or ''}, {away} days apart{names}"
    return (len(ours & theirs), -away), fact, why


def _range(start: str, end: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day of a date of day, month or year precision."""
    if not start:
        return None, None
    return _edge(start, is_end=False), _edge(end or start, is_end=True)


def _edge(value: str, *, is_end: bool) -> dt.date:
    year, month, day = ([int(part) for part in value.split("-")] + [0, 0])[:3]
    month = month or (12 if is_end else 1)
    return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if is_end else 1))


def _travellers(persons: str, side: str) -> frozenset[str]:
    return frozenset(a for a, country in _known(persons) if country == side)


def _people(persons: str) -> set[str]:
    return {actor for actor, _ in _known(persons)}


@cache
def _known(persons: str) -> tuple[tuple[str, str], ...]:
    spans = [s for name in persons.split(";") for s in actors.find(name.strip()) if s.kind == "person"]
    return tuple((s.actor_id, s.country) for s in spans)


def _rank_order(family: str, detail: str) -> int:
    names = schema.DETAILS[family]
    if family == "visit":
        return -names.index(detail) if detail in names else -9
    return names.index(detail) if detail in names else -1


def _commonest(values: pd.Series) -> str:
    counted = Counter(v for v in values if _text(v))
    return min(counted, key=lambda v: (-counted[v], v)) if counted else ""


def _names(values: pd.Series) -> str:
    counted = Counter(name.strip() for v in values for name in _text(v).split(";") if name.strip())
    return ";".join(sorted(counted, key=lambda v: (-counted[v], v))[:8])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
