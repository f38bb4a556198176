"""Small multiples of the table ``series``: a panel a group, with one line or a few."""

from __future__ import annotations

import functools
import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from analysis.chart.card import Card
from analysis.chart.figure import COLOURS, Drawn, dress, in_our_letters, register, styled
from analysis.chart.marks import (
    MOST_LINES,
    dated_events,
    frame,
    from_zero,
    hatch_gaps,
    labels_of,
    mark_events,
    not_drawn,
    one_line,
    points_of,
    rows_of,
    said_of,
    shortest,
    split_by,
    subtitle_of,
)

__all__ = ["small_multiples"]


@styled
def small_multiples(
    series: pd.DataFrame,
    *,
    title: str,
    card: Card,
    events: pd.DataFrame | None = None,
    n_columns: int = 3,
    common_y: bool = True,
) -> list[Axes]:
    """Draw one small line chart a group (or series), in a new figure.

    Parameters and errors as in ``line``, for any number of groups. Several series of several groups: a panel a group, a
    line a series, at most four; of a series that has no value in a panel, the panel says why not, as its ``note`` has it.
    With ``common_y=False`` each panel has its own scale, and the subtitle says so: for groups of which one would flatten
    the others.

    Returns
    -------
    list of Axes
        In the order of the panels, largest number of counted items first.

    >>> from analysis import schema
    >>> small_multiples(schema.empty("series"), title="Nothing", card=None)
    Traceback (most recent call last):
    ValueError: series is empty: there is nothing to draw; say so in words
    """
    from matplotlib import pyplot as plt

    by = split_by(series)
    names, kinds = _panels(series)
    by = "group" if kinds else by
    n = series.groupby(by)["denominator" if series["unit"].iloc[:1].str.startswith("mean").any() else "numerator"].sum()
    labels = sorted(names, key=lambda label: (-n[label], label))
    n_columns = min(n_columns, len(labels))
    n_rows = -(-len(labels) // n_columns)
    _, grid = plt.subplots(
        n_rows, n_columns, figsize=(8.2, 1.0 + 1.75 * n_rows), sharex=True, sharey=common_y, squeeze=False,
        gridspec_kw={"hspace": 0.38, "wspace": 0.2 if common_y else 0.34},
    )
    panels = [*grid.flat]
    lost = {label: not_drawn(series[series[by] == label], kinds) for label in labels}
    lift = 9 if any(lost.values()) else 0
    for ax, label in zip(panels, labels, strict=False):
        rows = series[series[by] == label]
        drawn = Drawn(points=functools.partial(_panel_points, by=by) if kinds else functools.partial(points_of, by=by))
        for kind, colour in zip(kinds or [label], COLOURS, strict=False):
            own = rows_of(rows, kind, "series" if kinds else by)
            one_line(ax, own, f"{label}|{kind}" if kinds else label, colour, drawn)
        frame(ax, rows)
        from_zero(ax, series if common_y else rows)
        hatch_gaps(ax, rows, kinds or [label], says=False, by="series" if kinds else by, strips=False)
        mark_events(ax, events, says=False)
        _say_missing(ax, lost[label])
        ax.annotate(_short(said_of(label), ax), (0, 1), xytext=(0, 3 + lift), xycoords="axes fraction", textcoords="offset points",
                    fontsize=9, weight="bold")
        register(ax, drawn)
    for spare in panels[len(labels) :]:
        spare.set_axis_off()
        above = spare.get_subplotspec().rowspan.start - 1
        grid[above][spare.get_subplotspec().colspan.start].tick_params(labelbottom=True)
    if kinds:
        _name_lines(panels[0], series, kinds, lift=15 + lift)
    subtitle = subtitle_of(series) + ("" if common_y else "; each panel has its own scale")
    if events is not None and len(events):
        subtitle += f". Dotted: {', '.join(dated_events(events))}"
    dress(panels[0], title=title, subtitle=subtitle, card=card, below=grid[-1][0], margin=(0, 34 + lift if kinds else 20))
    return panels[: len(labels)]


def _short(name: str, ax: Axes) -> str:
    """Cut a panel's name before it runs into its neighbour's."""
    name = in_our_letters(name)
    room = int(ax.get_position().width * ax.figure.get_figwidth() * 72 / (9 * 0.7))
    return name if len(name) <= room else name[: room - 1].rstrip(" ,") + "…"


def _panels(series: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Names of the panels, and the series of each where there are several."""
    if min(len(series["series"].unique()), len(series["group"].unique())) < 2:
        return labels_of(series, most=None), []
    kinds = sorted(series["series"].unique())
    labels_of(series[series["group"] == series["group"].iloc[0]], most=MOST_LINES)  # says what is wrong with them
    return sorted(series["group"].unique()), kinds


def _name_lines(ax: Axes, series: pd.DataFrame, kinds: list[str], *, lift: float) -> None:
    """A legend over the first panel's name, of the lines that are drawn in some panel."""
    above = ax.transAxes + ScaledTranslation(0, lift / 72, ax.figure.dpi_scale_trans)
    drawn = {*series.loc[series["value"].notna(), "series"]}
    handles = [Line2D([], [], color=colour, lw=1.8, label=said)
               for kind, colour, said in zip(kinds, COLOURS, shortest(kinds), strict=False) if kind in drawn]
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), bbox_transform=above, ncols=len(kinds), frameon=False,
              fontsize=8.5, borderaxespad=0, borderpad=0.1, handlelength=1.4, handletextpad=0.5, columnspacing=1.4)


def _say_missing(ax: Axes, lost: list[tuple[str, str]]) -> None:
    """Of lines that are not drawn at all, why not: under the panel's name, as far as there is room."""
    if lost:
        room = int(ax.get_window_extent().width / ax.figure.dpi * 72 / 3.8)
        said = textwrap.shorten("; ".join(said for said, _ in lost), room, placeholder=" …")
        ax.annotate(said, (0, 1), xytext=(0, 3), xycoords="axes fraction", textcoords="offset points", fontsize=7, color=lost[0][1],
                    gid="not drawn")


def _panel_points(series: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """As ``points_of``, for panels of several lines."""
    return points_of(series.assign(_line=series[by] + "|" + series["series"]), by="_line")
