import ProgramModel
import Testing

@testable import Analysis

/// Waiting, attached, for one thread that runs Python code.
@Suite struct OnceWaitTests {
  private func waits(_ source: StateSource) -> [String] {
    let package = source.package
    return source.analyses.onceWaits.map { wait in
      let kind =
        switch wait.kind {
        case .construction: "construction"
        case .once(let name): name
        }
      return "\(kind) of \(package[wait.variable].name) in \(package[wait.site.function].name)"
        + " runs \(package[wait.callee].name) in \(package[wait.call.function].name)"
    }
  }

  @Test func constructionThatRunsPython() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyObject *import_() { return PyImport_ImportModule("a"); }
      int number();
      PyObject *direct() { static PyObject *made = PyImport_ImportModule("b"); return made; }
      PyObject *helped() { static PyObject *by_helper = import_(); return by_helper; }
      int quiet() { static int n = number(); return n; }
      int constant() { static int k = 4; return k; }
      PyObject *after() { static int m = number(); import_(); return NULL; }
      """, isCxx: true)
    #expect(
      waits(source) == [
        "construction of made in direct runs PyImport_ImportModule in direct",
        "construction of by_helper in helped runs import_ in helped",
      ])
  }

  @Test func detachedThreadsDoNotWaitAttached() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyObject *attach_and_import() {
        PyGILState_STATE s = PyGILState_Ensure();
        PyObject *o = PyImport_ImportModule("a");
        PyGILState_Release(s);
        return o;
      }
      PyObject *f() {
        PyObject *result;
        Py_BEGIN_ALLOW_THREADS
        static PyObject *made = attach_and_import();
        result = made;
        Py_END_ALLOW_THREADS
        return result;
      }
      """, isCxx: true)
    #expect(waits(source) == [])
  }

  @Test func initialisationHasNoOtherThreads() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyObject *get() { static PyObject *made = PyImport_ImportModule("b"); return made; }
      PyMODINIT_FUNC PyInit_m(void) { get(); return NULL; }
      """, isCxx: true)
    #expect(waits(source) == [])
  }

  @Test func onceFunctions() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      #include <pthread.h>
      static pthread_once_t with = PTHREAD_ONCE_INIT, without = PTHREAD_ONCE_INIT, away = PTHREAD_ONCE_INIT;
      static int n;
      static void helper(void) { PyImport_ImportModule("a"); }
      static void run(void) { helper(); }
      static void count(void) { n = 1; }
      static void attach(void) { PyGILState_STATE s = PyGILState_Ensure(); helper(); PyGILState_Release(s); }
      void f(void) { pthread_once(&with, run); pthread_once(&without, count); }
      void g(void) { Py_BEGIN_ALLOW_THREADS pthread_once(&away, attach); Py_END_ALLOW_THREADS }
      """)
    #expect(waits(source) == ["pthread_once of with in f runs helper in run"])
  }

  @Test func callOnceOfCxx() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      #include <mutex>
      static std::once_flag flag, quiet; static int n;
      static void run() { PyImport_ImportModule("a"); }
      static void count() { n = 1; }
      void f() { std::call_once(flag, run); std::call_once(quiet, count); }
      """, isCxx: true)
    #expect(waits(source) == ["call_once of flag in f runs PyImport_ImportModule in run"])
  }

  @Test func whoRunsPython() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static void deep(PyObject *o) { PyObject_Call(o, NULL, NULL); }
      static void middle(PyObject *o) { deep(o); }
      void top(PyObject *o) { middle(o); }
      void quiet(PyObject *o) { (void)PyLong_FromLong(3); }
      static void even(PyObject *o, int n); static void odd(PyObject *o, int n) { even(o, n - 1); }
      static void even(PyObject *o, int n) { if (n) odd(o, n); else deep(o); }
      static int calm(int n) { return n ? calm(n - 1) : 0; }
      void all(PyObject *o) { odd(o, calm(2)); }
      """)
    let runners = PythonRunners(source.package, source.analyses.graph)
    func runs(_ name: String) throws -> Bool { runners.contains(try source.function(name)) }
    for name in ["PyObject_Call", "deep", "middle", "top", "even", "odd", "all"] {
      #expect(try runs(name), "\(name)")
    }
    for name in ["quiet", "calm", "PyLong_FromLong"] { #expect(try !runs(name), "\(name)") }
  }
}
