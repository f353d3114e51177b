import ModelBuilder
import ProgramModel
import Testing

@testable import Analysis

/// Which states are written only while the module is imported or taken down.
@Suite struct StatePhaseTests {
  @Test func helpersAndOtherFilesOfInitialisation() throws {
    let source = try StateSource(files: [
      ("a.h", "extern int far, late; void far_setup(void); void twice(void);\n"),
      (
        "a.c",
        """
        #include "a.h"
        static int near_, indirect; int late;
        static void fill(int *p) { *p = 3; }
        static void setup(void) { near_ = 1; fill(&indirect); twice(); }
        void PyInit_m(void) { setup(); far_setup(); }
        int use(void) { return near_ + indirect + far + late; }
        """
      ),
      (
        "b.c",
        """
        #include "a.h"
        int far;
        void far_setup(void) { far = 2; }
        void twice(void) { late = 4; }
        """
      ),
      ("c.c", "#include \"a.h\"\nvoid again(void) { twice(); }\n"),
    ])
    // What initialisation shares with code that runs later is no initialisation.
    #expect(
      source.words("near_", "indirect", "far", "late")
        == ["initialisation-only", "initialisation-only", "initialisation-only", "hazardous"])
    #expect(try source.report("near_").proof.contains("'setup'"))
  }

  @Test func tableOfInitFunctionsThatInitialisationCalls() throws {
    let source = try StateSource(
      """
      static int one, two;
      static int init_one(void) { one = 1; return 0; }
      static int init_two(void) { two = 2; return 0; }
      struct entry { const char *name; int (*init)(void); };
      static const struct entry table[] = {{"one", init_one}, {"two", init_two}, {0, 0}};
      void PyInit_m(void) { for (const struct entry *e = table; e->name; e++) e->init(); }
      int use(void) { return one + two; }
      """)
    #expect(source.words("one", "two") == ["initialisation-only", "initialisation-only"])
  }

  @Test func execSlotsOfBothForms() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyObject *made, *remade;
      static int again(void) { remade = PyDict_New(); return 0; }
      static int exec(PyObject *m) { made = PyDict_New(); return again(); }
      static PyObject *meth(PyObject *m, PyObject *o) { again(); return Py_NewRef(made); }
      static PyObject *look(PyObject *m, PyObject *o) { return Py_NewRef(remade); }
      static PyMethodDef methods[] = {{"meth", meth, METH_O}, {"look", look, METH_O}, {0}};
      static PyModuleDef_Slot slots[] = {{Py_mod_exec, exec}, {0, 0}};
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m", .m_methods = methods, .m_slots = slots};
      PyMODINIT_FUNC PyInit_m(void) { return PyModuleDef_Init(&def); }
      """)
    #expect(
      source.words("made", "remade", "methods", "def")
        == ["initialisation-only", "hazardous", "descriptor", "descriptor"])
  }

  @Test func runtimeByTables() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static int by_method, by_slot, by_spec, by_getter, by_setter, by_callback, by_capsule, by_table;
      static PyObject *meth(PyObject *m, PyObject *o) { by_method = 1; return NULL; }
      static PyObject *repr(PyObject *o) { by_slot = 1; return NULL; }
      static PyObject *iter(PyObject *o) { by_spec = 1; return NULL; }
      static PyObject *get(PyObject *o, void *c) { by_getter = 1; return NULL; }
      static int set(PyObject *o, PyObject *v, void *c) { by_setter = 1; return 0; }
      static void called(void *p) { by_callback = 1; }
      static void exported(void) { by_capsule = 1; }
      static void tabled(void) { by_table = 1; }
      static void *capi[] = {exported};
      extern void lib_register(void (*)(void *));
      extern struct lib_hooks { void (*hook)(void); } lib_hooks;
      static PyMethodDef methods[] = {{"meth", meth, METH_O}, {0}};
      static PyGetSetDef getsets[] = {{"x", get, set}, {0}};
      static PyTypeObject T = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.T", .tp_repr = repr, .tp_getset = getsets};
      static PyType_Slot tslots[] = {{Py_tp_iter, iter}, {0, 0}};
      static PyType_Spec spec = {"m.S", 0, 0, 0, tslots};
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m", .m_methods = methods};
      PyMODINIT_FUNC PyInit_m(void) {
        lib_register(called);
        lib_hooks.hook = tabled;
        PyType_FromSpec(&spec);
        PyCapsule_New(capi, "m.capi", NULL);
        return PyModule_Create(&def);
      }
      int use(void) { return by_method + by_slot + by_spec + by_getter + by_setter + by_callback + by_capsule + by_table; }
      """)
    for name in [
      "by_method", "by_slot", "by_spec", "by_getter", "by_setter", "by_callback", "by_capsule",
      "by_table",
    ] {
      #expect(source.words(name) == ["hazardous"], "\(name)")
      #expect(!source.accesses(name)[0].hasSuffix("early"), "\(name)")
    }
  }

  @Test func takenDownWithTheModule() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      #include <pthread.h>
      #include <stdlib.h>
      static PyObject *cache; static int freed, left, thread_left, collected, cleared;
      static int traverse(PyObject *m, visitproc visit, void *arg) { collected = 1; return 0; }
      static int clear(PyObject *m) { Py_CLEAR(cache); return 0; }
      static void drop(void *m) { freed = 1; clear((PyObject *)m); }
      static int t_clear(PyObject *o) { cleared = 1; return 0; }
      static void at_exit(void) { left = 1; }
      static void at_thread_exit(void *p) { thread_left = 1; }
      static pthread_key_t key;
      static PyTypeObject T = {PyVarObject_HEAD_INIT(NULL, 0) .tp_clear = t_clear};
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m", .m_traverse = traverse, .m_clear = clear, .m_free = drop};
      PyMODINIT_FUNC PyInit_m(void) {
        cache = PyDict_New();
        Py_AtExit(at_exit);
        pthread_key_create(&key, at_thread_exit);
        return PyModule_Create(&def);
      }
      PyObject *use(void) { return freed + left + thread_left + collected + cleared ? cache : NULL; }
      """)
    #expect(
      source.words("cache", "freed", "left", "collected")
        == Array(repeating: "initialisation-only", count: 4))
    // A thread can end and an object can be cleared while others run.
    #expect(source.words("thread_left", "cleared") == ["hazardous", "hazardous"])
    #expect(try source.report("cache").proof.contains("taken down"))
    #expect(try source.phases("clear") == .finalisation)
    #expect(try source.phases("at_exit") == .finalisation)
    #expect(try source.phases("t_clear") == .clearing)
    #expect(try source.phases("traverse") == .collection)
    #expect(!(try source.phases("at_thread_exit")).isDisjoint(with: .concurrent))
  }

  /// The proof does not look at what the initialisation does before it writes: a thread that it
  /// has started could read what it writes later.
  @Test func threadStartedInInitialisation() throws {
    let source = try StateSource(
      """
      #include <pthread.h>
      static int before, after, by_thread;
      static void *work(void *p) { by_thread = before + after; return 0; }
      void PyInit_m(void) {
        pthread_t t;
        before = 1;
        pthread_create(&t, 0, work, 0);
        after = 1;
      }
      int use(void) { return by_thread; }
      """)
    #expect(
      source.words("before", "after", "by_thread")
        == ["initialisation-only", "hazardous", "hazardous"])
  }

  @Test func onceFunctionsRunInWhateverPhase() throws {
    let source = try StateSource(
      """
      #include <pthread.h>
      static pthread_once_t flag = PTHREAD_ONCE_INIT; static int value, other;
      static void fill(void) { value = 1; other = 2; }
      int get(void) { pthread_once(&flag, fill); return value; }
      void set(void) { other = 3; }
      int look(void) { return other; }
      """)
    #expect(source.words("flag", "value", "other") == ["lock", "initialisation-only", "hazardous"])
  }

  @Test func whatNothingReachesDoesNotCount() throws {
    let source = try StateSource(
      """
      static int state;
      __attribute__((unused)) static void dead(void) { state = 1; }
      int use(void) { return state; }
      """)
    #expect(source.accesses("state") == ["write state in dead early", "read state in use"])
    #expect(try source.report("state").hazard == nil)
  }

  @Test func creationAndDestructionAreConcurrent() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static int made, dropped, visited;
      static PyObject *new_(PyTypeObject *t, PyObject *a, PyObject *k) { made++; return NULL; }
      static void dealloc(PyObject *o) { dropped++; }
      static int traverse(PyObject *o, visitproc v, void *a) { visited++; return 0; }
      static PyTypeObject T = {PyVarObject_HEAD_INIT(NULL, 0) .tp_new = new_, .tp_dealloc = dealloc, .tp_traverse = traverse};
      """)
    #expect(
      source.words("made", "dropped", "visited")
        == ["hazardous", "hazardous", "initialisation-only"])
  }

  // MARK: Phases by hand

  @Test func slotsHaveTheirPhases() {
    typealias Finder = EntryPointFinder
    #expect(
      ["m_clear", "m_free", "mod_state_clear", "mod_state_free"].allSatisfy {
        Finder.phase(ofModuleSlot: $0) == .finalisation
      })
    #expect(
      ["m_traverse", "mod_state_traverse"].allSatisfy {
        Finder.phase(ofModuleSlot: $0) == .collection
      })
    #expect(
      ["Py_mod_exec", "Py_mod_create"].allSatisfy {
        Finder.phase(ofModuleSlot: $0) == .initialisation
      })
    #expect(["tp_new", "tp_alloc"].allSatisfy { Finder.phase(ofTypeSlot: $0) == .creation })
    #expect(
      ["tp_dealloc", "tp_finalize", "tp_free", "tp_del"].allSatisfy {
        Finder.phase(ofTypeSlot: $0) == .destruction
      })
    #expect(Finder.phase(ofTypeSlot: "tp_clear") == .clearing)
    #expect(Finder.phase(ofTypeSlot: "tp_traverse") == .collection)
    #expect(Finder.phase(ofTypeSlot: "tp_init") == .runtime)
    #expect(PhaseSet.concurrent == [.runtime, .creation, .destruction, .clearing])
    #expect(PhaseSet([.clearing, .finalisation]).description == "clearing, finalisation")
  }

  @Test func functionsForTheEndHaveTheirPhase() throws {
    let a = UnitBuilder("a.c")
    for name in ["helper", "exit_", "thread_exit", "forked"] {
      a.defineFunction(name, linkage: .internal) { if name == "exit_" { $0.call("helper") } }
    }
    a.defineFunction("PyInit_m") {
      $0.call("Py_AtExit", $0.function("exit_"))
      $0.call("pthread_key_create", .integer(0), $0.function("thread_exit"))
      $0.call("pthread_atfork", .integer(0), .integer(0), $0.function("forked"))
    }
    let analyses = analyse(Linker.link(units: [a.unit]))
    func id(_ name: String) throws -> FunctionID {
      try #require(analyses.package.functionIDs.first { analyses.package[$0].name == name })
    }
    #expect(try analyses.phases.phases(of: id("exit_")) == .finalisation)
    #expect(try analyses.phases.phases(of: id("helper")) == .finalisation)
    #expect(try analyses.phases.phases(of: id("forked")) == .finalisation)
    #expect(try analyses.phases.isConcurrent(id("thread_exit")))
    #expect(try !analyses.phases.isConcurrent(id("helper")))
    #expect(try !analyses.phases.isInitialisationOnly(id("exit_")))
    #expect(try analyses.phases.isInitialisationOnly(id("PyInit_m")))
  }
}
