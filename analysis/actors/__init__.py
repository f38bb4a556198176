"""Who is named where: the longest name wins, and a character of text belongs to at most one actor.

Every form stands in ``lexicons/actors.csv``, its inflection in ``declensions.csv``, terms of office in ``offices.csv``.
``matcher`` turns the forms of a language into one regular expression shaped as a prefix tree, so a text is read once,
however long the lexicon; ``spans`` decides whom a match names; ``mentions`` does so for tables; ``offices`` knows ranks.
"""

from analysis.actors.mentions import co_mentions, find_mentions
from analysis.actors.offices import country_at, rank_at, role_at
from analysis.actors.spans import ActorSpan, find

__all__ = ["ActorSpan", "co_mentions", "country_at", "find", "find_mentions", "rank_at", "role_at"]
