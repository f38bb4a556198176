"""Event valence: how good or bad for the dyad what happened is, on a stated scale; no word of the text enters."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.lexicons import read_lexicon

__all__ = ["event_valence"]


def event_valence(event_mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions with ``valence``, from -1 (a sanction is imposed) to 1, for Russian-North Korean cooperation.

    The scale stands in lexicons/valence.csv, by family, status and detail: visits rise with rank, agreements with their
    stage, and a reaction has minus a fifth of the codebook's intensity, half when it is only planned.

    Parameters
    ----------
    event_mentions : DataFrame
        Table ``event_mentions``, or any table with ``family``, ``status`` and ``detail``.

    Returns
    -------
    DataFrame
        The same rows with ``valence``; missing where the scale has no entry, never 0.

    >>> m = pd.DataFrame({"family": ["reaction", "agreement"], "status": ["made", "ended"], "detail": ["sanction", "state"]})
    >>> event_valence(m)["valence"].tolist()
    [-1.0, -0.8]
    """
    scale = _scale()
    keys = zip(event_mentions["family"], event_mentions["status"], event_mentions["detail"].fillna(""), strict=True)
    values = [scale.get((f, s, d), scale.get((f, s, ""), float("nan"))) for f, s, d in keys]
    return event_mentions.assign(valence=pd.Series(values, index=event_mentions.index, dtype="float64"))


@cache
def _scale() -> dict[tuple[str, str, str], float]:
    table = read_lexicon("valence")
    return {(r.family, r.status, r.detail): float(r.valence) for r in table.itertuples()}
