"""Finished tables into Axes. No function here computes a number, and none draws without its validity card."""

from analysis.chart.behind import articles
from analysis.chart.card import Card
from analysis.chart.events import stages, strip, swimlane
from analysis.chart.figure import save_figure
from analysis.chart.panels import small_multiples
from analysis.chart.periods import columns, line
from analysis.chart.validity import NOT_VALIDATED, measured_error

__all__ = [
    "NOT_VALIDATED", "Card", "articles", "columns", "line", "measured_error", "save_figure", "small_multiples", "stages", "strip",
    "swimlane",
]
