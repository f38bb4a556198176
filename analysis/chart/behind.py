"""From a point on a chart to the articles behind it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis import trend

__all__ = ["articles"]


def articles(
    point: Mapping | pd.Series,
    articles: pd.DataFrame,
    *,
    by: str | None = None,
    copies: bool = False,
    event_mentions: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the articles that a point of a ``series`` counts, and the sentences where there are any.

    Parameters
    ----------
    point : mapping
        A row of the table ``series``.
    articles : DataFrame
        The articles that the series was made from.
    by, copies
        As they were given to the function that made the series.
    event_mentions : DataFrame, optional
        For a point of ``mentions:family:status``: only articles with such a mention, and where it stands.
    sentences : DataFrame, optional
        Table ``sentences`` with text: adds the sentence of each mention.

    Returns
    -------
    DataFrame
        One row an article (or a mention): published_on, outlet_id, bloc, language, url, title, article_id, and sentence,
        text where asked for. In the order of time; title and text are missing in tables without text.

    >>> from analysis import schema
    >>> point = {"series": "volume", "group": "all", "freq": "MS", "period_start": pd.Timestamp("2024-02-01")}
    >>> len(articles(point, schema.empty("articles")))
    0
    """
    found = trend.articles_in(point, articles, by=by, copies=copies)
    names = ["published_on", "outlet_id", "bloc", "language", "url", "title", "article_id"]
    name = str(point["series"]).removesuffix(":naive").removesuffix(":corrected")
    measure, _, kind = name.partition(":")
    if event_mentions is not None:
        if measure == "mentions":
            family, _, status = kind.partition(":")
            event_mentions = event_mentions[(event_mentions["family"] == family) & (event_mentions["status"] == status)]
        found = found.merge(event_mentions[["article_id", "sentence"]].drop_duplicates(), on="article_id")
        names.append("sentence")
        if sentences is not None:
            found = found.merge(sentences[["article_id", "sentence", "text"]], on=["article_id", "sentence"], how="left")
            names.append("text")
    order = [n for n in ("published_on", "outlet_id", "article_id", "sentence") if n in names]
    return found.sort_values(order, ignore_index=True)[names]
