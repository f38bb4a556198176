"""Imports only go down the layers, and importing a room stays light."""

import ast
import subprocess
import sys

import pytest

# Top may import bottom, never the other way, and never its own level (except within one room).
LAYERS = [
    ["cli", "__main__"],
    ["report", "explain"],
    ["pipeline"],
    ["chart", "validate"],
    ["trend"],
    ["timeline"],
    ["coding", "stance", "topics"],
    ["actors", "dates", "terms"],
    ["clean"],
    ["sources"],
    ["store"],
    ["schema", "text", "lexicons"],
]
LEVEL = {room: len(LAYERS) - i for i, rooms in enumerate(LAYERS) for room in rooms}
# Within the lowest level, text reads its abbreviations from the lexicons.
ALLOWED_SIDEWAYS = {("text", "lexicons"), ("__main__", "cli")}
HEAVY = {"matplotlib": {"chart"}, "sklearn": {"terms", "topics", "stance", "clean"}}


def rooms(root):
    for path in sorted((root / "analysis").rglob("*.py")):
        parts = path.relative_to(root / "analysis").with_suffix("").parts
        if parts != ("__init__",):
            yield parts[0], path


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            if node.module == "analysis":
                yield from (f"analysis.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_every_room_has_a_layer(root):
    assert {room for room, _ in rooms(root)} <= set(LEVEL)


def test_imports_only_go_down(root):
    wrong = []
    for room, path in rooms(root):
        for module in imported(path):
            parts = module.split(".")
            if parts[0] == "analysis" and len(parts) > 1 and parts[1] != room and parts[1] in LEVEL:
                if LEVEL[parts[1]] >= LEVEL[room] and (room, parts[1]) not in ALLOWED_SIDEWAYS:
                    wrong.append(f"{path.name} ({room}) imports {module}")
    assert wrong == []


def test_heavy_packages_stay_in_their_rooms(root):
    wrong = [
        f"{path.name} imports {module}"
        for room, path in rooms(root)
        for module in imported(path)
        if module.split(".")[0] in HEAVY and room not in HEAVY[module.split(".")[0]]
    ]
    assert wrong == []


def test_importing_the_package_is_light():
    code = "import sys, analysis, analysis.cli; print([m for m in ('pandas', 'matplotlib', 'sklearn', 'nltk') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("room", ["clean", "coding", "actors", "dates", "trend", "timeline", "sources"])
def test_measuring_rooms_import_no_charts_and_no_learning(room):
    code = f"import sys, analysis.{room}; print([m for m in ('matplotlib', 'sklearn', 'nltk') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_store_writes_and_nothing_is_unsafe(root):
    banned = ("import pickle", "eval(", "exec(", "yaml.load(", ".to_csv(", ".to_parquet(", "urlopen", "requests.get")
    may = {".to_csv(": {"cli", "chart", "store"}, "eval(": set()}
    wrong = [
        f"{path.name}: {word}"
        for room, path in rooms(root)
        for word in banned
        if word in path.read_text(encoding="utf-8") and room not in may.get(word, set())
    ]
    assert wrong == []
