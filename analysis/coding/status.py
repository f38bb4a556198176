"""Status of a visit: planned, held, cancelled or denied, from the tense of its trigger and the cues around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis.coding._places import complement_end
from analysis.coding.lexicon import Hit, Words, words
from analysis.coding.scene import Scene

__all__ = ["Reading", "is_verb", "visit_status"]

_FINITE = ("past", "present", "future", "base", "progressive", "participle")
_DOUBLE = ("noun", "finite")  # notes of a form that is verb and noun
_WITHIN = 45  # characters from "during" to the visit that it speaks of
_ADJACENT = 46  # characters before a verb in which its auxiliaries stand


@dataclass(frozen=True)
class Reading:
    """A status with the words that it rests on; ``is_sure`` is False where only a default speaks."""

    status: str
    start: int
    end: int
    reason: str
    is_sure: bool = True


def visit_status(scene: Scene, trigger: Hit) -> Reading:
    """Return the status that the clause of ``trigger`` gives a visit.

    The verb's own tense and auxiliaries come first, then the nearest cue of plan or completion in the clause; a denial or
    a cancellation in the clause overrules both. A noun without any cue is held, and marked unsure: the rest of the article
    then decides.
    """
    tense = trigger["tense"]
    left, right = scene.clause(trigger.start, trigger.end)
    for status in ("denied", "cancelled"):
        cue = _near(scene, trigger, (status,), "any", left, right)
        if cue:
            return cue
    told = words("status_cues", scene.language, status="denied", kind="any").last(scene.low, max(0, left - _ADJACENT), left)
    if told is not None and left - told.end <= 1:
        return Reading("denied", told.start, told.end, f"in what is denied: “{scene.text[told.start : told.end]}”")
    none = scene.phrase("none_such").first(scene.low, right)
    inside = none is not None and any(scene.phrase(k).last(scene.low, max(left, trigger.start - _WITHIN), trigger.start) for k in ("within", "during"))
    if none is not None and not inside and (tense in ("noun", "base", "future") or trigger["frame"] == "invite"):
        return Reading("denied", none.start, none.end, f"of which the sentence goes on to say: “{scene.text[none.start : none.end]}”")
    own = _of_verb(scene, trigger, left)
    if own or tense == "future":
        return _came_to_nothing(scene, trigger, right) or own or Reading("planned", trigger.start, trigger.end, "future tense")
    if trigger["frame"] == "invite":
        return Reading("planned", trigger.start, trigger.end, "an invitation is a visit planned")
    if scene.grammar.verb_final and tense == "noun":
        return _verb_final(scene, trigger)
    if tense == "noun":
        return _of_noun(scene, trigger, left, scene.with_relative(right))
    if tense == "present":
        ahead = _near(scene, trigger, ("planned",), "noun", max(0, trigger.start - 80), trigger.end)
        if ahead:
            return ahead
    if trigger["note"] == "bound" and scene.phrase("now").last(scene.low, max(left, trigger.start - _ADJACENT), trigger.start):
        return Reading("planned", trigger.start, trigger.end, "is going there: the rest of the article decides", False)
    return {
        "past": Reading("held", trigger.start, trigger.end, "past tense"),
        "participle": Reading("held", trigger.start, trigger.end, "participle of a visit under way or over"),
        "progressive": Reading("held", trigger.start, trigger.end, "progressive without a cue of plan", False),
        "present": Reading("held", trigger.start, trigger.end, "present of an arrival") if trigger["note"] == "event" else Reading("held", trigger.start, trigger.end, "present tense: the rest of the article decides", False),
        "leaving": Reading("planned", trigger.start, trigger.end, "present of a departure: the rest of the article decides", False),
        "future": Reading("planned", trigger.start, trigger.end, "future tense"),
        "base": Reading("planned", trigger.start, trigger.end, "infinitive"),
    }[tense]


def _came_to_nothing(scene: Scene, trigger: Hit, right: int) -> Reading | None:
    """"Was due to visit in May, but pulled out": a plan of the past that the sentence goes on to undo."""
    if right >= len(scene.low):
        return None
    plan = scene.phrase("had_planned").last(scene.low, max(0, trigger.start - _ADJACENT), trigger.end)
    undone = scene.phrase("undone").first(scene.low, right) if plan is not None else None
    if undone is None:
        return None
    return Reading("cancelled", undone.start, undone.end, f"planned once, but “{scene.text[undone.start : undone.end]}”")


def is_verb(scene: Scene, trigger: Hit) -> bool:
    """Whether an auxiliary stands directly before a form that may also be a noun."""
    left, _ = scene.clause(trigger.start, trigger.end)
    return _of_verb(scene, trigger, left) is not None


def _of_verb(scene: Scene, trigger: Hit, left: int) -> Reading | None:
    if scene.grammar.verb_final or trigger["tense"] not in _FINITE:
        # "to visit" and "the visit" are one word in some languages: an auxiliary makes the noun a verb
        if scene.grammar.verb_final or trigger["tense"] != "noun":
            return None
    before = scene.low[max(left, trigger.start - _ADJACENT) : trigger.start]
    offset = trigger.start - len(before)
    for status, kind in (("denied", "verb"), ("planned", "hypothetical"), ("held", "verb"), ("planned", "verb")):
        hit = None
        for candidate in words("status_cues", scene.language, status=status, kind=kind, where="before").find(before):
            if candidate.end == len(before):
                hit = candidate
        if hit is None or (status == "denied" and _is_only(scene, trigger, before[hit.start :])):
            continue
        if trigger["tense"] in ("past", "present", "participle") and status in ("held", "planned") and kind == "verb":
            continue
        if trigger["tense"] == "noun" and (status == "held" or (kind == "verb" and trigger["note"] not in _DOUBLE)):
            continue
        reason = f"{trigger['tense']} form after “{hit_text(before, hit)}”"
        return Reading(status, offset + hit.start, offset + hit.end, reason)
    return None


def _is_only(scene: Scene, trigger: Hit, negation: str) -> bool:
    """"Il n'arrivera que mardi": what is denied with "que" behind the verb, and with no "pas", is said of the rest alone."""
    if scene.phrase("negates").first(negation) is not None:
        return False
    _, right = scene.clause(trigger.start, trigger.end)
    only = scene.phrase("only").first(scene.low, trigger.start, min(right, trigger.end + _ADJACENT))
    return only is not None and scene.phrase("negates").first(scene.low, trigger.start, only.start) is None


def _of_noun(scene: Scene, trigger: Hit, left: int, right: int) -> Reading:
    during = _during(scene, trigger, left, right)
    if during:
        return during
    found = []
    for status in ("planned", "held"):
        cue = _near(scene, trigger, (status,), "noun", left, right)
        if cue:
            gap = trigger.start - cue.end if cue.end <= trigger.start else cue.start - trigger.end
            found.append((gap, status == "held", cue))
    if found:
        return min(found, key=lambda f: f[:2])[2]
    if trigger["note"] == "event":
        return Reading("held", trigger.start, trigger.end, "a noun of completed motion")
    return Reading("held", trigger.start, trigger.end, "a visit named without a cue of plan", False)


def _during(scene: Scene, trigger: Hit, left: int, right: int) -> Reading | None:
    """What is reported of a visit while it lasts, "praised ... during the visit": it lasts, unless that is still to come."""
    inside = scene.phrase("within").last(scene.low, max(left, trigger.start - _WITHIN), trigger.start)
    if inside is None or any(inside.end <= a and b <= trigger.start for a, b in scene.triggers):
        return None
    opens = inside.start - left <= 2
    if opens:  # what somebody then says of the time to come is not about the visit
        said = words("voice", scene.language, kind="verb").first(scene.low, trigger.end, right)
        right = said.start if said is not None else right
    ahead = scene.phrase("ahead").first(scene.low, *((trigger.end, right) if opens else (left, inside.start)))
    if ahead is None:
        ahead = scene.phrase("ahead").first(scene.low, inside.end, trigger.start)
    span = scene.text[inside.start : inside.end]
    if ahead is not None:
        return Reading("planned", ahead.start, ahead.end, f"what comes “{span}” it is still ahead")
    return Reading("held", inside.start, inside.end, f"something is reported “{span}” it")


def _verb_final(scene: Scene, trigger: Hit) -> Reading:
    after = scene.low[trigger.end : min(len(scene.low), trigger.end + _ADJACENT)]
    for status in ("planned", "held"):
        for hit in words("status_cues", scene.language, status=status, kind="verb", where="after").find(after):
            if hit.start == 0:
                start = trigger.end
                return Reading(status, start, start + hit.end, f"ending “{after[: hit.end].strip()}”")
            break
    left, right = scene.walls(trigger.start, trigger.end)
    found = []
    for status in ("planned", "held"):
        cue = _near(scene, trigger, (status,), "any", left, right)
        if cue:
            gap = trigger.start - cue.end if cue.end <= trigger.start else cue.start - trigger.end
            found.append((gap, status == "held", cue))
    if found:
        return min(found, key=lambda f: f[:2])[2]
    return Reading("held", trigger.start, trigger.end, "a visit named without a cue of plan", False)


def _near(scene: Scene, trigger: Hit, statuses: tuple[str, ...], kind: str, left: int, right: int) -> Reading | None:
    best: tuple[int, Reading] | None = None
    tail = complement_end(scene, trigger) if kind == "noun" else trigger.end
    for status in statuses:
        for where, reach, cues in _cues(scene.language, status, kind):
            spans = []
            if where in ("before", "any"):
                spans.append((max(left, trigger.start - reach), trigger.start))
            if where in ("after", "any"):
                spans.append((trigger.end, min(right, tail + reach)))
            for a, b in spans:
                for hit in cues.find(scene.low, a, b):
                    gap = trigger.start - hit.end if hit.end <= trigger.start else hit.start - max(trigger.end, min(tail, hit.start))
                    if best is None or gap < best[0]:
                        text = scene.text[hit.start : hit.end]
                        best = gap, Reading(status, hit.start, hit.end, f"“{text}” beside the trigger")
    return best[1] if best else None


@cache
def _cues(language: str, status: str, kind: str) -> tuple[tuple[str, int, Words], ...]:
    """The cues of a status that stand before, after or on either side of a trigger, by how far they reach."""
    out = []
    for where in ("before", "after", "any"):
        rows = words("status_cues", language, status=status, kind=kind, where=where).rows
        for reach in dict.fromkeys(r["reach"] for r in rows):
            cues = words("status_cues", language, status=status, kind=kind, where=where, reach=reach)
            out.append((where, int(reach), cues))
    return tuple(out)


def hit_text(text: str, hit: Hit) -> str:
    """Return the words of a hit, trimmed."""
    return text[hit.start : hit.end].strip()
