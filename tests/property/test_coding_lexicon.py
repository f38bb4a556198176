"""The coder's lexicons are looked up by how words begin, for speed: the hits are those of the plain pattern all the same."""

import json
import re

import pytest

from analysis import text
from analysis.coding.lexicon import grammar, lowered, words
from analysis.lexicons import read_lexicon

# lexicon, and the columns by which the coder narrows it
LEXICONS = {
    "visit_triggers": [], "visit_blocks": [], "agreement_triggers": [], "cooperation": [], "coding_titles": [],
    "coding_phrases": ["kind"], "voice": ["kind"], "coding_speakers": ["class"], "reaction_triggers": ["pos"],
    "status_cues": ["status", "kind", "where"], "agreement_stages": ["stage", "applies"], "agreement_levels": ["level"],
}


def plain(rows, low, start, end, boundary):
    """The same forms as one regular expression, tried at every place."""
    forms = "|".join(f"(?P<r{i}>{r['form']})" for i, r in enumerate(rows))
    edges = r"(?:(?<!\w)|(?=\W))(?:{})(?:(?!\w)|(?<=\W))" if boundary else "(?:{})"
    found = re.compile(edges.format(forms)).finditer(low, start, end)
    return [(m.start(), m.end(), rows[int(m.lastgroup[1:])]) for m in found]


@pytest.mark.parametrize("language", ["en", "fr", "ru", "ko"])
def test_a_looked_up_hit_is_the_hit_of_the_plain_pattern(root, language):
    path = root / "tests" / "gold" / f"items_{language}.jsonl"
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    bodies = [i["text"] for i in items[::3]]
    sentences = [lowered(b[x:y]) for b in bodies for x, y in text.sentences(b, language=language)]
    for name, columns in LEXICONS.items():
        table = read_lexicon(name)
        table = table[table["language"] == language]
        for values in set(table[columns].itertuples(index=False, name=None)) if columns else [()]:
            known = words(name, language, **dict(zip(columns, values, strict=True)))
            if not known.rows:
                continue
            for low in sentences:
                for start, end in ((0, len(low)), (len(low) // 3, len(low) - 7)):
                    found = [(h.start, h.end, h.row) for h in known.find(low, start, end)]
                    assert found == plain(known.rows, low, start, end, grammar(language).boundary), (name, values, low)
