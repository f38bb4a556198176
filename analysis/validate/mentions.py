"""Coded mentions against gold ones: which of them match, and which of their fields are right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

__all__ = ["FIELDS", "match_mentions"]

FIELDS = ("status", "detail", "actor", "counterpart", "direction", "date", "voice")
_PRECISION = {"day": 10, "month": 7, "year": 4}
_QUOTES = re.compile("[“”„«»\"‘’'`]")
_SPACE = re.compile(r"[\s\u00a0\u202f\u200b]+")
_NAMES = re.compile(r"[+;, ]+")


def match_mentions(gold: Iterable[Mapping], said: Mapping[str, Sequence[Mapping]]) -> pd.DataFrame:
    """Match the mentions of gold items with those that were said of them.

    Two mentions match when they share the family and the gold evidence lies in the predicted sentence (or the sentence in
    the evidence), white space and quotation marks folded; among several, the pair that agrees on most fields.

    Parameters
    ----------
    gold : iterable of mapping
        Gold items (see the module).
    said : mapping
        Item to its predicted mentions, each with family, sentence and the fields of ``FIELDS``.

    Returns
    -------
    DataFrame
        One row an outcome: item, language, family, outcome (tp, fp, fn), gold_status, said_status, and ``is_<field>_right``
        for each of ``FIELDS`` (missing unless tp; direction only for visits), and
        ``confidence`` where the mention says one.

    >>> g = {"item": "a", "language": "en", "title": "", "text": "Kim met Putin.", "only1": [], "only2": [],
    ...      "agreed": [{"field": "text", "start": 0, "end": 13, "family": "visit", "status": "held", "detail": "leader",
    ...                  "actor": "PRK", "counterpart": "RUS", "direction": "PRK>RUS", "date_start": "",
    ...                  "date_precision": "unknown", "voice": "narrator"}]}
    >>> match_mentions([g], {"a": []})["outcome"].tolist()
    ['fn']
    """
    rows = []
    for item in gold:
        rows += _match_item(item, said.get(item["item"], []))
    columns = ["item", "language", "family", "outcome", "gold_status", "said_status", *(f"is_{f}_right" for f in FIELDS),
               "confidence"]
    return pd.DataFrame(rows, columns=columns)


def _match_item(item: Mapping, said: Sequence[Mapping]) -> list[dict]:
    must = [(m, True) for m in item.get("agreed", [])]
    need = must + [(m, False) for m in [*item.get("only1", []), *item.get("only2", [])]]
    evidence = [_fold(item["title" if m["field"] == "title" else "text"][m["start"] : m["end"]]) for m, _ in need]
    sentences = [_fold(m.get("sentence")) for m in said]
    pairs = []
    for i, (gold, is_required) in enumerate(need):
        for j, mention in enumerate(said):
            e, s = evidence[i], sentences[j]
            if mention["family"] == gold["family"] and e and s and (e in s or s in e):
                fit = sum(_right(f, gold, mention) for f in FIELDS if f not in ("date", "voice"))
                pairs.append((fit + 2 * _date_right(gold, mention) + is_required, i, j))
    partner: dict[int, int] = {}
    taken = set()
    for _, i, j in sorted(pairs, reverse=True):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    rows = [_outcome(item, gold, said[partner[i]] if i in partner else None) for i, (gold, is_due) in enumerate(need) if is_due]
    return rows + [
        {"item": item["item"], "language": item["language"], "family": m["family"], "outcome": "fp",
         "said_status": m.get("status"), "confidence": m.get("confidence")}
        for j, m in enumerate(said) if j not in taken
    ]


def _outcome(item: Mapping, gold: Mapping, mention: Mapping | None) -> dict:
    row = {"item": item["item"], "language": item["language"], "family": gold["family"],
           "outcome": "tp" if mention else "fn", "gold_status": "|".join(_values(gold["status"]))}
    if mention:
        row["said_status"], row["confidence"] = mention.get("status"), mention.get("confidence")
        for name in FIELDS:
            if name == "direction" and gold["family"] != "visit":
                continue
            right = _date_right(gold, mention) if name == "date" else _right(name, gold, mention)
            row[f"is_{name}_right"] = right
    return row


def _right(name: str, gold: Mapping, mention: Mapping) -> bool:
    fold = _people if name in ("actor", "counterpart") else _plain
    return any(fold(g) == fold(mention.get(name)) for g in _values(gold.get(name)))


def _date_right(gold: Mapping, mention: Mapping) -> bool:
    """Right to the gold's own precision; the start of a range is enough."""
    said = mention.get("date_start") or ""
    starts, precisions = _values(gold["date_start"]), _values(gold["date_precision"])
    for i in range(max(len(starts), len(precisions))):
        start = starts[i % len(starts)] or ""
        n = min(_PRECISION.get(precisions[i % len(precisions)], 0), len(start)) or None
        if (not start and not said) or (start and said[:n] == start[:n]):
            return True
    return False


def _values(value: object) -> list:
    return value if isinstance(value, list) else [value]


def _people(value: object) -> frozenset[str]:
    return frozenset(x for x in _NAMES.split(str(value or "")) if x)


def _plain(value: object) -> str:
    return str(value or "")


def _fold(sentence: object) -> str:
    return _SPACE.sub(" ", _QUOTES.sub("'", str(sentence or ""))).strip().lower()
