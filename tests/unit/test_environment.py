"""environment.yml, pyproject.toml and requirements.lock say the same."""

import re
import tomllib
from importlib.metadata import version

import pytest
import yaml

CONDA_NAMES = {"matplotlib": "matplotlib-base", "vadersentiment": "vadersentiment", "pandera": "pandera-pandas"}


def split(requirement):
    name, bound = re.match(r"([\w.-]+)(?:\[[\w,]+\])?(.*)", requirement.replace(" ", "")).groups()
    return name.lower(), bound


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def conda(root):
    lines = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    return dict(split(line) for line in lines if isinstance(line, str))


def test_conda_has_every_dependency_with_the_same_bounds(project, conda):
    wanted = dict(map(split, project["dependencies"] + project["optional-dependencies"]["notebook"]))
    for name, bound in wanted.items():
        assert conda.get(CONDA_NAMES.get(name, name)) == bound, name
    assert conda["python"] == project["requires-python"]
    assert set(conda) - {"python", "pip"} == {CONDA_NAMES.get(n, n) for n in wanted}


def test_installed_versions_satisfy_condas_grammar(project, conda):
    rattler = pytest.importorskip("rattler")
    names = {CONDA_NAMES.get(n, n): n for n, _ in map(split, project["dependencies"])}
    for name, bound in conda.items():
        rattler.MatchSpec(f"{name} {bound}".strip(), strict=True)
        if name in names and bound:
            assert rattler.VersionSpec(bound).matches(rattler.Version(version(names[name]))), name


def test_the_lock_pins_every_dependency_with_hashes_and_names_no_host(root, project):
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", lock, re.M))
    for requirement in project["dependencies"]:
        assert split(requirement)[0] in pinned
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock
