"""Train the model of how likely a sentence holds a visit, an agreement or a reaction (`make train-coding`, about two minutes).

It learns from the items that rules may be written by: fold `dev` of tests/gold, the sample's codes and the shared
development sample. A sentence that a coder marked, in whatever way, is an example; one whose reading was left open is
none, of either kind. No text is kept in the file: only weights of hashed words.
"""

import argparse
import json
import os
import re
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from analysis import store, validate
from analysis.coding import likely
from analysis.coding._reading import read_scenes
from analysis.coding.article import split
from analysis.coding.lexicon import languages

ROOM = store.ROOT / "analysis" / "coding" / "models"
SEED = 20260101
STRENGTH = 10.0  # inverse of the penalty; 3 and 20 differ by less than .01 in average precision on fresh lists
_MARKS = re.compile("[“”„«»\"‘’'`]")


def main() -> None:
    """Train on all development items and write the model with its card."""
    parser = argparse.ArgumentParser(description=__doc__, epilog="example: python tools/train_coding.py")
    parser.add_argument("--out", type=Path, default=ROOM)
    arguments = parser.parse_args()
    examples = [e for path in gold_files() for e in examples_of(path)]
    model = trained(examples)
    content, card = likely.pack(model)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "likely.npz").write_bytes(content)
    store.write_text(arguments.out / "likely.json", card)
    print(json.dumps(json.loads(card)["sentences"]))


def gold_files() -> list[Path]:
    """Return the files of coded items that have a development fold."""
    shared = Path(os.environ.get("ANALYSIS_SHARED", store.ROOT.parent / "shared")) / "gold" / "dev.jsonl"
    own = store.ROOT / "tests" / "gold"
    found = [*sorted(own.glob("items_*.jsonl")), *sorted(own.glob("archive_*.jsonl")), store.ROOT / "data/raw/sample/gold.jsonl"]
    return [shared, *found]


def examples_of(path: Path, *, fold: str = "dev") -> list[dict]:
    """Return one example a sentence: its features and whether a coder marked each family in it (None: left open)."""
    out = []
    for item in validate.read_gold(path):
        if "text" not in item or item.get("fold", "dev") != fold or item["language"] not in languages():
            continue
        rows = split(item["title"], item["text"], item["language"])
        scenes, _ = read_scenes(rows, language=item["language"], published=item["published"])
        for scene in scenes:
            marks = {f: _marked(item, scene, f) for f in likely.FAMILIES}
            out.append({"item": item["item"], "language": item["language"], "features": likely.features(scene), **marks})
    return out


def trained(examples: list[dict]) -> likely.Likely:
    """Fit a logistic regression for each family, on all languages together."""
    weights = np.zeros((len(likely.FAMILIES), likely.N_FEATURES), dtype=np.float32)
    bias = np.zeros(len(likely.FAMILIES))
    for i, family in enumerate(likely.FAMILIES):
        sure = [e for e in examples if e[family] is not None]
        fit = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000, random_state=SEED)
        fit.fit(matrix(sure), np.array([e[family] for e in sure]))
        weights[i], bias[i] = fit.coef_[0], fit.intercept_[0]
    counts = {
        language: {"all": len(own), **{f: sum(e[f] is True for e in own) for f in likely.FAMILIES}}
        for language in sorted({e["language"] for e in examples})
        if (own := [e for e in examples if e["language"] == language])
    }
    card = {
        "model": "likely", "made_by": "make train-coding", "licence": "as the project's",
        "data": "tests/gold fold dev, data/raw/sample, shared/gold/dev.jsonl: codes by language models, no human",
        "method": "logistic regression on hashed words, stems, parts of words, parties and lexicon hits",
        "sentences": counts,
    }
    return likely.Likely(weights, bias, card)


def matrix(examples: list[dict]) -> csr_matrix:
    """Return the features of examples, each row of length one."""
    columns = np.concatenate([e["features"] for e in examples])
    sizes = np.array([len(e["features"]) for e in examples])
    values = np.repeat(1 / np.sqrt(sizes), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return csr_matrix((values, columns, starts), shape=(len(examples), likely.N_FEATURES))


def _marked(item: dict, scene, family: str) -> bool | None:
    field = "title" if scene.field == "title" else "text"
    sentence = _folded(scene.text)
    found = None
    for key in ("agreed", "repeats", "only1", "only2"):
        for m in item.get(key, []):
            if m["family"] == family and m["field"] == field:
                evidence = _folded(item[field][m["start"] : m["end"]])
                if evidence in sentence or sentence in evidence:
                    if key in ("agreed", "repeats"):
                        return True
                    found = "open"
    return None if found else False


def _folded(text: str) -> str:
    return " ".join(_MARKS.sub("'", text).lower().split())


if __name__ == "__main__":
    sys.exit(main())
