"""Compares 'ftaudit audit' with 'clang -fsyntax-only': same files, same flags, same number of jobs.

The command lines come from 'ftaudit audit FOLDER --print-commands', one per unit; xargs runs them.
Runs are interleaved (ftaudit, clang, ftaudit, clang, …), so that what else happens on the machine
meets both. A ratio is that of one pair of neighbouring runs; under 1 ftaudit is the faster one.
Peak memory is taken in a further run of each that is not timed: the proportional set sizes of all
processes of the run, added up every 20 ms.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ["simplejson==3.20.2", "regex==2025.9.18", "cffi==1.17.1", "multidict==6.8.0"]
MARKERS = ("<!-- bench:begin -->", "<!-- bench:end -->")
SAMPLE_SECONDS = 0.02


class Failure(Exception):
    """Something went wrong; the text is the sentence that the user reads."""


# --- one run -----------------------------------------------------------------------------------


class Run:
    """A command that can be run again and again: its argument list, input, folder and environment."""

    def __init__(self, arguments, accepted, folder=None, stdin=None, prepare=None):
        self.arguments = arguments
        self.accepted = accepted  # exit codes that mean that the work was done
        self.folder = folder
        self.stdin = stdin  # the text of the standard input
        self.prepare = prepare  # called before each run; gives what to change in the environment

    def start(self, errors):
        environment = dict(os.environ)
        if self.prepare:
            environment.update(self.prepare())
        source = tempfile.TemporaryFile()
        source.write((self.stdin or "").encode())
        source.seek(0)
        started = time.perf_counter()
        process = subprocess.Popen(
            self.arguments, stdin=source, stdout=subprocess.DEVNULL, stderr=errors,
            cwd=self.folder, env=environment, start_new_session=True)
        source.close()
        return process, started

    def finish(self, process, errors):
        code = process.wait()
        if code not in self.accepted:
            errors.seek(0)
            tail = errors.read().decode(errors="replace").strip().splitlines()[-5:]
            raise Failure(f"'{self.arguments[0]}' ended with {code}:\n" + "\n".join(tail))

    def seconds(self):
        """The wall time of one run."""
        with tempfile.TemporaryFile() as errors:
            process, started = self.start(errors)
            process.wait()
            elapsed = time.perf_counter() - started
            self.finish(process, errors)
        return elapsed

    def peak_memory(self):
        """The largest sum, in bytes, of the memory of all processes of one run."""
        with tempfile.TemporaryFile() as errors:
            process, _ = self.start(errors)
            peak = 0
            while process.poll() is None:
                peak = max(peak, sum(map(memory, tree(process.pid))))
                time.sleep(SAMPLE_SECONDS)
            self.finish(process, errors)
        return peak


def tree(root):
    """The process, all its descendants and all processes of its session."""
    parents, members = {}, {root}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as stream:
                fields = stream.read().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry)] = int(fields[1])
        if int(fields[3]) == root:
            members.add(int(entry))
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in members} - members
        members |= more
        grown = bool(more)
    return members


def memory(pid):
    """The proportional set size in bytes, the resident one where that is not told; 0 when gone."""
    for path, field in ((f"/proc/{pid}/smaps_rollup", "Pss:"), (f"/proc/{pid}/status", "VmRSS:")):
        try:
            with open(path) as stream:
                for line in stream:
                    if line.startswith(field):
                        return int(line.split()[1]) * 1024
        except OSError:
            continue
    return 0


# --- the two sides -----------------------------------------------------------------------------


def cache_folder():
    """The folder of ftaudit's cache, as the program itself finds it."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(os.environ.get("FTAUDIT_CACHE") or os.path.join(base, "ftaudit"))


def cold_cache(scratch):
    """Makes each run start with an empty cache that keeps nothing but the CPython headers."""
    headers = cache_folder() / "headers"

    def prepare():
        folder = Path(scratch) / "cache"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if headers.is_dir():
            (folder / "headers").symlink_to(headers.resolve())
        return {"FTAUDIT_CACHE": str(folder)}

    return prepare


def find_clang(named, commands):
    """The clang to compare with: the named one, that of libclang's LLVM, or that on PATH."""
    if named:
        found = shutil.which(named)
        if not found:
            raise Failure(f"--clang: there is no program '{named}'.")
        return found
    places = [os.environ.get("LLVM_PREFIX", "")]
    # The resource folder that ftaudit passes lies in the LLVM whose libclang it has loaded.
    match = re.search(r"-resource-dir[ =]'?(\S+?)/lib/clang/", "\n".join(commands))
    if match:
        places.append(match.group(1))
    prefixes = (path for path in Path("/usr/lib").glob("llvm-*") if path.name[5:].isdigit())
    places += [str(path) for path in sorted(prefixes, key=lambda path: -int(path.name[5:]))]
    for place in places:
        if place and os.access(os.path.join(place, "bin", "clang"), os.X_OK):
            return os.path.join(place, "bin", "clang")
    found = shutil.which("clang")
    if not found:
        raise Failure("no clang to compare with; name one with --clang.")
    return found


def clang_version(clang):
    text = subprocess.run(
        [clang, "--version"], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
        check=True).stdout.decode()
    match = re.search(r"version (\d+\.\d+\.\d+)", text)
    return match.group(1) if match else text.splitlines()[0]


def print_commands(arguments, folder):
    """The command lines of all units, without the compiler, each with its size, largest first."""
    run = subprocess.run(
        [arguments.ftaudit, "audit", str(folder), "--print-commands", *arguments.audit_option],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    lines = [line for line in run.stdout.decode().splitlines() if line.strip()]
    if not lines:
        raise Failure(f"'ftaudit audit --print-commands' gave nothing: {run.stderr.decode().strip()}")
    commands = []
    for line in lines:
        words = shlex.split(line)[1:]
        if "-fsyntax-only" not in words:
            words.insert(0, "-fsyntax-only")
        source = Path(folder, words[-1])
        commands.append((-(source.stat().st_size if source.is_file() else 0), words))
    return [shlex.join(words) for _, words in sorted(commands)]


def failing_units(clang, commands, folder):
    """How many units clang rejects, most for a header that is not on this machine."""
    return sum(
        subprocess.run(
            [clang, *shlex.split(command)], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0
        for command in commands)


def folder_of(package):
    if os.path.isdir(package):
        return Path(package).resolve()
    run = subprocess.run(
        [str(ROOT / "Scripts" / "sdist"), "--unpack", package], stdout=subprocess.PIPE)
    if run.returncode:
        raise Failure(f"{package}: its sdist could not be had.")
    return Path(run.stdout.decode().strip())


def sides(folder, arguments, scratch):
    """The two runs to compare, the audit's and clang's, with the command lines and the clang."""
    commands = print_commands(arguments, folder)
    clang = find_clang(arguments.clang, commands)
    jobs = str(arguments.jobs)
    # 0 and 1 are verdicts; 2 is also "covered too little", which the warm-up run cannot tell from
    # "not audited", so it is not accepted.
    audit = Run(
        [arguments.ftaudit, "audit", str(folder), "--jobs", jobs, "--format", "json",
         *arguments.audit_option],
        accepted=(0, 1), prepare=cold_cache(scratch) if arguments.cold else None)
    # xargs ends with 123 where a unit has errors, as with a missing third-party header.
    check = Run(
        ["xargs", "-P", jobs, "-L", "1", clang], accepted=(0, 123), folder=folder,
        stdin="\n".join(commands) + "\n")
    return audit, check, commands, clang


def measure(package, arguments, scratch):
    """All numbers of one package, as plain values."""
    folder = folder_of(package)
    audit, check, commands, clang = sides(folder, arguments, scratch)
    audit.seconds()
    check.seconds()
    pairs = [(audit.seconds(), check.seconds()) for _ in range(arguments.rounds)]
    ratios = [one / other for one, other in pairs]
    return {
        "package": re.sub("==", " ", package) if not os.path.isdir(package) else folder.name,
        "units": len(commands),
        "unitsThatClangRejects": failing_units(clang, commands, folder),
        "clangVersion": clang_version(clang),
        "ftauditSeconds": statistics.median(one for one, _ in pairs),
        "clangSeconds": statistics.median(other for _, other in pairs),
        "ratioMedian": statistics.median(ratios),
        "ratioMinimum": min(ratios),
        "ratioMaximum": max(ratios),
        "ftauditPeakBytes": audit.peak_memory(),
        "clangPeakBytes": check.peak_memory(),
    }


# --- the table ---------------------------------------------------------------------------------


def markdown(result):
    lines = [
        "| package | units | ftaudit | clang | ratio: median | lowest–highest | memory: ftaudit | clang |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for row in result["packages"]:
        lines.append(
            "| {package} | {units} | {ftauditSeconds:.2f} s | {clangSeconds:.2f} s "
            "| **{ratioMedian:.2f}** | {ratioMinimum:.2f}–{ratioMaximum:.2f} "
            "| {0:.0f} MiB | {1:.0f} MiB |".format(
                row["ftauditPeakBytes"] / 2**20, row["clangPeakBytes"] / 2**20, **row))
    versions = ", ".join(sorted({row["clangVersion"] for row in result["packages"]}))
    lines += [
        "",
        f"Measured by `Scripts/bench` on {result['cores']} cores: `--jobs {result['jobs']}`, clang "
        f"{versions}, {result['rounds']} interleaved rounds after one to warm up, "
        f"{'empty' if result['cold'] else 'warm'} cache of precompiled headers.",
    ]
    rejected = [row for row in result["packages"] if row["unitsThatClangRejects"]]
    if rejected:
        lines.append(
            "clang stopped with errors in "
            + ", ".join("{unitsThatClangRejects} of {units} units of {package}".format(**row) for row in rejected)
            + ", and did less than its whole work there.")
    return "\n".join(lines) + "\n"


def write_readme(path, text, markers=MARKERS):
    """Puts the text between the markers of the README."""
    readme = path.read_text(encoding="utf-8")
    head, begin, rest = readme.partition(markers[0])
    _, end, tail = rest.partition(markers[1])
    if not begin or not end:
        raise Failure(f"{path.name} lacks the markers {markers[0]} and {markers[1]}.")
    path.write_text(head + begin + "\n" + text + end + tail, encoding="utf-8")


def compare(arguments, scratch):
    """The numbers of each package, with what writes them as a table and the place of that table."""
    rows = []
    for package in arguments.package or PACKAGES:
        print(f"bench: {package}", file=sys.stderr)
        rows.append(measure(package, arguments, scratch))
    return {"packages": rows}, markdown, MARKERS


def main():
    parser = argparse.ArgumentParser(
        prog="Scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", nargs="*", help="NAME==VERSION or a folder; default: " + " ".join(PACKAGES))
    parser.add_argument("--rounds", type=int, default=7, help="timed pairs of runs; default: 7")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="default: the cores of the machine")
    parser.add_argument("--cold", action="store_true", help="empty ftaudit's cache before each run")
    parser.add_argument("--clang", help="the clang to compare with; default: that of libclang's LLVM")
    parser.add_argument("--ftaudit", help="the binary to measure; default: the release build")
    parser.add_argument(
        "--audit-option", action="append", default=[], metavar="OPTION",
        help="a further option of 'ftaudit audit', as --audit-option=--target=3.13")
    parser.add_argument(
        "--scale", action="store_true",
        help="instead of packages, synthetic modules of growing size: how the time grows with them")
    parser.add_argument(
        "--sizes", type=lambda text: [int(size) for size in text.split(",")], metavar="N,…",
        help="with --scale, their numbers of functions; default: 2000,4000,8000")
    parser.add_argument(
        "--without", action="append", default=[], metavar="FEATURE",
        help="with --scale, leave a shape out of the modules, to find the one that is slow")
    parser.add_argument("--format", choices=["markdown", "json"], default="markdown")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    arguments = parser.parse_args()
    if arguments.rounds < 1 or arguments.jobs < 1:
        parser.error("--rounds and --jobs begin at 1")
    if arguments.scale and arguments.package:
        parser.error("--scale makes its modules itself and takes no package")
    arguments.ftaudit = os.path.abspath(arguments.ftaudit or ROOT / ".build" / "release" / "ftaudit")
    try:
        with tempfile.TemporaryDirectory(prefix="ftaudit-bench-") as scratch:
            if arguments.scale:
                import scale  # it needs this module, so it comes when it is used

                measured, table, markers = scale.measure(arguments, scratch)
            else:
                measured, table, markers = compare(arguments, scratch)
        result = {
            "cores": os.cpu_count(), "jobs": arguments.jobs, "rounds": arguments.rounds,
            "cold": arguments.cold, **measured,
        }
        table = table(result)
        if arguments.write:
            write_readme(ROOT / "README.md", table, markers)
        print(json.dumps(result, indent=2) + "\n" if arguments.format == "json" else table, end="")
    except (Failure, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    # 'scale' imports this module by its name, and a Failure there must be the one caught here.
    sys.modules["bench"] = sys.modules["__main__"]
    sys.exit(main())
