"""Tries the installed wheel as a stranger would, in the environment whose Python runs this. What is expected follows from the facts of the text:
enucleation is enough for an insulinoma that is localised, near the surface and found at surgery (F012), whatever the table's kind."""

import glob
import json
import os
import subprocess
import sys
import tempfile
import unittest

import islet
import pandas
import polars
import pyarrow
import pyarrow.parquet
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel
from nbconvert import HTMLExporter
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Error, Keyword, Name, Number, String

PROGRAMS = os.path.dirname(sys.executable)
ENUCLEATION = "surgery.enucleation"
PATIENTS = {
    "id": ["a", "b", "c"],
    "syndrome": ["insulinoma", "insulinoma", "gastrinoma"],
    "size": [14.0, 14.0, None],
    "localised-preoperatively": [True, True, None],
    "near-surface": [True, True, None],
    "found-at-surgery": [True, None, None],
}
EXPECTED = ["applies", "depends", "absent"]


class PathTests(unittest.TestCase):
    def test_the_programs_stand_where_pip_puts_them(self):
        for name in ("islet", "islet-kernel"):
            self.assertEqual(islet.program(name), os.path.join(PROGRAMS, name))
            said = subprocess.run([islet.program(name), "--version"], capture_output=True, text=True, check=True).stdout
            self.assertIn(islet.__version__, said)

    def test_the_manual_lies_where_man_looks(self):
        for page in ("man1/islet.1", "el/man1/islet.1"):
            self.assertTrue(os.path.getsize(os.path.join(sys.prefix, "share/man", page)) > 10_000)

    def test_the_package_says_that_it_is_typed(self):
        self.assertTrue(os.path.exists(os.path.join(os.path.dirname(islet.__file__), "py.typed")))


class SessionTests(unittest.TestCase):
    def test_a_patient_is_advised_with_reasons(self):
        with islet.Session() as session:
            session.patient("Maria 54F, insulinoma 14 mm in the tail, clearly localised, near the surface")
            told = {advice["rule"]: advice for advice in session.recommend().advice}
            self.assertEqual(told[ENUCLEATION]["status"], "depends")
            self.assertEqual(told[ENUCLEATION]["depends_on"], ["found-at-surgery"])
            self.assertEqual(told[ENUCLEATION]["paragraphs"], ["P002"])
            session.set("found at surgery")
            self.assertEqual(session.why("enucleation")["status"], "applies")

    def test_greek_is_read_and_said(self):
        with islet.Session(language="el") as session:
            session.patient("Μαρία 54 γυναίκα, ινσουλίνωμα 14 mm")
            self.assertTrue(any("Εκπυρήνιση" in advice["title"] for advice in session.recommend().advice))

    def test_what_is_refused_is_raised_and_the_session_goes_on(self):
        with islet.Session() as session:
            with self.assertRaises(islet.IsletError) as raised:
                session.why("enucleation")
            self.assertEqual(raised.exception.code, "patient.none")
            with self.assertRaises(islet.IsletError) as raised:
                session.run("give octreotide infusion 50 mg/h")
            session.patient("54F, insulinoma 14 mm")
            with self.assertRaises(islet.IsletError) as raised:
                session.ask("give octreotide infusion 50 mg/h")
            self.assertEqual(raised.exception.code, "dose.implausible")
            self.assertEqual(session.ask("show").command, "show")

    def test_a_line_is_one_line_and_a_closed_session_says_so(self):
        session = islet.Session()
        with self.assertRaises(ValueError):
            session.run("show\nshow")
        session.close()
        with self.assertRaises(islet.IsletError):
            session.recommend()


class TableTests(unittest.TestCase):
    def test_pandas(self):
        told = islet.evaluate(pandas.DataFrame(PATIENTS))
        self.assertIsInstance(told, pandas.DataFrame)
        self.assertEqual(list(told["id"]), PATIENTS["id"])
        self.assertEqual(list(told[ENUCLEATION]), EXPECTED)

    def test_pandas_with_categories_and_another_index(self):
        frame = pandas.DataFrame(PATIENTS, index=[7, 8, 9]).astype({"syndrome": "category"})
        self.assertEqual(list(islet.evaluate(frame)[ENUCLEATION]), EXPECTED)

    def test_polars(self):
        told = islet.evaluate(polars.DataFrame(PATIENTS, strict=False))
        self.assertIsInstance(told, polars.DataFrame)
        self.assertEqual(told[ENUCLEATION].to_list(), EXPECTED)
        self.assertEqual(islet.evaluate(polars.LazyFrame(PATIENTS, strict=False))[ENUCLEATION].to_list(), EXPECTED)

    def test_arrow(self):
        told = islet.evaluate(pyarrow.table(PATIENTS))
        self.assertIsInstance(told, pyarrow.Table)
        self.assertEqual(told.column(ENUCLEATION).to_pylist(), EXPECTED)
        batch = pyarrow.table(PATIENTS).to_batches()[0]
        self.assertEqual(islet.evaluate(batch).column(ENUCLEATION).to_pylist(), EXPECTED)

    def test_parquet_in_and_out(self):
        with tempfile.TemporaryDirectory() as folder:
            source, target = os.path.join(folder, "patients.parquet"), os.path.join(folder, "advice.parquet")
            pyarrow.parquet.write_table(pyarrow.table(PATIENTS), source)
            islet.evaluate(source, output=target)
            self.assertEqual(pyarrow.parquet.read_table(target).column(ENUCLEATION).to_pylist(), EXPECTED)

    def test_a_table_equals_the_lines_of_eval(self):
        lines = '{"id":"a","findings":{"syndrome":"insulinoma","size":14,"localised-preoperatively":true,"near-surface":true,"found-at-surgery":true}}\n'
        said = subprocess.run([islet.program(), "eval"], input=lines, capture_output=True, text=True, check=True).stdout
        by_lines = {advice["rule"] for advice in json.loads(said)["advice"]}
        told = islet.evaluate(pandas.DataFrame(PATIENTS)).iloc[0]
        self.assertEqual({name for name in told.index if told[name] == "applies"}, by_lines)

    def test_long_rules_keep_and_extra(self):
        frame = pandas.DataFrame({**PATIENTS, "hospital": ["x", "y", "z"], "ward": [1, 2, 3]})
        with self.assertRaises(islet.IsletError):
            islet.evaluate(frame)
        told = islet.evaluate(frame, rules="surgery.*", keep=["hospital"], ignore_extra=True)
        self.assertEqual(list(told["hospital"]), ["x", "y", "z"])
        self.assertNotIn("ward", told.columns)
        self.assertTrue(all(name.startswith("surgery.") for name in told.columns if "." in name))
        rows = islet.evaluate(frame, rules=ENUCLEATION, long=True, ignore_extra=True)
        self.assertEqual(list(zip(rows["patient"], rows["status"])), [("a", "applies"), ("b", "depends")])

    def test_rows_that_are_refused_are_raised_with_their_reasons(self):
        frame = pandas.DataFrame({"id": ["a", "b"], "syndrome": ["insulinoma", "nonsense"]})
        with self.assertRaises(islet.RowsRefused) as raised:
            islet.evaluate(frame)
        self.assertEqual([refusal["id"] for refusal in raised.exception.refusals], ["b"])
        told = islet.evaluate(frame, refused="null")
        self.assertEqual(list(told[ENUCLEATION].isna()), [False, True])

    def test_another_thing_is_no_table(self):
        with self.assertRaises(TypeError):
            islet.evaluate(17)


class KernelTests(unittest.TestCase):
    def test_the_kernel_is_registered_by_the_wheel_in_both_languages(self):
        specs = KernelSpecManager().find_kernel_specs()
        for name in ("islet", "islet-el"):
            self.assertTrue(specs[name].startswith(sys.prefix))

    def test_it_opens_and_answers(self):
        for name, code in (("islet", "patient 54F, insulinoma 14 mm\nrecommend"), ("islet-el", "ασθενής 54 γυναίκα, ινσουλίνωμα 14 mm\nσύσταση")):
            manager, client = start_new_kernel(kernel_name=name)
            try:
                client.execute(code)
                self.assertEqual(client.get_shell_msg(timeout=60)["content"]["status"], "ok")
            finally:
                client.stop_channels()
                manager.shutdown_kernel(now=True)


class LexerTests(unittest.TestCase):
    def tokens(self, code):
        return [(kind, text) for kind, text in get_lexer_by_name("islet").get_tokens(code) if text.strip()]

    def kind(self, code, text):
        return next(kind for kind, found in self.tokens(code) if found == text)

    def test_the_parts_of_a_line(self):
        line = 'patient "Maria" 54F, insulinoma 14 mm, no liver metastases; why not enucleation # a comment'
        self.assertIs(self.kind(line, "patient"), Keyword)
        self.assertIs(self.kind(line, "why not"), Keyword)
        self.assertIs(self.kind(line, '"Maria"'), String.Double)
        self.assertIs(self.kind(line, "14"), Number)
        self.assertIs(self.kind(line, "insulinoma"), Name.Constant)
        self.assertIs(self.kind(line, "liver metastases"), Name.Variable)
        self.assertIs(self.kind(line, "enucleation"), Name.Function)

    def test_greek_with_and_without_accents(self):
        for line, word in (("σύσταση", "σύσταση"), ("γιατι εκπυρηνιση", "γιατι")):
            self.assertIs(self.kind(line, word), Keyword)

    def test_a_word_inside_another_is_none(self):
        self.assertNotIn((Keyword, "show"), self.tokens("showy"))

    def test_nbconvert_colours_the_cells_of_a_notebook(self):
        with tempfile.TemporaryDirectory() as folder:
            for notebook, word in (("tour", "recommend"), ("tour.el", "σύσταση")):
                path = os.path.join(folder, notebook + ".ipynb")
                subprocess.run([islet.program("islet"), "render", f"Notebook/{notebook}.md", "-o", path], check=True, capture_output=True)
                text, _ = HTMLExporter().from_filename(path)
                self.assertIn(f'<span class="k">{word}</span>', text)

    def test_every_case_is_read_whole_and_without_an_error(self):
        cases = sorted(glob.glob("Scripts/*.islet"))
        self.assertGreater(len(cases), 20)
        for path in cases:
            with open(path, encoding="utf-8") as file:
                text = file.read()
            lexer = get_lexer_for_filename(path)
            kinds = list(lexer.get_tokens(text))
            self.assertEqual("".join(part for _, part in kinds).strip("\n"), text.strip("\n"), path)
            self.assertNotIn(Error, {kind for kind, _ in kinds}, path)


if __name__ == "__main__":
    unittest.main()
