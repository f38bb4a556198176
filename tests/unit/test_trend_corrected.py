"""Corrected trends: the published equation by hand, the interval's coverage by simulation, and reasons instead of wild numbers."""

import time

import numpy as np
import pandas as pd
import pytest

from analysis import schema, trend


def sample(se=(80, 20), sp=(90, 10), **more):
    """A validation sample by (right, wrong) among the true and among the false."""
    rows = [(True, True, se[0]), (True, False, se[1]), (False, False, sp[0]), (False, True, sp[1])]
    return pd.DataFrame(rows, columns=["truth", "predicted", "n"]).assign(**more)


def shares(k, n, *, name="share", unit="share of all items", group="all"):
    """A series of months with k out of n each."""
    k, n = np.asarray(k, float), np.asarray(n, float)
    starts = pd.date_range("2024-01-01", periods=len(k), freq="MS")
    low, high = trend.wilson_interval(k, n)
    return pd.DataFrame({
        "series": name, "group": group, "freq": "MS", "period_start": starts, "period_end": starts + pd.DateOffset(months=1),
        "is_complete": True, "days_observed": np.where(n > 0, 30, 0), "numerator": k, "denominator": n,
        "value": np.where(n > 0, k / np.where(n > 0, n, 1), np.nan), "low": low, "high": high, "unit": unit, "n_unscored": 0,
        "note": np.where(n > 0, "", "no day observed"),
    })


def labelled(rows, stem="stance:PRK:narrator"):
    """Series of three labels from rows of their counts."""
    counts = np.array(rows, float)
    names = ["negative", "neutral", "positive"]
    parts = [shares(counts[:, j], counts.sum(axis=1), name=f"{stem}:{name}", unit="share of sentences scored")
             for j, name in enumerate(names)]
    return schema.check(pd.concat(parts), "series")


def confused(rates, n):
    names = ["negative", "neutral", "positive"]
    return pd.DataFrame([(t, p, round(rates[i][j] * n)) for i, t in enumerate(names) for j, p in enumerate(names)],
                        columns=["truth", "predicted", "n"])


RATES = np.array([[0.8, 0.15, 0.05], [0.1, 0.8, 0.1], [0.05, 0.2, 0.75]])


@pytest.mark.parametrize(("k", "n", "se", "sp", "published"), [
    (23, 150, 0.96, 0.89, 0.051),  # brucellosis in a herd, the example of R's epiR::epi.prev
    (50, 3390, 0.828, 0.995, 0.0118),  # antibodies in Santa Clara, Bendavid et al. 2020
])
def test_rogan_gladen_equals_published_examples(k, n, se, sp, published):
    assert trend.rogan_gladen(k / n, se, sp) == pytest.approx(published, abs=5e-4)


def test_rogan_gladen_by_hand_and_undefined():
    assert trend.rogan_gladen(0.31, 0.8, 0.9) == pytest.approx(0.3)
    assert trend.rogan_gladen(0.05, 0.8, 0.9) == pytest.approx(-0.05 / 0.7)  # not cut at 0: that would be biased
    assert np.isnan(trend.rogan_gladen(0.3, 0.6, 0.4)) and np.isnan(trend.rogan_gladen(0.3, 0.5, 0.3))


@pytest.mark.parametrize(("k", "n"), [(0, 10), (3, 10), (10, 10), (81, 263), (1, 5000)])
def test_effective_n_inverts_wilson(k, n):
    low, high = trend.wilson_interval([k], [n])
    assert trend.effective_n([k / n], high - low) == pytest.approx([n])


def test_both_lines_come_back_and_the_naive_one_is_untouched():
    series = shares([310, 100], [1000, 1000])
    out = trend.corrected_share(series, confusion=sample()).set_index("series")
    assert out.loc["share:naive", "value"].tolist() == [0.31, 0.1]
    assert out.loc["share:corrected", "value"].tolist() == pytest.approx([0.3, 0.0])
    naive, corrected = (out.loc[f"share:{kind}"] for kind in ("naive", "corrected"))
    assert ((corrected["high"] - corrected["low"]).to_numpy() > (naive["high"] - naive["low"]).to_numpy()).all()
    assert corrected[["numerator", "denominator"]].to_numpy().tolist() == naive[["numerator", "denominator"]].to_numpy().tolist()


def test_a_measure_without_error_corrects_nothing():
    out = trend.corrected_share(shares([310], [1000]), confusion=sample((100000, 0), (100000, 0))).set_index("series")
    naive, corrected = out.loc["share:naive"], out.loc["share:corrected"]
    assert corrected["value"] == pytest.approx(naive["value"])
    assert [corrected["low"], corrected["high"]] == pytest.approx([naive["low"], naive["high"]], abs=0.003)


def test_a_larger_validation_sample_narrows_the_interval():
    widths = [np.ptp(trend.corrected_share(shares([310], [1000]), confusion=sample((8 * m, 2 * m), (9 * m, m))).query(
        "series == 'share:corrected'")[["low", "high"]].to_numpy()) for m in (2, 10, 100)]
    assert widths[0] > widths[1] > widths[2]


@pytest.mark.parametrize(("confusion", "reason"), [
    (sample((50, 50), (50, 50)), "no better than chance"),
    (sample((10, 90), (80, 20)), "no better than chance"),
    (sample((5, 4), (5, 4)), "too small to tell the measure from chance"),
    (sample((0, 0), (80, 20)), "no validation item is truly True"),
])
def test_what_cannot_be_corrected_is_missing_with_its_reason(confusion, reason):
    out = trend.corrected_share(shares([310, 5], [1000, 1000]), confusion=confusion)
    corrected = out[out["series"] == "share:corrected"]
    assert corrected[["value", "low", "high"]].isna().all(axis=None)
    assert corrected["note"].str.contains(reason).all()
    assert out.loc[out["series"] == "share:naive", "value"].notna().all()


def test_a_period_without_data_keeps_its_own_reason():
    out = trend.corrected_share(shares([310, 0], [1000, 0]), confusion=sample())
    gap = out[out["denominator"] == 0]
    assert gap["value"].isna().all() and set(gap["note"]) == {"no day observed"}


def test_groups_have_their_own_rates():
    series = pd.concat([shares([310], [1000], group="en"), shares([310], [1000], group="fr"), shares([310], [1000], group="ko")])
    rates = pd.concat([sample(group="en"), sample((99, 1), (99, 1), group="fr")])
    out = trend.corrected_share(series, confusion=rates).query("series == 'share:corrected'").set_index("group")
    assert out.loc["en", "value"] == pytest.approx(0.3) and out.loc["fr", "value"] == pytest.approx(0.3 / 0.98)
    assert np.isnan(out.loc["ko", "value"]) and "group ko" in out.loc["ko", "note"]


def test_one_period_does_not_move_another_and_the_seed_decides():
    long, short = shares([310, 500], [1000, 1000]), shares([310], [1000])
    first = [trend.corrected_share(s, confusion=sample(), seed=4).query("series == 'share:corrected'").iloc[0] for s in (long, short)]
    assert first[0].equals(first[1])
    other = trend.corrected_share(short, confusion=sample(), seed=5).query("series == 'share:corrected'").iloc[0]
    assert other["low"] != first[0]["low"] and other["value"] == first[0]["value"]


def test_counts_out_of_stories_become_shares():
    counts = shares([31], [100], name="mentions:visit:held", unit="stories").assign(value=31.0, low=20.0, high=44.0)
    out = trend.corrected_share(counts, confusion=sample()).set_index("series")
    assert out["value"].to_dict() == pytest.approx({"mentions:visit:held:corrected": 0.3, "mentions:visit:held:naive": 0.31})
    assert set(out["unit"]) == {"share of stories"}


def test_three_labels_by_the_inverse_of_their_matrix():
    truth = np.array([0.5, 0.3, 0.2])
    out = trend.corrected_share(labelled([truth @ RATES * 10000]), confusion=confused(RATES, 1000))
    corrected = out[out["series"].str.endswith(":corrected")].set_index("series")["value"]
    assert corrected.to_numpy() == pytest.approx(truth)  # negative, neutral, positive in the order of names
    assert corrected.sum() == pytest.approx(1)


def test_the_mean_of_labels_by_hand():
    truth = np.array([0.5, 0.3, 0.2])
    out = trend.corrected_mean(labelled([truth @ RATES * 10000]), confusion=confused(RATES, 1000)).set_index("series")
    said = truth @ RATES  # 0.44, 0.355, 0.205
    assert out.loc["stance:PRK:narrator:naive", "value"] == pytest.approx(said[2] - said[0])
    assert out.loc["stance:PRK:narrator:corrected", "value"] == pytest.approx(-0.3)
    assert (out["low"] < out["value"]).all() and (out["value"] < out["high"]).all()
    assert set(out["unit"]) == {"mean label, -1 to 1"}


@pytest.mark.parametrize(("series", "confusion", "message"), [
    (shares([1], [10]).assign(denominator=np.nan), sample(), "without a denominator"),
    (shares([1], [10]), sample().drop(columns="n"), "missing: n"),
    (labelled([[1, 2, 3]]).query("not series.str.endswith('neutral')"), confused(RATES, 100), "the series has the labels negative, positive"),
    (shares([2], [10], unit="stories").assign(numerator=12.0), sample(), "exceeds its denominator"),
])
def test_errors_say_what_is_wrong(series, confusion, message):
    with pytest.raises(ValueError, match=message):
        trend.corrected_share(series, confusion=confusion)


def test_only_the_display_is_cut_and_says_so():
    out = trend.corrected_share(shares([20, 310], [1000, 1000]), confusion=sample())
    assert out["value"].min() < 0
    shown = trend.clipped(out)
    assert shown["value"].min() == 0 and shown["low"].min() == 0
    cut = shown[shown["series"].eq("share:corrected")].iloc[0]
    assert "drawn at the bound" in cut["note"] and "1 of 4 points drawn at the bound" in cut["unit"]
    assert trend.clipped(shares([310], [1000])).equals(shares([310], [1000]))


# --- coverage ------------------------------------------------------------------------------------------------------

N = 1500  # replications; the error of a coverage of 95 % is then 0.6 points


def test_the_corrected_interval_covers_the_truth_93_to_97_times_in_100_and_the_naive_does_not():
    began = time.process_time()
    rng = np.random.default_rng(20240208)
    naive_rates = []
    for prevalence in (0.05, 0.2, 0.5, 0.8):
        for n, n_true, n_false in ((200, 40, 80), (1000, 100, 150), (3000, 300, 300)):
            se, sp = 0.8, 0.92
            k = rng.binomial(n, prevalence * se + (1 - prevalence) * (1 - sp), N)
            tp, tn = rng.binomial(n_true, se, N), rng.binomial(n_false, sp, N)
            confusion = np.stack([np.stack([tn, n_false - tn], -1), np.stack([n_true - tp, tp], -1)], -2)
            _, low, high = trend.correct_counts(np.stack([n - k, k], -1), confusion, seed=1, n_draws=400)
            covered = ((low[:, 1] <= prevalence) & (prevalence <= high[:, 1])).mean()
            assert 0.93 <= covered <= 0.97, (prevalence, n, n_true, covered)
            low, high = trend.wilson_interval(k, np.full(N, n))
            naive_rates.append(((low <= prevalence) & (prevalence <= high)).mean())
    # Where both errors happen to cancel out (near 0.29 here) the naive one is right by luck; in none of these is it in range.
    assert max(naive_rates) < 0.93 and np.median(naive_rates) < 0.3, naive_rates
    assert time.process_time() - began < 20


def test_coverage_with_three_labels_and_of_their_mean():
    rng = np.random.default_rng(7)
    scores = np.array([-1.0, 0.0, 1.0])
    weights = np.hstack([np.eye(3), scores[:, None]])
    naive_rates = []
    for truth in ([0.2, 0.7, 0.1], [0.5, 0.4, 0.1], [0.05, 0.9, 0.05]):
        for n, coded in ((300, (25, 50, 25)), (1000, (150, 300, 120))):
            p = np.array(truth)
            counts = rng.multinomial(n, p @ RATES, 1000)
            confusion = np.stack([rng.multinomial(m, RATES[i], 1000) for i, m in enumerate(coded)], axis=1)
            value, low, high = trend.correct_counts(counts, confusion, weights=weights, seed=1, n_draws=300)
            wanted = p @ weights
            covered = ((low <= wanted) & (wanted <= high)).mean(axis=0)
            assert ((covered >= 0.93) & (covered <= 0.97)).all(), (truth, n, covered)
            assert value.mean(axis=0) == pytest.approx(wanted, abs=0.03)
            low, high = trend.wilson_interval(counts.ravel(), np.full(counts.size, n))
            inside = (low.reshape(counts.shape) <= p) & (p <= high.reshape(counts.shape))
            naive_rates += inside.mean(axis=0).tolist()
    assert np.median(naive_rates) < 0.3


def test_the_public_function_covers_with_its_own_streams():
    """150 groups of one truth, each with its own validation sample as its group."""
    rng = np.random.default_rng(3)
    n_groups, p = 150, 0.3
    k = rng.binomial(500, p * 0.8 + 0.7 * 0.1, n_groups)
    series = pd.concat([shares([k[i]], [500], group=f"g{i}") for i in range(n_groups)])
    tp, tn = rng.binomial(80, 0.8, n_groups), rng.binomial(120, 0.9, n_groups)
    rates = pd.concat([sample((tp[i], 80 - tp[i]), (tn[i], 120 - tn[i]), group=f"g{i}") for i in range(n_groups)])
    out = trend.corrected_share(series, confusion=rates).query("series == 'share:corrected'")
    assert 0.9 <= ((out["low"] <= p) & (p <= out["high"])).mean() <= 0.98


# --- shares and means of labels, by cluster ------------------------------------------------------------------------


def corpus(labels):
    """{story: (outlet, labels)} in January 2024, one article a story."""
    days = pd.date_range("2024-01-01", "2024-01-31")
    articles = pd.DataFrame([(s, s, o) for s, (o, _) in labels.items()], columns=["article_id", "story_id", "outlet_id"]).assign(
        published_on=pd.Timestamp("2024-01-10"), date_precision="day", is_copy=False, language="en")
    totals = pd.DataFrame({"source_id": "s", "outlet_id": "o", "day": days, "n_items": 50})
    rows = [(s, i, "PRK", "narrator", x, None if x == "unscored" else 0.1) for s, (_, own) in labels.items() for i, x in enumerate(own)]
    stance = pd.DataFrame(rows, columns=["article_id", "sentence", "target", "voice", "label", "score"])
    return stance, articles, totals


def test_shares_of_labels_leave_unscored_out_and_count_it():
    stance, articles, totals = corpus({"a": ("o", ["negative", "neutral", "unscored"]), "b": ("o", ["negative", "positive"])})
    out = trend.stance_share(stance, articles, totals).set_index("series")
    assert out["value"].to_dict() == {"stance:PRK:narrator:negative": 0.5, "stance:PRK:narrator:neutral": 0.25,
                                      "stance:PRK:narrator:positive": 0.25}
    assert set(out["denominator"]) == {4} and set(out["n_unscored"]) == {1}
    mean = trend.mean_stance(stance, articles, totals).iloc[0]
    assert (mean["series"], mean["value"], mean["numerator"]) == ("stance:PRK:narrator", -0.25, -1)


def test_sentences_that_go_together_count_as_one():
    together = {f"s{i}": (f"o{i % 2}", ["negative" if i % 2 else "neutral"] * 10) for i in range(40)}
    apart = {f"s{i}": (f"o{i % 2}", ["negative", "neutral"] * 5) for i in range(40)}
    worth = []
    for labels in (together, apart):
        row = trend.stance_share(*corpus(labels)).iloc[0]
        worth.append(float(trend.effective_n([row["value"]], [row["high"] - row["low"]])[0]))
    # By hand: ten alike in each of 40 stories, variance p(1-p)/39; half and half in each, all 400 count.
    assert worth == pytest.approx([39, 400])


def test_clusters_can_be_outlets():
    stance, articles, totals = corpus({f"s{i}": (f"o{i % 4}", ["negative" if i % 4 < 2 else "positive"]) for i in range(80)})
    by_story = trend.mean_stance(stance, articles, totals, seed=1).iloc[0]
    by_outlet = trend.mean_stance(stance, trend.by_outlet(articles), totals, seed=1).iloc[0]
    assert by_outlet["value"] == by_story["value"]
    assert by_outlet["high"] - by_outlet["low"] > 2 * (by_story["high"] - by_story["low"])
    assert "interval over 4" in by_outlet["note"] and by_story["note"] == ""


def test_one_story_has_a_corrected_value_and_no_interval():
    stance, articles, totals = corpus({"a": ("o", ["negative"] * 6 + ["neutral"] * 3 + ["positive"])})
    out = trend.corrected_mean(trend.stance_share(stance, articles, totals), confusion=confused(RATES, 1000))
    assert out["value"].notna().all() and out["low"].isna().all()
    assert set(out["note"]) == {"one story: no interval"}


def test_labels_of_stories_become_shares_and_a_corrected_mean():
    _, articles, totals = corpus({f"s{i}": ("o", []) for i in range(10)})
    labels = pd.DataFrame({"article_id": [f"s{i}" for i in range(10)], "label": ["critical"] * 4 + ["neutral"] * 4 + ["approving", "unscored"]})
    table = trend.label_share(labels, articles, totals)
    assert table.set_index("series")["value"].to_dict() == pytest.approx({"stance:approving": 1 / 9, "stance:critical": 4 / 9, "stance:neutral": 4 / 9})
    assert set(table["n_unscored"]) == {1}
    rates = confused(np.eye(3), 1000).replace({"negative": "critical", "positive": "approving"})
    mean = trend.corrected_mean(table, confusion=rates, scores={"critical": -1, "neutral": 0, "approving": 1}).set_index("series")
    assert mean["value"].to_dict() == pytest.approx({"stance:naive": -3 / 9, "stance:corrected": -3 / 9})
    with pytest.raises(ValueError, match="no score for the labels approving, critical"):
        trend.corrected_mean(table, confusion=rates)


def test_a_count_out_of_nothing_says_so():
    counts = shares([0], [0], name="mentions:visit:held", unit="stories").assign(value=0.0, days_observed=30, note="")
    out = trend.corrected_share(counts, confusion=sample())
    assert out["value"].isna().all() and set(out["note"]) == {"nothing to count in"}
