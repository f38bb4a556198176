"""Codes of real items: bound to the text they were read from, and no text beside them."""

import json
from pathlib import Path

import pytest

from analysis import validate
from analysis.validate import archives

FILES = sorted(Path(__file__).parent.glob("archive_*.jsonl"))
MENTION = {"field", "family", "status", "detail", "actor", "counterpart", "direction", "bloc", "date_start", "date_end",
           "date_precision", "voice", "start", "end"}
ITEM = {"item", "archive", "row", "url", "outlet", "language", "published", "fold", "n_characters", "text_sha256", "relevant",
        "stance", "agreed", "only1", "only2", "repeats"}


def coded(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_codes_carry_no_text(path):
    for item in coded(path):
        assert set(item) <= ITEM
        assert all(set(m) <= MENTION for k in ("agreed", "only1", "only2", "repeats") for m in item[k])


@pytest.mark.shared
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_code_finds_the_text_it_was_read_from(path, shared):
    items = coded(path)
    found, lost = archives.with_texts(items)
    assert lost == []
    assert [i["item"] for i in found] == [i["item"] for i in items]
    for item in found:
        for m in item["agreed"]:
            assert 0 <= m["start"] < m["end"] <= len(item["title" if m["field"] == "title" else "text"])


@pytest.mark.shared
def test_codes_of_a_text_that_changed_are_left_out_with_a_warning(tmp_path, shared):
    first, second = coded(FILES[0])[:2]
    changed = tmp_path / "archive_en.jsonl"
    changed.write_text(json.dumps(first | {"text_sha256": "0" * 64}) + "\n" + json.dumps(second) + "\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="is not the text that was coded"):
        items = validate.read_gold(changed)
    assert [i["item"] for i in items] == [second["item"]]
