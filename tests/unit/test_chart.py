"""Charts are tested by reading their artists back, never by pixels."""

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from analysis import chart, schema

matplotlib.use("Agg")

CARD = chart.Card(120, 100, 3, source="sample", window="2024-01-01 to 2024-06-30", languages={"en": 90, "fr": 30},
                  interval="Wilson 95 %", share_unscored=0.25, n_undated=2)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def make_series(values, group="all", series="share", unit="share of all items", complete=None):
    starts = pd.date_range("2024-01-01", periods=len(values), freq="MS")
    value = pd.Series(values, dtype=float)
    table = pd.DataFrame({
        "series": series, "group": group, "freq": "MS", "period_start": starts, "period_end": starts + pd.DateOffset(months=1),
        "is_complete": value.notna() if complete is None else complete, "days_observed": 30, "numerator": 10.0,
        "denominator": 100.0, "value": value, "low": value * 0.8, "high": value * 1.2, "unit": unit, "n_unscored": 0, "note": "",
    })
    return schema.check(table, "series")


SERIES = make_series([0.01, 0.02, None, 0.03, 0.02, 0.04], complete=[True, True, False, True, True, False])
FOUR = pd.concat([make_series([i, i + 1, None if i == 2 else i, i], group=f"g{i}", series="volume", unit="stories")
                  for i in range(4)])


def by_gid(ax, gid):
    return [a for a in ax.get_children() if a.get_gid() == gid]


def texts(ax):
    return {a.get_gid(): a.get_text() for a in ax.texts if a.get_gid()}


def test_a_line_has_title_measure_unit_n_window_and_card():
    ax = chart.line(SERIES, title="Attention doubled", card=CARD)
    said = texts(ax)
    assert said["title"] == "Attention doubled"
    subtitle = said["subtitle"].replace("\n", " ").replace("\u00a0", " ")
    for part in ("share of all items of the same outlets", "by month", "n = 50 of 500 items", "2024-01-01 to 2024-06-30"):
        assert part in subtitle
    card = said["card"].replace("\n", " ").replace("\u00a0", " ")
    for part in ("120 articles, 100 without copies, 3 outlets", "en 75 %, fr 25 %", "unscored: 25 %", "not validated",
                 "interval: Wilson 95 %", "source: sample", "without a usable date: 2"):
        assert part in card


def test_missing_periods_break_the_line_and_are_hatched():
    ax = chart.line(SERIES, title="t", card=CARD)
    assert np.isnan(ax.lines[0].get_ydata()).tolist() == [False, False, True, False, False, False]
    (gap,) = by_gid(ax, "no data")
    assert gap.get_hatch()
    days = [round(v) for v in (gap.get_x(), gap.get_x() + gap.get_width())]
    assert [str(d) for d in matplotlib.dates.num2date(days)] == ["2024-03-01 00:00:00+00:00", "2024-04-01 00:00:00+00:00"]


def test_incomplete_periods_are_hollow_and_complete_ones_filled():
    ax = chart.line(SERIES, title="t", card=CARD)
    (hollow,), (filled,) = by_gid(ax, "incomplete"), by_gid(ax, "complete")
    assert hollow.get_ydata().tolist() == [0.04] and hollow.get_markerfacecolor() == "white"
    assert filled.get_ydata().tolist() == [0.01, 0.02, 0.03, 0.02] and filled.get_markerfacecolor() != "white"


def test_lines_carry_their_labels_apart_and_in_their_colours():
    ax = chart.line(FOUR, title="t", card=CARD)
    labels = by_gid(ax, "label")
    assert sorted(label.get_text() for label in labels) == ["g0", "g1", "g2", "g3"]
    heights = sorted(label.xy[1] for label in labels)
    assert min(np.diff(heights)) > 0.06
    colours = {line.get_label(): line.get_color() for line in ax.lines if line.get_label().startswith("g")}
    assert {label.get_text(): label.get_color() for label in labels} == colours
    assert len(set(colours.values())) == 4
    assert len(by_gid(ax, "no data")) == 1  # only g2 lacks March: a strip in its colour, not a hatched month


def test_a_lone_point_between_gaps_is_seen():
    ax = chart.line(make_series([None, 0.02, None]), title="t", card=CARD)
    assert by_gid(ax, "complete")[0].get_ydata().tolist() == [0.02]


def test_events_are_dotted_lines_inside_the_window_only():
    events = pd.DataFrame({"date": ["2024-02-10", "2030-01-01"], "label": ["Visit", "Never"]})
    ax = chart.line(SERIES, title="t", card=CARD, events=events)
    assert len(by_gid(ax, "event")) == 1
    assert "Visit" in [t.get_text() for t in ax.texts] and "Never" not in [t.get_text() for t in ax.texts]


@pytest.mark.parametrize(("draw", "table"), [
    (chart.line, SERIES), (chart.columns, SERIES), (chart.small_multiples, SERIES),
    (chart.swimlane, pd.DataFrame({"direction": ["RUS>PRK"], "status": ["held"], "detail": ["leader"], "date_start": ["2024-06-19"]})),
    (chart.stages, pd.DataFrame({"agreement": ["Treaty"], "stage": ["signed"], "date": ["2024-06-19"], "source": ["u"]})),
    (chart.strip, pd.DataFrame({"actor": ["USA"], "days": [1], "act": ["warn"], "trigger": ["t"]})),
])
def test_no_chart_without_a_card_or_a_finding(draw, table):
    with pytest.raises(TypeError, match="card"):
        draw(table, title="t")
    with pytest.raises(ValueError, match="no chart without its validity card"):
        draw(table, title="t", card=None)
    with pytest.raises(ValueError, match="title is empty"):
        draw(table, title=" ", card=CARD)


@pytest.mark.parametrize(("table", "message"), [
    (SERIES.head(0), "nothing to draw"),
    (pd.concat([FOUR, make_series([1], group="g5", series="volume", unit="stories")]), "use small_multiples"),
    (pd.concat([SERIES, FOUR]), "several series and several groups"),
    (pd.concat([SERIES, make_series([1], group="b", unit="stories")]), "mixes units"),
])
def test_what_cannot_be_read_is_refused(table, message):
    with pytest.raises(ValueError, match=message):
        chart.line(table, title="t", card=CARD)


def test_columns_stack_to_the_sum_and_are_hollow_where_incomplete():
    table = pd.concat([make_series([1, 2], group=g, series="volume", unit="stories", complete=[True, False]) for g in "ab"])
    ax = chart.columns(table, title="t", card=CARD)
    tops = {}
    for bar in ax.patches:
        tops[round(bar.get_x())] = max(tops.get(round(bar.get_x()), 0), bar.get_y() + bar.get_height())
    assert sorted(tops.values()) == [2, 4]
    assert [bar.get_facecolor() == (1, 1, 1, 1) for bar in ax.patches] == [False, True, False, True]


def test_small_multiples_share_their_axes_and_hold_one_group_each():
    panels = chart.small_multiples(FOUR, title="t", card=CARD)
    assert len(panels) == 4
    assert len({p.get_ylim() for p in panels}) == 1 and panels[0].get_ylim()[0] == 0
    assert sum("card" in texts(p) for p in panels) == 1


def test_swimlane_fills_the_held_and_leaves_the_planned_hollow():
    visits = pd.DataFrame({
        "direction": ["RUS>PRK", "RUS>PRK", "PRK>RUS", "third"], "status": ["held", "planned", "held", "cancelled"],
        "detail": ["leader", "minister", "minister", "vice"], "date_start": ["2024-06-19", "2024-07-01", "2024-01", "2024-03-01"],
    })
    ax = chart.swimlane(visits, title="t", card=CARD)
    assert all(m.get_facecolor()[0].tolist() != [1, 1, 1, 1] for m in by_gid(ax, "held"))
    assert by_gid(ax, "planned")[0].get_facecolor()[0].tolist() == [1, 1, 1, 1]
    lanes = {int(m.get_offsets()[0][1]) for m in by_gid(ax, "held")}
    assert lanes == {1, 2}
    assert [t.get_text() for t in by_gid(ax, "leader")] == ["2024-06-19"]


def test_a_visit_without_a_date_is_refused_not_dropped():
    visits = pd.DataFrame({"direction": "third", "status": "held", "detail": "", "date_start": ["2024", "2024-05-01"]})
    with pytest.raises(ValueError, match="1 visits have no date, or only a year"):
        chart.swimlane(visits, title="t", card=CARD)


def test_marks_of_one_day_do_not_hide_each_other():
    visits = pd.DataFrame({"direction": "RUS>PRK", "status": "held", "detail": "vice", "date_start": ["2024-05-01"] * 4})
    ax = chart.swimlane(visits, title="t", card=CARD)
    assert len({float(m.get_offsets()[0][1]) for m in by_gid(ax, "held")}) == 4


def test_a_stage_without_a_source_is_refused():
    table = pd.DataFrame({"agreement": ["Treaty"], "stage": ["signed"], "date": ["2024-06-19"], "source": [""]})
    with pytest.raises(ValueError, match="without its source"):
        chart.stages(table, title="t", card=CARD)


def test_the_strip_shows_the_median_and_never_counts_silence():
    table = pd.DataFrame({"actor": "USA", "days": [1, 2, 9], "act": ["warn", "concern", "sanction"], "trigger": "t"})
    ax = chart.strip(table, title="t", card=CARD)
    assert by_gid(ax, "median")[0].get_segments()[0][:, 0].tolist() == [2, 2]
    with pytest.raises(ValueError, match="rows without days: 1"):
        chart.strip(table.assign(days=[1, 2, None]), title="t", card=CARD)


def test_save_writes_four_files_with_the_same_bytes_twice(tmp_path):
    kept = []
    for name in ("a", "b"):
        ax = chart.line(SERIES, title="t", card=CARD)
        paths = chart.save_figure(ax.figure, tmp_path / name / "01-share", SERIES, "A line that doubles.")
        assert [p.name for p in paths] == ["01-share.png", "01-share.svg", "01-share.csv", "01-share.txt"]
        kept.append([p.read_bytes() for p in paths])
    assert kept[0] == kept[1]
    assert b"A line that doubles." in kept[0][3]
    assert pd.read_csv(tmp_path / "a" / "01-share.csv")["value"].isna().sum() == 1


@pytest.mark.parametrize("change", [
    lambda t: t.assign(value=t["value"] + 0.001), lambda t: t.head(4), lambda t: t.assign(group="other"),
    lambda t: t.assign(period_start=t["period_start"] + pd.Timedelta(days=1)),
])
def test_save_refuses_a_table_that_is_not_the_one_drawn(tmp_path, change):
    ax = chart.line(SERIES, title="t", card=CARD)
    with pytest.raises(ValueError, match="draw the table that you save"):
        chart.save_figure(ax.figure, tmp_path / "x", change(SERIES), "alt")
    assert not [*tmp_path.iterdir()]


def test_save_reads_the_artists_not_the_intention(tmp_path):
    ax = chart.columns(SERIES, title="t", card=CARD)
    ax.patches[0].set_height(0.5)
    with pytest.raises(ValueError, match="they differ"):
        chart.save_figure(ax.figure, tmp_path / "x", SERIES, "alt")


def test_save_refuses_foreign_figures_and_missing_alt_text(tmp_path):
    with pytest.raises(ValueError, match="no validity card"):
        chart.save_figure(plt.figure(), tmp_path / "x", SERIES, "alt")
    ax = chart.line(SERIES, title="t", card=CARD)
    with pytest.raises(ValueError, match="alt is empty"):
        chart.save_figure(ax.figure, tmp_path / "x", SERIES, " ")


def test_every_kind_of_chart_can_be_saved(tmp_path):
    visits = pd.DataFrame({"direction": ["third", "RUS>PRK"], "status": "held", "detail": "", "date_start": ["2024-05", "2024-05-01"]})
    steps = pd.DataFrame({"agreement": "Treaty", "stage": ["signed", "ratified"], "date": ["2024-06-19", "2024-11-09"], "source": "u"})
    lags = pd.DataFrame({"actor": ["USA", "EU"], "days": [1, 3], "act": "warn", "trigger": "t"})
    for name, table, draw in (("v", visits, chart.swimlane), ("s", steps, chart.stages), ("l", lags, chart.strip),
                              ("c", FOUR, chart.columns)):
        assert len(chart.save_figure(draw(table, title="t", card=CARD).figure, tmp_path / name, table, "alt")) == 4
    panels = chart.small_multiples(FOUR, title="t", card=CARD)
    assert len(chart.save_figure(panels[0].figure, tmp_path / "m", FOUR, "alt")) == 4


@pytest.mark.filterwarnings("error:Glyph")
def test_without_a_font_for_hangul_labels_are_in_latin_letters(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.chart.figure._has_hangul", lambda: False)
    table = SERIES.assign(series="topic:북한, 방북")
    ax = chart.line(table, title="북한", card=CARD)
    assert by_gid(ax, "title")[0].get_text() == "bukhan"
    chart.save_figure(ax.figure, tmp_path / "x", table, "alt")


def test_drawing_leaves_the_readers_settings_alone():
    before = dict(matplotlib.rcParams)
    ax = chart.line(SERIES, title="t", card=CARD)
    assert dict(matplotlib.rcParams) == before
    mine = plt.subplots()[1]
    assert chart.line(SERIES, title="t", card=CARD, ax=mine) is mine and mine is not ax


def test_a_point_opens_its_articles():
    point = {"series": "mentions:visit:held", "group": "western", "freq": "MS", "period_start": pd.Timestamp("2024-06-01")}
    articles = pd.DataFrame({
        "article_id": ["a", "b", "c"], "published_on": pd.to_datetime(["2024-06-19", "2024-06-02", "2024-07-01"]),
        "date_precision": "day", "bloc": "western", "is_copy": False, "outlet_id": "o", "language": "en", "url": ["u1", "u2", "u3"],
        "title": None,
    })
    mentions = pd.DataFrame({"article_id": ["a", "b", "c"], "sentence": [1, 0, 0], "family": "visit", "status": ["held", "planned", "held"]})
    sentences = pd.DataFrame({"article_id": ["a"], "sentence": [1], "text": ["He arrived."]})
    found = chart.articles(point, articles, by="bloc", event_mentions=mentions, sentences=sentences)
    assert found[["url", "text"]].to_numpy().tolist() == [["u1", "He arrived."]]
    assert chart.articles({**point, "series": "volume"}, articles, by="bloc")["url"].tolist() == ["u2", "u1"]


def test_the_card_is_made_from_articles():
    articles = pd.DataFrame({
        "published_on": pd.to_datetime(["2024-01-02", None]), "is_copy": [False, True], "outlet_id": ["o", "o"],
        "source_id": "s", "language": ["en", "ru"],
    })
    card = chart.Card.from_articles(articles)
    assert (card.n_raw, card.n_unique, card.n_outlets, card.window) == (2, 1, 1, "2024-01-02 to 2024-01-02")
    assert "Measured error: not validated" in str(card)


def two_voices(quoted, note=""):
    """Narrator and quotations of two invented blocs; the second bloc's quotations as given."""
    parts = [make_series([0.1, 0.2, 0.3], group=g, series="stance:RUS+PRK:narrator", unit="mean label, -1 to 1") for g in ("east", "west")]
    parts += [make_series(v, group=g, series="stance:RUS+PRK:quoted", unit="mean label, -1 to 1")
              for g, v in (("east", [0, 0.1, 0]), ("west", quoted))]
    table = pd.concat(parts, ignore_index=True)
    missing = (table["group"] == "west") & table["series"].str.endswith("quoted")
    return table.assign(note=table["note"].mask(missing, note))


def test_panels_hold_a_line_a_series_and_name_them_once(tmp_path):
    table = two_voices([-0.1, 0, 0.1])
    panels = chart.small_multiples(table, title="t", card=CARD)
    assert len(panels) == 2
    assert [t.get_text() for t in panels[0].get_legend().get_texts()] == ["narrator", "quoted"]
    assert "(RUS+PRK)" in texts(panels[0])["subtitle"].replace("\n", " ")
    chart.save_figure(panels[0].figure, tmp_path / "v", table, "Two panels of two lines.")
    with pytest.raises(ValueError, match="differ"):
        chart.save_figure(panels[0].figure, tmp_path / "v", table.assign(value=table["value"] + 1), "Two panels.")


def test_a_panel_says_why_a_line_is_not_drawn():
    panels = chart.small_multiples(two_voices([None, None, None], note="not validated"), title="t", card=CARD)
    said = [t.get_text() for ax in panels for t in by_gid(ax, "not drawn")]
    assert said == ["quoted: not validated"]
    # the period is no gap: the other line has data in it
    assert not [a for ax in panels for a in by_gid(ax, "no data")]


def test_a_line_that_is_not_drawn_has_no_label_at_the_edge():
    one = two_voices([None, None, None], note="nothing to count in")
    ax = chart.line(one[one["group"] == "west"], title="t", card=CARD)
    assert [label.get_text() for label in by_gid(ax, "label")] == ["narrator"]
    assert "not drawn: quoted: no data" in texts(ax)["subtitle"].replace("\n", " ").replace("\u00a0", " ")


def test_a_visit_without_direction_has_a_lane_of_its_own(tmp_path):
    visits = pd.DataFrame({"direction": ["RUS>PRK", ""], "status": "held", "detail": ["leader", "minister"],
                           "date_start": ["2024-06-19", "2024-08-01"], "place": ["Pyongyang", None]})
    ax = chart.swimlane(visits, title="t", card=CARD)
    assert ax.get_ylim() == (0, 4)
    assert "place not named (1)" in [t.get_text() for t in ax.texts]
    assert [t.get_text() for t in by_gid(ax, "leader")] == ["2024-06-19 Pyongyang"]
    chart.save_figure(ax.figure, tmp_path / "v", visits, "Two visits.")


def test_days_of_leaders_visits_stand_clear_of_marks_of_each_other_and_of_the_edge():
    days = pd.date_range("2024-01-01", periods=14, freq="5D").strftime("%Y-%m-%d")
    visits = pd.DataFrame({"direction": "PRK>RUS", "status": "held", "detail": ["leader", "minister"] * 7, "date_start": days,
                           "place": "Vladivostok"})
    ax = chart.swimlane(visits, title="t", card=CARD)
    boxes = [matplotlib.text.Text.get_window_extent(t) for t in by_gid(ax, "leader")]
    middles = [ax.transData.transform(a.get_offsets()[0]) for a in by_gid(ax, "held")]
    marks = [matplotlib.transforms.Bbox.from_bounds(*(at - 5), 10, 10) for at in middles]
    assert len(boxes) >= 3
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in [*boxes[:i], *marks])
        assert ax.get_window_extent().x0 <= box.x0 and box.x1 <= ax.get_window_extent().x1


def test_measured_error_of_the_cooperation_serves_whole_articles():
    assert chart.measured_error("article_stance", ["ko"]) == chart.measured_error("stance:RUS+PRK:narrator", ["ko"])
    assert chart.measured_error("relevance", ["unsupported"]) == chart.NOT_VALIDATED


def test_a_period_with_too_few_is_not_said_to_have_no_data():
    from analysis.chart.marks import subtitle_of

    periods = pd.date_range("2024-01-01", periods=2, freq="MS")
    table = pd.DataFrame({
        "series": "share", "unit": "share of all items", "freq": "MS", "period_start": periods,
        "period_end": periods + pd.offsets.MonthBegin(), "value": [0.5, None], "low": [0.2, None], "high": [0.8, None],
        "numerator": [5.0, 1.0], "denominator": [10.0, 0.0],
    })
    assert subtitle_of(table).endswith("hatched: no data")
    assert subtitle_of(table.assign(denominator=[10.0, 3.0])).endswith("hatched: no data, or too few")
