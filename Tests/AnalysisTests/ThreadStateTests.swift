import ProgramModel
import Testing

@testable import Analysis

@Suite struct ThreadStateTests {
  @Test func macrosDetachAndAttach() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      PyObject *f(PyObject *self, PyObject *args) {
        here(1);
        Py_BEGIN_ALLOW_THREADS
        here(2);
        Py_BLOCK_THREADS
        here(3);
        Py_UNBLOCK_THREADS
        here(4);
        Py_END_ALLOW_THREADS
        here(5);
        PyGILState_STATE g = PyGILState_Ensure();
        here(6);
        PyGILState_Release(g);
        here(7);
        return NULL;
      }
      """)
    #expect(
      (1...7).map { source.state($0) }
        == [.attached, .detached, .attached, .detached, .attached, .attached, .attached])
  }

  @Test func helpersAndCallersHandTheStateOn() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      static PyThreadState *save(void) { return PyEval_SaveThread(); }
      static void restore(PyThreadState *s) { PyEval_RestoreThread(s); }
      static void inner(void) { here(1); }
      static void both(void) { here(2); PyGILState_STATE g = PyGILState_Ensure(); here(3); PyGILState_Release(g); here(4); }
      static void callback(void) { here(5); }
      void f(void) {
        PyThreadState *s = save();
        here(6);
        inner();
        both();
        callback();
        restore(s);
        here(7);
        both();
      }
      """)
    #expect(
      (1...7).map { source.state($0) }
        == [.detached, .unknown, .attached, .unknown, .detached, .detached, .attached])
  }

  @Test func savedStateIsKnownByItsToken() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      typedef struct { PyThreadState *token; int threads; } State;
      static void leave(State *s) { if (s->threads && !s->token) s->token = PyEval_SaveThread(); }
      static void enter(State *s) {
        if (s->token) { PyEval_RestoreThread(s->token); s->token = NULL; }
      }
      void g(State *s) { leave(s); here(4); enter(s); here(5); }
      void f(int large) {
        PyThreadState *save = NULL;
        if (large) save = PyEval_SaveThread();
        here(1);
        if (save) { here(2); PyEval_RestoreThread(save); }
        here(3);
      }
      """)
    #expect(
      (1...5).map { source.state($0) }
        == [.unknown, .detached, .attached, .unknown, .attached])
  }

  @Test func threadsBeginDetachedAndForeignCallbacksUnknown() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      #include <pthread.h>
      static void *start(void *p) { here(1); PyGILState_STATE g = PyGILState_Ensure(); here(2); PyGILState_Release(g); here(3); return p; }
      static void callback(void *p) { here(4); }
      static int pending(void *p) { here(5); return 0; }
      void library_register(void (*f)(void *));
      void f(pthread_t *t) {
        pthread_create(t, NULL, start, NULL);
        library_register(callback);
        Py_AddPendingCall(pending, NULL);
        here(6);
      }
      """)
    #expect(
      (1...6).map { source.state($0) }
        == [.detached, .attached, .detached, .unknown, .attached, .attached])
  }

  @Test func guardsOfThePackageGoBackToWhatWas() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      #include <thread>
      struct Attach { PyGILState_STATE s; Attach() : s(PyGILState_Ensure()) {} ~Attach() { PyGILState_Release(s); } };
      struct Detach { PyThreadState *s; Detach() : s(PyEval_SaveThread()) {} ~Detach() { PyEval_RestoreThread(s); } };
      void f() {
        { Detach d; here(1); { Attach a; here(2); } here(3); }
        here(4);
        std::thread t([] { here(5); Attach a; here(6); });
        t.join();
      }
      """, isCxx: true)
    #expect(
      (1...6).map { source.state($0) }
        == [.detached, .attached, .detached, .attached, .detached, .attached])
  }
}
