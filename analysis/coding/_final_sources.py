"""Who reacts where the verb stands last, and who can react at all."""

from __future__ import annotations

from analysis.coding.lexicon import Hit, words
from analysis.coding.parties import Party
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene

__all__ = ["final_source", "is_outside", "named_before"]

_DYAD = ("RUS", "PRK")
_MARK = 2  # characters of a particle and the space behind it
_BEHIND = 4  # characters from a headline's quotation to who says it
_SURNAME = 10  # characters of a surname before the title that opens a sentence


def is_outside(p: Party) -> bool:
    """Whether a party can react: of a country or body outside the dyad, or an unnamed collective."""
    if p.side == "UN" and "minister" in p.ranks:
        return False  # a "Security Council" with a secretary is a national one
    return (bool(p.side) and p.side not in _DYAD) or p.kind == "collective"


def final_source(scene: Scene, trigger: Hit, outside: list[Party]) -> Party | None:
    """Who reacts where the verb stands last: the marked subject before it, or who stands behind what is said."""
    if trigger["pos"] == "phrase":
        first = scene.parties[0]
        if trigger["tense"] == "quote" and scene.field != "title":
            return None
        if trigger["tense"] == "quote" and scene.field == "title" and first.slot == "topic" and first in outside:
            return first  # a headline's "X, ... “...”"
        reach = 6 if trigger["tense"] != "quote" else 0
        return next((p for p in outside if 0 <= trigger.start - p.end <= (2 if p.slot == "subj" else reach)), None)
    quote = next((q for q in scene.quotes if q[0] <= trigger.start < q[1]), None) if scene.field == "title" else None
    if quote is not None:  # a headline's “...” is of who stands behind it or before it, and of nobody whom it names
        outside = [p for p in outside if not quote[0] <= p.start < quote[1]]
        behind = next((p for p in outside if 0 <= p.start - quote[1] <= _BEHIND and p.slot in ("topic", "subj")), None)
        before = next((p for p in reversed(outside) if 0 <= quote[0] - p.end <= _MARK and p.slot not in ("obj", "to")), None)
        if behind is not None or before is not None:
            return behind or before
    ending = words("voice", scene.language, kind="ending").last(scene.low, 0, trigger.start)
    if ending is not None:
        after = [p for p in outside if ending.end <= p.start and p.end <= trigger.start]
        if after:
            return after[0]
    marked = [
        p for p in outside
        if p.end <= trigger.start and (p.slot == "subj" or (p.slot == "topic" and scene.field == "title"))
    ]
    if marked and all(_is_contrasted(scene, p) for p in marked):
        return None
    joined = scene.phrase("finite_join").last(scene.low, 0, trigger.start)
    # after a verb of its own, each "and" has a subject of its own if it names one
    if joined is not None and any(p.slot == "subj" and joined.end <= p.start < trigger.start and not is_outside(p) for p in scene.parties):
        return None
    marked = [p for p in marked if joined is not None and p.start >= joined.end] or marked
    if marked:
        return marked[-1] if trigger.start - marked[-1].end <= 3 else marked[0]
    near = [p for p in outside if 0 <= trigger.start - p.end <= 8 and p.slot not in ("obj", "to")]
    return near[-1] if near else None


def _is_contrasted(scene: Scene, p: Party) -> bool:
    """"한국을 언급하지 않았고, 미국은 비판했다", after a sentence on Kim: whoever is passed over and whoever is criticised are his objects."""
    before = [q for q in scene.parties if q.end <= p.start]
    mark = scene.phrase("topic_mark").first(scene.low, p.end, p.end + _MARK)
    if scene.previous is None or mark is None or not before or before[0].slot != "obj" or any(q.slot == "subj" for q in before):
        return False
    opens = next((q for q in scene.previous.parties if q.slot == "subj"), None)
    return opens is not None and opens.side in _DYAD and opens.is_agent


def named_before(scene: Scene, trigger: Hit, memory: Memory) -> list[Party]:
    """"조 장관은", "그는": a title or pronoun as the subject, where the sentence before has one official of that rank."""
    opens = next((p for p in scene.parties if p.start >= scene.dateline_end), None)
    bare = opens is not None and not opens.side and opens.slot == "subj" and opens.kind in ("title", "speaker")
    pronoun = scene.phrase("reactor").first(scene.low, 0, 4)
    if scene.previous is None or not ((bare and opens.start <= _SURNAME) or pronoun) or "unofficial" in getattr(opens, "tags", ()):
        return []
    if any(p.slot == "subj" and p.side in _DYAD and p.is_agent for p in scene.previous.parties):
        return []
    officials = [p for p in scene.previous.parties if is_outside(p) and p.slot == "subj" and p.kind != "demonym"]
    if bare and opens.ranks:
        officials = [p for p in officials if p.rank == opens.rank or not p.ranks]
    return memory.reactors or (officials if len({p.side for p in officials}) == 1 else [])
