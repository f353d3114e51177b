import ProgramModel
import Testing

@testable import Analysis

/// Fields of a module's state are shared states of their own.
@Suite struct StateModuleTests {
  private static let head = """
    #include <Python.h>
    typedef struct inner { int deep; } inner;
    typedef struct { PyObject *error; int count; int quiet; inner in; int *buffer; } state;
    static int exec(PyObject *m);
    static PyModuleDef_Slot slots[] = {{Py_mod_exec, exec}, {0, 0}};
    static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m", .m_size = sizeof(state), .m_slots = slots};
    PyMODINIT_FUNC PyInit_m(void) { return PyModuleDef_Init(&def); }

    """

  private func source(_ text: String) throws -> StateSource { try StateSource(Self.head + text) }

  @Test func gettersOfTheAPI() throws {
    let source = try source(
      """
      static int exec(PyObject *m) {
        state *s = PyModule_GetState(m);
        s->error = PyErr_NewException("m.E", NULL, NULL);
        s->quiet = 1;
        return 0;
      }
      PyObject *f(PyObject *m, PyObject *o) { state *s = PyModule_GetState(m); s->count++; return s->error; }
      PyObject *g(PyTypeObject *t) { ((state *)PyType_GetModuleState(t))->in.deep = 1; return NULL; }
      int h(PyObject *m) { return ((state *)PyModule_GetState(m))->quiet; }
      """)
    #expect(source.package.records["state"] != nil)
    #expect(source.accesses("state->count") == ["modify state->count in f"])
    #expect(
      source.accesses("state->error")
        == ["write state->error in exec early", "read state->error in f"])
    #expect(source.writes("state->in") == ["write state->in.deep in g"])
    #expect(
      source.words("state->error", "state->count", "state->quiet", "state->in", "state->buffer")
        == [
          "initialisation-only", "hazardous", "initialisation-only", "hazardous", "never-written",
        ])
  }

  @Test func resultOfAGetterThatIsUsedInPlace() throws {
    let source = try source(
      """
      #define ST(m) ((state *)PyModule_GetState(m))
      static int exec(PyObject *m) { ST(m)->error = PyDict_New(); return 0; }
      PyObject *f(PyObject *m) { ST(m)->count++; return ST(m)->error; }
      """)
    #expect(source.words("state->error", "state->count") == ["initialisation-only", "hazardous"])
  }

  @Test func wholeRecordThatIsOverwritten() throws {
    let source = try source(
      """
      static int exec(PyObject *m) { return 0; }
      void reset(PyObject *m) { state *s = PyModule_GetState(m); memset(s, 0, sizeof *s); }
      int look(PyObject *m) { state *s = PyModule_GetState(m); return s->count; }
      """)
    withKnownIssue("a write of the whole record is not counted as one of each field") {
      #expect(source.words("state->count") == ["hazardous"])
    }
  }

  @Test func helpersParametersAndFieldsOfTheStatesType() throws {
    let source = try source(
      """
      typedef struct { PyObject_HEAD state *home; } Obj;
      static state *get(PyObject *m) { return (state *)PyModule_GetState(m); }
      static int exec(PyObject *m) { return 0; }
      static void by_parameter(state *s) { s->count = 2; }
      void a(PyObject *m) { get(m)->count = 1; }
      void b(PyObject *m) { by_parameter(get(m)); }
      void c(Obj *self) { self->home->count = 3; }
      void d(Obj *self) { state *s = self->home; s->buffer[2] = 4; }
      """)
    #expect(
      source.writes("state->count").map { $0.replacing("state->count ", with: "") }
        .sorted() == ["write in a", "write in by_parameter", "write in c"])
    let buffer = try #require(try source.report("state->buffer").accesses.first { $0.kind.writes })
    #expect(buffer.isThroughPointer)
    #expect(try buffer.site.function == source.function("d"))
  }

  @Test func staticPointerToModuleStateIsModuleState() throws {
    let source = try source(
      """
      static state *global;
      static int exec(PyObject *m) { global = PyModule_GetState(m); return 0; }
      void f(void) { global->count = 1; }
      """)
    #expect(source.writes("state->count") == ["write state->count in f"])
    #expect(try source.report("global").safety.word == "initialisation-only")
    #expect(source.writes("global") == ["write global in exec early"])
  }

  @Test func lockInTheModuleStateGuardsItsFields() throws {
    let source = try StateSource(
      Self.head.replacing("int *buffer;", with: "int *buffer; PyMutex mu;")
        + """
        static int exec(PyObject *m) { return 0; }
        void f(PyObject *m) {
          state *s = PyModule_GetState(m);
          PyMutex_Lock(&s->mu); s->count++; PyMutex_Unlock(&s->mu);
        }
        int g(PyObject *m) {
          state *s = PyModule_GetState(m);
          PyMutex_Lock(&s->mu); int n = s->count; s->quiet = n; PyMutex_Unlock(&s->mu);
          return n + s->quiet;
        }
        """)
    #expect(
      source.words("state->count", "state->quiet", "state->mu")
        == ["guarded", "hazardous", "lock"])
  }

  @Test func otherRecordsAreNoModuleState() throws {
    let source = try source(
      """
      typedef struct { int count; } other;
      static int exec(PyObject *m) { return 0; }
      void f(other *o) { o->count = 1; }
      void g(PyObject *m) { void *p = PyModule_GetState(m); (void)p; other *o = malloc(4); o->count = 1; }
      """)
    let fields = source.analyses.states.reports.filter {
      if case .moduleField = $0.id { true } else { false }
    }
    #expect(fields.isEmpty)
  }

  @Test func moduleFieldsKeepTheirOrderAfterVariables() {
    let variable = StateID.variable(VariableID(7))
    let a = StateID.moduleField(record: "r", field: "a")
    let b = StateID.moduleField(record: "r", field: "b")
    let other = StateID.moduleField(record: "s", field: "a")
    #expect([other, b, a, variable].sorted() == [variable, a, b, other])
  }
}
