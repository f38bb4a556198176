"""Agreements: what is agreed, how far it has come, and between whom."""

from __future__ import annotations

from dataclasses import dataclass

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
_LOOSE = ("accord", "deal")  # what is done or traded, an agreement only where the two decide or talk of it
_LEVELS = ("party", "region", "education", "business", "agency")


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


def find_agreements(scene: Scene, memory: Memory) -> list[Agreement]:
    """Return the agreements between the two sides that a sentence names, one for each stage it reports."""
    if not memory.sides.issuperset(_DYAD):
        return []
    out = []
    used: set[tuple[str, str]] = set()
    before = None
    for trigger in words("agreement_triggers", scene.language).find(scene.low):
        about, before = _is_subject_of(scene, before, trigger), trigger
        if about:
            continue
        told = _told_before(scene, trigger, memory)
        trigger = told or trigger
        first = memory.pact.first if told else _sides(scene, trigger, memory) if trigger["kind"] != "again" else ""
        if not first or _is_feared(scene, trigger) or overlaps_name(scene, trigger.start, trigger.end):
            continue
        for stage, cue in _stages(scene, trigger).items():
            if (stage, trigger["kind"]) in used or (told and stage == "mooted" and cue.start - trigger.end > _BESIDE):
                continue
            used.add((stage, trigger["kind"]))
            persons = tuple(dict.fromkeys(n for p in scene.agents() if p.side in _DYAD for n in p.persons))
            level = memory.pact.level if told else _level(scene, trigger)
            first = _signer(scene, cue) or first
            reason = f"“{scene.text[cue.start:cue.end]}” shows the stage {stage}"
            out.append(Agreement(trigger, cue, stage, level, first, persons, reason))
    return [a for a in out if not (a.trigger["kind"] in _LOOSE and any(_says_more(b, a) for b in out))]


def _says_more(b: Agreement, a: Agreement) -> bool:
    """"Agreed to reopen the line": the line says more than the verb; of a pact told before it, "and agreed to ..." is another."""
    if b is a or (b.trigger["kind"] in _LOOSE and b.trigger.start >= a.trigger.start):
        return False
    return b.trigger.start >= a.trigger.start or (b.cue.start < a.cue.end and a.cue.start < b.cue.end)


def _told_before(scene: Scene, trigger: Hit, memory: Memory) -> Hit | None:
    """"It had been signed in June", "the text, ratified on Monday": the agreement that a sentence just before told of."""
    if trigger["kind"] != "again" or memory.pact is None or memory.pact_at < scene.index - _JUST:
        return None
    return Hit(trigger.start, trigger.end, {**trigger.row, "kind": memory.pact.trigger["kind"]})


def _is_subject_of(scene: Scene, pact: Hit | None, service: Hit) -> bool:
    """"An agreement on building a bridge": the bridge is what the pact is about, no step of its own."""
    if service["kind"] != "service":
        return False
    if scene.grammar.verb_final:  # "a bridge-building agreement": the pact follows what it is about
        after = words("agreement_triggers", scene.language, kind="pact").first(scene.low, service.end, service.end + _COMPOUND)
        return after is not None and scene.phrase("object_mark").first(scene.low, service.end, after.start) is None
    if pact is None or pact["kind"] == "service":
        return False
    between = scene.phrase("subject_of")
    return any(h.start <= pact.end + 1 and h.end >= service.start - 1 for h in between.find(scene.low, pact.end + 1, service.start))


def _sides(scene: Scene, trigger: Hit, memory: Memory) -> str:
    """Who agrees, first named first; empty when it is not plainly the two sides."""
    left, right = scene.clause(trigger.start, trigger.end)
    named = [p for p in scene.parties if p.side]
    dyad = [p for p in named if p.side in _DYAD]
    sides = {p.side for p in dyad}
    both = scene.phrase("both").first(scene.low) or _are_they(scene, memory)
    others = [
        p for p in named
        if p.side not in _DYAD and (p.kind in ("state", "person", "title", "demonym", "organisation"))
        and not (p.slot == "to" and p.kind == "state" and (both or len(sides) == len(_DYAD)))  # "a gas pipeline to South Korea"
        and min(abs(p.start - trigger.end), abs(trigger.start - p.end)) < 40 and left <= p.start < right
        and not _judges(scene, p, trigger)
    ]
    if trigger["kind"] in _LOOSE and (not (both or sides >= set(_DYAD)) or any(
        p.side not in _DYAD and p.slot in ("subj", "topic") for p in named
    )):
        return ""  # "decided to ..." is an agreement only where the two decide
    if others and not {p.side for p in dyad if min(abs(p.start - trigger.end), abs(trigger.start - p.end)) < 40} >= set(_DYAD):
        return ""
    if others and scene.grammar.verb_final and _reacts(scene, dyad[-1], trigger):
        return ""
    if sides >= set(_DYAD):
        return min(dyad, key=lambda p: p.start).side
    if both or sides or memory.mentions_visit or memory.title.get("dyad"):
        if not (both or memory.title.get("dyad")):
            return ""
        doing = [p for p in dyad if p.slot not in LOCAL or p.kind != "place"]
        if doing:
            return doing[0].side
        return opposite(dyad[0].side) if dyad else "RUS"  # "in Pyongyang he signed": the guest signs
    return ""


def _are_they(scene: Scene, memory: Memory) -> Hit | None:
    """"They agreed on ...": the two, where the sentence before names both and no others."""
    return scene.phrase("they").first(scene.low) if memory.before >= set(_DYAD) and memory.is_about_the_two() else None


def _reacts(scene: Scene, last: Party, trigger: Hit) -> bool:
    """"The G7 published a statement that condemns what the two do": what a third party says of them is none of their pacts."""
    return words("reaction_triggers", scene.language, pos="verb").first(scene.low, last.end, trigger.start) is not None


def _judges(scene: Scene, party: Party, trigger: Hit) -> bool:
    """"Seoul condemned the treaty signed by ...": who judges a pact is no party to it."""
    if scene.grammar.verb_final or party.end > trigger.start or party.slot != "":
        return False
    verb = words("reaction_triggers", scene.language, pos="verb").first(scene.low, party.end, trigger.start)
    return verb is not None and verb["act"] not in ("neutral", "same", "support", "vote")


def _signer(scene: Scene, cue: Hit) -> str:
    """The side of the official whose signature the cue reports: "Ivanov signed the treaty"."""
    if scene.grammar.verb_final:
        return ""
    left = [p for p in scene.parties if p.end <= cue.start and cue.start - p.end <= 30 and p.side]
    if not left or not left[-1].is_agent or left[-1].side not in _DYAD:
        return ""
    return "" if {p.side for p in scene.group(left[-1])} >= set(_DYAD) else left[-1].side


def _is_feared(scene: Scene, trigger: Hit) -> bool:
    """"fears over an arms deal": the deal is somebody's worry, not a step; and a worker's contract is none of theirs."""
    if any(p.kind == "exempt" and 0 <= trigger.start - p.end <= 15 for p in scene.parties):
        return True
    worry = scene.phrase("feared").last(scene.low, max(0, trigger.start - 45), trigger.start)
    return worry is not None and trigger.start - worry.end <= 24


def _stages(scene: Scene, trigger: Hit) -> dict[str, Hit]:
    """Stages by the cues within reach of the thing agreed, each by its nearest cue."""
    kind = trigger["kind"] if trigger["kind"] in ("service", "deal") else "pact"
    low = scene.low
    left, right = scene.walls(trigger.start, trigger.end)
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
                gap = max(trigger.start - hit.end, hit.start - trigger.end, 0)
                if hit.start < left or hit.end > right:
                    continue
                found.append((gap, hit))
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
    return _settle(out, nearest)


def _settle(stages: dict[str, Hit], nearest: str) -> dict[str, Hit]:
    """Keep the stages that are events of their own: two steps already taken, or else the nearest."""
    if "denied" in stages:
        return {"denied": stages["denied"]}
    taken = [s for s in stages if s in ("signed", "ratified", "in_force", "ended", "implemented")]
    if "mooted" in stages and nearest == "mooted":
        return {"mooted": stages["mooted"]}
    if nearest == "announced" and taken:  # "the bridge that they agreed on is under construction"
        nearest = taken[-1]
    dated = [s for s in taken if s in ("signed", "ratified", "ended")]
    if nearest in taken and len(dated) > 1 and nearest in dated:
        return {s: stages[s] for s in dated}
    return {nearest: stages[nearest]}


def _closes(scene: Scene, verb: Hit) -> bool:
    return scene.low[: verb.start].rstrip().endswith((",", "»", "”"))


def _level(scene: Scene, trigger: Hit) -> str:
    left, right = scene.walls(trigger.start, trigger.end)
    said = next((v for v in words("voice", scene.language, kind="verb").find(scene.low, trigger.end, right) if _closes(scene, v)), None)
    right = said.start if said is not None else right  # "..., the ministry of finance announced": who tells it is no party to it
    for level in _LEVELS:
        if level == "agency" and trigger["kind"] == "service":
            continue  # a minister aboard is no party to a line
        hit = words("agreement_levels", scene.language, level=level).first(
            scene.low, max(left, trigger.start - 140), min(right, trigger.end + 130)
        )
        if hit is not None:
            return level
    return "state"
