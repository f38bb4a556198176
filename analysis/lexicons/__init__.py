"""Language as data: names, triggers, cues, date words. One file an idea; README.md gives origin and licence."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pandas as pd

__all__ = ["read_lexicon"]


@cache
def read_lexicon(name: str) -> pd.DataFrame:
    """Return a lexicon as a table of text columns; an empty cell is an empty string. Do not change it in place.

    Raises
    ------
    FileNotFoundError
        When there is no such lexicon; the message lists those there are.

    >>> sorted(read_lexicon("abbreviations").columns)
    ['form', 'language']
    """
    path = files("analysis.lexicons") / f"{name}.csv"
    if not path.is_file():
        known = sorted(p.name.removesuffix(".csv") for p in files("analysis.lexicons").iterdir() if p.name.endswith(".csv"))
        raise FileNotFoundError(f"no lexicon '{name}'; there are {', '.join(known)}")
    with path.open(encoding="utf-8") as stream:
        return pd.read_csv(stream, dtype=str, keep_default_na=False, comment=None)
