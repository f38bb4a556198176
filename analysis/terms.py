"""Words of articles: counts, tf-idf, keyness, keyword in context. One tokeniser for all of it.

Tables are long: one row a document (or group) and term.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd

from analysis import text
from analysis.lexicons import read_lexicon

__all__ = ["count_terms", "keyness", "kwic", "tf_idf", "tokens"]


def tokens(content: str, *, language: str) -> list[str]:
    """Return the words of ``content`` that say something: lower case, no stop words, numbers or single letters.

    Elided articles ("l'accord"), possessives and the common particles of agglutinating languages are taken off, as
    lexicons/stopwords.csv lists them. A language that is not in it keeps all its words.

    >>> tokens("L'accord de la Russie, signé le 19 juin", language="fr")
    ['accord', 'russie', 'signé']
    >>> tokens("북한은 러시아와 조약을 체결했다", language="ko")
    ['북한', '러시아', '조약', '체결했다']
    """
    stop, prefix, suffix = _rules(language)
    out = []
    for word in text.words(content.lower().replace("’", "'")):
        if word in stop or not word[0].isalpha():
            continue
        word = _trim(word, prefix, suffix)
        if len(word) > 1 and word not in stop:
            out.append(word)
    return out


def count_terms(articles: pd.DataFrame, *, by: str = "article_id", copies: bool = False) -> pd.DataFrame:
    """Count the terms of title and body.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles`` with text. Terms of different languages are different terms; filter for one first.
    by : str
        A column of ``articles``: what a document is (article_id, bloc, outlet_id, …).
    copies : bool
        Count copies too; by default a wire text printed forty times counts once.

    Returns
    -------
    DataFrame
        One row a document and term: ``by``, term, n; sorted. Empty when there is no text.

    >>> a = pd.DataFrame({"article_id": ["a"], "language": ["en"], "title": ["Treaty"], "body": ["A treaty, signed."],
    ...                   "is_copy": [False]})
    >>> count_terms(a).values.tolist()
    [['a', 'signed', 1], ['a', 'treaty', 2]]
    """
    kept = articles if copies else articles[~articles["is_copy"].astype(bool)]
    rows = [
        (document, term)
        for document, language, title, body in kept[[by, "language", "title", "body"]].itertuples(index=False, name=None)
        for term in tokens(f"{title}\n{body}" if isinstance(title, str) and isinstance(body, str)
                           else title if isinstance(title, str) else body if isinstance(body, str) else "",
                           language=language)
    ]
    return pd.DataFrame(rows, columns=[by, "term"], dtype="str").groupby([by, "term"]).size().rename("n").reset_index()


def tf_idf(counts: pd.DataFrame, *, by: str = "article_id") -> pd.DataFrame:
    """Add tf (share of the document's terms), idf (natural log of documents over documents with the term), tf_idf.

    Parameters
    ----------
    counts : DataFrame
        Exactly one row a document and term, as ``count_terms`` gives it.

    Raises
    ------
    ValueError
        When a document and term stand in two rows: idf would be wrong, even negative.

    >>> c = pd.DataFrame({"article_id": ["a", "a", "b"], "term": ["treaty", "rail", "treaty"], "n": [1, 1, 3]})
    >>> tf_idf(c)["tf_idf"].round(3).tolist()
    [0.0, 0.347, 0.0]
    """
    if counts.duplicated([by, "term"]).any():
        raise ValueError(f"counts: a {by} and term stand in two rows; sum n over {by} and term first")
    documents = counts[by].nunique()
    tf = counts["n"] / counts.groupby(by)["n"].transform("sum")
    idf = np.log(documents / counts.groupby("term")[by].transform("nunique"))
    return counts.assign(tf=tf, idf=idf, tf_idf=tf * idf)


def keyness(
    counts: pd.DataFrame, *, by: str, target: str, prior: float = 10.0, min_n: int = 5, names: frozenset[str] = frozenset()
) -> pd.DataFrame:
    """Compare the words of one group with those of all others: weighted log-odds with an informative prior.

    Monroe, Colaresi and Quinn 2008, equations 16 and 22: the prior is the pooled corpus, worth ``prior`` pseudo-words a
    word of vocabulary, so that rare words do not come first. z is not a test: no p-value stands beside hundreds of terms.

    Parameters
    ----------
    counts : DataFrame
        As ``count_terms(..., by=by)`` gives it.
    target : str
        The group compared; the reference is every other group.
    min_n : int
        Terms seen fewer times in all are left out.
    names : frozenset of str
        Terms marked ``is_name``, so that a reader can set proper names aside.

    Returns
    -------
    DataFrame
        term, n_target, n_reference, log_odds, z, is_name; strongest for the target first.

    Raises
    ------
    ValueError
        When there is no such group, or nothing to compare it with.

    >>> c = pd.DataFrame({"bloc": ["w", "w", "r", "r"], "term": ["threat", "talks", "threat", "talks"],
    ...                   "n": [40, 10, 10, 40]})
    >>> keyness(c, by="bloc", target="w")[["term", "n_target"]].values.tolist()
    [['threat', 40], ['talks', 10]]
    """
    groups = sorted(counts[by].unique())
    if target not in groups or len(groups) < 2:
        raise ValueError(f"target '{target}': {by} has {', '.join(groups) or 'no group'}; two groups are needed")
    is_target = counts[by] == target
    n_target = counts[is_target].groupby("term")["n"].sum()
    n_all = counts.groupby("term")["n"].sum()
    table = pd.DataFrame({"n_target": n_target.reindex(n_all.index, fill_value=0), "n_all": n_all})
    table["n_reference"] = table["n_all"] - table["n_target"]
    weight = prior * len(table) * table["n_all"] / table["n_all"].sum()
    i, j, a = table["n_target"], table["n_reference"], weight
    odds_i = (i + a) / (i.sum() + a.sum() - i - a)
    odds_j = (j + a) / (j.sum() + a.sum() - j - a)
    table["log_odds"] = np.log(odds_i) - np.log(odds_j)
    table["z"] = table["log_odds"] / np.sqrt(1 / (i + a) + 1 / (j + a))
    table = table[table["n_all"] >= min_n].reset_index()
    table["is_name"] = table["term"].isin(names)
    return table.sort_values(["z", "term"], ascending=[False, True], ignore_index=True)[
        ["term", "n_target", "n_reference", "log_odds", "z", "is_name"]
    ]


def kwic(sentences: pd.DataFrame, pattern: str, *, articles: pd.DataFrame, width: int = 60) -> pd.DataFrame:
    """Return every match of a pattern with what stands before and after it, within its sentence.

    Parameters
    ----------
    sentences : DataFrame
        Table ``sentences`` with text.
    pattern : str
        A regular expression, matched without regard to case.
    articles : DataFrame
        Gives outlet, date and address of each match.
    width : int
        Characters kept on each side.

    Returns
    -------
    DataFrame
        article_id, sentence, start, end (in the sentence), before, match, after, outlet_id, published_on, url.

    Raises
    ------
    ValueError
        When the pattern is no regular expression.

    >>> s = pd.DataFrame({"article_id": ["a"], "sentence": [1], "text": ["They signed the treaty in June."]})
    >>> a = pd.DataFrame({"article_id": ["a"], "outlet_id": ["o"], "published_on": ["2024-06-19"], "url": ["u"]})
    >>> kwic(s, "treat(y|ies)", articles=a)[["before", "match", "after"]].values.tolist()
    [['They signed the ', 'treaty', ' in June.']]
    """
    try:
        search = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"pattern '{pattern}': {error}; escape special characters with a backslash") from error
    rows = [
        (article, sentence, m.start(), m.end(), content[max(0, m.start() - width) : m.start()], m.group(),
         content[m.end() : m.end() + width])
        for article, sentence, content in sentences[["article_id", "sentence", "text"]].itertuples(index=False, name=None)
        if isinstance(content, str)
        for m in search.finditer(content)
        if m.end() > m.start()
    ]
    names = ["article_id", "sentence", "start", "end", "before", "match", "after"]
    found = pd.DataFrame(rows, columns=names).astype({"article_id": "str"})
    return found.merge(articles[["article_id", "outlet_id", "published_on", "url"]], on="article_id", how="left")


@cache
def _rules(language: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Stop words, prefixes and suffixes of a language, affixes longest first."""
    table = read_lexicon("stopwords")
    own = table[table["language"] == language]
    forms = {kind: own.loc[own["kind"] == kind, "form"] for kind in ("word", "prefix", "suffix")}
    longest = {kind: tuple(sorted(forms[kind], key=lambda f: (-len(f), f))) for kind in ("prefix", "suffix")}
    return frozenset(forms["word"]), longest["prefix"], longest["suffix"]


def _trim(word: str, prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> str:
    for prefix in prefixes:
        if word.startswith(prefix):
            word = word[len(prefix) :]
            break
    for suffix in suffixes:
        # Two characters must stay: a short word may end like a particle without having one.
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            return word[: -len(suffix)]
    return word
