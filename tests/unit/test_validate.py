"""Measured error: matching follows the public scorer, alpha equals published examples, intervals are the textbook's."""

import json
import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from analysis import validate

MENTION = {
    "family": "visit", "status": "held", "detail": "leader", "actor": "PRK", "counterpart": "RUS", "direction": "PRK>RUS",
    "date_start": "2023-09-13", "date_precision": "day", "voice": "narrator",
}


def item(name, evidence, *, text="Kim met Putin. They signed a pact.", only1=(), **changes):
    start = text.index(evidence)
    gold = MENTION | {"field": "text", "start": start, "end": start + len(evidence)} | changes
    return {"item": name, "language": "en", "title": "", "text": text, "agreed": [gold], "only1": list(only1), "only2": []}


def said(sentence="Kim met Putin.", **changes):
    return MENTION | {"sentence": sentence} | changes


def test_outcomes():
    gold = [item("hit", "Kim met Putin"), item("miss", "Kim met Putin"), item("family", "Kim met Putin")]
    out = validate.match_mentions(
        gold, {"hit": [said()], "family": [said(family="agreement", status="signed")]}
    )
    assert out.groupby("item")["outcome"].agg(list).to_dict() == {"hit": ["tp"], "miss": ["fn"], "family": ["fn", "fp"]}


def test_quotes_and_spaces_are_folded():
    gold = item("a", "met « Putin »", text="Kim met « Putin » there.")
    out = validate.match_mentions([gold], {"a": [said("Kim met “ Putin ”  there.")]})
    assert out["outcome"].tolist() == ["tp"]


def test_a_date_is_right_to_the_golds_precision_and_either_coder_is_right():
    month = item("a", "Kim met Putin", date_start="2023-09", date_precision="month")
    either = item("b", "Kim met Putin", status=["held", "planned"], date_start="", date_precision="unknown")
    out = validate.match_mentions([month, either], {"a": [said()], "b": [said(status="planned")]})
    assert out["is_date_right"].tolist() == [True, False]
    assert out["is_status_right"].tolist() == [True, True]


def test_joint_actors_are_a_set():
    gold = item("a", "Kim met Putin", family="reaction", counterpart="RUS+PRK", actor="USA+KOR")
    out = validate.match_mentions([gold], {"a": [said(family="reaction", counterpart="PRK+RUS", actor="KOR;USA")]})
    assert out["is_counterpart_right"].tolist() == [True]
    assert out["is_actor_right"].tolist() == [True]
    assert out["is_direction_right"].isna().all()


def test_f1_by_hand():
    rows = [("a", "tp")] * 3 + [("b", "fp")] + [("c", "fn")] * 2
    matched = pd.DataFrame(rows, columns=["item", "outcome"]).assign(family="visit")
    out = validate.f1_table(matched, n_boot=200).iloc[0]
    assert (out["precision"], out["recall"]) == (3 / 4, 3 / 5)
    assert out["f1"] == pytest.approx(6 / 9)
    assert out["low"] <= out["f1"] <= out["high"]


def test_a_ratio_of_nothing_is_missing_not_zero():
    matched = pd.DataFrame({"item": ["a"], "outcome": ["fn"], "family": ["visit"]})
    assert math.isnan(validate.f1_table(matched, n_boot=10)["precision"].iloc[0])


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (15, 148, 0.0624, 0.1605)],  # Newcombe (1998), table I
)
def test_wilson_equals_published_values(k, n, low, high):
    assert validate.wilson(k, n) == pytest.approx((low, high), abs=6e-5)


def krippendorff_2011():
    """Krippendorff (2011), example C: four observers, twelve units, nominal data with values missing."""
    rows = {
        "A": "1 2 3 3 2 1 4 1 2 . . .", "B": "1 2 3 3 2 2 4 1 2 5 . 3",
        "C": ". 3 3 3 2 3 4 2 2 5 1 .", "D": "1 2 3 3 2 4 4 1 2 5 1 .",
    }
    return pd.DataFrame(
        [(u, c, v) for c, line in rows.items() for u, v in enumerate(line.split()) if v != "."],
        columns=["unit", "coder", "value"],
    )


def test_alpha_equals_the_published_example():
    assert validate.alpha(krippendorff_2011(), n_boot=0)[0] == pytest.approx(0.743, abs=5e-4)


def test_alpha_with_its_interval():
    point, low, high = validate.alpha(krippendorff_2011(), n_boot=300, seed=1)
    assert low < point < high <= 1


def test_alpha_agrees_with_nltk():
    from nltk.metrics.agreement import AnnotationTask

    rng = np.random.default_rng(3)
    truth = rng.integers(0, 3, 40)
    rows = [(u, c, str(truth[u] if rng.random() < 0.8 else rng.integers(0, 3))) for u in range(40) for c in "ab"]
    table = pd.DataFrame(rows, columns=["unit", "coder", "value"])
    theirs = AnnotationTask(data=[(c, u, v) for u, c, v in rows]).alpha()
    assert validate.alpha(table, n_boot=0)[0] == pytest.approx(theirs)


def test_alpha_without_variation_is_missing():
    table = pd.DataFrame({"unit": [1, 1, 2, 2], "coder": [1, 2, 1, 2], "value": ["a"] * 4})
    assert math.isnan(validate.alpha(table, n_boot=0)[0])


@pytest.mark.shared
def test_the_public_scorer_says_the_same(shared, tmp_path):
    """Perturb the gold itself into predictions, and compare with ../shared/gold/score.py."""
    gold = validate.read_gold(shared / "gold" / "dev.jsonl")
    rng = np.random.default_rng(0)
    predictions = {}
    for g in gold:
        mentions = []
        for m in g["agreed"]:
            if rng.random() < 0.8:
                first = {k: v[0] if isinstance(v, list) else v for k, v in m.items()}
                sentence = g["title" if m["field"] == "title" else "text"]
                mentions.append(first | {"sentence": sentence, "status": "held" if rng.random() < 0.3 else first["status"]})
        if rng.random() < 0.1:
            mentions.append(said("Nothing of the kind."))
        predictions[g["item"]] = mentions
    path = tmp_path / "said.jsonl"
    path.write_text("\n".join(json.dumps({"item": i, "event_mentions": m}) for i, m in predictions.items()))
    scorer = shared / "gold" / "score.py"
    done = subprocess.run([sys.executable, scorer, shared / "gold" / "dev.jsonl", path, "--json"],
                          capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    ours = validate.match_mentions(gold, predictions)
    by_family = validate.f1_table(ours, n_boot=1).set_index("family")
    for family, row in theirs["families"].items():
        assert [by_family.loc[family, k] for k in ("tp", "fp", "fn")] == [row[k] for k in ("tp", "fp", "fn")]
    fields = validate.field_table(ours).set_index("field")["share"]
    for name, share in theirs["on_matched"].items():
        assert fields[name] == pytest.approx(share, abs=6e-4)
