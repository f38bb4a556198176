"""Periods and groups: every group with every period, and on which days it was observed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.lexicons import read_lexicon

__all__ = [
    "CELL", "FINE_ENOUGH", "THIN", "articles_in", "find_gaps", "floor_to", "group_of", "known", "once", "periods", "place",
    "undated",
]

THIN = 0.1  # a day under a tenth of its source's usual day is not observed; see _observed_days
_STEP = {"D": "D", "W": "W-MON", "MS": "MS", "QS": "QS", "YS": "YS"}
_NEXT = {"D": {"days": 1}, "W": {"weeks": 1}, "MS": {"months": 1}, "QS": {"months": 3}, "YS": {"years": 1}}
# The coarsest date that still falls into one period.
FINE_ENOUGH = {
    "D": ("day",), "W": ("day",), "MS": ("day", "month"), "QS": ("day", "month"), "YS": ("day", "month", "year"),
}
CELL = ["group", "period_start"]


def articles_in(
    point: Mapping | pd.Series, articles: pd.DataFrame, *, by: str | None = None, copies: bool = False
) -> pd.DataFrame:
    """Return the articles that fall into the group and period of a row of ``series``.

    ``by`` and ``copies`` as they were given to the function that made the series.

    >>> from analysis import schema
    >>> point = {"group": "all", "freq": "MS", "period_start": pd.Timestamp("2024-02-01")}
    >>> len(articles_in(point, schema.empty("articles")))
    0
    """
    placed = place(once(articles, copies), known(point["freq"]), by)
    inside = (placed["group"] == point["group"]) & (placed["period_start"] == pd.Timestamp(point["period_start"]))
    return placed.loc[inside, [*articles.columns]]


def undated(articles: pd.DataFrame, *, freq: str = "MS", by: str | None = None) -> pd.DataFrame:
    """Count the articles that no period of ``freq`` can hold, one row a group.

    Returns
    -------
    DataFrame
        group, n_articles, n_undated: copies included. Numerators of ``volume(copies=True)`` and n_undated add up.

    >>> a = pd.DataFrame({"published_on": [pd.NaT], "date_precision": ["unknown"]})
    >>> undated(a).values.tolist()
    [['all', 1, 1]]
    """
    fine = articles["published_on"].notna() & articles["date_precision"].isin(FINE_ENOUGH[known(freq)])
    rows = pd.DataFrame({"group": group_of(articles, by), "n_articles": 1, "n_undated": (~fine).astype(int)})
    return rows.groupby("group", as_index=False).sum()


def find_gaps(totals: pd.DataFrame, *, thin: float = THIN, min_days: int = 3) -> pd.DataFrame:
    """Find the runs of days on which an outlet was not collected, within the span of its source.

    A run counts when, at the outlet's mean rate over that span, silence so long has less than 1 chance in 1,000
    (Poisson), so an outlet that publishes twice a month has no gap of a week.

    Returns
    -------
    DataFrame
        source_id, outlet_id, gap_start, gap_end (exclusive), n_days, n_items in it, usual_items a day.

    >>> days = [*pd.date_range("2024-01-01", "2024-01-10"), *pd.date_range("2024-02-01", "2024-02-10")]
    >>> t = pd.DataFrame({"source_id": "s", "outlet_id": "o", "day": days, "n_items": 20})
    >>> find_gaps(t)[["gap_start", "n_days"]].astype(str).values.tolist()
    [['2024-01-11', '21']]
    """
    rows = []
    spans = totals.groupby("source_id")["day"].agg(["min", "max"])
    for (source, outlet), own in totals.groupby(["source_id", "outlet_id"]):
        items = own.groupby("day")["n_items"].sum()
        days = pd.date_range(spans.loc[source, "min"], spans.loc[source, "max"])
        usual = _usual(items)
        items = items.reindex(days, fill_value=0)
        missing = items < max(1.0, thin * usual)
        rate = items.mean()
        for _, run in items[missing].groupby((~missing).cumsum()[missing]):
            if len(run) >= min_days and rate * len(run) > np.log(1000):
                end = run.index[-1] + pd.Timedelta(days=1)
                rows.append((source, outlet, run.index[0], end, len(run), int(run.sum()), usual))
    names = ["source_id", "outlet_id", "gap_start", "gap_end", "n_days", "n_items", "usual_items"]
    return pd.DataFrame(rows, columns=names)


def periods(
    articles: pd.DataFrame, totals: pd.DataFrame, *, freq: str, by: str | None, thin: float
) -> pd.DataFrame:
    """Every group with every period: days_observed, is_complete, n_items."""
    known(freq)
    items = _grouped_totals(articles, totals, by)
    dates = pd.concat([items["day"], place(articles, freq, by)["published_on"]])
    names = ["group", "period_start", "period_end", "days_observed", "is_complete", "n_items"]
    if dates.empty:
        return pd.DataFrame(columns=names)
    starts = pd.DataFrame({"period_start": _grid(dates.min(), dates.max(), freq)})
    starts["period_end"] = starts["period_start"] + pd.DateOffset(**_NEXT[freq])
    groups = pd.DataFrame({"group": sorted({*items["group"], *group_of(articles, by)})}, dtype="str")
    grid = groups.merge(starts, how="cross")
    items = items.assign(period_start=floor_to(items["day"], freq))
    n_items = items.groupby(CELL)["n_items"].sum()
    observed = _observed_days(items, thin)
    days = observed.groupby(CELL)["day"].nunique()
    cells = pd.MultiIndex.from_frame(grid[CELL])
    grid["n_items"] = n_items.reindex(cells, fill_value=0).to_numpy(float)
    grid["days_observed"] = days.reindex(cells, fill_value=0).to_numpy(int)
    resting = _rests_at_weekends(observed)
    ends, begins = grid["period_end"].to_numpy("datetime64[D]"), grid["period_start"].to_numpy("datetime64[D]")
    workdays = np.busday_count(begins, ends)
    length = (ends - begins).astype(int)
    due = np.where(grid["group"].isin(resting) & (workdays > 0), workdays, length)
    grid["is_complete"] = grid["days_observed"] >= np.floor(0.9 * due + 0.5).clip(1)
    return grid[names]


def _grouped_totals(articles: pd.DataFrame, totals: pd.DataFrame, by: str | None) -> pd.DataFrame:
    """Totals with the group of each outlet; an outlet that wrote in two languages counts under both."""
    if by in (None, "source_id", "outlet_id"):
        return totals.assign(group=group_of(totals, by))
    pairs = pd.DataFrame({"outlet_id": articles["outlet_id"], "group": group_of(articles, by)}).drop_duplicates()
    lexicon = read_lexicon("outlets")
    column = {"outlet_country": "country"}.get(by, by)
    if column in lexicon.columns:
        known = pd.DataFrame({"outlet_id": lexicon["domain"], "group": lexicon[column].replace("", "unknown")})
        pairs = pd.concat([pairs, known[~known["outlet_id"].isin(pairs["outlet_id"])]])
    merged = totals.merge(pairs, on="outlet_id", how="left")
    return merged.assign(group=merged["group"].fillna("unknown"))


def _observed_days(items: pd.DataFrame, thin: float) -> pd.DataFrame:
    """Days that count as observed: a source brought a usual day's items, in a period most of whose items came so.

    The usual day is the one on which the median item appeared: it is moved neither by a long thin beginning nor by
    days without items. Measured: the western feeds bring 74 items a day until August 2022 and 1,166 from then on, with
    one busy day in a thin month, which must not turn that month into data.
    """
    daily = items.groupby(["source_id", *CELL, "day"], as_index=False)["n_items"].sum()
    usual = {key: _usual(own["n_items"]) for key, own in daily.groupby(["source_id", "group"])}
    floor = np.array([thin * usual[key] for key in zip(daily["source_id"], daily["group"], strict=True)], float)
    n = daily["n_items"].to_numpy(float)
    seen = daily.assign(seen=np.where((n > 0) & (n >= floor), n, 0.0))
    cell = seen.groupby(["source_id", *CELL])
    return seen[(seen["seen"] > 0) & (cell["seen"].transform("sum") * 2 > cell["n_items"].transform("sum"))]


def _usual(n_items: pd.Series) -> float:
    ordered = np.sort(n_items.to_numpy(float))
    return float(ordered[np.searchsorted(ordered.cumsum(), ordered.sum() / 2)]) if len(ordered) else 0.0


def _rests_at_weekends(observed: pd.DataFrame) -> list[str]:
    """Groups that publish on working days: seen on 20 days or more, fewer than one in 20 of them at a weekend."""
    days = observed[["group", "day"]].drop_duplicates()
    weekend = (days["day"].dt.day_of_week >= 5).groupby(days["group"]).agg(["mean", "size"])
    return [*weekend.index[(weekend["mean"] < 0.05) & (weekend["size"] >= 20)]]


def _grid(first: pd.Timestamp, last: pd.Timestamp, freq: str) -> pd.DatetimeIndex:
    ends = floor_to(pd.Series([first, last]), freq)
    return pd.date_range(ends[0], ends[1], freq=_STEP[freq], unit="us")


def floor_to(days: pd.Series, freq: str) -> pd.Series:
    """The first day of each day's period."""
    days = pd.to_datetime(days).astype("datetime64[us]").dt.normalize()
    if freq == "W":
        return days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    if freq == "D":
        return days
    period = {"MS": "M", "QS": "Q", "YS": "Y"}[freq]
    return days.dt.to_period(period).dt.start_time.astype("datetime64[us]")


def known(freq: str) -> str:
    """Return ``freq``, or say which there are."""
    if freq not in _STEP:
        raise ValueError(f"freq '{freq}': use one of {', '.join(_STEP)}")
    return freq


def group_of(table: pd.DataFrame, by: str | None) -> pd.Series:
    """The group of each row; what is missing is 'unknown'."""
    if by is None:
        return pd.Series("all", index=table.index, dtype="str")
    if by not in table.columns:
        raise ValueError(f"by '{by}': no such column; there are {', '.join(table.columns)}")
    return table[by].astype("str").fillna("unknown").replace("", "unknown")


def once(articles: pd.DataFrame, copies: bool) -> pd.DataFrame:
    """Articles, without their copies unless ``copies``."""
    return articles if copies else articles[~articles["is_copy"].astype(bool)]


def place(articles: pd.DataFrame, freq: str, by: str | None) -> pd.DataFrame:
    """Articles that a period of ``freq`` can hold, with group and period_start."""
    fine = articles["published_on"].notna() & articles["date_precision"].isin(FINE_ENOUGH[freq])
    out = articles[fine]
    return out.assign(group=group_of(out, by), period_start=floor_to(out["published_on"], freq))
