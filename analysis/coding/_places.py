"""Where a sentence says that something leads or takes place: the goal of a journey, the place of a meeting."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._verb_final import is_of_others
from analysis.coding.lexicon import Hit
from analysis.coding.parties import Party, opposite
from analysis.coding.scene import Scene

__all__ = ["antecedent_of", "complement_end", "crosses", "gap_to", "goal_of", "place_of"]

_DYAD = ("RUS", "PRK")
_WHERE = ("state", "place", "demonym", "organisation")
_BARE = 14  # characters from a noun to a party that no preposition ties to it
_TO = 6  # characters from a noun to the place it goes to, "trip to"
_OWNER_GAP = 8  # a possessor stands that close to what is its own, where the verb comes last
_OWNED = 30  # characters from a country to the end of what stands in it
_PLACE_REACH = 85
_COMPLEMENT = 14  # characters between a noun and each party of its complement: "between X and Y"
_THIRD_REACH = 30  # a third country must stand beside the meeting to be its place


def goal_of(scene: Scene, trigger: Hit) -> Party | None:
    """The place that the trigger governs: after it, or before it where the verb stands last."""
    ok = [p if p.kind != "speaker" else replace(p, kind="demonym") for p in scene.parties if p.kind in _WHERE or _is_adjective(p)]
    wanted = ("from", "to", "in") if trigger["frame"] == "return" else ("to", "in")
    right = [p for p in ok if 0 <= p.start - trigger.end <= _PLACE_REACH]
    left = [p for p in ok if 0 <= trigger.start - p.end <= _PLACE_REACH]
    if scene.grammar.verb_final:
        slots = ("to",) if trigger["note"] == "depart" else ("to", "in", "obj", "with")
        beside = 0 if trigger["note"] == "depart" else 2
        near = [p for p in reversed(left) if p.slot in slots or trigger.start - p.end < beside]
        if is_of_others(scene, trigger):  # "visited a factory of Khabarovsk"
            near = near or [p for p in left[-1:] if p.kind in ("state", "place") and p.slot in ("", "of") and trigger.start - p.end <= _OWNED]
        return near[0] if near else None
    whither = antecedent_of(scene, trigger, "whither") if trigger["tense"] != "noun" else None
    if whither is not None and whither.side in _DYAD:
        return whither  # "in Vladivostok, whither the chairman came"
    if trigger["tense"] == "noun" and not scene.grammar.free_order and not any(p.slot == "to" and p.start - trigger.end <= _TO for p in right):
        pile = next((p for p in left if trigger.start - p.end == 1 and p.kind in ("state", "place") and not p.slot), None)
        if pile is not None and len(scene.group(pile)) == 1:
            return pile  # "Kim's Russia trip alarms officials in Seoul"
    where = antecedent_of(scene, trigger) if scene.grammar.free_order and trigger["tense"] != "noun" else None
    for p in right:
        between = scene.low[trigger.end : p.start]
        if where is not None and "," in between:
            return where  # "from Pyongyang, where he spent a day, he left for ..."
        if trigger["tense"] == "noun" and "," in between and not _is_due(scene, trigger, between):
            break
        if p.slot in wanted and (p.kind != "organisation" or _is_seat(scene, p)) and not crosses(scene, trigger.end, p.start):
            return p
        bare = p.kind in ("state", "place") and p.slot == "" and len(between) <= 25 and p is right[0]
        if bare or (len(between) <= 5 and p.kind in ("state", "place")) or (len(between) <= (5 if trigger["tense"] == "noun" else _BARE) and p.kind == "demonym" and between.strip()):
            return p
        if trigger["note"] == "border" and p.kind == "demonym" and len(between) <= 2:
            return p
        if trigger["tense"] == "noun" and p.kind == "demonym" and between == " " and _is_by_another(scene, p):
            return p
    for p in reversed(left):
        adjacent = trigger.start - p.end <= 1 and p.kind in ("state", "place", "demonym")
        adjacent = adjacent and (trigger["tense"] == "noun" or scene.grammar.free_order)
        own = min(scene.triggers, key=lambda t: gap_to(p, t)) == (trigger.start, trigger.end)
        if (own and p.slot in ("to", "in") and p.kind != "organisation") or adjacent or _is_object(scene, p, trigger):
            return p
    return None


def _is_make(scene: Scene, p: Party) -> bool:
    """"In a Russian-made car": where the car comes from is no place."""
    made = scene.phrase("compound").first(scene.low, p.end, p.end + _PLACE_REACH) if p.kind == "demonym" else None
    return made is not None and made.start == p.end


def _is_adjective(p: Party) -> bool:
    """"Visits more Russian military sites": the army is only what kind of sites they are."""
    return p.kind == "speaker" and p.side in _DYAD and not p.persons and not p.ranks and not {"media", "unofficial"} & p.tags


def place_of(scene: Scene, trigger: Hit) -> Party | None:
    """Where a meeting takes place: the nearest place in its clause, else in the sentence."""
    antecedent = antecedent_of(scene, trigger)
    if antecedent is not None:
        return antecedent
    spots = [
        p for p in scene.parties
        if (not p.is_agent and p.kind in ("state", "place", "demonym") and p.slot in ("in", "to") and not _is_make(scene, p))
        or (p.kind in ("state", "place") and _is_place_noun(scene, p, trigger))
        or (p.kind == "organisation" and p.slot in ("in", "to") and _is_seat(scene, p))
        or (scene.grammar.verb_final and p.kind == "place" and not p.slot and trigger["tense"] == "noun" and 0 <= trigger.start - p.end <= _OWNER_GAP)
        or (p.kind == "place" and "leader" in trigger["note"] and p.slot == "of" and 0 <= p.start - trigger.end <= 4)
    ]
    if scene.grammar.verb_final:  # what follows the verb is told of something else
        before = [p for p in spots if p.end <= trigger.start]
        course = scene.phrase("in_course").first(scene.low, trigger.end, trigger.end + _TO) if trigger["tense"] == "noun" else None
        if course is not None and course.start == trigger.end:
            spots = before  # "at the outset of the talks he praised those who fought in Kursk"
        spots = before if before or trigger["tense"] != "noun" else spots
    if not spots:
        return None
    left, right = scene.clause(trigger.start, trigger.end)
    span = trigger.start, complement_end(scene, trigger) if trigger["tense"] == "noun" else trigger.end
    own = [p for p in spots if min(scene.triggers, key=lambda t: gap_to(p, t)) == (trigger.start, trigger.end)]
    near = [
        p for p in own
        if p.side in _DYAD or (gap_to(p, span) <= _THIRD_REACH and left <= p.start < right)
    ]
    inside = [p for p in near if left <= p.start < right]
    return min(inside or near, key=lambda p: gap_to(p, (trigger.start, trigger.end)), default=None)


def _is_seat(scene: Scene, body: Party) -> bool:
    """"In the Kremlin": a body that is also the house it sits in."""
    return scene.phrase("seat").first(scene.low, body.start, body.end) is not None


def gap_to(party: Party, span: tuple[int, int]) -> int:
    """Return the characters between a party and a span."""
    return max(party.start - span[1], span[0] - party.end, 0)


def complement_end(scene: Scene, noun: Hit) -> int:
    """Where the complement of a noun ends: after "a meeting between X and Y" the predicate begins."""
    end = noun.end
    for p in scene.parties:
        if p.start >= end:
            if p.start - end > _COMPLEMENT or "," in scene.low[end : p.start]:
                break
            end = p.end
    return end


def crosses(scene: Scene, a: int, b: int) -> bool:
    """Return whether a clause begins between two positions."""
    return any(a < x <= b for x in scene.bounds[1:-1])


def _is_by_another(scene: Scene, demonym: Party) -> bool:
    """"Le voyage russe de Kim": where the other side's person makes the trip, the adjective is where it goes."""
    after = next((p for p in scene.parties if 0 <= p.start - demonym.end <= _TO), None)
    return after is not None and after.is_agent and after.slot == "of" and after.side == opposite(demonym.side) != ""


def _is_due(scene: Scene, trigger: Hit, between: str) -> bool:
    """"His arrival, expected in the evening in …": what the comma opens says where."""
    due = scene.phrase("due").first(scene.low, trigger.end, trigger.end + 16)
    return between.count(",") == 1 and due is not None and due.start - trigger.end <= 2


def _is_object(scene: Scene, state: Party, trigger: Hit) -> bool:
    """"Россию на этой неделе посетит ...": a state that opens the clause before a verb whose subject follows."""
    if not scene.grammar.free_order or trigger["tense"] == "noun" or state.slot or state.kind not in ("state", "place"):
        return False
    after = next((p for p in scene.parties if 0 <= p.start - trigger.end <= _PLACE_REACH), None)
    alone = not any(p is not state and p.end <= trigger.start for p in scene.parties)
    return alone and after is not None and after.is_agent and "," not in scene.low[state.end : trigger.start]


def antecedent_of(scene: Scene, trigger: Hit, kind: str = "where") -> Party | None:
    """"Beijing, where the two talked": the place that a relative clause hangs on."""
    left, _ = scene.clause(trigger.start, trigger.end)
    where = scene.phrase(kind).first(scene.low, left, trigger.start) if left else None
    if where is None or where.start - left > 2:
        return None
    return next((p for p in scene.parties if p.kind in ("state", "place") and 0 <= left - p.end <= 2), None)


def _is_place_noun(scene: Scene, party: Party, trigger: Hit) -> bool:
    """"his Russia summit": a country alone before the noun is where it takes place, two are who meets."""
    adjacent = trigger["tense"] == "noun" and trigger.start - party.end == 1 and not scene.grammar.verb_final
    return adjacent and len(scene.group(party)) == 1
