"""A person put in the other's country without a verb of motion: "Kim in Russia: …", "In Wonsan, Lavrov thanked …"."""

from __future__ import annotations

from analysis.coding._visit import Visit, visit_to
from analysis.coding.lexicon import Hit
from analysis.coding.parties import LOCAL, Party, opposite
from analysis.coding.roles import is_resident
from analysis.coding.scene import Scene

__all__ = ["named_there", "opened_there"]

_DYAD = ("RUS", "PRK")
_STAY = {"frame": "stay", "tense": "noun", "goes_to": "", "note": "", "form": ""}
_OPENS = 30  # characters before a place that opens its sentence: "On Friday, in"
_COMMA = 2  # characters between them where a headline has the two beside each other
_ASIDE = 48  # characters between such a place and the person: ", where he is on a visit,"


def named_there(scene: Scene, *, outright: bool = False) -> list[Visit]:
    """A headline that puts a person in the other's country: "Kim Jong Un in Russia: …"; a sentence must say so ``outright``."""
    for a, b in zip(scene.parties[: 1 if outright else None], scene.parties[1:], strict=False):
        if outright and (scene.grammar.verb_final or scene.phrase("present_there").first(scene.low, a.end, b.start) is None):
            continue
        gap = scene.low[a.end : b.start]
        home = scene.phrase("home_of").first(gap)  # "Putin at Kim's"
        if home is not None and home.end - home.start >= len(gap.strip()) and a.is_agent and a.rank and b.persons and b.side in _DYAD and a.side == opposite(b.side):
            return [visit_to(scene, Hit(a.end, b.end, _STAY), a, b.side, None, 1.0)]
        if a.is_agent and a.rank and not is_resident(a) and b.kind in ("state", "place") and _is_at(scene, b, gap) and a.side == opposite(b.side):
            return [visit_to(scene, Hit(b.start, b.end, _STAY), a, b.side, b, 1.0)]
    return []


def opened_there(scene: Scene) -> list[Visit]:
    """A place that opens its sentence, before a person of the other side who did something there."""
    if len(scene.parties) < 2 or scene.grammar.verb_final:
        return []
    place, person = scene.parties[:2]
    gap = scene.low[place.end : person.start]
    if place.side not in _DYAD or place.slot not in LOCAL or person.side != opposite(place.side) or person.slot:
        return []
    if not person.is_agent or is_resident(person) or not person.rank or not gap.startswith(",") or len(gap) > _ASIDE:
        return []
    opening = scene.phrase("opening").first(scene.low, scene.dateline_end, place.start)
    if opening is None or place.start - scene.dateline_end > _OPENS:
        return []
    acts = scene.phrase("acts").first(scene.low, person.end)
    if acts is None or acts.start - person.end > 1:
        headline = scene.field == "title" and len(gap) <= _COMMA
        return [visit_to(scene, Hit(place.start, place.end, _STAY), person, place.side, place, 0.6)] if headline else []
    return [visit_to(scene, Hit(place.start, acts.end, {**_STAY, "tense": "past"}), person, place.side, place, 0.6)]


def _is_at(scene: Scene, place: Party, gap: str) -> bool:
    told = scene.phrase("present_in").first(gap)
    if told is not None and told.end - told.start >= len(gap.strip()):
        return True  # "back in Pyongyang", "on a visit to Russia"
    return len(gap) <= 5 and (place.slot == "in" or scene.phrase("at").first(gap) is not None)
