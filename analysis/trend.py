"""Anything per period: counts, shares and means with their intervals, and where there is no data.

Every function returns the table ``series`` on an explicit grid: ``period_start`` inclusive, ``period_end`` exclusive,
ISO weeks from Monday, every group with every period. A period that was not observed is a row with a missing value.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.special import gammaincinv

from analysis import schema
from analysis.lexicons import read_lexicon

__all__ = [
    "articles_in", "count_events", "count_mentions", "find_gaps", "mean_tone", "poisson_interval", "share",
    "topic_share", "undated", "volume", "wilson_interval",
]

THIN = 0.1  # a day under a tenth of its source's usual day is not observed; see _observed_days
_Z = 1.959963984540054
_DRAWS = 1000
_STEP = {"D": "D", "W": "W-MON", "MS": "MS", "QS": "QS", "YS": "YS"}
_NEXT = {"D": {"days": 1}, "W": {"weeks": 1}, "MS": {"months": 1}, "QS": {"months": 3}, "YS": {"years": 1}}
# The coarsest date that still falls into one period.
_FINE_ENOUGH = {
    "D": ("day",), "W": ("day",), "MS": ("day", "month"), "QS": ("day", "month"), "YS": ("day", "month", "year"),
}
_CELL = ["group", "period_start"]


def volume(
    articles: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = None,
    copies: bool = False,
    thin: float = THIN,
) -> pd.DataFrame:
    """Count relevant articles per period, with an exact Poisson interval.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``.
    totals : DataFrame
        Table ``totals``: it alone tells silence from a gap.
    freq : str
        D, W (ISO weeks), MS, QS or YS.
    by : str, optional
        A column of ``articles``: outlet_id, bloc, source_id, outlet_country, ownership or language.
    copies : bool
        Count copies of a story too; by default a story counts once, where it first appeared.
    thin : float
        A day with fewer items than this part of the usual day of its source and group is not observed; a period most of
        whose items fall on such days has no data (the collection had not begun).

    Returns
    -------
    DataFrame
        Table ``series``; numerator the count, denominator all items. The value is missing where no day of the period
        was observed. An article whose date is missing or coarser than the period is in no row: see ``undated``.

    Raises
    ------
    ValueError
        For an unknown ``freq`` or ``by``.

    >>> day = pd.Timestamp("2024-02-08")
    >>> a = pd.DataFrame({"article_id": ["a"], "outlet_id": ["o"], "published_on": [day], "date_precision": ["day"],
    ...                   "is_copy": [False]})
    >>> t = pd.DataFrame({"source_id": ["s"], "outlet_id": ["o"], "day": [day], "n_items": [40]})
    >>> volume(a, t)[["period_start", "days_observed", "value"]].astype(str).values.tolist()
    [['2024-02-01', '1', '1.0']]
    """
    out = _counted(_once(articles, copies), _periods(articles, totals, freq=freq, by=by, thin=thin), freq, by)
    return _as_counts(out, "volume", "articles" if copies else "stories", freq)


def share(
    articles: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = None,
    copies: bool = True,
    thin: float = THIN,
) -> pd.DataFrame:
    """Relevant articles out of all items of the same outlets per period, with a Wilson 95 % interval.

    Copies count by default, because they are in the denominator too: irrelevant items are not searched for copies.
    Parameters and missing values as in ``volume``.

    >>> day = pd.Timestamp("2024-02-08")
    >>> a = pd.DataFrame({"article_id": ["a"], "outlet_id": ["o"], "published_on": [day], "date_precision": ["day"],
    ...                   "is_copy": [False]})
    >>> t = pd.DataFrame({"source_id": ["s"], "outlet_id": ["o"], "day": [day], "n_items": [40]})
    >>> share(a, t)["value"].tolist()
    [0.025]
    """
    out = _counted(_once(articles, copies), _periods(articles, totals, freq=freq, by=by, thin=thin), freq, by)
    return _as_shares(out, "share", "share of all items", freq)


def mean_tone(
    stance: pd.DataFrame,
    articles: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Mean lexicon tone of sentences per period, one series a voice, with a bootstrap interval over stories.

    Sentences of a story are not independent, so stories are drawn with replacement (Cameron, Gelbach and Miller 2008),
    1,000 times, percentile interval. Fewer than two stories give a mean without an interval. Copies are left out.

    Returns
    -------
    DataFrame
        Table ``series`` (``tone:narrator``, ``tone:quoted``): numerator the sum of scores, denominator the sentences
        scored, n_unscored those that were not. A period without a scored sentence has no value.

    >>> from analysis import schema
    >>> mean_tone(schema.empty("stance"), schema.empty("articles"), schema.empty("totals"))["value"].tolist()
    []
    """
    grid = _periods(articles, totals, freq=freq, by=by, thin=THIN)
    placed = _placed(_once(articles, False), freq, by)
    tone = stance.loc[stance["target"] == "sentence", ["article_id", "voice", "score"]]
    tone = tone.merge(placed[["article_id", "story_id", *_CELL]], on="article_id")
    parts = [_tone_of(tone[tone["voice"] == v], grid, f"tone:{v}", seed) for v in ("narrator", "quoted")]
    return _series(pd.concat(parts, ignore_index=True), freq, "mean score, -1 to 1")


def count_mentions(
    event_mentions: pd.DataFrame,
    articles: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = None,
    background: bool = False,
) -> pd.DataFrame:
    """Count the stories that report an event per period of publication, one series a family and status.

    A story that names a held visit three times counts once under ``mentions:visit:held``; planned and held are never
    added up. Background mentions (events long past) are left out unless ``background``. Copies are left out. Filter
    ``event_mentions`` for a family, a direction or an actor.

    Returns
    -------
    DataFrame
        Table ``series``; denominator the relevant stories of the period; Poisson interval.

    >>> from analysis import schema
    >>> count_mentions(schema.empty("event_mentions"), schema.empty("articles"), schema.empty("totals")).empty
    True
    """
    grid = _periods(articles, totals, freq=freq, by=by, thin=THIN)
    placed = _placed(_once(articles, False), freq, by)
    grid = grid.assign(n_items=_count_cells(placed, grid))
    mentions = event_mentions if background else event_mentions[~event_mentions["is_background"].astype(bool)]
    rows = mentions[["article_id", "family", "status"]].drop_duplicates().merge(placed, on="article_id")
    parts = [
        grid.assign(series=f"mentions:{family}:{status}", numerator=_count_cells(cell, grid))
        for (family, status), cell in rows.groupby(["family", "status"])
    ]
    return _as_counts(_concat(parts, grid), None, "stories", freq)


def count_events(
    events: pd.DataFrame, totals: pd.DataFrame, *, freq: str = "MS", by: str | None = None
) -> pd.DataFrame:
    """Count distinct events by the day they began, one series a family and status.

    Parameters
    ----------
    events : DataFrame
        Table ``events``. One whose date is missing or coarser than the period is in no row.
    by : str, optional
        A column of ``events``: direction, detail, actor or place.

    Returns
    -------
    DataFrame
        Table ``series``. An event is counted in the period it happened in, which the corpus need not cover in full; a
        period in which no source was observed has no value.

    >>> from analysis import schema
    >>> count_events(schema.empty("events"), schema.empty("totals")).empty
    True
    """
    dated = events[events["date_precision"].isin(_FINE_ENOUGH[_known(freq)])]
    dated = dated.assign(
        published_on=pd.to_datetime((dated["date_start"] + "-01-01").str[:10]),  # a month or a year begins on its 1st
        group=dated[by].fillna("unknown") if by else "all",
    )
    dated = dated.assign(period_start=_floor(dated["published_on"], freq))
    base = _periods(schema.empty("articles"), totals, freq=freq, by=None, thin=THIN)
    groups = sorted(dated["group"].unique())
    grid = base.drop(columns="group").merge(pd.DataFrame({"group": groups}, dtype="str"), how="cross")
    parts = [
        grid.assign(series=f"events:{family}:{status}", numerator=_count_cells(cell, grid))
        for (family, status), cell in dated.groupby(["family", "status"])
    ]
    return _as_counts(_concat(parts, grid).assign(n_items=np.nan), None, "events", freq)


def topic_share(
    article_topics: pd.DataFrame,
    articles: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | None = None,
) -> pd.DataFrame:
    """Stories whose strongest topic is t, out of all stories of that language with a topic, per period; Wilson interval.

    >>> from analysis import schema
    >>> topic_share(schema.empty("article_topics"), schema.empty("articles"), schema.empty("totals")).empty
    True
    """
    grid = _periods(articles, totals, freq=freq, by=by, thin=THIN)
    strongest = article_topics.sort_values(["weight", "topic"], ascending=[False, True]).drop_duplicates("article_id")
    rows = strongest.merge(_placed(_once(articles, False), freq, by), on="article_id")
    parts = []
    for language, spoken in rows.groupby("language"):
        base = grid.assign(n_items=_count_cells(spoken, grid))
        parts += [
            base.assign(series=f"topic:{language}:{topic}", numerator=_count_cells(cell, grid))
            for topic, cell in spoken.groupby("topic")
        ]
    return _as_shares(_concat(parts, grid), None, "share of stories", freq)


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
    placed = _placed(_once(articles, copies), _known(point["freq"]), by)
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
    fine = articles["published_on"].notna() & articles["date_precision"].isin(_FINE_ENOUGH[_known(freq)])
    rows = pd.DataFrame({"group": _group_of(articles, by), "n_articles": 1, "n_undated": (~fine).astype(int)})
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


def wilson_interval(k: Sequence[float], n: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the Wilson (1927) 95 % score interval of ``k`` out of ``n``; missing where n is 0.

    >>> low, high = wilson_interval([5], [10])
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.2366, 0.7634)
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    n = np.where(n > 0, n, np.nan)
    p, z2 = k / n, _Z**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z / (1 + z2 / n) * np.sqrt(p * (1 - p) / n + z2 / (4 * n**2))
    return np.where(k == 0, 0.0 * n, middle - half), np.where(k == n, 1.0, middle + half)


def poisson_interval(k: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact 95 % interval of a Poisson count (Garwood 1936).

    >>> low, high = poisson_interval([0, 10])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 4.795], [3.689, 18.39])
    """
    k = np.asarray(k, float)
    return np.where(k > 0, gammaincinv(np.maximum(k, 1), 0.025), 0.0), gammaincinv(k + 1, 0.975)


# The grid: who was observed when.


def _periods(
    articles: pd.DataFrame, totals: pd.DataFrame, *, freq: str, by: str | None, thin: float
) -> pd.DataFrame:
    """Every group with every period: days_observed, is_complete, n_items."""
    _known(freq)
    items = _grouped_totals(articles, totals, by)
    dates = pd.concat([items["day"], _placed(articles, freq, by)["published_on"]])
    names = ["group", "period_start", "period_end", "days_observed", "is_complete", "n_items"]
    if dates.empty:
        return pd.DataFrame(columns=names)
    starts = pd.DataFrame({"period_start": _grid(dates.min(), dates.max(), freq)})
    starts["period_end"] = starts["period_start"] + pd.DateOffset(**_NEXT[freq])
    groups = pd.DataFrame({"group": sorted({*items["group"], *_group_of(articles, by)})}, dtype="str")
    grid = groups.merge(starts, how="cross")
    items = items.assign(period_start=_floor(items["day"], freq))
    n_items = items.groupby(_CELL)["n_items"].sum()
    observed = _observed_days(items, thin)
    days = observed.groupby(_CELL)["day"].nunique()
    cells = pd.MultiIndex.from_frame(grid[_CELL])
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
        return totals.assign(group=_group_of(totals, by))
    pairs = pd.DataFrame({"outlet_id": articles["outlet_id"], "group": _group_of(articles, by)}).drop_duplicates()
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
    daily = items.groupby(["source_id", *_CELL, "day"], as_index=False)["n_items"].sum()
    usual = {key: _usual(own["n_items"]) for key, own in daily.groupby(["source_id", "group"])}
    floor = np.array([thin * usual[key] for key in zip(daily["source_id"], daily["group"], strict=True)], float)
    n = daily["n_items"].to_numpy(float)
    seen = daily.assign(seen=np.where((n > 0) & (n >= floor), n, 0.0))
    cell = seen.groupby(["source_id", *_CELL])
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
    ends = _floor(pd.Series([first, last]), freq)
    return pd.date_range(ends[0], ends[1], freq=_STEP[freq], unit="us")


def _floor(days: pd.Series, freq: str) -> pd.Series:
    days = pd.to_datetime(days).astype("datetime64[us]").dt.normalize()
    if freq == "W":
        return days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    if freq == "D":
        return days
    period = {"MS": "M", "QS": "Q", "YS": "Y"}[freq]
    return days.dt.to_period(period).dt.start_time.astype("datetime64[us]")


def _known(freq: str) -> str:
    if freq not in _STEP:
        raise ValueError(f"freq '{freq}': use one of {', '.join(_STEP)}")
    return freq


# Articles into cells, cells into rows.


def _group_of(table: pd.DataFrame, by: str | None) -> pd.Series:
    if by is None:
        return pd.Series("all", index=table.index, dtype="str")
    if by not in table.columns:
        raise ValueError(f"by '{by}': no such column; there are {', '.join(table.columns)}")
    return table[by].astype("str").fillna("unknown").replace("", "unknown")


def _once(articles: pd.DataFrame, copies: bool) -> pd.DataFrame:
    return articles if copies else articles[~articles["is_copy"].astype(bool)]


def _placed(articles: pd.DataFrame, freq: str, by: str | None) -> pd.DataFrame:
    """Articles that a period of ``freq`` can hold, with group and period_start."""
    fine = articles["published_on"].notna() & articles["date_precision"].isin(_FINE_ENOUGH[freq])
    out = articles[fine]
    return out.assign(group=_group_of(out, by), period_start=_floor(out["published_on"], freq))


def _count_cells(rows: pd.DataFrame, grid: pd.DataFrame) -> np.ndarray:
    sizes = rows.groupby(_CELL).size()
    return sizes.reindex(pd.MultiIndex.from_frame(grid[_CELL]), fill_value=0).to_numpy(float)


def _counted(articles: pd.DataFrame, grid: pd.DataFrame, freq: str, by: str | None) -> pd.DataFrame:
    return grid.assign(numerator=_count_cells(_placed(articles, freq, by), grid))


def _concat(parts: list[pd.DataFrame], grid: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True) if parts else grid.head(0).assign(series="", numerator=0.0)


def _tone_of(tone: pd.DataFrame, grid: pd.DataFrame, name: str, seed: int) -> pd.DataFrame:
    out = grid.assign(series=name, n_unscored=_count_cells(tone[tone["score"].isna()], grid).astype(int))
    cells = tone.dropna(subset="score").groupby([*_CELL, "story_id"])["score"].agg(["sum", "size"])
    found = {cell: own.to_numpy(float) for cell, own in cells.groupby(level=_CELL)}
    rows = [_bootstrap(found.get((g, s)), f"{name}|{g}|{s.date()}", seed) for g, s in out[_CELL].itertuples(index=False)]
    return out.assign(**dict(zip(
        ("numerator", "n_items", "value", "low", "high"), np.array(rows, float).reshape(-1, 5).T, strict=True)))


def _bootstrap(stories: np.ndarray | None, cell: str, seed: int) -> tuple[float, ...]:
    """Sum and number of scores, their mean and its interval; ``stories`` holds sum and number of each story."""
    if stories is None:
        return 0.0, 0.0, np.nan, np.nan, np.nan
    total, n = stories.sum(axis=0)
    if len(stories) < 2:
        return total, n, total / n, np.nan, np.nan
    # A cell's own stream: adding a group or a period changes no other cell's interval.
    rng = np.random.default_rng([seed, zlib.crc32(cell.encode())])
    drawn = stories[rng.integers(len(stories), size=(_DRAWS, len(stories)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975])
    return total, n, total / n, low, high


def _as_counts(cells: pd.DataFrame, name: str | None, unit: str, freq: str) -> pd.DataFrame:
    low, high = poisson_interval(cells["numerator"])
    out = cells.assign(value=cells["numerator"], low=low, high=high)
    return _series(out.assign(series=name) if name else out, freq, unit)


def _as_shares(cells: pd.DataFrame, name: str | None, unit: str, freq: str) -> pd.DataFrame:
    low, high = wilson_interval(cells["numerator"], cells["n_items"])
    value = cells["numerator"].astype(float) / cells["n_items"].astype(float).where(cells["n_items"] > 0)
    out = cells.assign(value=value, low=low, high=high)
    return _series(out.assign(series=name) if name else out, freq, unit)


def _series(cells: pd.DataFrame, freq: str, unit: str) -> pd.DataFrame:
    out = cells.assign(freq=freq, unit=unit).rename(columns={"n_items": "denominator"})
    if "n_unscored" not in out:
        out["n_unscored"] = 0
    out.loc[out["days_observed"] == 0, ["value", "low", "high"]] = np.nan
    return schema.check(out, "series")
