"""What all charts share: style, titles, the card, and saving a figure only when it shows its table."""

from __future__ import annotations

import functools
import textwrap
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.chart.card import Card
from analysis.text import romanise

__all__ = ["COLOURS", "GREY", "INK", "Drawn", "dress", "in_our_letters", "new_axes", "register", "save_figure", "styled"]

# Okabe and Ito (2008): told apart by readers with any colour vision. Yellow is left out: too faint on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
INK, GREY = "#222222", "#6b6b6b"
_FONTS = (
    "DejaVu Sans", "Noto Sans CJK KR", "Noto Sans CJK JP", "Noto Sans KR", "NanumGothic", "Apple SD Gothic Neo", "Malgun Gothic",
    "UnDotum", "Noto Serif CJK KR", "Noto Serif CJK JP",
)
_EM = {"normal": 0.525, "bold": 0.575}  # mean width of a character, in ems: for wrapping


@dataclass
class Drawn:
    """What an Axes shows: artists that carry data, each with its label, and how the table gives the same points."""

    points: Callable[[pd.DataFrame], pd.DataFrame]
    artists: list[tuple[str, object]] = field(default_factory=list)
    whole_lanes: bool = False  # y is a lane, and the place within it only keeps marks apart


def save_figure(fig: Figure, path: str | Path, table: pd.DataFrame, alt: str) -> list[Path]:
    """Write a chart as PNG and SVG, the table it draws as CSV, and its alt text; refuse when they differ.

    Parameters
    ----------
    fig : Figure
        Made by this package: ``ax.figure``.
    path : str or Path
        Without suffix; the folder is made.
    table : DataFrame
        The table that was drawn.
    alt : str
        What the chart shows, for readers who do not see it.

    Returns
    -------
    list of Path
        PNG, SVG, CSV, TXT. The same chart gives the same bytes: no date, no program name, fixed ids.

    Raises
    ------
    ValueError
        When the figure carries no validity card, the alt text is empty, the marks on the figure are not the numbers in
        the table, or the fonts here lack a character of the labels.
    """
    drawn = [(ax, ax.press_drawn) for ax in fig.axes if hasattr(ax, "press_drawn")]
    if not drawn:
        raise ValueError("the figure was not drawn by analysis.chart and has no validity card; it is not saved")
    if not alt.strip():
        raise ValueError("alt is empty: say in a sentence or two what the chart shows")
    _refuse_difference(drawn, table)
    base = Path(path)
    base.parent.mkdir(parents=True, exist_ok=True)
    paths = [base.with_name(base.name + suffix) for suffix in (".png", ".svg", ".csv", ".txt")]
    with mpl.rc_context(_style()), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing", category=UserWarning)
        try:
            fig.savefig(paths[0], dpi=150, bbox_inches="tight", pad_inches=0.15, metadata={"Software": None})
            fig.savefig(paths[1], bbox_inches="tight", pad_inches=0.15, metadata={"Date": None, "Creator": None})
        except UserWarning as warning:
            raise ValueError(f"{warning}; install a font that has it (Debian: fonts-noto-cjk) or label in Latin") from None
    table.to_csv(paths[2], index=False, date_format="%Y-%m-%d", lineterminator="\n")
    paths[3].write_text(alt.strip() + "\n", encoding="utf-8")
    return paths


def styled(function: Callable) -> Callable:
    """Draw in our style without touching the reader's own settings; where no font has Hangul, labels are in Latin letters."""

    @functools.wraps(function)
    def drawing(*args: object, **kwargs: object) -> object:
        with mpl.rc_context(_style()):
            drawn = function(*args, **kwargs)
            if not _has_hangul():
                for figure in {ax.figure for ax in np.atleast_1d(np.asarray(drawn, dtype=object)).ravel() if isinstance(ax, Axes)}:
                    _put_in_latin(figure)
            return drawn

    return drawing


def in_our_letters(label: str) -> str:
    """Return a label in letters that a font here has."""
    return label if _has_hangul() else romanise(label)


def _put_in_latin(figure: Figure) -> None:
    for label in figure.findobj(Text):
        if (latin := romanise(label.get_text())) != label.get_text():
            label.set_text(latin)


@functools.cache
def _has_hangul() -> bool:
    from matplotlib import font_manager

    ours = [f.fname for f in font_manager.fontManager.ttflist if f.name in _FONTS]
    return any(ord("한") in font_manager.get_font(path).get_charmap() for path in ours)


def new_axes(ax: Axes | None, *, height: float = 3.6) -> Axes:
    """Return the Axes to draw on: the caller's, or that of a new figure."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    return plt.subplots(figsize=(8.2, height))[1]


def register(ax: Axes, drawn: Drawn) -> None:
    """Note on the Axes what it shows, so that ``save_figure`` can hold it against the table."""
    ax.press_drawn = drawn


def dress(
    ax: Axes, *, title: str, subtitle: str, card: Card | None, below: Axes | None = None, margin: tuple[float, float] = (0, 10)
) -> None:
    """Set the finding above the chart, what is measured under it, and the validity card at the foot (of ``below``).

    ``margin`` is the room in points that names left of the axes, and a legend or a panel's title over them, need.

    Raises
    ------
    ValueError
        Without a card or a title.
    """
    if not isinstance(card, Card):
        raise ValueError("no chart without its validity card: pass card=chart.Card.from_articles(articles, …)")
    if not title.strip():
        raise ValueError("title is empty: state the finding in a sentence")
    figure = ax.figure
    left, above = margin
    width = left + figure.get_figwidth() * 72 * (figure.subplotpars.right - figure.subplotpars.left)
    place = {"xycoords": "axes fraction", "textcoords": "offset points", "annotation_clip": False}
    subtitle = _wrap(subtitle, width, 9)
    ax.annotate(subtitle, (0, 1), xytext=(-left, above), fontsize=9, color=GREY, va="bottom", gid="subtitle", **place)
    lift = above + 4 + 12 * (subtitle.count("\n") + 1)
    ax.annotate(_wrap(title, width, 12.5, "bold"), (0, 1), xytext=(-left, lift), fontsize=12.5, weight="bold", color=INK,
                va="bottom", gid="title", **place)
    foot = "\n".join(_wrap(part, width, 7.5) for part in str(card).split("\n"))
    (below or ax).annotate(foot, (0, 0), xytext=(-left, -34), fontsize=7.5, color=GREY, va="top", gid="card",
                           linespacing=1.4, **place)


def _wrap(line: str, width: float, size: float, weight: str = "normal") -> str:
    line = in_our_letters(line)
    # A number keeps its sign, and an archive's name its hyphens.
    line = line.replace(" %", "\u00a0%").replace("n = ", "n\u00a0=\u00a0")
    return textwrap.fill(line, max(30, int(width / (size * _EM[weight]))), break_on_hyphens=False)


def _style() -> dict:
    from matplotlib import font_manager

    known = set(font_manager.get_font_names())
    return {
        "font.family": [f for f in _FONTS if f in known] or ["sans-serif"], "font.size": 9.5,
        "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": GREY, "xtick.color": GREY, "ytick.color": GREY,
        "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "axes.grid.axis": "y",
        "axes.axisbelow": True, "grid.color": "#e4e4e4", "grid.linewidth": 0.8, "figure.dpi": 100, "hatch.linewidth": 0.5,
        "hatch.color": "#9a9a9a", "svg.hashsalt": "dyad-press", "axes.unicode_minus": True, "figure.facecolor": "white",
    }


def _refuse_difference(drawn: list[tuple[Axes, Drawn]], table: pd.DataFrame) -> None:
    shown = pd.concat([_read(d) for _, d in drawn], ignore_index=True)
    meant = drawn[0][1].points(table)[["label", "x", "y"]]
    both = [_sorted(t) for t in (shown, meant)]
    same = len(shown) == len(meant) and (both[0]["label"] == both[1]["label"]).all() and np.allclose(
        both[0][["x", "y"]].to_numpy(float), both[1][["x", "y"]].to_numpy(float), rtol=1e-9, atol=1e-9
    )
    if not same:
        odd = pd.concat(both).round(9).drop_duplicates(keep=False).head(5)
        raise ValueError(
            f"the figure shows {len(shown)} marks, the table gives {len(meant)}; they differ, for example in\n"
            f"{odd.to_string(index=False)}\ndraw the table that you save"
        )


def _sorted(points: pd.DataFrame) -> pd.DataFrame:
    # Rounded before sorting: a last binary digit must not decide the order.
    out = points.assign(label=points["label"].astype(str), x=points["x"].astype(float).round(9), y=points["y"].astype(float).round(9))
    return out.sort_values(["label", "x", "y"], ignore_index=True)


def _read(drawn: Drawn) -> pd.DataFrame:
    """Read the points back from the artists themselves, not from what was meant to be drawn."""
    rows = []
    for label, artist in drawn.artists:
        if hasattr(artist, "get_offsets"):
            xy = np.asarray(artist.get_offsets(), float).reshape(-1, 2)
        elif hasattr(artist, "get_height"):
            xy = np.array([[artist.get_x() + artist.get_width() / 2, artist.get_height()]])
        else:
            xy = np.column_stack([np.asarray(artist.get_xdata(orig=False), float), np.asarray(artist.get_ydata(), float)])
        xy = xy[~np.isnan(xy).any(axis=1)]
        rows.append(pd.DataFrame({"label": label, "x": xy[:, 0], "y": np.floor(xy[:, 1]) if drawn.whole_lanes else xy[:, 1]}))
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame({"label": [], "x": [], "y": []})
