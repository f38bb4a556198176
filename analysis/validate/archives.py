"""Coded items of the real archives: the codes lie in the checkout, the texts stay where the archives are."""

from __future__ import annotations

import gzip
import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis import clean, sources

__all__ = ["are_archives_here", "digest_of", "with_texts"]


def with_texts(items: Iterable[Mapping]) -> tuple[list[dict], list[str]]:
    """Put to each item the title and text that its archive holds, cleaned as a build cleans them.

    Parameters
    ----------
    items : iterable of mapping
        Gold items with ``archive`` (a ``source_id`` of the registry), ``row`` (its row there, from 1), ``text_sha256``
        (:func:`digest_of` of what the coder read) and, where the coder read the beginning only, ``n_characters``.

    Returns
    -------
    items : list of dict
        With ``title`` and ``text``, in the order given.
    lost : list of str
        A line for each item whose archive has another text today: its codes no longer hold.

    Raises
    ------
    SourceError
        When an archive is not here.

    >>> with_texts([])
    ([], [])
    """
    items = [dict(item) for item in items]
    records: dict[tuple[str, int], dict] = {}
    for archive in sorted({item["archive"] for item in items}):
        rows = sorted({item["row"] for item in items if item["archive"] == archive})
        records |= {(archive, row): record for row, record in zip(rows, _records(archive, rows), strict=True)}
    found, lost = [], []
    for item in items:
        article = clean.clean_one(records[item["archive"], item["row"]], language=item["language"]).article
        title, body = article["title"] or "", (article["body"] or "")[: item.get("n_characters")].strip()
        if digest_of(title, body) == item["text_sha256"]:
            found.append(item | {"title": title, "text": body})
        else:
            lost.append(f"{item['item']}: row {item['row']} of {item['archive']} is not the text that was coded; code it again")
    return found, lost


def digest_of(title: str, text: str) -> str:
    """Return the digest that ties codes to the text they were read from.

    >>> digest_of("a", "b")[:8]
    '7e18f737'
    """
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


def are_archives_here(items: Iterable[Mapping]) -> bool:
    """Whether each archive that the items name is on this machine.

    >>> are_archives_here([{"archive": "no-such-archive"}])
    False
    """
    try:
        return all(sources.resolve(name)[0].path.is_file() for name in {item["archive"] for item in items})
    except sources.SourceError:
        return False


def _records(archive: str, rows: list[int]) -> list[dict]:
    """Read the wanted lines of an archive as records; a tenth of a per cent is wanted, so no other line is parsed."""
    path = sources.resolve(archive)[0].path
    wanted = iter(rows)
    lines, due = [], next(wanted, None)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if number == due:
                lines.append(line)
                due = next(wanted, None)
                if due is None:
                    break
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder, "rows.jsonl")
        part.write_text("".join(lines), encoding="utf-8")
        return [r for batch in sources.read(part, source_id=archive) for r in batch.records.to_dict("records")]
