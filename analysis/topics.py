"""Topics of the articles of one language, with their stability; TF-IDF and non-negative matrix factorisation."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pandas as pd

from analysis import schema
from analysis.terms import tokens

__all__ = ["MIN_ARTICLES", "assign", "fit", "fit_all"]

MIN_ARTICLES = 20
_TERMS_KEPT = 30
_TOP = 10
_PART = 0.8  # of the articles in each refit
_LEAST = 0.05  # weights below it are noise of the factorisation


def fit(
    articles: pd.DataFrame, *, language: str, n_topics: int = 8, seed: int = 0, n_seeds: int = 10
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Fit topics to the articles of one language; copies are left out.

    The factorisation starts from the singular vectors (nndsvda), so the same articles give the same topics. What a reader
    must know is whether other articles would give them too: the model is fitted again on ``n_seeds`` random samples of
    80 % of the articles, and a topic's stability is the mean Jaccard overlap of its top ten terms with those of the
    nearest topic in each (Greene, O'Callaghan and Cunningham 2014). Below about 0.5 a topic is not to be relied on.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles`` with text.
    language : str
        One of the table's languages; topics of different languages are never compared.
    n_topics : int
        Topics asked for.
    seed : int
        Of the samples.
    n_seeds : int
        Number of refits.

    Returns
    -------
    topics, topic_terms, article_topics : DataFrame
        The tables of those names, largest topic first. With fewer than ``MIN_ARTICLES`` texts, or fewer than three a
        topic, all three are empty and ``topics.attrs["reason"]`` says why.

    Raises
    ------
    ValueError
        When ``n_topics`` is below 2.

    >>> from analysis import schema
    >>> topics, terms, weights = fit(schema.empty("articles"), language="en")
    >>> len(topics), topics.attrs["reason"]
    (0, "language 'en': 0 texts without copies; 24 are needed for 8 topics")
    """
    if n_topics < 2:
        raise ValueError(f"n_topics {n_topics}: at least 2")
    own = articles[(articles["language"] == language) & ~articles["is_copy"].astype(bool)].sort_values("article_id")
    documents = [tokens(_text_of(t, b), language=language) for t, b in own[["title", "body"]].itertuples(index=False)]
    has_text = [bool(d) for d in documents]
    own, documents = own[has_text], [d for d in documents if d]
    needed = max(MIN_ARTICLES, 3 * n_topics)
    if len(documents) < needed:
        return _none(f"language '{language}': {len(documents)} texts without copies; "
                     f"{needed} are needed for {n_topics} topics")
    matrix, vocabulary = _tf_idf(documents)
    if min(matrix.shape) <= n_topics:
        return _none(f"language '{language}': the texts share {matrix.shape[1]} words; too few for {n_topics} topics")
    weights, components = _factorise(matrix, n_topics, seed)
    order = _largest_first(weights, components, vocabulary)
    weights, components = weights[:, order], components[order]
    stability = _stability(matrix, components, seed=seed, n_seeds=n_seeds)
    return _tables(language, own["article_id"], weights, components, vocabulary, stability)


def fit_all(articles: pd.DataFrame, *, n_topics: int = 8, seed: int = 0, n_seeds: int = 10) -> dict[str, pd.DataFrame]:
    """Fit topics to every language with enough articles; small corpora get one topic for ten articles.

    Returns
    -------
    dict
        ``topics``, ``topic_terms``, ``article_topics``. ``topics.attrs["reasons"]`` names the languages left out.

    >>> from analysis import schema
    >>> sorted(fit_all(schema.empty("articles")))
    ['article_topics', 'topic_terms', 'topics']
    """
    parts, reasons = [], []
    for language in schema.LANGUAGES:
        n = int(((articles["language"] == language) & ~articles["is_copy"].astype(bool)).sum())
        fitted = fit(articles, language=language, n_topics=max(2, min(n_topics, n // 10)), seed=seed, n_seeds=n_seeds)
        parts.append(fitted)
        reasons += [fitted[0].attrs["reason"]] if fitted[0].empty else []
    names = ("topics", "topic_terms", "article_topics")
    tables = {
        name: schema.check(pd.concat([part[i] for part in parts], ignore_index=True), name) for i, name in enumerate(names)
    }
    tables["topics"].attrs["reasons"] = reasons
    return tables


def assign(content: str, *, topic_terms: pd.DataFrame, language: str) -> list[dict]:
    """Place one text among fitted topics by the terms it shares with them; strongest first, empty when it shares none.

    A quick look for one article: the weight is the share of the matched terms' weight, not the fitted weight.

    >>> terms = pd.DataFrame({"language": "en", "topic": [0, 0, 1], "rank": [0, 1, 0], "term": ["rail", "bridge", "treaty"],
    ...                       "weight": [2.0, 1.0, 1.0]})
    >>> assign("The rail bridge", topic_terms=terms, language="en")
    [{'topic': 0, 'label': 'rail, bridge', 'weight': 1.0}]
    """
    own = topic_terms[topic_terms["language"] == language].sort_values(["topic", "rank"])
    n = Counter(tokens(content, language=language))
    # Each topic's terms are scaled to one, so that a topic of strong terms does not win by size.
    share = own["weight"] / own.groupby("topic")["weight"].transform("sum")
    score = (share * np.array([n[term] for term in own["term"]], float)).groupby(own["topic"]).sum()
    score = score[score > 0].sort_values(ascending=False, kind="stable")
    labels = own.groupby("topic")["term"].agg(lambda t: ", ".join(t.head(3)))
    return [{"topic": int(t), "label": labels[t], "weight": round(float(w / score.sum()), 3)} for t, w in score.items()]


def _text_of(title: object, body: object) -> str:
    return "\n".join(part for part in (title, body) if isinstance(part, str))


def _none(reason: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    topics = schema.empty("topics")
    topics.attrs["reason"] = reason
    return topics, schema.empty("topic_terms"), schema.empty("article_topics")


def _tf_idf(documents: list[list[str]]) -> tuple[object, np.ndarray]:
    from sklearn.feature_extraction.text import TfidfVectorizer  # 1.6 s; only where topics are fitted

    # A word of half the articles names the subject of the collection, not a topic in it.
    vectoriser = TfidfVectorizer(
        analyzer=_as_is, min_df=max(2, math.ceil(0.002 * len(documents))), max_df=0.5, sublinear_tf=True
    )
    try:
        matrix = vectoriser.fit_transform(documents)
    except ValueError:  # its way of saying that no word is left
        return np.zeros((len(documents), 0)), np.array([])
    return matrix, vectoriser.get_feature_names_out()


def _as_is(document: list[str]) -> list[str]:
    return document


def _factorise(matrix: object, n_topics: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    import warnings

    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(n_components=n_topics, init="nndsvda", random_state=seed, max_iter=400, tol=1e-4)
    with warnings.catch_warnings():
        # Not fully converged weights change the fourth digit; stability measures what matters.
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit_transform(matrix)
    return weights, model.components_


def _largest_first(weights: np.ndarray, components: np.ndarray, vocabulary: np.ndarray) -> list[int]:
    sizes = np.bincount(weights.argmax(axis=1)[weights.sum(axis=1) > 0], minlength=len(components))
    return sorted(range(len(components)), key=lambda t: (-sizes[t], vocabulary[components[t].argmax()], t))


def _stability(matrix: object, components: np.ndarray, *, seed: int, n_seeds: int) -> np.ndarray:
    n_topics, n_articles = len(components), matrix.shape[0]
    mine = [_top(c) for c in components]
    found = []
    for i in range(n_seeds):
        rows = np.random.default_rng([seed, i]).choice(n_articles, size=math.ceil(_PART * n_articles), replace=False)
        _, again = _factorise(matrix[np.sort(rows)], n_topics, seed)
        theirs = [_top(c) for c in again]
        found.append([max(len(a & b) / len(a | b) for b in theirs) for a in mine])
    return np.mean(found, axis=0) if found else np.full(n_topics, np.nan)


def _top(component: np.ndarray) -> set[int]:
    return {int(i) for i in np.argsort(-component, kind="stable")[:_TOP] if component[i] > 0} or {-1}


def _tables(
    language: str, ids: pd.Series, weights: np.ndarray, components: np.ndarray, vocabulary: np.ndarray, stability: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    terms = [
        (language, topic, rank, vocabulary[i], round(float(component[i]), 6))
        for topic, component in enumerate(components)
        for rank, i in enumerate(np.argsort(-component, kind="stable")[:_TERMS_KEPT])
        if component[i] > 0
    ]
    topic_terms = pd.DataFrame(terms, columns=["language", "topic", "rank", "term", "weight"])
    total = weights.sum(axis=1, keepdims=True)
    parts = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    rows, columns = np.nonzero(parts >= _LEAST)
    article_topics = pd.DataFrame({
        "article_id": ids.to_numpy()[rows], "topic": columns, "weight": parts[rows, columns].round(6),
    })
    strongest = np.bincount(parts.argmax(axis=1)[total[:, 0] > 0], minlength=len(components))
    labels = topic_terms[topic_terms["rank"] < 3].groupby("topic")["term"].agg(", ".join)
    topics = pd.DataFrame({
        "language": language, "topic": range(len(components)), "label": labels.reindex(range(len(components))).to_numpy(),
        "stability": stability.round(4), "n_articles": strongest,
    })
    return (schema.check(topics, "topics"), schema.check(topic_terms, "topic_terms"),
            schema.check(article_topics, "article_topics"))
