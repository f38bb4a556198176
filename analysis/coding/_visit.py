"""What a visit is before its status and date are known, and the plain one: somebody who goes somewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.coding.lexicon import Hit
from analysis.coding.parties import LOCAL, RANKS, Party, opposite
from analysis.coding.roles import with_head
from analysis.coding.scene import Scene

__all__ = ["Visit", "anaphor", "companion", "elsewhere", "is_of_unnamed", "is_outside_quote", "place_name", "visit_to"]

_DYAD = ("RUS", "PRK")
_HIS = 12  # characters of "his" and an adjective before a visit


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
    needs_day: bool = False  # so faintly alike that it is none without its day


def _home_of(scene: Scene) -> str:
    """The side from which the text is written: where its dateline says it is."""
    at: Scene | None = scene
    while at is not None and at.here is None:
        at = at.previous
    return at.here.side if at is not None and at.here is not None else ""


def anaphor(scene: Scene, side: str) -> bool:
    """Whether "here", "the country" or the other side's name in the sentence stands for where one goes."""
    if scene.phrase("our_country").first(scene.low) is not None and _home_of(scene) == side:
        return True
    if scene.here is not None and scene.here.side == side and scene.phrase("here_word").first(scene.low):
        return True
    before = scene.previous.parties if scene.previous is not None and scene.grammar.verb_final else []
    if any(p.side == side and p.kind == "place" and p.slot in LOCAL for p in before):
        return True  # a goal left out is the place just named
    if scene.phrase("here").first(scene.low) is None:
        return False
    return scene.here is None or any(p.side == side for p in scene.parties)


def companion(scene: Scene, travellers: Party, side: str) -> Party | None:
    """An official among tourists or troops: "a hundred tourists arrived, accompanied by the deputy governor"."""
    for p in scene.parties:
        if p.start >= travellers.end and p.is_agent and p.ranks and p.side in ("", side):
            return replace(p, side=side) if scene.phrase("along").first(scene.low, travellers.end, p.start) else None
    return None


def elsewhere(scene: Scene, trigger: Hit) -> bool:
    """Whether the clause names a third country: a journey without a goal of its own may well go there."""
    left, right = scene.clause(trigger.start, trigger.end)
    own = scene.phrase("own_noun").last(scene.low, max(0, trigger.start - _HIS), trigger.start) if trigger["tense"] == "noun" else None
    first = next((p for p in scene.agents() if p.slot == ""), None)
    if own is not None and trigger.start - own.end <= 1 and first is not None and first.side not in _DYAD and first.end <= own.start:
        return True  # "the American president would meet X on his trip"
    return any(
        p.kind in ("state", "place") and p.side not in _DYAD and p.slot not in ("of", "by", "with") and left <= p.start < right
        for p in scene.parties
    )


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
