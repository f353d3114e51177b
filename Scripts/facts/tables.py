"""Reads the fact tables: tab-separated, one fact a line, the first line naming the columns."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TARGET = ROOT / "Sources" / "PythonAPI"
FACTS = TARGET / "Facts"


class TableError(Exception):
    """A table that is not in the form that README.md of the facts describes."""


def read(name):
    """The rows of a table, each a dictionary from column to text."""
    path = FACTS / (name + ".tsv")
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[-1] != "":
        raise TableError(f"{path.name}: the last line has no end")
    header = lines[0].split("\t")
    # Slots are sorted by their number, which their order is about.
    if name != "slots" and lines[1:-1] != sorted(set(lines[1:-1])):
        raise TableError(f"{path.name}: the lines are not sorted, or one is there twice")
    rows = []
    for number, line in enumerate(lines[1:-1], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise TableError(
                f"{path.name}:{number}: {len(cells)} cells where the header names {len(header)}")
        if any(cell != cell.strip() for cell in cells):
            raise TableError(f"{path.name}:{number}: a cell begins or ends with a space")
        rows.append(dict(zip(header, cells)))
    return rows


def version(text):
    """'3.13' as (3, 13)."""
    major, minor = text.split(".")
    return int(major), int(minor)


def hexadecimal(pair):
    """(3, 13) as the text '0x030D0000'."""
    return "0x%02X%02X0000" % pair


def header_range(text):
    """'3.12..3.14', '..3.11' or '3.14..' as two pairs; None for a side that is open."""
    if not text:
        return None, None
    low, high = text.split("..")
    return (version(low) if low else None, version(high) if high else None)
