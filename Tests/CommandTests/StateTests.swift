import Foundation
import SystemPackage
import Testing

/// `ftaudit state`: the whole table, by the built program.
struct StateTests {
  /// The parts of the table that tests look at.
  private struct Table: Decodable {
    struct Accesses: Decodable, Equatable {
      var reads: Int
      var writes: Int
      var writers: [String]
    }
    struct State: Decodable {
      var name: String
      var qualifiedName: String
      var kind: String
      var owner: String?
      var defined: Bool
      var verdict: String
      var lock: String?
      var rule: String?
      var severity: String?
      var companionOf: String?
      var atImport: Accesses
      var atRunTime: Accesses
      var module: String?
      var generator: String?
    }
    struct Summary: Decodable {
      var objects: Int
      var moduleStateFields: Int
      var verdicts: [String: Int]
    }
    var schemaVersion: String
    var kind: String
    var summary: Summary
    var states: [State]
    var notes: [String]

    init(_ text: String) throws {
      self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }

    func state(_ name: String) throws -> State {
      try #require(states.first { $0.qualifiedName == name }, "no state '\(name)'")
    }
  }

  private static let module = """
    #include <Python.h>
    static PyObject *cache;
    static int is_filled;
    static int calls;
    static PyMutex lock;
    static int limit;
    static const int size = 4;
    static char text[] = "text";
    static _Thread_local int depth;
    typedef struct { PyObject *error; int uses; } core_state;
    extern int elsewhere;
    static PyObject *get(PyObject *self, PyObject *args)
    {
        static int entered;
        core_state *state = PyModule_GetState(self);
        entered++;
        state->uses++;
        depth = size + elsewhere + text[0];
        PyMutex_Lock(&lock);
        calls++;
        PyMutex_Unlock(&lock);
        if (cache == NULL)
            cache = PyLong_FromLong(limit);
        return Py_NewRef(cache);
    }
    static PyMethodDef methods[] = {{"get", get, METH_NOARGS, ""}, {NULL, NULL, 0, NULL}};
    static int fill(PyObject *module)
    {
        core_state *state = PyModule_GetState(module);
        state->error = PyErr_NewException("core.error", NULL, NULL);
        limit = 3;
        return state->error == NULL ? -1 : 0;
    }
    static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};
    static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "core", NULL, sizeof(core_state),
                                        methods, slots};
    PyMODINIT_FUNC PyInit_core(void) { return PyModuleDef_Init(&module); }

    """

  @Test func table() async throws {
    let scratch = try Scratch()
    scratch.write("core.c", Self.module)
    let outcome = try await ftaudit(["state", scratch.path.string, "--format", "json"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let table = try Table(outcome.output)
    #expect(table.schemaVersion == "1")
    #expect(table.kind == "state")
    #expect(table.summary.objects == 13)
    #expect(table.summary.moduleStateFields == 2)
    #expect(table.summary.verdicts.values.reduce(0, +) == table.states.count)
    let verdicts = [
      "cache": "hazardous", "entered": "hazardous", "calls": "guarded", "lock": "lock",
      "limit": "initialisation-only", "size": "const", "text": "never-written",
      "depth": "thread-local", "methods": "descriptor", "slots": "descriptor",
      "module": "descriptor", "error": "initialisation-only", "uses": "hazardous",
      "is_filled": "never-written", "elsewhere": "never-written",
    ]
    for (name, verdict) in verdicts {
      #expect(try table.state(name).verdict == verdict, "\(name)")
    }
    let cache = try table.state("cache")
    #expect(cache.rule == "lazy-initialised-static")
    #expect(cache.severity != nil)
    #expect(cache.kind == "file-static")
    #expect(cache.module == "core")
    #expect(cache.atImport == .init(reads: 0, writes: 0, writers: []))
    #expect(cache.atRunTime.writes == 1 && cache.atRunTime.writers == ["get"])
    #expect(try table.state("calls").lock == "lock")
    #expect(try table.state("limit").atImport == .init(reads: 0, writes: 1, writers: ["fill"]))
    let entered = try table.state("entered")
    #expect(entered.kind == "function-static" && entered.owner == "get")
    let uses = try table.state("uses")
    #expect(uses.kind == "module-state-field" && uses.owner == "core_state")
    #expect(try !table.state("elsewhere").defined)
    #expect(table.states.first?.verdict == "hazardous")
    #expect(table.states.last?.verdict == "const")

    let file = scratch.write("table.json", outcome.output)
    let schema = Surroundings.repository.appending("Reports/schema/state-1.json").string
    let validation = try await run(
      Surroundings.repository.appending("Scripts/validate-json"), [schema, file.string])
    #expect(validation.code == 0, "\(validation.output)\(validation.errors)")
  }

  @Test func text() async throws {
    let scratch = try Scratch()
    scratch.write("core.c", Self.module)
    let outcome = try await ftaudit(["state", scratch.path.string])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.output.contains("13 static objects and 2 fields of module state: 3 hazardous, "))
    #expect(outcome.output.contains("every access after import holds 'lock'"))
    #expect(outcome.output.contains("global, not defined here"))
    #expect(outcome.output.contains("1 file: 1 analysed"))
    let again = scratch.path.appending("table.txt")
    _ = try await ftaudit(["state", scratch.path.string, "--output", again.string, "--jobs", "2"])
    #expect(try String(contentsOfFile: again.string, encoding: .utf8) == outcome.output)
  }

  /// All forms of static objects, compiled by the system's compiler: what nm shows is listed.
  @Test func agreesWithNm() async throws {
    let scratch = try Scratch()
    for name in ["statics.c", "statics.h", "statics.cpp", "statics.hpp"] {
      try scratch.copy(fixture: "lowering/\(name)", as: "package/\(name)")
    }
    let arguments = [
      "--ftaudit", Surroundings.program.string, "--flag=-std=gnu++17",
      scratch.path.appending("package").string,
    ]
    let script = Surroundings.repository.appending("Scripts/compare-with-nm")
    let same = try await run(script, arguments + ["statics.c", "statics.cpp"])
    #expect(same.code == 0, "\(same.output)\(same.errors)")
    #expect(same.output.contains(/statics\.c: (\d+) objects in nm/))
    // The comparison must be able to fail: an object that ftaudit does not see, and a marker
    // whose limit is gone.
    scratch.write("package/more.c", "__asm__(\".data\\nunseen: .long 1\\n.text\");\n")
    scratch.write("package/gone.c", "int seen; // nm-only: seen  no more\n")
    let different = try await run(script, arguments + ["more.c", "gone.c"])
    #expect(different.code == 1)
    #expect(different.output.contains("missing: unseen"))
    #expect(different.output.contains("listed, though marked 'nm-only': seen"))
  }

  @Test func exitCodes() async throws {
    let scratch = try Scratch()
    let missing = try await ftaudit(["state", "/nonexistent/package"])
    #expect(missing.code == 2)
    #expect(missing.errors.contains("There is no '/nonexistent/package'"))
    let empty = try await ftaudit(["state", scratch.path.string])
    #expect(empty.code == 3, "\(empty.errors)")
    scratch.write("notes.txt", "no source")
    #expect(try await ftaudit(["state", scratch.path.string]).code == 3)
    let format = try await ftaudit(["state", scratch.path.string, "--format", "xml"])
    #expect(format.code == 64)
    #expect(format.errors.contains("There is no format 'xml'; the formats are text, json."))
    scratch.write("core.c", Self.module)
    let unwritable = try await ftaudit(
      ["state", scratch.path.string, "--output", "/nonexistent/table"])
    #expect(unwritable.code == 2)
    #expect(unwritable.errors.contains("cannot be written"))
    let headers = try await ftaudit(["state", scratch.path.string, "--python", "/nonexistent"])
    #expect(headers.code == 2)
  }

  @Test func testsAreReadOnRequest() async throws {
    let scratch = try Scratch()
    scratch.write("core.c", "int one;\n#include \"missing_part.h\"\n")
    makeTests(in: scratch)
    let usual = try Table(
      try await ftaudit(["state", scratch.path.string, "--format", "json"]).output)
    #expect(usual.states.map(\.name) == ["one"])
    #expect(usual.notes.contains { $0.hasPrefix("Not listed are objects whose types come from") })
    let all = try Table(
      try await ftaudit(
        ["state", scratch.path.string, "--format", "json", "--all-files"]
      ).output)
    #expect(all.states.map(\.name) == ["one", "two"])
  }

  private func makeTests(in scratch: Scratch) {
    #expect(throws: Never.self) {
      try FileManager.default.createDirectory(
        atPath: scratch.path.appending("tests").string, withIntermediateDirectories: true)
    }
    scratch.write("tests/test_core.c", "int two;\n")
  }
}
