"""Charts of single events: visits in swim lanes, agreements by stage, reactions by delay."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis import schema
from analysis.chart.card import Card
from analysis.chart.figure import COLOURS, GREY, INK, Drawn, dress, new_axes, register, styled

__all__ = ["stages", "strip", "swimlane"]

_LANES = {
    "": ("place not named", COLOURS[3]), "third": ("third country", COLOURS[0]), "PRK>RUS": ("North Koreans to Russia", COLOURS[1]),
    "RUS>PRK": ("Russians to North Korea", COLOURS[2]),
}
_ALWAYS = [lane for lane in _LANES if lane]
_RANKS = {"leader": ("*", 150), "minister": ("s", 42), "vice": ("^", 40), "delegation": ("o", 24)}
# Where the day of a visit may stand, in points from its mark: over it, right, left, under it; then farther off, with a line.
_BESIDE = (
    ((0, 8), "center", "bottom"), ((8, 0), "left", "center"), ((-8, 0), "right", "center"), ((0, -8), "center", "top"),
    *(((side * dx, dy), "left" if side > 0 else "right", "center") for dy in (14, 24, 34) for dx in (12, 20) for side in (1, -1)),
)
_FAR = 10  # points from which a line leads from the mark to its day
_LINE = {"arrowstyle": "-", "lw": 0.6, "color": GREY, "shrinkA": 0, "shrinkB": 4}
_LONG_PLACE = 24  # characters
_SHOWN_BY_ANY_FONT = 0x0500  # Latin, Greek and Cyrillic come with the plotting library
_CALLED_OFF = ("cancelled", "denied")
_STAGES = {
    "mooted": ("o", "#bdbdbd"), "announced": ("o", COLOURS[3]), "signed": ("D", COLOURS[0]), "ratified": ("s", COLOURS[1]),
    "in_force": ("^", COLOURS[2]), "implemented": ("*", COLOURS[2]), "ended": ("X", INK), "denied": ("x", INK),
}
# Acts by strength, in four classes that can be told apart (the codebook's scale).
_ACTS = {
    "support, neutral": ("#9a9a9a", ("support", "neutral")), "concern, request": (COLOURS[0], ("concern", "request")),
    "accuse, warn, vote": (COLOURS[3], ("accuse", "warn", "vote")), "sanction": (COLOURS[1], ("sanction",)),
}


@styled
def swimlane(events: pd.DataFrame, *, title: str, card: Card, ax: Axes | None = None) -> Axes:
    """Draw visits in a lane a direction: filled when held, hollow when planned, crossed when called off or denied.

    Parameters
    ----------
    events : DataFrame
        One row a visit: direction, status, detail (rank), date_start (ISO 8601, to the month or finer), place if known. Rows of
        the table ``events`` serve. A visit without a direction has a lane of its own. The day of a leader's visit that was
        held is written beside its mark, with the place, where there is room for them.
    title, card, ax
        As in ``line``.

    Raises
    ------
    ValueError
        Without a card, without a row, or when a date is missing or known to the year only: filter these and say how many.

    >>> from analysis.chart.card import Card
    >>> card = Card(1, 1, 1, source="sample", window="2024-06-19 to 2024-06-19")
    >>> visit = pd.DataFrame({"direction": ["RUS>PRK"], "status": ["held"], "detail": ["leader"], "date_start": ["2024-06-19"]})
    >>> swimlane(visit, title="One visit was held", card=card).get_ylim()
    (np.float64(0.0), np.float64(3.0))
    """
    visits = _dated(events)
    ax = new_axes(ax, height=0.6 + 1.1 * len(_lanes_of(visits)))
    drawn = Drawn(points=_visit_points, whole_lanes=True)
    days = visits["x"].max() - visits["x"].min()
    left, right = visits["x"].min() - 0.03 * days - 20, visits["x"].max() + 0.03 * days + 20
    ax.set_xlim(left, right)
    lanes = _lanes_of(visits)
    ax.set_ylim(0, len(lanes))
    leaders, taken = [], []
    for lane, direction in enumerate(lanes):
        said, colour = _LANES[direction]
        own = visits[visits["direction"] == direction].sort_values(["x", "status", "detail"])
        levels = _keep_apart(own["x"].to_numpy(), 0.014 * (right - left))
        tall = max([*levels, 3]) + 1
        for (_, visit), level in zip(own.iterrows(), levels, strict=True):
            y = lane + 0.12 + 0.6 * level / tall
            _draw_visit(ax, visit, y, colour, drawn)
            at = ax.transData.transform((visit["x"], y))
            radius = (7.5 if visit["detail"] == "leader" else 4.5) * ax.figure.dpi / 72
            taken.append(Bbox.from_bounds(*(at - radius), 2 * radius, 2 * radius))
            if visit["status"] == "held" and visit["detail"] == "leader":
                leaders.append((visit, y))
        name = ax.annotate(f"{said} ({len(own)})", (0, lane + 0.99), xytext=(4, -2), xycoords=("axes fraction", "data"),
                           textcoords="offset points", va="top", fontsize=9, weight="bold", color=colour)
        taken.append(name.get_window_extent())
    for visit, y in sorted(leaders, key=lambda leader: (-_stories(leader[0]), leader[0]["x"])):
        _date_visit(ax, visit, y, taken)
    ax.set_yticks(range(len(lanes) + 1), [""] * (len(lanes) + 1))
    ax.tick_params(axis="y", length=0)
    _time_axis(ax)
    _visit_legend(ax)
    register(ax, drawn)
    n = visits["status"].value_counts()
    counts = ", ".join(f"{n[s]} {s.replace('_', ' ')}" for s in sorted(n.index, key=lambda s: (-n[s], s)))
    dress(ax, title=title, card=card, margin=(0, 24),
          subtitle=f"Visits by date of the visit and direction; one mark a visit; n = {len(visits)} ({counts}); {_window(visits)}")
    return ax


@styled
def stages(table: pd.DataFrame, *, title: str, card: Card, ax: Axes | None = None) -> Axes:
    """Draw how far each agreement has come: one row an agreement, one mark a stage at the day it was reached.

    Parameters
    ----------
    table : DataFrame
        One row an agreement and stage: agreement (its name), stage (a status of agreements), date (ISO 8601), source (the
        address that says so).

    Raises
    ------
    ValueError
        Without a card, for an unknown stage, or for a stage without its source.

    >>> from analysis.chart.card import Card
    >>> card = Card(1, 1, 1, source="sample", window="2024-06-19 to 2024-06-19")
    >>> step = pd.DataFrame({"agreement": ["Treaty"], "stage": ["signed"], "date": ["2024-06-19"], "source": ["u"]})
    >>> [t.get_text() for t in stages(step, title="The treaty was signed", card=card).get_yticklabels()]
    ['Treaty']
    """
    _need(table, ["agreement", "stage", "date", "source"])
    unknown = set(table["stage"]) - set(_STAGES)
    if unknown:
        raise ValueError(f"stage {', '.join(sorted(unknown))}: use one of {', '.join(_STAGES)}")
    if not table["source"].fillna("").str.strip().all():
        raise ValueError("a stage without its source is not drawn: give the address that reports it, or drop the row")
    table = table.assign(x=_stage_points(table)["x"])
    names = table.groupby("agreement")["x"].min().sort_values(ascending=False).index
    ax = new_axes(ax, height=1.3 + 0.34 * len(names))
    drawn = Drawn(points=_stage_points)
    for lane, name in enumerate(names):
        own = table[table["agreement"] == name].sort_values("x")
        ax.plot(own["x"], [lane] * len(own), color="#c9c9c9", lw=2.2, zorder=1, solid_capstyle="round")
        for stage, x in own[["stage", "x"]].itertuples(index=False, name=None):
            marker, colour = _STAGES[stage]
            mark = ax.scatter([x], [lane], marker=marker, color=colour, s=52 if marker != "*" else 110, zorder=3, lw=1.2)
            drawn.artists.append((f"{name}|{stage}", _Flat(mark)))
    said = [textwrap.fill(name, 26, break_on_hyphens=False) for name in names]
    lines = [part for name in said for part in name.split("\n")]
    ax.set_yticks(range(len(names)), said)
    ax.set_ylim(-0.7, len(names) - 0.3)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    span = max(30.0, table["x"].max() - table["x"].min())
    ax.set_xlim(table["x"].min() - 0.04 * span, table["x"].max() + 0.04 * span)
    _time_axis(ax)
    seen = [s for s in _STAGES if s in set(table["stage"])]
    handles = [Line2D([], [], ls="", marker=_STAGES[s][0], color=_STAGES[s][1], ms=7, label=s.replace("_", " ")) for s in seen]
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(handles), frameon=False, fontsize=8.5,
              borderaxespad=0.1, handletextpad=0.2, columnspacing=1.2)
    register(ax, drawn)
    dress(ax, title=title, card=card, subtitle=f"Day on which each stage was reached; n = {_counted(len(names), 'agreement')}, "
          f"{_counted(len(table), 'stage')}; {_window(table)}", margin=(5.2 * max(map(len, lines)), 24))
    return ax


@styled
def strip(table: pd.DataFrame, *, title: str, card: Card, ax: Axes | None = None) -> Axes:
    """Draw how many days after its trigger each reaction came, one lane an actor, the median as a bar.

    Parameters
    ----------
    table : DataFrame
        One row a reaction: actor, days (since the trigger), act (an act of reactions), trigger (what it followed).

    Raises
    ------
    ValueError
        Without a card, for an unknown act, or a missing number of days: silence is not a reaction of 0 days.

    >>> from analysis.chart.card import Card
    >>> card = Card(1, 1, 1, source="sample", window="2024-06-19 to 2024-06-19")
    >>> reaction = pd.DataFrame({"actor": ["USA"], "days": [1], "act": ["warn"], "trigger": ["summit"]})
    >>> [t.get_text() for t in strip(reaction, title="One reaction in a day", card=card).get_yticklabels()]
    ['USA']
    """
    _need(table, ["actor", "days", "act", "trigger"])
    unknown = set(table["act"]) - set(schema.DETAILS["reaction"])
    if unknown or table["days"].isna().any():
        raise ValueError(f"acts not in the codebook: {sorted(unknown)}; rows without days: {int(table['days'].isna().sum())}")
    sizes = table.groupby("actor").size()
    names = sorted(sizes.index, key=lambda a: (sizes[a], a))
    ax = new_axes(ax, height=1.2 + 0.42 * len(names))
    drawn = Drawn(points=_strip_points)
    span = max(1.0, table["days"].max() - min(0, table["days"].min()))
    for lane, name in enumerate(names):
        own = table[table["actor"] == name].sort_values(["days", "act"])
        levels = _keep_apart(own["days"].to_numpy(float), 0.011 * span)
        tall = max([*levels, 5]) + 1
        for (days, act), level in zip(own[["days", "act"]].itertuples(index=False, name=None), levels, strict=True):
            colour = next(c for c, acts in _ACTS.values() if act in acts)
            mark = ax.scatter([days], [lane + 0.74 * level / tall], color=colour, s=20, zorder=3, lw=0, alpha=0.9)
            drawn.artists.append((f"{name}|{act}", _Flat(mark)))
        ax.vlines(own["days"].median(), lane - 0.12, lane + 0.3, color=INK, lw=1.4, zorder=4, gid="median")
        ax.annotate(f"n = {len(own)}", (1, lane), xytext=(6, 0), xycoords=("axes fraction", "data"),
                    textcoords="offset points", fontsize=8.5, color=GREY, va="center", annotation_clip=False)
    ax.set_yticks(range(len(names)), [*names])
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    ax.set_ylim(-0.4, len(names) - 0.1)
    ax.set_xlim(min(0, table["days"].min()) - 0.02 * span, table["days"].max() + 0.02 * span)
    ax.xaxis.set_major_locator(ticker.MaxNLocator(nbins=8, integer=True))
    ax.set_xlabel("days from the trigger to the article that reports the reaction", fontsize=8.5, color=GREY, labelpad=2)
    handles = [Line2D([], [], ls="", marker="o", color=c, ms=5, label=said) for said, (c, acts) in _ACTS.items()
               if set(acts) & set(table["act"])]
    handles.append(Line2D([], [], color=INK, lw=1.4, label="median"))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(handles), frameon=False, fontsize=8.5,
              borderaxespad=0.1, handlelength=1.2, handletextpad=0.5, columnspacing=1.2)
    register(ax, drawn)
    dress(ax, title=title, card=card, subtitle=f"Reactions by delay; unit: days; n = {len(table)} reactions to "
          f"{_counted(table['trigger'].nunique(), 'trigger')}; an actor without a mark was not reported, which is not approval",
          margin=(5.2 * max(map(len, names)), 24))
    return ax


class _Flat:
    """A mark whose lane is in its label: only x is data, y keeps marks apart."""

    def __init__(self, mark: object) -> None:
        self._mark = mark

    def get_offsets(self) -> np.ndarray:
        """Return x as drawn, with y 0."""
        x = np.asarray(self._mark.get_offsets(), float)[:, 0]
        return np.column_stack([x, np.zeros(len(x))])


def _need(table: pd.DataFrame, names: list[str]) -> None:
    missing = [n for n in names if n not in table.columns]
    if missing or table.empty:
        raise ValueError(f"the table needs columns {', '.join(names)} and a row; missing: {', '.join(missing) or 'rows'}")


def _dated(events: pd.DataFrame) -> pd.DataFrame:
    _need(events, ["direction", "status", "detail", "date_start"])
    vague = events["date_start"].fillna("").str.len() < 7
    if vague.any():
        raise ValueError(f"{int(vague.sum())} visits have no date, or only a year; leave them out and say so in the text")
    return events.assign(x=_x_of(events["date_start"]), direction=events["direction"].fillna(""))


def _lanes_of(events: pd.DataFrame) -> list[str]:
    """The lanes from below: one for visits without a direction only where there are such."""
    return ([] if events["direction"].fillna("").all() else [""]) + _ALWAYS


def _stories(visit: pd.Series) -> float:
    """Stories that report a visit, where the table says: the best covered is dated first."""
    return float(visit.get("n_stories", 0) or 0)


def _x_of(dates: pd.Series) -> np.ndarray:
    """The day, or the middle of the month where only that is known."""
    whole = dates.where(dates.str.len() >= 10, dates.str[:7] + "-15")
    return mdates.date2num(pd.to_datetime(whole))


def _visit_points(events: pd.DataFrame) -> pd.DataFrame:
    lanes = {direction: lane for lane, direction in enumerate(_lanes_of(events))}
    direction = events["direction"].fillna("")
    return pd.DataFrame({
        "label": direction + "|" + events["status"], "x": _x_of(events["date_start"]), "y": direction.map(lanes).astype(float),
    })


def _stage_points(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"label": table["agreement"] + "|" + table["stage"], "x": _x_of(table["date"].astype(str)), "y": 0.0})


def _strip_points(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"label": table["actor"] + "|" + table["act"], "x": table["days"].astype(float), "y": 0.0})


def _draw_visit(ax: Axes, visit: pd.Series, y: float, colour: str, drawn: Drawn) -> None:
    marker, size = _RANKS.get(visit["detail"], _RANKS["delegation"])
    held = visit["status"] == "held"
    if visit["status"] in _CALLED_OFF:
        mark = ax.scatter([visit["x"]], [y], marker="x", s=34, color=colour, lw=1.3, zorder=3, gid=visit["status"])
    else:
        mark = ax.scatter([visit["x"]], [y], marker=marker, s=size, facecolor=colour if held else "white", edgecolor=colour,
                          lw=1.1, zorder=3, gid=visit["status"])
    drawn.artists.append((f"{visit['direction']}|{visit['status']}", mark))


def _date_visit(ax: Axes, visit: pd.Series, y: float, taken: list[Bbox]) -> None:
    """Write a visit's day and place, or its day, beside its mark where nothing is in the way; nothing where all is taken."""
    place = visit.get("place")
    place = place.split(",")[0].strip() if isinstance(place, str) else ""
    texts = [visit["date_start"]]
    if 0 < len(place) <= _LONG_PLACE and all(ord(c) < _SHOWN_BY_ANY_FONT for c in place):
        texts.insert(0, f"{visit['date_start']} {place}")
    room = ax.get_window_extent()
    foot, head = (ax.transData.transform((0, np.floor(y) + edge))[1] for edge in (0, 1))  # of its lane
    for said in texts:
        for (dx, dy), ha, va in _BESIDE:
            line = {**_LINE, "relpos": (float(ha == "right"), 0.5)} if min(abs(dx), abs(dy)) >= _FAR else None
            label = ax.annotate(said, (visit["x"], y), xytext=(dx, dy), textcoords="offset points", fontsize=7, ha=ha, va=va,
                                color=INK, gid="leader", zorder=2, arrowprops=line)
            label.get_window_extent()  # puts the words in their place
            box = Text.get_window_extent(label)  # the words alone, without the line
            is_inside = room.x0 <= box.x0 and box.x1 <= room.x1 and foot <= box.y0 and box.y1 <= head
            if is_inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                return
            label.remove()


def _keep_apart(x: np.ndarray, gap: float) -> list[int]:
    """The lowest level for each mark, in order of x, on which it touches no other."""
    ends: list[float] = []
    levels = []
    for at in x:
        level = next((i for i, end in enumerate(ends) if at - end >= gap), len(ends))
        ends[level : level + 1] = [at]
        levels.append(level)
    return levels


def _time_axis(ax: Axes) -> None:
    locator = mdates.AutoDateLocator(minticks=4, maxticks=10)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=False))
    ax.grid(axis="x", color="#eeeeee")


def _visit_legend(ax: Axes) -> None:
    shapes = [Line2D([], [], ls="", marker=m, color=GREY, ms=9 if m == "*" else 6, label=rank) for rank, (m, _) in _RANKS.items()]
    fills = [
        Line2D([], [], ls="", marker="s", color=GREY, ms=6, label="filled: held"),
        Line2D([], [], ls="", marker="s", color=GREY, mfc="white", ms=6, label="hollow: planned, not confirmed"),
        Line2D([], [], ls="", marker="x", color=GREY, ms=6, label="called off, denied"),
    ]
    ax.legend(handles=shapes + fills, loc="lower left", bbox_to_anchor=(0, 1), ncols=7, frameon=False, fontsize=7.4,
              borderaxespad=0.1, handletextpad=0.1, columnspacing=0.6)


def _counted(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _window(rows: pd.DataFrame) -> str:
    first, last = mdates.num2date(rows["x"].min()), mdates.num2date(rows["x"].max())
    return f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
