"""The only module that writes under ``data/``: paths, atomic and deterministic reads and writes of tables."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis import schema

__all__ = ["ROOT", "StoreError", "corpus_folder", "digest", "read_build", "read_facts", "read_table", "write_tables", "write_text"]

ROOT = Path(__file__).resolve().parent.parent
_VERSIONED = ("pandas", "numpy", "pyarrow", "scikit-learn", "nltk", "vaderSentiment", "py3langid", "ftfy", "trafilatura")


class StoreError(FileNotFoundError):
    """A corpus or a table that is not there; the message names the remedy."""


def corpus_folder(corpus: str | Path) -> Path:
    """Return the folder of a built corpus: a path as given, or a name under ``data/processed``.

    >>> corpus_folder("reference").parts[-3:]
    ('data', 'processed', 'reference')
    """
    path = Path(corpus)
    return path if path.is_absolute() or len(path.parts) > 1 or (path / "BUILD.json").is_file() else (
        ROOT / "data" / "processed" / path
    )


def read_table(corpus: str | Path, table: str) -> pd.DataFrame:
    """Return one table of a built corpus, typed as declared.

    Parameters
    ----------
    corpus : str or Path
        A name under ``data/processed`` or the folder of a build.
    table : str
        A name in ``schema.TABLES``.

    Raises
    ------
    StoreError
        When the corpus was not built or has no such table; the message gives the command that makes it.

    >>> list(read_table("reference", "totals").columns)
    ['source_id', 'outlet_id', 'day', 'n_items']
    """
    if table not in schema.TABLES:
        raise StoreError(f"no table '{table}'; the tables are {', '.join(schema.TABLES)}")
    folder = corpus_folder(corpus)
    path = folder / f"{table}.parquet"
    if not path.is_file():
        have = ", ".join(sorted(p.stem for p in folder.glob("*.parquet"))) or "nothing"
        raise StoreError(
            f"{folder}: no table '{table}' (there is {have}); run: python -m analysis build {Path(corpus).name}"
        )
    return schema.cast(pq.read_table(path).to_pandas(), table)


def read_facts(name: str) -> pd.DataFrame:
    """Return reference facts kept under ``data/raw`` (EVENTS, OUTLETS, ACTORS) as text columns; empty cells are "".

    >>> "codebook_family" in read_facts("EVENTS").columns
    True
    """
    path = ROOT / "data" / "raw" / f"{name}.csv"
    if not path.is_file():
        raise StoreError(f"{path}: no such facts; there are {', '.join(p.stem for p in sorted(path.parent.glob('*.csv')))}")
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def read_build(corpus: str | Path) -> dict:
    """Return ``BUILD.json`` of a built corpus: digests, counts and versions.

    >>> read_build("reference")["corpus"]
    'reference'
    """
    path = corpus_folder(corpus) / "BUILD.json"
    if not path.is_file():
        raise StoreError(f"{path.parent}: not a built corpus; run: python -m analysis build {Path(corpus).name}")
    return json.loads(path.read_text(encoding="utf-8"))


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame], *, build: Mapping[str, object]) -> dict:
    """Write tables, ``BUILD.json`` and ``datapackage.json`` into ``folder``, all or nothing; return the build record.

    The folder is made beside its place and renamed into it, so a reader never sees half of it. The record holds the
    digest and row count of every table and the package versions, and no time stamp: the same tables give the same bytes.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists() and any(folder.iterdir()) and not (folder / "BUILD.json").is_file():
        raise FileExistsError(f"{folder}: holds files that are no build; choose another --out or empty it")
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        outputs = {}
        for name in schema.TABLES:
            if name in tables:
                path = draft / f"{name}.parquet"
                _write_parquet(schema.check(tables[name], name), path)
                outputs[name] = {"rows": len(tables[name]), "sha256": digest(path), "bytes": path.stat().st_size}
        record = {**build, "outputs": outputs, "versions": {name: version(name) for name in _VERSIONED}}
        _write_json(draft / "BUILD.json", record)
        _write_json(draft / "datapackage.json", _datapackage(str(build.get("corpus", folder.name)), outputs))
        draft.chmod(0o755)
        _swap(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return record


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all: to a temporary file beside it, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_parquet(df: pd.DataFrame, path: Path) -> None:
    # Without pandas' metadata the bytes depend on the values alone.
    table = pa.Table.from_pandas(df, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(table, path, compression="zstd", compression_level=9)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _swap(draft: Path, folder: Path) -> None:
    if not folder.exists():
        draft.rename(folder)
        return
    old = folder.with_name(f".{folder.name}-old-{os.getpid()}")
    folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old)


def _datapackage(corpus: str, outputs: Mapping[str, Mapping[str, object]]) -> dict:
    frictionless = {"text": "string", "int": "integer", "float": "number", "bool": "boolean", "date": "date"}
    resources = []
    for name, facts in outputs.items():
        spec = schema.TABLES[name]
        fields = [{"name": c.name, "type": frictionless[c.kind], "description": c.meaning} for c in spec.columns]
        resources.append({
            "name": name.replace("_", "-"), "path": f"{name}.parquet", "format": "parquet",
            "description": f"One row is {spec.grain}.", "hash": f"sha256:{facts['sha256']}", "bytes": facts["bytes"],
            "schema": {"fields": fields, "primaryKey": list(spec.key)},
        })
    return {"name": corpus, "profile": "data-package", "resources": resources}
