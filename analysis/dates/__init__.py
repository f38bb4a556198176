"""Time expressions of news texts as dated spans, read against the publication date and the tense of the clause.

The expressions of a language are data (``lexicons/date_*.csv``): its words, its patterns, its tense cues. The code knows
how a calendar works and nothing about any language. To add a language, add rows to those files and a gold list.
"""

from analysis.dates.find import DateSpan, find_dates, find_spans

__all__ = ["DateSpan", "find_dates", "find_spans"]
