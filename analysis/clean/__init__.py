"""Records to articles: a cheap screen over all, a costly pass over what remains, and copies over the whole corpus.

Rows in = articles + rejects at every step. What is cut from a text is kept in the table ``cuts``. Language knowledge is
in ``lexicons/boilerplate.csv``, ``relevance.csv``, ``clean_dates.csv`` and ``clean_languages.csv``.
"""

from analysis.clean._boilerplate import Piece, cut_boilerplate
from analysis.clean._copies import mark_copies
from analysis.clean._language import find_language
from analysis.clean._prepare import Prepared, prepare
from analysis.clean._published import Published, read_date
from analysis.clean._relevance import evidence
from analysis.clean._repair import repair
from analysis.clean._screen import REASONS, Screened, screen
from analysis.clean._urls import canonical_url
from analysis.clean._whole import Cleaned, CleanedOne, clean, clean_one

__all__ = [
    "REASONS", "Cleaned", "CleanedOne", "Piece", "Prepared", "Published", "Screened", "canonical_url", "clean", "clean_one",
    "cut_boilerplate", "evidence", "find_language", "mark_copies", "prepare", "read_date", "repair", "screen",
]
