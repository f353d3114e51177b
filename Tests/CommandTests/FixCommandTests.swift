import SystemKit
import SystemPackage
import Testing

/// `ftaudit fix` by the built program: what it refuses and how it ends.
struct FixCommandTests {
  private func package() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.copy(fixture: "gil-slot-missing/bad.c", as: "package/module.c")
    return scratch
  }

  private func expect(
    _ code: Int, _ sentence: String, _ arguments: [String], in folder: FilePath? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let outcome = try await ftaudit(["fix"] + arguments, in: folder)
    #expect(
      outcome.code == code, "\(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(
      outcome.errors.contains(sentence), "\(outcome.errors)", sourceLocation: sourceLocation)
  }

  @Test func wrongUsage() async throws {
    let scratch = try package()
    let folder = scratch.path.string
    try await expect(64, "one of --diff", [folder])
    try await expect(64, "one of --diff", ["--diff", "--write", folder])
    try await expect(64, "--output is for --diff", ["--write", "-o", "x", folder])
    try await expect(64, "There is no rule 'nonsense'", ["--diff", "--rule", "nonsense", folder])
    try await expect(2, "There is no '/nonexistent/package'", ["--diff", "/nonexistent/package"])
  }

  @Test func onlyFoldersAreWritten() async throws {
    let scratch = try package()
    let made = try await run(
      "/usr/bin/env", ["tar", "czf", "package-1.0.tar.gz", "package"], in: scratch.path)
    try #require(made.code == 0, "\(made.errors)")
    let archive = scratch.path.appending("package-1.0.tar.gz").string
    try await expect(64, "--write changes the files of a folder", ["--write", archive])
    try await expect(64, "--write changes the files of a folder", ["--write", "package==1.0"])
    try await expect(0, "0 of 1 finding repaired", ["--diff", archive])
  }

  @Test func nothingToRepair() async throws {
    let scratch = try package()
    let folder = scratch.path.appending("package")
    let before = readRegularFile(folder.appending("module.c"))
    try await expect(
      0, "left out: 1 no mechanical repair for the rule.", ["--write", folder.string])
    #expect(readRegularFile(folder.appending("module.c")) == before)
    makeFolders(scratch.path.appending("empty"))
    try await expect(3, "nothing to audit", ["--diff", "empty"], in: scratch.path)
  }

  @Test func filesAreReplacedWhole() throws {
    let scratch = try Scratch()
    let file = scratch.write("a.c", "old\n")
    #expect(replaceFile(file, with: Array("new\n".utf8)))
    #expect(readRegularFile(file) == Array("new\n".utf8))
    #expect(folderEntries(scratch.path) == ["a.c"])
    #expect(!replaceFile(scratch.path.appending("b.c"), with: []))
    #expect(!replaceFile(scratch.path, with: []))
  }
}

/// A package that is repaired: by git with the patch, and in place.
struct RepairedPackageTests {
  private static let source = """
    #include <Python.h>

    static PyObject *
    get(PyObject *self, PyObject *arg)
    {
    \tPyObject *v = PyDict_GetItem(self, arg);\t/* \u{E4} */
    \tif (v == NULL)
    \t\treturn NULL;
    \treturn PyObject_Str(v);
    }

    static PyMethodDef methods[] = {{"get", get, METH_O, NULL}, {NULL, NULL, 0, NULL}};
    static PyModuleDef_Slot slots[] = {{Py_mod_gil, Py_MOD_GIL_NOT_USED}, {0, NULL}};
    static struct PyModuleDef definition = {
        PyModuleDef_HEAD_INIT, "m", NULL, 0, methods, slots, NULL, NULL, NULL};
    PyMODINIT_FUNC PyInit_m(void) { return PyModuleDef_Init(&definition); }
    """

  private func references(in folder: FilePath) async throws -> Bool {
    let outcome = try await ftaudit(["audit", "--format", "json", folder.string])
    return outcome.output.contains("\"references\"")
  }

  @Test func patchAndWriteAreOne() async throws {
    let scratch = try Scratch()
    scratch.write("a/src dir/m.c", Self.source)
    scratch.write("b/src dir/m.c", Self.source)
    let (first, second) = (scratch.path.appending("a"), scratch.path.appending("b"))
    #expect(try await references(in: first))

    let patch = scratch.path.appending("fix.patch")
    let made = try await ftaudit(["fix", "--diff", "-o", patch.string, first.string])
    #expect(made.code == 0 && made.errors.contains("1 of "), "\(made.errors)")
    let applied = try await run(
      "/usr/bin/env", ["git", "apply", "../fix.patch"], in: first,
      environment: ["GIT_CEILING_DIRECTORIES": scratch.path.string])
    #expect(applied.code == 0, "\(applied.errors)")
    let written = try await ftaudit(["fix", "--write", second.string])
    #expect(written.code == 0 && written.errors.contains("1 file changed"), "\(written.errors)")
    let text = readRegularFile(second.appending("src dir/m.c"))
    #expect(readRegularFile(first.appending("src dir/m.c")) == text)
    #expect(text != Array(Self.source.utf8))
    #expect(try await !references(in: second))

    let again = try await ftaudit(["fix", "--diff", second.string])
    #expect(again.code == 0 && again.output.isEmpty, "\(again.output)")
  }

  @Test func onlyTheRulesNamed() async throws {
    let scratch = try Scratch()
    scratch.write("a/m.c", Self.source)
    let folder = scratch.path.appending("a").string
    let none = try await ftaudit(["fix", "--diff", "--rule", "unlocked-dict-iteration", folder])
    #expect(none.code == 0 && none.output.isEmpty && none.errors.contains("0 of 0 findings"))
  }

  @Test func linksAreNotFollowed() async throws {
    let scratch = try Scratch()
    scratch.write("a/real/m.c", Self.source)
    let folder = scratch.path.appending("a")
    let linked = try await run("/usr/bin/env", ["ln", "-s", "real/m.c", "n.c"], in: folder)
    try #require(linked.code == 0)
    let done = try await ftaudit(["fix", "--write", folder.string])
    #expect(done.code == 0, "\(done.errors)")
    #expect(fileStatus(folder.appending("n.c"), followLink: false)?.kind == .link)
  }
}
