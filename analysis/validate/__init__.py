"""Measured error: what the library says against what coders said, each figure with its n, interval and coder.

``gold`` reads gold files and codes their items, ``mentions`` matches mentions, ``scores`` holds precision, recall, F1 and
calibration, ``agreement`` Krippendorff's alpha, ``measure`` all of it for the command ``validate`` and for validity cards;
``sheets`` is for coding by hand. The rules of matching are those of the project's public scorer.
"""

from analysis.validate.agreement import alpha, wilson
from analysis.validate.gold import code_gold, coder_of, find_gold, read_gold, say_of_items
from analysis.validate.measure import FIGURES, as_json, as_text, measure_gold, validation_rows
from analysis.validate.mentions import FIELDS, match_mentions
from analysis.validate.scores import (
    calibration_table,
    classification_table,
    confusion,
    f1_table,
    field_table,
    mention_confusion,
)
from analysis.validate.sheets import draw_sample, n_to_code, read_sheet, write_sheet

__all__ = [
    "FIELDS", "FIGURES", "alpha", "as_json", "as_text", "calibration_table", "classification_table", "code_gold", "coder_of",
    "confusion", "draw_sample", "f1_table", "field_table", "find_gold", "match_mentions", "measure_gold", "mention_confusion",
    "n_to_code",
    "read_gold", "read_sheet", "say_of_items", "validation_rows", "wilson", "write_sheet",
]
