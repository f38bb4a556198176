"""Times that date something else: a paper's issue, how long a plan is valid, the verb or the event beside."""

from __future__ import annotations

from analysis.coding.lexicon import words
from analysis.coding.scene import Scene

__all__ = ["compared", "is_a_papers", "is_long_from", "is_of_reaction", "is_part_of_name", "is_span_of_validity"]

_OWN = 2  # a time that close to a verb is that verb's
_BEHIND = 6  # characters of a space and "right after"
_VERB = 40  # characters of the longest verb of reaction
_NAMED = 34  # characters from a year to the noun that it names: "the 2019 Vladivostok summit"


def is_span_of_validity(scene: Scene, span) -> bool:
    """"A plan for 2024-2025", "the first visit since 2000": a year that says for how long, not when."""
    if span.date_precision != "year":
        return False
    if span.date_start[:4] != span.date_end[:4]:
        return True  # a range of years lasts, whatever happens in it
    before = scene.low[max(0, span.start - 24) : span.start].rstrip()
    cue = scene.phrase("validity").last(before)
    own = scene.phrase("validity").first(scene.low, span.start, span.end)
    return (cue is not None and cue.end == len(before)) or (own is not None and own.start == span.start and own.end < span.end)


def compared(scene: Scene, position: int) -> bool:
    hit = scene.phrase("compared").last(scene.low, max(0, position - 70), position)
    return hit is not None and position - hit.end <= 1


def is_part_of_name(scene: Scene, span, start: int) -> bool:
    """"The 1950-53 Korean War": a year after an article is part of a name, whose date it is none of unless it follows."""
    if span.date_precision != "year" or 0 <= start - span.end <= _NAMED:
        return False
    article = scene.phrase("names_year").last(scene.low, max(0, span.start - 8), span.end)
    return article is not None and article.end + 1 >= span.start  # "in the" is part of the time expression


def is_a_papers(scene: Scene, span) -> bool:
    """"Tuesday Briefing", "in today's newsletter": the day is in a paper's name or its issue's."""
    named = scene.phrase("named_by_time").first(scene.low, span.end, span.end + 24)
    return named is not None and named.start - span.end <= 1


def is_of_reaction(scene: Scene, span, start: int) -> bool:
    """"Whom it listed in March for arranging sales": the time right behind a verb of reaction is that verb's."""
    if scene.grammar.verb_final or not _OWN < start - span.end:
        return False
    verb = words("reaction_triggers", scene.language, pos="verb").last(scene.low, max(0, span.start - _VERB), span.start)
    return verb is not None and span.start - verb.end <= _OWN


def is_long_from(scene: Scene, span, start: int, end: int) -> bool:
    """"Was there in August, just days after he went": what lies days before or after a time has a time of its own.

    Where the verb stands last, "after" stands behind what it is after, and an ellipsis parts the two in a headline.
    """
    if scene.grammar.verb_final and span.end <= start:
        apart = scene.phrase("apart").first(scene.low, start, end + _BEHIND)
        return apart is not None and "…" in scene.low[span.end : start]
    apart = scene.phrase("apart").last(scene.low, span.end, start) if span.end <= start else None
    return apart is not None and "," not in scene.low[apart.end : start]
