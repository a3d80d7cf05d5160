"""Types at real shells and presses Tab: check-shells.py FOLDER-WITH-THE-INSTALLED-FILES. bash, zsh and fish must complete subcommands, options,
values, files and cases, and offer nothing where nothing fits. vim and nano must colour a case by what its parts are."""

import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import time

root = os.path.abspath(sys.argv[1])
share = os.path.join(root, "share")
faults = []


class Shell:
    """A shell in a terminal, in a folder of its own."""

    def __init__(self, call, home, setup):
        environment = {"HOME": home, "PATH": os.path.join(root, "bin") + ":/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "ZDOTDIR": home,
                       "XDG_CONFIG_HOME": home + "/config", "XDG_DATA_HOME": home + "/data", "COLUMNS": "200", "LINES": "60"}
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(home)
            os.execvpe(call[0], call, environment)
        import fcntl, struct, termios
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
        self.await_prompt()
        for line in setup:
            self.type(line + "\r")
            self.await_prompt()

    def await_prompt(self):
        """Until what was typed so far is done. On a busy machine that takes long, and a Ctrl-C meanwhile would break it off."""
        for _ in range(15):
            # What is echoed of the line has quotes in it, what the shell prints hasn't.
            self.type("echo re''ady\r")
            said, end = "", time.monotonic() + 5
            while "ready" not in said and time.monotonic() < end:
                said += self.read(0.6)
            if "ready" in said:
                return
        sys.exit("a shell doesn't come to its prompt: " + said[-300:])

    def type(self, text):
        os.write(self.terminal, text.encode())

    def read(self, quiet=1.2, most=15):
        """What is shown until nothing more comes for a while. fish asks what terminal it is, and is told."""
        said = b""
        end = time.monotonic() + most
        while time.monotonic() < end:
            ready, _, _ = select.select([self.terminal], [], [], quiet)
            if not ready:
                break
            try:
                part = os.read(self.terminal, 65536)
            except OSError:
                break
            if b"\x1b[c" in part or b"\x1b[0c" in part:
                os.write(self.terminal, b"\x1b[?62;c")
            said += part
        return re.sub(r"\x1b(\[[0-9;?<>=]*[a-zA-Z]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|[=>78])", "", said.decode("utf-8", "replace"))

    def tab(self, line, patience):
        """What is shown when Tab is pressed twice behind a line, `patience` seconds after the last of it."""
        self.type("\x15" + line)
        self.read(0.6)
        self.type("\t")
        said = self.read(patience)
        self.type("\t")
        said += self.read(patience)
        # What comes late of this line isn't taken for the next one's.
        self.type("\x03")
        self.read(0.6)
        self.await_prompt()
        return said

    def close(self):
        os.close(self.terminal)
        os.kill(self.child, 9)
        os.waitpid(self.child, 0)


# A line, what must be shown or typed on, and what mustn't.
LINES = [
    ("islet ev", ["eval"], ["explore"]),
    ("islet eval --fro", ["--from"], ["--format"]),
    ("islet --format ", ["json", "markdown", "plain"], ["eval"]),
    ("islet --language ", ["el", "en"], ["json"]),
    ("islet play fasting", ["fasting-hypoglycaemia"], ["gastrinoma"]),
    ("islet explore gastrinoma-p", ["gastrinoma-ppi"], ["gastrinoma-men1"]),
    ("islet run mine", ["mine.islet"], ["mine.txt"]),
    ("islet eval patients", ["patients.csv"], ["patients.html"]),
    ("islet eval --to ", ["arrow", "arrows", "csv", "ndjson"], ["patients.csv"]),
    ("islet cohort --by syn", ["syndrome"], ["age"]),
    ("islet eval --rules surgery.enuc", ["surgery.enucleation"], ["gastrinoma."]),
    ("islet eval --fields rule,sta", ["rule,stance", "rule,status"], ["rule,facts"]),
    ("islet render insul", ["insulinoma"], ["gastrinoma"]),
    ("islet schema find", ["finding"], ["patient"]),
    ("islet data delete h", ["history"], []),
    ("islet compile sql --dialect du", ["duckdb"], ["sqlite"]),
    ("islet guideline c", ["check"], ["tour"]),
]


def shells(home):
    yield "bash", Shell(["bash", "--norc", "-i"], home, [
        "bind 'set show-all-if-ambiguous on'; bind 'set enable-bracketed-paste off'; bind 'set completion-query-items 0'; bind 'set page-completions off'; PS1='> '",
        f"source /usr/share/bash-completion/bash_completion; source {share}/bash-completion/completions/islet; clear",
    ])
    functions = [folder for folder in (f"{share}/zsh/site-functions", f"{share}/zsh/vendor-completions") if os.path.isdir(folder)][0]
    yield "zsh", Shell(["zsh", "-f", "-i"], home, [
        f"PS1='> '; fpath=({functions} $fpath); autoload -Uz compinit; compinit -u -d {home}/dump; setopt auto_list; LISTMAX=0; clear",
    ])
    yield "fish", Shell(["fish", "--private", "-N", "-i"], home, [
        f"function fish_prompt; echo '> '; end; set fish_autosuggestion_enabled 0; source {share}/fish/vendor_completions.d/islet.fish; clear",
    ])


def offers(shown, line, word):
    """Whether a word is offered. What was typed, and its rest, may stand apart."""
    last = line.split(" ")[-1]
    rest = word[len(last):] if word.startswith(last) else word
    return word in shown or re.search(r"(^|[^\w-])" + re.escape(rest) + r"([^\w-]|$)", shown)


def check_shells():
    with tempfile.TemporaryDirectory() as home:
        for name in ("mine.islet", "mine.txt", "patients.csv", "patients.html"):
            open(os.path.join(home, name), "w").close()
        for name, shell in shells(home):
            for line, wanted, unwanted in LINES:
                # A busy machine answers later than is waited for: then Tab is pressed again, and waited for longer.
                for patience in (1.2, 2.5, 5, 10):
                    shown = shell.tab(line, patience).replace("\r", "").replace("\n", " ")
                    missing = [word for word in wanted if not offers(shown, line, word)]
                    if not missing:
                        break
                faults.extend(f"{name}: {line!r} doesn't offer {word}: {shown[-300:]!r}" for word in missing)
                for word in unwanted:
                    if re.search(r"(^|[^\w-])" + re.escape(word) + r"([^\w-]|$)", shown):
                        faults.append(f"{name}: {line!r} offers {word}: {shown[-300:]!r}")
            shell.close()
            print(f"{name}: {len(LINES)} lines", file=sys.stderr)


# A line of a case, a word of it, and the group of vim that it must have.
COLOURS = [
    ("islet scenario 1", "scenario", "isletHeader"), ("patient Eleni age 54 years, sex is female", "patient", "isletCommand"),
    ("patient Eleni age 54 years, sex is female", "54", "isletNumber"), ("hidden syndrome is insulinoma", "syndrome", "isletFinding"),
    ("hidden syndrome is insulinoma", "insulinoma", "isletValue"), ("hidden syndrome is insulinoma", "hidden", "isletScenario"),
    ("perform enucleation", "enucleation", "isletTherapy"), ("why not enucleation", "not", "isletCommand"), ("show # a comment", "comment", "isletComment"),
    ('say "Read P002."', "Read", "isletText"), ('say "Read P002."', "P002", "isletSource"), ("γιατί εκπυρήνιση", "γιατί", "isletCommand"),
    ("γιατι εκπυρηνιση", "εκπυρηνιση", "isletTherapy"), ("showy", "showy", ""), ("wants age > 50", "wants", "isletScenario"),
]


def check_vim():
    with tempfile.TemporaryDirectory() as folder:
        case = os.path.join(folder, "a.islet")
        with open(case, "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line, _, _ in COLOURS))
        out = os.path.join(folder, "out")
        script = os.path.join(folder, "look.vim")
        with open(script, "w", encoding="utf-8") as file:
            file.write(f"set nocompatible encoding=utf-8\nset runtimepath^={share}/vim/vimfiles\nfiletype on\nsyntax on\nedit {case}\n")
            for number, (line, word, _) in enumerate(COLOURS, 1):
                column = len(line[:line.index(word)].encode()) + 1
                file.write(f"call writefile([synIDattr(synID({number},{column},1),'name')], '{out}', 'a')\n")
            file.write("call writefile([&filetype], '" + out + "', 'a')\nqa!\n")
        subprocess.run(["vim", "-u", "NONE", "-i", "NONE", "-es", "-S", script], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
                       env={"HOME": folder, "PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8"})
        said = open(out, encoding="utf-8").read().split("\n")
        if said[len(COLOURS)] != "islet":
            faults.append(f"vim: the file type is {said[len(COLOURS)]!r}")
        for (line, word, group), got in zip(COLOURS, said):
            if got != group:
                faults.append(f"vim: {word!r} in {line!r} is {got or 'nothing'}, not {group or 'nothing'}")
    print(f"vim: {len(COLOURS)} words", file=sys.stderr)


def check_nano():
    with tempfile.TemporaryDirectory() as home:
        with open(os.path.join(home, ".nanorc"), "w") as file:
            file.write(f"include {share}/nano/islet.nanorc\n")
        with open(os.path.join(home, "a.islet"), "w", encoding="utf-8") as file:
            file.write("why enucleation\nshow # a comment\nxyzzy\n")
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(home)
            os.execvpe("nano", ["nano", "--rcfile=.nanorc", "a.islet"], {"HOME": home, "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"})
        said = b""
        end = time.monotonic() + 8
        while time.monotonic() < end:
            ready, _, _ = select.select([terminal], [], [], 2)
            if not ready:
                break
            said += os.read(terminal, 65536)
        os.write(terminal, b"\x18")
        time.sleep(0.3)
        os.close(terminal)
        os.waitpid(child, 0)
        text = said.decode("utf-8", "replace")
        if "rror" in text.replace("Error Occurred", "Error"):
            faults.append(f"nano complains: {text[-300:]!r}")
        for word in ("why", "enucleation", "# a comment"):
            if not re.search(r"\x1b\[[0-9;]*m[^\x1b]*" + re.escape(word), text):
                faults.append(f"nano doesn't colour {word!r}: {text[:600]!r}")
        if re.search(r"\x1b\[(3[1-7]|9[0-7])[0-9;]*m[^\x1b\n]*xyzzy", text):
            faults.append("nano colours a word that means nothing")
    print("nano: 4 words", file=sys.stderr)


check_vim()
check_nano()
check_shells()
for fault in faults:
    print(fault, file=sys.stderr)
sys.exit(1 if faults else 0)
