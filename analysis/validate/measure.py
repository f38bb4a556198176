"""All measured figures of the library on gold files: one dictionary of tables, its text, and the rows that cards are made of."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis import store
from analysis.validate.agreement import alpha, wilson
from analysis.validate.gold import (
    TWICE_CODED,
    TWO_READINGS,
    code_gold,
    coder_of,
    read_gold,
    say_of_items,
    tells_repeats,
)
from analysis.validate.mentions import FIELDS, match_mentions
from analysis.validate.scores import calibration_table, classification_table, f1_table, field_table

__all__ = ["FIGURES", "as_json", "as_text", "measure_gold", "validation_rows"]

FIGURES = store.ROOT / "data" / "processed" / "validation.csv"
_BY = ("gold", "fold", "language")
_SCALE = ("critical", "neutral", "approving")
_TITLES = {
    "gold": "Gold files, and who coded them",
    "detection": "Mentions found, with 95 % bootstrap intervals over items",
    "fields": "Values of the mentions found: share right (n); Wilson's 95 % intervals with --format json",
    "relevance": "Relevance of items (relevant, not), with 95 % bootstrap intervals",
    "kept": "Real articles that the rules keep, and how many of them a coder found relevant (Wilson's 95 % interval)",
    "stance": "Stance of items (critical, neutral, approving): Krippendorff's alpha of measure and coder, 95 % bootstrap",
    "stance_labels": "Stance of items by label",
    "coders": "Agreement between codings of the same items: Krippendorff's alpha",
    "calibration": "Confidence of mentions against how often family and status are right (Wilson's 95 % interval)",
}
_MENTIONS = ("detection", "fields", "calibration")  # what is measured on mentions
_COLUMNS = ("measure", "family", "language", "fold", "statistic", "value", "low", "high", "n", "n_items", "coder", "gold", "gold_sha256")


def measure_gold(paths: Sequence[Path], *, fold: str = "all", n_boot: int = 1000, seed: int = 0) -> dict[str, pd.DataFrame]:
    """Measure what the library says of gold items against what their coders said.

    Parameters
    ----------
    paths : sequence of Path
        Gold files, as ``find_gold`` gives them.
    fold : str
        ``dev``, ``test`` or ``all``; an item without a fold is of dev, since rules may have been written by looking at it.

    Returns
    -------
    dict of str to DataFrame
        ``gold`` (a row a file: coder, items, digest), ``detection``, ``fields``, ``relevance``, ``kept``, ``stance``,
        ``stance_labels``, ``coders`` and ``calibration``; each row says its gold file, fold, language and coder. Language "all" is
        a file of several languages as a whole.

    Raises
    ------
    ValueError
        For a file that is no gold file, an unknown fold, or no item in it.

    >>> measure_gold([], fold="all")
    Traceback (most recent call last):
    ValueError: no gold item in fold all of no file; see --gold
    """
    if fold not in ("dev", "test", "all"):
        raise ValueError(f"fold '{fold}': use dev, test or all")
    files, items, matched = [], [], []
    for path in paths:
        own = [i for i in read_gold(path) if fold in ("all", i.get("fold", "dev"))]
        coder = coder_of(path, own)
        name = _name(path)
        files.append({"gold": name, "coder": coder, "n_items": len(own), "n_mentions": sum(len(i["agreed"]) for i in own),
                      "sha256": store.digest(path)})
        if own:
            facts = pd.DataFrame({"item": [i["item"] for i in own], "gold": name, "coder": coder,
                                  "fold": [i.get("fold", "dev") for i in own]})
            matched.append(match_mentions(own, code_gold(own, repeats=tells_repeats(path))).merge(facts, on="item"))
            items.append(_item_rows(own).merge(facts, on="item"))
    if not items:
        raise ValueError(f"no gold item in fold {fold} of {', '.join(map(str, paths)) or 'no file'}; see --gold")
    mentions, whole = _with_pooled(pd.concat(matched, ignore_index=True)), _with_pooled(pd.concat(items, ignore_index=True))
    draws = {"n_boot": n_boot, "seed": seed}
    right = mentions["is_status_right"].fillna(False).astype(bool) & (mentions["outcome"] == "tp")
    relevant = whole[whole["relevant"].notna()]
    labels = {True: "relevant", False: "not relevant"}
    scored = whole[whole["coded"].isin(_SCALE)]
    tables = {
        "detection": f1_table(mentions, by=[*_BY, "family"], **draws),
        "fields": field_table(mentions, by=[*_BY, "family"]).query("n > 0"),
        "relevance": classification_table(relevant["relevant"].map(labels), relevant["is_relevant"].map(labels),
                                          by=relevant[[*_BY]], **draws),
        "kept": _kept(whole[whole["kept"].notna() & whole["is_relevant"]]),
        "stance": _alphas(scored[scored["stance"] != "unscored"], ("coded", "stance"), **draws),
        "stance_labels": classification_table(scored["coded"], scored["stance"], by=scored[[*_BY]], **draws),
        "coders": _coder_agreement(whole, **draws),
        "calibration": _by_group(mentions.assign(is_right=right)[mentions["confidence"].notna()]),
    }
    coders = pd.DataFrame(files).set_index("gold")["coder"]
    return {"gold": pd.DataFrame(files), **{name: _with_coder(t, coders, of_mentions=name in _MENTIONS) for name, t in tables.items()}}


def as_json(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return the tables as JSON: name to a list of rows; a missing number is null.

    >>> as_json({"gold": pd.DataFrame({"n": [1, float("nan")]})})
    '{"gold": [{"n": 1.0}, {"n": null}]}'
    """
    rows = {name: json.loads(t.to_json(orient="records", double_precision=4)) for name, t in tables.items()}
    return json.dumps(rows, ensure_ascii=False)


def as_text(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return the tables as text, each under its title; every interval stands beside its n.

    >>> as_text({"gold": pd.DataFrame({"gold": ["a"], "coder": ["two people"]})}).splitlines()[0]
    'Gold files, and who coded them'
    """
    parts = []
    for name, table in tables.items():
        shown = table.drop(columns=[c for c in ("coder", "sha256") if c in table and (name != "gold" or c == "sha256")])
        body = (_wide(shown) if name == "fields" else _shown(shown)).to_string(index=False) if len(shown) else "nothing to measure"
        parts.append(f"{_TITLES.get(name, name)}\n{body}")
    return "\n\n".join(parts)


def validation_rows(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the figures that validity cards print: a row a measure, language, family, fold and gold file.

    Returns
    -------
    DataFrame
        measure (mention, a field of mentions, relevance, kept, stance), family (empty for items as a whole), language, fold,
        statistic (F1, share right, share relevant, alpha), value, low, high, n (gold mentions; matched mentions; relevant items;
        kept articles; items scored), n_items, coder, gold, gold_sha256. Language "all" is left out: a card names each language.

    >>> from analysis.validate.gold import find_gold
    >>> rows = validation_rows(measure_gold(find_gold()[:1], n_boot=10))
    >>> set(rows.loc[rows["fold"] == "dev", "coder"]), set(rows["language"])
    ({'language model, one reading'}, {'en'})
    """
    found = tables["detection"].assign(measure="mention", statistic="F1", value=lambda t: t["f1"], n=lambda t: t["tp"] + t["fn"])
    fields = tables["fields"].assign(statistic="share right", value=lambda t: t["share"], measure=lambda t: t["field"])
    relevance = tables["relevance"].query("label == 'relevant'").assign(
        measure="relevance", family="", statistic="F1", value=lambda t: t["f1"])
    kept = tables["kept"].assign(measure="kept", family="", statistic="share relevant", value=lambda t: t["share"])
    stance = tables["stance"].assign(measure="stance", family="", statistic="alpha", value=lambda t: t["alpha"])
    rows = pd.concat([found, fields, relevance, kept, stance], ignore_index=True)
    digests = tables["gold"].set_index("gold")["sha256"]
    rows = rows[rows["language"] != "all"].assign(gold_sha256=rows["gold"].map(digests)).dropna(subset="value")
    # A table without rows would make all columns of any kind.
    rows = rows.astype(dict.fromkeys(("value", "low", "high"), float) | {"n_items": "Int64"})
    return rows[[*_COLUMNS]].sort_values(["gold", "measure", "family", "language", "fold"], ignore_index=True)


def _name(path: Path) -> str:
    """The file as seen from the checkout; by its name alone when it lies elsewhere on the machine."""
    full = path.resolve()
    near = os.path.relpath(full, store.ROOT.resolve())
    return Path(near).as_posix() if not near.startswith(os.path.join("..", "..")) and not Path(near).is_absolute() else full.name


def _item_rows(items: Sequence[Mapping]) -> pd.DataFrame:
    """An item a row: what its coders and the library say of it as a whole."""
    coded = pd.DataFrame({
        "item": [i["item"] for i in items], "language": [i["language"] for i in items],
        # Items of an archive were drawn among those found relevant: they can say nothing of what was missed.
        "relevant": [None if "archive" in i else _agreed(i.get("relevant")) for i in items],
        "kept": [_agreed(i.get("relevant")) if "archive" in i else None for i in items],
        "coded": [_agreed(i.get("stance")) for i in items],
        "relevant_by": [_values(i.get("relevant")) for i in items], "stance_by": [_values(i.get("stance")) for i in items],
    })
    return coded.merge(say_of_items(items), left_on="item", right_index=True)


def _values(value: object) -> tuple:
    return tuple(value) if isinstance(value, list) else () if value is None else (value,)


def _agreed(value: object) -> object:
    """What all codings of an item say; None when they differ."""
    said = set(_values(value))
    return said.pop() if len(said) == 1 else None


def _with_pooled(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, and once more under language "all" those of files of several languages."""
    several = rows.groupby("gold")["language"].transform("nunique") > 1
    return pd.concat([rows, rows[several].assign(language="all")], ignore_index=True)


def _kept(rows: pd.DataFrame) -> pd.DataFrame:
    """Of articles of an archive that the rules keep, how many are relevant."""
    out = []
    for key, own in rows.groupby([*_BY], sort=True):
        n, right = len(own), int(own["kept"].astype(bool).sum())
        low, high = wilson(right, n)
        out.append({**dict(zip(_BY, key, strict=True)), "n": n, "n_relevant": right, "share": right / n, "low": low, "high": high})
    return pd.DataFrame(out, columns=[*_BY, "n", "n_relevant", "share", "low", "high"])


def _alphas(rows: pd.DataFrame, coders: tuple[str, str], *, n_boot: int, seed: int) -> pd.DataFrame:
    out = []
    for key, own in rows.groupby([*_BY], sort=True):
        codings = own.melt(id_vars="item", value_vars=[*coders], var_name="coder").rename(columns={"item": "unit"})
        point, low, high = alpha(codings, n_boot=n_boot, seed=seed)
        out.append({**dict(zip(_BY, key, strict=True)), "n": len(own), "n_equal": int((own[coders[0]] == own[coders[1]]).sum()),
                    "alpha": point, "low": low, "high": high})
    return pd.DataFrame(out, columns=[*_BY, "n", "n_equal", "alpha", "low", "high"])


def _coder_agreement(whole: pd.DataFrame, *, n_boot: int, seed: int) -> pd.DataFrame:
    parts = []
    for variable in ("relevant", "stance"):
        # two values in a file that was coded once leave a reading open; a file coded twice has two for every item
        n_values = whole[f"{variable}_by"].map(len)
        twice = whole[n_values.eq(2).groupby(whole["gold"]).transform("all")]
        both = twice.assign(**{f"coder{k + 1}": [str(v[k]) for v in twice[f"{variable}_by"]] for k in (0, 1)})
        parts.append(_alphas(both, ("coder1", "coder2"), n_boot=n_boot, seed=seed).assign(variable=variable))
    return pd.concat(parts, ignore_index=True)[[*_BY, "variable", "n", "n_equal", "alpha", "low", "high"]]


def _by_group(mentions: pd.DataFrame) -> pd.DataFrame:
    parts = [
        calibration_table(own["confidence"], own["is_right"], n_bins=10).query("n > 0").assign(**dict(zip(_BY, key, strict=True)))
        for key, own in mentions.groupby([*_BY], sort=True)
    ]
    out = pd.concat(parts, ignore_index=True) if parts else calibration_table(pd.Series(dtype=float), pd.Series(dtype=bool)).head(0)
    return out.reindex(columns=[*_BY, *[c for c in out.columns if c not in _BY]])


def _with_coder(table: pd.DataFrame, coders: pd.Series, *, of_mentions: bool) -> pd.DataFrame:
    """Add the coder of each row's gold; of the project's own test folds the mentions were coded twice, the stance once."""
    coder = table["gold"].map(coders)
    if of_mentions and len(table):
        coder = coder.mask((table["fold"] == "test") & table["gold"].str.startswith(TWICE_CODED), TWO_READINGS)
    return table.assign(coder=coder).reset_index(drop=True)


def _wide(fields: pd.DataFrame) -> pd.DataFrame:
    """A row a group with a column a field; there are too many rows to read otherwise."""
    cell = [f"{share:.2f} ({n})" for share, n in zip(fields["share"], fields["n"], strict=True)]
    keys = [c for c in (*_BY, "family") if c in fields]
    wide = fields.assign(cell=cell).pivot_table(index=keys, columns="field", values="cell", aggfunc="first")
    return wide.reindex(columns=[f for f in FIELDS if f in wide.columns]).fillna("").reset_index().rename_axis(columns=None)


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """Numbers to three places, an interval in one column after its value."""
    out = table.copy()
    for low in [c for c in out.columns if c.endswith("low") and c != "bin_low"]:
        high = low.removesuffix("low") + "high"
        value = low.removesuffix("_low") if low != "low" else out.columns[out.columns.get_loc("low") - 1]
        spans = [_span(a, b) for a, b in zip(out[low], out[high], strict=True)]
        out = out.drop(columns=[low, high])
        out.insert(out.columns.get_loc(value) + 1, f"{value} 95 %", spans)
    for column in out.select_dtypes("float"):
        out[column] = out[column].map(lambda v: "missing" if math.isnan(v) else f"{v:.3f}")
    return out


def _span(low: float, high: float) -> str:
    return "missing" if math.isnan(low) or math.isnan(high) else f"{low:.2f} to {high:.2f}"
