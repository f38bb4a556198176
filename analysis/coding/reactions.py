"""Reactions: what governments and organisations outside the dyad say or do about Russian–North Korean cooperation."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.coding._sources import is_outside, meant, sources_of
from analysis.coding._topic import counterpart_of, is_about_both
from analysis.coding.lexicon import Hit, pairs, words
from analysis.coding.parties import Party
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene, overlaps_name

__all__ = ["Reaction", "find_reactions"]

_DYAD = ("RUS", "PRK")
_ACTS = ("sanction", "vote", "warn", "accuse", "request", "concern", "support", "same", "neutral")


@dataclass(frozen=True)
class Reaction:
    """A reaction of one actor or of actors of one bloc that speak jointly."""

    trigger: Hit
    act: str
    status: str
    actor: str
    counterpart: str
    bloc: str
    persons: tuple[str, ...]
    reason: str
    weight: float = 1.0
    at: tuple[int, int] = (0, 0)  # the verb whose time is that of the reaction
    since: int = 0  # where the source begins: an earlier time is not that of the reaction
    sources: tuple[Party, ...] = ()  # all who react with the actor, of whatever bloc


def find_reactions(scene: Scene, memory: Memory) -> list[Reaction]:
    """Return the reactions that a sentence names, one for each bloc that reacts."""
    outside = [p for p in scene.parties if is_outside(p)]
    if not scene.parties or not (outside or memory.reactors or memory.is_topical) or not memory.sides.issuperset(_DYAD):
        return []
    best: dict[tuple, tuple[Hit, list[Party]]] = {}
    for trigger in _triggers(scene, outside):
        if overlaps_name(scene, trigger.start, trigger.end):
            continue
        sources = sources_of(scene, trigger, outside) or meant(scene, trigger, memory)
        if not sources or any(p.side in _DYAD for p in sources):
            continue
        if not is_about_both(scene, trigger, sources, memory):
            continue
        sides = tuple(sorted({p.side or p.kind for p in sources}))
        key = sides, trigger["act"] if _is_second(scene, trigger, best.get((sides, ""))) else ""
        if key not in best or _order(trigger) < _order(best[key][0]):
            best[key] = trigger, sources
    out = []
    for trigger, sources in best.values():
        act = _act(scene, trigger)
        counterpart = counterpart_of(scene, trigger, sources)
        if act == "same":  # "Japan did likewise": the reaction told just before, with another actor
            last = memory.reaction
            if last is None or scene.index - last[2] > 1:
                continue
            act, counterpart = last[:2]
        for bloc, members in _by_bloc(sources).items():
            actor = "+".join(dict.fromkeys(p.side for p in members if p.side))
            persons = tuple(dict.fromkeys(n for p in members for n in p.persons))
            reason = f"“{scene.text[trigger.start:trigger.end]}” with its source"
            out.append(Reaction(trigger, act, _status(scene, trigger), actor, counterpart, bloc, persons, reason,
                                2.0 if trigger["act"] != "neutral" else 1.0, _verb(trigger, sources), _begins(trigger, sources),
                                tuple(sources)))
            memory.reaction = (act, counterpart, scene.index)
    return out


def _begins(trigger: Hit, sources: list[Party]) -> int:
    """Where the source begins; 0 where it stands behind its verb."""
    first = min(p.start for p in sources)
    return first if first < trigger.start else 0


def _verb(trigger: Hit, sources: list[Party]) -> tuple[int, int]:
    """"Said on Monday that ..., calling it illegal": the time of a participle is that of its subject's own verb."""
    end = max(p.end for p in sources)
    return (end, end + 1) if trigger["tense"] == "participle" and end <= trigger.start else (trigger.start, trigger.end)


def _triggers(scene: Scene, outside: list[Party]) -> list[Hit]:
    """The words of the lexicon, and the colon after the source that opens a headline: "Kyiv: ...".

    What is only said in a reaction ("content") is no trigger and hides none.
    """
    first = scene.parties[0]
    found = [h for pos in ("verb", "noun", "phrase") for h in words("reaction_triggers", scene.language, pos=pos).find(scene.low)]
    found.sort(key=lambda h: h.start)
    if first in outside and first.start <= 4 and scene.low.startswith(": ", first.end) and first.kind != "demonym":
        found.insert(0, Hit(first.end, first.end + 1, {"act": "neutral", "pos": "verb", "tense": "present", "form": ":"}))
    return found


def _order(trigger: Hit) -> float:
    """Which of two words for one reaction names its act: sanctions only threatened are a warning where one is uttered."""
    return 2.5 if trigger["act"] == "sanction" and trigger["tense"] == "future" else _ACTS.index(trigger["act"])


def _is_second(scene: Scene, trigger: Hit, first: tuple[Hit, list[Party]] | None) -> bool:
    """"Condemned ... and demanded": a second verb of the same subject is an act of its own."""
    if first is None or trigger["pos"] != "verb" or "neutral" in (trigger["act"], _act(scene, first[0])):
        return False
    joined = scene.phrase("and_then").last(scene.low, first[0].end, trigger.start)
    return trigger["act"] != first[0]["act"] and joined is not None and trigger.start - joined.end <= 1


def _act(scene: Scene, trigger: Hit) -> str:
    act = trigger["act"]
    if act not in ("neutral", "concern"):
        return act
    # a concern is named outright: only its own clause can make more of it
    span = (0, len(scene.low)) if act == "neutral" or scene.grammar.verb_final else scene.clause(trigger.start, trigger.end)
    content = words("reaction_triggers", scene.language, pos="content").first(scene.low, *span)
    if content is not None:
        return content["act"]
    if act == "neutral" and trigger["tense"] != "estimate" and words("cooperation", scene.language, kind="supply").first(scene.low):
        # arms disclosed are an act as a wrong, troops counted are not
        return act if words("coding_titles", scene.language, rank="exempt").first(scene.low) else "accuse"
    return act


def _status(scene: Scene, trigger: Hit) -> str:
    before = scene.low[max(0, trigger.start - 24) : trigger.start]
    if trigger["tense"] == "future":
        return "planned"
    for status in ("denied", "planned"):  # what follows the stem, where the verb stands last
        ending = scene.phrase(f"reaction_{status}").first(scene.low, trigger.end, trigger.end + 14)
        if ending is not None and ending.start == trigger.end:
            return status
    for hit in words("status_cues", scene.language, status="planned", kind="verb", where="before").find(before):
        if hit.end == len(before) and trigger["tense"] in ("base", "present"):
            return "planned"
    for hit in words("status_cues", scene.language, status="denied", kind="verb", where="before").find(before):
        if hit.end == len(before):
            return "denied"
    denial = scene.phrase("denies_that").last(scene.low, max(0, trigger.start - 70), trigger.start)
    if denial is not None and trigger.start - denial.end <= 1:
        return "denied"
    return "made"


def _by_bloc(sources: list[Party]) -> dict[str, list[Party]]:
    blocs = pairs("reaction_blocs", "country", "bloc")
    out: dict[str, list[Party]] = {}
    for p in sources:
        if is_outside(p):
            out.setdefault(blocs.get(p.side, "other") if p.side else "western", []).append(p)
    return out
