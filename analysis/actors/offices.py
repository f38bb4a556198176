"""Which office a person held on a day."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.lexicons import read_lexicon

__all__ = ["country_at", "rank_at", "role_at"]


def rank_at(actor_id: str, date: object) -> str:
    """Return the rank that a person held on a day (codebook: leader, minister, vice, delegation), or "" when none.

    An office counts from the first to the last day of its stated term, to the precision stated; where two overlap, the
    one begun later counts. ``date`` is a day or an ISO string of any precision, read as its first day.

    >>> rank_at("vladimir-putin", "2010-03-05"), rank_at("vladimir-putin", "2024-06-19"), rank_at("nobody", "2024")
    ('minister', 'leader', '')
    """
    return _office(actor_id, date, "rank")


def role_at(actor_id: str, date: object) -> str:
    """Return the office that a person held on a day, or "" when none; see :func:`rank_at`.

    >>> role_at("sergei-shoigu", "2023-07-26")
    'Defence minister'
    """
    return _office(actor_id, date, "role")


def country_at(actor_id: str, date: object) -> str:
    """Return the country or organisation that a person's office stood for on a day, or "" when no office is known.

    >>> country_at("mark-rutte", "2023-01-01"), country_at("mark-rutte", "2025-01-01")
    ('NLD', 'NATO')
    """
    return _office(actor_id, date, "country")


def _office(actor_id: str, date: object, field: str) -> str:
    day = "" if pd.isna(date) else str(date)[:10]
    current = [o for o in _offices().get(actor_id, ()) if day and o["from"] <= day.ljust(10, "0") <= o["to"]]
    return max(current, key=lambda o: o["from"])[field] if current else ""


@cache
def _offices() -> dict[str, list[dict[str, str]]]:
    out: dict[str, list[dict[str, str]]] = {}
    for row in read_lexicon("offices").to_dict("records"):
        # Text order is day order when a shorter end is filled with nines; a shorter start comes before its days as it is.
        row["from"] = row["term_start"]
        row["to"] = row["term_end"].ljust(10, "9") if row["term_end"] else "9"
        out.setdefault(row["actor_id"], []).append(row)
    return out
