"""Who a sentence names, as parties: names, titles and countries that belong together, each in its grammatical slot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from analysis.coding._belonging import LOCAL, belongs, is_body_of, is_office_of, is_whose, slot_of
from analysis.coding._party import RANKS, Party, rank_of
from analysis.coding.lexicon import Grammar, grammar, lowered, words

__all__ = ["LOCAL", "RANKS", "Party", "build_parties", "opposite", "rank_of"]

_SPEAKERS = ("source", "unofficial", "media", "own")


def build_parties(
    text: str, spans: Sequence, *, language: str, rank_at: Callable[[str], str], tags_at: Callable[[str], frozenset[str]]
) -> list[Party]:
    """Join names, demonyms and titles that stand together into parties, with their slots.

    Parameters
    ----------
    text : str
        A sentence.
    spans : sequence of ActorSpan
        Actors in it, in order; positions in ``text``.
    language : str
    rank_at : callable
        Rank of a person's office on the day of publication.
    tags_at : callable
        What the office held that day says of a person: resident (an ambassador), unofficial (none held).
    """
    low = lowered(text)
    g = grammar(language)
    parts = sorted([*_named(spans, rank_at, tags_at), *_titles(low, spans, language)], key=lambda p: (p.start, -p.end))
    parties: list[Party] = []
    for part in parts:
        if parties and part.start < parties[-1].end:
            continue
        if parties and is_office_of(parties[-1], part, low, g):
            part = replace(part, side=parties[-1].side)
        if parties and is_body_of(parties[-1], part, low, g):
            parties[-1] = _join(replace(parties[-1], side=part.side), part)
        elif parties and is_whose(parties[-1], part, low, g):
            parties[-1] = replace(parties[-1], end=part.end, side=part.side)
        elif parties and belongs(parties[-1], part, text, g):
            parties[-1] = _join(parties[-1], part)
        else:
            parties.append(part)
        parties[-1] = _with_portfolio(parties[-1], low, language)
    # a "Security Council" with a secretary is a national one, whose, the sentence does not say
    parties = [replace(p, side="", kind="title") if _is_national(p, low, language) else p for p in parties]
    parties = _as_peers(_share_titles(parties, low, g))
    parties = [replace(p, side=g.own, kind="organisation") if "own" in p.tags and not p.side else p for p in parties]
    parties = _posted(parties)
    parties = [p for p in parties if p.side or p.is_agent or p.tags or p.kind == "collective"]
    return [replace(p, slot=slot) if (slot := slot_of(low, p, g)) else p for p in parties]


def _is_national(p: Party, low: str, language: str) -> bool:
    """A "Security Council" with a secretary, or with a vice-president, is not that of the United Nations."""
    if p.side != "UN" or p.persons or not {"minister", "vice"} & set(p.ranks):
        return False
    return "minister" in p.ranks or words("coding_phrases", language, kind="council").first(low, p.start, p.end) is not None


def opposite(side: str) -> str:
    """Return the other side of the dyad, or nothing.

    >>> opposite("RUS"), opposite("CHN")
    ('PRK', '')
    """
    return {"RUS": "PRK", "PRK": "RUS"}.get(side, "")


def _named(spans: Sequence, rank_at: Callable[[str], str], tags_at: Callable[[str], frozenset[str]]) -> list[Party]:
    out = []
    for s in spans:
        rank = rank_at(s.actor_id) if s.kind == "person" else ""
        out.append(Party(
            s.start, s.end, s.country or "", s.kind,
            persons=(s.surface,) if s.kind == "person" else (),
            ranks=(rank,) if rank else (),
            tags=tags_at(s.actor_id) if s.kind == "person" else frozenset({"media"} & {s.role}),
            place=s.surface if s.kind == "place" else "",
        ))
    return out


def _titles(low: str, spans: Sequence, language: str) -> list[Party]:
    taken = [(s.start, s.end) for s in spans]
    # a word may be a rank and a speaker at once ("president"): hits that overlap are one title with both tags
    hits = [(h.start, h.end, h["rank"]) for h in words("coding_titles", language).find(low)]
    # "the two leaders in Russia" are two: their title is nobody's, and the country after it no part of their name
    pairs = words("coding_phrases", language, kind="both_leaders").find(low)
    hits = [h for h in hits if not any(p.start <= h[0] and h[1] <= p.end for p in pairs)]
    hits += [(h.start, h.end, h["class"]) for c in _SPEAKERS for h in words("coding_speakers", language, **{"class": c}).find(low)]
    out: list[Party] = []
    for start, end, tag in sorted(hits, key=lambda h: (h[0], -h[1])):
        covered = [a for a, b in taken if a < end and start < b]
        if covered and (min(covered) <= start or tag not in RANKS):
            continue
        if covered:  # "глава МИД РФ": the title ends where the name begins
            end = min(covered)
        if out and start < out[-1].end:
            last = out[-1]
            out[-1] = _title(last.start, max(end, last.end), last.tags | {tag})
        else:
            out.append(_title(start, end, frozenset({tag})))
    return out


def _title(start: int, end: int, tags: frozenset[str]) -> Party:
    ranks = tuple(r for r in RANKS if r in tags)
    kind = "exempt" if "exempt" in tags else "title" if ranks or {"resident", "peer"} & tags else "speaker"
    return Party(start, end, "", kind, tags=tags, ranks=ranks)


def _join(a: Party, b: Party) -> Party:
    kinds = (a.kind, b.kind)
    order = ("exempt", "person", "title", "organisation", "speaker", "collective", "state", "place", "demonym")
    kind = next(k for k in order if k in kinds)
    if kind == "exempt" and "person" in kinds:
        kind = "person"
    return Party(
        a.start, b.end, a.side or b.side, kind,
        tags=_held(a, b) | _held(b, a), persons=a.persons + b.persons, ranks=a.ranks + b.ranks, place=a.place or b.place,
    )


def _with_portfolio(p: Party, low: str, language: str) -> Party:
    """"Le ministre sud-coréen des Affaires étrangères": what a minister is in charge of is part of the title."""
    if p.kind not in ("title", "speaker") or p.persons:
        return p
    rest = words("coding_phrases", language, kind="portfolio").first(low, p.end + 1, p.end + 40)
    return replace(p, end=rest.end) if rest is not None and rest.start == p.end + 1 else p


def _held(a: Party, b: Party) -> frozenset[str]:
    """"X, the NATO secretary general": the office that the text itself gives is held, whatever the lexicon knows of X."""
    named = a.persons and a.tags == {"unofficial"} and (not a.ranks or a.end - a.start == len(a.persons[0]))
    return frozenset() if named and (b.ranks or "source" in b.tags) and "unofficial" not in b.tags else a.tags


def _as_peers(parties: list[Party]) -> list[Party]:
    """"His counterpart": of the rank of the one named before, and of the other side where no third country is named."""
    out: list[Party] = []
    thirds = any(opposite(p.side) == "" for p in parties if p.side)
    for p in parties:
        named = [*reversed(out), *parties[len(out) + 1 :]] if "peer" in p.tags else []
        other = next((q for q in named if q.is_agent and q.ranks and q.side), None)
        if other is not None:
            p = replace(p, ranks=p.ranks or other.ranks, side=p.side or ("" if thirds else opposite(other.side)))
        out.append(p)
    return out


def _share_titles(parties: list[Party], low: str, g: Grammar) -> list[Party]:
    """"Russian and Chinese officials": a title is that of every demonym coordinated with it."""
    out = list(parties)
    for i in range(len(parties) - 2, -1, -1):  # from the right: "북·중·러 정상", the leaders of all three
        a, b = parties[i], out[i + 1]
        gap = low[a.end : b.start]
        if not g.coordinator.fullmatch(low, a.end, b.start):
            continue
        named = a.kind == "demonym" or (g.verb_final and a.kind == "state" and "," not in gap)
        if named and b.kind == "title" and not b.persons:
            out[i] = replace(a, kind="title", tags=b.tags, ranks=b.ranks)
        elif b.kind == "demonym" and a.kind == "title" and not a.persons and a.side:
            out[i + 1] = replace(b, kind="title", tags=a.tags, ranks=a.ranks)
    return out


def _posted(parties: list[Party]) -> list[Party]:
    """An ambassador to the United Nations is no official of theirs: the person's own country speaks."""
    out: list[Party] = []
    for p in parties:
        if p.side == "UN" and "resident" in p.tags:
            p = replace(p, side="", kind="title")
            if out and out[-1].persons and not p.persons and p.start - out[-1].end <= 2:
                p = _join(out.pop(), p)
        out.append(p)
    return out
