"""Copies: the same item twice, the same text of one outlet twice, and one story carried by several."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from analysis import schema
from analysis.text import words

__all__ = ["mark_copies", "reject_same_id"]

_AGAIN_DAYS = 3  # the same text of the same outlet within these is the same item under another address
_STORY_DAYS = 7
_LIKE = 0.8  # Jaccard similarity of shingles from which two texts are one story
_SHINGLE = 3  # words
_BODY_WORDS = 25  # a body with fewer is compared together with its title
_FEWEST = 12  # words below which only equality counts
_FEWEST_EQUAL = 6  # words below which not even equality does
_FEWEST_BODY = 12  # words of a body whose equality alone makes a story
_OPENING = 10  # words with which a text and its shortened copy both begin
_HELD = 0.9  # share of the shorter one's shingles that the longer one has
_BANDS, _BAND_ROWS = 16, 5  # finds 99.8 % of pairs at similarity 0.8, a third of those at 0.5
_UNDATED = 10**9  # after every day


class _Text(NamedTuple):
    key: tuple[int, int, str]  # day, length falling, article_id: the order in which texts are told
    day: int
    language: str
    shingles: frozenset[int]


def mark_copies(articles: pd.DataFrame, *, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reject items kept twice and mark which articles copy an earlier one.

    First, of rows with one ``article_id`` one stays. Then, of one outlet's articles with the same title and body within
    three days, the first stays. Then stories: in the order of day, length and ``article_id`` (of one day, the longest first), an article that is not yet a copy
    leads a story, and those up to seven days later, in its language, whose text is equal or near to *its own* are
    its copies. Near: Jaccard similarity of runs of three words at least 0.8, found by MinHash and then counted exactly;
    or the same first ten words of the body and nine tenths of the shorter text's runs in the longer one (wire copy is
    shortened from its end).
    A copy of a copy that is no longer near to the first leads a story of its own, so that a story never drifts. An
    article without a day is compared with all days, and comes last.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles`` of a whole corpus; rows in any order.
    seed : int
        Of the MinHash permutations; it can only change what pairs near 0.8 are missed.

    Returns
    -------
    (DataFrame, DataFrame)
        ``articles`` with ``story_id``, ``is_copy``, ``copy_of``, and ``rejects`` for reason ``duplicate``. Together they
        hold every row. The result does not depend on the order of rows.

    Notes
    -----
    Shingles and resemblance: Broder 1997, doi:10.1109/SEQUEN.1997.666900. Near-linear: bands are compared within a
    bucket and a week only.

    >>> mark_copies(schema.empty("articles"))[0].empty
    True
    """
    articles, same = reject_same_id(articles)
    articles, again = _reject_again(articles)
    articles = articles.sort_values("article_id", kind="stable").reset_index(drop=True)
    leads = _stories(articles, seed)
    ids = articles["article_id"]
    story = ids.map(lambda i: leads.get(i, i)) if len(ids) else ids
    articles = articles.assign(
        story_id=story, is_copy=(story != ids).astype(bool), copy_of=story.where(story != ids, None)
    )
    rejects = pd.concat([same, again], ignore_index=True)
    return schema.check(articles, "articles"), schema.check(rejects, "rejects")


def reject_same_id(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep the first row, by ``raw_path`` and ``raw_row``, of each ``article_id``; return the others as rejects.

    >>> [len(t) for t in reject_same_id(schema.empty("articles"))]
    [0, 0]
    """
    ordered = articles.sort_values(["raw_path", "raw_row"], kind="stable")
    first = ordered.groupby("article_id")[["raw_path", "raw_row"]].transform("first")
    repeated = ordered.duplicated("article_id")
    detail = "same address or day, and title, as " + first["raw_path"] + ":" + first["raw_row"].astype("str")
    return ordered[~repeated].reset_index(drop=True), _rejects(ordered[repeated], detail[repeated])


def _reject_again(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    ordered = articles.assign(_day=_days(articles)).sort_values(["_day", "raw_path", "raw_row"], kind="stable")
    details: dict[object, str] = {}
    kept: dict[tuple[str, str], tuple[int, str, int]] = {}
    places = zip(
        ordered.index, *(ordered[c] for c in ("outlet_id", "text_sha256", "_day", "raw_path", "raw_row")), strict=True
    )
    for index, outlet, digest, *here in places:
        first = kept.get((outlet, digest))
        if first is not None and (here[0] == _UNDATED or here[0] - first[0] <= _AGAIN_DAYS):
            details[index] = f"same outlet and text within {_AGAIN_DAYS} days as {first[1]}:{first[2]}"
        else:
            kept[outlet, digest] = tuple(here)
    detail = pd.Series(details, dtype="object").reindex(ordered.index)
    repeated = detail.notna()
    ordered = ordered.drop(columns="_day")
    return ordered[~repeated].reset_index(drop=True), _rejects(ordered[repeated], detail[repeated])


def _rejects(rows: pd.DataFrame, detail: pd.Series) -> pd.DataFrame:
    if rows.empty:
        return schema.empty("rejects")
    return rows[["source_id", "raw_path", "raw_row"]].assign(reason="duplicate", detail=detail.astype("str"))


def _days(articles: pd.DataFrame) -> pd.Series:
    days = articles["published_on"].astype("datetime64[s]")
    return (days - pd.Timestamp("1970-01-01")).dt.days.fillna(_UNDATED).astype("int64")


def _stories(articles: pd.DataFrame, seed: int) -> dict[str, str]:
    """Return the leading article of each copy."""
    days = _days(articles)
    exact: dict[tuple[str, str, str], list[_Text]] = defaultdict(list)
    opening: dict[tuple[str, str], list[_Text]] = defaultdict(list)
    texts: dict[str, _Text] = {}
    for article_id, language, title, body, day in zip(
        articles["article_id"], articles["language"], articles["title"].fillna(""), articles["body"].fillna(""), days,
        strict=True,
    ):
        in_title, in_body = ([w.casefold() for w in words(t)] for t in (title, body))
        told = in_body if len(in_body) >= _BODY_WORDS else in_title + in_body
        text = _Text((day, -len(told), article_id), day, language, _shingles(told) if len(told) >= _FEWEST else frozenset())
        texts[article_id] = text
        if len(in_title) + len(in_body) >= _FEWEST_EQUAL:
            exact[language, "all", " ".join([*in_title, "\n", *in_body])].append(text)
        if len(in_body) >= _FEWEST_BODY:
            exact[language, "body", " ".join(in_body)].append(text)
        if len(in_body) >= _OPENING and text.shingles:
            opening[language, " ".join(in_body[:_OPENING])].append(text)
    near = _near_pairs(list(texts.values()), seed) | _shortened_pairs(opening.values())
    return _lead(texts, near, exact.values())


def _lead(
    texts: dict[str, _Text], near: set[tuple[str, str]], equal: Iterable[list[_Text]]
) -> dict[str, str]:
    before: dict[str, list[str]] = defaultdict(list)
    for first, second in near:
        before[second].append(first)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(equal):
        for text in group:
            groups[text.key[-1]].append(number)
    leads: dict[str, str] = {}
    open_leads: dict[int, _Text] = {}  # the latest leading article of a group of equal texts
    for text in sorted(texts.values(), key=lambda t: t.key):
        article_id = text.key[-1]
        options = [texts[first].key for first in before[article_id] if first not in leads]
        options += [
            lead.key for g in groups[article_id] if (lead := open_leads.get(g)) is not None and _reaches(lead, text)
        ]
        if options:
            leads[article_id] = min(options)[-1]
        else:
            open_leads.update(dict.fromkeys(groups[article_id], text))
    return leads


def _reaches(first: _Text, second: _Text) -> bool:
    return second.day == _UNDATED or second.day - first.day <= _STORY_DAYS


def _near_pairs(texts: list[_Text], seed: int) -> set[tuple[str, str]]:
    """Return the pairs, in order, of near texts of one language within reach."""
    by_content: dict[tuple[str, frozenset[int]], list[_Text]] = defaultdict(list)
    for text in texts:
        if text.shingles:
            by_content[text.language, text.shingles].append(text)
    buckets: dict[tuple[str, int, bytes], list[_Text]] = defaultdict(list)
    for (language, shingles), same in by_content.items():
        for band, part in enumerate(_signature(shingles, seed)):
            buckets[language, band, part] += same
    pairs: set[tuple[str, str]] = set()
    seen: set[tuple[str, str]] = set()
    for bucket in buckets.values():
        bucket.sort(key=lambda t: t.key)
        for i, first in enumerate(bucket):
            for second in bucket[i + 1 :]:
                if not _reaches(first, second):
                    if second.day != _UNDATED and bucket[-1].day != _UNDATED:
                        break  # the rest lie later still
                    continue
                pair = (first.key[-1], second.key[-1])
                if pair not in seen:
                    seen.add(pair)
                    if _jaccard(first.shingles, second.shingles) >= _LIKE:
                        pairs.add(pair)
    return pairs


def _shortened_pairs(groups: Iterable[list[_Text]]) -> set[tuple[str, str]]:
    """Return the pairs, in order, of texts that open alike and of which one holds nearly all of the other."""
    pairs: set[tuple[str, str]] = set()
    for group in groups:
        group.sort(key=lambda t: t.key)
        for i, first in enumerate(group):
            for second in group[i + 1 :]:
                if not _reaches(first, second) and second.day != _UNDATED:
                    break
                shared = len(first.shingles & second.shingles)
                if shared >= _HELD * min(len(first.shingles), len(second.shingles)):
                    pairs.add((first.key[-1], second.key[-1]))
    return pairs


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    if _LIKE * max(len(a), len(b)) > min(len(a), len(b)):
        return 0.0
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)


def _shingles(told: list[str]) -> frozenset[int]:
    runs = {" ".join(told[i : i + _SHINGLE]) for i in range(max(1, len(told) - _SHINGLE + 1))}
    return frozenset(zlib.crc32(r.encode()) for r in runs)


def _signature(shingles: frozenset[int], seed: int) -> list[bytes]:
    """Return the MinHash of a set as one key a band."""
    sketch = _blank(seed).copy()
    sketch.update_batch(shingles)
    values = sketch.hashvalues.reshape(_BANDS, _BAND_ROWS)
    return [band.tobytes() for band in values]


@cache
def _blank(seed: int) -> Any:
    from datasketch import MinHash  # scipy comes with it: a second, once a process

    return MinHash(num_perm=_BANDS * _BAND_ROWS, seed=seed + 1, hashfunc=int)
