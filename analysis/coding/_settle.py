"""What the article as a whole decides: statuses and directions that a sentence leaves open, and what is history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from analysis.coding.mention import Mention
from analysis.coding.parties import LOCAL, opposite
from analysis.coding.scene import Scene
from analysis.coding.subjects import subjects_in

__all__ = ["settle"]

_DYAD = ("RUS", "PRK")
_BACKGROUND_DAYS = 14
_CUT = ("...", "…")
_BESIDE = 4  # characters from who does it to the day, in the lead of a feed: a particle, a space
_GUESSED = 0.3  # confidence of a visit whose direction nothing in the article shows; the timeline does not rely on it


def settle(mentions: list[Mention], scenes: Sequence[Scene], *, published: str) -> list[Mention]:
    """Return the mentions of an article, each with what the others tell of it."""
    mentions = _by_the_lead(mentions, scenes)
    mentions = _by_cut_lead(mentions, scenes)
    mentions = _directions(mentions, scenes)
    mentions = _subjects(mentions, scenes)
    mentions = _statuses(mentions, published)
    return [replace(m, is_background=True) if _is_background(m, published) else m for m in mentions]


def _by_the_lead(mentions: list[Mention], scenes: Sequence[Scene]) -> list[Mention]:
    """A headline without a tense of its own is planned when the lead sets a day to come for the same people."""
    if not any(m.family == "visit" and m.field == "title" and not m.is_sure for m in mentions):
        return mentions
    lead = next((s for s in scenes if s.field == "body"), None)
    days = [t for t in lead.times if t.date_precision == "day" and t.date_start > lead.published] if lead else []
    told = {m.direction for m in mentions if m.family == "visit" and m.field == "body"}
    if not days or len({p.side for p in lead.agents()} & set(_DYAD)) < len(_DYAD):
        return mentions
    first = days[0]
    return [
        replace(m, status="planned", date_start=first.date_start, date_end=first.date_end, date_precision="day")
        if m.family == "visit" and m.field == "title" and not m.is_sure and not m.date_start and m.direction not in told
        else m
        for m in mentions
    ]


def _by_cut_lead(mentions: list[Mention], scenes: Sequence[Scene]) -> list[Mention]:
    """A feed's lead that breaks off before it tells anything still says the day of what its headline tells."""
    body = [s for s in scenes if s.field == "body"]
    told = {m.actor for m in mentions if m.family == "reaction" and m.field == "body"}
    if body:  # "장관은 31일 “...”라고 말했다", under what the paper puts in its title
        mentions = [_dated(m, body[0]) if m.family == "reaction" and m.field == "title" and not m.date_start and m.actor not in told else m
                    for m in mentions]
    if len(body) != 1 or not body[0].text.rstrip(" )").endswith(_CUT) or any(m.field == "body" for m in mentions):
        return mentions
    return [_dated(m, body[0]) if not m.date_start and m.family != "agreement" else m for m in mentions]


def _dated(m: Mention, lead: Scene) -> Mention:
    ahead = m.status == "planned"
    who = [p for p in lead.parties if (p.side in m.actor.split("+") if m.family == "reaction" else p.is_agent and p.side in _DYAD)]
    for t in lead.times_in("future" if ahead else "past"):
        fits = t.date_precision == "day" and (t.date_start >= lead.published if ahead else t.date_start <= lead.published)
        if fits and any(0 <= t.start - p.end <= _BESIDE for p in who):
            return replace(m, date_start=t.date_start, date_end=t.date_end, date_precision="day")
    return m


def _directions(mentions: list[Mention], scenes: Sequence[Scene]) -> list[Mention]:
    """Give a meeting without a place the direction of the article's other visits or of the place just named, else let the one named first go."""
    known = [m for m in mentions if m.family == "visit" and m.direction and m.frame != "invite" and m.is_placed]
    out = []
    for m in mentions:
        if m.family == "visit" and not m.is_placed and m.direction:
            hosted = [k for k in known if k.direction == f"{m.counterpart}>{m.actor}" and k.detail == m.top_rank]
            if hosted:  # the leader who meets a minister may be the guest
                m = replace(m, direction=hosted[0].direction, actor=m.counterpart, counterpart=m.actor, detail=m.top_rank)
        if m.family == "visit" and not m.direction:
            open_to = [k for k in known if m.status != "held" or not m.is_sure or k.status != "planned"]  # a visit still to come is not where they met
            alike = [k for k in open_to if k.detail == m.detail]
            same = [k for k in alike if k.status == m.status] or alike or open_to
            near = "" if same else _place_near(scenes, m.sentence_index)
            direction = same[0].direction if same else f"{opposite(near) or m.actor}>{near or opposite(m.actor)}"
            actor = "RUS" if direction == "third" else direction[:3]
            why = "as the article's other visits" if same else "in the place named just before" if near else "no place named anywhere: whoever is named first is taken to go"
            m = replace(
                m, direction=direction, actor=actor, counterpart=opposite(actor), is_placed=bool(same or near),
                confidence=m.confidence if same or near else _GUESSED, cues=(*m.cues, replace(m.cues[0], kind="direction", reason=why)),
            )
        out.append(m)
    return out


def _subjects(mentions: list[Mention], scenes: Sequence[Scene]) -> list[Mention]:
    """"A deal could help him", under a title on arms talks: what an agreement is about, where only the title says."""
    title = next((s for s in scenes if s.field == "title"), None)
    if title is None or not any(m.family == "agreement" and not m.subject for m in mentions):
        return mentions
    told = subjects_in(title.text, language=title.language)
    only = next(iter(told)) if len(told) == 1 else ""
    return [replace(m, subject=only) if m.family == "agreement" and not m.subject and m.field == "body" else m for m in mentions]


def _place_near(scenes: Sequence[Scene], index: int) -> str:
    """The side of the one place of the two countries that the sentence before names as a place."""
    before = next((s for s in scenes if s.index == index - 1), None)
    if before is None or before.grammar.verb_final:
        return ""
    places = [p for p in before.parties if p.kind == "place" and p.slot in LOCAL]
    sides = {p.side for p in places}
    return sides.pop() if len(sides) == 1 and sides <= set(_DYAD) else ""


def _statuses(mentions: list[Mention], published: str) -> list[Mention]:
    """A status that only a default gives is that of the article's sure mentions of the same visit."""
    out = []
    for m in mentions:
        if m.family == "visit" and not m.is_sure:
            sure = [
                k for k in mentions
                if k.family == "visit" and k.is_sure and k.direction == m.direction and k.sentence_index != m.sentence_index
            ]
            statuses = {k.status for k in sure}
            if statuses and "held" not in statuses:
                m = replace(m, status=sure[0].status)
            elif m.tense == "leaving" and "held" in statuses:
                m = replace(m, status="held")
                if m.status == "planned" and m.date_end and m.date_end < published[: len(m.date_end)]:
                    m = replace(m, date_start="", date_end="", date_precision="unknown")
        out.append(m)
    return out


def _is_background(m: Mention, published: str) -> bool:
    if not published or not m.date_end or m.status in ("planned", "mooted"):
        return False
    end = m.date_end + {4: "-12-31", 7: "-28"}.get(len(m.date_end), "")
    return (dt.date.fromisoformat(published) - dt.date.fromisoformat(end)).days > _BACKGROUND_DAYS
