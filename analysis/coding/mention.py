"""What the coder hands out: a mention with its codes and the cues that they rest on."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cue", "Mention"]


@dataclass(frozen=True)
class Cue:
    """Evidence in the sentence: ``text`` at ``start`` to ``end`` decided ``kind`` (trigger, actor, status, date, voice, place)."""

    kind: str
    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True)
class Mention:
    """One coded mention: the fields of the table ``event_mentions``, its sentence and trigger as text, and its cues.

    ``sentence_index`` counts sentences with the title as 0; ``is_sure`` is False when the status is a default that the
    sentence itself does not show, ``weight`` how much the sentence says of the event, ``topic`` the kind of agreement, ``subject`` what it is about,
    ``frame`` and ``tense`` those of a visit's trigger, ``is_placed`` False for a direction guessed from the ranks, of which
    ``top_rank`` is the higher, ``is_listed`` False where no word of the lexicons tells it and likeness alone does.
    """

    family: str
    status: str
    detail: str
    actor: str
    counterpart: str
    persons: str
    direction: str
    date_start: str
    date_end: str
    date_precision: str
    place: str
    place_country: str
    bloc: str
    voice: str
    speaker: str
    is_background: bool
    trigger_start: int
    trigger_end: int
    confidence: float
    field: str
    sentence_index: int
    sentence: str
    trigger: str
    cues: tuple[Cue, ...]
    is_sure: bool = True
    weight: float = 0.0
    topic: str = ""
    subject: str = ""
    frame: str = ""
    tense: str = ""
    is_placed: bool = True
    top_rank: str = ""
    is_listed: bool = True
