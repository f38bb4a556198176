"""The validity card: what a reader must know to trust a chart, printed under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.chart.validity import NOT_VALIDATED, measured_error

__all__ = ["Card"]


@dataclass(frozen=True)
class Card:
    """What stands behind a chart.

    Parameters
    ----------
    n_raw, n_unique, n_outlets : int
        Articles with copies, without copies, and outlets.
    source : str
        Archives drawn on.
    window : str
        First and last day of publication.
    interval : str
        How the interval was computed; "none drawn" when there is none.
    validation : str
        Measured F1 or agreement for this measure in these languages, or "not validated".
    share_unscored : float, optional
        Part of the items that the measure could not score; None when it scores everything.
    languages : mapping
        Articles by language.
    n_undated : int
        Articles that no period could hold.
    counted : str
        What is counted, where it is not articles.

    >>> card = Card(3, 2, 1, source="sample", window="2024-02-07 to 2024-02-08", languages={"fr": 3})
    >>> print(card)
    3 articles, 2 without copies, 1 outlet · languages: fr 100 % · unscored: none
    Measured error: not validated · interval: none drawn · source: sample, 2024-02-07 to 2024-02-08
    """

    n_raw: int
    n_unique: int
    n_outlets: int
    source: str
    window: str
    interval: str = "none drawn"
    validation: str = NOT_VALIDATED
    share_unscored: float | None = None
    languages: Mapping[str, int] = field(default_factory=dict)
    n_undated: int = 0
    counted: str = "articles"

    @classmethod
    def from_articles(
        cls,
        articles: pd.DataFrame,
        *,
        interval: str = "none drawn",
        validation: str = NOT_VALIDATED,
        share_unscored: float | None = None,
        n_undated: int = 0,
    ) -> Card:
        """Make the card of the articles behind a chart: counts, outlets, languages, sources and window come from them.

        >>> from analysis import schema
        >>> Card.from_articles(schema.empty("articles")).n_raw
        0
        """
        days = articles["published_on"].dropna()
        return cls(
            n_raw=len(articles),
            n_unique=int((~articles["is_copy"].astype(bool)).sum()),
            n_outlets=articles["outlet_id"].nunique(),
            source=", ".join(sorted(articles["source_id"].unique())) or "no source",
            window=f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else "no date",
            interval=interval, validation=validation, share_unscored=share_unscored,
            languages=articles["language"].value_counts().sort_index().to_dict(), n_undated=n_undated,
        )

    @classmethod
    def for_measure(
        cls,
        measure: str,
        articles: pd.DataFrame,
        *,
        interval: str = "none drawn",
        share_unscored: float | None = None,
        n_undated: int = 0,
        figures: Path | None = None,
    ) -> Card:
        """Make the card of a measure on the articles behind a chart, with its measured error in their languages.

        Parameters
        ----------
        measure : str
            The series drawn, or the measure's name; see ``chart.validity.measured_error``.
        figures : Path, optional
            The table of measured figures; ``data/processed/validation.csv`` when not given. Without it, or when the gold file
            behind a figure is gone or altered, the card says "not validated".

        >>> from analysis import schema
        >>> Card.for_measure("tone:narrator", schema.empty("articles")).validation
        'not validated'
        """
        said = measured_error(measure, articles["language"].unique(), figures=figures)
        return cls.from_articles(articles, interval=interval, validation=said, share_unscored=share_unscored, n_undated=n_undated)

    def __str__(self) -> str:
        outlets = f"{self.n_outlets:,} outlet{'' if self.n_outlets == 1 else 's'}"
        first = [f"{self.n_raw:,} articles, {self.n_unique:,} without copies, {outlets}"]
        if self.counted != "articles":
            first = [f"{self.n_raw:,} {self.counted}, {outlets}"]
        total = sum(self.languages.values())
        if total:
            spoken = sorted(self.languages.items(), key=lambda item: (-item[1], item[0]))
            first.append("languages: " + ", ".join(f"{name} {_percent(n / total)}" for name, n in spoken))
        first.append("unscored: none" if not self.share_unscored else f"unscored: {_percent(self.share_unscored)}")
        if self.n_undated:
            first.append(f"without a usable date: {self.n_undated:,}")
        second = [f"Measured error: {self.validation}", f"interval: {self.interval}", f"source: {self.source}, {self.window}"]
        return " · ".join(first) + "\n" + " · ".join(second)


def _percent(part: float) -> str:
    return f"{100 * part:.0f} %" if part == 0 or part >= 0.01 else "under 1 %"
