"""Agreements: what is agreed, how far it has come, and between whom."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import LOCAL, opposite
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene, overlaps_name

__all__ = ["Agreement", "find_agreements"]

_DYAD = ("RUS", "PRK")
# A step only scheduled keeps the stage already reached; of two cues equally near, the later stage is the news.
_ORDER = ("denied", "ended", "implemented", "in_force", "ratified", "signed", "announced", "mooted")
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
        first = _sides(scene, trigger, memory)
        if not first or _is_feared(scene, trigger) or overlaps_name(scene, trigger.start, trigger.end):
            continue
        for stage, cue in _stages(scene, trigger).items():
            if (stage, trigger["kind"]) in used:
                continue
            used.add((stage, trigger["kind"]))
            persons = tuple(dict.fromkeys(n for p in scene.agents() if p.side in _DYAD for n in p.persons))
            level = _level(scene, trigger)
            first = _signer(scene, cue) or first
            reason = f"“{scene.text[cue.start:cue.end]}” shows the stage {stage}"
            out.append(Agreement(trigger, cue, stage, level, first, persons, reason))
    # "agreed to reopen the line": the line says more than the verb
    return [a for a in out if a.trigger["kind"] != "accord"] or out


def _is_subject_of(scene: Scene, pact: Hit | None, service: Hit) -> bool:
    """"An agreement on building a bridge": the bridge is what the pact is about, no step of its own."""
    if pact is None or pact["kind"] == "service" or service["kind"] != "service":
        return False
    between = scene.phrase("subject_of")
    return any(h.start <= pact.end + 1 and h.end >= service.start - 1 for h in between.find(scene.low, pact.end + 1, service.start))


def _sides(scene: Scene, trigger: Hit, memory: Memory) -> str:
    """Who agrees, first named first; empty when it is not plainly the two sides."""
    left, right = scene.clause(trigger.start, trigger.end)
    named = [p for p in scene.parties if p.side]
    dyad = [p for p in named if p.side in _DYAD]
    sides = {p.side for p in dyad}
    others = [
        p for p in named
        if p.side not in _DYAD and (p.kind in ("state", "person", "title", "demonym", "organisation"))
        and min(abs(p.start - trigger.end), abs(trigger.start - p.end)) < 40 and left <= p.start < right
    ]
    both = scene.phrase("both").first(scene.low)
    if trigger["kind"] == "accord" and (not (both or sides >= set(_DYAD)) or any(
        p.side not in _DYAD and p.slot in ("subj", "topic") for p in named
    )):
        return ""  # "decided to ..." is an agreement only where the two decide
    if others and not {p.side for p in dyad if min(abs(p.start - trigger.end), abs(trigger.start - p.end)) < 40} >= set(_DYAD):
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
    kind = "service" if trigger["kind"] == "service" else "pact"
    low = scene.low
    left, right = scene.walls(trigger.start, trigger.end)
    found: list[tuple[int, Hit]] = []
    for applies in (kind, "any", *(("named",) if kind == "pact" else ())):
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
    if not found:
        return {}
    out: dict[str, Hit] = {}
    for _, hit in sorted(found, key=lambda f: (f[0], _ORDER.index(f[1]["stage"]))):
        overlapping = [o for o in out.values() if o.start < hit.end and hit.start < o.end]
        if not overlapping:
            out.setdefault(hit["stage"], hit)
    nearest = min(found, key=lambda f: (f[0], _ORDER.index(f[1]["stage"])))[1]["stage"]
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


def _level(scene: Scene, trigger: Hit) -> str:
    left, right = scene.walls(trigger.start, trigger.end)
    for level in _LEVELS:
        hit = words("agreement_levels", scene.language, level=level).first(
            scene.low, max(left, trigger.start - 110), min(right, trigger.end + 130)
        )
        if hit is not None:
            return level
    return "state"
