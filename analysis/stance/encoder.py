"""The English encoder of stance: a small adapter that ships, on a sentence encoder that an optional package carries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LABELS = ("negative", "neutral", "positive")
WIDTH, N_LAYERS, N_HEADS = 384, 6, 12
EPSILON = 1e-12
_CLS, _SEP = 101, 102
_LONGEST = 126  # tokens around the target
_LAYERS = tuple(f"encoder.layer.{k}" for k in range(N_LAYERS))
_PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
MAPS = tuple(f"{at}.{part}" for at in _LAYERS for part in (*_PARTS, "intermediate.dense", "output.dense"))
NORMS = ("embeddings.LayerNorm", *(f"{at}.{part}.LayerNorm" for at in _LAYERS for part in ("attention.output", "output")))


@dataclass(frozen=True)
class Tokens:
    ids: tuple[int, ...]
    first: int
    last: int


def slug(name: str) -> str:
    return name.replace(".", "_")


def tokenise(tokenizer, text: str, start: int, end: int) -> Tokens | None:
    found = tokenizer.encode(text, add_special_tokens=False)
    at = [i for i, (a, b) in enumerate(found.offsets) if a < end and b > start and b > a]
    if not at:
        return None
    first, last = at[0], at[-1] + 1
    low = 0
    if len(found.ids) > _LONGEST:
        low = min(max(0, (first + last - _LONGEST) // 2), len(found.ids) - _LONGEST)
    ids = found.ids[low : low + _LONGEST]
    return Tokens((_CLS, *ids, _SEP), max(first - low, 0) + 1, min(last - low, len(ids)) + 1)
