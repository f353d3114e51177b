import Testing

@testable import Frontend

@Suite struct SetupScriptTests {
  private func macros(_ text: String, files: [String] = []) -> [String] {
    SetupScript.read(text, files: files).extensions.flatMap { found in
      found.macros.map { macro in macro.name + (macro.value.map { "=" + $0 } ?? "") }
    }
  }

  @Test func literalMacrosAndSources() {
    let found = SetupScript.read(
      """
      from setuptools import setup, Extension
      setup(ext_modules=[
        Extension("a", ["a.c", "b.c"], define_macros=[("ONE", "1"), ("TWO", None)]),
      ])
      """, files: []
    ).extensions
    #expect(found.count == 1)
    #expect(found.first?.sources == ["a.c", "b.c"])
    #expect(found.first?.areSourcesComplete == true)
    #expect(found.first?.macros.map(\.name) == ["ONE", "TWO"])
    #expect(found.first?.macros.map(\.value) == ["1", nil])
    #expect(found.first?.line == 2)
  }

  @Test func onlyBranchesOfLinuxCount() {
    let text = """
      macros = []
      if POSIX:
          macros.append(("POSIX", 1))
      if sys.platform == "win32":
          macros.append(("WINDOWS", 1))
      elif sys.platform.startswith("linux"):
          macros.extend([("LINUX", 1), ("MORE", "x")])
      else:
          macros.append(("OTHER", 1))
      Extension("m", sources=["m.c"], define_macros=macros)
      """
    #expect(macros(text) == ["POSIX=1", "LINUX=1", "MORE=x"])
  }

  @Test func dictionariesOfMacros() {
    let text = """
      define_macros = {}
      define_macros["VERSION"] = "1.2"
      if "bsd" in sys.platform:
          define_macros["BSD"] = 1
      m = Extension("m", define_macros=list(define_macros.items()), sources=["m.c"])
      """
    #expect(macros(text) == ["VERSION=1.2"])
  }

  @Test func aSuccessfulProbeIsAssumed() {
    let text = """
      def ask():
          ok = (sys.platform != 'win32' and config.try_compile('__thread int x;'))
          if ok:
              define_macros.append(('USE__THREAD', None))
      define_macros = [('BASE', '1')]
      ask()
      Extension("m", ["m.c"], define_macros=define_macros)
      """
    #expect(macros(text).contains("BASE=1"))
    let after = """
      define_macros = []
      def ask():
          if not can_compile("x"):
              define_macros.append(("MISSING", 1))
          if config.try_link("y"):
              define_macros.append(("PRESENT", 1))
      Extension("m", ["m.c"], define_macros=define_macros)
      """
    #expect(macros(after) == ["PRESENT=1"])
  }

  @Test func theLimitedAPIIsNotTakenWhereTheScriptChecksForTheGIL() {
    let text = """
      Py_GIL_DISABLED = sysconfig.get_config_var("Py_GIL_DISABLED")
      macros = []
      if setuptools and CP36_PLUS and LINUX and not Py_GIL_DISABLED:
          macros.append(('Py_LIMITED_API', '0x03060000'))
      if mystery():
          macros.append(('Py_LIMITED_API', '0x03060000'))
          macros.append(('MYSTERY', '1'))
      Extension("m", ["m.c"], define_macros=macros)
      """
    #expect(macros(text) == ["MYSTERY=1"])
  }

  @Test func theEnvironmentIsEmpty() {
    let text = """
      compile_extension = os.getenv("DISABLE_EXTENSION", None) is None
      if platform.python_implementation() == "PyPy":
          compile_extension = False
      if compile_extension:
          kwargs.update(dict(ext_modules=[Extension("t", sources=["t.c"], define_macros=[("A", 1)])]))
      if os.environ.get("DEBUG"):
          Extension("d", ["d.c"], define_macros=[("B", 1)])
      """
    #expect(macros(text) == ["A=1"])
  }

  @Test func pathsOfOtherPlatforms() {
    let reading = SetupScript.read(
      """
      sources = ["src/both.c"]
      if sys.platform == "win32":
          sources.append("src/win.c")
          sources.append("src/both.c")
      if os.environ.get("WITH_EXTRA"):
          sources.append("src/extra.c")
      """, files: [])
    #expect(reading.skippedStrings == ["src/win.c"])
  }

  @Test func globsReadTheTree() {
    let found = SetupScript.read(
      """
      Extension("m", sources=sorted(glob.glob("src/*.c")) + glob.glob("src/**/z.c"))
      """, files: ["src/a.c", "src/b.h", "src/deep/c.c", "src/deep/er/z.c"]
    ).extensions
    #expect(found.first?.sources == ["src/a.c", "src/deep/er/z.c"])
    #expect(PythonLibrary.matches("a/bcd.c", "a/b*d.?"))
    #expect(!PythonLibrary.matches("a/b/c.c", "a/*.c"))
  }

  @Test func nonsenseEnds() {
    let pieces = [
      "((((((", ")))", "a = [", "if", "x = = =", "\"\"\"", "f(**", "[x for", "lambda: (", "a.b.(",
    ]
    for piece in pieces {
      _ = SetupScript.read(String(repeating: piece + "\n", count: 50), files: [])
    }
    let deep = String(repeating: "(", count: 100_000)
    _ = SetupScript.read("x = " + deep, files: [])
    _ = SetupScript.read("x = " + String(repeating: "not ", count: 100_000) + "y", files: [])
    _ = SetupScript.read("x = " + String(repeating: "-", count: 100_000) + "y", files: [])
  }

  @Test func tablesOfPyproject() {
    let found = SetupTables.extensions(
      of: """
        [project]
        name = "x"
        [[tool.setuptools.ext-modules]]
        name = "one"
        sources = ["a.c", "b.c"] # both
        define-macros = [["A", "1"], ["B"]]
        [[tool.setuptools.ext-modules]]
        name = "two"
        sources = [
          "c.c",
        ]
        include-dirs = ["include"]
        [tool.other]
        sources = ["no.c"]
        """)
    #expect(found.map(\.sources) == [["a.c", "b.c"], ["c.c"]])
    #expect(found.first?.macros.map(\.name) == ["A", "B"])
    #expect(found.last?.includeFolders == ["include"])
    let inline = SetupTables.extensions(
      of: """
        [tool.setuptools]
        ext-modules = [{name = "m", sources = ["m.c"], define-macros = [["X", "2"]]}]
        """)
    #expect(inline.map(\.sources) == [["m.c"]])
    #expect(inline.first?.macros.first?.name == "X")
  }
}
