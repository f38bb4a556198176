"""Gold files: where they are, who coded them, and what the library says of their items.

A gold item is a mapping with ``item, language, title, text`` and the mentions that its coders marked: ``agreed`` by all,
``only1`` and ``only2`` by one alone; ``relevant`` and ``stance`` hold a value for each coding. A mention that one coder
alone has is neither required nor punished; where coders differ on a value either is right.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis import actors, clean, coding, stance, store, text
from analysis.validate.archives import are_archives_here, with_texts

__all__ = ["code_gold", "coder_of", "find_gold", "read_gold", "say_of_items", "tells_repeats"]

# Coders of the files that come with the project; of any other file its items say it in a field `coder`.
_CODERS = {
    "tests/gold/items_*.jsonl": "language model, one reading",
    "tests/gold/archive_*.jsonl": "language model, one reading",
    "data/raw/sample/gold.jsonl": "language model, one reading",
    "../shared/gold/dev.jsonl": "language model, two readings by the same model",
}
TWICE_CODED = "tests/gold/"  # in the files of this folder the mentions of fold `test` were coded twice
TWO_READINGS = _CODERS["../shared/gold/dev.jsonl"]
# In this one an event told in three sentences is three mentions; elsewhere it is one.
_EVERY_SENTENCE = "data/raw/sample/gold.jsonl"
_NEEDED = ("item", "language", "title", "text", "agreed")
_SIDES = ("RUS", "PRK")


def find_gold(*, shared: Path | None = None) -> list[Path]:
    """Return the gold files of this checkout, and that of the folder ``shared`` (``../shared`` when not given) if it is there.

    Files of codes without texts (``archive_*.jsonl``) are among them where the archives with their texts are.

    >>> all(path.is_file() for path in find_gold())
    True
    """
    shared = shared or store.ROOT.parent / "shared"
    here = store.ROOT / "tests" / "gold"
    coded = [p for p in sorted(here.glob("archive_*.jsonl")) if are_archives_here(item for _, item in _lines(p))]
    found = [*coded, *sorted(here.glob("items_*.jsonl")), store.ROOT / "data" / "raw" / "sample" / "gold.jsonl",
             shared / "gold" / "dev.jsonl"]
    return [path for path in found if path.is_file()]


def read_gold(path: Path) -> list[dict]:
    """Return the items of a gold file that can be coded, one JSON object a line.

    Items of an archive (:mod:`analysis.validate.archives`) take their texts from it. Items without a text (copies, files
    that cannot be read, items of an archive that is not here or has another text today) are left out; of the last a
    warning is given.

    Raises
    ------
    ValueError
        When a line is no JSON object or lacks what an item needs; one line that names file and line.

    >>> read_gold(Path("nowhere.jsonl"))
    Traceback (most recent call last):
    ValueError: nowhere.jsonl: no such gold file
    """
    if not path.is_file():
        raise ValueError(f"{path}: no such gold file")
    items, elsewhere = [], []
    for number, item in _lines(path):
        if "text" in item:
            missing = [n for n in _NEEDED if n not in item]
            if missing:
                raise ValueError(f"{path}: line {number} lacks {', '.join(missing)}")
            items.append(item)
        elif "archive" in item:
            elsewhere.append(item)
    if elsewhere and are_archives_here(elsewhere):
        found, lost = with_texts(elsewhere)
        items += found
        for line in lost:
            warnings.warn(f"{path}: {line}", stacklevel=2)
    return items


def coder_of(path: Path, items: Iterable[Mapping]) -> str:
    """Return who coded a gold file: as its items say, as is known of the project's own files, or "not stated".

    >>> coder_of(Path("mine.jsonl"), [{"coder": "two people"}]), coder_of(Path("mine.jsonl"), [{}])
    ('two people', 'not stated')
    """
    said = sorted({str(i["coder"]) for i in items if i.get("coder")})
    if said:
        return "; ".join(said)
    return next((who for where, who in _CODERS.items() if _is(path, where)), "not stated")


def tells_repeats(path: Path) -> bool:
    """Whether the coders of a gold file marked an event in every sentence that tells it."""
    return _is(path, _EVERY_SENTENCE)


def code_gold(items: Iterable[Mapping], *, repeats: bool = False) -> dict[str, list[dict]]:
    """Return what the library codes in each item: item to its mentions, as ``match_mentions`` takes them.

    ``repeats`` as in ``coding.code_article``: whether an event told again is a mention again.

    >>> item = {"item": "a", "language": "en", "published": "2024-06-19", "title": "", "text": "Putin arrived in Pyongyang."}
    >>> code_gold([item])["a"][0]["status"]
    'held'
    """
    names = ("family", "status", "detail", "actor", "counterpart", "direction", "date_start", "voice", "sentence", "confidence")
    return {
        item["item"]: [
            {n: getattr(m, n) for n in names}
            for m in coding.code_article(item["title"], item["text"], language=item["language"], published=item.get("published"),
                                         repeats=repeats)
        ]
        for item in items
    }


def say_of_items(items: Sequence[Mapping]) -> pd.DataFrame:
    """Return what the library says of each item as a whole.

    Returns
    -------
    DataFrame
        Index item: is_relevant (``clean.evidence``), stance (``stance.article_stance``: critical, neutral, approving, unscored).

    >>> item = {"item": "a", "language": "en", "title": "", "text": "Seoul condemned Pyongyang."}
    >>> say_of_items([item]).loc["a", "stance"]
    'critical'
    """
    rows = [(i["item"], k, line) for i in items for k, line in _sentences(i)]
    lines = pd.DataFrame(rows, columns=["article_id", "sentence", "text"]).assign(is_quote=False)
    language = {i["item"]: i["language"] for i in items}
    named = [
        (a, k, m.start, m.end, m.actor_id, m.country) for a, k, line in rows
        for m in actors.find(line, language=language[a]) if m.country in _SIDES
    ]
    mentions = pd.DataFrame(named, columns=["article_id", "sentence", "start", "end", "actor_id", "country"])
    articles = pd.DataFrame({"article_id": [*language], "language": [*language.values()]})
    labels = stance.article_stance(lines, articles=articles, actor_mentions=mentions).set_index("article_id")["label"]
    found = [bool(clean.evidence(i["title"], i["text"], language=i["language"])[0]) for i in items]
    return pd.DataFrame({"is_relevant": found, "stance": [labels[i["item"]] for i in items]},
                        index=pd.Index([i["item"] for i in items], name="item"))


def _lines(path: Path) -> list[tuple[int, dict]]:
    """The items of a file as they stand, each named once, with the number of its line."""
    items: list[tuple[int, dict]] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                item = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}: line {number} is no JSON ({error}); one item a line") from error
            if not isinstance(item, dict) or "item" not in item:
                raise ValueError(f"{path}: line {number} is no gold item; it needs {', '.join(_NEEDED)}")
            if seen.setdefault(item["item"], number) != number:
                raise ValueError(f"{path}: line {number}: item '{item['item']}' is there already, in line {seen[item['item']]}")
            items.append((number, item))
    return items


def _is(path: Path, where: str) -> bool:
    return path.resolve().match((store.ROOT / where).resolve().as_posix())


def _sentences(item: Mapping) -> list[tuple[int, str]]:
    body = item["text"]
    return [(0, item["title"]), *enumerate((body[a:b] for a, b in text.sentences(body, language=item["language"])), 1)]
