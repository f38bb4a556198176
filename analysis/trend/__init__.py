"""Anything per period: counts, shares and means with their intervals, where there is no data, and corrected for error.

Every function returns the table ``series`` on an explicit grid: ``period_start`` inclusive, ``period_end`` exclusive,
ISO weeks from Monday, every group with every period. A period that was not observed is a row with a missing value, and
``note`` says why. ``grid`` holds periods and gaps, ``counts`` counts and shares, ``means`` what is scored in sentences,
``corrected`` what a measure's known error does to them.
"""

from analysis.trend.corrected import clipped, corrected_mean, corrected_share
from analysis.trend.counts import count_events, count_mentions, label_share, share, topic_share, volume
from analysis.trend.grid import THIN, articles_in, find_gaps, undated
from analysis.trend.intervals import effective_n, poisson_interval, wilson_interval
from analysis.trend.means import by_outlet, mean_stance, mean_tone, stance_share
from analysis.trend.rates import correct_counts, rogan_gladen

__all__ = [
    "THIN", "articles_in", "by_outlet", "clipped", "correct_counts", "corrected_mean", "corrected_share", "count_events",
    "count_mentions", "effective_n", "find_gaps", "label_share", "mean_stance", "mean_tone", "poisson_interval", "rogan_gladen", "share",
    "stance_share", "topic_share", "undated", "volume", "wilson_interval",
]
