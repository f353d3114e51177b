"""Finds the CPython headers of this machine and a compiler to read them with."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

PLACES = ("/usr/include", "/usr/local/include")
PROBED = ("datetime.h", "structmember.h", "frameobject.h", "marshal.h", "osdefs.h", "errcode.h")


class Headers:
    """One folder with a Python.h, and its version."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        text = (self.folder / "patchlevel.h").read_text(encoding="utf-8", errors="replace")
        numbers = [
            int(re.search(rf"#define\s+PY_{part}_VERSION\s+(\d+)", text)[1])
            for part in ("MAJOR", "MINOR", "MICRO")]
        self.full = tuple(numbers)
        self.version = tuple(numbers[:2])

    def __str__(self):
        return "%d.%d.%d in %s" % (*self.full, self.folder)

    @property
    def flags(self):
        # Debian's pyconfig.h includes another by a path from the folder above.
        return ["-I", str(self.folder), "-idirafter", str(self.folder.parent)]


def find(folders):
    """The headers in the given folders, else those of the usual places, oldest first."""
    if not folders:
        home = pathlib.Path.home()
        folders = [path for place in PLACES for path in pathlib.Path(place).glob("python3.*")]
        folders += (home / ".pyenv" / "versions").glob("*/include/python3.*")
        folders += (home / ".local/share/uv/python").glob("*/include/python3.*")
        folders += (home / ".cache/ftaudit").glob("**/include/python3.*")
    found = {}
    for folder in sorted(map(pathlib.Path, folders)):
        if (folder / "Python.h").exists() and (folder / "patchlevel.h").exists():
            headers = Headers(folder)
            if headers.version >= (3, 11):
                found.setdefault(headers.full, headers)
    return [found[key] for key in sorted(found)]


def compiler(names=("clang", "gcc", "cc")):
    """The compiler to use: $CC, else the first of the names on PATH; None where there is none."""
    chosen = os.environ.get("CC")
    candidates = ([chosen] if chosen else []) + list(names)
    return next((path for path in map(shutil.which, candidates) if path), None)


def run(command, text):
    """Runs a compiler over a text: exit code, output, diagnostics."""
    done = subprocess.run(
        command + ["-"], input=text, capture_output=True, text=True, errors="replace",
        env={**os.environ, "LC_ALL": "C"})
    return done.returncode, done.stdout, done.stderr


def includes(headers, also=()):
    names = [name for name in PROBED if (headers.folder / name).exists()]
    return "".join(f"#include <{name}>\n" for name in ["Python.h", *names, *also])


def names(headers, cc):
    """Every name that the public headers define as a macro, declare, or enumerate."""
    command = [cc, "-x", "c", "-std=gnu11", "-w", "-E", "-dD", "-DPy_GIL_DISABLED=1", *headers.flags]
    code, output, problems = run(command, includes(headers))
    if code != 0:
        sys.exit(f"error: cannot preprocess the headers {headers}:\n{problems}")
    macros, lines = set(), []
    for line in output.splitlines():
        match = re.match(r"#\s*(define|undef)\s+(\w+)", line)
        if match:
            (macros.add if match[1] == "define" else macros.discard)(match[2])
        elif not line.startswith("#"):
            lines.append(line)
    return macros | declared("\n".join(lines))


def declared(text):
    """Names before '(' outside of braces, and the constants of enumerations."""
    text = re.sub(r'"(\\.|[^"\\])*"', '""', text)
    text = re.sub(r"'(\\.|[^'\\])*'", "0", text)
    result = set()
    for body in re.findall(r"\benum\b\s*\w*\s*\{([^}]*)\}", text):
        result.update(re.findall(r"(?:^|,)\s*(\w+)", body))
    outside, depth = [], 0
    for piece in re.split(r"([{}])", text):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth -= 1
        elif depth == 0:
            outside.append(piece)
    result.update(re.findall(r"\b([A-Za-z_]\w*)\s*\(", " ; ".join(outside)))
    return result
