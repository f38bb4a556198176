"""Measured error: agreement between coders, precision, recall and F1 of coded mentions, each with its interval.

A gold item is a mapping with ``item, language, title, text`` and the mentions that its coders marked: ``agreed`` by all,
``only1`` and ``only2`` by one alone. A mention that one coder alone has is neither required nor punished; where coders
differ on a value either is right. The rules are those of the project's public scorer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

__all__ = ["FIELDS", "alpha", "f1_table", "field_table", "match_mentions", "read_gold", "wilson"]

FIELDS = ("status", "detail", "actor", "counterpart", "direction", "date", "voice")
_PRECISION = {"day": 10, "month": 7, "year": 4}
_QUOTES = re.compile("[“”„«»\"‘’'`]")
_SPACE = re.compile(r"[\s\u00a0\u202f\u200b]+")
_NAMES = re.compile(r"[+;, ]+")


def read_gold(path: Path) -> list[dict]:
    """Return the items of a gold file, one JSON object a line."""
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


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
        for each of ``FIELDS`` (missing unless tp; direction only for visits).

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
    columns = ["item", "language", "family", "outcome", "gold_status", "said_status", *(f"is_{f}_right" for f in FIELDS)]
    return pd.DataFrame(rows, columns=columns)


def f1_table(matched: pd.DataFrame, *, by: Sequence[str] = ("family",), n_boot: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Return precision, recall and F1 of detection per group, with a 95 % bootstrap interval of F1 over items.

    Returns
    -------
    DataFrame
        One row a group: the columns of ``by``, n_items, tp, fp, fn, precision, recall, f1, low, high. A ratio whose
        denominator is zero is missing, not zero. Items are resampled whole, since mentions of one item go wrong together
        (Efron and Tibshirani 1993, percentile interval).
    """
    rows = []
    for key, group in matched.groupby(list(by), sort=True):
        counts = pd.crosstab(group["item"], group["outcome"])
        counts = counts.reindex(columns=["tp", "fp", "fn"], fill_value=0).to_numpy(dtype=float)
        tp, fp, fn = counts.sum(axis=0)
        rng = np.random.default_rng(seed)
        draws = counts[rng.integers(0, len(counts), (n_boot, len(counts)))].sum(axis=1)
        scores = 2 * draws[:, 0] / np.maximum(1, 2 * draws[:, 0] + draws[:, 1] + draws[:, 2])
        low, high = np.quantile(scores, [0.025, 0.975])
        rows.append({**dict(zip(by, key, strict=True)), "n_items": len(counts), "tp": int(tp), "fp": int(fp), "fn": int(fn),
                     "precision": _ratio(tp, tp + fp), "recall": _ratio(tp, tp + fn),
                     "f1": _ratio(2 * tp, 2 * tp + fp + fn), "low": low, "high": high})
    return pd.DataFrame(rows, columns=[*by, "n_items", "tp", "fp", "fn", "precision", "recall", "f1", "low", "high"])


def field_table(matched: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return, per field and group, the share of matched mentions whose value is right, with its Wilson interval.

    Returns
    -------
    DataFrame
        One row a field (and group): the columns of ``by``, field, n, n_right, share, low, high.
    """
    rows = []
    groups = matched.groupby(list(by), sort=True) if by else [((), matched)]
    for key, group in groups:
        for name in FIELDS:
            values = group[f"is_{name}_right"].dropna().astype(bool)
            low, high = wilson(int(values.sum()), len(values))
            rows.append({**dict(zip(by, key, strict=True)), "field": name, "n": len(values), "n_right": int(values.sum()),
                         "share": _ratio(values.sum(), len(values)), "low": low, "high": high})
    return pd.DataFrame(rows)


def wilson(k: int, n: int, *, z: float = 1.959964) -> tuple[float, float]:
    """Return the Wilson score interval of a share ``k/n`` (Wilson 1927); missing when ``n`` is 0.

    >>> tuple(round(x, 4) for x in wilson(10, 20))
    (0.2993, 0.7007)
    """
    if n == 0:
        return float("nan"), float("nan")
    p = k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return float(max(0.0, centre - half)), float(min(1.0, centre + half))


def alpha(codings: pd.DataFrame, *, n_boot: int = 1000, seed: int = 0) -> tuple[float, float, float]:
    """Return Krippendorff's alpha for nominal values, with a 95 % bootstrap interval over units.

    Parameters
    ----------
    codings : DataFrame
        One row a judgement: unit, coder, value. Units with fewer than two judgements say nothing and are left out.

    Returns
    -------
    alpha, low, high : float
        Missing when no unit was coded twice or when all values are one and the same (no variation, nothing to agree on).

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability.

    >>> c = pd.DataFrame({"unit": [1, 1, 2, 2, 3, 3], "coder": [1, 2] * 3, "value": ["a", "a", "b", "b", "a", "b"]})
    >>> round(alpha(c, n_boot=0)[0], 3)
    0.444
    """
    table = codings.pivot_table(index="unit", columns="value", aggfunc="size", fill_value=0).to_numpy(dtype=float)
    table = table[table.sum(axis=1) >= 2]
    point = _alpha(table)
    if n_boot == 0 or len(table) == 0:
        return point, float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    draws = [_alpha(table[rng.integers(0, len(table), len(table))]) for _ in range(n_boot)]
    low, high = np.nanquantile(draws, [0.025, 0.975]) if not np.all(np.isnan(draws)) else (float("nan"),) * 2
    return point, float(low), float(high)


def _alpha(counts: np.ndarray) -> float:
    """Alpha from units x values counts: 1 - observed / expected disagreement."""
    per_unit = counts.sum(axis=1)
    n = per_unit.sum()
    if n < 2:
        return float("nan")
    observed = ((per_unit**2 - (counts**2).sum(axis=1)) / (per_unit - 1)).sum() / n
    totals = counts.sum(axis=0)
    expected = (n**2 - (totals**2).sum()) / (n * (n - 1))
    return float("nan") if expected == 0 else float(1 - observed / expected)


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
         "said_status": m.get("status")}
        for j, m in enumerate(said) if j not in taken
    ]


def _outcome(item: Mapping, gold: Mapping, mention: Mapping | None) -> dict:
    row = {"item": item["item"], "language": item["language"], "family": gold["family"],
           "outcome": "tp" if mention else "fn", "gold_status": "|".join(_values(gold["status"]))}
    if mention:
        row["said_status"] = mention.get("status")
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


def _ratio(a: float, b: float) -> float:
    return float(a / b) if b else float("nan")

