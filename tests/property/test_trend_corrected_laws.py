"""Laws of the correction that hold for any truth and any measure better than chance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import trend

STEPS = settings(max_examples=25, deadline=None)
SHARE = st.floats(0, 1)
BETTER = st.floats(0.55, 1)
NAMES = ["negative", "neutral", "positive"]


@STEPS
@given(SHARE, BETTER, BETTER)
def test_what_error_did_is_undone(truth, sensitivity, specificity):
    said = truth * sensitivity + (1 - truth) * (1 - specificity)
    assert trend.rogan_gladen(said, sensitivity, specificity) == pytest.approx(truth, abs=1e-9)


@STEPS
@given(st.lists(st.integers(1, 50), min_size=3, max_size=3), st.lists(st.integers(0, 30), min_size=6, max_size=6))
def test_three_labels_are_undone_and_add_up(truth, wrong):
    p = np.array(truth) / sum(truth)
    confusion = np.full((3, 3), 0.0)
    confusion[~np.eye(3, dtype=bool)] = wrong
    np.fill_diagonal(confusion, 100 + confusion.sum(axis=1))  # more often right than wrong
    said = p @ (confusion / confusion.sum(axis=1, keepdims=True)) * 1e6
    value, low, high = trend.correct_counts(said, confusion, n_draws=200)
    assert value == pytest.approx(p, abs=1e-6) and value.sum() == pytest.approx(1)
    assert ((low <= value) & (value <= high)).all()


@STEPS
@given(st.integers(0, 400), st.integers(1, 400), st.tuples(*[st.integers(0, 60)] * 4), st.randoms(use_true_random=False))
def test_any_counts_give_a_value_or_a_reason_never_a_wild_number(k, n, cells, random):
    k = min(k, n)
    start = pd.Timestamp("2024-01-01")
    low, high = trend.wilson_interval([k], [n])
    series = pd.DataFrame([{
        "series": "share", "group": g, "freq": "MS", "period_start": start, "period_end": start + pd.DateOffset(months=1), "is_complete": True,
        "days_observed": 31, "numerator": k, "denominator": n, "value": k / n, "low": low[0], "high": high[0], "unit": "share of all items",
        "n_unscored": 0, "note": ""} for g in ("a", "b")])
    confusion = pd.DataFrame([(t, p, c) for (t, p), c in zip([(True, True), (True, False), (False, True), (False, False)], cells, strict=True)],
                             columns=["truth", "predicted", "n"])
    out = trend.corrected_share(series, confusion=confusion)
    corrected = out[out["series"] == "share:corrected"]
    assert (corrected["value"].isna() == (corrected["note"] != "")).all()
    known = corrected.dropna(subset="value")
    assert np.isfinite(known[["value", "low", "high"]].to_numpy()).all()
    assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()
    shown = trend.clipped(out)[["value", "low", "high"]].to_numpy()
    assert np.nanmin(shown) >= 0 and np.nanmax(shown) <= 1
    order = [*range(len(series))]
    random.shuffle(order)
    assert out.equals(trend.corrected_share(series.iloc[order], confusion=confusion.iloc[::-1]))
