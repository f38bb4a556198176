"""Sentences to event mentions: visits, agreements and reactions, by the codebook.

The grammar of the coder is small and the same for every language; what differs lies in the lexicons (see
``analysis/lexicons/CODING.md``). `code_article` codes one article, `code_mentions` the tables.
"""

from analysis.coding.article import code_article
from analysis.coding.mention import Cue, Mention
from analysis.coding.subjects import subject_of, subjects_in
from analysis.coding.tables import code_mentions

__all__ = ["Cue", "Mention", "code_article", "code_mentions", "subject_of", "subjects_in"]
