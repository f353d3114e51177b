"""Tests of the scripts that have logic of their own. Standard library only, no network."""

import contextlib
import hashlib
import http.server
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import threading
import unittest
import zipfile
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))
import bench  # noqa: E402
import check_schema  # noqa: E402
import sdist  # noqa: E402
import synthetic  # noqa: E402


def archive(members):
    """A .tar.gz of {name: bytes}; None for the bytes makes a link to the root folder."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as writer:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            if content is None:
                member.type, member.linkname = tarfile.SYMTYPE, "/"
                writer.addfile(member)
            else:
                member.size = len(content)
                writer.addfile(member, io.BytesIO(content))
    return data.getvalue()


class Server(http.server.ThreadingHTTPServer):
    """A package index with one project, `good-name`, in JSON or in HTML."""

    def __init__(self, speaks_json):
        self.speaks_json = speaks_json
        self.content = archive({"good_name-1.10/module.c": b"int x;\n"})
        self.digest = hashlib.sha256(self.content).hexdigest()
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def page(self):
        names = ["good_name-1.9.tar.gz", "good_name-1.10.tar.gz", "good_name-2.0rc1.tar.gz",
                 "good_name-1.10-cp313-cp313-linux_x86_64.whl"]
        if self.speaks_json:
            files = [{"filename": name, "url": f"../../files/{name}", "hashes": {"sha256": self.digest}}
                     for name in names]
            return "application/vnd.pypi.simple.v1+json", json.dumps({"files": files})
        links = [f'<a href="../../files/{name}#sha256={self.digest}">{name}</a>' for name in names]
        return "text/html", "<br>".join(links)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/simple/good-name/":
            kind, text = self.server.page()
            body = text.encode()
        elif self.path.startswith("/files/"):
            kind, body = "application/gzip", self.server.content
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class SdistTests(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def get(self, server, spec, unpacked=False):
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        address = f"http://127.0.0.1:{server.server_port}/simple"
        environment = {**os.environ, "PIP_INDEX_URL": address, "no_proxy": "127.0.0.1"}
        with mock.patch.dict(os.environ, environment):
            sdist.configured_index.cache_clear()
            return sdist.get(spec, self.folder, unpacked)

    def test_newest_final_release_from_both_kinds_of_index(self):
        for speaks_json in (True, False):
            path = self.get(Server(speaks_json), "Good_Name")
            self.assertEqual(path.name, "good_name-1.10.tar.gz")
            path.unlink()

    def test_unpacks(self):
        tree = self.get(Server(True), "good.name==1.10", unpacked=True)
        self.assertEqual((tree / "module.c").read_text(), "int x;\n")

    def test_wrong_digest_leaves_nothing(self):
        server = Server(True)
        server.digest = "0" * 64
        with self.assertRaisesRegex(sdist.Failure, "differs from the sha256"):
            self.get(server, "good-name")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_unknown_project_and_version(self):
        with self.assertRaisesRegex(sdist.Failure, "404"):
            self.get(Server(True), "other")
        with self.assertRaisesRegex(sdist.Failure, "no such sdist"):
            self.get(Server(True), "good-name==3")

    def test_members_that_leave_the_folder(self):
        for name in ("../escape", "/escape", "a/../../escape"):
            path = self.folder / "bad-1.tar.gz"
            path.write_bytes(archive({name: b"x"}))
            with self.assertRaisesRegex(sdist.Failure, "leaves it"):
                sdist.unpack(path, self.folder)
            path = self.folder / "bad-2.zip"
            with zipfile.ZipFile(path, "w") as writer:
                writer.writestr(name, "x")
            with self.assertRaisesRegex(sdist.Failure, "leaves it"):
                sdist.unpack(path, self.folder)

    def test_links_are_left_out(self):
        path = self.folder / "link-1.tar.gz"
        path.write_bytes(archive({"link-1/out": None, "link-1/a.c": b"x"}))
        tree = sdist.unpack(path, self.folder)
        self.assertEqual([each.name for each in tree.iterdir()], ["a.c"])

    def test_names(self):
        self.assertEqual(sdist.split_sdist("zope.interface-8.2.tar.gz"), ("zope-interface", "8.2"))
        self.assertEqual(sdist.split_sdist("a-b-1.0.zip"), ("a-b", "1.0"))
        self.assertIsNone(sdist.split_sdist("a-1.0-py3-none-any.whl"))
        self.assertTrue(sdist.same_version("1.0", "1.0.0"))
        self.assertFalse(sdist.same_version("1.0", "1.0rc1"))
        self.assertLess(sdist.release_key("1.9"), sdist.release_key("1.10"))
        self.assertLess(sdist.release_key("1.9"), sdist.release_key("1.9.post1"))


class SchemaTests(unittest.TestCase):
    schema = {
        "$defs": {"line": {"type": "integer", "minimum": 1}},
        "type": "object",
        "required": ["line"],
        "properties": {
            "line": {"$ref": "#/$defs/line"},
            "kind": {"enum": ["a", "b", None]},
            "list": {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "null"}]}},
        },
        "additionalProperties": False,
    }

    def wrong(self, value):
        return list(check_schema.violations(value, self.schema, self.schema))

    def test_violations(self):
        self.assertEqual(self.wrong({"line": 1, "kind": None, "list": ["x", None]}), [])
        for value in ({}, {"line": 0}, {"line": True}, {"line": "1"}, {"line": 1, "kind": "c"},
                      {"line": 1, "list": [2]}, {"line": 1, "more": 1}, []):
            self.assertEqual(len(self.wrong(value)), 1, value)

    def test_soundness(self):
        self.assertEqual(list(check_schema.soundness(self.schema, self.schema, "#")), [])
        for schema in ({"type": "text"}, {"$ref": "#/$defs/no"}, {"requires": []}, {"enum": ["a", "a"]},
                       {"properties": {}, "required": ["x"]}, {"items": {"pattern": "("}}):
            self.assertEqual(len(list(check_schema.soundness(schema, schema, "#"))), 1, schema)


class BenchTests(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def program(self, name, text):
        path = self.folder / name
        path.write_text(f"#!{sys.executable}\n{text}")
        path.chmod(0o755)
        return str(path)

    def run_bench(self, *arguments):
        output = io.StringIO()
        with mock.patch.object(sys, "argv", ["bench", *arguments]), mock.patch.object(bench, "ROOT", self.folder), \
                contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            return bench.main(), output.getvalue()

    def test_measures_writes_and_hands_over_every_word(self):
        tree = self.folder / "tree"
        tree.mkdir()
        (tree / "a b.c").write_text("int x;\n")
        line = shlex.join(["clang", "-w", "-DTEXT=\"it's\"", "a b.c"])
        audit = self.program("audit", f"import sys\nif '--print-commands' in sys.argv: print({line!r})\n"
                                      "else: sys.exit(1)\n")
        clang = self.program("clang", "import sys\nif '--version' in sys.argv: print('clang version 19.1.7')\n"
                                      f"else: open({str(self.folder / 'seen')!r}, 'w').write(repr(sys.argv[1:]))\n")
        (self.folder / "README.md").write_text(f"before\n{bench.MARKERS[0]}\nold\n{bench.MARKERS[1]}\nafter\n")
        code, output = self.run_bench("--ftaudit", audit, "--clang", clang, "--rounds", "2", "--write", str(tree))
        self.assertEqual(code, 0, output)
        seen = (self.folder / "seen").read_text()
        self.assertEqual(seen, repr(["-fsyntax-only", "-w", "-DTEXT=\"it's\"", "a b.c"]))
        readme = (self.folder / "README.md").read_text()
        self.assertRegex(readme, r"(?s)^before\n.*\n\| tree \| 1 \| .*clang 19\.1\.7.*\nafter\n$")
        self.assertNotIn("old", readme)

    def test_an_audit_that_fails_is_no_measurement(self):
        (self.folder / "a.c").write_text("")
        audit = self.program("audit", "import sys\nif '--print-commands' in sys.argv: print('clang a.c')\n"
                                      "else:\n  print('no headers', file=sys.stderr)\n  sys.exit(2)\n")
        code, output = self.run_bench("--ftaudit", audit, "--clang", sys.executable, str(self.folder))
        self.assertEqual(code, 2)
        self.assertIn("ended with 2:\nno headers", output)

    def test_cold_cache_keeps_only_headers(self):
        cache = self.folder / "cache"
        (cache / "headers" / "x").mkdir(parents=True)
        scratch = self.folder / "scratch"
        scratch.mkdir()
        with mock.patch.dict(os.environ, {"FTAUDIT_CACHE": str(cache)}):
            prepare = bench.cold_cache(scratch)
            fresh = Path(prepare()["FTAUDIT_CACHE"])
            (fresh / "pch").write_text("")
            self.assertEqual(os.listdir(prepare()["FTAUDIT_CACHE"]), ["headers"])
        self.assertTrue((cache / "headers" / "x").is_dir())


    def test_scale_shows_growth(self):
        audit = self.program(
            "audit", "import glob, sys\nunits = sorted(glob.glob(sys.argv[2] + '/*.c'))\n"
                     "if '--print-commands' in sys.argv: print('\\n'.join('clang ' + unit for unit in units))\n"
                     "else: sys.exit(1)\n")
        clang = self.program("clang", "import sys\nif '--version' in sys.argv: print('clang version 19.1.7')\n")
        (self.folder / "README.md").write_text("{0}\n{1}\nmiddle\n<!-- scale:begin -->\nold\n<!-- scale:end -->\n".format(
            *bench.MARKERS))
        code, output = self.run_bench(
            "--ftaudit", audit, "--clang", clang, "--rounds", "1", "--scale", "--sizes", "250,125", "--write",
            "--without", "locks")
        self.assertEqual(code, 0, output)
        readme = (self.folder / "README.md").read_text()
        self.assertRegex(
            readme, r"(?s)middle\n<!-- scale:begin -->\n\| functions .*\n\| 125 \| [^×]*\n\| 250 \| [^\n]*×.*"
                    r"without: locks\.\n<!-- scale:end -->\n$")
        self.assertNotIn("old", readme)
        for wrong in (["--sizes", "126"], ["--sizes", "125", "--without", "nothing"]):
            code, output = self.run_bench("--ftaudit", audit, "--clang", clang, "--scale", *wrong)
            self.assertEqual((code, output.count("\n")), (2, 1), output)


class SyntheticTests(unittest.TestCase):
    """The module for `Scripts/bench --scale`."""

    def functions(self, texts):
        """The names of all functions that a text defines."""
        pattern = re.compile(r"^(?!extern\b)[A-Za-z][\w *]*?(\w+)\([^;{}]*\) \{", re.MULTILINE)
        return [name for text in texts.values() for name in pattern.findall(text)]

    def test_number_of_functions(self):
        for count in (125, 500, 2000):
            texts = synthetic.files(count)
            names = self.functions(texts)
            self.assertEqual((len(names), len(set(names))), (count, count))
            self.assertEqual(len(texts), synthetic.FILES + 2)
        self.assertEqual(len(self.functions(synthetic.files(500, ["dicts"]))), 500)
        for count in (0, 100, 2001):
            self.assertRaises(ValueError, synthetic.files, count)
        self.assertRaises(ValueError, synthetic.files, 500, ["nothing"])

    def test_is_the_same_each_time_and_grows_alike(self):
        self.assertEqual(synthetic.files(500), synthetic.files(500))
        small, large = (sum(map(len, synthetic.files(count).values())) for count in (2000, 8000))
        self.assertAlmostEqual(large / small, 4, delta=0.1)

    def test_has_its_shapes(self):
        text = "\n".join(synthetic.files(500).values())
        for name in synthetic.FEATURES:
            self.assertIn(f"#define WITH_{name.upper()} 1", text)
            self.assertNotIn(f"WITH_{name.upper()} 1", "\n".join(
                synthetic.files(500, [other for other in synthetic.FEATURES if other != name]).values()))
        names = {"T": "T", "t": "t", "a": 2, "b": 2, "c": 1}
        depths = {
            int(re.search(r"t_step(\d)\([^\n]*\n(?:  [^\n]*\n)*[^\n]*shared_note", text).group(1))
            for text in (synthetic.chain(index, None, names, ["chains", "shared"]) for index in range(40))}
        self.assertEqual(depths, {3, 4, 5})

    def test_compiles_without_any_shape(self):
        compiler = shutil.which("clang") or shutil.which("cc")
        headers = sysconfig.get_paths()["include"]
        if not compiler or not Path(headers, "Python.h").is_file():
            self.skipTest("there is no compiler or no header of CPython")
        for features in (synthetic.FEATURES, []):
            with tempfile.TemporaryDirectory() as folder:
                self.assertGreater(synthetic.write(folder, 125, features), 1000)
                # CPython before 3.13 has no critical sections.
                macros = ["-DPy_BEGIN_CRITICAL_SECTION(o)={", "-DPy_END_CRITICAL_SECTION()=}",
                          "-DPy_BEGIN_CRITICAL_SECTION2(l,r)={", "-DPy_END_CRITICAL_SECTION2()=}"]
                old = sys.version_info < (3, 13)
                run = subprocess.run(
                    [compiler, "-fsyntax-only", "-w", f"-I{headers}", *(macros if old else []),
                     *sorted(map(str, Path(folder).glob("*.c")))],
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                self.assertEqual(run.returncode, 0, run.stdout.decode()[:2000])


class SetupTests(unittest.TestCase):
    """What can be tried without installing anything; `Scripts/test` has set the machine up before."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def run_setup(self, *arguments, swift=None, **environment):
        tools = self.folder / "bin"
        tools.mkdir()
        if swift:
            (tools / "swift").write_text(f"#!/bin/sh\necho 'Swift version {swift} (swift)'\n")
            (tools / "swift").chmod(0o755)
        environment = {**os.environ, **environment, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
        script = Path(__file__).resolve().parent.parent / "setup"
        run = subprocess.run(
            [str(script), *arguments], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(run.stdout, b"", "standard output is the report's")
        return run.returncode, run.stderr.decode()

    def test_old_swift(self):
        code, said = self.run_setup(swift="5.10.1")
        self.assertEqual((code, said.count("\n")), (2, 1))
        self.assertIn("Swift 6.2 or newer is needed and 'swift' on PATH is 5.10.1", said)

    def test_wrong_prefix(self):
        code, said = self.run_setup(swift="6.10", LLVM_PREFIX=str(self.folder))
        self.assertEqual((code, said.count("\n")), (2, 1))
        self.assertIn("LLVM_PREFIX", said)

    def test_unknown_purpose(self):
        self.assertEqual(self.run_setup("--for", "party")[0], 64)

    def test_says_nothing_when_nothing_is_missing(self):
        headers = self.folder / "headers" / "libpython3.15-dev-3.15.0-1" / "usr" / "include" / "python3.15"
        headers.mkdir(parents=True)
        (headers / "Python.h").write_text("")
        home = {"HOME": str(self.folder), "PYENV_ROOT": str(self.folder), "FTAUDIT_CACHE": str(self.folder)}
        self.assertEqual(self.run_setup(swift="6.2", **home), (0, ""))


if __name__ == "__main__":
    unittest.main()
