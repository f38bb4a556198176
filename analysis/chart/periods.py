"""Charts of the table ``series``: lines and columns; gaps and incomplete periods in plain sight."""

from __future__ import annotations

import functools
import itertools

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.chart.card import Card
from analysis.chart.figure import COLOURS, GREY, Drawn, dress, new_axes, register, styled
from analysis.chart.marks import (
    MOST_LINES,
    frame,
    from_zero,
    hatch_gaps,
    labels_of,
    mark_events,
    middle_of,
    not_drawn,
    one_line,
    points_of,
    rows_of,
    said_of,
    shortest,
    split_by,
    subtitle_of,
)

__all__ = ["columns", "line"]


@styled
def line(
    series: pd.DataFrame, *, title: str, card: Card, events: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a number per period as lines with their intervals, at most four.

    Parameters
    ----------
    series : DataFrame
        Table ``series`` of one measure: several groups, or several series of one group.
    title : str
        The finding, in a sentence.
    card : Card
        Printed under the chart.
    events : DataFrame, optional
        Columns date and label: a dotted line each.
    ax : Axes, optional
        Where to draw; a new figure when not given.

    Returns
    -------
    Axes
        A period without data breaks the line and is hatched; an incomplete one has a hollow mark.

    Raises
    ------
    ValueError
        Without a card or title, without a row, for two units on one chart, or for more than four lines.

    >>> from analysis import schema
    >>> line(schema.empty("series"), title="Nothing", card=None)
    Traceback (most recent call last):
    ValueError: series is empty: there is nothing to draw; say so in words
    """
    labels = labels_of(series, most=MOST_LINES)
    ax = new_axes(ax)
    drawn = Drawn(points=functools.partial(points_of, by=split_by(series)))
    for label, colour in zip(labels, COLOURS, strict=False):
        one_line(ax, rows_of(series, label), label, colour, drawn)
    frame(ax, series)
    from_zero(ax, series)
    hatch_gaps(ax, series, labels)
    mark_events(ax, events)
    if len(labels) > 1:
        _label_lines(ax, series, labels)
    register(ax, drawn)
    lost = [said for said, _ in not_drawn(series, labels)] if len(labels) > 1 else []
    subtitle = subtitle_of(series) + (f"; not drawn: {', '.join(lost)}" if lost else "")
    dress(ax, title=title, subtitle=subtitle, card=card, margin=(0, 10 + (5 * len(labels) if len(labels) > 1 else 0)))
    return ax


@styled
def columns(
    series: pd.DataFrame, *, title: str, card: Card, events: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw counts per period as columns, stacked when there are several groups or series (at most four).

    A single group carries its intervals; stacked parts have none. Incomplete periods are hollow, gaps hatched.
    Parameters and errors as in ``line``.

    >>> from analysis import schema
    >>> columns(schema.empty("series"), title="Nothing", card=None)
    Traceback (most recent call last):
    ValueError: series is empty: there is nothing to draw; say so in words
    """
    labels = labels_of(series, most=MOST_LINES)
    ax = new_axes(ax)
    drawn = Drawn(points=functools.partial(points_of, by=split_by(series)))
    bottom = pd.Series(0.0, index=sorted(series["period_start"].unique()))
    for label, colour in zip(labels, COLOURS, strict=False):
        rows = rows_of(series, label).set_index("period_start")
        width = 0.8 * (rows["period_end"] - rows.index).dt.days.to_numpy(float)
        bars = ax.bar(
            mdates.date2num(middle_of(rows.reset_index())), rows["value"], width, bottom=bottom[rows.index], zorder=2, lw=1,
            edgecolor=colour, color=[colour if c else "white" for c in rows["is_complete"]], label=label,
        )
        drawn.artists += [(label, bar) for bar, value in zip(bars, rows["value"], strict=True) if pd.notna(value)]
        bottom = bottom.add(rows["value"].fillna(0), fill_value=0)
        if len(labels) == 1:
            _whiskers(ax, rows.reset_index())
    frame(ax, series)
    top = bottom.max() if len(labels) > 1 else np.nanmax([*series["high"], 0])
    ax.set_ylim(0, 1.04 * top or 1)
    hatch_gaps(ax, series, labels)
    mark_events(ax, events)
    if len(labels) > 1:
        handles = [Patch(color=c, label=said_of(label)) for label, c in zip(labels, COLOURS, strict=False)]
        ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1 + 0.022 * len(labels)), ncols=len(labels), frameon=False, fontsize=8.5,
                  handlelength=1, handleheight=1, borderaxespad=0.1, columnspacing=1.2)
    register(ax, drawn)
    shape = "lines: 95 % interval; " if len(labels) == 1 else ""
    dress(ax, title=title, subtitle=subtitle_of(series, shape), card=card, margin=(0, 10 if len(labels) == 1 else 24 + 5 * len(labels)))
    return ax


def _whiskers(ax: Axes, rows: pd.DataFrame) -> None:
    ax.vlines(mdates.date2num(middle_of(rows)), rows["low"], rows["high"], color=GREY, lw=0.8, zorder=3)


def _label_lines(ax: Axes, series: pd.DataFrame, labels: list[str]) -> None:
    """Write each label at the right edge in its line's colour, pushed apart where they would overlap."""
    low, high = ax.get_ylim()
    ends = []
    for label, said, colour in zip(labels, shortest(labels), COLOURS, strict=False):
        known = rows_of(series, label).dropna(subset="value")["value"]
        if len(known):  # a line that is not drawn has no end
            ends.append([(known.iloc[-1] - low) / (high - low), said, colour])
    if not ends:
        return
    ends.sort(key=lambda end: end[0])
    for lower, upper in itertools.pairwise(ends):
        upper[0] = max(upper[0], lower[0] + 0.068)
    excess = max(0.0, ends[-1][0] - 1)
    for y, said, colour in ends:
        ax.annotate(said, (1, y - excess), xytext=(6, 0), xycoords="axes fraction", textcoords="offset points",
                    va="center", color=colour, fontsize=9, weight="bold", annotation_clip=False, gid="label")
