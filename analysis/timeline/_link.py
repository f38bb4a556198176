"""Mentions to the tables ``events`` and ``event_reports``."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pandas as pd

from analysis import actors, schema
from analysis.timeline._cells import DAY, known_persons, text_of
from analysis.timeline._cluster import AHEAD, GAP, Event, Report, cluster, home_of, report_of
from analysis.timeline._facts import match_reference

__all__ = ["link"]

_STRENGTH = {
    "visit": ("planned", "denied", "cancelled", "held"),
    "agreement": ("denied", "mooted", "announced", "signed", "ratified", "in_force", "implemented", "ended"),
    "reaction": ("denied", "planned", "made"),
}
_LIKE = 0.6  # below it a mention rests on likeness, not on words (coding): it joins an event that others tell of, and founds none
_PLACED = 0.5  # below this confidence the coder guessed who travelled (coding: no place named anywhere)
_OUTVOTED = 4  # with its day named, a visit is held when one report in five since its first day says so; else most must


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
    for family, clusters in _clusters(mentions):
        for event in clusters:
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


def _clusters(mentions: pd.DataFrame) -> list[tuple[str, list[Event]]]:
    """Cluster what shares a key, leaders' visits first; what belongs to one of those, or is a guess, joins what it stands near."""
    is_visit = mentions["family"] == "visit"
    guessed = is_visit & (mentions["confidence"] < _PLACED)
    faint = (mentions["confidence"] < _LIKE) & ~guessed
    led = is_visit & ~guessed & ~faint & (mentions["detail"] == "leader")
    journeys = {str(of): cluster(_read(group)) for of, group in mentions[led].groupby(mentions["direction"].fillna(""), sort=True)}
    # "a deal is imminent": no word of what about, so it is the one that the papers speak of in those days
    vague = ~faint & (mentions["family"] == "agreement") & mentions["subject"].fillna("").eq("") & mentions["status"].isin(AHEAD)
    rest = mentions[~guessed & ~led & ~faint & ~vague]
    clusters = [("visit", "leader", events) for events in journeys.values()]
    keys = _key_columns(rest)
    grouped = {(str(family), str(of), str(kind)): _read(group) for (family, of, kind), group in rest.groupby(keys, sort=True)}
    _restate(grouped)
    told = {}
    for (family, of, kind), reports in grouped.items():
        if family == "visit":
            reports = [r for r in reports if not _joins(r, mentions.loc[r.row], journeys)]
        told[family, of, kind] = cluster(reports)
        clusters.append((family, kind, told[family, of, kind]))
    keys = zip(*(k[faint[faint].index].astype(str) for k in _key_columns(mentions)), strict=True) if faint.any() else ()
    for report, key in zip(_read(mentions[faint]), keys, strict=True):
        home = home_of(report, journeys.get(key[1], []) if key[2] == "leader" else told.get(key, []))
        if home is not None:
            home.rows.append(report.row)
    clusters.append(("agreement", "", _unplaced(_read(mentions[vague]), [e for family, _, events in clusters if family == "agreement" for e in events])))
    lost: dict[str, list[Report]] = {}
    for report in _read(mentions[guessed]):
        kind = "leader" if report.detail == "leader" else "official"
        home = home_of(report, [e for family, of, events in clusters if (family, of) == ("visit", kind) for e in events])
        if home is None:
            lost.setdefault(kind, []).append(report)
        else:
            home.rows.append(report.row)
    return [(family, events) for family, _, events in clusters] + [("visit", cluster(r)) for _, r in sorted(lost.items())]


def _unplaced(reports: list[Report], events: list[Event]) -> list[Event]:
    """Join reports to what stands within days of them, and return the events that the others make."""
    alone = []
    for report in reports:
        home = home_of(report, [e for e in events if e.low - GAP <= report.published <= e.high + GAP])
        (alone if home is None else home.rows).append(report if home is None else report.row)
    return cluster(alone)


def _read(mentions: pd.DataFrame) -> list[Report]:
    return [report_of(i, m) for i, m in mentions.to_dict("index").items()]


def _joins(r: Report, mention: pd.Series, journeys: dict[str, list[Event]]) -> bool:
    """Let a leader's visit have what happens on it: his delegation, and whom he met where he was the guest."""
    own = journeys.get(text_of(mention["direction"]), []) if r.detail == "delegation" else []
    host = [e for e in journeys.get(f"{mention['counterpart']}>{mention['actor']}", []) if _is_away(e, mention)]
    first, last = (r.low, r.high) if r.precision == "day" else (r.published, r.published)
    for event in own + host:
        told = event.precision == "day" and not event.is_ahead and r.status not in AHEAD and r.precision in ("day", "unknown")
        if told and event.low - DAY <= first and last <= event.high + DAY:
            event.rows.append(r.row)
            return True
    return False


def _restate(grouped: dict[tuple[str, str, str], list[Report]]) -> None:
    """One paper has a government state what another, the same days, has it denounce, or worry about that day: one statement."""
    for key in [k for k in grouped if k[2] == "neutral"]:
        accused, worried = (grouped.get((*key[:2], act), []) for act in ("accuse", "concern"))
        events, days = cluster(accused), {r.published for r in worried}
        for r in list(grouped[key]):
            to = accused if home_of(r, events, news=GAP) is not None else worried if r.published in days else None
            if to is not None:
                grouped[key].remove(r)
                to.append(r)


def _is_away(event: Event, mention: pd.Series) -> bool:
    """Whether the leader of the country that a mention takes for the host is named: on his own journey he receives nobody."""
    of_host = (a for a, country in known_persons(text_of(mention["persons"])) if country == mention["counterpart"])
    return any(actors.rank_at(a, event.low) == "leader" for a in of_host)


def _key_columns(m: pd.DataFrame) -> list[pd.Series]:
    """What two mentions of one event always share; ranks and levels of one event differ in the words of two reporters."""
    is_visit = m["family"] == "visit"
    actors = m["actor"].fillna("").map(lambda a: "+".join(sorted(a.split("+"))))  # joint actors in whatever order
    # "a military deal", "an arms deal" still in the making: the more general word for one deal
    subject = m["subject"].mask((m["subject"] == "military") & (m["status"] == "mooted"), "arms")
    where = m["direction"].where(is_visit, actors.where(m["family"] == "reaction", subject))
    kind = m["detail"].where(m["detail"] == "leader", "official").where(is_visit, "")
    kind = kind.where(m["family"] != "reaction", m["detail"])
    return [m["family"], where.fillna("").rename("where"), kind.fillna("").rename("kind")]


def _describe(event: Event, rows: pd.DataFrame, family: str, latest: dt.date) -> dict:
    dated = rows[rows["date_precision"] == event.precision]
    start, end = (event.low.isoformat(), event.high.isoformat()) if event.precision == "day" else (
        _commonest(dated["date_start"]), _commonest(dated["date_end"]))
    days = rows["published_on"].dt.date
    after = rows[[d >= event.low for d in days]]
    lags = [(d - event.low).days for d in after.drop_duplicates("story_id")["published_on"].dt.date]
    sure = rows if (rows["confidence"] < _PLACED).all() else rows[rows["confidence"] >= _PLACED]
    pairs = sure["actor"].fillna("") + ">" + sure["counterpart"].fillna("")  # one pair: two columns could mix two readings
    actor, _, counterpart = _commonest(pairs).partition(">")
    history = [f"{d}:{s}" for d, s in zip(days, rows["status"], strict=True)]
    told = Counter(rows["detail"].fillna(""))
    # A visit has the highest rank that anybody saw; a statement the act that most took it for, of levels none is the stronger.
    detail = max(told, key=lambda d: (0 if family == "visit" else told[d], _rank_order(family, d)))
    return {
        "family": family, "status": _status_now(rows, family, event, latest), "detail": detail,
        "subject": _commonest(rows["subject"]),
        "actor": actor, "counterpart": counterpart,
        "direction": _commonest(rows["direction"].where(rows["confidence"] >= _PLACED)), "date_start": start or "", "date_end": end or "",
        "date_precision": event.precision, "place": _commonest(rows["place"]),
        "persons": _names(rows["persons"]), "first_report": rows["published_on"].min(),
        "last_report": rows["published_on"].max(), "status_history": ";".join(dict.fromkeys(history)),
        "n_articles": rows["article_id"].nunique(), "n_stories": rows["story_id"].nunique(),
        "n_outlets": rows["outlet_id"].nunique(), "n_blocs": rows["bloc_of_outlet"].nunique(),
        "lag_days": min(lags, default=None) if event.precision == "day" else None,
        "half_life_days": sorted(lags)[(len(lags) - 1) // 2] if lags and event.precision == "day" else None,
        "reference_id": None, "match_evidence": None,
    }


def _status_now(rows: pd.DataFrame, family: str, event: Event, latest: dt.date) -> str:
    order = _STRENGTH[family]
    if family != "visit":
        return max(rows["status"], key=lambda s: order.index(s) if s in order else -1)
    since = rows[[event.precision == "unknown" or d >= event.low for d in rows["published_on"].dt.date]]
    held = since[since["status"] == "held"]
    n_dated = int((held["date_precision"] != "unknown").sum())
    n_other = int((~since["article_id"].isin(held["article_id"])).sum())  # who tells of an arrival tells what is planned on it
    # A few reports against many that still plan it are more likely slips of coding than an event, the more so undated.
    if len(held) > n_other or (n_dated and len(held) * _OUTVOTED >= n_other):
        return "held"
    off = rows[rows["status"].isin(["cancelled", "denied"])]
    if len(off) and rows["status"].iloc[-1] != "planned":
        return off["status"].iloc[-1]
    is_over = event.precision != "unknown" and event.high + GAP < latest
    return "not_confirmed" if is_over else "planned"


def _reports(event: Event, rows: pd.DataFrame) -> pd.DataFrame:
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


def _rank_order(family: str, detail: str) -> int:
    names = schema.DETAILS[family]
    if family == "visit":
        return -names.index(detail) if detail in names else -9
    return names.index(detail) if detail in names and detail != "neutral" else -1


def _commonest(values: pd.Series) -> str:
    counted = Counter(v for v in values if text_of(v))
    return min(counted, key=lambda v: (-counted[v], v)) if counted else ""


def _names(values: pd.Series) -> str:
    counted = Counter(name.strip() for v in values for name in text_of(v).split(";") if name.strip())
    return ";".join(sorted(counted, key=lambda v: (-counted[v], v))[:8])
