"""The table ``event_mentions`` from the tables ``sentences`` and ``articles``."""

from __future__ import annotations

import pandas as pd

from analysis import text
from analysis.coding.article import Sentence, code_sentences
from analysis.coding.lexicon import languages
from analysis.schema import TABLES, check, empty

__all__ = ["code_mentions"]


def code_mentions(
    sentences: pd.DataFrame, *, articles: pd.DataFrame, actor_mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the table ``event_mentions``: one row an event that an article mentions.

    Parameters
    ----------
    sentences : DataFrame
        Table ``sentences``; a row without text is passed over.
    articles : DataFrame
        Table ``articles``; language and published_on are read.
    actor_mentions : DataFrame, optional
        Table ``actor_mentions``: articles that do not name both sides are passed over without being read.

    Returns
    -------
    DataFrame
        Empty when nothing is coded; an article in a language that the lexicons lack gives no row.

    Raises
    ------
    SchemaError
        When a coded value is none of the codebook's; that is, when a lexicon is broken.
    """
    about = articles.set_index("article_id")
    language, published = about["language"].to_dict(), about["published_on"].to_dict()
    known = languages()
    rows = []
    ordered = sentences.dropna(subset=["text"]).sort_values(["article_id", "sentence"], kind="stable")
    both = _naming_both(actor_mentions)
    for article_id, group in ordered.groupby("article_id", sort=False):
        if language.get(article_id) not in known or (both is not None and article_id not in both):
            continue
        day = published.get(article_id)
        mentions = code_sentences(
            _sentences(group), language=language[article_id], published="" if pd.isna(day) else str(day)[:10]
        )
        numbers: dict[int, int] = {}
        for m in mentions:
            n = numbers[m.sentence_index] = numbers.get(m.sentence_index, -1) + 1
            rows.append({"article_id": article_id, "sentence": m.sentence_index, "mention": n, **_codes(m)})
    if not rows:
        return empty("event_mentions")
    return check(pd.DataFrame(rows), "event_mentions")


def _sentences(group: pd.DataFrame) -> list[Sentence]:
    rows = list(group[["field", "sentence", "text"]].itertuples(index=False))
    whole = "\0".join(t for _, _, t in rows)
    quotes = text.quote_spans(whole.replace("\0", " "))
    out, offset = [], 0
    for where, number, line in rows:
        end = offset + len(line)
        inside = tuple((max(a - offset, 0), min(b, end) - offset) for a, b in quotes if a < end and offset < b)
        out.append(Sentence(where, int(number), line, inside))
        offset = end + 1
    return out


def _codes(m) -> dict:
    names = set(TABLES["event_mentions"].names) - {"article_id", "sentence", "mention"}
    return {n: getattr(m, n) for n in names}


def _naming_both(actor_mentions: pd.DataFrame | None) -> set | None:
    if actor_mentions is None:
        return None
    named = actor_mentions.groupby("country")["article_id"].agg(set).to_dict()
    # a bare surname may stand for one side, so one side named is enough to be read
    return named.get("RUS", set()) | named.get("PRK", set())
