"""What a visit is before its status and date are known, and the plain one: somebody who goes somewhere."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.coding.lexicon import Hit
from analysis.coding.parties import RANKS, Party, opposite
from analysis.coding.roles import with_head
from analysis.coding.scene import Scene

__all__ = ["Visit", "is_of_unnamed", "is_outside_quote", "place_name", "visit_to"]

_DYAD = ("RUS", "PRK")


@dataclass(frozen=True)
class Visit:
    """A visit found in a sentence, before status and date: ``direction`` may still be empty."""

    trigger: Hit
    mover: str
    rank: str
    persons: tuple[str, ...]
    direction: str
    place: str = ""
    place_country: str = ""
    parties: tuple[Party, ...] = ()
    reason: str = ""
    weight: float = 0.0
    is_placed: bool = True  # False: the direction is a guess from the ranks, open to what the article says elsewhere
    top_rank: str = ""
    is_listed: bool = True  # False: no word of the lexicon, likeness alone


def visit_to(scene: Scene, trigger: Hit, mover: Party, host: str, place: Party | None, weight: float) -> Visit:
    """Return the visit of somebody to the side that is host."""
    mover = with_head(scene, mover)
    near = [p for p in scene.agents() if p.side in _DYAD and p.persons]
    persons = tuple(dict.fromkeys([*mover.persons, *(n for p in near for n in p.persons)]))
    rank = mover.rank or ("delegation" if mover.kind != "state" or trigger["frame"] != "meet" else "leader")
    return Visit(
        trigger, mover.side, rank, persons, f"{mover.side}>{host}",
        place_name(scene, place), place.side if place else "", (mover,),
        "from who moves and where", weight,
    )


def place_name(scene: Scene, party: Party | None) -> str:
    """Return a place as it is named; of a party that holds one, that place alone."""
    if party is None:
        return ""
    return party.place or (scene.text[party.start : party.end] if party in scene.parties else "")


def is_of_unnamed(scene: Scene, by_side: dict[str, list[Party]], ranks: dict[str, str]) -> bool:
    """"Economic officials met the governor": guests in a group are a delegation; a group that is none receives the one who came."""
    low = max(_DYAD, key=lambda s: RANKS.index(ranks[s]))
    sent = scene.phrase("travels")
    vague = sent.rows and ranks[low] == "delegation" and not any(p.persons or sent.first(scene.low, p.start, p.end) for p in by_side[low])
    return bool(vague) and ranks[opposite(low)] != "leader"


def is_outside_quote(scene: Scene, trigger: Hit, party: Party) -> bool:
    return any(a <= trigger.start < b <= party.start for a, b in scene.quotes)
