"""Who is received: where the guest comes from, and whether the words put the guest before the verb."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from analysis.coding._places import place_of
from analysis.coding.lexicon import Hit, lowered, words
from analysis.coding.parties import Party, opposite
from analysis.coding.roles import Memory, is_resident
from analysis.coding.scene import Scene
from analysis.lexicons import read_lexicon

__all__ = ["from_where", "fronted", "is_guest", "met_there", "object_first", "received_there", "the_two", "whom"]

_DYAD = ("RUS", "PRK")
_FROM = 5  # characters from a delegation to where it comes from
_WHOM = 12  # characters of a relative pronoun and an article
_OBJECT = 12  # characters from a verb of meeting to whom it governs
_TOWN = 60  # characters from a verb of welcome to the town that welcomes


def met_there(scene: Scene, trigger: Hit, guest: Party) -> Party | None:
    """"In Primorye they welcomed Kim": a plural without a subject, and the place says who welcomes."""
    if not guest.side or (
        trigger["tense"] != "base" and scene.phrase("impersonal").first(scene.low, trigger.start, trigger.end) is None
    ):
        return None
    if any(p.is_agent and p is not guest for p in scene.parties):
        return None
    where = place_of(scene, trigger)
    return where if where is not None and where.side == opposite(guest.side) and guest.side in _DYAD else None


def received_there(scene: Scene, trigger: Hit, before: Party) -> Party | None:
    """"Lavrov (accusative) they met in Pyongyang with flowers": one person before a plural that nobody else is the subject of."""
    if not scene.grammar.free_order or len(scene.group(before)) > 1 or is_resident(before):
        return None
    case = scene.phrase("accusative").first(scene.low, before.start, before.end)
    if not before.persons and (case is None or case.start != before.start):
        return None
    town = next((p for p in scene.parties if 0 <= p.start - trigger.end <= _TOWN and p.kind == "place" and not p.slot), None)
    if case is not None and town is not None and town.side == opposite(before.side) and before.side in _DYAD:
        return town  # "the team (accusative) Kazan will receive"
    return met_there(scene, trigger, before)


def whom(scene: Scene, subject: Party) -> Party | None:
    """"The minister, whom X received": who stands right before the relative pronoun is the guest."""
    whom = scene.phrase("whom").last(scene.low, max(0, subject.start - _WHOM), subject.start)
    if whom is None:
        return None
    near = next((p for p in scene.parties if p.is_agent and p.side and -1 <= whom.start - p.end <= 1), None)
    if near is None or near.slot != "of" or not scene.low.startswith(",", whom.start):
        return near
    # "X, an envoy of Y, whom Z received": an apposition stands between
    head = next((p for p in reversed(scene.parties) if p.end <= near.start and p.is_agent and p.side == near.side and p.slot != "of"), None)
    return near if head is None or not scene.low.startswith(",", head.end) else head


def from_where(scene: Scene, guest: Party | None) -> Party | None:
    """"Received a delegation from Pyongyang": where it comes from is whose it is."""
    if guest is None or guest.side or "delegation" not in guest.tags:
        return guest
    origin = next((p for p in scene.parties if 0 <= p.start - guest.end <= _FROM), None)
    return replace(guest, side=origin.side) if origin is not None and origin.slot == "from" else guest


def object_first(scene: Scene, trigger: Hit, before: Party | None) -> bool:
    """Whether who is received stands before the verb: "whom Kim received", "the minister (accusative) received Kim"."""
    if not scene.grammar.free_order:
        return False
    pronoun = scene.phrase("object_before").last(scene.low, max(0, trigger.start - 60), trigger.start)
    if pronoun is not None and scene.low.count(",", pronoun.end, trigger.start) % 2 == 0:  # an aside opens and closes
        return True
    case = scene.phrase("accusative").first(scene.low, before.start, before.end) if before is not None else None
    return (case is not None and case.start == before.start) or (before is not None and _is_oblique(scene, before))


def _is_oblique(scene: Scene, party: Party) -> bool:
    """"Кима", and not "Ким": no name of the lexicon is spelt so before it is inflected."""
    name = lowered(party.persons[0]) if len(party.persons) == 1 else ""
    return bool(name) and party.side in _DYAD and not party.slot and name not in _citation_forms(scene.language)


@cache
def _citation_forms(language: str) -> frozenset[str]:
    table = read_lexicon("actors")
    forms = table.loc[(table["language"] == language) & (table["kind"] == "person"), "form"]
    return frozenset(lowered(f.replace("~", "")) for f in forms)


def fronted(scene: Scene, trigger: Hit, side: str) -> Party | None:
    """"Fresh from a summit with X in Y, Z ...", "days after hosting X, Z ...": whose meeting opens the sentence follows its comma."""
    if scene.grammar.verb_final or any(p.is_agent and p.end <= trigger.start for p in scene.parties):
        return None
    comma = scene.low.find(",", trigger.end)
    return next((p for p in scene.agents(side) if comma >= 0 and 0 < p.start - comma <= _WHOM and p.slot == ""), None)


def the_two(scene: Scene, trigger: Hit, memory: Memory) -> dict[str, list[Party]] | None:
    """"The two nations held a summit": both, right before a meeting of leaders, are their leaders."""
    both = scene.phrase("both").last(scene.low, max(0, trigger.start - _WHOM * 2), trigger.start)
    if both is None or scene.grammar.verb_final or trigger.start - both.end > 1 or scene.phrase("both_leaders").first(scene.low, both.start, both.end) is not None:
        return None
    summit = words("visit_triggers", scene.language, note="leader").first(scene.low, trigger.start, trigger.end)
    told = {p.side for p in scene.parties} >= set(_DYAD) or memory.is_about_the_two()
    if summit is None or not told:
        return None
    led = {s: memory.recall(s) for s in _DYAD}
    return {s: [p if p is not None and p.rank == "leader" else Party(0, 0, s, "title", tags=frozenset({"leader"}), ranks=("leader",))] for s, p in led.items()}


def is_guest(scene: Scene, trigger: Hit, party: Party) -> bool:
    """Whether the words say who is the guest: a delegation, or who calls on somebody."""
    if trigger["note"] == "guest":
        return party.end <= trigger.start
    return scene.phrase("travels").first(scene.low, party.start, party.end) is not None
