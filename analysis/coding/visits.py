"""Visits: who goes to whom. Roles come from the frame of the trigger and the slots of the parties, never from their order alone."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._journeys import go, guest, send
from analysis.coding._meetings import attend, host, invite, meet
from analysis.coding._visit import Visit, visit_to
from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import Party, opposite
from analysis.coding.roles import Memory, is_resident
from analysis.coding.scene import Scene, overlaps_name
from analysis.coding.status import is_verb, visit_status

__all__ = ["Memory", "Visit", "find_visits"]

_DYAD = ("RUS", "PRK")
_BARE = {"noun": "noun", "finite": "present"}
_FRAMES = {
    "go": go, "return": go, "stay": go, "host": host, "invite": invite, "meet": meet, "attend": attend, "guest": guest,
    "send": send,
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
    found = [v for t in triggers if (v := _FRAMES[t["frame"]](scene, t, memory) or _again(scene, t, memory)) is not None]
    here = _presence(scene) if scene.field == "title" else []
    return here or found


def _again(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    """"The trip has been put off": the visit told before, where a definite noun names nobody and the status is plain."""
    if trigger["tense"] != "noun" or memory.visit is None or scene.field == "title":
        return None
    article = scene.phrase("definite").last(scene.low, max(0, trigger.start - 24), trigger.start)
    if article is None or article.end != trigger.start:
        return None
    left, right = scene.clause(trigger.start, trigger.end)
    if any(left <= p.start < right and (p.side not in ("", *_DYAD) or p.kind == "exempt") for p in scene.parties):
        return None
    if not visit_status(scene, trigger).is_sure:
        return None
    return replace(memory.visit, trigger=trigger, parties=(), persons=(), weight=0.5, reason="the visit told just before")


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


def _presence(scene: Scene) -> list[Visit]:
    """A headline that puts a person in the other's country: "Kim Jong Un in Russia: …"."""
    for a, b in zip(scene.parties, scene.parties[1:], strict=False):
        gap = scene.low[a.end : b.start]
        if a.is_agent and a.rank and not is_resident(a) and b.kind in ("state", "place") and _is_at(scene, b, gap) and a.side == opposite(b.side):
            row = {"frame": "stay", "tense": "noun", "goes_to": "", "note": "", "form": ""}
            return [visit_to(scene, Hit(a.end, b.end, row), a, b.side, b, 1.0)]
    return []


def _is_at(scene: Scene, place: Party, gap: str) -> bool:
    return len(gap) <= 5 and (place.slot == "in" or scene.phrase("at").first(gap) is not None)
