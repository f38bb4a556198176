"""How like a sentence is to those that coders marked: a linear model of words, names and lexicon hits, one a family.

The rules find what their lexicons name. A reader also understands the verb that no list has, because the sentence around
it is one of its kind: a minister of the one country, a town of the other, a day. The model says how probable it is that
a sentence holds a visit, an agreement or a reaction; what is then made of it is the business of `_unlisted`.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from analysis.coding.lexicon import words
from analysis.coding.scene import Scene

__all__ = ["FAMILIES", "N_FEATURES", "Likely", "features", "likelihood", "load", "pack", "unpack"]

FAMILIES = ("visit", "agreement", "reaction")
N_FEATURES = 2**18
_DYAD = ("RUS", "PRK")
_NAMED = (*_DYAD, "UKR")  # countries that a sentence's kind depends on; all others are one
_TOKEN = re.compile(r"\w+|[^\w\s]")
_STEM = 5  # letters of a word that inflection mostly leaves alone
_PARTS = (3, 4)  # letters of the parts of a word that its relatives share
_LEXICONS = {  # lexicon: columns that tell what a hit means
    "reaction_triggers": ("act", "pos"), "cooperation": ("kind",), "visit_triggers": ("frame", "tense"),
    "agreement_triggers": ("kind",), "agreement_stages": ("stage",), "status_cues": ("status", "kind"),
}
_FAR = 700.0  # beyond it a probability is nought
_KNOWN = 50_000  # words kept with their features: of a corpus of news most come again


@dataclass(frozen=True)
class Likely:
    """Weights, families by features, and the intercept of each family; ``card`` says where they come from.

    One model for all languages: what parties and lexicon hits mean is the same in each, words are kept apart.
    """

    weights: np.ndarray
    bias: np.ndarray
    card: Mapping[str, object]


def features(scene: Scene) -> np.ndarray:
    """Return the features of a sentence, as sorted columns of the model without repetition.

    Names stand as what they are ("a person of Russia"), so that the model learns the language and not the news: words,
    their stems and parts, pairs of stems; parties with their slots; what the lexicons say of it; title or text.
    """
    found: set[int] = set()
    stems = []
    for token in _tokens(scene):
        stem, columns = _word(scene.language, token)
        found.update(columns)
        stems.append(stem)
    found.update(_column(f"{scene.language} b={a} {b}") for a, b in pairwise(stems))
    sides = [(_side(p.side), p.kind, p.slot) for p in scene.parties]
    found.update(_column("p=" + " ".join(s)) for s in sides)
    found.update(_column("q=" + " ".join(s[:2])) for s in sides)
    found.add(_column("has=" + "+".join(sorted({s[0] for s in sides}))))
    found.add(_column("first=" + (" ".join(sides[0]) if sides else "")))
    for lexicon, columns in _LEXICONS.items():
        for hit in words(lexicon, scene.language).find(scene.low):
            values = [hit.row.get(c, "") for c in columns]
            found.add(_column(f"k={lexicon} {' '.join(values)}"))
            found.add(_column(f"k={lexicon} {values[0]}"))
    if scene.phrase("other_topic").first(scene.low) is not None:
        found.add(_column("other topic"))
    if scene.quotes:
        found.add(_column("quoted"))
    found.add(_column(f"l={scene.language}"))
    found.add(_column(scene.field))
    found.add(_column(f"i={min(scene.index, 3)}"))
    return np.array(sorted(found), dtype=np.int64)


def likelihood(scene: Scene, family: str) -> float:
    """Return the probability that a sentence holds a mention of a family; 0 where the model does not know the language."""
    model = load()
    if model is None or scene.language not in model.card["sentences"]:
        return 0.0
    if scene.likelihoods is None:
        scene.likelihoods = tuple(_probability(model, columns, i) for columns in [features(scene)] for i in range(len(FAMILIES)))
    return scene.likelihoods[FAMILIES.index(family)]


def _probability(model: Likely, columns: np.ndarray, family: int) -> float:
    logit = float(model.weights[family, columns].sum(dtype=np.float64)) / math.sqrt(len(columns)) + float(model.bias[family])
    return 1 / (1 + math.exp(-max(logit, -_FAR)))


def pack(model: Likely) -> tuple[bytes, str]:
    """Return the model's file, without pickle, and its card with the digest of that file."""
    content = io.BytesIO()
    np.savez_compressed(content, weights=model.weights.astype(np.float16), bias=np.asarray(model.bias, dtype=np.float64))
    digest = hashlib.sha256(content.getvalue()).hexdigest()
    return content.getvalue(), json.dumps({**model.card, "sha256": digest}, indent=1, ensure_ascii=False) + "\n"


def unpack(content: bytes, card: Mapping[str, object]) -> Likely:
    """Return the model of a file.

    Raises
    ------
    ValueError
        When the bytes are not those of the digest on the card.
    """
    if hashlib.sha256(content).hexdigest() != card["sha256"]:
        raise ValueError("the coder's model file is cut short or altered: take it from the repository again, or `make train-coding`")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return Likely(arrays["weights"].astype(np.float32), arrays["bias"], card)


@cache
def load() -> Likely | None:
    """Return the shipped model; None where the repository has none, and the rules alone code."""
    room = files("analysis.coding").joinpath("models")
    card, content = room.joinpath("likely.json"), room.joinpath("likely.npz")
    if not (card.is_file() and content.is_file()):
        return None
    return unpack(content.read_bytes(), json.loads(card.read_text("utf-8")))


def _tokens(scene: Scene) -> list[str]:
    """The words of a sentence, each name as one word that says whose it is and of what kind."""
    out: list[str] = []
    at = 0
    for party in sorted(scene.parties, key=lambda p: p.start):
        if party.start < at:
            continue
        out += _TOKEN.findall(scene.low, at, party.start)
        out.append(f"{_side(party.side)} {party.kind}")
        at = party.end
    return out + _TOKEN.findall(scene.low, at)


def _side(side: str) -> str:
    return side if side in _NAMED else "OUT" if side else "NO"


@lru_cache(maxsize=_KNOWN)
def _word(language: str, token: str) -> tuple[str, tuple[int, ...]]:
    """A word's stem and its features."""
    if " " in token:
        return token, (_column(f"u={token}"),)  # a name: the same in every language
    token = "#" if token.isdigit() else token
    stem = token[:_STEM]
    out = [f"u={stem}", f"s={token}"]
    if len(token) > _PARTS[0]:
        edged = f" {token} "
        out += [f"c={edged[i : i + n]}" for n in _PARTS for i in range(len(edged) - n + 1)]
    return stem, tuple(dict.fromkeys(_column(f"{language} {f}") for f in out))


def _column(feature: str) -> int:
    return zlib.crc32(feature.encode("utf-8")) % N_FEATURES
