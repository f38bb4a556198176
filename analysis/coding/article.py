"""An article from its title to its last sentence: what earlier sentences say decides what later ones leave open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analysis import text
from analysis.coding._mentions import mentions_in
from analysis.coding._once import once
from analysis.coding._reading import Sentence, read_scenes
from analysis.coding._recall import name_again, open_memory, remember
from analysis.coding._settle import settle
from analysis.coding.lexicon import languages
from analysis.coding.mention import Mention

__all__ = ["Sentence", "code_article", "code_sentences", "split"]

_LONGEST = 4000  # characters: no sentence of a news text is longer


def code_article(
    title: str, body: str, *, language: str, published: str | dt.date | None, repeats: bool = False
) -> list[Mention]:
    """Return the visits, agreements and reactions that an article mentions.

    Parameters
    ----------
    title, body : str
        Cleaned text; either may be empty.
    language : str
        A language of lexicon ``coding_languages``; of any other nothing is coded.
    published : str, date or None
        Day of publication; without it, dates are resolved only where the text gives the year.
    repeats : bool
        False: an event told in several sentences is one mention, in the sentence that says most about it, as human
        coders mark it. True: every sentence that names it.

    Returns
    -------
    list of Mention
        In order of the text.

    >>> m, = code_article("", "Vladimir Putin arrived in Pyongyang on Wednesday.", language="en", published="2024-06-19")
    >>> m.family, m.status, m.direction, m.detail, m.date_start
    ('visit', 'held', 'RUS>PRK', 'leader', '2024-06-19')
    """
    if language not in languages() or not (title or body):
        return []
    rows = split(title or "", body or "", language)
    return code_sentences(rows, language=language, published=_iso(published), repeats=repeats)


def code_sentences(
    rows: Sequence[Sentence], *, language: str, published: str, repeats: bool = False
) -> list[Mention]:
    """Return the mentions of an article that is already split into sentences; see `code_article`."""
    rows = [r for r in rows if len(r.text) <= _LONGEST]  # what runs on without a stop stays uncoded
    scenes, sides = read_scenes(rows, language=language, published=published)
    if not scenes:
        return []
    memory = open_memory(scenes, sides)
    out: list[Mention] = []
    recent: list[int] = []
    for scene in scenes:
        name_again(scene, memory)
        told = mentions_in(scene, memory)
        out += told
        recent = [*recent[-1:], len(told)]
        memory.is_topical = any(recent)
        remember(memory, scene)
        gone = {(m.actor, m.detail): m.frame == "invite" or m.status == "planned" for m in told if m.place_country == m.counterpart}
        memory.movers |= gone.keys()
        memory.invited = {k for k in memory.invited | gone.keys() if gone.get(k, k in memory.invited)}
        memory.has_begun = memory.has_begun or any(m.family == "visit" and m.status == "held" and m.is_sure for m in told)
        memory.mentions_visit = memory.mentions_visit or any(m.family == "visit" for m in told)
    out = settle(out, scenes, published=published)
    if not repeats:
        out = once(out, published=published)
    return sorted(out, key=lambda m: (m.sentence_index, m.trigger_start))


def split(title: str, body: str, language: str) -> list[Sentence]:
    """Return the title and the sentences of an article, with what is quoted in each."""
    rows = []
    if title.strip():
        rows.append(Sentence("title", 0, title.strip(), tuple(text.quote_spans(title.strip()))))
    quotes = text.quote_spans(body)
    q = 0
    for number, (a, b) in enumerate(text.sentences(body, language=language), 1):
        while q < len(quotes) and quotes[q][1] <= a:
            q += 1
        inside = []
        i = q
        while i < len(quotes) and quotes[i][0] < b:
            inside.append((max(quotes[i][0] - a, 0), min(quotes[i][1], b) - a))
            i += 1
        rows.append(Sentence("body", number, body[a:b], tuple(inside)))
    return rows


def _iso(published: str | dt.date | None) -> str:
    if not published:
        return ""
    return str(published)[:10]
