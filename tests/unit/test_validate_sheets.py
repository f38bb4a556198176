"""Samples drawn for coding by hand: who is in them, how they travel through a spreadsheet, and what is refused."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis import validate

CODES = {"stance": ["critical", "neutral", "approving"], "relevant": ["yes", "no"]}
TABLE = pd.DataFrame({
    "language": ["fr"] * 60 + ["ko"] * 30 + ["ru"] * 3,
    "text": [f"Phrase inventée, numéro {i} ; « citée »" for i in range(60)] + [f"지어낸 문장 {i}" for i in range(30)] + list("xyz"),
    "predicted": "neutral",
})


@pytest.fixture
def sheet(tmp_path):
    sample = validate.draw_sample(TABLE, by="language", n=12, seed=3)
    path = tmp_path / "to-code.csv"
    validate.write_sheet(sample, path, show=["language", "text"], codes=CODES)
    return sample, path


def test_strata_have_the_same_number_as_far_as_they_go():
    sample = validate.draw_sample(TABLE, by="language", n=21, seed=3)
    assert sample["language"].value_counts().to_dict() == {"fr": 9, "ko": 9, "ru": 3}
    # Each row stands for its stratum: the weights of a stratum add up to its size.
    assert sample.groupby("language")["weight"].sum().to_dict() == pytest.approx({"fr": 60, "ko": 30, "ru": 3})
    assert sample["unit"].is_unique


def test_the_seed_decides_and_the_order_of_rows_does_not():
    drawn = [validate.draw_sample(t, by="language", n=12, seed=s)["text"].tolist()
             for t, s in ((TABLE, 3), (TABLE.sample(frac=1, random_state=1), 3), (TABLE, 4))]
    assert drawn[0] == drawn[1] != drawn[2]


def test_all_rows_when_there_are_fewer_and_errors_otherwise():
    assert len(validate.draw_sample(TABLE, by=["language", "predicted"], n=1000, seed=0)) == 93
    with pytest.raises(ValueError, match="no column colour"):
        validate.draw_sample(TABLE, by="colour", n=5, seed=0)
    with pytest.raises(ValueError, match="at least one"):
        validate.draw_sample(TABLE, by="language", n=0, seed=0)
    assert validate.draw_sample(TABLE.head(0), by="language", n=5, seed=0).empty


def test_the_weighted_share_is_that_of_the_table():
    table = pd.DataFrame({"stratum": ["a"] * 900 + ["b"] * 100, "is_so": [True] * 450 + [False] * 450 + [True] * 90 + [False] * 10})
    shares = [np.average(s["is_so"], weights=s["weight"]) for s in (
        validate.draw_sample(table.assign(n=range(1000)), by="stratum", n=60, seed=i) for i in range(60))]
    assert np.mean(shares) == pytest.approx(0.54, abs=0.02)  # unweighted it would be near 0.7


def test_there_and_back(sheet):
    sample, path = sheet
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # spreadsheets need the mark to show Hangul
    written = pd.read_csv(path)
    assert written.columns.tolist() == ["unit", "language", "text", "stance", "stance (how)", "relevant", "relevant (how)", "remark"]
    assert written["stance (how)"].iloc[0] == "one of: critical, neutral, approving; leave empty when not coded yet"
    assert "predicted" not in written  # the coder must not see what the library said
    written = written.astype({"stance": object, "remark": object})
    written.loc[0, ["stance", "remark"]] = ["critical", "two readings possible"]
    written.iloc[::-1].to_csv(path, index=False, encoding="utf-8-sig", sep=";")  # sorted and saved by a European spreadsheet
    coded = validate.read_sheet(path, sample=sample, codes=CODES)
    assert coded["unit"].tolist() == sample["unit"].tolist()
    assert coded["stance"].tolist()[0] == "critical" and coded["stance"].isna().sum() == 11
    assert coded["remark"].iloc[0] == "two readings possible"


def test_a_text_that_looks_like_a_formula_is_not_run(tmp_path):
    sample = validate.draw_sample(pd.DataFrame({"text": ["=1+1", "- tiret"]}), by="text", n=2, seed=0)
    validate.write_sheet(sample, tmp_path / "s.csv", show=["text"], codes={})
    assert sorted(pd.read_csv(tmp_path / "s.csv")["text"]) == ["'- tiret", "'=1+1"]


def test_a_coded_sheet_is_never_overwritten(sheet):
    sample, path = sheet
    with pytest.raises(FileExistsError, match="choose another name"):
        validate.write_sheet(sample, path, show=["text"], codes=CODES)


@pytest.mark.parametrize(("spoil", "message"), [
    (lambda t: t.assign(stance=["hostile", *[None] * 11]), "row 2: stance 'hostile' is none of critical, neutral, approving"),
    (lambda t: t.drop(columns="stance"), "row 1 has no column stance; restore the first row"),
    (lambda t: t.assign(unit=["0001-none", *t["unit"][1:]]), "row 2: unit '0001-none' is not in this sample"),
    (lambda t: pd.concat([t, t.tail(1)]), "row 14: unit '{}' is there twice; delete one"),
    (lambda t: t.head(10), "2 units of the sample are gone"),
])
def test_what_is_wrong_is_one_line_with_file_row_and_remedy(sheet, spoil, message):
    sample, path = sheet
    spoil(pd.read_csv(path)).to_csv(path, index=False)
    with pytest.raises(ValueError, match=re.escape(message.format(sample["unit"].iloc[-1]))) as caught:
        validate.read_sheet(path, sample=sample, codes=CODES)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_sheet_in_another_encoding_says_how_to_save_it(sheet):
    sample, path = sheet
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("cp949", errors="replace"))
    with pytest.raises(ValueError, match="save it again as 'CSV UTF-8'"):
        validate.read_sheet(path, sample=sample, codes=CODES)
    path.write_text("")
    with pytest.raises(ValueError, match="is empty"):
        validate.read_sheet(path, sample=sample, codes=CODES)


@pytest.mark.parametrize(("width", "share"), [(0.1, 0.5), (0.2, 0.5), (0.1, 0.9), (0.05, 0.1), (0.3, 1.0)])
def test_n_to_code_is_the_least_that_does(width, share):
    n = validate.n_to_code(width, share=share)
    spans = [np.subtract(*validate.wilson(share * m, m)[::-1]) for m in (n, n - 1)]
    assert spans[0] <= width + 1e-9 < spans[1]
    assert validate.n_to_code(width, share=share, n_so_far=n - 5) == 5
    assert validate.n_to_code(width, share=share, n_so_far=n + 5) == 0


def test_n_to_code_refuses_the_impossible():
    with pytest.raises(ValueError, match="width"):
        validate.n_to_code(0)
    with pytest.raises(ValueError, match="share"):
        validate.n_to_code(0.1, share=1.2)
