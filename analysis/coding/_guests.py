"""Who is received: where the guest comes from, and whether the words put the guest before the verb."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._places import place_of
from analysis.coding.lexicon import Hit
from analysis.coding.parties import Party, opposite
from analysis.coding.scene import Scene

__all__ = ["from_where", "is_guest", "met_there", "object_first", "whom"]

_DYAD = ("RUS", "PRK")
_FROM = 5  # characters from a delegation to where it comes from
_WHOM = 12  # characters of a relative pronoun and an article
_OBJECT = 12  # characters from a verb of meeting to whom it governs


def met_there(scene: Scene, trigger: Hit, guest: Party) -> Party | None:
    """"In Primorye they welcomed Kim": a plural without a subject, and the place says who welcomes."""
    if not guest.side or scene.phrase("impersonal").first(scene.low, trigger.start, trigger.end) is None:
        return None
    if any(p.is_agent and p is not guest for p in scene.parties):
        return None
    where = place_of(scene, trigger)
    return where if where is not None and where.side == opposite(guest.side) and guest.side in _DYAD else None


def whom(scene: Scene, subject: Party) -> Party | None:
    """"The minister, whom X received": who stands right before the relative pronoun is the guest."""
    whom = scene.phrase("whom").last(scene.low, max(0, subject.start - _WHOM), subject.start)
    if whom is None:
        return None
    return next((p for p in scene.parties if p.is_agent and p.side and -1 <= whom.start - p.end <= 1), None)


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
    return case is not None and case.start == before.start


def is_guest(scene: Scene, trigger: Hit, party: Party) -> bool:
    """Whether the words say who is the guest: a delegation, or who calls on somebody."""
    if trigger["note"] == "guest":
        return party.end <= trigger.start
    return scene.phrase("travels").first(scene.low, party.start, party.end) is not None
