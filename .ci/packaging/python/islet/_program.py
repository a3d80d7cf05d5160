"""The program that stands beside this package."""

from __future__ import annotations

import os
import shutil
import sysconfig
from typing import Any


class IsletError(Exception):
    """What islet refused: its stable code, and what was wrong."""

    def __init__(self, code: str, message: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.details = details or {}


def program(name: str = "islet") -> str:
    """Where the program is: ISLET_PROGRAM, else where pip put it, else on the path."""
    named = os.environ.get("ISLET_PROGRAM")
    if named and name == "islet":
        return named
    schemes = ["scripts"] if os.name == "posix" else []
    folders = [sysconfig.get_path(scheme) for scheme in schemes]
    folders.append(sysconfig.get_path("scripts", scheme=f"{os.name}_user"))
    # pip install --target puts the scripts beside the packages.
    folders.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "bin"))
    for folder in folders:
        path = os.path.join(folder, name)
        if os.access(path, os.X_OK):
            return path
    found = shutil.which(name)
    if found is None:
        raise IsletError("program.missing", f"{name} is not where pip puts programs, nor on the path: install the wheel again")
    return found
