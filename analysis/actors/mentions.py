"""Actors for tables: who is named in each sentence, and who beside whom."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from analysis.actors.offices import country_at
from analysis.actors.spans import read_article
from analysis.schema import check, empty

__all__ = ["co_mentions", "find_mentions"]


def find_mentions(sentences: pd.DataFrame, *, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the table ``actor_mentions`` for the table ``sentences``.

    Parameters
    ----------
    sentences : DataFrame
        One row a sentence; the title is sentence 0. A missing text names nobody.
    articles : DataFrame
        One row an article, with article_id, language and published_on. The language chooses the forms, the day the
        country of people who changed office (a prime minister who became NATO's secretary general).

    Returns
    -------
    DataFrame
        One row a name. Bare surnames are resolved over the whole article, so a title may rest on its body.

    Raises
    ------
    KeyError
        When ``articles`` lacks one of the three columns.

    >>> articles = pd.DataFrame({"article_id": ["a"], "language": ["en"], "published_on": [pd.Timestamp("2023-09-13")]})
    >>> sentences = pd.DataFrame({"article_id": ["a"], "sentence": [0], "text": ["Putin met Kim Jong Un."]})
    >>> find_mentions(sentences, articles=articles)["country"].tolist()
    ['RUS', 'PRK']
    """
    about = articles.drop_duplicates("article_id").set_index("article_id")
    language, day = about["language"].to_dict(), about["published_on"].to_dict()
    rows: list[tuple] = []
    ordered = sentences.sort_values(["article_id", "sentence"], kind="stable")
    for article, group in ordered.groupby("article_id", sort=False):
        texts = [t if isinstance(t, str) else "" for t in group["text"]]
        spans = read_article(texts, language.get(article))
        when = day.get(article)
        for number, found in zip(group["sentence"], spans, strict=True):
            rows.extend(
                (article, number, s.start, s.end, s.actor_id, country_at(s.actor_id, when) or s.country, s.kind, s.surface)
                for s in found
            )
    if not rows:
        return empty("actor_mentions")
    columns = ["article_id", "sentence", "start", "end", "actor_id", "country", "kind", "surface"]
    return check(pd.DataFrame(rows, columns=columns), "actor_mentions")


def co_mentions(actor_mentions: pd.DataFrame, *, by: str = "actor_id") -> pd.DataFrame:
    """Return which actors stand in the same sentence.

    Parameters
    ----------
    actor_mentions : DataFrame
        One row a name.
    by : {"actor_id", "country"}
        What a pair is made of. Names without a country make no pair of countries.

    Returns
    -------
    DataFrame
        One row a pair in a sentence, once however often it is named: article_id, sentence, actor_a < actor_b.

    >>> m = pd.DataFrame({"article_id": "a", "sentence": [1, 1, 1, 2], "actor_id": ["russia", "china", "russia", "china"]})
    >>> co_mentions(m).values.tolist()
    [['a', 1, 'china', 'russia']]
    """
    rows = [
        (article, sentence, a, b)
        for (article, sentence), names in actor_mentions.groupby(["article_id", "sentence"])[by]
        for a, b in combinations(sorted({n for n in names if isinstance(n, str) and n}), 2)
    ]
    return pd.DataFrame(rows, columns=["article_id", "sentence", "actor_a", "actor_b"])
