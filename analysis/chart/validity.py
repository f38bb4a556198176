"""The measured error of a measure in the languages of a chart, from the figures that ``make docs`` writes; or that there is none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis import schema, store

__all__ = ["FIGURES", "NOT_VALIDATED", "measured_error"]

FIGURES = store.ROOT / "data" / "processed" / "validation.csv"
NOT_VALIDATED = "not validated"
_LEAST_ALPHA = 0.6  # agreement with the coder under which a measure is not validated, in any fold
_ENOUGH = 10  # mentions of real copy from which their figure is shown rather than that of more, written ones
_WHAT = {"mention": "F1 of {family} mentions", "relevance": "F1 of relevance, written items",
         "kept": "kept real articles read and found relevant", "stance": "alpha of stance to the cooperation, whole items"}


def measured_error(measure: str, languages: Iterable[str], *, figures: Path | None = None) -> str:
    """Say how well a measure does in each language: F1, share right or alpha with interval and n, fold and coder.

    Parameters
    ----------
    measure : str
        A series (``mentions:visit:held``, ``share``, ``stance:PRK:narrator:corrected``) or a measure (``visit``, ``relevance``,
        ``date:visit``).
    languages : iterable of str
        The languages on the chart; each one without a figure is named as not validated.
    figures : Path, optional
        The table of figures; ``data/processed/validation.csv`` when not given.

    Returns
    -------
    str
        "not validated" when there is no figure for any language. A figure counts only while its gold file is in the checkout and
        has the digest that it was measured with, and an alpha only where it reaches 0.6 in every fold.

    >>> measured_error("tone:narrator", ["en"])
    'not validated'
    """
    table = _standing(FIGURES if figures is None else figures)
    spoken = sorted({*languages})
    parts, rows = [], []
    for kind, family, what in _asked(measure):
        own = table[(table["measure"] == kind) & (table["family"] == family)]
        best = {language: _best(own[own["language"] == language]) for language in spoken}
        known = {language: row for language, row in best.items() if row is not None and language in schema.LANGUAGES}
        if not known:
            continue
        rows += known.values()
        said = [f"{language} {_shown(r)}" for language, r in known.items()]
        lost = [language for language in spoken if language not in known]
        parts.append(f"{what}: {', '.join(said)}" + (f"; {', '.join(lost)} {NOT_VALIDATED}" if lost else ""))
    if not rows:
        return NOT_VALIDATED
    folds, coders = ("/".join(sorted({row[c] for row in rows})) for c in ("fold", "coder"))
    return "; ".join(parts) + f"; {folds} fold, coder: {coders}"


def _asked(measure: str) -> list[tuple[str, str, str]]:
    """Measure, family and words of each figure that a series rests on."""
    head, *rest = measure.removesuffix(":naive").removesuffix(":corrected").split(":")
    if head in ("mentions", "events"):
        head, *rest = [*rest, ""]
    if head in ("visit", "agreement", "reaction"):
        status = [("status", head, "status right")] if any(rest) else []
        return [("mention", head, _WHAT["mention"].format(family=head)), *status]
    if head in ("share", "volume", "relevance"):
        # Real articles first: the negatives of written items are easy.
        return [(kind, "", _WHAT[kind]) for kind in ("kept", "relevance")]
    if head in ("stance", "article_stance"):
        return [("stance", "", _WHAT["stance"])]
    return [(head, rest[0], f"{head} right of {rest[0]} mentions")] if rest else []


def _shown(row: pd.Series) -> str:
    """A figure with its interval and what it rests on."""
    span = f"{row['low']:.2f} to {row['high']:.2f}"
    if row["statistic"] == "share relevant":
        return f"{row['value'] * row['n']:.0f} of {row['n']:.0f} ({row['value']:.2f}, {span})"
    return f"{row['value']:.2f} ({span}, n = {row['n']:.0f})"


def _standing(figures: Path) -> pd.DataFrame:
    """The figures whose gold file is in the checkout, unaltered."""
    if not figures.is_file():
        return pd.DataFrame(columns=["measure", "family", "language"])
    table = pd.read_csv(figures, dtype={"family": str}, keep_default_na=True).fillna({"family": ""})
    here = {
        gold: store.digest(store.ROOT / gold)
        for gold in table["gold"].unique() if not gold.startswith("..") and (store.ROOT / gold).is_file()
    }
    return table[table["gold"].map(here) == table["gold_sha256"]]


def _best(rows: pd.DataFrame) -> pd.Series | None:
    """The figure of items that no rule was written by: of real copy where it has ten, else of written items; else of most."""
    if rows.empty or ((rows["statistic"] == "alpha") & (rows["value"] < _LEAST_ALPHA)).any():
        return None
    is_real = rows["gold"].str.contains("archive_") & (rows["n"] >= _ENOUGH)
    order = rows.assign(is_dev=rows["fold"] != "test", is_written=~is_real)
    return order.sort_values(["is_dev", "is_written", "n"], ascending=[True, True, False], kind="stable").iloc[0]
