"""Charts of the table ``series``: lines, columns, small multiples; gaps and incomplete periods in plain sight."""

from __future__ import annotations

import functools
import itertools

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.chart.card import Card
from analysis.chart.figure import COLOURS, GREY, INK, Drawn, dress, new_axes, register, styled

__all__ = ["columns", "line", "small_multiples"]

_MOST = 4
_PERIOD = {"D": "day", "W": "week", "MS": "month", "QS": "quarter", "YS": "year"}
_MEASURE = {
    "volume": "Relevant {unit}", "share": "Relevant articles as a share of all items of the same outlets",
    "tone": "Mean lexicon tone (VADER, names masked) of sentences", "mentions": "Stories that report an event",
    "events": "Distinct events", "stance": "Stance towards a side in sentences", "topic": "Stories by their strongest topic, as a share of stories",
}


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
    labels = _labels(series, most=_MOST)
    ax = new_axes(ax)
    drawn = Drawn(points=functools.partial(_points, by=_split(series)))
    for label, colour in zip(labels, COLOURS, strict=False):
        _one_line(ax, _rows(series, label), label, colour, drawn)
    _frame(ax, series)
    _from_zero(ax, series)
    _hatch_gaps(ax, series, labels)
    _mark_events(ax, events)
    if len(labels) > 1:
        _label_lines(ax, series, labels)
    register(ax, drawn)
    dress(ax, title=title, subtitle=_subtitle(series), card=card, margin=(0, 10 + (5 * len(labels) if len(labels) > 1 else 0)))
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
    labels = _labels(series, most=_MOST)
    ax = new_axes(ax)
    drawn = Drawn(points=functools.partial(_points, by=_split(series)))
    bottom = pd.Series(0.0, index=sorted(series["period_start"].unique()))
    for label, colour in zip(labels, COLOURS, strict=False):
        rows = _rows(series, label).set_index("period_start")
        width = 0.8 * (rows["period_end"] - rows.index).dt.days.to_numpy(float)
        bars = ax.bar(
            mdates.date2num(_middle(rows.reset_index())), rows["value"], width, bottom=bottom[rows.index], zorder=2, lw=1,
            edgecolor=colour, color=[colour if c else "white" for c in rows["is_complete"]], label=label,
        )
        drawn.artists += [(label, bar) for bar, value in zip(bars, rows["value"], strict=True) if pd.notna(value)]
        bottom = bottom.add(rows["value"].fillna(0), fill_value=0)
        if len(labels) == 1:
            _whiskers(ax, rows.reset_index())
    _frame(ax, series)
    top = bottom.max() if len(labels) > 1 else np.nanmax([*series["high"], 0])
    ax.set_ylim(0, 1.04 * top or 1)
    _hatch_gaps(ax, series, labels)
    _mark_events(ax, events)
    if len(labels) > 1:
        handles = [Patch(color=c, label=_said(label)) for label, c in zip(labels, COLOURS, strict=False)]
        ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1 + 0.022 * len(labels)), ncols=len(labels), frameon=False, fontsize=8.5,
                  handlelength=1, handleheight=1, borderaxespad=0.1, columnspacing=1.2)
    register(ax, drawn)
    shape = "lines: 95 % interval; " if len(labels) == 1 else ""
    dress(ax, title=title, subtitle=_subtitle(series, shape), card=card, margin=(0, 10 if len(labels) == 1 else 24 + 5 * len(labels)))
    return ax


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

    Parameters and errors as in ``line``, for any number of groups. With ``common_y=False`` each panel has its own scale,
    and the subtitle says so: for groups of which one would flatten the others.

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

    by = _split(series)
    names = _labels(series, most=None)
    n = series.groupby(by)["denominator" if series["unit"].iloc[:1].str.startswith("mean").any() else "numerator"].sum()
    labels = sorted(names, key=lambda label: (-n[label], label))
    n_columns = min(n_columns, len(labels))
    n_rows = -(-len(labels) // n_columns)
    _, grid = plt.subplots(
        n_rows, n_columns, figsize=(8.2, 1.0 + 1.75 * n_rows), sharex=True, sharey=common_y, squeeze=False,
        gridspec_kw={"hspace": 0.38, "wspace": 0.2 if common_y else 0.34},
    )
    panels = [*grid.flat]
    for ax, label in zip(panels, labels, strict=False):
        rows = series[series[by] == label]
        drawn = Drawn(points=functools.partial(_points, by=by))
        _one_line(ax, _rows(rows, label, by), label, COLOURS[0], drawn)
        _frame(ax, rows)
        _from_zero(ax, series if common_y else rows)
        _hatch_gaps(ax, rows, [label], says=False, by=by)
        _mark_events(ax, events, says=False)
        ax.annotate(_said(label), (0, 1), xytext=(0, 3), xycoords="axes fraction", textcoords="offset points", fontsize=9, weight="bold")
        register(ax, drawn)
    for spare in panels[len(labels) :]:
        spare.set_axis_off()
        above = spare.get_subplotspec().rowspan.start - 1
        grid[above][spare.get_subplotspec().colspan.start].tick_params(labelbottom=True)
    subtitle = _subtitle(series) + ("" if common_y else "; each panel has its own scale") + (". Dotted: " + ", ".join(_dated(events)) if events is not None and len(events) else "")
    dress(panels[0], title=title, subtitle=subtitle, card=card, below=grid[-1][0], margin=(0, 20))
    return panels[: len(labels)]


def _split(series: pd.DataFrame) -> str:
    """The column that tells the lines apart."""
    return "group" if len(series["series"].unique()) == 1 else "series"


def _labels(series: pd.DataFrame, *, most: int | None) -> list[str]:
    by = _split(series)
    other = "group" if by == "series" else "series"
    if series.empty:
        raise ValueError("series is empty: there is nothing to draw; say so in words")
    if len(series[other].unique()) > 1:
        raise ValueError(f"series holds several series and several groups; filter for one {other}")
    if len(series[["unit", "freq"]].drop_duplicates()) > 1:
        raise ValueError("series mixes units or frequencies; draw each on its own chart")
    labels = sorted(series[by].unique())
    if most and len(labels) > most:
        raise ValueError(f"{len(labels)} lines cannot be told apart; use small_multiples, or filter for {most}")
    return labels


def _rows(series: pd.DataFrame, label: str, by: str | None = None) -> pd.DataFrame:
    return series[series[by or _split(series)] == label].sort_values("period_start")


def _middle(rows: pd.DataFrame) -> pd.Series:
    return rows["period_start"] + (rows["period_end"] - rows["period_start"]) / 2


def _points(series: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """The marks that the table stands for: a mark in the middle of each period that has a value."""
    kept = series.dropna(subset="value")
    return pd.DataFrame({"label": kept[by], "x": mdates.date2num(_middle(kept)), "y": kept["value"]})


def _one_line(ax: Axes, rows: pd.DataFrame, label: str, colour: str, drawn: Drawn) -> None:
    x, y = mdates.date2num(_middle(rows)), rows["value"].to_numpy(float)
    (data,) = ax.plot(x, y, color=colour, lw=1.8, zorder=3, label=label)
    drawn.artists.append((label, data))
    low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
    if not np.isnan(low).all():
        ax.fill_between(x, low, high, color=colour, alpha=0.16, lw=0, zorder=1)
    missing = np.isnan(y)
    alone = ~missing & np.r_[True, missing[:-1]] & np.r_[missing[1:], True]
    complete = rows["is_complete"].to_numpy(bool)
    filled = ~missing & complete & (alone | (len(rows) <= 40))
    hollow = ~missing & ~complete
    # A lone point between gaps has no line to show its interval beside.
    ax.vlines(x[alone], low[alone], high[alone], color=colour, alpha=0.4, lw=2.5, zorder=2)
    ax.plot(x[filled], y[filled], "o", color=colour, ms=4, zorder=4, gid="complete")
    ax.plot(x[hollow], y[hollow], "o", color=colour, mfc="white", ms=5, mew=1.2, zorder=4, gid="incomplete")


def _whiskers(ax: Axes, rows: pd.DataFrame) -> None:
    ax.vlines(mdates.date2num(_middle(rows)), rows["low"], rows["high"], color=GREY, lw=0.8, zorder=3)


def _frame(ax: Axes, series: pd.DataFrame) -> None:
    unit = series["unit"].iloc[0]
    start, end = series["period_start"].min(), series["period_end"].max()
    ax.set_xlim(mdates.date2num(start), mdates.date2num(end))
    locator = mdates.AutoDateLocator(minticks=3, maxticks=9 if ax.bbox.width > 300 else 4)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=False))
    if unit.startswith("share"):
        ax.yaxis.set_major_formatter(ticker.FuncFormatter(lambda y, _: f"{100 * y:.3g} %"))
    elif unit.startswith("mean"):
        ax.yaxis.set_major_formatter(ticker.FuncFormatter(lambda y, _: f"{y:+.2f}" if y else "0"))
        ax.axhline(0, color=GREY, lw=0.8, zorder=1)
    else:
        ax.yaxis.set_major_locator(ticker.MaxNLocator(nbins=5, integer=True))
        ax.yaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))


def _from_zero(ax: Axes, series: pd.DataFrame) -> None:
    """Counts and shares stand on zero; a mean has no natural foot."""
    if not series["unit"].iloc[0].startswith("mean"):
        top = np.nanmax([*series["value"], *series["high"], 0])
        ax.set_ylim(0, 1.04 * top or 1)


def _hatch_gaps(
    ax: Axes, series: pd.DataFrame, labels: list[str], *, says: bool = True, by: str | None = None
) -> None:
    """Hatch what was not observed: the whole height when no line has data, else a strip over the chart in its colour."""
    values = series.pivot_table(index="period_start", columns=by or _split(series), values="value", dropna=False, aggfunc="first")
    values = values.reindex(columns=labels)
    ends = series.groupby("period_start")["period_end"].first()
    dark = values.isna().all(axis=1)
    for start, end in _runs(dark, ends):
        ax.axvspan(start, end, facecolor="#f3f3f3", edgecolor="#c4c4c4", hatch="////", lw=0, zorder=0, gid="no data")
        wide = (end - start) / (ends.max() - values.index.min())
        if says and wide > 0.07:
            ax.annotate("no data", (start + (end - start) / 2, 0.5), xycoords=("data", "axes fraction"), ha="center",
                        va="center", fontsize=8.5, color=GREY, rotation=0 if wide > 0.14 else 90,
                        bbox={"fc": "#f3f3f3", "ec": "none", "pad": 1.5}, zorder=1)
    for i, (label, colour) in enumerate(zip(labels, COLOURS, strict=False)):
        if len(labels) > 1:
            for start, end in _runs(values[label].isna() & ~dark, ends):
                foot = 1.012 + 0.02 * (len(labels) - 1 - i)
                ax.axvspan(start, end, ymin=foot, ymax=foot + 0.015, facecolor="white", edgecolor=colour, hatch="//////",
                           lw=0.5, clip_on=False, gid="no data")


def _runs(flags: pd.Series, ends: pd.Series) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    number = (~flags).cumsum()[flags]
    return [(run.index[0], ends[run.index[-1]]) for _, run in number.groupby(number)]


def _mark_events(ax: Axes, events: pd.DataFrame | None, *, says: bool = True) -> None:
    if events is None or events.empty:
        return
    left, right = ax.get_xlim()
    if says:
        low, high = ax.get_ylim()
        ax.set_ylim(low, high + 0.12 * (high - low))  # room for the labels
    shown = events.assign(x=mdates.date2num(pd.to_datetime(events["date"]))).sort_values("x")
    shown = shown[(shown["x"] >= left) & (shown["x"] <= right)]
    taken: list[float] = []  # right end of the last label on each level
    for x, label in shown[["x", "label"]].itertuples(index=False, name=None):
        ax.axvline(x, color=INK, lw=0.9, ls=(0, (1, 2)), zorder=2, gid="event")
        if not says:
            continue
        width = len(label) * 4.6 / (ax.get_window_extent().width / ax.figure.dpi * 72) * (right - left)
        flip = x + width > right
        begin = x - width if flip else x
        level = next((i for i, end in enumerate(taken) if end < begin), len(taken))
        taken[level : level + 1] = [begin + width]
        ax.annotate(label, (x, 1), xytext=(-3 if flip else 3, -8 - 11 * level), xycoords=("data", "axes fraction"),
                    textcoords="offset points", fontsize=7.8, ha="right" if flip else "left", color=INK, zorder=5,
                    bbox={"fc": "white", "ec": "none", "pad": 0.6, "alpha": 0.85})


def _label_lines(ax: Axes, series: pd.DataFrame, labels: list[str]) -> None:
    """Write each label at the right edge in its line's colour, pushed apart where they would overlap."""
    low, high = ax.get_ylim()
    ends = []
    for label, colour in zip(labels, COLOURS, strict=False):
        known = _rows(series, label).dropna(subset="value")["value"]
        ends.append([(known.iloc[-1] - low) / (high - low) if len(known) else 0.0, label, colour])
    ends.sort(key=lambda end: end[0])
    for lower, upper in itertools.pairwise(ends):
        upper[0] = max(upper[0], lower[0] + 0.068)
    excess = max(0.0, ends[-1][0] - 1)
    for y, label, colour in ends:
        ax.annotate(_said(label), (1, y - excess), xytext=(6, 0), xycoords="axes fraction", textcoords="offset points",
                    va="center", color=colour, fontsize=9, weight="bold", annotation_clip=False, gid="label")


def _said(label: str) -> str:
    """A series' name for readers: what follows the measure's name."""
    return label.split(":", 1)[1].replace(":", " ") if ":" in label else label.replace("_", " ")


def _subtitle(series: pd.DataFrame, shape: str = "band: 95 % interval; ") -> str:
    names = sorted(series["series"].unique())
    unit = series["unit"].iloc[0]
    known = series.dropna(subset="value")
    measure, _, kind = names[0].partition(":")
    said = _MEASURE.get(measure, measure).format(unit=unit)
    if kind and len(names) == 1:
        said += f" ({kind.replace(':', ' ')})"
    first, last = series["period_start"].min(), series["period_end"].max() - pd.Timedelta(days=1)
    shape = shape if series["low"].notna().any() else ""
    return (
        f"{said}, by {_PERIOD[series['freq'].iloc[0]]}; unit: {unit}; n = {_n(known, measure)}; "
        f"{first:%Y-%m-%d} to {last:%Y-%m-%d}; {shape}hollow: incomplete; hatched: no data"
    )


def _n(known: pd.DataFrame, measure: str) -> str:
    if known["series"].str.endswith(":naive").any():  # the corrected line counts the same items
        known = known[~known["series"].str.endswith(":corrected")]
    counted = known["numerator"].sum()
    if measure == "share":
        return f"{counted:,.0f} of {known['denominator'].sum():,.0f} items"
    if measure == "tone" or known["unit"].str.startswith("mean").any():
        return f"{known['denominator'].sum():,.0f} sentences scored, {known['n_unscored'].sum():,.0f} not"
    unit = known["unit"].iloc[0].removeprefix("share of ").split(",")[0] if len(known) else ""
    return f"{counted:,.0f} {unit}".strip()


def _dated(events: pd.DataFrame) -> list[str]:
    return [f"{pd.Timestamp(d):%Y-%m-%d} {label}" for d, label in events[["date", "label"]].itertuples(index=False, name=None)]
