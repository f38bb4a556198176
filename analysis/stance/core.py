"""Trained stance models: how a sentence becomes numbers, and the files that hold the weights, without pickle."""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from analysis.lexicons import read_lexicon
from analysis.stance.context import Context, Space, context_score
from analysis.stance.features import N_NUMBERS, Settings, numbers, tokens

__all__ = ["LABELS", "Model", "ModelError", "encode", "lexicon_digest", "load", "names", "pack", "probabilities", "round_vectors", "unpack"]

LABELS = ("negative", "neutral", "positive")
_STEPS = 7  # of a number of a word vector on either side of zero: 127 were no better
_LEXICONS = ("evaluative", "evaluative_cues", "verb_frames", "word_endings", "word_valence")


class ModelError(ValueError):
    """A model file is missing, cut short or not the one its card describes; the message says which and what to do."""


@dataclass(frozen=True)
class Model:
    """A model of a sentence and a target: weights by feature and class, and how to read them.

    ``vocabulary`` gives the row of a feature in ``idf`` and ``weights`` (features by classes);
    ``scale_weights`` are those of the ``features.N_NUMBERS`` numbers; ``bias`` holds the intercepts and the shift of
    each class that cross-validation chose. ``abstain`` is the lead in probability below which no label is given.
    ``context`` adds word vectors and cues weighed in pairs, where the model has them.
    """

    name: str
    settings: Settings
    vocabulary: dict[str, int]
    idf: np.ndarray
    weights: np.ndarray
    scale_weights: np.ndarray
    bias: np.ndarray
    abstain: float
    context: Context | None = None


def encode(
    text: str, start: int, end: int, *, settings: Settings, vocabulary: dict[str, int], idf: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return columns, values and numbers of one target: the same code in training and in use.

    Values are (1 + log count) times idf, each group of features scaled to length one.

    >>> s = Settings("en", "english")
    >>> columns, values, _ = encode("Kim won", 0, 3, settings=s, vocabulary={"w:won": 0, "r1:won": 1}, idf=np.ones(2))
    >>> columns.tolist(), values.round(2).tolist()
    ([0, 1], [0.71, 0.71])
    """
    columns: list[int] = []
    values: list[float] = []
    for words in tokens(text, start, end, settings=settings).values():
        counts = Counter(i for i in map(vocabulary.get, words) if i is not None)
        raw = [(1 + math.log(n)) * float(idf[i]) for i, n in counts.items()]
        length = math.sqrt(sum(v * v for v in raw))
        columns += counts
        values += [v / length for v in raw] if length else []
    return np.array(columns, dtype=np.int64), np.array(values), numbers(text, start, end, settings=settings)


def probabilities(model: Model, text: str, start: int, end: int) -> np.ndarray:
    """Return the probabilities of ``LABELS`` for one target."""
    columns, values, scale = encode(
        text, start, end, settings=model.settings, vocabulary=model.vocabulary, idf=model.idf
    )
    logits = values @ model.weights[columns] + scale @ model.scale_weights + model.bias
    if model.context:
        logits = logits + context_score(model.context, text, start, end, settings=model.settings)
    odds = np.exp(logits - logits.max())
    return odds / odds.sum()


@cache
def names() -> dict[str, str]:
    """Return the models that ship, by language of the texts they read.

    >>> sorted(names())
    ['en', 'ru']
    """
    cards = (json.loads(p.read_text(encoding="utf-8")) for p in _room().iterdir() if p.name.endswith(".json"))
    return {c["language"]: c["model"] for c in cards if c.get("sha256")}


@cache
def load(name: str) -> Model:
    """Return the shipped model ``name``, once its bytes agree with the digest on its card.

    Raises
    ------
    ModelError
        When the file or its card is missing or altered.

    >>> load("core-en").settings.language
    'en'
    """
    room = _room()
    if not (room / f"{name}.json").is_file() or not (room / f"{name}.npz").is_file():
        raise ModelError(f"no model '{name}', or its file or card is gone; there are {', '.join(sorted(names().values()))}")
    return unpack((room / f"{name}.npz").read_bytes(), card=json.loads((room / f"{name}.json").read_text("utf-8")))


def unpack(content: bytes, *, card: dict) -> Model:
    """Return the model in the bytes of a file, or raise ModelError where they are not those that the card describes."""
    if hashlib.sha256(content).hexdigest() != card["sha256"]:
        raise ModelError(f"model file of '{card['model']}' is cut short or altered: not the digest on its card")
    with np.load(io.BytesIO(content), allow_pickle=False) as data:
        return Model(
            name=f"{card['model']} {card['version']}", settings=Settings(**card["settings"]),
            vocabulary=_places(data["vocabulary"]), idf=data["idf"].astype(np.float64),
            weights=data["weights"].astype(np.float64), scale_weights=data["scale_weights"].astype(np.float64),
            bias=data["bias"].astype(np.float64), abstain=float(card["abstain"]),
            context=_unpack_context(data) if "stems" in data else None,
        )


def pack(
    vocabulary: list[str], *, idf: np.ndarray, weights: np.ndarray, scale_weights: np.ndarray, bias: np.ndarray,
    context: Context | None = None,
) -> bytes:
    """Return the bytes of a model file: half-precision weights and the vocabulary as text; the same for the same model."""
    extra = {}
    if context:
        steps, size = _in_steps(context.space.vectors)
        extra = {
            "stems": _as_text(context.space.stems), "vectors": steps, "sizes": size, "tokens": _as_text(context.space.tokens),
            "token_idf": context.space.idf.astype(np.float16), "forms": context.forms.astype(np.float16),
            "signs": context.signs.astype(np.float32),
        }
    stream = io.BytesIO()
    np.savez_compressed(
        stream, vocabulary=_as_text(vocabulary), idf=idf.astype(np.float16), weights=weights.astype(np.float16),
        scale_weights=scale_weights.astype(np.float32).reshape(N_NUMBERS, len(LABELS)), bias=bias.astype(np.float32), **extra,
    )
    return stream.getvalue()


def round_vectors(vectors: np.ndarray) -> np.ndarray:
    """Return word vectors as a file gives them back: in steps of a seventh of the greatest number of each.

    >>> round_vectors(np.array([[1.0, 0.5, -0.1]])).round(2).tolist()
    [[1.0, 0.57, -0.14]]
    """
    steps, size = _in_steps(vectors)
    return steps * (size.astype(np.float64) / _STEPS)


@cache
def lexicon_digest(language: str) -> str:
    """Return the digest of what the lexicons say of a language: a model is true to what it was trained with.

    >>> len(lexicon_digest("en")), lexicon_digest("en") == lexicon_digest("ru")
    (64, False)
    """
    rows = []
    for name in _LEXICONS:
        table = read_lexicon(name)
        rows += ["\t".join(r) for r in table[table["language"] == language].itertuples(index=False, name=None)]
    return hashlib.sha256("\n".join(rows).encode("utf-8")).hexdigest()


def _unpack_context(data: Mapping[str, np.ndarray]) -> Context:
    vectors = data["vectors"] * (data["sizes"].astype(np.float64) / _STEPS)
    space = Space(_places(data["stems"]), vectors, _places(data["tokens"]), data["token_idf"].astype(np.float64))
    return Context(space, data["forms"].astype(np.float64), data["signs"].astype(np.float64))


def _in_steps(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    size = np.abs(vectors).max(1, keepdims=True).astype(np.float16)
    return np.rint(vectors / size * _STEPS).clip(-_STEPS, _STEPS).astype(np.int8), size


def _as_text(words: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


def _places(content: np.ndarray) -> dict[str, int]:
    return {w: i for i, w in enumerate(content.tobytes().decode("utf-8").split("\n"))}


def _room():
    return files("analysis.stance") / "models"
