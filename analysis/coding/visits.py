"""Visits: who goes to whom. Roles come from the frame of the trigger and the slots of the parties, never from their order alone."""

from __future__ import annotations

from analysis.coding._again import again, in_return
from analysis.coding._invitations import invite
from analysis.coding._journeys import aboard, go, guest, send
from analysis.coding._meetings import attend, host, meet
from analysis.coding._presence import named_there, opened_there
from analysis.coding._visit import Visit
from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import opposite
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene, overlaps_name
from analysis.coding.status import is_verb, visit_status

__all__ = ["Memory", "Visit", "find_visits"]

_DYAD = ("RUS", "PRK")
_BARE = {"noun": "noun", "finite": "present"}
_FRAMES = {
    "go": go, "return": go, "stay": go, "host": host, "invite": invite, "meet": meet, "attend": attend, "guest": guest,
    "send": send, "occur": again, "aboard": aboard,
}


def find_visits(scene: Scene, memory: Memory) -> list[Visit]:
    """Return the visits between the two sides that a sentence names."""
    if not memory.sides.issuperset(_DYAD):
        return []
    low = _blocked(scene)
    triggers = [
        _as_used(scene, t) for t in words("visit_triggers", scene.language).find(low)
        if not overlaps_name(scene, t.start, t.end)
    ]
    scene.triggers = [(t.start, t.end) for t in triggers]
    found = []
    for t in triggers:
        visit = _FRAMES[t["frame"]](scene, t, memory) or in_return(scene, t, memory, found) or again(scene, t, memory)
        if visit is None:
            continue
        if t["note"] == "lasting" and any(v.direction == visit.direction for v in found):
            continue  # "arrived, and will spend two days there"
        found.append(visit)
        if t["frame"] == "go" and _is_there(scene, t) and visit.is_placed and visit.place_country == opposite(visit.mover):
            memory.movers.add((visit.mover, visit.rank))  # "arrived in Russia ahead of a meeting": who has just come is the guest
    if scene.field == "title":
        return named_there(scene) or found or opened_there(scene)
    return found or opened_there(scene) or named_there(scene, outright=True)


def _is_there(scene: Scene, trigger: Hit) -> bool:
    """Whether the journey is over: told in the past, or, where the verb stands last, by what follows its noun, "on a visit"."""
    if trigger["tense"] == "past" or not scene.grammar.verb_final:
        return trigger["tense"] == "past"
    status = visit_status(scene, trigger)
    return status.is_sure and status.status == "held"


def _as_used(scene: Scene, trigger: Hit) -> Hit:
    """A form that is verb and noun ("visit") is a verb after an auxiliary, else a noun; "they meet" is a present."""
    if trigger["note"] not in ("noun", "finite") or is_verb(scene, trigger):
        return trigger
    return Hit(trigger.start, trigger.end, {**trigger.row, "tense": _BARE[trigger["note"]]})


def _blocked(scene: Scene) -> str:
    """Take out what looks like a trigger and is none: telephone talks, summits of other people."""
    low = scene.low
    for hit in words("visit_blocks", scene.language).find(low):
        low = low[: hit.start] + "\0" * (hit.end - hit.start) + low[hit.end :]
    return low
