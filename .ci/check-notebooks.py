"""Validates notebooks for Jupyter: check-notebooks.py NOTEBOOK.ipynb ... Exit status 1 when one isn't valid nbformat 4.5.

A notebook with a fault must be found first, else the check itself is broken.
"""

import copy
import sys

import nbformat


def fault(node):
    """What is wrong with a notebook; None when nothing is."""
    try:
        nbformat.validate(node)
    except nbformat.ValidationError as error:
        return str(error).splitlines()[0]
    if (node.nbformat, node.nbformat_minor) != (4, 5):
        return f"nbformat {node.nbformat}.{node.nbformat_minor}"
    ids = [cell.id for cell in node.cells]
    return None if len(set(ids)) == len(ids) else "two cells have one id"


def main():
    wrong = 0
    for path in sys.argv[1:]:
        node = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        bad = copy.deepcopy(node)
        del bad.cells[0]["source"]
        if fault(bad) is None:
            print("the check itself is broken: a cell without a source passed")
            return 1
        found = fault(node)
        if found:
            wrong += 1
            print(f"{path}: {found}")
    print(f"{len(sys.argv) - 1} notebooks for Jupyter, {wrong} not valid")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
