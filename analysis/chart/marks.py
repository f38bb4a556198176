"""What line charts, columns and small multiples share: one line, its frame, gaps, events and names."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib import ticker
from matplotlib.axes import Axes

from analysis.chart.figure import COLOURS, GREY, INK, Drawn

__all__ = [
    "MOST_LINES", "dated_events", "frame", "from_zero", "hatch_gaps", "labels_of", "mark_events", "middle_of", "not_drawn",
    "one_line", "points_of", "rows_of", "said_of", "shortest", "split_by", "subtitle_of",
]

MOST_LINES = 4
_NOTHING = ("no day observed", "nothing to count in")  # notes that only say what a gap shows anyway
_PERIOD = {"D": "day", "W": "week", "MS": "month", "QS": "quarter", "YS": "year"}
_MEASURE = {
    "volume": "Relevant {unit}", "share": "Relevant articles as a share of all items of the same outlets",
    "tone": "Mean lexicon tone (VADER, names masked) of sentences", "mentions": "Stories that report an event",
    "events": "Distinct events", "stance": "Mean stance of sentences to a side or their cooperation",
    "article_stance": "Stories by the stance to the cooperation that their words convey, all voices together",
    "topic": "Stories by their strongest topic, as a share of stories",
}


def not_drawn(series: pd.DataFrame, labels: list[str]) -> list[tuple[str, str]]:
    """Each line without a single value: its name with the reason, and its colour."""
    lost = []
    for label, said, colour in zip(labels, shortest(labels), COLOURS, strict=False):
        own = series[series[split_by(series)] == label]
        if own["value"].isna().all():
            notes = own.loc[~own["note"].isin(["", *_NOTHING]), "note"]
            lost.append((f"{said}: {notes.mode().iloc[0] if len(notes) else 'no data'}", colour))
    return lost


def split_by(series: pd.DataFrame) -> str:
    """The column that tells the lines apart."""
    return "group" if len(series["series"].unique()) == 1 else "series"


def labels_of(series: pd.DataFrame, *, most: int | None) -> list[str]:
    """The names of the lines, or what is wrong with them."""
    by = split_by(series)
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


def rows_of(series: pd.DataFrame, label: str, by: str | None = None) -> pd.DataFrame:
    """The rows of one line, in the order of time."""
    return series[series[by or split_by(series)] == label].sort_values("period_start")


def middle_of(rows: pd.DataFrame) -> pd.Series:
    """The middle of each period, where its mark stands."""
    return rows["period_start"] + (rows["period_end"] - rows["period_start"]) / 2


def points_of(series: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """The marks that the table stands for: a mark in the middle of each period that has a value."""
    kept = series.dropna(subset="value")
    return pd.DataFrame({"label": kept[by], "x": mdates.date2num(middle_of(kept)), "y": kept["value"]})


def one_line(ax: Axes, rows: pd.DataFrame, label: str, colour: str, drawn: Drawn) -> None:
    """Draw a line with its interval, broken at gaps, hollow where a period is incomplete; note it in ``drawn``."""
    x, y = mdates.date2num(middle_of(rows)), rows["value"].to_numpy(float)
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
    # Not clipped, so that a mark at zero is whole; none where there is no mark, which would stand at the figure's corner.
    if filled.any():
        ax.plot(x[filled], y[filled], "o", color=colour, ms=4, zorder=4, gid="complete", clip_on=False)
    if hollow.any():
        ax.plot(x[hollow], y[hollow], "o", color=colour, mfc="white", ms=5, mew=1.2, zorder=4, gid="incomplete", clip_on=False)


def frame(ax: Axes, series: pd.DataFrame) -> None:
    """Set the window of time, and how the numbers of this unit are written."""
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


def from_zero(ax: Axes, series: pd.DataFrame) -> None:
    """Counts and shares stand on zero; a mean has no natural foot."""
    if not series["unit"].iloc[0].startswith("mean"):
        top = np.nanmax([*series["value"], *series["high"], 0])
        ax.set_ylim(0, 1.04 * top or 1)


def hatch_gaps(
    ax: Axes, series: pd.DataFrame, labels: list[str], *, says: bool = True, by: str | None = None, strips: bool = True
) -> None:
    """Hatch what was not observed: the whole height when no line has data, else a strip over the chart in its colour."""
    labels = [label for label in labels if rows_of(series, label, by)["value"].notna().any()] or labels
    values = series.pivot_table(index="period_start", columns=by or split_by(series), values="value", dropna=False, aggfunc="first")
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
        if len(labels) > 1 and strips:
            for start, end in _runs(values[label].isna() & ~dark, ends):
                foot = 1.012 + 0.02 * (len(labels) - 1 - i)
                ax.axvspan(start, end, ymin=foot, ymax=foot + 0.015, facecolor="white", edgecolor=colour, hatch="//////",
                           lw=0.5, clip_on=False, gid="no data")


def _runs(flags: pd.Series, ends: pd.Series) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    number = (~flags).cumsum()[flags]
    return [(run.index[0], ends[run.index[-1]]) for _, run in number.groupby(number)]


def mark_events(ax: Axes, events: pd.DataFrame | None, *, says: bool = True) -> None:
    """Draw a dotted line at each event in the window, with its label where it ``says`` so."""
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


def said_of(label: str) -> str:
    """A series' name for readers: what follows the measure's name."""
    return label.split(":", 1)[1].replace(":", " ") if ":" in label else label.replace("_", " ")


def shortest(labels: list[str]) -> list[str]:
    """The names for readers, without the words that all begin with."""
    parts = [label.split(":") for label in labels]
    shared = next((i for i, words in enumerate(zip(*parts, strict=False)) if len({*words}) > 1), 0)
    return [" ".join(own[shared:]) if shared else said_of(label) for own, label in zip(parts, labels, strict=True)]


def subtitle_of(series: pd.DataFrame, shape: str = "band: 95 % interval; ") -> str:
    """What is measured, by which period, with unit, n and window, and how to read the marks."""
    names = sorted(series["series"].unique())
    unit = series["unit"].iloc[0]
    known = series.dropna(subset="value")
    measure = names[0].split(":")[0]
    said = _MEASURE.get(measure, measure).format(unit=unit)
    kind = [words[0] for words in zip(*(name.split(":")[1:] for name in names), strict=False) if len({*words}) == 1]
    if kind:
        said += f" ({' '.join(kind)})"
    first, last = series["period_start"].min(), series["period_end"].max() - pd.Timedelta(days=1)
    shape = shape if series["low"].notna().any() else ""
    few = (series["value"].isna() & series["denominator"].gt(0)).any()  # observed, and too little to say anything
    return (
        f"{said}, by {_PERIOD[series['freq'].iloc[0]]}; unit: {unit}; n = {_n(known, measure)}; "
        f"{first:%Y-%m-%d} to {last:%Y-%m-%d}; {shape}hollow: incomplete; hatched: no data{', or too few' if few else ''}"
    )


def _n(known: pd.DataFrame, measure: str) -> str:
    if known["series"].str.endswith(":naive").any():  # the corrected line counts the same items
        known = known[~known["series"].str.endswith(":corrected")]
    counted = known["numerator"].sum()
    if measure in ("share", "article_stance"):
        return f"{counted:,.0f} of {known['denominator'].sum():,.0f} {'items' if measure == 'share' else 'stories'}"
    if measure == "tone" or known["unit"].str.startswith("mean").any():
        return f"{known['denominator'].sum():,.0f} sentences scored, {known['n_unscored'].sum():,.0f} not"
    unit = known["unit"].iloc[0].removeprefix("share of ").split(",")[0] if len(known) else ""
    return f"{counted:,.0f} {unit}".strip()


def dated_events(events: pd.DataFrame) -> list[str]:
    """Each event with its day, for a chart too small to write them on."""
    return [f"{pd.Timestamp(d):%Y-%m-%d} {label}" for d, label in events[["date", "label"]].itertuples(index=False, name=None)]
