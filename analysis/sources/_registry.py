"""The registry of archives, and what a corpus named on the command line means."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.store import ROOT

__all__ = ["Corpus", "SourceError", "registry", "resolve"]


class SourceError(ValueError):
    """A corpus that is not there or holds nothing; the message is one line and says what to do."""


@dataclass(frozen=True)
class Corpus:
    """A file or folder to read.

    ``date_zone`` is the time zone that the source states its dates in for every outlet, where it is not the outlet's
    own; empty otherwise. ``usage_warnings`` are what to know before drawing conclusions from it.
    """

    source_id: str
    path: Path
    date_zone: str = ""
    usage_warnings: str = ""


def registry(path: Path | None = None) -> pd.DataFrame:
    """Return the registry, one row a source, every column text, an empty cell an empty string.

    Parameters
    ----------
    path : Path, optional
        A registry file; ``data/raw/SOURCES.csv`` when not given. Its columns are described in ``data/raw/README.md``.

    Returns
    -------
    DataFrame
        ``source_id`` (the key), ``path`` relative to the folder of the archives, ``format``, ``title``, ``window`` (ISO
        interval, both days included), ``items``, ``language``, ``origin_url``, ``licence``, ``sha256``, ``date_zone``,
        ``usage_warnings``.

    Raises
    ------
    SourceError
        When the file is not there or names a source twice.

    >>> registry().set_index("source_id").loc["world-feeds-2025", "date_zone"]
    'Asia/Seoul'
    """
    path = path or ROOT / "data" / "raw" / "SOURCES.csv"
    if not path.is_file():
        raise SourceError(f"no registry of sources at {path}; run from a checkout of the project")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        table = pd.DataFrame(list(rows), columns=rows.fieldnames, dtype="str")
    twice = sorted(set(table["source_id"][table["source_id"].duplicated()]))
    if twice:
        raise SourceError(f"{path}: source_id {', '.join(twice)} stands twice; a name means one source")
    return table


def resolve(corpus: str | Path | Iterable[str | Path], *, data_dir: Path | None = None) -> list[Corpus]:
    """Return the files and folders that a corpus means.

    Parameters
    ----------
    corpus : str, Path or iterable of them
        In this order: a ``source_id`` of the registry, the name of a folder under ``data/raw`` or ``data``, any path to
        a file or folder. Several give one entry each.
    data_dir : Path, optional
        Where the archives of the registry lie; looked in before ``data/raw``, ``data`` and ``../shared`` beside the
        checkout.

    Returns
    -------
    list of Corpus
        A path that is not in the registry takes its file's or folder's name, without endings, as ``source_id``; a file
        whose name is an archive's is that archive, wherever it lies.

    Raises
    ------
    SourceError
        When there is no such name or path, when a registered archive is in none of the places, or when two entries
        would share a ``source_id``.

    >>> [c.source_id for c in resolve(ROOT / "data" / "raw" / "SOURCES.csv")]
    ['SOURCES']
    """
    single = isinstance(corpus, str | Path)
    entries = [_one(str(c), data_dir) for c in ([corpus] if single else corpus)]
    if not entries:
        raise SourceError("no corpus given; give a name in data/raw/SOURCES.csv or a path")
    names = [e.source_id for e in entries]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise SourceError(f"{', '.join(twice)} given twice; give each source once, or rename one of them")
    return entries


def _one(corpus: str, data_dir: Path | None) -> Corpus:
    known = registry()
    row = known[known["source_id"] == corpus]
    if len(row):
        return _registered(row.iloc[0], data_dir)
    is_name = corpus not in ("", ".", "..") and Path(corpus).name == corpus
    named = [p for p in (ROOT / "data" / "raw" / corpus, ROOT / "data" / corpus) if is_name and p.is_dir()]
    path = named[0] if named else Path(corpus)
    if not corpus or not path.exists():
        raise SourceError(
            f"no corpus '{corpus}': no such file or folder, no folder of that name under data/raw or data, "
            f"and not one of {', '.join(known['source_id'])}; check the name or give a path"
        )
    path = path if named else path.resolve()
    row = known[known["path"].map(lambda p: Path(p).name) == path.name]
    if len(row) and path.is_file():
        return _entry(row.iloc[0], path)
    return Corpus(stem(path), path)


def _registered(row: pd.Series, data_dir: Path | None) -> Corpus:
    beside = ROOT.parent / "shared"
    places = [*([Path(data_dir)] if data_dir else []), ROOT / "data" / "raw", ROOT / "data", beside / "corpora", beside]
    for place in places:
        for path in (place / row["path"], place / row["source_id"]):
            if path.exists():
                return _entry(row, path)
    shown = ", ".join(str(p) for p in places)
    raise SourceError(
        f"'{row['source_id']}' is registered, but {row['path']} is in none of {shown}; "
        f"set ANALYSIS_DATA to the folder that holds it, or give its path"
    )


def _entry(row: pd.Series, path: Path) -> Corpus:
    return Corpus(row["source_id"], path.resolve(), row["date_zone"], row["usage_warnings"])


def stem(path: Path) -> str:
    """Return a file's or folder's name without its endings: what it is called as a source.

    >>> stem(Path("raw/kcna-en.jsonl.gz")), stem(Path("raw/v1.2 articles"))
    ('kcna-en', 'v1.2 articles')
    """
    name = path.name.removesuffix(".gz")
    known = name.rpartition(".")
    return known[0] if known[0] and known[2].isalnum() and not path.is_dir() else path.name or "corpus"
