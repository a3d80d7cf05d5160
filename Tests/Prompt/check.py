#!/usr/bin/env python3
"""Types seeded scripts of keys at islet's prompt, in a terminal emulator, and compares the screen with a model, cell for cell.

  check.py [--scripts N] [--seed S] [--program PATH] [--verbose]

A script that fails is printed with its seed; --seed S --scripts 1 types it again."""

import argparse
import fcntl
import os
import pty
import random
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
import unicodedata
from pathlib import Path

import pyte

from model import Canvas, Line, cut, width

ROOT = Path(__file__).resolve().parents[2]

HISTORY = [
    "patient Maria 54F, insulinoma 14 mm", "# alpha one", "# alpha two and a tail that is longer than most rows of a narrow terminal are",
    "# άλφα με τόνους", "recommend", "# 語 wide", "# alpha one", "give octreotide LAR 20 mg every 4 weeks", "# beta\n# of two rows", "# άλφα ωμέγα",
]


def text_of(pieces, rng, count):
    return "".join(rng.choice(pieces) for _ in range(count))


PLAIN = list("abcxyz  0123,.'") + ["alpha", "beta ", "άλφα", "ωμέγα ", "ς", "ΐ", "语", "語", "界", "😀", "½", "°", "·", "€", "–"]


class Shell:
    """islet on a pseudo-terminal, with an emulator in front of it."""

    def __init__(self, program, columns, height, colour, language="en"):
        self.home = tempfile.mkdtemp()
        state = Path(self.home, ".local/state/islet")
        state.mkdir(parents=True, mode=0o700)
        (state / "history").write_text("".join(line.replace("\\", "\\\\").replace("\n", "\\n") + "\n" for line in HISTORY))
        self.columns, self.height = columns, height
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            environment = {"HOME": self.home, "LANG": "C.UTF-8", "TERM": "xterm-256color", "PATH": os.environ["PATH"], "NO_PAGER": "1"}
            if not colour:
                environment["NO_COLOR"] = "1"
            time.sleep(0.05)
            os.execve(program, [program, "--language", language], environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, columns, 0, 0))
        self.screen = pyte.Screen(columns, height)
        self.stream = pyte.ByteStream(self.screen)

    def read(self, seconds):
        """Takes in what comes until nothing has come for some seconds; false when the program has ended."""
        while select.select([self.terminal], [], [], seconds)[0]:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                return False
            self.stream.feed(data)
        return True

    def send(self, keys):
        os.write(self.terminal, keys.encode())

    def resize(self, columns):
        self.columns = columns
        self.screen.resize(self.height, columns)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", self.height, columns, 0, 0))

    def cells(self):
        return [[self.screen.buffer[row][column].data for column in range(self.columns)] for row in range(self.height)]

    def attributes(self, row, start, end):
        return [self.screen.buffer[row][column] for column in range(start, end)]

    def cursor(self):
        return (self.screen.cursor.y, min(self.screen.cursor.x, self.columns - 1))

    def end(self):
        try:
            os.kill(self.process, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.close(self.terminal)
        os.waitpid(self.process, 0)
        shutil.rmtree(self.home, ignore_errors=True)


class Therapies:
    """The names that `give` takes, from the vocabulary's own file."""

    KINDS = {"group": "group of therapies", "procedure": "procedure", "drug": "drug", "radionuclide": "radionuclide"}

    def __init__(self):
        self.names = []
        name = kind = None
        for line in (ROOT / "Sources/CTexts/vocabulary/therapies.txt").read_text().splitlines() + ["therapy end"]:
            word, _, rest = line.partition(" ")
            if word == "therapy":
                if name and kind in self.KINDS:
                    self.names.append((name, self.KINDS[kind]))
                name = kind = None
            elif word == "en":
                name = rest
            elif word == "kind":
                kind = rest.split()[0]

    @staticmethod
    def fold(text):
        return "".join(c for c in text.lower() if c not in " -_")

    def matching(self, typed):
        """What `typed` begins, then what has a word that it begins."""
        key = self.fold(typed)
        first, inside = [], []
        for name, kind in self.names:
            words = name.replace("-", " ").replace("(", " (").replace("/", " /").split()
            tails = [self.fold(" ".join(words[n:])).lstrip("(/") if n else self.fold(name) for n in range(len(words))]
            if tails[0].startswith(key):
                first.append((name, kind))
            elif any(tail.startswith(key) for tail in tails[1:]):
                inside.append((name, kind))
        return first + inside


class Script:
    """One script of keys, typed and modelled side by side."""

    def __init__(self, shell, line, canvas, rng, colour, therapies):
        self.shell, self.line, self.canvas, self.rng, self.colour, self.therapies = shell, line, canvas, rng, colour, therapies
        self.keys, self.below, self.most = [], [], 1

    prompt, continuation = "islet> ", "  ...> "

    def key(self, keys, change):
        self.keys.append(keys)
        self.shell.send(keys)
        change()
        rows, _ = self.canvas.layout(self.prompt, self.continuation, self.line.text, self.line.cursor)
        if len(rows) > self.most:
            # Rows are drawn, and may scroll, unless the next key comes first: it waits.
            self.most = len(rows)
            fault = self.compare()
            if fault:
                raise Fault(fault)

    def expected(self):
        hint = self.line.hint() if self.colour and not self.below else ""
        rows, place = self.canvas.layout(self.prompt, self.continuation, self.line.text, self.line.cursor, hint, self.below)
        return self.canvas.show(rows, place)

    def compare(self):
        """Waits until the screen is as it should be; what differs when it doesn't get so."""
        wanted, cursor = self.expected()
        deadline = time.time() + 20
        while True:
            if not self.shell.read(0.03):
                return "the program ended"
            if self.shell.cells() == wanted and self.shell.cursor() == cursor:
                # It stays so.
                self.shell.read(0.03)
                if self.shell.cells() == wanted and self.shell.cursor() == cursor:
                    return None
            if time.time() > deadline:
                break
        found = self.shell.cells()
        lines = [f"cursor {self.shell.cursor()}, expected {cursor}"]
        for number, (a, b) in enumerate(zip(found, wanted)):
            if a != b:
                lines += [f"row {number}", "  found    " + "".join(a).rstrip(), "  expected " + "".join(b).rstrip()]
        return "\n".join(lines)

    # What may be typed

    def free(self):
        """Keys of any kind."""
        rng, line = self.rng, self.line
        pick = rng.random()
        if pick < 0.45:
            text = text_of(PLAIN, rng, rng.randint(1, 5))
            self.key(text, lambda: line.put(text))
        elif pick < 0.55:
            text = text_of(PLAIN, rng, rng.choice([3, 20, 60]))
            self.key(f"\x1b[200~{text}\x1b[201~", lambda: line.put(text))
        elif pick < 0.60:
            self.key(rng.choice(["\x1b[D", "\x02", "\x1bOD"]), line.left)
        elif pick < 0.66:
            self.right()
        elif pick < 0.70:
            self.key(rng.choice(["\x01", "\x1b[1~"]), line.home)
        elif pick < 0.74:
            self.key(rng.choice(["\x05", "\x1b[4~"]), line.end)
        elif pick < 0.80:
            for _ in range(rng.randint(1, 6)):
                self.key("\x7f", line.backspace)
        elif pick < 0.83:
            if line.cursor < len(line.text):
                self.key("\x1b[3~", line.delete)
        elif pick < 0.86:
            if line.text:
                self.key("\x0b", line.kill_end)
        elif pick < 0.88:
            if line.text:
                self.key("\x15", line.kill_line)
        elif pick < 0.90:
            self.key("\x19", line.yank) if line.killed else None
        elif pick < 0.97:
            step = rng.choice([-1, -1, 1])
            self.key({-1: rng.choice(["\x1b[A", "\x10"]), 1: rng.choice(["\x1b[B", "\x0e"])}[step], lambda: line.vertical(step))
        else:
            self.key("\x1b\r", lambda: line.put("\n"))

    def right(self):
        """→: on by one, or the hint, which is there once nobody has typed for a moment."""
        line = self.line
        if line.cursor < len(line.text):
            self.key(self.rng.choice(["\x1b[C", "\x06"]), lambda: setattr(line, "cursor", line.cursor + 1))
        elif self.colour:
            fault = self.compare()
            if fault:
                raise Fault(fault)
            one_row = width(self.prompt + line.text) < self.shell.columns
            self.key("\x1b[C", lambda: line.put(line.hint() if one_row else ""))

    def resize(self):
        fault = self.compare()
        if fault:
            raise Fault(fault)
        columns = self.rng.randint(24, 100)
        self.keys.append(f"<{columns} columns>")
        self.shell.resize(columns)
        canvas = self.canvas
        canvas.columns = columns
        kept = canvas.above
        canvas.above = [row[:columns] for row in kept]
        # The line is drawn anew before the next key comes.
        fault = self.compare()
        if fault:
            raise Fault(fault)

    def complete(self):
        """give and a few letters, and Tab: one therapy is taken, several are listed to choose from."""
        rng, line = self.rng, self.line
        if line.text:
            self.key("\x15", line.kill_line)
        name, _ = rng.choice(self.therapies.names)
        words = [word for word in name.replace("-", " ").split() if word.isascii() and word.isalpha()]
        if not words:
            return
        word = rng.choice(words)
        typed = word[: rng.randint(2, min(4, len(word)))] if len(word) > 1 else word
        if len(typed) < 2:
            return
        found = self.therapies.matching(typed)
        self.key("give " + typed, lambda: line.put("give " + typed))
        if len(found) == 1:
            self.key("\t", lambda: line.set("give " + found[0][0]))
            # What it leaves has no other completion, and no line before begins so.
            self.check_without_hint()
            return
        common = os.path.commonprefix([name for name, _ in found])
        if len(common) > len(typed) and self.therapies.fold(common).startswith(self.therapies.fold(typed)):
            self.key("\t", lambda: line.set("give " + common))
        else:
            self.key("\t", lambda: None)
        marked = None
        for _ in range(rng.randint(0, 5)):
            self.menu_rows(found, marked)
            step = rng.choice([1, 1, -1])
            marked = (marked + step) % len(found) if marked is not None else (0 if step > 0 else len(found) - 1)
            self.key({1: rng.choice(["\t", "\x1b[B"]), -1: rng.choice(["\x1b[Z", "\x1b[A"])}[step], lambda: None)
        self.menu_rows(found, marked)
        fault = self.compare()
        if fault:
            raise Fault(fault)
        self.below = []
        if marked is not None and rng.random() < 0.6:
            self.key(rng.choice(["\r", "\x1b[C"]), lambda: line.set("give " + found[marked][0]))
        else:
            self.key("\x07", lambda: None)
        self.check_without_hint()

    def check_without_hint(self):
        """The line's own hint isn't modelled here: it is compared without, after a space that nothing follows."""
        self.key("\x01", self.line.home)

    def menu_rows(self, found, marked):
        """The list: a row each, at most 12 or half the screen, around the marked one."""
        columns = self.shell.columns
        room = max(1, min(12, self.shell.height // 2))
        first, last = 0, len(found)
        if last > room:
            first = min(max(0, (marked or 0) - room // 2), len(found) - room)
            last = first + room
        widest = min(max(width(name) for name, _ in found[first:last]), columns - 4)
        self.below = []
        for number in range(first, last):
            name, kind = found[number]
            shown = cut(name, widest)
            shown += " " * (widest - width(shown))
            left = columns - widest - 5
            mark = "> " if number == marked else "  "
            self.below.append(mark + shown + ("  " + cut(kind, left) if left >= 8 else ""))
        if last - first < len(found):
            self.below.append(f"  {first + 1} to {last} of {len(found)}: type another letter"[:columns])

    def search(self):
        """Ctrl-R and a few letters: the lines before that hold them."""
        rng, line = self.rng, self.line
        before = (line.text, line.cursor)
        if "\n" in line.text or width("search> " + line.text) >= self.shell.columns:
            return
        if rng.random() < 0.5:
            if line.text:
                self.key("\x15", line.kill_line)
            before = ("", 0)
        self.key("\x12", lambda: None)
        self.prompt = "search> "
        marked = 0
        for text in [""] + list(rng.choice(["alpha o", "one", "άλφα", "ΑΛΦ", "give", "zz", "a tail"])):
            if text:
                self.key(text, lambda: line.put(text))
                marked = 0
            found = self.search_rows(marked)
            if rng.random() < 0.4:
                fault = self.compare()
                if fault:
                    raise Fault(fault)
            if found and rng.random() < 0.3:
                step = rng.choice([1, 1, -1])
                self.key({1: rng.choice(["\x12", "\x1b[B"]), -1: "\x1b[A"}[step], lambda: None)
                marked = max(0, min(marked + step, len(found) - 1))
                self.search_rows(marked)
        fault = self.compare()
        if fault:
            raise Fault(fault)
        self.prompt, self.below = "islet> ", []
        if found and rng.random() < 0.5:
            self.key(rng.choice(["\t", "\x1b[C"]), lambda: line.set(found[marked]))
            return
        # Escape brings the line back, with the cursor at its end.
        self.key("\x07", lambda: line.set(before[0]))


    def search_rows(self, marked):
        """The lines before that hold each word typed, the newest first, each once."""
        words = [fold(word) for word in self.line.text.split(" ") if word]
        found = []
        for line in reversed(self.line.history):
            if line not in found and all(word in fold(line) for word in words):
                found.append(line)
        room = max(1, min(12, self.shell.height // 2))
        first, last = 0, len(found)
        if last > room:
            first = min(max(0, marked - room // 2), len(found) - room)
            last = first + room
        self.below = [
            ("> " if n == marked else "  ") + cut(found[n].replace("\n", " "), self.shell.columns - 3) for n in range(first, last)
        ] or ["  no such line"]
        if last - first < len(found):
            self.below.append(f"  {first + 1} to {last} of {len(found)}: type another letter"[: self.shell.columns])
        self.expected()
        return found


def fold(text):
    """Letters without accents and case, sigma as sigma, no spaces, no hyphens or dashes."""
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in " -_–").replace("ς", "σ")


class Fault(Exception):
    pass


def run(program, seed, verbose, scripts=1):
    """Types one session of scripts; gives the first that fails."""
    rng = random.Random(seed)
    colour = rng.random() < 0.5
    height = rng.choice([10, 16, 24])
    shell = Shell(program, rng.choice([40, 60, 80, 100]), height, colour)
    script = None
    try:
        deadline = time.time() + 30
        while not any("".join(row).startswith("islet> ") for row in shell.cells()) and time.time() < deadline:
            shell.read(0.1)
        shell.read(0.6)
        history = [line for n, line in enumerate(HISTORY) if n == 0 or line != HISTORY[n - 1]]
        canvas = Canvas(shell.columns, height)
        row = shell.cursor()[0]
        canvas.start([list(r) for r in shell.cells()[:row]], 0)
        therapies = Therapies()
        killed = ""
        for number in range(scripts):
            line = Line(history)
            line.killed = killed
            script = Script(shell, line, canvas, rng, colour, therapies)
            kind = rng.random()
            if colour and kind < 0.75:
                # Behind # nothing is read, so that the hint is that of the lines before.
                script.key("# ", lambda: line.put("# "))
            if kind < 0.75:
                for _ in range(rng.randint(1, 20)):
                    script.free()
                    if colour and not line.text.startswith("# "):
                        script.key("\x15" if line.text else "\x01", line.kill_line if line.text else line.home)
                        script.key("# ", lambda: line.put("# "))
                    if colour and "\n" in line.text:
                        script.key("\x15", line.kill_line)
                        script.key("# ", lambda: line.put("# "))
                    if rng.random() < 0.06:
                        script.resize()
            elif kind < 0.95:
                script.complete()
            else:
                text = text_of(PLAIN, rng, 3) if not colour else "# " + text_of(PLAIN, rng, 2)
                script.key(text, lambda: line.put(text))
                script.search()
            fault = script.compare()
            if fault:
                return script, fault
            killed = line.killed
            # Ctrl-C gives the line up: it stays above, without its hint, and the prompt takes the next row.
            script.below = []
            script.keys.append("\x03")
            shell.send("\x03")
            line.set(line.text + "^C")
            rows, place = canvas.layout(script.prompt, script.continuation, line.text, line.cursor)
            canvas.show(rows, place)
            shown = rows if len(rows) <= height else rows[-height:]
            while shown and not shown[-1]:
                shown = shown[:-1]
            canvas.above = canvas.above + shown
            line.set("")
            line.browsing = None
            fault = script.compare()
            if fault:
                return script, fault
    except Fault as fault:
        return script, str(fault)
    finally:
        shell.end()
    return None, None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scripts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", default=str(ROOT / ".build/release/islet"))
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    failed = done = 0
    session = arguments.seed
    while done < arguments.scripts:
        count = min(20, arguments.scripts - done)
        script, fault = run(arguments.program, session, arguments.verbose, count)
        if fault:
            failed += 1
            print(f"seed {session}, columns {script.shell.columns}, colour {script.colour}: {script.keys!r}\n{fault}\n", flush=True)
        done += count
        session += 1
        if arguments.verbose:
            print(f"{done} scripts, {failed} sessions failed", file=sys.stderr, flush=True)
    print(f"{done} scripts in sessions of 20, {failed} sessions with a screen that differs from the model")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
