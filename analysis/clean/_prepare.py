"""The costly pass over what the screen kept: text, boilerplate, date, language, and the evidence of relevance."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analysis import schema
from analysis.clean._boilerplate import Piece, cut_boilerplate, cut_title
from analysis.clean._calendar import day_implied
from analysis.clean._copies import reject_same_id
from analysis.clean._language import find_language
from analysis.clean._outlets import Directory, Outlet, listed_outlets
from analysis.clean._pages import Page, date_of_address, date_of_page, read_head, read_page
from analysis.clean._published import NEVER, UNDATED, Published, out_of_range, read_date
from analysis.clean._relevance import evidence
from analysis.clean._repair import as_str, is_page, repair, strip_markup
from analysis.clean._screen import find_outlet
from analysis.clean._urls import canonical_url
from analysis.text import words

__all__ = ["Prepared", "Row", "prepare", "prepare_row"]

_ID_LENGTH = 16


@dataclass(frozen=True)
class Prepared:
    """``articles`` with every column but those of copies decided, ``cuts`` kept aside from them, and ``rejects``."""

    articles: pd.DataFrame
    cuts: pd.DataFrame
    rejects: pd.DataFrame


class Row(NamedTuple):
    """One item through the costly pass; ``reason`` is empty when it is kept."""

    article: dict[str, object]
    pieces: list[Piece]
    reason: str
    detail: str


class _Origin(NamedTuple):
    """Where a text comes from: its page as found (empty when there is none), its address and its outlet."""

    page_source: str
    url: str
    outlet: Outlet


class _Text(NamedTuple):
    title: str
    body: str
    pieces: list[Piece]
    page: Page | None


def prepare(
    kept: pd.DataFrame, *, latest: dt.date | None = None, outlets: pd.DataFrame | None = None
) -> Prepared:
    """Make articles of the records that the screen kept.

    Parameters
    ----------
    kept : DataFrame
        ``Screened.kept``.
    latest, outlets
        As for ``screen``.

    Returns
    -------
    Prepared
        Every row of ``kept`` is in exactly one of ``articles`` and ``rejects``. ``story_id`` is the article's own and
        ``is_copy`` False until ``mark_copies``. Of rows with one ``article_id`` the first by ``raw_path`` and ``raw_row``
        is kept. An article in a language that is not supported is kept as such.

    >>> from analysis.clean._screen import screen
    >>> r = pd.DataFrame({"title": ["Putin lands in Pyongyang"], "body": ["<p>He met Kim Jong Un.</p>"],
    ...                   "date_text": ["2024-06-18"], "raw_row": [1]}).reindex(
    ...                   columns=schema.TABLES["records"].names).assign(source_id="s", raw_path="p")
    >>> p = prepare(screen(r).kept)
    >>> p.articles.loc[0, ["body", "language", "relevance"]].tolist(), p.cuts["kind"].tolist()
    (['He met Kim Jong Un.', 'en', "title: 'Putin' + 'Pyongyang'"], ['markup'])
    """
    directory = Directory(outlets) if outlets is not None else listed_outlets()
    rows = [prepare_row(r, latest=latest or NEVER, directory=directory) for r in kept.to_dict("records")]
    good = [r for r in rows if not r.reason]
    articles = _frame([r.article for r in good], "articles")
    articles, again = reject_same_id(articles)
    pieces = {(r.article["raw_path"], r.article["raw_row"]): r.pieces for r in good}
    ids = zip(articles["article_id"], articles["raw_path"], articles["raw_row"], strict=True)
    cuts = [cut for i, path, row in ids for cut in _cut_rows(i, pieces[path, row])]
    rejects = [
        {"source_id": a["source_id"], "raw_path": a["raw_path"], "raw_row": a["raw_row"], "reason": reason, "detail": detail}
        for a, _, reason, detail in rows if reason
    ]
    rejects = pd.concat([_frame(rejects, "rejects"), again], ignore_index=True)
    return Prepared(
        schema.check(articles, "articles"), schema.check(_frame(cuts, "cuts"), "cuts"), schema.check(rejects, "rejects")
    )


def prepare_row(record: Mapping[str, object], *, latest: dt.date, directory: Directory) -> Row:
    """Return one screened record as an article, whether or not it is to be kept, and why not.

    >>> record = {"title": "Rain", "body": "It rains.", "source_id": "s", "raw_path": "p", "raw_row": 1}
    >>> row = prepare_row(record, latest=NEVER, directory=listed_outlets())
    >>> row.article["body"], row.reason, row.detail
    ('It rains.', 'irrelevant', 'does not name North Korea')
    """
    page_source = as_str(record.get("html"))
    body_source = as_str(record.get("body"))
    if not page_source and is_page(body_source):
        page_source, body_source = body_source, ""
    head = read_head(page_source) if page_source else None
    url = as_str(record.get("url")) or (head.url if head else "")
    outlet = find_outlet(
        record.get("outlet") or (head.site if head else ""), url, record.get("outlet_country"), directory
    )
    published = _screened_date(record)
    text = _read_text(record, body_source, page_source, url, (outlet.name, head.site if head else ""), published)
    claims = (as_str(record.get("language_claim")), head.language if head else "", outlet.language)
    claim = next((c for c in claims if c[:1].isalpha()), "")
    language, language_source = find_language(f"{text.title}\n{text.body}", claim=claim)
    if not published.day:
        published = _other_date(published, text, _Origin(page_source, url, outlet), language=language, latest=latest)
    article = _article(record, text, outlet, published) | {
        "language": language, "language_source": language_source, "url": canonical_url(url) or None,
    }
    article["article_id"] = article["story_id"] = _article_id(article)
    reason, detail = out_of_range(published, latest, None)
    if not reason and not (text.title or text.body):
        reason, detail = "no_text", "nothing is left once markup and boilerplate are cut"
    found, lack = evidence(text.title, text.body, language=language)
    article["relevance"] = found
    if not reason and lack:
        reason, detail = "irrelevant", lack
    return Row(article, text.pieces, reason, detail)


def _read_text(
    record: Mapping[str, object], body_source: str, page_source: str, url: str, sites: tuple[str, ...], published: Published
) -> _Text:
    page = read_page(page_source, url=url) if page_source else None
    title, title_tags = _plain(as_str(record.get("title")) or (page.title if page else ""))
    title, site = cut_title(title.replace("\n", " "), sites=(*sites, page.site if page else ""))
    body, tags = _plain(page.body if page else body_source)
    body, cut = cut_boilerplate(body, title=title, published=published.day)
    pieces = site + cut
    if page:
        pieces += [Piece("caption", repair(c), "page: caption of a figure") for c in page.captions]
        rest = repair(page.rest)
        pieces += [Piece("menu", rest, "page: visible text outside the article")] if rest else []
    elif tags or title_tags:
        pieces.append(Piece("markup", " ".join([*title_tags, *tags]), "markup: tags in a text"))
    return _Text(title, body, pieces, page)


def _plain(content: str) -> tuple[str, list[str]]:
    """Return repaired text without markup, also where the markup was escaped, and the tags."""
    content, tags = strip_markup(content)
    content = repair(content)
    if "<" in content:
        content, more = strip_markup(content)
        content, tags = repair(content), tags + more
    return content, tags


def _screened_date(record: Mapping[str, object]) -> Published:
    day = record.get("published_on")
    if day is None or day != day:
        return Published(None, "unknown", as_str(record.get("date_source")))
    return Published(pd.Timestamp(day).date(), as_str(record.get("date_precision")), as_str(record.get("date_source")))


def _other_date(stated: Published, text: _Text, origin: _Origin, *, language: str, latest: dt.date) -> Published:
    """Return the day from the page, its address or the text, in this order; what the field said stays as the reason."""
    found = UNDATED
    if origin.page_source and text.page:
        head = read_head(origin.page_source)
        found = date_of_page(origin.page_source, head, zone=origin.outlet.zone, country=origin.outlet.country)
    if not found.day:
        found = date_of_address(origin.url)
    if not found.day:
        # Captions and menus tell of other days; a line of its own with the place and day tells of this one.
        lines = [p.text for p in text.pieces if p.kind == "dateline"]
        stamps = (read_date(line)._replace(source=f"text: line '{line[:80]}'") for line in lines)
        found = next((s for s in stamps if s.day), UNDATED)
    if not found.day:
        day, why = day_implied("\n".join([text.title, *lines, text.body]), language=language, latest=latest)
        found = Published(day, "day", why) if day else UNDATED
    note = f"{found.source} ({stated.source})" if found.source and stated.source else found.source or stated.source
    return found._replace(source=note or "none: no date in the item, its page, its address or its text")


def _article(record: Mapping[str, object], text: _Text, outlet: Outlet, published: Published) -> dict[str, object]:
    return {
        "source_id": as_str(record.get("source_id")), "raw_path": as_str(record.get("raw_path")),
        "raw_row": _row_number(record.get("raw_row")), "fetched_on": record.get("fetched_on"),
        "section": repair(as_str(record.get("section"))) or None, "outlet_id": outlet.outlet_id,
        "outlet_country": outlet.country or None, "bloc": outlet.bloc, "ownership": outlet.ownership or None,
        "published_on": pd.Timestamp(published.day) if published.day else pd.NaT,
        "date_precision": published.precision if published.day else "unknown", "date_source": published.source,
        "title": text.title, "body": text.body, "n_words": len(words(text.title)) + len(words(text.body)),
        "is_copy": False, "copy_of": None, "text_sha256": _digest(f"{text.title}\n{text.body}"),
    }


def _article_id(article: Mapping[str, object]) -> str:
    day = article["published_on"]
    where = article["url"] or ("" if pd.isna(day) else f"{day:%Y-%m-%d}") or article["raw_path"]
    what = article["title"] or article["text_sha256"]
    return _digest("\n".join((str(article["source_id"]), str(where), str(what))))[:_ID_LENGTH]


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()


def _row_number(value: object) -> int:
    return 0 if value is None or value != value else int(value)


def _cut_rows(article_id: str, pieces: list[Piece]) -> list[dict[str, object]]:
    return [
        {"article_id": article_id, "cut": n, "kind": p.kind, "text": p.text, "rule": p.rule} for n, p in enumerate(pieces)
    ]


def _frame(rows: list[dict[str, object]], table: str) -> pd.DataFrame:
    return schema.cast(pd.DataFrame(rows, columns=schema.TABLES[table].names), table) if rows else schema.empty(table)
