"""The command `validate`: what it measures, who coded it, and what it refuses; the committed figures; the cards made of them."""

import inspect
import json
import shutil

import pandas as pd
import pytest

from analysis import chart, cli, schema, store, validate
from analysis.chart import validity

VISIT = {"field": "text", "family": "visit", "status": "held", "detail": "leader", "actor": "RUS", "counterpart": "PRK",
         "direction": "RUS>PRK", "date_start": "2024-06-19", "date_precision": "day", "voice": "narrator"}
TEXT = "Vladimir Putin arrived in Pyongyang on Wednesday."


def item(name, text=TEXT, *, agreed=True, **more):
    mentions = [VISIT | {"start": 0, "end": len(text) - 1}] if agreed else []
    return {"item": name, "language": "en", "published": "2024-06-19", "title": "", "text": text, "relevant": [True],
            "stance": ["neutral"], "agreed": mentions, "only1": [], "only2": []} | more


def write(path, items):
    path.write_text("".join(json.dumps(i) + "\n" for i in items), encoding="utf-8")
    return path


def test_a_file_with_two_values_for_every_item_was_coded_twice(tmp_path):
    twice = write(tmp_path / "twice.jsonl", [
        item("a", relevant=[True, True]), item("b", "It rained in Lisbon.", agreed=False, relevant=[False, True])])
    coders = validate.measure_gold([twice])["coders"]
    assert coders.query("variable == 'relevant'")[["n", "n_equal"]].drop_duplicates().to_numpy().tolist() == [[2, 1]]


@pytest.fixture
def gold(tmp_path):
    return write(tmp_path / "mine.jsonl", [
        item("a", fold="test"), item("b", fold="dev"), item("c", "It rained in Lisbon.", agreed=False, relevant=[False, True])])


def test_the_tables_by_hand(gold):
    tables = validate.measure_gold([gold])
    found = tables["detection"].set_index("fold")
    assert found.loc["test", ["tp", "fp", "fn", "f1"]].tolist() == [1, 0, 0, 1]
    status = tables["fields"].query("field == 'status' and fold == 'dev'").iloc[0]
    assert (status["n"], status["share"]) == (1, 1)
    relevance = tables["relevance"].set_index(["fold", "label"])
    assert relevance.loc[("dev", "relevant"), "n"] == 1  # where the coders differ there is no truth
    assert tables["coders"].empty  # one item of three with two values is a reading left open, not a second coder
    assert set(tables["calibration"]["n"]) == {1}


def test_kept_articles_of_an_archive_say_how_many_belong(tmp_path):
    """They were drawn among those found relevant: a share of them, and no recall."""
    gold = write(tmp_path / "archive_en.jsonl", [
        item("a", archive="feeds"), item("b", archive="feeds"), item("c", archive="feeds", relevant=[False]),
        item("d", "It rained in Lisbon.", archive="feeds", agreed=False, relevant=[False]),  # today's rules no longer keep it
        item("e", archive="feeds", relevant=[True, False]),  # no truth
    ])
    tables = validate.measure_gold([gold])
    assert tables["kept"][["language", "n", "n_relevant"]].values.tolist() == [["en", 3, 2]]
    assert tables["kept"][["share", "low", "high"]].round(2).values.tolist() == [[0.67, 0.21, 0.94]]  # Wilson's
    assert tables["relevance"].empty
    rows = validate.validation_rows(tables).query("measure == 'kept'")
    assert rows[["statistic", "value", "n"]].round(2).values.tolist() == [["share relevant", 0.67, 3]]


def test_the_coder_is_always_stated(gold):
    for name, table in validate.measure_gold([gold]).items():
        assert table.empty or set(table["coder"]) == {"not stated"}, name
    own = write(gold.with_name("people.jsonl"), [item("a", coder="two people")])
    assert validate.measure_gold([own])["gold"]["coder"].tolist() == ["two people"]
    for path in validate.find_gold():
        assert "language model" in validate.coder_of(path, [])


def test_folds(gold):
    assert validate.measure_gold([gold], fold="test")["gold"]["n_items"].tolist() == [1]
    assert validate.measure_gold([gold], fold="dev")["gold"]["n_items"].tolist() == [2]  # no fold: may have been looked at
    with pytest.raises(ValueError, match="use dev, test or all"):
        validate.measure_gold([gold], fold="train")


@pytest.mark.parametrize(("content", "message"), [
    ("{broken", "line 1 is no JSON"), ('["a"]', "line 1 is no gold item"), ('{"item": "a", "text": "x"}', "line 1 lacks language, title, agreed"),
    (json.dumps(item("a")) + "\n" + json.dumps(item("a")), "line 2: item 'a' is there already, in line 1"), ("", "no gold item in fold all"),
])
def test_bad_gold_is_one_line(tmp_path, content, message, capsys):
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    assert cli.main(["validate", "--gold", str(path)]) == 1
    said = capsys.readouterr().err.strip()
    assert message in said and "gold.jsonl" in said and "\n" not in said


def test_no_file_and_help(tmp_path, capsys):
    assert cli.main(["validate", "--gold", str(tmp_path / "none.jsonl")]) == 1
    assert "no such gold file" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        cli.main(["validate", "--help"])
    assert left.value.code == 0 and "example: python -m analysis validate" in capsys.readouterr().out


def test_text_and_json_say_the_same(gold, capsys):
    assert cli.main(["validate", "--gold", str(gold), "--format", "json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    assert set(tables) == {"gold", "detection", "fields", "relevance", "kept", "stance", "stance_labels", "coders", "calibration"}
    test = next(r for r in tables["detection"] if r["fold"] == "test")
    assert (test["f1"], test["n_items"], test["coder"]) == (1.0, 1, "not stated")
    assert tables["stance"][0]["alpha"] is None  # one label only: nothing to agree on, and null, not 0
    assert cli.main(["validate", "--gold", str(gold)]) == 0
    text = capsys.readouterr().out
    for title in ("Mentions found", "share right (n)", "Agreement between codings", "Confidence of mentions", "not stated"):
        assert title in text


@pytest.mark.slow
def test_the_committed_figures_are_those_of_todays_rules(root):
    """`make docs` writes them; the rows of the gold outside the checkout are compared where it is there."""
    committed = pd.read_csv(validate.FIGURES, dtype={"n_items": "Int64"}).fillna({"family": ""})
    paths = [p for p in validate.find_gold() if p.is_relative_to(root)]
    today = validate.validation_rows(validate.measure_gold(paths)).round(4)
    here = committed[committed["gold"].isin(today["gold"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(here, today, check_dtype=False, obj="data/processed/validation.csv; run `make docs`")


# --- cards ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path, monkeypatch, gold):
    """A checkout with one gold file and the figures measured on it, on both sides of the card."""
    monkeypatch.setattr(store, "ROOT", tmp_path)
    (tmp_path / "tests" / "gold").mkdir(parents=True)
    path = shutil.move(gold, tmp_path / "tests" / "gold" / "items_en.jsonl")
    figures = tmp_path / "validation.csv"
    rows = validate.validation_rows(validate.measure_gold([path]))
    rows.to_csv(figures, index=False)
    return path, figures


def articles(*languages):
    table = pd.DataFrame({"article_id": list("abc")[: len(languages)], "language": languages, "published_on": pd.Timestamp("2024-01-02"),
                          "is_copy": False, "outlet_id": "o", "source_id": "s"})
    return table.assign(**{n: None for n in schema.TABLES["articles"].names if n not in table})


def test_a_card_says_f1_n_fold_and_coder(checkout):
    said = str(chart.Card.for_measure("mentions:visit:held", articles("en"), interval="exact Poisson 95 %", figures=checkout[1]))
    for part in ("F1 of visit mentions: en 1.00 (0.21 to 1.00, n = 1)", "status right: en 1.00 (0.21 to 1.00, n = 1)", "test fold",
                 "coder: language model, two readings by the same model", "interval: exact Poisson 95 %"):
        assert part in said


def test_a_language_without_figures_is_named(checkout):
    said = chart.Card.for_measure("visit", articles("en", "ko"), figures=checkout[1]).validation
    assert "en 1.00" in said and "ko not validated" in said


@pytest.mark.parametrize("spoil", [
    lambda gold, figures: figures.unlink(), lambda gold, figures: gold.unlink(),
    lambda gold, figures: gold.write_text(gold.read_text() + "\n"),
    lambda gold, figures: figures.write_text(figures.read_text().split("\n")[0] + "\n"),
], ids=["figures gone", "gold gone", "gold altered", "rows gone"])
def test_the_card_flips_to_not_validated(checkout, spoil):
    gold, figures = checkout
    spoil(gold, figures)
    card = chart.Card.for_measure("visit", articles("en"), figures=figures)
    assert card.validation == "not validated" and "Measured error: not validated" in str(card)


@pytest.mark.parametrize("measure", ["tone:narrator", "topic:en:0", "stance:PRK:narrator", "no such measure", "agreement", "date"])
def test_a_measure_without_figures_is_not_validated(checkout, measure):
    assert chart.Card.for_measure(measure, articles("en"), figures=checkout[1]).validation == "not validated"


@pytest.mark.parametrize(("alphas", "said"), [([0.7, 0.65], "alpha"), ([0.7, 0.59], "not validated")])
def test_an_alpha_under_six_tenths_in_any_fold_validates_nothing(checkout, alphas, said):
    gold, figures = checkout
    rows = pd.DataFrame({"measure": "stance", "family": "", "language": "en", "fold": ["test", "dev"], "statistic": "alpha",
                         "value": alphas, "low": 0.4, "high": 0.9, "n": [30, 40], "n_items": None, "coder": "c",
                         "gold": "tests/gold/items_en.jsonl", "gold_sha256": store.digest(gold)})
    rows.to_csv(figures, index=False)
    assert said in chart.Card.for_measure("stance:PRK:quoted:corrected", articles("en"), figures=figures).validation


def test_the_card_of_relevance_names_real_articles_first_and_flips_as_gold_goes(checkout):
    written, figures = checkout
    real = write(written.with_name("archive_en.jsonl"), [item(str(k), archive="feeds", relevant=[k < 9]) for k in range(12)])
    rows = validate.validation_rows(validate.measure_gold([written, real]))
    rows.to_csv(figures, index=False)

    def said():
        return chart.Card.for_measure("share", articles("en", "fr"), figures=figures).validation

    assert said().startswith("kept real articles read and found relevant: en 9 of 12 (0.75, 0.47 to 0.91); fr not validated; "
                             "F1 of relevance, written items: en")
    real.unlink()
    assert said().startswith("F1 of relevance, written items: en")
    written.unlink()
    assert said() == "not validated"


def test_gold_outside_the_checkout_makes_no_card(checkout):
    """Otherwise a chart would say one thing here and another on a machine without it."""
    rows = pd.read_csv(checkout[1]).assign(gold="../shared/gold/dev.jsonl")
    rows.to_csv(checkout[1], index=False)
    assert chart.Card.for_measure("visit", articles("en"), figures=checkout[1]).validation == "not validated"


def test_card_and_command_speak_of_one_file():
    assert validity.FIGURES == validate.FIGURES


def test_every_public_chart_asks_for_a_card_by_name():
    """test_chart.py calls each without one; here, that none was added that does not ask."""
    drawn = {n: f for n, f in inspect.getmembers(chart, inspect.isfunction) if n in chart.__all__ and n not in ("articles", "save_figure", "measured_error")}
    assert set(drawn) >= {"line", "columns", "small_multiples", "swimlane", "stages", "strip"}
    for name, function in drawn.items():
        parameter = inspect.signature(function).parameters["card"]
        assert parameter.default is inspect.Parameter.empty and parameter.kind is inspect.Parameter.KEYWORD_ONLY, name
        with pytest.raises(TypeError, match="card"):
            function(pd.DataFrame(), title="t")


def test_naive_and_corrected_on_one_chart_count_their_items_once():
    from matplotlib import pyplot as plt

    from analysis import trend

    start = pd.date_range("2024-01-01", periods=2, freq="MS")
    series = schema.check(pd.DataFrame({
        "series": "share", "group": "all", "freq": "MS", "period_start": start, "period_end": start + pd.DateOffset(months=1),
        "is_complete": True, "days_observed": 30, "numerator": [310, 20], "denominator": 1000, "value": [0.31, 0.02], "low": [0.282, 0.013],
        "high": [0.339, 0.031], "unit": "share of all items", "n_unscored": 0, "note": ""}), "series")
    sample = pd.DataFrame({"truth": [True, True, False, False], "predicted": [True, False] * 2, "n": [80, 20, 10, 90]})
    ax = chart.line(trend.clipped(trend.corrected_share(series, confusion=sample)), title="t", card=chart.Card.for_measure("share", articles("en")))
    said = {a.get_gid(): a.get_text() for a in ax.texts if a.get_gid()}
    assert "330 of 2,000 items" in " ".join(t.get_text() for t in ax.texts).replace("\n", " ")
    assert "drawn at the bound" in " ".join(" ".join(t.get_text() for t in ax.texts).split()) and "card" in said
    plt.close("all")
