"""An article's sentences as scenes: who is named in each, with the rank and country of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis import actors
from analysis.actors import ActorSpan
from analysis.coding.lexicon import lowered, words
from analysis.coding.parties import build_parties
from analysis.coding.scene import Scene
from analysis.lexicons import read_lexicon

__all__ = ["Sentence", "read_scenes"]

_DYAD = ("RUS", "PRK")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place in the article."""

    field: str
    index: int
    text: str
    quotes: tuple[tuple[int, int], ...]


def read_scenes(
    rows: Sequence[Sentence], *, language: str, published: str
) -> tuple[list[Scene], frozenset[str]]:
    """Return the scene of each sentence and the sides that the article names; no scene unless it names both."""
    spans, sides = _names(rows, language, published)
    sides |= _implied(rows, sides, language)
    if not sides >= set(_DYAD):
        return [], sides
    scenes = []
    offset = i = 0
    for row in rows:
        inside = []
        end = offset + len(row.text)
        while i < len(spans) and spans[i].start < end:
            if spans[i].start >= offset and spans[i].end <= end:
                inside.append(_moved(spans[i], offset, published))
            i += 1
        scenes.append(_scene(row, inside, language, published))
        offset = end + 1
    for scene, following in pairwise(scenes):
        scene.following, following.previous = following, scene
    return scenes, sides


def _names(
    rows: Sequence[Sentence], language: str, published: str
) -> tuple[list[ActorSpan], frozenset[str]]:
    """Who is named in the whole article, so that a bare surname finds its bearer anywhere in it."""
    whole = "\n".join(r.text for r in rows)
    spans = actors.find(whole, language=language)
    sides = frozenset(s.country for s in spans)
    if not sides >= set(_DYAD):
        spans = _with_leader(whole, language, published, sides) or spans
        sides = frozenset(s.country for s in spans)
    elif not any(s.kind == "person" and s.country == "PRK" for s in spans):
        spans = _with_leader(whole, language, published, sides) or spans
    return spans, sides


def _implied(rows: Sequence[Sentence], sides: frozenset[str], language: str) -> frozenset[str]:
    """"North Korean troops" and Ukraine in one text, or troops "at the front": whose side they fight on goes without saying."""
    if "PRK" not in sides or "RUS" in sides:
        return frozenset()
    telling = [words("coding_phrases", language, kind=k) for k in ("at_war", *(("lent",) if "UKR" in sides else ()))]
    return frozenset({"RUS"}) if any(t.first(lowered(r.text)) for t in telling for r in rows) else frozenset()


def _moved(span: ActorSpan, offset: int, published: str) -> ActorSpan:
    """The same name counted from the start of its sentence, with the country that a person's office stood for that day."""
    country, actor = span.country, _of_the_day(span, published)
    if span.kind == "person":
        country = actors.country_at(actor, published) or country
    return ActorSpan(span.start - offset, span.end - offset, actor, span.kind, country, span.surface, span.role)


def _of_the_day(span: ActorSpan, published: str) -> str:
    """A leader's name that his father bears too, "Chairman Kim", is of him who leads on the day."""
    if span.actor_id not in _leaders() or span.surface not in _shared_names() or not published or actors.rank_at(span.actor_id, published):
        return span.actor_id
    return next((a for a in _leaders() if actors.rank_at(a, published) == "leader"), span.actor_id)


def _scene(row: Sentence, spans: list[ActorSpan], language: str, published: str) -> Scene:
    parties = build_parties(
        row.text, spans, language=language,
        rank_at=lambda a: _rank(a, published), tags_at=lambda a: _tags(a, published),
    )
    here, parties, dateline_end = _dateline(row.text, language, parties)
    return Scene(
        row.text, row.field, row.index, language, published, parties, list(row.quotes),
        names=[(s.start, s.end) for s in spans], here=here, dateline_end=dateline_end,
    )


def _rank(actor_id: str, published: str) -> str:
    """Rank of a person's office that day; of one who no longer holds any, of the last: a visit told may be an old one."""
    if not published:
        return ""
    return actors.rank_at(actor_id, published) or _last_rank(actor_id, published)


@cache
def _last_rank(actor_id: str, published: str) -> str:
    table = read_lexicon("offices")
    rows = table[(table["actor_id"] == actor_id) & (table["term_end"] != "") & (table["term_end"] <= published)]
    return rows.sort_values("term_end")["rank"].iloc[-1] if len(rows) else ""


def _tags(actor_id: str, published: str) -> frozenset[str]:
    """What a person's office says of what they do: an ambassador resides, one without office is a private person."""
    role = actors.role_at(actor_id, published) if published else ""
    if published and not role:
        return frozenset({"unofficial"})
    # roles are written in English in lexicon ``offices``
    resident = words("coding_titles", "en", rank="resident").first(role.lower())
    return frozenset({"resident"}) if resident else frozenset()


def _dateline(line: str, language: str, parties: list) -> tuple:
    """Take the dateline's names out of the sentence; its place is what "here" means."""
    hit = words("coding_phrases", language, kind="dateline").first(lowered(line))
    if hit is None:
        return None, parties, 0
    inside = [p for p in parties if p.end <= hit.end]
    place = next((p for p in inside if p.kind == "place"), None)
    return place, [p for p in parties if p.start >= hit.end], hit.end


def _with_leader(whole: str, language: str, published: str, sides: frozenset[str]) -> list:
    """A bare "Kim" where the text names nobody of that name but speaks of the country: its leader of the day."""
    if "PRK" not in sides and "RUS" not in sides:
        return []
    leaders = [a for a in _leaders() if published and actors.rank_at(a, published) == "leader"]
    return actors.find(whole, language=language, context=leaders) if leaders else []


@cache
def _shared_names() -> frozenset[str]:
    """Forms of the leaders' names that need something else in the text to be theirs."""
    table = read_lexicon("actors")
    return frozenset(table.loc[table["actor_id"].isin(_leaders()) & (table["needs"] != ""), "form"])


@cache
def _leaders() -> tuple[str, ...]:
    offices = read_lexicon("offices")
    return tuple(dict.fromkeys(offices.loc[(offices["rank"] == "leader") & (offices["country"] == "PRK"), "actor_id"]))
