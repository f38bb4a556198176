"""The order of the steps, and which engine maps the partitions. Everything measured is done by the layers below."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import actors, clean, coding, schema, sources, stance, store, text, timeline, topics

__all__ = ["NothingBuilt", "build", "own_outlets", "score_stances", "split_sentences", "without_text"]

Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
_PARTITION = 400  # articles measured in one go: small enough to balance two workers, large enough to amortise the call
_TEXT_COLUMNS = {
    "articles": ("title", "body", "section", "relevance"),
    "cuts": ("text",), "sentences": ("text",), "actor_mentions": ("surface",),
}
_NOT_SHIPPED = ("rejects", "sentences", "cuts", "actor_mentions")


class NothingBuilt(RuntimeError):
    """No article came out of the corpus; the message counts the rejects by reason."""


@dataclass(frozen=True)
class _Part:
    """What one batch of raw rows became."""

    n_rows: int
    articles: pd.DataFrame
    cuts: pd.DataFrame
    rejects: pd.DataFrame
    totals: pd.DataFrame


def build(
    corpus: str | Path,
    *,
    out: Path | None = None,
    workers: int = 2,
    latest: dt.date | None = None,
    data_dir: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> dict:
    """Build a corpus' tables and write them with ``BUILD.json``; return the build record.

    Parameters
    ----------
    corpus : str or Path
        A name in ``data/raw/SOURCES.csv``, a folder name under ``data/raw``, or any path to a file or folder.
    out : Path, optional
        Folder of the build; ``data/processed/<corpus>`` when not given.
    workers : int
        Processes that clean and measure; the tables do not depend on it.
    latest : date, optional
        Items published after this day are rejected as ``date_in_future``.
    data_dir : Path, optional
        Where the archives of the registry lie.
    progress : callable, optional
        Called with one line a step; the command line prints it on standard error.

    Raises
    ------
    sources.SourceError
        When the path is missing or holds nothing that could be read.
    NothingBuilt
        When every row was rejected; the rejects are in the message by reason.
    """
    say = progress or _silent
    entries = sources.resolve(corpus, data_dir=data_dir)
    with _engine(workers) as mapped:
        part = _read_and_clean(entries, latest, mapped, say)
        articles, again = clean.mark_copies(part.articles)
        rejects = pd.concat([part.rejects, again], ignore_index=True)
        _conserve(part.n_rows, articles, rejects)
        say(f"{part.n_rows:,} rows: {len(articles):,} articles, {len(rejects):,} rejects")
        if articles.empty:
            raise NothingBuilt(f"nothing was built from {corpus}: {_by_reason(rejects)}")
        tables = _measure(articles, mapped, say)
    cuts = part.cuts[part.cuts["article_id"].isin(articles["article_id"])]
    cuts = cuts.drop_duplicates(["article_id", "cut"])
    tables |= {"articles": articles, "cuts": cuts, "rejects": rejects, "totals": part.totals}
    name = entries[0].source_id if len(entries) == 1 else Path(corpus).name
    record = {
        "corpus": name, "inputs": _inputs(entries), "rows_in": part.n_rows,
        "rejects_by_reason": {str(k): int(v) for k, v in sorted(rejects["reason"].value_counts().items())},
        "usage_warnings": [w for e in entries if (w := e.usage_warnings)],
    }
    return store.write_tables(out or store.corpus_folder(name), tables, build=record)


def own_outlets(path: Path) -> pd.DataFrame | None:
    """Return a corpus' own outlets: the file ``outlets.csv`` beside it, in the columns of ``lexicons/outlets.csv``.

    Raises
    ------
    ValueError
        When the file has no column ``domain``.

    >>> own_outlets(store.ROOT / "data" / "raw" / "sample" / "items")["domain"].str.endswith(".example").all()
    np.True_
    """
    beside = path.absolute().parent
    if "outlets.csv" not in {p.name for p in beside.iterdir()}:  # by exact name: some file systems fold case
        return None
    table = pd.read_csv(beside / "outlets.csv", dtype=str, keep_default_na=False)
    if "domain" not in table.columns:
        raise ValueError(f"{beside / 'outlets.csv'}: no column 'domain'; name the columns as lexicons/outlets.csv does")
    return table


def split_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the table ``sentences`` of ``articles``: the title as sentence 0, then the body's.

    >>> a = pd.DataFrame({"article_id": ["a"], "title": ["Visit"], "body": ["He came. He left."], "language": ["en"]})
    >>> split_sentences(a)["text"].tolist()
    ['Visit', 'He came.', 'He left.']
    """
    rows = []
    for article_id, title, body, language in articles[["article_id", "title", "body", "language"]].itertuples(
        index=False, name=None
    ):
        fields = [("title", title if isinstance(title, str) else ""), ("body", body if isinstance(body, str) else "")]
        number = 0
        for field, content in fields:
            quotes = text.quote_spans(content)
            spans = [(0, len(content))] if field == "title" and content else text.sentences(content, language=language)
            number = max(number, 1) if field == "body" else 0
            for start, end in spans:
                inside = sum(max(0, min(end, b) - max(start, a)) for a, b in quotes)
                rows.append((article_id, number, field, start, end, content[start:end], inside * 2 > end - start))
                number += 1
    return schema.cast(pd.DataFrame(rows, columns=schema.TABLES["sentences"].names), "sentences")


def score_stances(
    sentences: pd.DataFrame, *, articles: pd.DataFrame, actor_mentions: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables ``stance`` (tone of sentences, then stance to each target by voice) and ``article_stance``.

    The tone has the target ``sentence``: it is no stance, and what reads stances leaves these rows out.

    >>> a = pd.DataFrame({"article_id": ["a"], "title": ["Reckless Pyongyang"], "body": [""], "language": ["en"],
    ...                   "published_on": [pd.NaT]})
    >>> s = split_sentences(a)
    >>> stances, whole = score_stances(s, articles=a, actor_mentions=actors.find_mentions(s, articles=a))
    >>> stances["target"].tolist(), whole["label"].tolist()
    (['PRK', 'sentence'], ['critical'])
    """
    given = {"articles": articles, "actor_mentions": actor_mentions}
    parts = [stance.score_tone(sentences, articles=articles), stance.score_stance(sentences, **given)]
    stances = schema.check(pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True), "stance")
    return stances, schema.check(stance.article_stance(sentences, **given), "article_stance")


def without_text(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables that may be shared without the articles: no title, body, sentence or name as written.

    Addresses, outlets, dates and our own numbers stay. Tables that are text through and through are left out.

    >>> row = dict.fromkeys(schema.TABLES["articles"].names) | {"url": "courier.example/1", "title": "Putin arrives"}
    >>> without_text({"articles": pd.DataFrame([row])})["articles"][["url", "title"]].values.tolist()
    [['courier.example/1', nan]]
    """
    shared = {}
    for name, table in tables.items():
        if name not in _NOT_SHIPPED:
            blank = {column: pd.Series(index=table.index, dtype="str") for column in _TEXT_COLUMNS.get(name, ())}
            shared[name] = table.assign(**blank)
    return shared


def _silent(line: str) -> None:
    """Say nothing: a library prints only when asked to."""


def _read_and_clean(entries: list, latest: dt.date | None, mapped: Map, say: Callable[[str], None]) -> _Part:
    jobs = (
        (batch, latest, own)
        for entry in entries
        for own in [own_outlets(entry.path)]
        for batch in sources.read(entry.path, source_id=entry.source_id)
    )
    parts = []
    rows = 0
    for part in mapped(_clean_batch, jobs):
        parts.append(part)
        rows += part.n_rows
        say(f"read {rows:,} rows, kept {sum(len(p.articles) for p in parts):,}")
    if not parts:
        raise sources.SourceError("nothing to read; give a file or folder with .jsonl, .csv, .parquet, .txt or .html")
    joined = {f: pd.concat([getattr(p, f) for p in parts], ignore_index=True) for f in ("articles", "cuts", "rejects")}
    totals = pd.concat([p.totals for p in parts], ignore_index=True)
    totals = totals.groupby(["source_id", "outlet_id", "day"], as_index=False)["n_items"].sum()
    return _Part(rows, totals=totals, **joined)


def _clean_batch(job: tuple[sources.Batch, dt.date | None, pd.DataFrame | None]) -> _Part:
    batch, latest, own = job
    screened = clean.screen(batch.records, latest=latest, outlets=own)
    prepared = clean.prepare(screened.kept, latest=latest, outlets=own)
    rejects = pd.concat([batch.rejects, screened.rejects, prepared.rejects], ignore_index=True)
    n_rows = len(batch.records) + len(batch.rejects)
    return _Part(n_rows, prepared.articles, prepared.cuts, rejects, screened.totals)


def _measure(articles: pd.DataFrame, mapped: Map, say: Callable[[str], None]) -> dict[str, pd.DataFrame]:
    chunks = [articles.iloc[i : i + _PARTITION] for i in range(0, len(articles), _PARTITION)]
    measured: list[dict[str, pd.DataFrame]] = []
    for tables in mapped(_measure_partition, chunks):
        measured.append(tables)
        say(f"measured {min(len(measured) * _PARTITION, len(articles)):,} of {len(articles):,} articles")
    tables = {name: pd.concat([m[name] for m in measured], ignore_index=True) for name in measured[0]}
    say("topics")
    tables |= topics.fit_all(articles)
    say("timeline")
    tables["events"], tables["event_reports"] = timeline.link(
        tables["event_mentions"], articles, reference=store.read_facts("EVENTS")
    )
    return tables


def _measure_partition(articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    sentences = split_sentences(articles)
    named = actors.find_mentions(sentences, articles=articles)
    stances, whole = score_stances(sentences, articles=articles, actor_mentions=named)
    return {
        "sentences": sentences,
        "actor_mentions": named,
        "event_mentions": coding.code_mentions(sentences, articles=articles, actor_mentions=named),
        "stance": stances,
        "article_stance": whole,
    }


def _conserve(n_rows: int, articles: pd.DataFrame, rejects: pd.DataFrame) -> None:
    if n_rows != len(articles) + len(rejects):
        raise AssertionError(f"{n_rows} rows in, but {len(articles)} articles + {len(rejects)} rejects: a row was lost")


def _by_reason(rejects: pd.DataFrame) -> str:
    return ", ".join(f"{n} {reason}" for reason, n in rejects["reason"].value_counts().items()) or "no rows"


def _inputs(entries: list) -> list[dict[str, object]]:
    files = [(e, p) for e in entries for p in ([e.path] if e.path.is_file() else sorted(e.path.rglob("*")))]
    return [
        {"source_id": e.source_id, "path": p.relative_to(e.path.parent).as_posix(), "sha256": store.digest(p)}
        for e, p in files if p.is_file()
    ]


class _engine:
    """Map over processes with a bounded queue, in order; one worker maps in this process."""

    def __init__(self, workers: int) -> None:
        self._pool = ProcessPoolExecutor(workers) if workers > 1 else None
        self._ahead = workers + 1

    def __enter__(self) -> Map:
        return self._mapped if self._pool else map

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def _mapped(self, function: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[Any]:
        jobs = iter(jobs)
        waiting = deque(self._pool.submit(function, job) for job in islice(jobs, self._ahead))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(self._pool.submit(function, job) for job in islice(jobs, 1))
            yield done


