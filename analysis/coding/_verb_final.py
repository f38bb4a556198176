"""Where the verb stands last: whom it is done to stands right before it, and whom it describes right behind it."""

from __future__ import annotations

from analysis.coding.lexicon import Hit
from analysis.coding.parties import LOCAL, Party
from analysis.coding.scene import Scene

__all__ = ["described", "goes_to_others", "is_of_others", "meeting"]

_DYAD = ("RUS", "PRK")
_REACH = 90
_BESIDE = 3  # a party that close to the verb, its particle between, is what the verb is about
_HEAD = 10  # characters of a name that the lexicon lacks, before a title that it has


def goes_to_others(scene: Scene, trigger: Hit, *, known: bool) -> bool:
    """"Visited the troops", "visited a factory": whom one goes to see is no host, unless the journey is ``known``."""
    troops = any(p.kind == "exempt" and p.slot in ("obj", "to") and 0 <= trigger.start - p.end <= _BESIDE for p in scene.parties)
    return troops or (not known and is_of_others(scene, trigger))


def is_of_others(scene: Scene, trigger: Hit) -> bool:
    """Whether the verb has an object of its own that is none of the names: "visited a factory", "met the bereaved"."""
    if any(0 <= trigger.start - p.end <= _BESIDE for p in scene.parties):
        return False
    mark = scene.phrase("object_mark").last(scene.low, max(0, trigger.start - 3), trigger.start)
    return mark is not None and mark.end == trigger.start


def described(scene: Scene, trigger: Hit) -> Party | None:
    """The one whom a verb describes that stands before its noun: "the *minister* who came to Pyongyang"."""
    ending = scene.phrase("attributive_end").first(scene.low, trigger.end - 1, trigger.end + 5)
    if ending is None:
        return None
    after = next((p for p in scene.parties if p.start >= trigger.end), None)
    return after if after is not None and after.is_agent and 0 <= after.start - ending.end <= _HEAD else None


def meeting(scene: Scene, trigger: Hit, subject: Party | None) -> list[Party]:
    """Who meets: all named before the verb, unless one of those whom it joins is of a third country or unnamed."""
    left = [p for p in scene.parties if p.end <= trigger.start and p.slot not in LOCAL and p.kind != "place"]
    company = next((p for p in reversed(left) if p.slot in ("with", "obj") and trigger.start - p.end <= _REACH), None)
    if company is not None:
        joined = {p.side for p in scene.group(company)}
        stranger = subject is not None and subject is not company and subject.side not in ("", *_DYAD)
        if company.kind == "exempt" or not (joined & {"", *_DYAD}) or (stranger and subject.start < company.start):
            return []
    out: list[Party] = []
    for p in reversed(left):
        both = len({q.side for q in out if q.side}) >= 2
        if trigger.start - p.end > _REACH or (both and not scene.grammar.coordinator.fullmatch(scene.low, p.end, out[-1].start)):
            break
        if p.side or p.is_agent:
            out.append(p)
    return out
