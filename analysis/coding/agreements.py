"""Agreements: what is agreed, how far it has come, and between whom."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.coding._levels import level_of
from analysis.coding._no_step import (
    ASIDE,
    aside_of,
    guessed,
    is_carried_out,
    is_done_by_others,
    is_feared,
    is_named,
    is_with_all,
)
from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import LOCAL, Party, opposite
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene, overlaps_name

__all__ = ["Agreement", "find_agreements"]

_DYAD = ("RUS", "PRK")
# A step only scheduled keeps the stage already reached; of two cues equally near, the later stage is the news.
_ORDER = ("denied", "ended", "implemented", "in_force", "ratified", "signed", "announced", "mooted")
_BESIDE = 12  # characters from a pronoun to what is planned of it: "it should be signed in May"
_JUST = 2  # sentences back in which an agreement was just told
_COMPOUND = 12  # characters in which a compound noun goes on to its head
_TOLD_BY = 24  # characters from "according to" to the source, from a source to its verb
_ARTICLE = 5  # characters of an article
_DATED = 12  # characters from a step to its own day
_LOOSE = ("accord", "deal")  # what is done or traded, an agreement only where the two decide or talk of it


@dataclass(frozen=True)
class Agreement:
    """An agreement at one stage: ``cue`` is the word that shows the stage, ``trigger`` what is agreed."""

    trigger: Hit
    cue: Hit
    stage: str
    level: str
    first: str
    persons: tuple[str, ...]
    reason: str
    weight: float = 1.0
    is_listed: bool = True  # False: no word of the lexicon, likeness alone


def find_agreements(scene: Scene, memory: Memory) -> list[Agreement]:
    """Return the agreements between the two sides that a sentence names, one for each stage it reports."""
    if not memory.sides.issuperset(_DYAD):
        return []
    out = []
    used: set[tuple[str, str]] = set()
    before = None
    triggers = words("agreement_triggers", scene.language).find(scene.low)
    for trigger in triggers:
        about, before = _is_subject_of(scene, before, trigger), trigger
        if about:
            continue
        told = _told_before(scene, trigger, memory)
        trigger = told or trigger
        if told is None and trigger["kind"] == "again" and _are_both(scene):
            trigger = Hit(trigger.start, trigger.end, {**trigger.row, "kind": "pact"})  # "the text was signed by X and Y" says it all
        first = _last(scene, memory).first if told else _sides(scene, trigger, memory) if trigger["kind"] != "again" else ""
        if not first or is_with_all(scene, trigger) or overlaps_name(scene, trigger.start, trigger.end):
            continue
        stages = _stages(scene, trigger, triggers)
        if is_feared(scene, trigger):  # "the rumours of a deal are unfounded" denies it all the same
            stages = {} if scene.grammar.verb_final else {s: c for s, c in stages.items() if s == "denied"}
            if not stages:
                continue
        if not stages and trigger["kind"] == "pact" and not told:
            memory.named, memory.named_at = Agreement(trigger, trigger, "", level_of(scene, trigger), first, (), ""), scene.index
        for stage, cue in stages.items():
            if (stage, trigger["kind"]) in used or (told and stage == "mooted" and cue.start - trigger.end > _BESIDE):
                continue
            used.add((stage, trigger["kind"]))
            persons = tuple(dict.fromkeys(n for p in scene.agents() if p.side in _DYAD for n in p.persons))
            level = _last(scene, memory).level if told else level_of(scene, trigger)
            first = _signer(scene, cue) or first
            reason = f"“{scene.text[cue.start:cue.end]}” shows the stage {stage}"
            out.append(Agreement(trigger, cue, stage, level, first, persons, reason))
    return [a for a in out if not (a.trigger["kind"] in _LOOSE and any(_says_more(b, a) for b in out))]


def _are_both(scene: Scene) -> bool:
    """Whether the two are named as those who act, not only as where."""
    acting = {p.side for p in scene.parties if p.is_agent or (p.kind in ("state", "organisation") and p.slot not in LOCAL and not scene.grammar.verb_final)}
    return acting >= set(_DYAD)


def _says_more(b: Agreement, a: Agreement) -> bool:
    """"Agreed to reopen the line": the line says more than the verb; of a pact told before it, "and agreed to ..." is another."""
    if b is a or (b.trigger["kind"] in _LOOSE and b.trigger.start >= a.trigger.start):
        return False
    return b.trigger.start >= a.trigger.start or (b.cue.start < a.cue.end and a.cue.start < b.cue.end)


def _told_before(scene: Scene, trigger: Hit, memory: Memory) -> Hit | None:
    """"It had been signed in June", "the text, ratified on Monday": the agreement that a sentence just before told of."""
    last = _last(scene, memory) if trigger["kind"] == "again" else None
    return None if last is None else Hit(trigger.start, trigger.end, {**trigger.row, "kind": last.trigger["kind"]})


def _last(scene: Scene, memory: Memory) -> Agreement | None:
    """The agreement last told, or last named without any step of it."""
    if memory.pact is not None and memory.pact_at >= scene.index - _JUST:
        return memory.pact
    return memory.named if memory.named is not None and memory.named_at >= scene.index - _JUST else None


def _is_subject_of(scene: Scene, pact: Hit | None, service: Hit) -> bool:
    """"An agreement on building a bridge": the bridge is what the pact is about, no step of its own."""
    if service["kind"] == "pact" and pact is not None and pact["kind"] == "pact":  # "the agreement of strategic partnership" is one
        of = scene.phrase("no_object").first(scene.low, pact.end, service.start)
        return of is not None and 0 <= of.start - pact.end <= 1 and service.start - of.end <= 1
    if service["kind"] != "service":
        return False
    if scene.grammar.verb_final:  # "a bridge-building agreement": the pact follows what it is about
        after = words("agreement_triggers", scene.language, kind="pact").first(scene.low, service.end, service.end + _COMPOUND)
        return after is not None and scene.phrase("object_mark").first(scene.low, service.end, after.start) is None
    if pact is None or pact["kind"] == "service":
        return False
    between = scene.phrase("subject_of")
    ends = [pact.end, *(p.end for p in scene.parties if pact.end <= p.start and p.end < service.start)]  # "a deal with the North on ..."
    return any(any(e <= h.start <= e + 1 for e in ends) and h.end >= service.start - 1 for h in between.find(scene.low, pact.end + 1, service.start))


def _sides(scene: Scene, trigger: Hit, memory: Memory) -> str:
    """Who agrees, first named first; empty when it is not plainly the two sides."""
    left, right = scene.clause(trigger.start, trigger.end)
    named = [p for p in scene.parties if p.side]
    dyad = [p for p in named if p.side in _DYAD]
    sides = {p.side for p in dyad}
    both = scene.phrase("both").first(scene.low) or _are_they(scene, memory) or _is_between_them(scene, trigger, memory)
    others = [
        p for p in named
        if p.side not in _DYAD and (p.kind in ("state", "person", "title", "demonym", "organisation"))
        and not (p.slot in LOCAL and p.kind == "state" and (both or len(sides) == len(_DYAD)))  # "a gas pipeline to South Korea"
        and min(abs(p.start - trigger.end), abs(trigger.start - p.end)) < 40 and left <= p.start < right
        and not _judges(scene, p, trigger) and not _tells(scene, p)
    ]
    if trigger["kind"] in _LOOSE and (not (both or sides >= set(_DYAD)) or any(
        p.side not in _DYAD and p.slot in ("subj", "topic") for p in named
    )):
        return ""  # "decided to ..." is an agreement only where the two decide
    if others and not {p.side for p in dyad if min(abs(p.start - trigger.end), abs(trigger.start - p.end)) < 40} >= set(_DYAD):
        return ""
    if others and scene.grammar.verb_final and _reacts(scene, dyad[-1], trigger):
        return ""
    if sides >= set(_DYAD) and not _is_of_others(scene, trigger, left, mixed=True):
        doing = [p for p in dyad if p.kind != "place" or p.slot not in LOCAL] or dyad
        alone = not scene.grammar.verb_final and len({q.side for q in scene.group(doing[0])} & set(_DYAD)) == 1  # not "between A and B"
        return min(doing, key=lambda p: (alone and p is doing[0] and p.slot == "with", p.start)).side  # "the treaty with B was passed by A"
    if _is_of_others(scene, trigger, left):
        return ""
    if both or sides or memory.mentions_visit or memory.title.get("dyad"):
        if not (both or memory.title.get("dyad")):
            return ""
        doing = [p for p in dyad if p.slot not in LOCAL or p.kind != "place"]
        if doing:  # "the chamber ratified the treaty with B": who does it is the other
            return opposite(doing[0].side) if doing[0].slot == "with" else doing[0].side
        return opposite(dyad[0].side) if dyad else "RUS"  # "in Pyongyang he signed": the guest signs
    return ""


def _is_of_others(scene: Scene, trigger: Hit, left: int, *, mixed: bool = False) -> bool:
    """"Putin and the president of Iran signed a treaty": who does it is one of the two with somebody else."""
    if scene.grammar.verb_final:
        return False
    doing = [p for p in scene.parties if (p.is_agent or p.kind == "state") and left <= p.start and p.end <= trigger.start and p.slot == ""]
    who = [p for p in scene.group(doing[-1]) if p.is_agent or p.kind == "state"] if doing else []
    return any(p.side not in ("", *_DYAD) for p in who) and (not mixed or any(p.side in _DYAD for p in who))


def _are_they(scene: Scene, memory: Memory) -> Hit | None:
    """"They agreed on ...": the two, where the sentence before names both and no others."""
    they = scene.phrase("they").first(scene.low)
    if they is None or not memory.before >= set(_DYAD):
        return None
    return they if memory.is_about_the_two() or _are_joined(scene.previous) else None


def _is_between_them(scene: Scene, trigger: Hit, memory: Memory) -> bool:
    """"Will the North arm Russia? Washington says a deal is imminent": a deal right after both is between them."""
    if trigger["kind"] != "deal" or scene.grammar.verb_final or not memory.before >= set(_DYAD):
        return False
    if words("cooperation", scene.language, kind="supply").first(scene.low, trigger.start, trigger.end) is not None:
        return False  # deliveries are between whom the sentence names
    return not any(p.side in _DYAD or p.slot in ("with", "by") for p in scene.parties)


def _are_joined(scene: Scene | None) -> bool:
    """"X and Y plan to meet, officials say": whoever else is named, the two of the dyad are one subject."""
    if scene is None or scene.grammar.verb_final:
        return False
    first = next((p for p in scene.parties if p.is_agent and p.slot == ""), None)
    return first is not None and {p.side for p in scene.group(first) if p.side} == set(_DYAD)


def _reacts(scene: Scene, last: Party, trigger: Hit) -> bool:
    """"The G7 published a statement that condemns what the two do": what a third party says of them is none of their pacts."""
    return words("reaction_triggers", scene.language, pos="verb").first(scene.low, last.end, trigger.start) is not None


def _judges(scene: Scene, party: Party, trigger: Hit) -> bool:
    """"Seoul condemned the treaty signed by ...": who judges a pact is no party to it."""
    if scene.grammar.verb_final or party.end > trigger.start or party.slot != "":
        return False
    verb = words("reaction_triggers", scene.language, pos="verb").first(scene.low, party.end, trigger.start)
    return verb is not None and verb["act"] not in ("neutral", "same", "support", "vote")


def _tells(scene: Scene, party: Party) -> bool:
    """"..., according to Seoul", "a deal that the U.S. warns would ...": who tells of a pact is no party to it."""
    if scene.grammar.verb_final or party.slot in ("with", "by"):
        return False
    source = words("voice", scene.language, kind="phrase").last(scene.low, max(0, party.start - _TOLD_BY), party.start)
    if source is not None and party.start - source.end <= _ARTICLE:
        return True
    tag = words("voice", scene.language, kind="verb").last(scene.low, max(0, party.start - _TOLD_BY), party.start)
    if tag is not None and party.start - tag.end <= _ARTICLE and scene.low[: tag.start].rstrip().endswith((",", "»", "”")):
        return True  # "..., affirmed officials of X"
    verb = words("voice", scene.language, kind="verb").first(scene.low, party.end, party.end + _TOLD_BY)
    judged = words("reaction_triggers", scene.language, pos="verb").first(scene.low, party.end, party.end + _TOLD_BY)
    return any(v is not None and v.start - party.end <= _ARTICLE and not scene.low.startswith(",", party.end) for v in (verb, judged))


def _signer(scene: Scene, cue: Hit) -> str:
    """The side of the official whose signature the cue reports: "Ivanov signed the treaty"."""
    if scene.grammar.verb_final:
        return ""
    left = [p for p in scene.parties if p.end <= cue.start and cue.start - p.end <= 30 and p.side]
    if not left or not left[-1].is_agent or left[-1].side not in _DYAD or "peer" in left[-1].tags:
        return ""
    before = next((p for p in reversed(scene.agents(opposite(left[-1].side))) if p.end <= left[-1].start), None)
    if before is not None and any(m.end() == left[-1].start for m in scene.grammar.coordinator.finditer(scene.low, before.end, left[-1].start)):
        return ""  # "Minister A, whom the lexicon does not know, and Minister B signed": both do, the first is named first
    return "" if {p.side for p in scene.group(left[-1])} >= set(_DYAD) else left[-1].side


def _stages(scene: Scene, trigger: Hit, triggers: list[Hit]) -> dict[str, Hit]:
    """Stages by the cues within reach of the thing agreed, each by its nearest cue."""
    kind = trigger["kind"] if trigger["kind"] in ("service", "deal") else "pact"
    low = scene.low
    left, right = scene.walls(trigger.start, trigger.end)
    aside = aside_of(scene, trigger)
    found: list[tuple[int, Hit]] = []
    for applies in {"deal": ("deal",), "service": ("service", "any"), "pact": ("pact", "any", "named")}[kind]:
        if applies == "named" and found:
            break  # that it has a name says least: "proposed a new treaty"
        for stage in _ORDER:
            table = words("agreement_stages", scene.language, stage=stage, applies=applies)
            if not table.rows:
                continue
            reach = max(int(r["reach"]) for r in table.rows)
            for hit in table.find(low, max(0, trigger.start - reach), min(len(low), trigger.end + reach)):
                if hit.start < trigger.end and trigger.start < hit.end and hit.end - hit.start <= trigger.end - trigger.start:
                    continue
                gap = max(trigger.start - hit.end, hit.start - trigger.end, 0) + (ASIDE if aside[0] <= hit.start < aside[1] else 0)
                if hit.start < left or hit.end > right or (stage == "mooted" and is_carried_out(scene, hit, trigger)):
                    continue
                if is_named(hit, trigger, triggers) or (stage != "denied" and is_done_by_others(scene, hit, trigger)):
                    continue
                found.append((gap, guessed(scene, hit)))
    # "agreed to restore": what is part of a longer cue says nothing of its own
    found = [(gap, h) for gap, h in found if not any(o.start <= h.start and h.end <= o.end and o.end - o.start > h.end - h.start for _, o in found)]
    if not found:
        return {}
    out: dict[str, Hit] = {}
    for _, hit in sorted(found, key=lambda f: (f[0], _ORDER.index(f[1]["stage"]))):
        overlapping = [o for o in out.values() if o.start < hit.end and hit.start < o.end]
        if not overlapping:
            out.setdefault(hit["stage"], hit)
    nearest = min(found, key=lambda f: (f[0], _ORDER.index(f[1]["stage"])))[1]["stage"]
    if trigger["kind"] in _LOOSE and nearest == "announced" and "denied" not in out:
        return {nearest: out[nearest]}  # "signed a declaration and agreed to ...": its own verb tells
    own = {s for s, h in out.items() if scene.grammar.verb_final or any(0 <= t.start - h.end <= _DATED for t in scene.times)}
    return _settle(out, nearest, own)


def _settle(stages: dict[str, Hit], nearest: str, dated: set[str]) -> dict[str, Hit]:
    """Keep the stages that are events of their own: steps already taken, each with its day, or else the nearest."""
    if "denied" in stages:
        return {"denied": stages["denied"]}
    taken = [s for s in stages if s in ("signed", "ratified", "in_force", "ended", "implemented")]
    if "mooted" in stages and nearest == "mooted":
        return {"mooted": stages["mooted"]}
    if nearest == "announced" and taken:  # "the bridge that they agreed on is under construction"
        nearest = taken[-1]
    later = [s for s in taken if s in ("ratified", "in_force") and (s in dated or (not dated and nearest == "signed" and stages[s].end <= stages[nearest].start))]
    if nearest == "signed" and nearest not in dated and later:
        nearest = later[0]  # "ratified on Friday the treaty concluded with X": concluded only names it
    news = ("ratified", "ended") if nearest == "signed" else ()  # "ratified the treaty that was signed in June": both
    steps = [s for s in taken if s in ("signed", "ratified", "in_force", "ended") and (s in dated or s == nearest or s in news)]
    return {s: stages[s] for s in steps} if nearest in steps else {nearest: stages[nearest]}
