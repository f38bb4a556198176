"""Who reacts where the sentence does not name them: "they called on ...", "the minister warned"."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding._behind import closes, is_bare
from analysis.coding._final_sources import is_outside, named_before
from analysis.coding._sources import gap, may_react
from analysis.coding.lexicon import Hit
from analysis.coding.parties import LOCAL, Party
from analysis.coding.roles import Memory
from analysis.coding.scene import Scene

__all__ = ["meant"]

_DYAD = ("RUS", "PRK")
_OPENS = 12
_CLOSE = 30
_ARTICLE = 12  # of what stands before a noun: "its eleven"
_OWN = 24  # characters of "their own count"
_OFFICE = 24  # of what an office belongs to, before it: "the bureau of the prosecutor"
_BEHIND = 40


def meant(scene: Scene, trigger: Hit, memory: Memory) -> list[Party]:
    """"They called on ...", "the minister called on ...": whoever reacted in the sentence before, or alone is named there."""
    if trigger["pos"] == "phrase" and not scene.grammar.verb_final:
        return _of_office(scene, trigger, memory)
    if trigger["pos"] != "verb":
        return []
    if scene.grammar.verb_final:
        return named_before(scene, trigger, memory)
    if _hands_over(scene, trigger):
        return memory.reactors or memory.speakers or _opener(scene) or ([] if _opens_at_home(scene.previous) else _of_title(memory))
    if scene.grammar.free_order and _is_impersonal(scene, trigger):
        return memory.reactors
    if acting := _of_who_acts(scene, trigger):
        return acting
    if _is_envoy_called(scene, trigger):
        return memory.reactors or _of_title(memory)
    pronoun = next((h for h in scene.phrase("reactor").find(scene.low, 0, trigger.start) if h.start <= 3 or _opens(scene, h.start)), None)
    bare = [p for p in scene.parties if not p.side and p.kind in ("title", "speaker") and p.end <= trigger.start]
    if not (pronoun and gap(scene, pronoun.end, trigger.start) <= _CLOSE):
        first = scene.dateline_end + 2 if scene.dateline_end else 0
        subject = bare and (_heads(scene, bare[0], first) or _opens(scene, bare[0].start, article=_ARTICLE))
        if not subject or gap(scene, bare[-1].end, trigger.start) > _CLOSE or not may_react(scene, bare[-1], trigger):
            return []
    clause = scene.low.rfind(": ", 0, trigger.start)
    if any(p.side and p.kind != "demonym" and p.slot not in LOCAL for p in scene.parties if clause <= p.start and p.end <= trigger.start):
        return []
    if memory.reactors or scene.previous is None or (bare and not pronoun and _of_here(scene)):
        return memory.reactors or _of_title(memory) or _of_here(scene)
    before = [p for p in scene.previous.parties if is_outside(p) and p.slot not in LOCAL and p.kind != "demonym"]
    if pronoun and len(memory.thirds) > 1 and scene.previous.field == "title":
        return memory.thirds  # "the three allies", whom the title names
    if pronoun and _opener(scene):
        return _opener(scene)  # "The ministry spoke on Thursday. It demanded ..."
    place = next((p for p in scene.previous.parties if p.start >= scene.previous.dateline_end), None)
    if bare and place is not None and place.kind == "place" and place.slot in LOCAL and place.start <= _OPENS and is_outside(place):
        return [replace(bare[0], side=place.side)]  # "In Seoul, ... The government saw ..."
    if not bare:
        return []
    return before[:1] if len({p.side for p in before}) == 1 else [] if memory.speakers else _of_title(memory)


def _is_impersonal(scene: Scene, trigger: Hit) -> bool:
    """"The diplomat was handed a demand" as "they handed him": a plural whose clause has no subject but a body at home."""
    if scene.phrase("impersonal").first(scene.low, trigger.start, trigger.end) is None:
        return False
    left, _ = scene.clause(trigger.start, trigger.end)
    before = [p for p in scene.parties if left <= p.start and p.end <= trigger.start and p.kind != "demonym"]
    body = scene.phrase("generic_body").last(scene.low, left, trigger.start)
    if body is not None and trigger.start - body.end <= 1 and before and before[-1].slot in LOCAL:
        return True  # "the decision they branded, in the ministry, as ..."
    return all(p.slot in LOCAL or "resident" in p.tags or p.slot in ("by", "of") or (not p.side and not p.ranks) for p in before)


def _of_office(scene: Scene, phrase: Hit, memory: Memory) -> list[Party]:
    """"According to the prosecutor's office", "by their count": an office of the country that reacts, or that the title names."""
    own = scene.phrase("own_count").first(scene.low, phrase.end, phrase.end + _OWN)
    if own is not None and own.start - phrase.end <= 1:
        return memory.reactors or memory.speakers
    office = next((p for p in scene.parties if 0 <= p.start - phrase.end <= _OFFICE), None)
    if office is None or not is_bare(office) or not may_react(scene, office, phrase):
        return []
    return memory.reactors or ([] if memory.speakers else _of_title(memory))


def _opens(scene: Scene, start: int, *, article: int = 0) -> bool:
    """Whether a subject comes after an adverbial or a colon that opens the sentence, and not in a place of the two sides."""
    at_home = any(p.side in _DYAD and p.slot in LOCAL and p.start <= _OPENS for p in scene.parties)
    before = scene.low[max(0, start - article - 2) : start]
    return (", " in before or ": " in before) and not at_home


def _of_title(memory: Memory) -> list[Party]:
    """"Berlin summons the envoy": officials whose country the text does not say are of the one that its title names."""
    third = memory.title.get("third")
    return [third] if third is not None else []


def _of_who_acts(scene: Scene, trigger: Hit) -> list[Party]:
    """"Seoul may send weapons, a senior official hinted": an official named last, without a country, is of the one who will act."""
    office = next((p for p in reversed(scene.parties) if p.end <= trigger.start), None)
    if office is None or not is_bare(office) or trigger.start - office.end > 1 or not may_react(scene, office, trigger):
        return []
    comma = scene.low.rfind(",", 0, office.start)
    if comma < 0 or office.start - comma > _OWN or any(comma < p.start < office.start for p in scene.parties):
        return []
    acting = [p for p in scene.parties if p.end <= comma and p.slot == "" and p.kind != "demonym" and p.side]
    return [replace(office, side=acting[0].side)] if acting and is_outside(acting[0]) and acting[0].start <= _OPENS else []


def _is_envoy_called(scene: Scene, trigger: Hit) -> bool:
    """"The Russian ambassador was summoned to the ministry": by those who reacted, where nobody of a third country is named."""
    if trigger["act"] not in ("accuse", "request") or scene.phrase("passive").first(scene.low, trigger.start, trigger.end) is None:
        return False
    left, _ = scene.clause(trigger.start, trigger.end)
    doing = [p for p in scene.parties if left <= p.start and p.end <= trigger.start and p.slot == "" and p.kind != "demonym"]
    posted = any(p.side in _DYAD and p.slot in LOCAL and p.end <= trigger.start for p in scene.parties)  # "the Northern envoy to Moscow"
    return bool(doing) and not posted and any("resident" in p.tags for p in doing) and all(p.side in ("", *_DYAD) for p in scene.parties)


def _heads(scene: Scene, office: Party, first: int) -> bool:
    """"The foreign ministry ...": an office that opens the sentence, with no more than its adjective before it."""
    before = scene.low[first : office.start]
    if office.start <= first + 4:
        return True
    article = scene.phrase("reactor_article").first(scene.low, first, first + _CLOSE)
    return article is not None and article.start <= first and len(before) <= _OFFICE and "," not in before and office is scene.parties[0]


def _of_here(scene: Scene) -> list[Party]:
    """"TOKYO - The cabinet approved ...": an office without a country is of the one where the dispatch was written."""
    return [scene.here] if scene.here is not None and is_outside(scene.here) else []


def _hands_over(scene: Scene, trigger: Hit) -> bool:
    """"“...”, he warned", "“...”, the minister warned" where the verb stands first: the speaker was named before."""
    if scene.phrase("inverted").first(scene.low, trigger.start, trigger.end) is not None:
        opens = next(iter(scene.parties), None)  # "Putin did not deny it: “...”, he said"
        return not (opens and opens.side in _DYAD and opens.is_agent and opens.kind != "state" and opens.slot == "" and opens.start <= _OPENS)
    if not closes(scene, trigger.start):
        return False
    if scene.phrase("both").first(scene.low, trigger.end, trigger.end + _OFFICE) is not None:
        return False  # "..., the two capitals announced"
    after = next((p for p in scene.parties if 0 <= p.start - trigger.end <= _BEHIND), None)
    text = scene.phrase("reactor").first(scene.low, trigger.end, trigger.end + _OFFICE)  # "…, the statement goes on"
    office = after is not None and is_bare(after) and after.slot in ("", "of") and "," not in scene.low[trigger.end : after.start]
    if text is not None and any(p.side and p.start <= text.end < p.end for p in scene.parties):
        return office  # "..., the Russian diplomacy said"
    return office or (text is not None and text.start - trigger.end <= 1)


def _opens_at_home(before: Scene | None) -> bool:
    """Whether an official of the two sides opens a sentence as its subject: "he" is that one, and nobody whom the title names."""
    opens = next((p for p in before.parties if p.side and p.start >= before.dateline_end), None) if before else None
    return opens is not None and opens.side in _DYAD and opens.is_agent and opens.slot == "" and opens.start <= _OPENS


def _opener(scene: Scene) -> list[Party]:
    """Who opens the sentence before as its subject, where that is somebody of a third country."""
    before = scene.previous
    opens = next((p for p in before.parties if p.side and p.start >= before.dateline_end), None) if before else None
    return [opens] if opens is not None and is_outside(opens) and opens.slot == "" and opens.kind != "demonym" else []
