"""Checks on the tracked files that no compiler makes: the house rules that a search can prove."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
LINES = 450
CODE = (".swift", ".c", ".cc", ".cpp", ".h", ".py", ".sh")
# What never belongs into Sources, with the reason.
BANNED = [
    (r"\bfatalError\(", "a user's input must not end the program: throw"),
    (r"\btry!", "a user's input must not end the program: throw"),
    (r"\b(TODO|FIXME)\b", "open work belongs into an issue"),
]


def output_of(*command):
    """The standard output of a command; nothing where it fails or does not exist."""
    try:
        run = subprocess.run(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return ""
    return run.stdout.decode(errors="replace")


def hosts():
    """The hosts that this machine takes packages from: none may be written into the tree.

    They are asked from the tools, so that this file does not name them either.
    """
    found = set()
    try:
        from pip._internal.models.index import PyPI

        found |= {PyPI.netloc, PyPI.file_storage_domain}
    except ImportError:
        pass
    sites = output_of("apt-get", "indextargets", "--no-release-info", "--format", "$(SITE)")
    settings = output_of(sys.executable, "-m", "pip", "config", "list")
    addresses = sites.split() + re.findall(r"https?://[^'\"\s]+", settings)
    addresses += [value for name, value in os.environ.items() if name.endswith("INDEX_URL")]
    found |= {urlsplit(address).hostname for address in addresses}
    return {host for host in found if host}


def paths():
    """Patterns of paths that exist on one machine only."""
    found = [r"/(home|Users)/[a-z]", r"/roo[t]/"]
    for folder in (ROOT, ROOT.parent):
        # A folder right below '/' that every machine has says nothing about this one.
        if len(folder.parts) > 2 or folder.parts[1:] and folder.name not in (
                "tmp", "usr", "opt", "home", "src", "build", "var", "mnt", "app"):
            found.append(re.escape(str(folder)) + r"(?![\w.-])")
    return [r"(?<![\w.~}*-])" + pattern for pattern in found]


def is_generated(lines):
    return any(re.search(r"\b[Gg]enerated by\b", line) for line in lines[:5])


def check(name, path, forbidden):
    """The complaints about one tracked file."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    script = lines[:1] and lines[0].startswith("#!")
    if (name.endswith(CODE) or script) and len(lines) > LINES and not is_generated(lines):
        yield f"{name}: {len(lines)} lines, and {LINES} are the limit: split it by purpose"
    if script and not os.access(path, os.X_OK):
        yield f"{name}: begins with '#!' and is not executable"
    if name.endswith(".py"):
        try:
            ast.parse(text)
        except SyntaxError as error:
            yield f"{name}:{error.lineno}: {error.msg}"
    for number, line in enumerate(lines, 1):
        for pattern, reason in forbidden:
            if pattern.search(line):
                yield f"{name}:{number}: {reason}"
        if not (name.startswith("Sources/") and name.endswith(CODE)):
            continue
        for pattern, reason in BANNED:
            if re.search(pattern, line):
                yield f"{name}:{number}: '{re.search(pattern, line).group()}': {reason}"
        if re.match(r"\s*((public|package|internal) )?import Foundation\b", line) and (
                number < 2 or lines[number - 2].strip() != "#else"):
            yield f"{name}:{number}: imports Foundation: FoundationEssentials is a quarter of its size"


def main():
    forbidden = [
        (re.compile(r"(?<![\w.-])" + re.escape(host) + r"(?![\w-])"), "names a host of this machine's packages")
        for host in sorted(hosts())
    ]
    forbidden += [(re.compile(pattern), "names a path of one machine") for pattern in paths()]
    names = [name for name in output_of("git", "ls-files", "-z").split("\0") if name]
    if not names:
        print("no tracked file is found: not a git checkout?")
        return 1
    complaints = []
    for name in names:
        path = ROOT / name
        if path.is_file() and not path.is_symlink():
            complaints += check(name, path, forbidden)
    for complaint in complaints:
        print(complaint)
    print(f"{len(names)} tracked files, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
