"""Starts the kernel for Jupyter, in this process's place: python -m islet.kernel CONNECTION-FILE --language en."""

import os
import sys

from ._program import program


def main() -> None:
    path = program("islet-kernel")
    os.execv(path, [path, *sys.argv[1:]])


if __name__ == "__main__":
    main()
