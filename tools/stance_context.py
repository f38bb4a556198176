"""Train the Russian stance model: word vectors from unlabelled news, and a kernel machine cut down to a small file."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.linalg import cho_factor, cho_solve, eigh, qr
from scipy.sparse import coo_matrix, csr_matrix, diags
from sklearn.utils.extmath import randomized_svd

from analysis.stance import context, core, features

N_STEMS, RAREST = 25_000, 5  # stems with vectors; 12,000 cost a third of a point
N_DIMENSIONS = 100  # 50 and 200 were no better
WINDOW = 5
LONGEST = 3_000  # characters of an article that are read: some are transcripts of a whole bulletin
RANK = 48  # of a quadratic form; 32 cost a quarter of a point, the full one is a third of a point better and fifty times as large
PENALTY = 5.0  # 1 to 5 tried
SHARE_PAIRS, SHARE_WORDS = 4.0, 2.0  # of the two kernels; 1 to 4 tried; without words it is half a point worse
SHARES = {"word": 0.45, "stem": 0.22, "cue": 0.22, "char": 0.11, "scale": 0.0}  # of the groups within the kernel of words
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Kernel:
    """What both kernels see of all rows: weighted features, descriptions, and the products of every pair of rows."""

    words: csr_matrix
    described: np.ndarray
    products: np.ndarray


def word_vectors(archive: Path, *, settings: features.Settings, seed: int) -> tuple[dict[str, int], np.ndarray]:
    """Return stems and their vectors: positive pointwise mutual information within a window, by singular values.

    Levy, Goldberg and Dagan (2015): context counts to the power 0.75, square root of the singular values. A vector's
    length is the rarity of its stem. The numbers are rounded as the model's file rounds them.
    """
    sentences = list(_stemmed(archive, settings))
    counts = Counter(w for s in sentences for w in s)
    stems = {w: i for i, w in enumerate(w for w, n in counts.most_common(N_STEMS) if n >= RAREST)}
    line = np.concatenate([[*(stems.get(w, -1) for w in s), *[-1] * WINDOW] for s in sentences])
    together = csr_matrix((len(stems), len(stems)), dtype=np.float32)
    for k in range(1, WINDOW + 1):
        first, second = line[:-k], line[k:]
        both = (first >= 0) & (second >= 0)
        weight = np.full(both.sum(), (WINDOW + 1 - k) / WINDOW, dtype=np.float32)
        together = together + coo_matrix((weight, (first[both], second[both])), shape=together.shape).tocsr()
    together = (together + together.T).tocoo()
    totals = np.asarray(together.sum(1)).ravel()
    share = totals**0.75 / (totals**0.75).sum()
    information = np.log(together.data / totals[together.row] / share[together.col]).clip(0)
    left, values, _ = randomized_svd(
        csr_matrix((information, (together.row, together.col)), shape=together.shape), N_DIMENSIONS, n_iter=4, random_state=seed
    )
    vectors = left * np.sqrt(values)
    rarity = np.log(counts.total() / np.array([counts[w] for w in stems]))
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True) * (rarity / rarity.mean())[:, None]
    return stems, core.round_vectors(vectors)


def describe_all(
    rows: list[tuple[str, int, int]], stems: dict[str, int], vectors: np.ndarray, *, settings: features.Settings
) -> tuple[context.Space, np.ndarray]:
    """Return the vectors with the signs of at least two rows and their smoothed idf, and one description a row."""
    counts = Counter(w for r in rows for group in features.signs(*r, settings=settings).values() for w in set(group))
    tokens = {w: i for i, w in enumerate(sorted(w for w, n in counts.items() if n > 1))}
    idf = np.array([np.log((1 + len(rows)) / (1 + counts[w])) + 1 for w in tokens])
    space = context.Space(stems, vectors, tokens, idf)
    return space, np.array([context.describe(*r, settings=settings, space=space).astype(np.float32) for r in rows])


def kernel(words: csr_matrix, groups: list[str], described: np.ndarray) -> Kernel:
    """Return the sum of a linear kernel over words and a quadratic one over descriptions: pairs of cues and directions of words."""
    weights = np.sqrt([SHARES[g] * SHARE_WORDS for g in groups]).astype(np.float32)
    words = (words.astype(np.float32) @ diags(weights)).tocsr()
    products = (words @ words.T).toarray() + SHARE_PAIRS * (described @ described.T) ** 2 + 1
    return Kernel(words, described, products.astype(np.float32))


def solve(machine: Kernel, rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the weight of each training row for each class: least squares, classes weighed alike."""
    weight = len(labels) / (3 * np.bincount(labels, minlength=3)[labels])
    system = machine.products[np.ix_(rows, rows)]
    system[np.diag_indices(len(rows))] += (PENALTY / weight).astype(np.float32)
    wanted = np.where(np.arange(3) == labels[:, None], 1, -1).astype(np.float32)
    return cho_solve(cho_factor(system, lower=True, overwrite_a=True), wanted)


def compress(machine: Kernel, rows: np.ndarray, dual: np.ndarray, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the quadratic forms of negative and positive against neutral, cut to ``RANK``: directions, and what each adds."""
    described = machine.described[rows]
    directions, adds = [], []
    for k in (0, 2):
        weighted = (dual[:, [k]] - dual[:, [1]]) * SHARE_PAIRS
        base = np.random.RandomState(seed).standard_normal((described.shape[1], RANK + 16)).astype(np.float32)
        for _ in range(6):
            base = qr(described.T @ (weighted * (described @ base)), mode="economic")[0]
        inner = described @ base
        values, turned = eigh(inner.T @ (weighted * inner))
        kept = np.argsort(-np.abs(values), kind="stable")[:RANK]
        directions.append(base @ turned[:, kept])
        adds.append(np.zeros((RANK, dual.shape[1])))
        adds[-1][:, k] = values[kept]
    return np.hstack(directions), np.vstack(adds)


def logits(machine: Kernel, rows: np.ndarray, dual: np.ndarray, form: tuple[np.ndarray, np.ndarray], new: np.ndarray) -> np.ndarray:
    """Return what the machine says of new rows, with the quadratic form as it ships."""
    linear = machine.words[new] @ (machine.words[rows].T @ dual) + dual.sum(0)
    return linear - linear[:, [1]] + (machine.described[new] @ form[0]) ** 2 @ form[1]


def word_weights(machine: Kernel, groups: list[str], dual: np.ndarray) -> np.ndarray:
    """Return the weight of each word for each class against neutral, for values without the weights of the groups."""
    against = dual - dual[:, [1]]
    return (machine.words.T @ against) * np.sqrt([SHARES[g] * SHARE_WORDS for g in groups])[:, None]


def _stemmed(archive: Path, settings: features.Settings) -> Iterator[list[str]]:
    """Sentences of titles and texts as stems, each sentence once."""
    seen = set()
    with gzip.open(archive, "rt", encoding="utf-8") as stream:
        for line in stream:
            article = json.loads(line)
            for text in (article["title"], article["text"]):
                for sentence in re.split(r"(?<=[.!?])\s+", (text or "")[:LONGEST]):
                    if sentence not in seen:
                        seen.add(sentence)
                        yield features.context_words(" ".join(_WORD.findall(sentence)), 0, 0, settings=settings)[0]
