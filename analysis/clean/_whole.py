"""All of cleaning in one call: a table of records, or one record that is to be explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import schema
from analysis.clean._copies import mark_copies
from analysis.clean._outlets import Directory, listed_outlets
from analysis.clean._prepare import prepare, prepare_row
from analysis.clean._published import NEVER, read_date
from analysis.clean._repair import as_str
from analysis.clean._screen import judge, screen

__all__ = ["Cleaned", "CleanedOne", "clean", "clean_one"]


@dataclass(frozen=True)
class Cleaned:
    """Records turned into ``articles``, ``cuts``, ``rejects`` and ``totals``."""

    articles: pd.DataFrame
    cuts: pd.DataFrame
    rejects: pd.DataFrame
    totals: pd.DataFrame


@dataclass(frozen=True)
class CleanedOne:
    """One record as an article, kept or not: ``rejected`` is the reason, empty when it is kept."""

    article: dict[str, object]
    cuts: pd.DataFrame
    rejected: str
    detail: str


def clean(records: pd.DataFrame, *, latest: dt.date | None = None, outlets: pd.DataFrame | None = None) -> Cleaned:
    """Clean a table of records that fits in memory: screen, prepare and mark copies.

    Parameters
    ----------
    records : DataFrame
        Table ``records``.
    latest, outlets
        As for ``screen``.

    Returns
    -------
    Cleaned
        Rows of ``records`` = ``articles`` + ``rejects``.

    >>> cleaned = clean(schema.empty("records"))
    >>> len(cleaned.articles), len(cleaned.rejects)
    (0, 0)
    """
    screened = screen(records, latest=latest, outlets=outlets)
    prepared = prepare(screened.kept, latest=latest, outlets=outlets)
    articles, again = mark_copies(prepared.articles)
    rejects = pd.concat([screened.rejects, prepared.rejects, again], ignore_index=True)
    cuts = prepared.cuts[prepared.cuts["article_id"].isin(articles["article_id"])].reset_index(drop=True)
    return Cleaned(articles, cuts, schema.check(rejects, "rejects"), screened.totals)


def clean_one(
    record: Mapping[str, object],
    *,
    published: str | dt.date | None = None,
    language: str | None = None,
    latest: dt.date | None = None,
    outlets: pd.DataFrame | None = None,
) -> CleanedOne:
    """Clean one record by the same functions and keep its text even when it would be rejected.

    Parameters
    ----------
    record : mapping
        Columns of the table ``records``; only ``body``, ``html`` or ``title`` is needed.
    published : str or date, optional
        Day of publication that overrides what the record says.
    language : str, optional
        Language that overrides what is found; one of ``schema.LANGUAGES``, anything else is ``unsupported``.
    latest, outlets
        As for ``screen``.

    Returns
    -------
    CleanedOne
        ``article`` has every column of the table ``articles``.

    >>> one = clean_one({"title": "Rain", "body": "It rains. Comment (0)"}, published="2024-02-08")
    >>> one.article["title"], one.article["date_source"], one.rejected
    ('Rain', 'argument', 'irrelevant')
    """
    names = schema.TABLES["records"].names
    sane = {n: as_str(record.get(n)) or None for n in names if n not in ("raw_row", "fetched_on")}
    row = sane | {"raw_row": record.get("raw_row") or 0, "fetched_on": _day(record.get("fetched_on"))}
    row = {**row, "source_id": sane["source_id"] or "argument", "raw_path": sane["raw_path"] or "argument"}
    if published is not None:
        row["date_text"] = str(published)
    records = schema.cast(pd.DataFrame([row], columns=names), "records")
    judged = judge(records, latest=latest, outlets=outlets).to_dict("records")[0]
    if published is not None and not pd.isna(judged["published_on"]):
        judged["date_source"] = "argument"
    directory = Directory(outlets) if outlets is not None else listed_outlets()
    prepared = prepare_row(judged, latest=latest or NEVER, directory=directory)
    article = prepared.article
    if language:
        known = language.split("-")[0].casefold()
        article |= {"language": known if known in schema.LANGUAGES else "unsupported", "language_source": "argument"}
    pieces = [
        {"article_id": article["article_id"], "cut": n, "kind": p.kind, "text": p.text, "rule": p.rule}
        for n, p in enumerate(prepared.pieces)
    ]
    cuts = schema.cast(pd.DataFrame(pieces, columns=schema.TABLES["cuts"].names), "cuts")
    # What the costly pass finds is better founded than the screen's quick look, except for a date that cannot be true.
    early = judged["reason"] if judged["reason"] not in ("", "irrelevant") else ""
    reason, detail = (early, judged["detail"]) if early else (prepared.reason, prepared.detail)
    return CleanedOne({n: article.get(n) for n in schema.TABLES["articles"].names}, cuts, reason, detail)


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    return read_date(as_str(value)).day if value is not None else None
