import Analysis
import Findings
import ProgramModel
import Rules
import SourceModels
import Testing

/// The findings about static state in sources that a test holds as text.
struct StateFindings {
  let all: [Finding]

  /// `called` names the functions that something outside is seen to call, by a table.
  init(_ source: String, isCxx: Bool = false, called: String = "") throws {
    let entries = called.split(separator: " ").map { "(void *)\($0)" }
    let table = "\nvoid *const called_[] = {\(entries.joined(separator: ", "))};\n"
    let text = "#include <Python.h>\n" + source + (called.isEmpty ? "" : table)
    try self.init(files: [(isCxx ? "unit.cpp" : "unit.c", text)])
  }

  init(
    files: [(path: String, text: String)], facts: [SourceFileFacts] = [], build: [BuildFact] = []
  ) throws {
    let package = Linker.link(
      units: try SourceModels.units(files), files: facts, buildFacts: build)
    all = RuleCatalogue.run(analyse(package)).filter { $0.category == .staticState }
  }

  subscript(symbol: String) -> Finding {
    get throws { try #require(all.first { $0.symbol == symbol }, "\(symbol)") }
  }

  /// `id severity confidence` of the finding about a symbol.
  func mark(_ symbol: String) -> String {
    guard let finding = all.first(where: { $0.symbol == symbol }) else { return "none" }
    return "\(finding.rule) \(finding.severity.rawValue) \(finding.confidence.rawValue)"
  }
}

/// What a finding about static state consists of.
@Suite struct StaticStateTests {
  private static let module = """
    static PyMethodDef methods[] = {{"meth", meth, METH_O}, {"other", other, METH_NOARGS}, {0}};
    static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m", .m_methods = methods};
    PyMODINIT_FUNC PyInit_m(void) { return PyModule_Create(&def); }
    """

  @Test func findingIsAboutTheVariable() throws {
    let found = try StateFindings(
      """
      static int count;
      static PyObject *meth(PyObject *m, PyObject *o) {
        count = 3;
        return NULL;
      }
      static PyObject *other(PyObject *m, PyObject *o) {
        count = 4;
        return PyLong_FromLong(count);
      }

      """ + Self.module)
    #expect(found.all.map(\.rule) == ["unsynchronised-static-scalar"])
    let finding = try found["count"]
    #expect(finding.line == 2 && finding.file == "unit.c" && finding.column == 12)
    #expect(finding.function == nil && finding.module == "m" && finding.generated == nil)
    // One finding, every access a place, those that race first.
    #expect(finding.related.map(\.line) == [4, 9, 8, 3])
    #expect(finding.related.map(\.role) == [.write, .read, .write, .entryPoint])
    #expect(finding.related.prefix(3).map(\.function) == ["meth", "other", "other"])
    #expect(finding.related[0].message == "written here, without a lock")
    #expect(finding.related[1].message == "read here, without a lock")
    #expect(
      finding.message
        == "'count' (int, file-scope static) is set at run time by 'meth' and 'other' and read by "
        + "'other', without a lock or atomics. It is reached through the method 'meth'.")
    #expect(finding.remediation == RuleCatalogue.metadata(for: finding.rule)?.remedy)
  }

  @Test func subjectsSayWhereAVariableStands() throws {
    let found = try StateFindings(files: [
      (
        "a.cpp",
        """
        #include <Python.h>
        typedef struct { int field; } state;
        struct Counter { static int member; };
        int Counter::member;
        int global;
        static int file;
        namespace { int hidden; }
        int f(PyObject *m) {
          static int local;
          Counter::member = global = file = local = hidden = (int)(long)m;
          state *s = (state *)PyModule_GetState(m);
          s->field = 1;
          return Counter::member + global + file + local + hidden + s->field;
        }
        """
      )
    ])
    func start(_ symbol: String) throws -> String {
      String(try found[symbol].message.prefix { $0 != ")" })
    }
    #expect(try start("member") == "'member' (int, static member")
    #expect(try start("global") == "'global' (int, global variable")
    #expect(try start("file") == "'file' (int, file-scope static")
    #expect(try start("local") == "'local' (int, static in 'f'")
    #expect(try start("field") == "'field' (int, field of the module's state 'state'")
    #expect(try found["local"].function == "f")
    #expect(try found["field"].line == 2)
  }

  @Test func entryPointsAreNamedAtMostTwo() throws {
    let found = try StateFindings(
      """
      static int deep;
      static void bump(void) { deep++; }
      static PyObject *meth(PyObject *m, PyObject *o) { bump(); return NULL; }
      static PyObject *other(PyObject *m, PyObject *o) { bump(); return NULL; }
      static PyObject *repr(PyObject *o) { bump(); return NULL; }
      static PyTypeObject T = {PyVarObject_HEAD_INIT(NULL, 0) .tp_repr = repr};

      """ + Self.module)
    let message = try found["deep"].message
    let ways = ["the method 'meth'", "the method 'other'", "the slot tp_repr ('repr')"]
    #expect(message.contains(" It is reached through the "))
    #expect(ways.count { message.contains($0) } == 2)
    #expect(try found["deep"].related.contains { $0.role == .entryPoint })
  }

  @Test func lockThatSomeHoldIsNamed() throws {
    let found = try StateFindings(
      """
      static PyMutex mu; static int half; static int own; typedef struct { PyObject_HEAD PyMutex mu; } Obj;
      void f(void) { PyMutex_Lock(&mu); half = 1; PyMutex_Unlock(&mu); }
      int g(void) { return half; }
      void h(Obj *self) { PyMutex_Lock(&self->mu); own++; PyMutex_Unlock(&self->mu); }
      """)
    let half = try found["half"]
    #expect(half.message.contains(" Some accesses hold 'mu', the others do not."))
    #expect(half.related.map(\.message).contains("written here, holding 'mu'"))
    #expect(half.related.map(\.message).contains("read here, without a lock"))
    #expect(
      try found["own"].message.contains(
        " The lock 'self->mu' belongs to one object, and other objects have another."))
  }

  @Test func helperAndLibraryThatWriteAreNamed() throws {
    let found = try StateFindings(
      """
      struct pair { int x; }; static struct pair state; static char text[20];
      static void set(struct pair *p) { p->x = 1; }
      int f(int n) { set(&state); snprintf(text, 20, "%d", n); return state.x; }
      int g(int i) { return text[i]; }
      """)
    #expect(try found["state"].related[0].message == "written here, by 'set', without a lock")
    #expect(
      try found["text"].related.first?.message == "written here, by 'snprintf', without a lock")
  }

  @Test func companionsAreNamedAndHaveNoFinding() throws {
    let found = try StateFindings(
      """
      static int ready, table[8], size;
      int f(int i) { if (!ready) { table[i] = i; size = i; ready = 1; } return table[size]; }
      """, called: "f")
    #expect(found.all.map(\.symbol) == ["ready"])
    let finding = try found["ready"]
    #expect(finding.message.contains(" The same holds for 'table' and 'size'."))
    #expect(finding.severity == .high)
    let places = finding.related.filter { $0.symbol == "table" || $0.symbol == "size" }
    #expect(places.map(\.line) == [2, 2])
  }

  @Test func confidenceFollowsHowSureItIs() throws {
    let found = try StateFindings(
      """
      #include <dirent.h>
      static int certain, perhaps; static DIR *handle; extern int elsewhere;
      static PyObject *meth(PyObject *m, PyObject *o) { certain++; elsewhere++; readdir(handle); return NULL; }
      static PyObject *other(PyObject *m, PyObject *o) { handle = NULL; return NULL; }
      void exported(void) { perhaps++; }

      """
        + Self.module.replacing(", {\"other\", other, METH_NOARGS}", with: "")
        .replacing(
          "PyInit_m(void) { ", with: "PyInit_m(void) { other(0, 0); handle = opendir(\".\"); "))
    #expect(try found["certain"].confidence == .high)
    #expect(try found["perhaps"].confidence == .low)
    #expect(try found["elsewhere"].confidence == .medium)
    #expect(found.mark("handle") == "shared-library-handle high low")
  }

  @Test func whatNobodyIsSeenToCallWeighsLittle() throws {
    let text = "static int count; int f(void) { return ++count; }\n"
    let files = [("a.c", text)]
    let alone = try StateFindings(files: files)
    #expect(alone.mark("count") == "unsynchronised-static-scalar low low")
    // Where code that was not read may call it, it may be worse.
    let cython = BuildFact(
      kind: .cythonSource(freeThreadingCompatible: nil), module: nil, sources: [],
      position: SourcePosition(path: "b.pyx", line: 1, column: 1))
    let beside = try StateFindings(files: files, build: [cython])
    #expect(beside.mark("count") == "unsynchronised-static-scalar medium low")
    let called = try StateFindings(text, called: "f")
    #expect(called.mark("count") == "unsynchronised-static-scalar high high")
  }

  @Test func codeOfAGeneratorIsMarked() throws {
    let text = "static int count; int f(void) { return ++count; }\n"
    let facts = SourceFileFacts(path: "gen.c", generator: .cython, mentions: [])
    let found = try StateFindings(files: [("gen.c", text)], facts: [facts])
    #expect(try found["count"].generated == "cython")
    #expect(try StateFindings(files: [("gen.c", text)])["count"].generated == nil)
  }

  @Test func manyAccessesAreCutAfterTheFirst() throws {
    let functions = (0..<30).map { "int f\($0)(void) { return count; }" }
    let found = try StateFindings(
      "static int count;\nvoid set(int n) { count = n; }\n" + functions.joined(separator: "\n"))
    let related = try found["count"].related
    #expect(related.prefix(2).map(\.role) == [.write, .read])
    #expect(related.filter { $0.role == .read || $0.role == .write }.count == 10)
  }

  @Test func safeStatesAreSilent() throws {
    let found = try StateFindings(
      """
      #include <pthread.h>
      static const int fixed = 1; static __thread int own; static _Atomic int atomic_; static int early;
      static PyMutex mu; static int guarded; static int never; static PyObject *filled;
      static pthread_once_t once = PTHREAD_ONCE_INIT;
      static void fill(void) { filled = PyDict_New(); }
      int f(void) {
        pthread_once(&once, fill);
        PyMutex_Lock(&mu); guarded++; PyMutex_Unlock(&mu);
        own++; atomic_++;
        return fixed + early + never + (filled != NULL);
      }
      PyMODINIT_FUNC PyInit_m(void) { early = 1; return NULL; }
      """)
    #expect(found.all.filter { $0.rule != "magic-static-deadlock" }.map(\.symbol) == [])
  }
}
