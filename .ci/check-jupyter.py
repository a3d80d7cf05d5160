"""Holds islet's kernel, as registered in JUPYTER_DATA_DIR, to Jupyter's own tests and to what they leave out.

Exit status 1 when a test failed or was skipped, a notebook doesn't run as it should in either language, or a round trip
takes longer than ipykernel's in the same run.
"""

import copy
import statistics
import subprocess
import sys
import time
import unittest

import jupyter_kernel_test
import nbformat
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter, LatexExporter, MarkdownExporter

JUPYTERS_TESTS = 13
# Notebooks that islet rendered.
RENDERED = sys.argv[1:]
PATIENT = "patient Maria 54F, insulinoma 14 mm"
# How the style of answers begins.
STYLED = "<style>.islet-answer.islet-answer{"


class KernelTests(jupyter_kernel_test.KernelTests):
    """Jupyter's tests, each with something of islet's to say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The intended use stands before the first answer: that is this one.
        cls.kc.execute_interactive("about", output_hook=lambda message: None, timeout=60)

    kernel_name = "islet"
    language_name = "islet"
    file_extension = ".islet"
    code_hello_world = '%plain\npatient "hello, world" 54F'
    code_stderr = "%keep-going\nno such command"
    completion_samples = [
        {"text": "recom", "matches": {"recommend"}},
        {"text": "σύστ", "matches": {"σύσταση"}},
        {"text": "%pl", "matches": {"%plain"}},
        {"text": PATIENT + "\ncontent", "matches": {"contents"}},
    ]
    complete_code_samples = ["recommend", PATIENT + "; recommend", "%plain\nshow", ""]
    incomplete_code_samples = ["patient Maria 54F, \\"]
    invalid_code_samples = ['patient "Maria', "%nonsense"]
    code_page_something = "%page\nhelp recommend"
    code_generate_error = "no such command"
    code_execute_result = [
        {"code": "language en"},
        {"code": "help why not"},
        {"code": "explain Ki-67", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": "%figures\nevidence everolimus", "mime": "image/svg+xml"},
        {"code": "evidence everolimus", "mime": "text/html"},
    ]
    code_history_pattern = "explain K?-*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "recommend"
    code_clear_output = "%clear"


class WelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "islet"
    support_iopub_welcome = True


class LifeTests(unittest.TestCase):
    """What Jupyter's tests leave out: interrupt, what waits behind a failed cell, restart, an unsigned message."""

    def setUp(self):
        self.manager, self.client = start_new_kernel(kernel_name="islet")

    def tearDown(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def reply(self, asked):
        while True:
            reply = self.client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == asked:
                return reply["content"]

    def test_interrupt_ends_a_long_cell_and_keeps_what_it_did(self):
        asked = self.client.execute(PATIENT + "\n" + "recommend\n" * 20_000)
        time.sleep(1)
        start = time.monotonic()
        self.manager.interrupt_kernel()
        content = self.reply(asked)
        self.assertEqual((content["status"], content["ename"]), ("error", "kernel.interrupted"))
        self.assertLess(time.monotonic() - start, 5)
        self.assertEqual(self.reply(self.client.execute("show"))["status"], "ok")

    def test_cells_that_wait_behind_a_failed_one_are_left_alone(self):
        first = self.client.execute(PATIENT + "\n" + "recommend\n" * 1000 + "no such command")
        later = [self.client.execute("show") for _ in range(3)]
        self.assertEqual(self.reply(first)["ename"], "command.unknown")
        self.assertEqual([self.reply(asked)["status"] for asked in later], ["aborted"] * 3)
        self.assertEqual(self.reply(self.client.execute("show"))["status"], "ok")

    def test_restart_forgets_the_patients(self):
        self.assertEqual(self.reply(self.client.execute(PATIENT))["status"], "ok")
        self.manager.restart_kernel()
        self.client.wait_for_ready(timeout=60)
        self.assertEqual(self.reply(self.client.execute("show"))["status"], "error")

    def test_shutdown_ends_the_process(self):
        self.manager.shutdown_kernel()
        self.assertFalse(self.manager.is_alive())

    def test_a_message_signed_with_another_key_is_left_out(self):
        key, self.client.session.key = self.client.session.key, b"another"
        self.client.execute(PATIENT)
        self.client.session.key = key
        self.assertEqual(self.reply(self.client.execute("show"))["status"], "error")

    def test_an_address_that_is_taken_is_refused_with_its_code(self):
        # kernel.address: another kernel for the same connection finds its ports taken.
        command = list(self.manager.kernel_spec.argv)
        command[command.index("{connection_file}")] = self.manager.connection_file
        for language, words in (("en", "can't listen at tcp://"), ("el", "δεν μπορεί να ακούσει στο tcp://")):
            command[command.index("--language") + 1] = language
            second = subprocess.run(command, capture_output=True, text=True, timeout=60)
            self.assertEqual(second.returncode, 1)
            self.assertTrue(second.stderr.startswith("error[kernel.address]"), second.stderr)
            self.assertIn(words, second.stderr)
        # The first one is none the worse.
        self.assertEqual(self.reply(self.client.execute(PATIENT))["status"], "ok")

    def test_the_heart_beats_while_a_cell_runs(self):
        self.client.hb_channel.unpause()
        asked = self.client.execute(PATIENT + "\n" + "recommend\n" * 2000)
        time.sleep(1.5)
        self.assertTrue(self.client.hb_channel.is_beating())
        self.manager.interrupt_kernel()
        self.reply(asked)


CELLS = {
    "islet": ["patient Maria 54F, insulinoma 14 mm in the tail\nrecommend", "why enucleation", "evidence everolimus", "give octreotide infusion 50 mg/h"],
    "islet-el": ["ασθενής Μαρία 54 γυναίκα, ινσουλίνωμα 14 mm\nσύσταση", "γιατί εκπυρήνιση", "δεδομένα everolimus", "δώσε octreotide infusion 50 mg/h"],
}
SAYS = {"islet": ["Enucleation", "hypothetical"], "islet-el": ["Εκπυρήνιση", "υποθετικά"]}


class NotebookTests(unittest.TestCase):
    """A notebook through nbclient, which JupyterLab's nbconvert runs them with, in both languages."""

    def run_notebook(self, kernel):
        cells = [nbformat.v4.new_code_cell(code) for code in CELLS[kernel]]
        notebook = nbformat.v4.new_notebook(cells=cells)
        client = NotebookClient(notebook, kernel_name=kernel, timeout=60)
        with self.assertRaises(CellExecutionError) as raised:
            client.execute()
        nbformat.validate(notebook)
        self.assertIn("dose.implausible", str(raised.exception))
        outputs = [output for cell in notebook.cells for output in cell.outputs]
        self.assertEqual([output.ename for output in outputs if output.output_type == "error"], ["dose.implausible"])
        shown = [output.data for output in outputs if "data" in output]
        for data in shown:
            self.assertIn("text/plain", data)
            self.assertIn('<div class="islet-answer" lang="' + ("el" if kernel == "islet-el" else "en"), data["text/html"])
        figures = [data for data in shown if "text/latex" in data]
        self.assertGreaterEqual(len(figures), 1)
        for data in figures:
            self.assertIn("<svg", data["text/html"])
        text = "\n".join(data["text/plain"] for data in shown)
        for word in SAYS[kernel]:
            self.assertIn(word, text)
        self.assertEqual(text.count(SAYS[kernel][1]), 1, "the intended use stands once")

    def test_in_english(self):
        self.run_notebook("islet")

    def test_in_greek(self):
        self.run_notebook("islet-el")


class RenderedTests(unittest.TestCase):
    """The notebooks that islet renders run on its kernel, and fail only where their cells say so."""

    def test_every_notebook_named(self):
        self.assertGreater(len(RENDERED), 0)
        for path in RENDERED:
            notebook = nbformat.read(path, as_version=4)
            nbformat.validate(notebook)
            cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
            expected = [cell.metadata.get("islet", {}).get("error") for cell in cells]
            NotebookClient(notebook, timeout=120).execute()
            errors = [[output.ename for output in cell.outputs if output.output_type == "error"] for cell in cells]
            self.assertEqual(errors, [[code] if code else [] for code in expected], path)
            self.converted(notebook, path)

    def converted(self, notebook, path):
        """What nbconvert makes of a notebook that was run: a page, Markdown and LaTeX, without Inkscape."""
        figures = [output.data for cell in notebook.cells for output in cell.get("outputs", []) if "text/latex" in output.get("data", {})]
        for exporter in (HTMLExporter, MarkdownExporter, LatexExporter):
            text, _ = exporter().from_notebook_node(copy.deepcopy(notebook))
            if exporter is HTMLExporter:
                # Prose alone, as the guideline's page is, has no answer to style.
                answers = any("text/html" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
                self.assertEqual(text.count(STYLED), int(answers), f"{path}: the style of answers stands once")
                self.assertEqual(text.count('<figure id="'), len(figures), path)
            elif exporter is LatexExporter:
                for data in figures:
                    self.assertIn(data["text/latex"], text, f"{path}: a figure as a table")


def round_trips(client, code, count=150):
    """Milliseconds from a request to its idle, each."""
    times = []
    for _ in range(count):
        start = time.perf_counter()
        asked = client.execute(code)
        while client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != asked:
            pass
        while True:
            message = client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") == asked and message["content"].get("execution_state") == "idle":
                break
        times.append((time.perf_counter() - start) * 1000)
    return times


def measure():
    """The round trips of both kernels, taken in turns; True when islet's are shorter."""
    started = {}
    kernels = {}
    for name in ("islet", "python3"):
        start = time.perf_counter()
        kernels[name] = start_new_kernel(kernel_name=name)
        started[name] = (time.perf_counter() - start) * 1000
    asked = {"islet": [PATIENT, "show", "recommend"], "python3": ["x = 1", "x", "x"]}
    times = {}
    for name, (_, client) in kernels.items():
        round_trips(client, asked[name][0], 5)
    for _ in range(3):
        for place, what in ((1, "an answer of a line"), (2, "recommend")):
            for name, (_, client) in kernels.items():
                times.setdefault((what, name), []).extend(round_trips(client, asked[name][place], 50))
    for manager, client in kernels.values():
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    print(f"start: islet {started['islet']:.0f} ms, ipykernel {started['python3']:.0f} ms")
    isShorter = True
    for what in ("an answer of a line", "recommend"):
        islet, other = (statistics.median(times[what, name]) for name in ("islet", "python3"))
        print(f"round trip, {what}: islet {islet:.2f} ms, ipykernel ('x') {other:.2f} ms, ratio {islet / other:.2f}")
        isShorter = isShorter and islet < other
    return isShorter


def main():
    loader = unittest.TestLoader()
    jupyters = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in (KernelTests, WelcomeTests))
    if jupyters.countTestCases() != JUPYTERS_TESTS:
        print(f"Jupyter has {jupyters.countTestCases()} tests, not {JUPYTERS_TESTS}")
        return 1
    own = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in (LifeTests, NotebookTests, RenderedTests))
    runner = unittest.TextTestRunner(stream=sys.stdout, verbosity=2)
    results = [runner.run(jupyters), runner.run(own)]
    isFine = all(result.wasSuccessful() and not result.skipped for result in results)
    return 0 if measure() and isFine else 1


if __name__ == "__main__":
    sys.exit(main())
