"""Runs notebooks through JupyterLab itself, in headless Chromium: check-lab.py FOLDER ENGLISH.ipynb GREEK.ipynb

The kernel is the one that is registered in JUPYTER_DATA_DIR. In each language: Run All Cells runs every cell, answers in the
notebook's language with HTML and a figure, fails only where a cell says so; Tab completes, Shift-Tab shows help, a wrong command
shows as an error; answers are legible in the light and the dark theme. Screenshots are left in the folder, to be looked at.
Exit status 1 when anything is wrong. Each thing that is asserted is first shown to be missed where it is absent.
"""

import json
import os
import pathlib
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import nbformat
from looking import CONTRAST, LABELS
from playwright.sync_api import TimeoutError as TooLong
from playwright.sync_api import sync_playwright

WORDS = {
    "en": {
        "kernel": "islet · English", "answer": "Recommended", "typed": "recom", "completed": "recommend",
        "asked": "recommend", "help": "recommend surgery", "wrong": "no such command", "code": "command.unknown", "error": "isn't a command",
    },
    "el": {
        "kernel": "islet · Ελληνικά", "answer": "Συνιστάται", "typed": "σύστ", "completed": "σύσταση",
        "asked": "σύσταση", "help": "σύσταση χειρουργική", "wrong": "δεν υπάρχει", "code": "command.unknown", "error": "δεν είναι εντολή",
    },
}

SETTINGS = {
    # Every cell is in the page, not only those in view.
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}

# What stands in the notebook: each code cell's number and outputs.
CELLS = """
() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map((cell) => ({
  number: (cell.querySelector('.jp-InputPrompt').textContent.match(/\\d+/) ?? [''])[0],
  outputs: [...cell.querySelectorAll('.jp-OutputArea-output')].map((output) => ({
    kind: output.dataset.mimeType ?? '', text: output.textContent.trim(),
    languages: [...output.querySelectorAll('.islet-answer')].map((answer) => answer.lang),
    figures: [...output.querySelectorAll('svg')].filter((svg) => svg.checkVisibility() && svg.getBoundingClientRect().width > 200).length,
  })),
}))
"""
ERROR = "application/vnd.jupyter.stderr"


class Server:
    """JupyterLab on the loopback address, with nothing of the user's and a token of its own."""

    def __init__(self, folder, notebooks):
        base = pathlib.Path(folder)
        for name, values in SETTINGS.items():
            path = base / "settings/@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))
        shelf = base / "notebooks"
        shelf.mkdir()
        for name, notebook in notebooks.items():
            nbformat.write(notebook, shelf / name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        token = secrets.token_hex(16)
        self.address, self.token = f"http://127.0.0.1:{port}", token
        self.log = open(base / "log", "w+")
        own = {name: str(base / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")}
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={shelf}", "--LabApp.extension_manager=readonly",
                "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            ],
            env={**os.environ, **own, "JUPYTERLAB_SETTINGS_DIR": str(base / "settings"), "JUPYTER_PLATFORM_DIRS": "1"},
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def wait(self):
        """Waits until it answers; its log is shown when it doesn't."""
        patience = time.monotonic() + 120
        while time.monotonic() < patience and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/api/status?token={self.token}", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
        self.log.seek(0)
        raise SystemExit("JupyterLab did not start:\n" + self.log.read())

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


class Lab:
    """A notebook that is open in JupyterLab, and what was wrong in it."""

    def __init__(self, browser, server, name, kernel):
        self.faults = []
        self.page = page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.on("console", lambda message: self.faults.append(f"console: {message.text}") if message.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        home = (server.address, server.address.replace("http", "ws", 1), "data:", "blob:")
        page.on("request", lambda request: None if request.url.startswith(home) else self.faults.append(f"asks for {request.url}"))
        page.goto(f"{server.address}/lab/tree/{name}?token={server.token}&reset")
        page.wait_for_function(
            "(kernel) => [...document.querySelectorAll('.jp-StatusBar-TextItem')].some((e) => e.textContent.includes(`${kernel} | Idle`))",
            arg=kernel, timeout=90_000)

    def command(self, *labels):
        """Chooses in the menu, as by hand."""
        self.page.locator(f'.lm-MenuBar-itemLabel:text-is("{labels[0]}")').click()
        for label in labels[1:]:
            self.page.locator(f'.lm-Menu-itemLabel:text-is("{label}")').click()

    def settle(self):
        """Waits until no cell runs or waits."""
        self.page.wait_for_function(
            "() => { const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map((e) => e.textContent);"
            " return prompts.some((p) => /\\d/.test(p)) && !prompts.some((p) => p.includes('*'))"
            " && document.querySelector('.jp-Notebook-ExecutionIndicator').dataset.status === 'idle'; }",
            timeout=120_000)
        self.page.wait_for_timeout(500)

    def run_all(self):
        self.command("Run", "Run All Cells")
        self.settle()

    def judge(self, notebook, language):
        """What isn't as the notebook says after all its cells were run."""
        expected = [cell.metadata.get("islet", {}).get("error") for cell in notebook.cells if cell.cell_type == "code"]
        cells = self.page.evaluate(CELLS)
        if len(cells) != len(expected):
            self.faults.append(f"{len(cells)} cells, not {len(expected)}")
        for place, (cell, code) in enumerate(zip(cells, expected), 1):
            outputs = cell["outputs"]
            if cell["number"] != str(place):
                self.faults.append(f"cell {place} was not run: [{cell['number']}]")
            if not any(output["text"] for output in outputs):
                self.faults.append(f"cell {place} has no output")
            errors = [output["text"] for output in outputs if output["kind"] == ERROR]
            if code and not any(f"[{code}]" in text for text in errors):
                self.faults.append(f"cell {place} misses its error {code}")
            if errors and not code:
                self.faults.append(f"cell {place} failed: {errors[0][:80]}")
        outputs = [output for cell in cells for output in cell["outputs"]]
        spoken = {spoken for output in outputs for spoken in output["languages"]}
        if not spoken:
            self.faults.append("no answer as HTML")
        elif spoken != {language}:
            self.faults.append(f"answers in {', '.join(sorted(spoken))}")
        if not any(WORDS[language]["answer"] in output["text"] for output in outputs):
            self.faults.append(f"no answer says {WORDS[language]['answer']}")
        if not any(output["figures"] for output in outputs):
            self.faults.append("no figure in view")

    def new_cell(self, text):
        """A cell at the end, being edited, with the text typed into it."""
        page = self.page
        page.locator(".jp-Notebook .jp-Cell").last.click()
        page.keyboard.press("Escape")
        page.keyboard.press("b")
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
        page.keyboard.type(text)
        page.wait_for_timeout(300)

    def completes(self, typed, completed, picture=None):
        self.new_cell(typed)
        self.page.keyboard.press("Tab")
        try:
            self.page.wait_for_function(
                "(whole) => document.querySelector('.jp-Cell.jp-mod-active .cm-content').innerText.trim() === whole"
                " || [...document.querySelectorAll('.jp-Completer-match')].some((e) => e.checkVisibility() && e.textContent === whole)",
                arg=completed, timeout=8000)
        except TooLong:
            self.faults.append(f"Tab doesn't complete {typed} to {completed}")
        self.picture(picture)
        self.page.keyboard.press("Escape")

    def explains(self, asked, words, picture=None):
        self.new_cell(asked)
        self.page.keyboard.press("Shift+Tab")
        try:
            self.page.wait_for_selector(f'.jp-Tooltip:has-text("{words}")', state="visible", timeout=8000)
        except TooLong:
            self.faults.append(f"Shift-Tab shows no help for {asked}")
        self.picture(picture)
        self.page.keyboard.press("Escape")

    def refuses(self, wrong, code, words, picture=None):
        self.new_cell(wrong)
        self.page.keyboard.press("Control+Enter")
        self.settle()
        outputs = self.page.evaluate(CELLS)[-1]["outputs"]
        errors = [output["text"] for output in outputs if output["kind"] == ERROR]
        if not any(f"[{code}]" in text and words in text for text in errors):
            self.faults.append(f"{wrong} is no error: {[output['text'][:80] for output in outputs]}")
        self.picture(picture)

    def theme(self, name):
        self.command("Settings", "Theme", f"JupyterLab {name}")
        self.page.wait_for_function("(light) => document.body.dataset.jpThemeLight === light", arg="true" if name == "Light" else "false")
        # The style sheet of the theme comes after the mark.
        self.page.wait_for_timeout(1500)

    def legible(self, name):
        self.faults += [f"{name} contrast: {fault}" for fault in self.page.evaluate(CONTRAST, ".islet-answer")]
        self.faults += [f"{name} figure: {fault}" for fault in self.page.evaluate(LABELS) if "outside" not in fault]

    def picture(self, path, height=1000):
        if path is None:
            return
        self.page.set_viewport_size({"width": 1280, "height": height})
        if height > 1000:
            self.page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
            self.page.wait_for_timeout(1000)
        self.page.screenshot(path=str(path))
        self.page.set_viewport_size({"width": 1280, "height": 1000})


def bare(notebook):
    """A notebook without what its cells gave, so that what is seen was run."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def faulty():
    """A notebook in which a cell misses its error, one says nothing, one fails, and one is left alone behind it."""
    # The third works long enough for the fourth to wait behind it.
    codes = ("patient 54F, insulinoma 14 mm\nshow", "%clear", "cohort n 150000 seed 7\nno such command", "show")
    cells = [nbformat.v4.new_code_cell(code) for code in codes]
    cells[0].metadata["islet"] = {"error": "dose.amount"}
    kernel = {"name": "islet", "display_name": WORDS["en"]["kernel"], "language": "islet"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


FOUND = [
    "cell 1 misses its error", "cell 2 has no output", "cell 3 failed", "cell 4 was not run", "answers in en", "no answer says", "no figure in view",
    "console: ", "page error: ", "asks for ", "Tab doesn't complete", "Shift-Tab shows no help", "is no error", "contrast: ", "over each other",
]
FOUND_BEFORE = ["cell 1 was not run", "cell 1 has no output", "no answer as HTML", "no answer says", "no figure in view"]


def missed(kinds, faults):
    """The kinds of faults that were not found, as a line; None when all were."""
    kinds = [kind for kind in kinds if not any(kind in fault for fault in faults)]
    return f"the check itself is broken, it missed: {', '.join(kinds)}\n" + "\n".join(faults) if kinds else None


def control(browser, server, notebook):
    """What the check misses in a notebook and a page with every fault."""
    lab = Lab(browser, server, "faulty.ipynb", WORDS["en"]["kernel"])
    lab.run_all()
    lab.judge(notebook, "el")
    lab.completes("xqz", "recommend")
    lab.explains("xqz", "recommend surgery")
    lab.refuses("about", "command.unknown", "isn't a command")
    lab.page.evaluate(
        "() => { console.error('e'); setTimeout(() => { throw new Error('p') }); fetch('http://127.0.0.1:9/').catch(() => 0);"
        " const answer = document.querySelector('.islet-answer'); answer.style.background = '#fff';"
        " answer.innerHTML += '<p style=\"color:#ccc\">pale</p><svg width=\"90\" height=\"30\">"
        "<text x=\"0\" y=\"20\">one label</text><text x=\"5\" y=\"20\">another</text></svg>' }")
    lab.page.wait_for_timeout(500)
    lab.legible("light")
    lab.page.close()
    return missed(FOUND, lab.faults)


def check(browser, server, name, notebook, language, folder):
    """The faults of a notebook in JupyterLab; a text in place of a list when the check itself is broken."""
    words = WORDS[language]
    lab = Lab(browser, server, name, words["kernel"])
    lab.judge(notebook, language)
    broken = missed(FOUND_BEFORE, lab.faults)
    if broken:
        return broken
    lab.faults.clear()
    lab.run_all()
    lab.judge(notebook, language)
    stem = f"lab-{language}"
    for theme in ("Light", "Dark"):
        lab.theme(theme)
        lab.legible(theme.lower())
        lab.picture(folder / f"{stem}-{theme.lower()}.png", 6000)
    lab.theme("Light")
    lab.completes(words["typed"], words["completed"], folder / f"{stem}-completion.png")
    lab.explains(words["asked"], words["help"], folder / f"{stem}-help.png")
    lab.refuses(words["wrong"], words["code"], words["error"], folder / f"{stem}-error.png")
    lab.page.close()
    return lab.faults


def main():
    folder = pathlib.Path(sys.argv[1])
    notebooks = {language: bare(nbformat.read(path, as_version=4)) for language, path in zip(("en", "el"), sys.argv[2:4], strict=True)}
    names = {f"{language}.ipynb": notebook for language, notebook in notebooks.items()}
    names["faulty.ipynb"] = faulty()
    wrong = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own:
        server = Server(own, names)
        try:
            server.wait()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
                broken = control(browser, server, names["faulty.ipynb"])
                for language, notebook in notebooks.items():
                    faults = broken or check(browser, server, f"{language}.ipynb", notebook, language, folder)
                    if isinstance(faults, str):
                        print(faults)
                        return 1
                    for fault in dict.fromkeys(faults):
                        print(f"JupyterLab, {language}: {fault}")
                    wrong += bool(faults)
                browser.close()
        finally:
            server.stop()
    print(f"{len(notebooks)} notebooks run through JupyterLab, {wrong} with faults; screenshots in {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
