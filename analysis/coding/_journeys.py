"""Visits told by a journey: who goes, stays, returns, is sent or is somebody's guest."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._verb_final import described, goes_to_others, is_of_others
from analysis.coding._visit import Visit, anaphor, companion, elsewhere, visit_to
from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import LOCAL, Party, opposite
from analysis.coding.roles import (
    Memory,
    gap_to,
    goal_of,
    is_foreign_to,
    is_resident,
    its_own,
    mover_of,
    nearest_of,
    other_holder,
    recalled,
    subject_of,
    with_head,
)
from analysis.coding.scene import Scene

__all__ = ["aboard", "go", "guest", "send"]

_DYAD = ("RUS", "PRK")
_OWN = 4  # characters between a possessor and the noun that is its own
_NOUN = 24  # characters from a demonym to the name of what it is said of
_TOLD = 4  # sentences back in which it is told where what carries the minister goes
_ABOARD = 90  # characters from "among the passengers" to the one who is
_INVITED = 40  # characters from an arrival to "at the invitation of", and from there to who invites
# weights of what was done on a visit, "signed a plan in Moscow", of which any other sentence says more, and of "arrived on Monday, X met Y"
_WEIGHTS = {"act": 0.6, "aside": 2.0}
_OWNER = 60  # characters from a visit to "of X", across what is said of it
_SAYS = 24  # characters between a speaker and the verb of saying


def go(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    origin = _origin(scene, trigger)
    if origin is not None:
        mover = recalled(scene, trigger, memory, origin.side) or replace(origin, kind="title", ranks=("delegation",))
        return visit_to(scene, trigger, mover, opposite(origin.side), None, 1.5)
    host, place = trigger["goes_to"], None
    goal = None if host else goal_of(scene, trigger)
    head = described(scene, trigger) if scene.grammar.verb_final else None
    if head is not None and head.side not in ("", *_DYAD):
        return None  # "who came to Pyongyang" is said of a third country's
    if trigger["note"] == "strict" and not _is_held_there(scene, _spelt_out(scene, goal)):
        return None
    if not host and goal is not None:
        if goal is not None:
            group = scene.group(goal) if goal.slot in LOCAL or goal.kind in ("state", "place") else [goal]
            group = [p for p in group if p is goal or not p.persons]  # "left for Kazan, Kim stayed": the next clause's person is no goal
            sides = [p.side for p in group]
            mover = _with_side(mover_of(scene, trigger, goal))
            wanted = opposite(mover.side) if mover else ""
            if wanted in sides:
                host, place = wanted, group[sides.index(wanted)]
            elif any(s in _DYAD for s in sides) and not mover:
                i = next(i for i, s in enumerate(sides) if s in _DYAD)
                host, place = sides[i], group[i]
                if trigger["frame"] == "return" and {side for side, _ in memory.movers - memory.invited} == {host}:
                    host, place = opposite(host), None  # "he returned to Moscow": who had come is back home
            elif mover and mover.side == goal.side and goal.side in _DYAD and trigger["frame"] == "return":
                host = opposite(goal.side)  # back to one's own country, from the other's
                if not memory.mentions_visit and host not in {p.side for p in scene.parties}:
                    return None
            elif mover and mover.side == goal.side and goal.side in _DYAD:
                host, place = goal.side, goal
            else:
                return None
    elif trigger["frame"] == "go" and trigger["tense"] != "noun" and not scene.grammar.verb_final:
        # "to visit Putin": who is visited stands where the place would
        seen = next((p for p in scene.parties if p.is_agent and not is_resident(p) and 0 <= p.start - trigger.end <= 5), None)
        mover = _with_side(mover_of(scene, trigger, seen))
        if seen is not None and mover is not None and seen.side in _DYAD and mover.side == opposite(seen.side):
            host, place = seen.side, seen
    if host:
        bare = None
        mover = mover_of(scene, trigger, place)
        mover = None if mover is not None and _is_teller(scene, mover, trigger) else mover
        if mover is not None and not mover.side and "delegation" in mover.tags:
            mover = with_head(scene, mover)  # "a delegation of the ministry led by Minister X": theirs
        if mover is not None and mover.side and not mover.is_agent and trigger["tense"] == "noun":  # "the Kremlin speaks of a visit, brief, of X"
            owners = (p for p in scene.parties if 0 <= p.start - trigger.end <= _OWNER and p.is_agent and p.slot == "of")
            mover = next((p for p in owners if p.side == mover.side), mover)
        if mover is not None and mover.kind == "exempt":
            mover = companion(scene, mover, opposite(host))
            if mover is None:
                return None
        if mover is not None and trigger["tense"] != "noun" and not mover.is_agent and mover.side:
            return None  # states, flights and pacts do not travel
        if mover is not None and mover.side != opposite(host):
            # "Kim said that Putin arrived": the nearest actor is the host's own; a third country's ends the search
            if mover.side != host and not (mover.side == "" and not mover.persons):
                return None
            if _stays_home(scene, trigger, mover, host):
                return None
            bare = mover if mover.side == "" and mover.ranks and trigger["note"] != "act" else None
            mover = None
        if mover is None and trigger["note"] == "strict":
            return None
        if mover is None:
            mover = nearest_of(scene, trigger, opposite(host))
            mover = None if mover is not None and _is_teller(scene, mover, trigger) else mover
        if mover is None and trigger["note"] != "act":
            mover = its_own(scene, trigger, opposite(host)) or recalled(scene, trigger, memory, opposite(host)) or _only_title(scene, trigger, memory, opposite(host))
        own = memory.recall(host)  # where one's own leader is known, "the head of state" in one's own town is he
        ours = bare is not None and own is not None and own.rank == bare.rank
        if mover is None and bare is not None and not (ours or other_holder(scene, bare)) and not any(p.side not in ("", *_DYAD) for p in scene.parties):
            mover = replace(bare, side=opposite(host))  # "a delegation of the ministry left for Moscow"
        if mover is None or mover.kind == "exempt" or is_resident(mover):
            return None
        return visit_to(scene, trigger, mover, host, place, _WEIGHTS.get(trigger["note"], 3.0))
    if scene.grammar.verb_final and goes_to_others(scene, trigger, known=memory.mentions_visit):
        return None
    mover = mover_of(scene, trigger, None)
    if trigger["tense"] == "noun" and mover is not None and trigger.start - mover.end > _OWN and (mover.side, mover.rank) not in memory.movers:
        # "the minister praised Kim on the visit": of those named, the one whose visit the article is about
        mover = next((p for p in scene.agents() if (p.side, p.rank) in memory.movers), mover)
    if trigger["tense"] == "noun" and mover is not None and _speaks(scene, mover, trigger):
        return _of_known(scene, trigger, memory)  # "Peskov, asked about the visit": who speaks of a visit need not make it
    gone = {side for side, _ in memory.movers}
    if mover is None and trigger["frame"] == "return" and len(gone) == 1:  # "he went home": who had come
        mover = recalled(scene, trigger, memory, next(iter(gone)))
    if mover is not None and not mover.side and mover.ranks and trigger["frame"] == "return" and len(gone) == 1:
        mover = replace(mover, side=next(iter(gone)))  # "another delegation leaves again on Saturday": of those who came
    if mover is not None and not mover.side and memory.visit is not None and memory.visit.rank == mover.rank != "delegation" and trigger["tense"] == "noun":
        mover = mover if other_holder(scene, mover) or is_foreign_to(scene, mover, memory.visit.mover) else replace(mover, side=memory.visit.mover)
    if mover is None or mover.side not in _DYAD or mover.kind not in ("person", "title"):
        return None
    if memory.title.get("event") is not None and trigger["tense"] == "noun":
        return None  # "the visit", in an article about an event in a third country
    if (trigger["frame"] == "stay" and not _is_host_there(scene, trigger, mover)) or elsewhere(scene, trigger):
        return None
    abroad = any(p.side == opposite(mover.side) for p in scene.parties)  # "returned home after talks with Russian officials"
    homeward = not scene.grammar.verb_final and "delegation" in mover.tags and scene.phrase("homeward").first(scene.low, trigger.start, trigger.end) is not None
    homeward = homeward and not memory.sides - {"", *_DYAD}  # "the Russian delegation flew home": from the only other country spoken of
    if homeward:
        return visit_to(scene, trigger, mover, opposite(mover.side), None, 1.0)
    if trigger["frame"] == "return" and trigger["tense"] != "noun" and not (memory.mentions_visit or abroad):
        return None
    if trigger["frame"] == "go" and trigger["tense"] != "noun" and not anaphor(scene, opposite(mover.side)):
        invited = scene.phrase("invited_by").first(scene.low, trigger.end, trigger.end + _INVITED)
        hosts = {p.side for p in scene.parties if invited is not None and 0 <= p.start - invited.end <= _INVITED}
        hosts |= {p.side for p in scene.agents() if 0 <= p.start - trigger.end <= _SAYS and not scene.grammar.verb_final}  # "arrived to meet Putin"
        if trigger["note"] not in ("bare", "then") or not (memory.is_about_the_two() or opposite(mover.side) in hosts):
            return None
        return visit_to(scene, trigger, mover, opposite(mover.side), None, 1.0)  # "the delegation had arrived on Monday"
    if trigger["tense"] == "noun" and trigger["frame"] == "go" and mover.rank == "leader" and memory.is_about_the_two():
        return visit_to(scene, trigger, mover, opposite(mover.side), None, 1.0)  # "signed during the visit of Mr X"
    if _is_seat_told(scene, mover) or set(_DYAD) - {mover.side} <= {p.side for p in scene.parties} or memory.mentions_visit or scene.phrase("here").first(scene.low):
        return visit_to(scene, trigger, mover, opposite(mover.side), None, 1.5)
    return None


def send(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    sender = subject_of(scene, trigger)
    if scene.grammar.verb_final and (sender is None or not sender.side):  # "Russia, a delegation to ... sent": what is sent has no side
        sender = next((p for p in scene.parties if p.slot in ("subj", "topic") and p.side and p.end <= trigger.start), None)
    if sender is not None and sender.side not in _DYAD:  # "Russia and China send officials to the parade"
        sender = next((p for p in scene.group(sender) if p.side in _DYAD and p.end <= trigger.start), None)
    if sender is None or sender.side not in _DYAD:
        return None
    goal = next((p for p in scene.places() if p.side == opposite(sender.side)), None)
    if goal is None and (opposite(sender.side) not in memory.before or elsewhere(scene, trigger)):
        return None
    sent = next((p for p in scene.parties if p.start >= trigger.end and p.is_agent), None)
    if scene.grammar.verb_final:
        sent = next((p for p in reversed(scene.parties) if p.end <= trigger.start and p.is_agent and p.side in ("", sender.side)), None)
        if sent is None or sent is sender or is_of_others(scene, trigger):
            return None  # "sent a telegram"
    ranks = sent.ranks if sent else ()
    mover = replace(sender, ranks=ranks or ("delegation",), kind="title")
    return visit_to(scene, trigger, mover, opposite(sender.side), goal, 2.0)


def aboard(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    """"Among the passengers was the minister": an official aboard what has just arrived in the other's country."""
    del memory
    span = trigger.start, trigger.end
    near = [p for p in scene.agents() if p.side in _DYAD and p.ranks and gap_to(p, span) <= _ABOARD and not is_resident(p)]
    mover = min(near, key=lambda p: gap_to(p, span), default=None)
    told: list[Scene] = [scene]
    while told[0].previous is not None and len(told) <= _TOLD:
        told.insert(0, told[0].previous)
    seats = [
        p for s in told for p in s.parties
        if mover is not None and p.side == opposite(mover.side) and p.kind in ("place", "state", "demonym")
    ]
    return visit_to(scene, trigger, mover, opposite(mover.side), seats[-1], 1.5) if seats else None


def guest(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    del memory
    right = [p for p in scene.parties if 0 <= p.start - trigger.end <= 40]
    left = [p for p in scene.parties if p.end >= trigger.start - 40 and p.start <= trigger.end]
    for side in _DYAD:
        guests = [p for p in (*right, *left) if p.side == side and p.kind != "place" and p.slot not in ("in", "to")]
        hosts = [p for p in scene.parties if p.side == opposite(side) and (p not in right or p.slot in ("in", "to"))]
        if guests and hosts:
            return replace(visit_to(scene, trigger, guests[0], opposite(side), None, 1.5), rank="delegation")
    return None


def _of_known(scene: Scene, trigger: Hit, memory: Memory) -> Visit | None:
    """"The visit" alone, in an article that has told of the visits of one side: theirs."""
    ranks = {rank for _, rank in memory.movers}
    sides = {side for side, _ in memory.movers}
    party = memory.recall(next(iter(sides))) if len(sides) == len(ranks) == 1 else None
    if party is None:
        return None
    return visit_to(scene, trigger, replace(party, ranks=tuple(ranks), persons=()), opposite(party.side), None, 1.0)


def _speaks(scene: Scene, party: Party, trigger: Hit) -> bool:
    if scene.grammar.verb_final or 0 <= trigger.start - party.end <= 3 or 0 <= party.start - trigger.end <= 16:
        return False
    span = max(0, party.start - _SAYS), min(trigger.start, party.end + _SAYS)
    return words("voice", scene.language, kind="verb").first(scene.low, *span) is not None


def _is_teller(scene: Scene, party: Party, trigger: Hit) -> bool:
    """"X will go to Pyongyang, says a diplomat": who comes behind a verb of saying tells it."""
    said = words("voice", scene.language, kind="verb").last(scene.low, max(trigger.end, party.start - _SAYS), party.start)
    return said is not None and trigger["tense"] != "noun" and not scene.grammar.verb_final


def _only_title(scene: Scene, trigger: Hit, memory: Memory, side: str) -> Party | None:
    """"The trip of Minister X to ...", X unknown: where only the two countries are spoken of, the minister is the other's."""
    known = memory.recall(opposite(side))
    if memory.sides - {"", *_DYAD} or trigger["tense"] != "noun":
        return None
    bare = next((p for p in scene.parties if 0 <= p.start - trigger.end <= 3), None)
    if bare is None or bare.side or not bare.is_agent or not bare.ranks or (known is not None and known.rank == bare.rank):
        return None
    return replace(bare, side=side)


def _is_seat_told(scene: Scene, mover: Party) -> bool:
    """"An academy in X and ... have signed. During the visit of Minister Y ...": the sentence before names a place or body of the host."""
    if mover.rank not in ("leader", "minister") or scene.previous is None or scene.grammar.verb_final:
        return False
    seats = {p.side for p in scene.previous.parties if p.kind in ("place", "organisation", "state")}
    return opposite(mover.side) in seats and not seats - {"", *_DYAD}


def _is_host_there(scene: Scene, trigger: Hit, mover: Party) -> bool:
    """"Attended the parade of the Workers' Party": the event is the other side's own, and no place of one's own is named."""
    after = [p for p in scene.parties if 0 <= p.start - trigger.end <= 60]
    hosts = [p for p in after if (p.kind == "organisation" or p.slot in ("of", "with")) and p.side == opposite(mover.side)]
    return bool(hosts) and not any((p.kind == "place" and p.side == mover.side) or "resident" in p.tags for p in after)


def _is_held_there(scene: Scene, goal: Party | None) -> bool:
    """Whether an event that somebody attends plainly takes place in one of the two countries, and in no third."""
    if goal is None or goal.slot != "in" or goal.side not in _DYAD or goal.kind not in ("state", "place"):
        return False
    return not any(p.kind in ("state", "place") and p.side not in ("", *_DYAD) for p in scene.parties)


def _spelt_out(scene: Scene, goal: Party | None) -> Party | None:
    """"In the North Korean capital, Pyongyang": the place that the adjective's noun goes on to name."""
    if goal is None or goal.kind != "demonym" or not goal.slot:
        return goal
    seat = scene.phrase("capital").first(scene.low, goal.end, goal.end + _NOUN)
    if seat is not None and seat.start - goal.end <= 1:
        return replace(goal, kind="place")
    named = next((p for p in scene.parties if p.kind == "place" and p.side == goal.side and 0 < p.start - goal.end <= _NOUN), None)
    return goal if named is None else replace(named, slot=goal.slot)


def _origin(scene: Scene, trigger: Hit) -> Party | None:
    """"The visit from Russia": where it comes from is whose it is."""
    if trigger["tense"] != "noun" or trigger["frame"] != "go" or scene.grammar.verb_final:
        return None
    after = next((p for p in scene.parties if p.start >= trigger.end), None)
    if after is None or after.slot != "from" or after.start - trigger.end > 10 or after.side not in _DYAD:
        return None
    return after if not after.persons and after.kind in ("state", "place") else None


def _stays_home(scene: Scene, trigger: Hit, mover: Party, host: str) -> bool:
    """"Putin went to Kursk and thanked Kim": one's own person goes to one's own town, and nobody of the other side before."""
    if mover.side != host or trigger["tense"] == "noun" or scene.grammar.verb_final or scene.grammar.free_order:
        return False
    return not any(p.side == opposite(host) and p.start < trigger.start and (p.is_agent or p.slot == "") for p in scene.parties)


def _with_side(party: Party | None) -> Party | None:
    return party if party is not None and (party.side or party.kind == "exempt") else None
