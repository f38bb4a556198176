"""Counts and shares per period, with exact Poisson and Wilson intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis import schema
from analysis.trend.grid import FINE_ENOUGH, THIN, floor_to, known, once, periods, place
from analysis.trend.rows import as_counts, as_shares, concat, count_cells, counted

__all__ = ["count_events", "count_mentions", "label_share", "share", "topic_share", "volume"]


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
    out = counted(once(articles, copies), periods(articles, totals, freq=freq, by=by, thin=thin), freq, by)
    return as_counts(out, "volume", "articles" if copies else "stories", freq)


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
    out = counted(once(articles, copies), periods(articles, totals, freq=freq, by=by, thin=thin), freq, by)
    return as_shares(out, "share", "share of all items", freq)


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
    grid = periods(articles, totals, freq=freq, by=by, thin=THIN)
    placed = place(once(articles, False), freq, by)
    grid = grid.assign(n_items=count_cells(placed, grid))
    mentions = event_mentions if background else event_mentions[~event_mentions["is_background"].astype(bool)]
    rows = mentions[["article_id", "family", "status"]].drop_duplicates().merge(placed, on="article_id")
    parts = [
        grid.assign(series=f"mentions:{family}:{status}", numerator=count_cells(cell, grid))
        for (family, status), cell in rows.groupby(["family", "status"])
    ]
    return as_counts(concat(parts, grid), None, "stories", freq)


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
    dated = events[events["date_precision"].isin(FINE_ENOUGH[known(freq)])]
    dated = dated.assign(
        published_on=pd.to_datetime((dated["date_start"] + "-01-01").str[:10]),  # a month or a year begins on its 1st
        group=dated[by].fillna("unknown") if by else "all",
    )
    dated = dated.assign(period_start=floor_to(dated["published_on"], freq))
    base = periods(schema.empty("articles"), totals, freq=freq, by=None, thin=THIN)
    groups = sorted(dated["group"].unique())
    grid = base.drop(columns="group").merge(pd.DataFrame({"group": groups}, dtype="str"), how="cross")
    parts = [
        grid.assign(series=f"events:{family}:{status}", numerator=count_cells(cell, grid))
        for (family, status), cell in dated.groupby(["family", "status"])
    ]
    return as_counts(concat(parts, grid).assign(n_items=np.nan), None, "events", freq)


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
    grid = periods(articles, totals, freq=freq, by=by, thin=THIN)
    strongest = article_topics.sort_values(["weight", "topic"], ascending=[False, True]).drop_duplicates("article_id")
    rows = strongest.merge(place(once(articles, False), freq, by), on="article_id")
    parts = []
    for language, spoken in rows.groupby("language"):
        base = grid.assign(n_items=count_cells(spoken, grid))
        parts += [
            base.assign(series=f"topic:{language}:{topic}", numerator=count_cells(cell, grid))
            for topic, cell in spoken.groupby("topic")
        ]
    return as_shares(concat(parts, grid), None, "share of stories", freq)


def label_share(
    labels: pd.DataFrame,
    articles: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    name: str = "stance",
    freq: str = "MS",
    by: str | None = None,
) -> pd.DataFrame:
    """Stories with each label, out of the stories that have one, per period; Wilson interval.

    Parameters
    ----------
    labels : DataFrame
        ``article_id, label``, as ``stance.article_stance`` gives them; "unscored" is no label. Copies are left out.
    name : str
        What the labels are of: the series are ``name:label``.

    Returns
    -------
    DataFrame
        Table ``series``; n_unscored the stories of the table without a label. ``corrected_share`` and ``corrected_mean`` take it.

    >>> from analysis import schema
    >>> none = pd.DataFrame({"article_id": [], "label": []}, dtype=str)
    >>> label_share(none, schema.empty("articles"), schema.empty("totals")).empty
    True
    """
    grid = periods(articles, totals, freq=freq, by=by, thin=THIN)
    rows = labels[["article_id", "label"]].merge(place(once(articles, False), freq, by), on="article_id")
    scored = rows[rows["label"].notna() & (rows["label"] != "unscored")]
    grid = grid.assign(n_items=count_cells(scored, grid))
    grid = grid.assign(n_unscored=(count_cells(rows, grid) - grid["n_items"]).astype(int))
    parts = [grid.assign(series=f"{name}:{label}", numerator=count_cells(own, grid)) for label, own in scored.groupby("label")]
    return as_shares(concat(parts, grid), None, "share of stories", freq)
