"""A session: patients, and what the guideline says of them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from ._program import IsletError, program


class Answer(Mapping[str, Any]):
    """What a command answered, as data: what `islet schema report` says."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def __getitem__(self, name: str) -> Any:
        return self._data[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __repr__(self) -> str:
        return f"Answer({json.dumps(self._data, ensure_ascii=False)})"

    @property
    def command(self) -> str:
        return str(self._data["command"])

    @property
    def advice(self) -> list[dict[str, Any]]:
        """The statements of the answer, each with its rule, stance, status, paragraphs and facts."""
        return list(self._data.get("advice", []))


# Answered without a patient, and by nothing else: it stands behind each line, so that its answer ends the line's.
_END = "about"


class Session:
    """Runs islet's commands, one after the other, on hypothetical patients.

    language: "en" or "el", for what is said; command words and findings of both are read in either.
    guideline: a folder with chapters in place of the built-in ones.
    """

    def __init__(self, language: str = "en", guideline: str | None = None) -> None:
        call = [program(), "--format", "json", "--language", language, "--keep-going"]
        if guideline is not None:
            call += ["--guideline", guideline]
        self._process = subprocess.Popen(
            call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8", bufsize=1
        )

    def run(self, line: str) -> list[Answer]:
        """Runs a line of commands and returns an answer each. Raises IsletError for the first that is refused."""
        if "\n" in line or "\r" in line:
            raise ValueError("a line has no line breaks; run one after the other")
        if self._process.stdin is None or self._process.stdout is None or self._process.poll() is not None:
            raise IsletError("session.closed", "the session is closed")
        self._process.stdin.write(f"{line}\n{_END}\n")
        self._process.stdin.flush()
        answers: list[dict[str, Any]] = []
        while True:
            said = self._process.stdout.readline()
            if not said:
                raise IsletError("session.closed", "the session ended")
            answer = json.loads(said)
            if answer.get("command") == _END and not answer["errors"]:
                break
            answers.append(answer)
        for answer in answers:
            for error in answer["errors"]:
                raise IsletError(error["code"], error["message"], error)
        return [Answer(answer) for answer in answers]

    def ask(self, line: str) -> Answer:
        """Runs one command and returns its answer."""
        answers = self.run(line)
        if not answers:
            raise ValueError("the line holds no command that answers")
        return answers[-1]

    def patient(self, findings: str) -> Answer:
        """Defines a hypothetical patient in clinical shorthand: "Maria 54F, insulinoma 14 mm"."""
        return self.ask(f"patient {findings}")

    def set(self, findings: str) -> Answer:
        return self.ask(f"set {findings}")

    def recommend(self, topic: str | None = None) -> Answer:
        """What the guideline recommends to the patient in use."""
        return self.ask("recommend" if topic is None else f"recommend {topic}")

    def why(self, advice: str) -> Answer:
        """Where a therapy stands for the patient in use, and why."""
        return self.ask(f"why {advice}")

    def close(self) -> None:
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()
        self._process.wait(timeout=10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
