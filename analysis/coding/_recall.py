"""What an article has said so far, for what a sentence leaves open: the setting of its title, who was named last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.coding.lexicon import words
from analysis.coding.parties import LOCAL, Party
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene

__all__ = ["name_again", "open_memory", "remember"]

_DYAD = ("RUS", "PRK")
_VERB = 8  # characters from a place to the whole of the verb right behind it
_ARTICLE = 3  # characters of an article before an adjective that stands for a person
_OCCASION = 30  # an event stands that close to the country that holds it


def open_memory(scenes: Sequence[Scene], sides: frozenset[str]) -> Memory:
    """Return what the beginning of an article, its title and first two sentences, sets up for the rest."""
    memory = Memory({}, {}, sides)
    beginning = [p for s in scenes[:3] for p in s.parties]
    for p in beginning:
        if p.is_agent and p.side in _DYAD:
            memory.title.setdefault(p.side, p)
    if scenes[0].field == "title":
        _read_title(memory, scenes[0])
    named = [p for s in scenes for p in (*s.parties, *filter(None, [s.here]))]
    if named and not any(p.side == "RUS" for p in named):  # implied by the troops lent to it: the text is about both
        memory.title["both"] = named[0]
    if {p.side for p in beginning} >= set(_DYAD):
        memory.title["dyad"] = next(p for p in beginning if p.side in _DYAD)
    third = next((p for p in beginning if p.kind in ("place", "state") and p.side == "CHN"), None)
    if third is not None:
        memory.title["place"] = third
    event = next((p for s in scenes[:3] for p in s.parties if p.side == "CHN" and _hosts(s, p)), None)
    homes = any(p.kind == "place" and p.side in _DYAD and p.slot in LOCAL and not _is_left(s, p) for s in scenes[:3] for p in s.parties)
    if event is not None and not homes:
        memory.title["event"] = event
    return memory


def name_again(scene: Scene, memory: Memory) -> None:
    """"The North Korean then spoke to the president": an adjective that stands for a person is the last one of that side."""
    for i, p in enumerate(scene.parties):
        if p.kind != "demonym" or p.side not in _DYAD or (last := memory.recall(p.side)) is None or not last.persons:
            continue
        meant = scene.phrase("as_person").first(scene.low, max(0, p.start - _ARTICLE))
        if meant is not None and meant.end == p.end:
            scene.parties[i] = replace(last, start=p.start, end=p.end, slot=p.slot)


def remember(memory: Memory, scene: Scene) -> None:
    """Note whom a sentence names, for pronouns and bare titles in the next."""
    memory.before = frozenset(p.side for p in scene.parties)
    meant = [p for p in scene.parties if p.is_agent and p.side in _DYAD and not {"resident", "exempt"} & p.tags]
    for p in sorted(meant, key=lambda p: p.slot in LOCAL and not scene.grammar.verb_final, reverse=True):
        memory.last[p.side] = p  # the last one, but one without a preposition before any "to him"


def _read_title(memory: Memory, title: Scene) -> None:
    if {p.side for p in title.parties} >= set(_DYAD):
        memory.title["both"] = title.parties[0]
    memory.strangers = any(p.is_agent and p.side not in ("", *_DYAD) for p in title.parties)
    setting = _setting(title)
    if setting is not None:
        memory.title["setting"] = setting
    thirds = [p for p in title.parties if p.side and p.side not in _DYAD]
    if len({p.side for p in thirds}) == 1:
        memory.title["third"] = thirds[0]
    if thirds and all(p in title.group(thirds[0]) for p in thirds):
        memory.thirds = thirds


def _hosts(scene: Scene, country: Party) -> bool:
    """Whether something is said to take place in a country: "in Beijing", "at China's parade"."""
    if country.kind not in ("state", "place"):
        return False
    occasion = scene.phrase("occasion").first(scene.low, country.end, country.end + _OCCASION)
    return country.slot == "in" or occasion is not None


def _setting(title: Scene) -> Party | None:
    """The one place that a title is about: "Beijing: ...", "... in Vladivostok"."""
    places = [p for p in title.parties if p.kind == "place"]
    others = [p for p in title.parties if p.side and p not in places]
    if len(places) != 1 or title.segment(0) != (0, len(title.low)) or (others and not any(p.side in _DYAD for p in others)):
        return None  # a digest, or a title about somebody else
    if _is_left(title, places[0]):
        return None
    label = title.phrase("live").first(title.low, 0, places[0].start)  # "LIVE, Beijing: …"
    opens = places[0].start - (label.end if label is not None else 0) <= 3 and title.low[places[0].end :].lstrip().startswith(":")
    return places[0] if opens or places[0].slot in LOCAL else None


def _is_left(scene: Scene, place: Party) -> bool:
    """"Departs from Pyongyang": where he will not be."""
    return words("visit_triggers", scene.language, note="depart").first(scene.low, place.end, place.end + _VERB) is not None
