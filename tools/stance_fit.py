"""Fit the stance models on labelled sentences and judge them on folds by sentence: what ``train_stance`` trains with."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import stance_context
from scipy.ndimage import gaussian_filter
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import GroupKFold

from analysis.stance import core, features
from analysis.stance.context import Context

SEED, N_FOLDS = 0, 5
STRENGTH = 0.5  # inverse of the penalty; 0.25 to 3 tried in cross-validation
N_KEPT = 60_000  # features by weight: as good as all of the two hundred thousand
FACTORS = np.arange(0.5, 6.1, 0.25)
SHIFTS = np.arange(-1.0, 1.01, 0.1)
SMOOTH = 4  # steps of a tenth; 2 and even windows of 5 to 13 are within 0.2
REPEATS = 5  # splits into folds over which the Russian figure is shown


@dataclass(frozen=True)
class Data:
    """Targets in sentences with labels 0 to 2; ``sentence`` keeps repeats together, ``part`` says which file."""

    rows: list[tuple[str, int, int]]
    labels: np.ndarray
    sentences: list[str]


def newsmtsc(path: Path) -> Data:
    """One split of NewsMTSC."""
    rows, labels = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        for target in sentence["targets"]:
            rows.append((sentence["sentence_normalized"], target["from"], target["to"]))
            labels.append({2.0: 0, 4.0: 1, 6.0: 2}[target["polarity"]])
    return Data(rows, np.array(labels), [r[0] for r in rows])


def rusentne(path: Path) -> Data:
    """The public split of RuSentNE."""
    with path.open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream, delimiter="\t"))
    rows = [(r["sentence"], int(r["entity_pos_start_rel"]), int(r["entity_pos_end_rel"])) for r in table]
    return Data(rows, np.array([int(r["label"]) + 1 for r in table]), [r[0] for r in rows])


def fit(data: Data, settings: features.Settings, *, goal) -> tuple[bytes, dict]:
    """Return the bytes of the model trained on all rows, and the figures of folds by sentence."""
    groups, idf = build_vocabulary(data, settings)
    vocabulary = list(groups)
    matrix = build_matrix(data, settings, vocabulary, idf)
    logits = np.zeros((len(data.rows), 3))
    fold_of = np.zeros(len(data.rows), dtype=int)
    for k, (train, test) in enumerate(split(data)):
        columns, model = select(matrix[train], data.labels[train], len(vocabulary))
        logits[test] = model.decision_function(matrix[test][:, columns])
        fold_of[test] = k
    shift = best_shift(logits, data.labels, goal)
    columns, model = select(matrix, data.labels, len(vocabulary))
    n = len(columns) - features.N_NUMBERS
    content = core.pack(
        [vocabulary[i] for i in columns[:n]], idf=idf[columns[:n]], weights=model.coef_.T[:n], scale_weights=model.coef_.T[n:],
        bias=model.intercept_ + shift,
    )
    return content, scores(data.labels, shifted(logits, fold_of, data.labels, lambda seen, known: best_shift(seen, known, goal)))


def fit_context(data: Data, settings: features.Settings, *, stems: dict[str, int], vectors: np.ndarray) -> tuple[bytes, dict, list]:
    """Return the bytes of the model with word vectors trained on all rows, the figures of folds by sentence, and of more splits."""
    vocabulary, idf = build_vocabulary(data, settings)
    groups = list(vocabulary.values())
    words = build_matrix(data, settings, list(vocabulary), idf)[:, : len(vocabulary)]
    space, described = stance_context.describe_all(data.rows, stems, vectors, settings=settings)
    machine = stance_context.kernel(words, groups, described)
    splits = [fold_logits(data, machine, seed=SEED + k) for k in range(REPEATS)]
    repeated = [100 * polar(data.labels, shifted(*found, data.labels, smooth_shift)) for found in splits]
    logits, fold_of = splits[0]
    factor = min(FACTORS, key=lambda f: log_loss(data.labels, softmax(f * logits, axis=1), sample_weight=balance(data.labels)))
    everything = np.arange(len(data.rows))
    dual = stance_context.solve(machine, everything, data.labels)
    forms, signs = stance_context.compress(machine, everything, dual, seed=SEED)
    weights = stance_context.word_weights(machine, groups, dual) * factor
    kept = strongest(words, weights.T)
    names = list(vocabulary)
    against = dual.sum(0) - dual.sum(0)[1]
    content = core.pack(
        [names[i] for i in kept], idf=idf[kept], weights=weights[kept], scale_weights=np.zeros((features.N_NUMBERS, 3)),
        bias=factor * against + smooth_shift(factor * logits, data.labels), context=Context(space, forms, signs * factor),
    )
    return content, scores(data.labels, shifted(logits, fold_of, data.labels, smooth_shift)), repeated


def fold_logits(data: Data, machine: stance_context.Kernel, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return what the machine says of rows that it was not trained on, and the fold of each."""
    logits, fold_of = np.zeros((len(data.rows), 3)), np.zeros(len(data.rows), dtype=int)
    for k, (train, test) in enumerate(split(data, seed=seed)):
        dual = stance_context.solve(machine, train, data.labels[train])
        form = stance_context.compress(machine, train, dual, seed=SEED)
        logits[test], fold_of[test] = stance_context.logits(machine, train, dual, form, test), k
    return logits, fold_of


def split(data: Data, *, seed: int = SEED) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows to train on and rows to judge, five times; a sentence is whole on one side."""
    groups = pd.factorize(pd.Series(data.sentences))[0]
    return GroupKFold(N_FOLDS, shuffle=True, random_state=seed).split(groups, groups=groups)


def shifted(logits: np.ndarray, fold_of: np.ndarray, labels: np.ndarray, choose: Callable) -> np.ndarray:
    """Labels of the folds, each judged with the shift that the others chose; the model ships with the shift that all chose."""
    said = np.zeros(len(labels), dtype=int)
    for k in range(N_FOLDS):
        shift = choose(logits[fold_of != k], labels[fold_of != k])
        said[fold_of == k] = (logits[fold_of == k] + shift).argmax(1)
    return said


def balance(labels: np.ndarray) -> np.ndarray:
    """Weights with which the classes count alike."""
    return len(labels) / (3 * np.bincount(labels, minlength=3)[labels])


def build_vocabulary(data: Data, settings: features.Settings) -> tuple[dict[str, str], np.ndarray]:
    """Features of at least two rows (three for characters) with their group, and their smoothed idf."""
    counts: Counter[str] = Counter()
    for row in data.rows:
        for group, words in features.tokens(*row, settings=settings).items():
            counts.update({(group, w) for w in words})
    kept = dict(sorted((w, group) for (group, w), n in counts.items() if n >= (3 if group == "char" else 2)))
    frequency = {w: n for (_, w), n in counts.items()}
    idf = np.array([np.log((1 + len(data.rows)) / (1 + frequency[w])) + 1 for w in kept])
    return kept, idf


def build_matrix(data: Data, settings: features.Settings, vocabulary: list[str], idf: np.ndarray) -> csr_matrix:
    """One row a target: its features, then its numbers; made by the code that scores."""
    index = {w: i for i, w in enumerate(vocabulary)}
    columns, values, ends, numbers = [], [], [0], []
    for row in data.rows:
        c, v, n = core.encode(*row, settings=settings, vocabulary=index, idf=idf)
        columns.append(c)
        values.append(v)
        ends.append(ends[-1] + len(c))
        numbers.append(n)
    shape = (len(data.rows), len(vocabulary))
    sparse = csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=shape)
    return hstack([sparse, csr_matrix(np.array(numbers))]).tocsr()


def select(matrix: csr_matrix, labels: np.ndarray, n_words: int) -> tuple[np.ndarray, LogisticRegression]:
    """Fit, keep the features that weigh most, fit again on those; return their columns and the second fit."""
    first = regression().fit(matrix, labels)
    kept = strongest(matrix[:, :n_words], first.coef_[:, :n_words])
    columns = np.r_[kept, np.arange(n_words, matrix.shape[1])]
    return columns, regression().fit(matrix[:, columns], labels)


def strongest(matrix: csr_matrix, weights: np.ndarray) -> np.ndarray:
    """Columns whose weight (classes by features) moves the training rows most."""
    size = np.sqrt(np.asarray(matrix.power(2).sum(0)).ravel())
    return np.sort(np.argsort(-np.abs(weights).max(0) * size, kind="stable")[:N_KEPT])


def regression() -> LogisticRegression:
    """The English model. A support-vector machine, alone or added, and small networks were no better."""
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300, tol=1e-3)


def best_shift(logits: np.ndarray, labels: np.ndarray, goal) -> np.ndarray:
    """Shift of the classes that does best, one class after another."""
    shift = np.zeros(3)
    best = goal(labels, logits.argmax(1))
    for k in (0, 2, 1, 0, 2):
        for value in SHIFTS:
            trial = shift.copy()
            trial[k] = value
            score = goal(labels, (logits + trial).argmax(1))
            if score > best + 1e-9:
                best, shift = score, trial
    return shift


def smooth_shift(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Shift of negative and positive whose neighbourhood does best on ``polar``: a single best point is luck."""
    steps = np.linspace(-1.6, 1.6, 33) * (logits[:, [0, 2]] - logits[:, [1]]).std()
    table = [[polar(labels, (logits + np.array([low, 0, high])).argmax(1)) for high in steps] for low in steps]
    low, high = np.unravel_index(gaussian_filter(np.array(table), SMOOTH, mode="nearest").argmax(), (len(steps), len(steps)))
    return np.array([steps[low], 0.0, steps[high]])


def macro(labels: np.ndarray, said: np.ndarray) -> float:
    """Mean F1 of the three classes."""
    return float(f1_score(labels, said, average="macro", labels=[0, 1, 2]))


def polar(labels: np.ndarray, said: np.ndarray) -> float:
    """Mean F1 of negative and positive."""
    hits = [2 * ((labels == k) & (said == k)).sum() / max(1, (labels == k).sum() + (said == k).sum()) for k in (0, 2)]
    return float(np.mean(hits))


def figures(data: Data, model: core.Model) -> dict:
    """F1 of the packed model itself on rows it was not trained on."""
    said = [int(core.probabilities(model, *row).argmax()) for row in data.rows]
    return scores(data.labels, np.array(said))


def scores(labels: np.ndarray, said: np.ndarray) -> dict:
    """F1 by class and their means, in points."""
    by_class = f1_score(labels, said, average=None, labels=[0, 1, 2])
    out = {f"F1 {name}": round(100 * float(v), 1) for name, v in zip(core.LABELS, by_class, strict=True)}
    return out | {
        "F1 over positive and negative": round(100 * polar(labels, said), 1), "macro-F1": round(100 * macro(labels, said), 1),
        "n": len(labels),
    }
