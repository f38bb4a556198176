"""Tables are what they are declared to be, and errors say what to do."""

import pandas as pd
import pytest

from analysis import schema

ROW = {"source_id": "s", "outlet_id": "o", "day": "2024-02-08", "n_items": 3}


def test_check_orders_types_and_sorts():
    rows = pd.DataFrame([ROW | {"outlet_id": "z"}, ROW | {"outlet_id": "a"}])[["n_items", "day", "outlet_id", "source_id"]]
    out = schema.check(rows, "totals")
    assert list(out) == ["source_id", "outlet_id", "day", "n_items"]
    assert out["outlet_id"].tolist() == ["a", "z"]
    assert str(out["day"].dtype) == "datetime64[us]"


def test_the_callers_table_is_left_alone():
    rows = pd.DataFrame([ROW])
    before = rows.copy()
    schema.check(rows, "totals")
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([ROW, ROW], ["totals", "key"]),
        ([ROW | {"n_items": None}], ["totals", "n_items", "not_nullable"]),
        ([ROW | {"n_items": "many"}], ["totals", "n_items", "not int"]),
        ([ROW | {"extra": 1}], ["undeclared", "extra", "schema.py"]),
    ],
)
def test_errors_name_table_column_and_remedy(rows, words):
    with pytest.raises(schema.SchemaError) as caught:
        schema.check(pd.DataFrame(rows), "totals")
    for word in words:
        assert word in str(caught.value)


def test_values_outside_the_codebook_are_refused():
    row = dict.fromkeys(schema.TABLES["rejects"].names, "x") | {"raw_row": 1}
    schema.check(pd.DataFrame([row]), "rejects")
    cut = {"article_id": "a", "cut": 1, "kind": "advert", "text": "", "rule": ""}
    with pytest.raises(schema.SchemaError, match="kind"):
        schema.check(pd.DataFrame([cut]), "cuts")


@pytest.mark.parametrize("table", schema.TABLES)
def test_empty_tables_hold_to_their_declaration(table):
    assert len(schema.check(schema.empty(table), table)) == 0


@pytest.mark.parametrize("table", schema.TABLES.values(), ids=lambda t: t.name)
def test_every_column_says_what_it_means(table):
    assert set(table.key) <= set(table.names)
    for column in table.columns:
        assert column.meaning.strip().endswith("."), f"{table.name}.{column.name}"
        assert column.kind in schema.DTYPES


def test_the_data_dictionary_is_up_to_date(root):
    written = (root / "docs" / "DATA_DICTIONARY.md").read_text(encoding="utf-8")
    assert written == schema.data_dictionary(), "run: make docs"
