"""Precision, recall and F1 of mentions and of labels, shares right, and calibration: each with its n and interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.validate.agreement import wilson
from analysis.validate.mentions import FIELDS

__all__ = ["calibration_table", "classification_table", "confusion", "f1_table", "field_table", "mention_confusion"]

_SCORES = ("precision", "recall", "f1")


def f1_table(matched: pd.DataFrame, *, by: Sequence[str] = ("family",), n_boot: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Return precision, recall and F1 of detection per group, with 95 % bootstrap intervals over items.

    Parameters
    ----------
    matched : DataFrame
        As ``match_mentions`` gives it.

    Returns
    -------
    DataFrame
        One row a group: the columns of ``by``, n_items, tp, fp, fn, precision, recall, f1, low, high (of F1),
        precision_low, precision_high, recall_low, recall_high. A ratio whose denominator is zero is missing, not zero.
        Items are resampled whole, since mentions of one item go wrong together (Efron and Tibshirani 1993, percentile
        interval). Where all or nothing is right, resampling shows no spread: the interval is then Wilson's.

    >>> matched = pd.DataFrame({"item": list("aab"), "outcome": ["tp", "tp", "fn"], "family": "visit"})
    >>> f1_table(matched)[["n_items", "precision", "f1"]].round(3).values.tolist()
    [[2.0, 1.0, 0.8]]
    """
    rows = []
    for key, group in matched.groupby(list(by), sort=True):
        counts = pd.crosstab(group["item"], group["outcome"])
        counts = counts.reindex(columns=["tp", "fp", "fn"], fill_value=0).to_numpy(dtype=float)
        tp, fp, fn = counts.sum(axis=0)
        rng = np.random.default_rng(seed)
        drawn = counts[rng.integers(0, len(counts), (n_boot, len(counts)))].sum(axis=1)
        rows.append({**dict(zip(by, key, strict=True)), "n_items": len(counts), "tp": int(tp), "fp": int(fp), "fn": int(fn),
                     **_with_intervals(tp, fp, fn, drawn)})
    names = [*by, "n_items", "tp", "fp", "fn", *_SCORES, "low", "high", *_ENDS]
    return pd.DataFrame(rows, columns=names)


def field_table(matched: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return, per field and group, the share of matched mentions whose value is right, with its Wilson interval.

    Returns
    -------
    DataFrame
        One row a field (and group): the columns of ``by``, field, n, n_right, share, low, high. With n = 0 the share is missing.

    >>> matched = pd.DataFrame({f"is_{f}_right": [True, None] for f in FIELDS})
    >>> field_table(matched).query("field == 'status'")[["n", "n_right", "share"]].values.tolist()
    [[1.0, 1.0, 1.0]]
    """
    rows = []
    groups = matched.groupby(list(by), sort=True) if by else [((), matched)]
    for key, group in groups:
        for name in FIELDS:
            values = group[f"is_{name}_right"].dropna().astype(bool)
            low, high = wilson(int(values.sum()), len(values))
            rows.append({**dict(zip(by, key, strict=True)), "field": name, "n": len(values), "n_right": int(values.sum()),
                         "share": _ratio(values.sum(), len(values)), "low": low, "high": high})
    return pd.DataFrame(rows, columns=[*by, "field", "n", "n_right", "share", "low", "high"])


def classification_table(
    truth: pd.Series, predicted: pd.Series, *, by: pd.DataFrame | pd.Series | None = None, n_boot: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Return precision, recall and F1 of each label, per group.

    Parameters
    ----------
    truth, predicted : Series
        One label an item, of one index. A missing prediction (or "unscored", or any label of one's own) is a label like
        others: what was not scored counts against recall. Items without a truth are left out.
    by : DataFrame or Series, optional
        Groups of the same index, as language.

    Returns
    -------
    DataFrame
        One row a group and label: the columns of ``by``, label, n (truly so), n_predicted, tp, fp, fn, precision, recall,
        f1, low, high (of F1, bootstrap over items), precision_low and so on (bootstrap). A ratio whose denominator is zero is missing.

    >>> truth, said = pd.Series(["a", "a", "b", "b"]), pd.Series(["a", "b", "b", "b"])
    >>> classification_table(truth, said)[["label", "n", "precision", "recall", "f1"]].round(2).values.tolist()
    [['a', 2, 1.0, 0.5, 0.67], ['b', 2, 0.67, 1.0, 0.8]]
    """
    groups = pd.DataFrame(index=truth.index) if by is None else pd.DataFrame(by)
    names = [str(c) for c in groups.columns]
    table = groups.set_axis(names, axis=1).assign(truth=truth, predicted=predicted.astype("str").fillna("missing"))
    table = table.dropna(subset="truth").astype({"truth": "str"})
    rows = []
    for key, own in table.groupby(names, sort=True) if names else [((), table)]:
        labels = sorted({*own["truth"], *own["predicted"]})
        cells = pd.crosstab(own["truth"], own["predicted"]).reindex(index=labels, columns=labels, fill_value=0).to_numpy(float)
        rng = np.random.default_rng(seed)
        n = cells.sum()
        drawn = rng.multinomial(int(n), cells.ravel() / n, n_boot).reshape(-1, *cells.shape) if n else np.zeros((1, 0, 0))
        for i, label in enumerate(labels):
            outcomes = [np.stack([c[..., i, i], c[..., :, i].sum(-1) - c[..., i, i], c[..., i, :].sum(-1) - c[..., i, i]], -1)
                        for c in (cells, drawn)]
            tp, fp, fn = outcomes[0]
            rows.append({**dict(zip(names, key, strict=True)), "label": label, "n": int(tp + fn), "n_predicted": int(tp + fp),
                         "tp": int(tp), "fp": int(fp), "fn": int(fn), **_with_intervals(tp, fp, fn, outcomes[1])})
    return pd.DataFrame(rows, columns=[*names, "label", "n", "n_predicted", "tp", "fp", "fn", *_SCORES, "low", "high", *_ENDS])


def confusion(truth: pd.Series, predicted: pd.Series, *, group: pd.Series | None = None) -> pd.DataFrame:
    """Return the counts that ``trend.corrected_share`` and ``corrected_mean`` take: group, truth, predicted, n.

    Items without a truth or a prediction are left out.

    >>> confusion(pd.Series([True, True, False]), pd.Series([True, False, False])).values.tolist()
    [[False, False, 1], [True, False, 1], [True, True, 1]]
    """
    table = pd.DataFrame({"truth": truth, "predicted": predicted} if group is None else
                         {"group": group, "truth": truth, "predicted": predicted}).dropna()
    return table.groupby([*table.columns], sort=True).size().rename("n").reset_index()


def mention_confusion(
    items: Sequence[Mapping], said: Mapping[str, Sequence[Mapping]], *, family: str, status: str | None = None
) -> pd.DataFrame:
    """Return how often items that report an event are said to, by language: what corrects ``trend.count_mentions``.

    Parameters
    ----------
    items : sequence of mapping
        Gold items.
    said : mapping
        Item to its mentions, as ``code_gold`` gives them.
    family, status : str
        What counts as reported; any status when None. A mention that one coder alone has makes its item neither: it is left out
        unless another mention decides.

    Returns
    -------
    DataFrame
        group (language), truth, predicted, n; an item a unit.

    >>> item = {"item": "a", "language": "fr", "agreed": [{"family": "visit", "status": ["held", "planned"]}]}
    >>> mention_confusion([item], {"a": []}, family="visit", status="held").values.tolist()
    [['fr', True, False, 1]]
    """
    def counts(mention: Mapping) -> bool:
        statuses = mention["status"] if isinstance(mention["status"], list) else [mention["status"]]
        return mention["family"] == family and (status is None or status in statuses)

    rows = []
    for item in items:
        is_so = any(map(counts, item["agreed"]))
        is_open = any(map(counts, [*item.get("only1", []), *item.get("only2", [])]))
        truth = None if is_open and not is_so else is_so
        rows.append((item["language"], truth, any(map(counts, said.get(item["item"], [])))))
    table = pd.DataFrame(rows, columns=["group", "truth", "predicted"])
    return confusion(table["truth"], table["predicted"], group=table["group"])


def calibration_table(confidence: pd.Series, is_right: pd.Series, *, n_bins: int = 5) -> pd.DataFrame:
    """Return, per bin of confidence, how often what was said with it is right: whether a confidence is a probability.

    Parameters
    ----------
    confidence, is_right : Series
        From 0 to 1, and whether it was right; rows without either are left out.
    n_bins : int
        Bins of equal width, closed below; the last holds 1.

    Returns
    -------
    DataFrame
        One row a bin, empty ones too: bin_low, bin_high, n, confidence (mean), n_right, share, low, high (Wilson), and
        is_calibrated: the mean confidence lies in the interval (missing when empty).

    >>> table = calibration_table(pd.Series([0.9, 0.9, 0.1]), pd.Series([True, True, False]), n_bins=2)
    >>> table[["bin_low", "n", "confidence", "share"]].values.tolist()
    [[0.0, 1.0, 0.1, 0.0], [0.5, 2.0, 0.9, 1.0]]
    """
    table = pd.DataFrame({"confidence": confidence, "is_right": is_right}).dropna().astype({"confidence": float, "is_right": bool})
    if not table["confidence"].between(0, 1).all():
        raise ValueError("a confidence lies outside 0 to 1")
    number = np.minimum((table["confidence"] * n_bins).astype(int), n_bins - 1)
    rows = []
    for i in range(n_bins):
        own = table[number == i]
        n, right = len(own), int(own["is_right"].sum())
        low, high = wilson(right, n)
        mean = own["confidence"].mean()
        rows.append({"bin_low": i / n_bins, "bin_high": (i + 1) / n_bins, "n": n, "confidence": mean, "n_right": right,
                     "share": _ratio(right, n), "low": low, "high": high, "is_calibrated": low <= mean <= high if n else None})
    return pd.DataFrame(rows)


_ENDS = ("precision_low", "precision_high", "recall_low", "recall_high")


def _with_intervals(tp: float, fp: float, fn: float, drawn: np.ndarray) -> dict:
    """Precision, recall and F1 with their ends; ``drawn`` holds tp, fp and fn of each resampling."""
    d_tp, d_fp, d_fn = (drawn[..., i] for i in range(3))
    parts = {"precision": (tp, tp + fp, d_tp, d_tp + d_fp), "recall": (tp, tp + fn, d_tp, d_tp + d_fn),
             "f1": (2 * tp, 2 * tp + fp + fn, 2 * d_tp, 2 * d_tp + d_fp + d_fn)}
    out = {name: _ratio(a, b) for name, (a, b, _, _) in parts.items()}
    for name, (a, b, d_a, d_b) in parts.items():
        low, high = _ends(a, b, d_a, d_b, n=tp + fp + fn if name == "f1" else b)
        prefix = "" if name == "f1" else f"{name}_"
        out |= {f"{prefix}low": low, f"{prefix}high": high}
    return out


def _ends(a: float, b: float, drawn_a: np.ndarray, drawn_b: np.ndarray, *, n: float) -> tuple[float, float]:
    if b == 0:
        return float("nan"), float("nan")
    if a in (0, b):
        return wilson(n if a else 0, n)
    some = drawn_b > 0
    low, high = np.quantile(drawn_a[some] / drawn_b[some], [0.025, 0.975])
    return float(low), float(high)


def _ratio(a: float, b: float) -> float:
    return float(a / b) if b else float("nan")
