"""Event mentions into events: one row a distinct event, its status history, its coverage, and the fact it matches.

Mentions of one event share family, direction or actors, rank, and dates as far as their precision goes. Days come first,
months attach to the day that lies in them, and what has no date attaches to the most reported event within reach.
Nothing is linked across an explicit contradiction: two ministers who travel on the same day are two events.
"""

from analysis.timeline._facts import against_reference, match_reference
from analysis.timeline._link import link

__all__ = ["against_reference", "link", "match_reference"]
