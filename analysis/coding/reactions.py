"""Reactions: what governments and organisations outside the dyad say or do about Russian–North Korean cooperation."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.coding._final_sources import is_outside
from analysis.coding._sources import sources_of
from analysis.coding._topic import counterpart_of, is_about_both
from analysis.coding._unnamed import meant
from analysis.coding.lexicon import Hit, pairs, words
from analysis.coding.parties import Party
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene, overlaps_name

__all__ = ["Reaction", "find_reactions"]

_DYAD = ("RUS", "PRK")
_AFTER_DENIAL = 3  # "denied that it meant | to deliver"
_TALKED = 40  # characters from "to discuss" to the deliveries that are discussed
_OBJECT = 30  # characters of the second verb's object, where it stands before it
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
    sources: tuple[Party, ...] = ()  # all who react with the actor, of whatever bloc


def find_reactions(scene: Scene, memory: Memory) -> list[Reaction]:
    """Return the reactions that a sentence names, one for each bloc that reacts."""
    outside = [p for p in scene.parties if is_outside(p)]
    told = bool(scene.parties) and scene.grammar.verb_final and not scene.parties[0].side  # "the minister", named before
    told = told or words("reaction_triggers", scene.language, tense="collective").first(scene.low) is not None
    # "the government", of whom the title says
    bare = "third" in memory.title and any(not p.side and p.kind in ("title", "speaker") for p in scene.parties)
    bare = bare or (len(memory.thirds) > 1 and scene.index == 1)  # "the three allies", whom the title names
    if not (outside or memory.reactors or memory.is_topical or told or bare) or not memory.sides.issuperset(_DYAD):
        return []
    best: dict[tuple, tuple[Hit, list[Party]]] = {}
    last: list[Party] = []  # subject of the last verb, which "and urged" shares and "urged ... not to" governs
    asked = False
    for trigger in _triggers(scene, outside):
        if overlaps_name(scene, trigger.start, trigger.end) or scene.low[:trigger.start].endswith("-"):
            continue  # "U.S.-imposed": a second part of a compound tells no act
        if trigger["tense"] == "present" and _is_noun(scene, trigger):
            continue
        if trigger["tense"] == "joined" and last:
            sources = last
        else:
            sources = (scene.parties and sources_of(scene, trigger, outside)) or meant(scene, trigger, memory)
            if not sources and trigger["pos"] == "verb" and last and _is_joined(scene, trigger):
                sources = last
        governed = trigger["tense"] == "base" and (asked or any(p.side in _DYAD for p in last))
        if trigger["pos"] == "verb" and trigger["tense"] != "base":
            last, asked = sources or last, trigger["act"] == "request"
        if not sources or governed or any(p.side in _DYAD for p in sources):
            continue
        if not is_about_both(scene, trigger, sources, memory):
            continue
        sides = tuple(sorted({p.side or p.kind for p in sources}))
        first = best.get((sides, ""))
        apart = _is_second(scene, trigger, first) or _is_next(scene, trigger, first) or _is_of_another(scene, trigger, sources, first)
        key = sides, trigger["act"] if apart else ""
        if key not in best or _order(trigger) < _order(best[key][0]) or _is_matrix(scene, trigger):
            best[key] = trigger, sources
    memory.speakers = last
    out = []
    for trigger, sources in best.values():
        if _is_speculation(scene, trigger):
            continue
        act = _act(scene, trigger)
        counterpart = counterpart_of(scene, trigger, sources)
        if act == "same":  # "Japan did likewise": the reaction told just before, with another actor
            last = memory.reaction
            if last is None or scene.index - last[2] > 1:
                continue
            act, counterpart = last[:2]
        at = _verb(scene, trigger, sources)
        for bloc, members in _by_bloc(sources).items():
            actor = "+".join(dict.fromkeys(p.side for p in members if p.side))
            persons = tuple(dict.fromkeys(n for p in members for n in p.persons))
            reason = f"“{scene.text[trigger.start:trigger.end]}” with its source"
            status = _status(scene, trigger)
            if (act, status) == ("concern", "denied"):  # "said that he was not worried": a remark, and no denial of one
                act, status = "neutral", "made"
            out.append(Reaction(trigger, act, status, actor, counterpart, bloc, persons, reason,
                                2.0 if trigger["act"] != "neutral" else 1.0, at, _begins(at, sources),
                                tuple(sources)))
            memory.reaction = (act, counterpart, scene.index)
    return out


def _begins(at: tuple[int, int], sources: list[Party]) -> int:
    """Where the source begins; 0 where it stands behind its verb."""
    first = min(p.start for p in sources)
    return first if first < at[0] else 0


def _verb(scene: Scene, trigger: Hit, sources: list[Party]) -> tuple[int, int]:
    """"Said on Monday that ..., calling it illegal": the time of a participle is that of its subject's own verb.

    "Asked on Monday about ..., the spokesman said": the time of being asked is that of the answer.
    """
    asked = scene.phrase("asked").first(scene.low, scene.dateline_end, trigger.start)
    if asked is not None:
        return asked.start, asked.end
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


def _order(trigger: Hit) -> float:
    """Which of two words for one reaction names its act: sanctions only threatened are a warning where one is uttered."""
    return 2.5 if trigger["act"] == "sanction" and trigger["tense"] == "future" else _ACTS.index(trigger["act"])


def _is_joined(scene: Scene, trigger: Hit) -> bool:
    """"They condemned the exports and worried about ...": a verb right after "and" has the subject of the one before."""
    joined = scene.phrase("and_then").last(scene.low, max(0, trigger.start - _OBJECT), trigger.start)
    return joined is not None and trigger.start - joined.end <= 1 and not scene.grammar.verb_final


def _is_second(scene: Scene, trigger: Hit, first: tuple[Hit, list[Party]] | None) -> bool:
    """"Condemned ... and demanded": a second verb of the same subject is an act of its own."""
    if first is None or trigger["pos"] != "verb":
        return False
    act = first[0]["act"]
    if act == "neutral":  # "said that the gift broke the rules and demanded": what was said is an act before the second verb
        content = words("reaction_triggers", scene.language, pos="content").first(scene.low, first[0].end, trigger.start)
        act = act if content is None else content["act"]
    if "neutral" in (trigger["act"], act):
        return False
    joined = scene.phrase("and_then").last(scene.low, first[0].end, trigger.start)
    near = joined is not None and trigger.start - joined.end <= (_OBJECT if scene.grammar.verb_final else 1)
    if near and scene.grammar.verb_final:  # its object stands before it; another subject would have its own act
        near = not any(p.slot == "subj" and joined.end <= p.start < trigger.start for p in scene.parties)
    if joined is not None and not near:  # "condemned ... and let it be known that it would review": a verb of its own governs it
        verb = words("reaction_triggers", scene.language, pos="verb").first(scene.low, joined.end, trigger.start)
        near = verb is not None and verb.start - joined.end <= 1 and not scene.grammar.verb_final
    return trigger["act"] != act and near


def _is_next(scene: Scene, trigger: Hit, first: tuple[Hit, list[Party]] | None) -> bool:
    """"Condemned the deliveries and announced that sanctions were being prepared": what was done, and what is to come."""
    done = first is not None and first[0]["act"] in ("accuse", "concern", "request", "vote", "sanction") and first[0]["tense"] != "base"
    return done and trigger["tense"] == "future" and _status(scene, first[0]) == "made"


def _is_of_another(scene: Scene, trigger: Hit, sources: list[Party], first: tuple[Hit, list[Party]] | None) -> bool:
    """"The council called on the North to stop, and the adviser threatened": two who speak for one country, each with an act."""
    if first is None or scene.grammar.verb_final or "neutral" in (trigger["act"], first[0]["act"]) or trigger["act"] == first[0]["act"]:
        return False
    return trigger["pos"] == first[0]["pos"] == "verb" and first[0].end <= sources[0].start < trigger.start


def _act(scene: Scene, trigger: Hit) -> str:
    act = trigger["act"]
    if act not in ("neutral", "concern") or trigger["tense"] == "reply":
        return act
    # a concern is named outright: only its own clause can make more of it
    span = (0, len(scene.low)) if act == "neutral" or scene.grammar.verb_final else scene.clause(trigger.start, trigger.end)
    content = words("reaction_triggers", scene.language, pos="content").first(scene.low, *span)
    if content is not None:
        return content["act"]
    if act == "neutral" and trigger["tense"] != "estimate" and _is_disclosed(scene):
        # arms disclosed are an act as a wrong, troops counted are not
        return act if words("coding_titles", scene.language, rank="exempt").first(scene.low) else "accuse"
    return act


def _is_disclosed(scene: Scene) -> bool:
    """Whether deliveries are told of, not only talks that are to be about them."""
    for supply in words("cooperation", scene.language, kind="supply").find(scene.low):
        talk = scene.phrase("only_discussed").last(scene.low, max(0, supply.start - _TALKED), supply.start)
        if talk is None:
            return True
    return False


def _status(scene: Scene, trigger: Hit) -> str:
    before = scene.low[max(0, trigger.start - 24) : trigger.start]
    denial = scene.phrase("denies_that").last(scene.low, max(0, trigger.start - 70), trigger.end)
    if denial is not None and trigger.start - denial.end <= _AFTER_DENIAL:
        return "denied"
    if trigger["tense"] == "future":
        return "planned"
    ahead = scene.phrase("about_to").last(scene.low, max(0, trigger.start - 50), trigger.start)
    if ahead is not None and trigger["tense"] == "base" and trigger["act"] != "warn" and trigger.start - ahead.end <= 1:
        return "planned"
    if trigger["act"] == "warn" and trigger["tense"] == "base":
        return "made"  # "hinted that it might arm Kyiv": what is threatened lies ahead, the threat does not
    for status in ("denied", "planned"):  # what follows the stem, where the verb stands last
        ending = scene.phrase(f"reaction_{status}").first(scene.low, trigger.end, trigger.end + 14)
        if ending is not None and ending.start == trigger.end:
            return status
    for hit in words("status_cues", scene.language, status="planned", kind="verb", where="before").find(before):
        if hit.end == len(before) and trigger["tense"] in ("base", "present") and not _is_purpose(scene, before, hit):
            return "planned"
    for hit in words("status_cues", scene.language, status="denied", kind="verb", where="before").find(before):
        if hit.end == len(before):
            return "denied"
    return "made"


def _is_noun(scene: Scene, trigger: Hit) -> bool:
    """"Une menace": what an article or a preposition stands before is no verb, though it is spelt as one."""
    article = scene.phrase("article").last(scene.low, max(0, trigger.start - 12), trigger.end)
    return article is not None and 0 <= trigger.start - article.end <= 1


def _is_purpose(scene: Scene, before: str, hit: Hit) -> bool:
    """"Joined their voices to condemn": what one does something for is done."""
    purpose = scene.phrase("purpose").first(before, hit.start, hit.end)
    return purpose is not None and purpose.start == hit.start and purpose.end >= len(before.rstrip())


def _is_speculation(scene: Scene, trigger: Hit) -> bool:
    """"Washington could impose sanctions": what somebody might do is the narrator's guess, and no act."""
    guess = scene.phrase("might").last(scene.low, max(0, trigger.start - 24), trigger.start)
    return guess is not None and trigger.start - guess.end <= 1 and trigger["tense"] in ("base", "present")


def _by_bloc(sources: list[Party]) -> dict[str, list[Party]]:
    blocs = pairs("reaction_blocs", "country", "bloc")
    out: dict[str, list[Party]] = {}
    for p in sources:
        if is_outside(p):
            out.setdefault(blocs.get(p.side, "other") if p.side else "western", []).append(p)
    return out
