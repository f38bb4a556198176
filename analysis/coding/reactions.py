"""Reactions: what governments and organisations outside the dyad say or do about Russian–North Korean cooperation."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.coding._acts import (
    act_of,
    is_disclosed,
    is_in_question,
    is_noun,
    is_speculation,
    is_threatened,
    reaction_status,
)
from analysis.coding._behind import closes
from analysis.coding._final_sources import is_outside
from analysis.coding._sources import gap, sources_of
from analysis.coding._topic import counterpart_of, is_about_both
from analysis.coding._unnamed import meant
from analysis.coding.lexicon import Hit, pairs, words
from analysis.coding.parties import LOCAL, Party
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene, overlaps_name

__all__ = ["Reaction", "by_bloc", "find_reactions"]

_DYAD = ("RUS", "PRK")
_AFTER_DENIAL = 3  # "denied that it meant | to deliver"
_OBJECT = 30  # characters of the second verb's object, where it stands before it
_ASIDE = 30  # characters of what two commas cut out between "and" and its verb
_ACTS = ("sanction", "vote", "warn", "accuse", "request", "concern", "support", "same", "neutral")


@dataclass(frozen=True)
class Reaction:
    """A reaction of one actor or of actors of one bloc that speak jointly."""

    trigger: Hit
    act: str
    status: str
    actor: str
    counterpart: str
    bloc: str
    persons: tuple[str, ...]
    reason: str
    weight: float = 1.0
    at: tuple[int, int] = (0, 0)  # the verb whose time is that of the reaction
    since: int = 0  # where the source begins: an earlier time is not that of the reaction
    is_listed: bool = True  # False: no word of the lexicon, likeness alone
    sources: tuple[Party, ...] = ()  # all who react with the actor, of whatever bloc


def find_reactions(scene: Scene, memory: Memory) -> list[Reaction]:
    """Return the reactions that a sentence names, one for each bloc that reacts."""
    outside = [p for p in scene.parties if is_outside(p)]
    told = bool(scene.parties) and scene.grammar.verb_final and not scene.parties[0].side  # "the minister", named before
    told = told or words("reaction_triggers", scene.language, tense="collective").first(scene.low) is not None
    # "the government", of whom the title says
    bare = "third" in memory.title and any(not p.side and p.kind in ("title", "speaker") for p in scene.parties)
    bare = bare or (len(memory.thirds) > 1 and scene.index == 1)  # "the three allies", whom the title names
    bare = bare or (scene.here is not None and is_outside(scene.here))  # "TOKYO - The cabinet approved ..."
    if not (outside or memory.reactors or memory.is_topical or told or bare) or not memory.sides.issuperset(_DYAD):
        return []
    best: dict[tuple, tuple[Hit, list[Party]]] = {}
    said: dict[tuple, Hit] = {}  # the last verb of saying of each source
    waiting: Hit | None = None  # an act without a source, until somebody says it
    last: list[Party] = []  # subject of the last verb, which "and urged" shares and "urged ... not to" governs
    asked = last_at_home = False
    for trigger in _triggers(scene, outside):
        if overlaps_name(scene, trigger.start, trigger.end) or scene.low[:trigger.start].endswith("-"):
            continue  # "U.S.-imposed": a second part of a compound tells no act
        if (trigger["tense"] == "present" and is_noun(scene, trigger)) or is_speculation(scene, trigger) or is_threatened(scene, trigger):
            continue
        if trigger["tense"] == "joined" and last:
            sources = last
        else:
            sources = (scene.parties and sources_of(scene, trigger, outside)) or meant(scene, trigger, memory)
            if memory.reactors and len(sources) == 1 and _is_any_body(scene, sources[0]):
                sources = memory.reactors
            if not sources and trigger["pos"] == "verb" and last and _is_joined(scene, trigger):
                sources = last
        governed = trigger["tense"] == "base" and (asked or any(p.side in _DYAD for p in last))
        if trigger["pos"] == "verb" and trigger["tense"] == "base" and not governed and last_at_home:
            continue  # "Moscow accuses Seoul of arming Kyiv": what the one of the two says of others is none of theirs
        if trigger["pos"] == "verb" and trigger["tense"] != "base":
            last_at_home = not sources and _is_of_home(scene, trigger)
            last, asked = sources or last, trigger["act"] == "request"
        if not sources and _is_unclaimed(scene, trigger):
            waiting = trigger
        if not sources or governed or any(p.side in _DYAD for p in sources):
            continue
        if not is_about_both(scene, trigger, sources, memory):
            continue
        sides = _names(sources)
        first = best.get((sides, ""))
        if trigger["act"] == "neutral" and trigger["pos"] == "verb":
            said[sides] = trigger
            if waiting is not None and first is None and closes(scene, trigger.start):
                trigger, waiting = waiting, None  # "two ships are under sanctions, Seoul announced"
        apart = _is_second(scene, trigger, first) or _is_next(scene, trigger, first) or _is_of_another(scene, trigger, sources, first)
        key = sides, trigger["act"] if apart else ""
        if key not in best or _rank(scene, trigger) < _rank(scene, best[key][0]) or _is_matrix(scene, trigger):
            best[key] = trigger, sources
    memory.speakers = last
    out = []
    for trigger, sources in best.values():
        if is_in_question(scene, trigger):
            continue
        act = act_of(scene, trigger)
        counterpart = counterpart_of(scene, trigger, sources)
        if act == "same":  # "Japan did likewise": the reaction told just before, with another actor
            last = memory.reaction
            if last is None or scene.index - last[2] > 1:
                continue
            act, counterpart = last[:2]
        at = _verb(scene, trigger, sources, said.get(_names(sources)))
        for bloc, members in by_bloc(sources).items():
            actor = "+".join(dict.fromkeys(p.side for p in members if p.side))
            persons = tuple(dict.fromkeys(n for p in members for n in p.persons))
            reason = f"“{scene.text[trigger.start:trigger.end]}” with its source"
            status = reaction_status(scene, trigger)
            if (act, status) == ("concern", "denied"):  # "said that he was not worried": a remark, and no denial of one
                act, status = "neutral", "made"
            out.append(Reaction(trigger, act, status, actor, counterpart, bloc, persons, reason,
                                2.0 if trigger["act"] != "neutral" or (trigger["tense"] == "quote" and act != "neutral") else 1.0, at, _begins(at, sources),
                                sources=tuple(sources)))
            memory.reaction = (act, counterpart, scene.index)
    return out


def _is_of_home(scene: Scene, trigger: Hit) -> bool:
    """Whether one of the two sides stands right before a verb as its subject."""
    if scene.grammar.verb_final or scene.grammar.free_order:
        return False
    return any(p.side in _DYAD and p.slot == "" and p.kind != "demonym" and 0 <= trigger.start - p.end <= 1 for p in scene.parties)


def _is_unclaimed(scene: Scene, trigger: Hit) -> bool:
    """Whether a verb tells an act that the sentence may ascribe to somebody later: nobody of the two sides does it."""
    if trigger["pos"] != "verb" or trigger["act"] not in ("sanction", "accuse", "request", "vote") or scene.grammar.verb_final:
        return False
    left, _ = scene.clause(trigger.start, trigger.end)
    doing = any(p.side in _DYAD and p.slot == "" and p.kind not in ("demonym", "exempt") and left <= p.start < trigger.start for p in scene.parties)
    return trigger["tense"] != "base" and (not doing or scene.phrase("passive").first(scene.low, trigger.start, trigger.end) is not None)


def _is_any_body(scene: Scene, source: Party) -> bool:
    """"In the foreign ministry", of no country: where another's reaction was just told, it is theirs."""
    if source.kind != "organisation" or source.side not in _DYAD or source.slot not in LOCAL:
        return False
    body = scene.phrase("generic_body").first(scene.low, source.start, source.end)
    return body is not None and (body.start, body.end) == (source.start, source.end)


def _names(sources: list[Party]) -> tuple[str, ...]:
    """Who reacts, whatever the order."""
    return tuple(sorted({p.side or p.kind for p in sources}))


def _begins(at: tuple[int, int], sources: list[Party]) -> int:
    """Where the source begins; 0 where it stands behind its verb."""
    first = min(p.start for p in sources)
    return first if first < at[0] else 0


def _verb(scene: Scene, trigger: Hit, sources: list[Party], said: Hit | None) -> tuple[int, int]:
    """"Said on Monday that ..., calling it illegal": the time of a participle is that of its subject's own verb.

    "Asked on Monday about ..., the spokesman said": the time of being asked is that of the answer, and "X does not know of
    it, the spokesman said on Monday" that of the saying.
    """
    asked = scene.phrase("asked").first(scene.low, scene.dateline_end, trigger.start)
    if asked is not None:
        return asked.start, asked.end
    if said is not None and said.start > trigger.end and (trigger["tense"] == "reply" or min(p.start for p in sources) >= said.end):
        return said.start, said.end
    end = max(p.end for p in sources)
    return (end, end + 1) if trigger["tense"] == "participle" and end <= trigger.start else (trigger.start, trigger.end)


def _triggers(scene: Scene, outside: list[Party]) -> list[Hit]:
    """The words of the lexicon, and the colon after the source that opens a headline: "Kyiv: ...".

    What is only said in a reaction ("content") is no trigger and hides none.
    """
    first = scene.parties[0] if scene.parties else None
    found = [h for pos in ("verb", "noun", "phrase") for h in words("reaction_triggers", scene.language, pos=pos).find(scene.low)]
    found.sort(key=lambda h: h.start)
    if first is not None and first in outside and first.start <= 4 and scene.low.startswith(": ", first.end) and first.kind != "demonym":
        found.insert(0, Hit(first.end, first.end + 1, {"act": "neutral", "pos": "verb", "tense": "present", "form": ":"}))
    return found


def _is_matrix(scene: Scene, trigger: Hit) -> bool:
    """"중단해야 한다고 촉구했다": where the verb stands last, the one that hands over what is said names the act."""
    if not scene.grammar.verb_final or trigger["act"] == "neutral" or trigger["pos"] != "verb":
        return False
    ending = words("voice", scene.language, kind="ending").last(scene.low, 0, trigger.start)
    return ending is not None and trigger.start - ending.end <= 1


def _rank(scene: Scene, trigger: Hit) -> float:
    """What somebody is not worried about says less than what worries them in the same breath."""
    return len(_ACTS) if trigger["act"] == "concern" and reaction_status(scene, trigger) == "denied" else _order(trigger)


def _order(trigger: Hit) -> float:
    """Which of two words for one reaction names its act: sanctions only threatened are a warning where one is uttered."""
    return 2.5 if trigger["act"] == "sanction" and trigger["tense"] == "future" else _ACTS.index(trigger["act"])


def _is_joined(scene: Scene, trigger: Hit) -> bool:
    """"They condemned the exports and worried about ...": a verb right after "and" has the subject of the one before."""
    joined = scene.phrase("and_then").last(scene.low, max(0, trigger.start - _OBJECT - _ASIDE), trigger.start)
    if joined is None or scene.grammar.verb_final:
        return False
    if trigger.start - joined.end <= 1:
        return True
    # "and, without naming them, threatened those who enable such deals": so far from its subject it must name the matter
    aside = gap(scene, joined.end, trigger.start) <= _AFTER_DENIAL
    return aside and words("cooperation", scene.language).first(scene.low, trigger.end) is not None


def _is_second(scene: Scene, trigger: Hit, first: tuple[Hit, list[Party]] | None) -> bool:
    """"Condemned ... and demanded": a second verb of the same subject is an act of its own."""
    if first is None or trigger["pos"] != "verb":
        return False
    act = first[0]["act"]
    if (act, trigger["act"]) == ("vote", "accuse") and trigger["tense"] == "present":  # "passed a text that condemns ...": what the text says is what is voted
        return False
    if act == "neutral":  # "said that the gift broke the rules and demanded": what was said is an act before the second verb
        content = words("reaction_triggers", scene.language, pos="content").first(scene.low, 0, trigger.start)
        told = content is None and first[0]["tense"] != "estimate" and is_disclosed(scene, first[0].end, trigger.start)
        act = "accuse" if told else act if content is None else content["act"]
    own = trigger["act"]
    if own == "neutral" and trigger["tense"] == "base":  # "confirmed ... before adding that it was a grave matter"
        content = words("reaction_triggers", scene.language, pos="content").first(scene.low, trigger.end)
        own = own if content is None else content["act"]
    if own == "neutral" or (act == "neutral" and trigger["tense"] != "base"):
        return False
    joined = scene.phrase("and_then").last(scene.low, first[0].end, trigger.start)
    near = joined is not None and trigger.start - joined.end <= (_OBJECT if scene.grammar.verb_final else 1)
    near = near or _is_joined(scene, trigger)
    if near and scene.grammar.verb_final:  # its object stands before it; another subject would have its own act
        near = not any(p.slot == "subj" and joined.end <= p.start < trigger.start for p in scene.parties)
    if joined is not None and not near:  # "condemned ... and let it be known that it would review": a verb of its own governs it
        verb = words("reaction_triggers", scene.language, pos="verb").first(scene.low, joined.end, trigger.start)
        near = verb is not None and verb.start - joined.end <= 1 and not scene.grammar.verb_final
    return own != act and near


def _is_next(scene: Scene, trigger: Hit, first: tuple[Hit, list[Party]] | None) -> bool:
    """"Condemned the deliveries and announced that sanctions were being prepared": what was done, and what is to come."""
    done = first is not None and first[0]["act"] in ("accuse", "concern", "request", "vote", "sanction") and first[0]["tense"] != "base"
    return done and trigger["tense"] == "future" and reaction_status(scene, first[0]) == "made"


def _is_of_another(scene: Scene, trigger: Hit, sources: list[Party], first: tuple[Hit, list[Party]] | None) -> bool:
    """"The council called on the North to stop, and the adviser threatened": two who speak for one country, each with an act."""
    if first is None or scene.grammar.verb_final or "neutral" in (trigger["act"], first[0]["act"]) or trigger["act"] == first[0]["act"]:
        return False
    return trigger["pos"] == first[0]["pos"] == "verb" and first[0].end <= sources[0].start < trigger.start


def by_bloc(sources: list[Party]) -> dict[str, list[Party]]:
    """Return those who react by the bloc that they belong to; the two sides themselves are left out."""
    blocs = pairs("reaction_blocs", "country", "bloc")
    out: dict[str, list[Party]] = {}
    for p in sources:
        if is_outside(p):
            out.setdefault(blocs.get(p.side, "other") if p.side else "western", []).append(p)
    return out
