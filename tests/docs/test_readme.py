"""README's numbers, commands and examples hold."""

import re
import subprocess
import sys

import pytest

from analysis import store, trend


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def test_numbers_are_those_of_the_reference_tables(readme):
    block = re.search(r"<!-- numbers.*?-->(.*?)<!-- end numbers -->", readme, re.S)[1]
    articles, totals = (store.read_table("reference", t) for t in ("articles", "totals"))
    series = trend.share(articles, totals, freq="MS", by="bloc")
    western = series[(series["group"] == "western") & series["is_complete"].astype(bool) & series["value"].notna()]
    peak = western.loc[western["value"].idxmax()]
    assert f"{peak['period_start']:%B %Y}" == "September 2023"
    for said in (
        f"**{100 * peak['value']:.2f} %**", f"n = {peak['numerator']:.0f} of {peak['denominator']:,.0f}",
        f"{100 * peak['low']:.2f} to {100 * peak['high']:.2f} %", f"**{len(articles)}** relevant articles",
        f"**{store.read_build('reference')['rows_in']:,}** items",
    ):
        assert said in " ".join(block.split()), said


def test_the_python_example_runs_and_prints_what_it_says(readme):
    code = re.search(r"```python\n(.*?)```", readme, re.S)[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    said = re.search(r"m\.date_start\)\s+# (.*)", code)[1]
    assert done.stdout.strip().splitlines() == [said]


def test_every_path_and_make_target_named_exists(readme, root):
    for path in re.findall(r"\]\(([\w/.-]+)\)", readme):
        assert (root / path).exists(), path
    targets = set(re.findall(r"^(\w+):", (root / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"\bmake (report|test|help|lab|reference|bench)\b", readme)) <= targets


def test_no_path_of_a_machine_and_no_registry_host(root):
    done = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    bad = re.compile("/" + r"(?:work|root|farm)/|py" + r"pi\.org|python" + r"hosted|npm" + "js")
    wrong = []
    for name in done.stdout.splitlines():
        path = root / name
        if path.suffix in (".py", ".md", ".csv", ".yml", ".toml", ".lock", ".ipynb", ".json", ".cff", "") and path.is_file():
            if bad.search(path.read_text(encoding="utf-8", errors="ignore")):
                wrong.append(name)
    assert wrong == []
