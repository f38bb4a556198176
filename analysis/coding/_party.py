"""One actor as a sentence names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["RANKS", "Party", "rank_of"]

RANKS = ("leader", "minister", "vice", "delegation")


@dataclass(frozen=True)
class Party:
    """One actor as the sentence names it: "Russian Foreign Minister Sergei Lavrov" is one party.

    ``kind`` is person, title, exempt (tourists, troops), organisation, collective, state, place or demonym; ``side`` the
    country or organisation it stands for; ``tags`` the classes of the titles in it; ``slot`` its grammatical place.
    """

    start: int
    end: int
    side: str
    kind: str
    tags: frozenset[str] = frozenset()
    persons: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    slot: str = ""
    place: str = ""

    @property
    def is_agent(self) -> bool:
        """Whether it can travel, meet, sign or speak in person."""
        return self.kind in ("person", "title")

    @property
    def rank(self) -> str:
        """Highest rank among its persons and titles; empty when none is known."""
        return rank_of(self.ranks)


def rank_of(ranks: Sequence[str]) -> str:
    """Return the highest of some ranks.

    >>> rank_of(("delegation", "minister"))
    'minister'
    """
    return next((r for r in RANKS if r in ranks), "")
