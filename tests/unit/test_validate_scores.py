"""Scores of labels and mentions, calibration and agreement: by hand, and never without their n."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis import trend, validate


def test_scores_by_label_by_hand():
    truth = pd.Series(list("aaaabbbbcc"))
    said = pd.Series(list("aaabbbbacb"))
    table = validate.classification_table(truth, said).set_index("label")
    # a: 3 of 4 found, 4 said; b: 3 of 4, 5 said; c: 1 of 2, 1 said
    assert table[["n", "n_predicted", "tp", "fp", "fn"]].to_numpy().tolist() == [[4, 4, 3, 1, 1], [4, 5, 3, 2, 1], [2, 1, 1, 0, 1]]
    assert table["precision"].tolist() == pytest.approx([3 / 4, 3 / 5, 1])
    assert table["recall"].tolist() == pytest.approx([3 / 4, 3 / 4, 1 / 2])
    assert table["f1"].tolist() == pytest.approx([3 / 4, 2 / 3, 2 / 3])
    assert ((table["low"] <= table["f1"]) & (table["f1"] <= table["high"])).all()


def test_labels_equal_scikit_learns():
    from sklearn.metrics import precision_recall_fscore_support

    rng = np.random.default_rng(2)
    truth, said = (pd.Series(rng.choice(["negative", "neutral", "positive"], 200)) for _ in range(2))
    table = validate.classification_table(truth, said)
    theirs = precision_recall_fscore_support(truth, said, labels=table["label"].tolist())
    for ours, score in zip(("precision", "recall", "f1"), theirs, strict=False):
        assert table[ours].to_numpy() == pytest.approx(score)


def test_what_was_not_scored_counts_against_recall_and_a_ratio_of_nothing_is_missing():
    table = validate.classification_table(pd.Series(["a", "a", None]), pd.Series(["a", None, "a"])).set_index("label")
    assert (table.loc["a", "recall"], table.loc["a", "n"]) == (0.5, 2)
    assert math.isnan(table.loc["missing", "recall"]) and table.loc["missing", "precision"] == 0


def test_groups_are_scored_apart_and_the_callers_tables_left_alone():
    truth, said = pd.Series(["a", "b", "a", "b"]), pd.Series(["a", "b", "b", "a"])
    by = pd.Series(["fr", "fr", "ko", "ko"], name="language")
    before = truth.copy()
    table = validate.classification_table(truth, said, by=by).set_index(["language", "label"])["f1"]
    assert table["fr"].tolist() == [1, 1] and table["ko"].tolist() == [0, 0]
    pd.testing.assert_series_equal(truth, before)


def test_a_perfect_score_on_three_is_not_certain():
    matched = pd.DataFrame({"item": ["a", "b", "c"], "outcome": "tp", "family": "visit"})
    row = validate.f1_table(matched).iloc[0]
    assert row["f1"] == 1 and [row["low"], row["high"]] == pytest.approx(validate.wilson(3, 3))
    assert row["precision_low"] == pytest.approx(validate.wilson(3, 3)[0])


def test_f1_covers_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(11)
    tp, fp, fn = 0.7, 0.1, 0.2
    true_f1 = 2 * tp / (2 * tp + fp + fn)
    hits = 0
    for i in range(200):
        outcome = rng.choice(["tp", "fp", "fn"], 120, p=[tp, fp, fn])
        row = validate.f1_table(pd.DataFrame({"item": np.arange(120), "outcome": outcome, "family": "v"}), n_boot=300, seed=i).iloc[0]
        hits += row["low"] <= true_f1 <= row["high"]
    assert 180 <= hits <= 199


def test_calibration_by_hand():
    confidence = pd.Series([0.9] * 10 + [0.6] * 10 + [1.0, np.nan])
    right = pd.Series([True] * 9 + [False] + [True] * 2 + [False] * 8 + [True, True])
    table = validate.calibration_table(confidence, right, n_bins=5).set_index("bin_low")
    assert table["n"].tolist() == [0, 0, 0, 10, 11]  # 1.0 belongs to the last bin, the missing one to none
    assert table.loc[0.6, ["n_right", "share"]].tolist() == [2, 0.2]
    assert not table.loc[0.6, "is_calibrated"] and table.loc[0.8, "is_calibrated"]
    assert math.isnan(table.loc[0.0, "share"]) and table.loc[0.0, "is_calibrated"] is None
    assert [table.loc[0.6, "low"], table.loc[0.6, "high"]] == pytest.approx(validate.wilson(2, 10))
    with pytest.raises(ValueError, match="outside 0 to 1"):
        validate.calibration_table(pd.Series([1.5]), pd.Series([True]))


def test_a_confusion_goes_straight_into_a_corrected_trend():
    truth = pd.Series([True] * 100 + [False] * 100)
    said = pd.Series([True] * 80 + [False] * 20 + [True] * 10 + [False] * 90)
    counts = validate.confusion(truth, said).pivot_table(index="truth", columns="predicted", values="n").to_numpy()
    assert counts.tolist() == [[90, 10], [20, 80]]
    assert trend.correct_counts([690, 310], counts)[0][1] == pytest.approx(0.3)
    grouped = validate.confusion(truth, said, group=pd.Series(["fr", "ko"] * 100))
    assert grouped.groupby("group")["n"].sum().to_dict() == {"fr": 100, "ko": 100}
