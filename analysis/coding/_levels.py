"""Between what bodies something is agreed: the level of an agreement."""

from __future__ import annotations

from analysis.coding.lexicon import Hit, words
from analysis.coding.scene import Scene

__all__ = ["level_of"]

_SOURCE = 60  # characters from the comma to the verb of saying that hands over what stands before it
_LEVELS = ("party", "region", "education", "business", "agency")
_HEAD = 24  # characters behind what is agreed, in which its own name goes on: "protocol of the intergovernmental commission"


def level_of(scene: Scene, trigger: Hit) -> str:
    """Return the level that the words around what is agreed show; a state's where they show none."""
    if words("agreement_levels", scene.language, level="state").first(scene.low, trigger.start, trigger.end + _HEAD) is not None:
        return "state"  # a treaty is one of states, whoever signs it
    left, right = scene.walls(trigger.start, trigger.end)
    if scene.low.startswith(": ", right):  # "memoranda were signed: of university X with Y"
        right = scene.walls(right + 2, right + 2)[1]
    said = next((v for v in words("voice", scene.language, kind="verb").find(scene.low, trigger.end, right) if _closes(scene, v)), None)
    right = said.start if said is not None else right  # "..., the ministry of finance announced": who tells it is no party to it
    right = _before_source(scene, trigger, right)
    for level in _LEVELS:
        if level == "agency" and trigger["kind"] == "service":
            continue  # a minister aboard is no party to a line
        hit = words("agreement_levels", scene.language, level=level).first(
            scene.low, max(left, trigger.start - 140), min(right, trigger.end + 130)
        )
        if hit is not None:
            return level
    return "state"


def _closes(scene: Scene, verb: Hit) -> bool:
    return scene.low[: verb.start].rstrip().endswith((",", "»", "”"))


def _before_source(scene: Scene, trigger: Hit, right: int) -> int:
    """Where what is told ends: before the comma of "..., the spy agency said"."""
    if scene.grammar.verb_final:
        return right
    for verb in words("voice", scene.language, kind="verb").find(scene.low, trigger.end, right):
        comma = scene.low.rfind(",", trigger.end, verb.start)
        if comma >= 0 and verb.start - comma <= _SOURCE:
            return comma
    return right
