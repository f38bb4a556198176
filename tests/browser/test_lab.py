"""JupyterLab in a real browser: the first notebook runs top to bottom, asks nobody on the network, and shows its chart."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("ANALYSIS_REQUIRE_BROWSER"), reason="no Chromium; apt-get install chromium"
    ),
]


@pytest.fixture
def lab(root, tmp_path):
    (tmp_path / "notebooks").mkdir()
    for source in sorted((root / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(source, as_version=4)
        for cell in notebook.cells:  # whatever the page shows in the end was made in this browser
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, tmp_path / "notebooks" / source.name)
    settings = tmp_path / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # By default the lab takes cells that are out of sight off the page, and no test can wait for what is not there.
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}', encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folders = {k: str(tmp_path / k) for k in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    environment = {
        **os.environ, **folders, "ANALYSIS_FIGURES": str(tmp_path / "figures"),
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"),
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=t", f"--ServerApp.root_dir={tmp_path / 'notebooks'}",
        "--LabApp.news_url=null", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        try:
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=2)
                    break
                except OSError:
                    time.sleep(0.5)
            yield f"http://127.0.0.1:{port}", tmp_path
        finally:
            server.terminate()
            server.wait(20)


def test_the_first_notebook_runs_in_the_lab(lab):
    from playwright.sync_api import expect, sync_playwright

    address, folder = lab
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.set_default_timeout(90_000)
        elsewhere, broken = [], []
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else elsewhere.append(r.url))
        page.on("pageerror", lambda e: broken.append(str(e)))
        page.goto(f"{address}/lab/tree/00-start-here.ipynb?token=t&reset")
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        # Not the execution indicator: it says idle before a kernel is attached, and Run All then runs nothing.
        expect(page.locator(".jp-StatusBar-Widget")).to_contain_text("| Idle", timeout=180_000)
        prompts = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt")
        begun = re.compile(r"\[(\*|\d+)\]:?")
        for _ in range(6):  # a busy kernel can lose the first Run All
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
            try:
                expect(prompts.first).to_have_text(begun, timeout=20_000)
                break
            except AssertionError:
                continue
        expect(prompts.last).to_have_text(re.compile(r"\[\d+\]:?"), timeout=300_000)
        expect(page.locator(".jp-OutputArea-output img").first).to_be_attached()
        errors = page.locator('[data-mime-type="application/vnd.jupyter.error"]').count()
        page.screenshot(path=str(folder / "lab.png"))
        browser.close()
    assert errors == 0
    assert elsewhere == []
    assert broken == []
