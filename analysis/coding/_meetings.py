"""Visits told by an encounter: who receives or meets whom, and who attends what together."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._guests import (
    from_where,
    fronted,
    is_guest,
    met_there,
    object_first,
    received_there,
    the_two,
    whom,
)
from analysis.coding._verb_final import described, goes_to_others
from analysis.coding._visit import Visit, is_of_unnamed, is_outside_quote, place_name, visit_to
from analysis.coding.lexicon import Hit
from analysis.coding.parties import LOCAL, RANKS, Party, opposite, rank_of
from analysis.coding.roles import (
    Memory,
    gap_to,
    is_passive,
    is_resident,
    objects_of,
    participants_of,
    place_of,
    recalled,
    share_title,
    subject_of,
    with_head,
)
from analysis.coding.scene import Scene
from analysis.coding.status import visit_status

__all__ = ["attend", "host", "meet"]

_DYAD = ("RUS", "PRK")
_OCCASION_REACH = 34
_HELD_AT = 70  # characters between a meeting of nobody named and its place
_OBJECT = 12  # characters from a verb of meeting to whom it governs
_PAIR = 24  # characters between a meeting and "the two leaders" whose it is


def host(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    subject = subject_of(scene, trigger)
    objects = objects_of(scene, trigger)
    passive = is_passive(scene, trigger)
    if passive:
        host = next((p for p in objects if p.slot == "by" and p.side), None)
        if host is None and subject is not None:
            seats = [place_of(scene, trigger), *[p for p in objects if p.kind == "organisation" and p.slot in LOCAL]]
            host = next((p for p in seats if p is not None and p.side == opposite(subject.side)), None)
        if host is None and subject is None:  # "Received on Tuesday in the Kremlin, the minister …"
            comma = scene.low.find(",", trigger.end)
            host = next((p for p in objects if p.slot in LOCAL and p.side in _DYAD and p.end <= comma), None)
        host = host or next((p for p in objects if p.is_agent and p.side), None)
        if subject is None and host is not None:  # "Received on Tuesday by the president, the minister …"
            subject = next((p for p in scene.parties if p.start >= host.end and p.is_agent and p.side == opposite(host.side)), None)
        subject, guest = host, subject
    else:
        guest = next((p for p in objects if p.is_agent and (p.slot in ("", "with", "obj") or p.start - trigger.end <= 5)), None)
        guest = from_where(scene, guest)
        if guest is not None and is_outside_quote(scene, trigger, guest):
            guest = None  # "he received a rifle,” the spokesman said": who speaks is no object
        if guest is not None and guest.start > trigger.end and scene.phrase("no_object").first(scene.low, trigger.end, guest.start):
            return None  # "received a message of greeting from ..."
        if guest is not None and object_first(scene, trigger, subject):
            host = guest
            guest = subject if subject is not None and subject.is_agent and subject.side == opposite(host.side) else None
            guest = guest or recalled(scene, trigger, memory, opposite(host.side)) or memory.recall(opposite(host.side))
            subject = host
    near = scene.phrase("object_pronoun").first(scene.low, max(0, trigger.start - 4), min(len(scene.low), trigger.end + 5))
    if guest is None and subject is not None and near is not None:
        named = (p for p in reversed(scene.agents(opposite(subject.side))) if p.end <= trigger.start)  # "X told Kim, who received him"
        guest = recalled(scene, trigger, memory, opposite(subject.side)) or next(named, None)
    if guest is None and not passive and subject is not None:
        guest = whom(scene, subject)
        if guest is None and (there := received_there(scene, trigger, subject)) is not None:
            return visit_to(scene, trigger, subject, there.side, there, 0.0)  # who arrived is told better elsewhere
    if passive and guest is not None and guest.is_agent and not guest.side and subject is not None:
        guest = recalled(scene, trigger, memory, opposite(subject.side))  # "the head of state was the guest of X"
    if guest is not None and not passive and (there := met_there(scene, trigger, guest)) is not None:
        return visit_to(scene, trigger, guest, there.side, there, 2.0)
    if subject is None and guest is not None:
        others = any(p.is_agent and p.side not in ("", *_DYAD) for p in scene.parties)  # "Receiving X, Trump said"
        subject = fronted(scene, trigger, opposite(guest.side)) or (None if others and trigger["tense"] == "participle" else recalled(scene, trigger, memory, opposite(guest.side)))
    if guest is None or subject is None or "exempt" in guest.tags or not guest.is_agent:
        return None
    if subject.side not in _DYAD or guest.side != opposite(subject.side):
        return None
    if is_resident(guest) or is_resident(subject):
        return None
    where = place_of(scene, trigger)
    if where and where.side not in _DYAD:
        if gap_to(where, (trigger.start, trigger.end)) > _OCCASION_REACH or "leader" not in (guest.rank, subject.rank):
            return None
        persons = tuple(dict.fromkeys([*subject.persons, *guest.persons]))
        return Visit(trigger, "RUS", guest.rank or "leader", persons, "third", place_name(scene, where), where.side, (subject, guest),
                     "received in a third country", 2.5)
    if not passive and guest.rank == "leader" and subject.rank not in ("", "leader") and (where is None or where.side == guest.side) and (guest.side, "leader") not in memory.movers:
        subject, guest = guest, subject  # nobody below a leader receives one at home
    return visit_to(scene, trigger, guest, subject.side, where if where and where.side == subject.side else None, 2.5)


def meet(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    if scene.grammar.verb_final and trigger["tense"] != "noun":
        head = described(scene, trigger)
        if goes_to_others(scene, trigger, known=False) or (head is not None and head.side not in _DYAD):
            return None  # "met the bereaved", "the speaker who met Kim"
    if trigger["tense"] != "noun" and any(
        "peer" in p.tags and p.side not in ("", *_DYAD) and 0 <= p.start - trigger.end <= _OBJECT for p in scene.parties
    ):
        return None  # "to meet his American counterpart, Putin ...": whom the verb governs is another
    if (seat := _of_joint_body(scene, trigger)) is not None:
        visitors = Party(0, 0, opposite(seat.side), "title", tags=frozenset({"delegation"}), ranks=("delegation",))
        return visit_to(scene, trigger, visitors, seat.side, seat, 1.5)
    near = [] if _is_of_the_pair(scene, trigger) or the_two(scene, trigger, memory) else participants_of(scene, trigger)
    if not near and scene.grammar.verb_final and trigger["tense"] != "noun" and head is not None:
        near = scene.group(head)  # "X and Y, who met on the 24th": the verb describes both
    sides = {p.side for p in near if p.side}
    by_side = {s: [p for p in near if p.side == s] for s in _DYAD}
    others = sides - set(_DYAD)
    company = {p.side for p in near if p.start >= trigger.end and p.slot == "with" and p.side}
    if trigger["tense"] == "noun" and company and not company & set(_DYAD) and not scene.grammar.verb_final:
        return None  # "three days before his meeting with ..."
    if not (by_side["RUS"] and by_side["PRK"]):
        if scene.phrase("both_leaders").first(scene.low) and not others and (memory.is_about_the_two() or {p.side for p in scene.parties if p.side} == set(_DYAD)):
            by_side = {s: [replace(p)] if (p := memory.recall(s)) else [_unnamed_leader(s)] for s in _DYAD}
        elif near == [] and (pair := the_two(scene, trigger, memory)):
            by_side = pair
        elif len(sides & set(_DYAD)) == 1 and not others:
            side = next(iter(sides & set(_DYAD)))
            where = place_of(scene, trigger)
            if where is not None and where.side == opposite(side) and any(p.is_agent for p in by_side[side]):
                traveller = min((p for p in by_side[side] if p.is_agent), key=lambda p: gap_to(p, (trigger.start, trigger.end)))
                return None if is_resident(traveller) else visit_to(scene, trigger, traveller, where.side, where, 1.5)
            other = recalled(scene, trigger, memory, opposite(side)) or fronted(scene, trigger, opposite(side))
            if other is None and trigger["tense"] == "noun" and opposite(side) in memory.before and any(p.slot == "with" for p in by_side[side]):
                other = memory.last.get(opposite(side))
            if other is None or not any(p.is_agent for p in by_side[side]):
                return None
            by_side[opposite(side)] = [other]
        elif not sides and (where := place_of(scene, trigger)) is not None and where.side in _DYAD and _is_beside(scene, where, trigger):
            guest = recalled(scene, trigger, memory, opposite(where.side))
            if guest is None and trigger["tense"] == "noun" and memory.mentions_visit:
                guest = memory.last.get(opposite(where.side))  # "in Pyongyang he also held talks"
            alone = not memory.sides - {"", *_DYAD}
            if guest is None and "leader" in trigger["note"] and (alone or memory.is_about_the_two()):  # "the Vladivostok summit"
                guest = _unnamed_leader(opposite(where.side))
            return visit_to(scene, trigger, guest, where.side, where, 1.5) if guest else None
        elif not sides and trigger["tense"] == "noun" and not scene.grammar.verb_final and (pair := _about(scene, trigger)):
            by_side = pair
        else:
            return None
    by_side = {s: [with_head(scene, p) for p in by_side[s]] for s in _DYAD}
    pair = [*by_side["RUS"], *by_side["PRK"]]
    bodily = [p for p in pair if p.is_agent]
    beside = all(any(gap_to(p, (trigger.start, trigger.end)) <= 4 for p in by_side[s]) for s in _DYAD)
    led = all((p := memory.recall(s)) is not None and p.rank == "leader" for s in _DYAD)
    summit = not bodily and ("leader" in trigger["note"] or (beside and led and trigger["tense"] == "noun"))
    if not summit and ({p.side for p in bodily} != set(_DYAD)) and not share_title(scene, pair):
        return None
    if all(is_resident(p) for p in by_side["RUS"]) or all(is_resident(p) for p in by_side["PRK"]):
        return None
    if any("exempt" in p.tags and not p.persons for p in pair):
        return None
    where = place_of(scene, trigger) or _on_occasion(scene, trigger)
    if trigger["note"] == "signing" and (where is None or where.side not in _DYAD):
        return None  # papers can be signed apart
    direction, place = "", where
    if where is not None:
        direction = f"{opposite(where.side)}>{where.side}" if where.side in _DYAD else "third"
    ranks = {s: _rank_of_side(by_side[s], by_side[opposite(s)], trigger) for s in _DYAD}
    if summit:
        ranks = dict.fromkeys(_DYAD, "leader")
    if not direction and len(guests := {p.side for p in pair if is_guest(scene, trigger, p)}) == 1:
        direction = f"{(mover := next(iter(guests)))}>{opposite(mover)}"
    if not direction:
        gone = memory.movers - (memory.invited if visit_status(scene, trigger).status == "held" else set())
        direction = next((f"{s}>{opposite(s)}" for s in _DYAD if (s, ranks[s]) in gone), "")
    if not direction and (setting := memory.title.get("setting")) is not None:  # the title says where
        direction = f"{opposite(setting.side)}>{setting.side}" if setting.side in _DYAD else "third"
    if not direction and _is_one_of_several(scene, trigger, near):
        direction = "third"
    is_placed = bool(direction)
    if not direction and set(ranks.values()) == {"leader"} and (third := memory.title.get("event")) is not None:
        direction, place = "third", third  # the article is about an event in a third country
    if not direction and ranks["RUS"] != ranks["PRK"]:
        low_side = max(_DYAD, key=lambda s: RANKS.index(ranks[s]))
        low_side = opposite(low_side) if is_of_unnamed(scene, by_side, ranks) else low_side
        direction = f"{low_side}>{opposite(low_side)}"
    mover = direction[:3] if direction in ("RUS>PRK", "PRK>RUS") else ""
    rank = ranks[mover] if mover else max(ranks.values(), key=RANKS.index)
    persons = tuple(dict.fromkeys(n for p in pair for n in p.persons))
    # a leader who meets a governor is on a visit that another sentence tells better
    lesser = bool(mover) and RANKS.index(ranks[mover]) < RANKS.index(ranks[opposite(mover)])
    weight = 2.0 + (0.5 if where else 0) - (1.0 if lesser else 0) - (2.0 if trigger["note"] == "signing" else 0)
    return Visit(
        trigger, mover or _first_side(pair), rank, persons, direction,
        place_name(scene, place), place.side if place else "", tuple(pair),
        "both sides meet in person", weight, is_placed, max(ranks.values(), key=lambda r: -RANKS.index(r)),
    )


def _about(scene: Scene, trigger: Hit) -> dict[str, list[Party]] | None:
    """"Handed him a letter during an audience in the Kremlin": those the clause names are who meets."""
    during = scene.phrase("during").last(scene.low, max(0, trigger.start - _HELD_AT), trigger.start)
    if during is None or trigger.start - during.end > _PAIR:
        return None
    left, _ = scene.clause(during.start, during.end)
    pair = {s: [p for p in scene.agents(s) if left <= p.start < during.start and not is_resident(p)] for s in _DYAD}
    return pair if all(pair.values()) else None


def _of_joint_body(scene: Scene, trigger: Hit) -> Party | None:
    """"The intergovernmental commission met in Pyongyang": the place that makes one side's half of it the guests."""
    left, _ = scene.clause(trigger.start, trigger.end)
    body = scene.phrase("joint_body").last(scene.low, left, trigger.start)
    if body is None or any(p.is_agent and body.end <= p.start < trigger.start for p in scene.parties):
        return None
    sides = {p.side for p in scene.parties if p.side}
    where = place_of(scene, trigger)
    both = sides == set(_DYAD) or (sides < set(_DYAD) and scene.phrase("both").first(scene.low) is not None)
    return where if both and where is not None and where.side in _DYAD else None


def _is_beside(scene: Scene, where: Party, trigger: Hit) -> bool:
    """Whether a place is that of the meeting and not of what is talked about there."""
    return scene.grammar.verb_final or "leader" in trigger["note"] or gap_to(where, (trigger.start, trigger.end)) <= _HELD_AT


def _is_of_the_pair(scene: Scene, trigger: Hit) -> bool:
    """Whether "the two leaders" are the meeting's own subject or complement, whoever else the sentence names."""
    before = scene.phrase("both_leaders").last(scene.low, max(0, trigger.start - _PAIR), trigger.start)
    after = scene.phrase("both_leaders").first(scene.low, trigger.end, trigger.end + _PAIR)
    a, b = (before.end, trigger.start) if before is not None else (trigger.end, after.start) if after is not None else (0, 0)
    return a < b and "," not in scene.low[a:b] and not any(a <= p.start < b for p in scene.parties)


def _is_one_of_several(scene: Scene, trigger: Hit, near: list[Party]) -> bool:
    """"북중·북러 정상회담": the talks of one side with a third country beside those with the other take place there too."""
    if not scene.grammar.verb_final or trigger["tense"] != "noun":
        return False
    return any(p.kind == "state" and p.side not in ("", *_DYAD) and p.slot == "" and "," not in scene.low[p.end : trigger.start] for p in near)


def attend(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    # "the leaders of three states, Russia among them": their title is on a party of its own
    shared = any(p.is_agent and not p.side and p.ranks for p in scene.parties)
    by_side = {s: scene.agents(s) or [p for p in scene.parties if shared and p.side == s] for s in _DYAD}
    for side in _DYAD:
        if not by_side[side] and by_side[opposite(side)] and (other := recalled(scene, trigger, memory, side)) is not None:
            by_side[side] = [other]  # "he will join X and Y at the parade"
    if not all(by_side.values()):
        return None
    third = next((p for p in scene.parties if p.kind in ("state", "place") and p.side not in ("", *_DYAD)), None)
    hosts = [p for p in scene.agents() if p.side not in _DYAD and p.rank == "leader"]
    if third is None and memory.title.get("place") is None and len(hosts) == 1:
        third = hosts[0]  # with the leader of a third country beside them, it is his
    if third is None and memory.title.get("place") is None:
        return None
    third = third or memory.title["place"]
    pair = [*by_side["RUS"], *by_side["PRK"]]
    titles = [r for p in scene.parties if shared and p.is_agent and not p.side for r in p.ranks]
    rank = max((rank_of([*titles, *(r for p in by_side[s] for r in p.ranks)]) or "delegation" for s in _DYAD), key=RANKS.index)
    persons = tuple(dict.fromkeys(n for p in pair for n in p.persons))
    return Visit(trigger, "RUS", rank, persons, "third", third.place or "", third.side, tuple(pair),
                 "both attend in a third country", 2.0)


def _on_occasion(scene: Scene, trigger: Hit) -> Party | None:
    """The third country whose event gave the occasion: "at the talks on the sidelines of China's parade"."""
    occasion = scene.phrase("occasion").last(scene.low, 0, trigger.start)
    if occasion is None:
        return None
    before = [p for p in scene.parties if p.kind in ("state", "place") and p.side not in ("", *_DYAD) and p.end <= occasion.start]
    return before[-1] if before and occasion.start - before[-1].end <= _OCCASION_REACH else None


def _rank_of_side(own: list[Party], other: list[Party], trigger: Hit) -> str:
    rank = rank_of([r for p in own for r in p.ranks])
    if not rank and not any(p.persons for p in own):  # "Russian and North Korean leaders": one title for both
        rank = rank_of([r for p in other if not p.persons for r in p.ranks])
    return rank or ("leader" if "leader" in trigger["note"] else "delegation")


def _unnamed_leader(side: str) -> Party:
    return Party(0, 0, side, "title", tags=frozenset({"leader"}), ranks=("leader",))


def _first_side(parties: list[Party]) -> str:
    return min(parties, key=lambda p: p.start).side
