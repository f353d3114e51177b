import Foundation
import PythonAPI
import SystemKit
import SystemPackage
import Testing

@testable import Frontend

/// A package written file by file into a scratch folder.
func package(_ files: [String: String], _ prepare: (FilePath) -> Void = { _ in }) throws -> (
  Scratch, Configuration
) {
  let scratch = try Scratch()
  for (name, text) in files { scratch.write("pkg/" + name, text) }
  prepare(scratch.path.appending("pkg"))
  let tree = try Acquisition().acquire(scratch.path.appending("pkg").string)
  return (scratch, try configure(tree))
}

@Suite struct ConfigureTests {
  private let module = "#include <Python.h>\nPyMODINIT_FUNC PyInit_m(void) { return 0; }\n"

  @Test func unitsAndWhatIsNone() throws {
    let (_, found) = try package([
      "src/m.c": "#include <Python.h>\n#include \"part.c\"\n", "src/part.c": "int part;\n",
      "tests/t.c": module, "src/m_windows.c": module, "arch/darwin/x.c": module,
      "docs/d.cpp": module, "src/tool.c": "int main(void) { return 0; }\n",
      "src/x_template.c": module, "build/lib/b.c": module, ".git/g.c": module,
    ])
    #expect(found.units.map(\.path) == ["src/m.c"])
    #expect(found.units.first?.includesPython == true)
    #expect(
      found.skipped.map { "\($0.path): \($0.reason.text)" } == [
        "docs/d.cpp: it belongs to 'docs', not to the package's modules",
        "src/part.c: it is included by 'src/m.c'",
        "src/tool.c: it is a program, no part of a module",
        "src/x_template.c: its name marks a template ('_template')",
        "tests/t.c: it belongs to 'tests', not to the package's modules",
      ])
    #expect(found.notApplicable.map(\.path) == ["arch/darwin/x.c", "src/m_windows.c"])
    #expect(found.textFacts["src/m.c"]?.includes.count == 2)
  }

  @Test func testsAloneAreAudited() throws {
    let (_, found) = try package(["tests/t.c": module, "include/h.h": ""])
    #expect(found.units.map(\.path) == ["tests/t.c"])
    let (_, nothing) = try package(["a.py": ""])
    #expect(nothing.isEmpty)
  }

  @Test func twoFilesThatIncludeEachOther() throws {
    let (_, found) = try package([
      "a.c": "#include \"b.c\"\n", "b.c": "#include \"a.c\"\n",
    ])
    #expect(found.units.map(\.path) == ["a.c"])
  }

  @Test func includeFolders() throws {
    let (scratch, found) = try package([
      "src/m.c":
        "#include \"lib/api.h\"\n#include <deep.h>\n#include <string.h>\n#include \"x.h\"\n",
      "vendor/include/lib/api.h": "#include <Python.h>\n", "vendor/win32/deep.h": "",
      "vendor/deep/deep.h": "#include \"near.h\"\n", "vendor/deep/near.h": "",
      "compat/string.h": "", "far/away/x.h": "", "src/inner/x.h": "",
    ])
    let unit = try #require(found.units.first)
    let root = scratch.path.appending("pkg").string
    #expect(unit.quoteFolders == [root + "/vendor/include", root + "/src/inner"])
    #expect(unit.afterFolders == [root + "/vendor/deep"])
    #expect(unit.includesPython)
  }

  @Test func theLimitedAPI() throws {
    let (_, found) = try package([
      "a.c": "#define Py_LIMITED_API 0x030D0000 // x\n#include <Python.h>\n",
      "b.c": "#include <Python.h>\n#define Py_LIMITED_API 3\n",
      "c.c": "#ifndef Py_GIL_DISABLED\n#define Py_LIMITED_API 3\n#endif\n#include <Python.h>\n",
      "d.c": "#include \"d.h\"\n#include <pybind11/pybind11.h>\n",
      "d.h": "#ifndef D_H\n#define D_H\n#define Py_LIMITED_API\n#endif\n",
      "e.c": "#define Py_LIMITED_API 3\nint e;\n",
    ])
    let limited = Dictionary(uniqueKeysWithValues: found.units.map { ($0.path, $0.limitedAPI) })
    #expect(limited == ["a.c": "0x030D0000", "b.c": nil, "c.c": nil, "d.c": "", "e.c": nil])
  }

  @Test func unsafeIncludesAreRefused() throws {
    let files = [
      "zero.c": "#include \"/dev/zero\"\n", "passwd.c": "#include \"/etc/passwd\"\n",
      "up.c": "#include \"../../../../../../../../../../etc/passwd\"\n",
      "pipe.c": "#include \"pipe.h\"\n", "angle.c": "#include <sub/pipe.h>\n",
      "link.c": "#include \"link.h\"\n", "folder.c": "#include \"etc/passwd\"\n",
      "macro.c": "#define X \"/dev/zero\"\n#include X\n",
      "hidden.c": "#ifdef _WIN32\n#include </dev/zero>\n#endif\n",
      "through.c": "#include \"through.h\"\n", "through.h": "#include \"/etc/passwd\"\n",
      "raw.cpp": "auto s = R\"(\n#include \"/dev/zero\"\n)\";\n",
      "good.c": "#include \"inside.h\"\n#include \"/usr/include/stdio.h\"\n#include \"/no/such\"\n",
      "real.h": "int real;\n",
    ]
    let (_, found) = try package(files) { root in
      makeFolders(root.appending("x/sub"))
      #expect(mkfifo(root.appending("pipe.h").string, 0o600) == 0)
      #expect(mkfifo(root.appending("x/sub/pipe.h").string, 0o600) == 0)
      #expect(symlink("/etc/passwd", root.appending("link.h").string) == 0)
      #expect(symlink("/etc", root.appending("etc").string) == 0)
      #expect(symlink("real.h", root.appending("inside.h").string) == 0)
    }
    let leaves = "which leaves the package"
    let irregular = "which is not a regular file"
    #expect(
      found.refused.map { "\($0.path) \($0.reason)" } == [
        "angle.c includes 'sub/pipe.h', \(irregular)",
        "folder.c includes 'etc/passwd', \(leaves)",
        "hidden.c includes '/dev/zero', \(irregular)",
        "link.c includes 'link.h', \(leaves)", "macro.c includes '/dev/zero', \(irregular)",
        "passwd.c includes '/etc/passwd', \(leaves)", "pipe.c includes 'pipe.h', \(irregular)",
        "raw.cpp includes '/dev/zero', \(irregular)",
        "through.c includes '/etc/passwd', \(leaves)",
        "up.c includes '../../../../../../../../../../etc/passwd', \(leaves)",
        "zero.c includes '/dev/zero', \(irregular)",
      ])
    #expect(found.units.map(\.path) == ["good.c"])
    #expect(found.includedFiles["good.c"] == ["good.c", "real.h"])
  }

  @Test func compileCommandsThroughTheAllowlist() throws {
    let commands = """
      [
        {"directory": "..", "file": "src/a.c",
         "command": "cc -Iinc -I/etc -D'A=\\"x y\\"' -DPy_GIL_DISABLED=0 -std=gnu11 -O2 -MD -MF out.d -fplugin=evil.so -Xclang -load -Xclang evil.so @evil --config evil.cfg -o a.o -fsigned-char -mavx2 -c src/a.c"},
        {"directory": "..", "file": "src/b.c",
         "arguments": ["cc", "-x", "c++", "-include", "inc/pre.h", "-include", "/etc/passwd", "-U", "X", "-specs=evil", "src/b.c"]},
        {"directory": "..", "file": "/etc/passwd", "command": "cc /etc/passwd"},
        {"file": 7}
      ]
      """
    let (scratch, found) = try package([
      "build/compile_commands.json": commands, "src/a.c": module, "src/b.c": "", "src/c.c": "",
      "inc/pre.h": "#define Py_LIMITED_API 3\n#include <Python.h>\n",
    ])
    let root = scratch.path.appending("pkg").string
    #expect(found.units.map(\.path) == ["src/a.c", "src/b.c"])
    #expect(
      found.units.first?.flags == [
        "-I", root + "/inc", "-DA=\"x y\"", "-std=gnu11", "-fsigned-char", "-mavx2",
      ])
    #expect(found.units.last?.flags == ["-include", root + "/inc/pre.h", "-UX"])
    #expect(found.units.last?.language == .cxx)
    #expect(found.units.last?.includesPython == true)
    #expect(found.units.last?.limitedAPI == "3")
    #expect(found.units.allSatisfy { $0.origin == .compileCommands })
    #expect(found.skipped.map(\.path) == ["src/c.c"])
    #expect(found.warnings.count == 2)
  }

  @Test func brokenCompileCommands() throws {
    let (_, found) = try package(["compile_commands.json": "{", "a.c": module])
    #expect(found.units.map(\.origin) == [.inferred])
    #expect(
      found.warnings == [
        "'compile_commands.json' is not a list of compile commands in JSON: "
          + "the units are inferred from the sources instead."
      ])
  }

  @Test func wordsOfAShell() {
    #expect(
      shellWords(#"a 'b c' "d \" e" f\ g -DX=\"1\" '' "#) == [
        "a", "b c", "d \" e", "f g", "-DX=\"1\"", "",
      ])
  }

  @Test func theBuildScriptOverridesNames() throws {
    let (_, found) = try package([
      "setup.py": """
      macros = [("ON", 1)]
      if sys.platform == "win32":
          extra = "bundled/lib"
      Extension("m", ["m.c", "speed_win32.c", "lz.c"], define_macros=macros)
      """,
      "m.c": module + "#include \"lz.c\"\n", "speed_win32.c": "", "lz.c": "",
      "bundled/lib/z.c": "",
    ])
    #expect(found.units.map(\.path) == ["lz.c", "m.c", "speed_win32.c"])
    #expect(found.units.allSatisfy { $0.flags == ["-DON=1"] })
    #expect(found.notApplicable.map(\.path) == ["bundled/lib/z.c"])
  }

  @Test func buildFactsAndCython() throws {
    let (_, found) = try package([
      "setup.py": "# Cython\nfrom Cython.Build import cythonize\n"
        + "d = {'freethreading_compatible': True}\noptions = {'py_limited_api': 'cp39'}\n",
      "CMakeLists.txt": "find_package(nanobind)\nnanobind_add_module(my_ext FREE_THREADED x.cpp)\n",
      "meson.build": "cython_args = ['-Xfreethreading_compatible=false']\n",
      "pkg/a.pyx": "# cython: language_level=3, freethreading_compatible = True\ninclude 'b.pyx'\n",
      "pkg/b.pyx": "x = 1\n", "pkg/c.pyx": "x = 1\n# cython: freethreading_compatible=True\n",
      "pkg/c.c": "/* Generated by Cython 3.0.10 */\n#include <Python.h>\n",
      "ffi.py": "ffi.set_source('pkg._ffi', '')\n",
      "lib/setup.py": "# --enable-reentrant\nargs = ['--disable-shared',\n'--enable-reentrant']\n",
    ])
    let facts = found.buildFacts.facts.map { "\($0.file):\($0.line) \($0.kind)" }
    for expected in [
      "CMakeLists.txt:2 nanobindFreeThreaded(module: Optional(\"my_ext\"))",
      "meson.build:1 cythonFreeThreading(false)", "setup.py:3 cythonFreeThreading(true)",
      "setup.py:4 limitedAPI(sparesFreeThreaded: false)",
      "ffi.py:1 cffiSource(module: Optional(\"pkg._ffi\"))",
      "pkg/a.pyx:1 cythonFreeThreading(true)", "lib/setup.py:3 safeLibrary(name: \"cfitsio\")",
    ] {
      #expect(facts.contains(expected), "\(expected) in \(facts)")
    }
    #expect(!facts.contains { $0.hasPrefix("lib/setup.py:1") })
    #expect(found.buildFacts.frameworks == [.cython, .nanobind, .cffi])
    #expect(found.cythonSources.map(\.path) == ["pkg/a.pyx", "pkg/c.pyx"])
    #expect(found.cythonSources.map(\.declaresFreeThreading) == [true, nil])
    #expect(found.cythonSources.map(\.shippedSource) == [nil, "pkg/c.c"])
  }

  @Test func pythonHeaders() throws {
    let scratch = try Scratch()
    func patchlevel(_ minor: Int) -> String {
      "#define PY_MAJOR_VERSION 3\n#define PY_MINOR_VERSION \(minor)\n"
        + "#define PY_MICRO_VERSION 2\n#define PY_VERSION  \"3.\(minor).2\"\n"
    }
    let cache = "cache/ftaudit/headers/libpython3.14-dev/usr/include/"
    scratch.write(cache + "python3.14/Python.h", "")
    scratch.write(cache + "python3.14/patchlevel.h", patchlevel(14))
    scratch.write(
      cache + "python3.14/pyconfig.h", "#include <x-linux-gnu/python3.14/pyconfig.h>\n")
    scratch.write(cache + "x-linux-gnu/python3.14/pyconfig.h", "#define X 1\n")
    scratch.write("py/bin/python3.13", "")
    for name in ["Python.h", "pyconfig.h"] { scratch.write("py/include/python3.13/" + name, "") }
    scratch.write("py/include/python3.13/patchlevel.h", patchlevel(13))
    let root = scratch.path
    let environment = [
      "HOME": root.string, "XDG_CACHE_HOME": root.appending("cache").string,
      "PATH": root.appending("py/bin").string,
    ]
    let best = try PythonHeaders.find(
      python: nil, target: .v3_14, environment: environment)
    if best.version.minor == 14 {
      #expect(best.extraFolders == [root.appending(cache)])
      #expect(best.includeFolder == root.appending(cache + "python3.14"))
    }
    // The target's own version is better than a newer one.
    let own = try PythonHeaders.find(python: nil, target: .v3_13, environment: environment)
    #expect(own.version.minor == 13)
    let all = PythonHeaders.all(environment: environment).filter {
      $0.includeFolder.starts(with: root)
    }
    #expect(all.map(\.versionText) == ["3.14.2", "3.13.2"])
    #expect(all.map(\.source) == ["the cache", "PATH"])
    for python in ["py/bin/python3.13", "py", "py/include/python3.13"] {
      let found = try PythonHeaders.find(
        python: root.appending(python).string, target: .standard, environment: environment)
      #expect(found.version == all[1].version)
      #expect(found.source == "--python")
    }
    #expect(throws: ConfigureError.noHeadersAt(path: "/no/such")) {
      _ = try PythonHeaders.find(
        python: "/no/such", target: .standard, environment: [:])
    }
  }
}
