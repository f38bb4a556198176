"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real archives and gold beside the checkout; CI requires it, elsewhere its absence skips."""
    folder = Path(os.environ.get("ANALYSIS_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold" / "dev.jsonl").is_file():
        if os.environ.get("ANALYSIS_REQUIRE_SHARED"):
            pytest.fail(f"{folder} must hold the real archives and gold, and does not")
        pytest.skip(f"no real archives at {folder}; set ANALYSIS_SHARED to their folder")
    return folder
