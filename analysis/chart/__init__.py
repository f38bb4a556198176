"""Finished tables into Axes. No function here computes a number, and none draws without its validity card."""

from analysis.chart.behind import articles
from analysis.chart.card import Card
from analysis.chart.events import stages, strip, swimlane
from analysis.chart.figure import save_figure
from analysis.chart.periods import columns, line, small_multiples

__all__ = ["Card", "articles", "columns", "line", "save_figure", "small_multiples", "stages", "strip", "swimlane"]
