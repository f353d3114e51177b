import ProgramModel
import Testing

@testable import Analysis

/// Locks over function boundaries.
@Suite struct LockCallTests {
  @Test func helpersTakeAndLetGo() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      typedef struct { PyObject_HEAD PyMutex mu; int busy; } Obj;
      static PyMutex global;
      static void lock(PyMutex *m) { PyMutex_Lock(m); }
      static void unlock(PyMutex *m) { PyMutex_Unlock(m); }
      static void enter(Obj *self) { lock(&self->mu); }
      static void leave(Obj *self) { unlock(&self->mu); }
      static void enter_global(void) { lock(&global); }
      static int try_enter(Obj *self) {
        PyMutex_Lock(&self->mu);
        if (self->busy) { PyMutex_Unlock(&self->mu); return -1; }
        return 0;
      }
      static void maybe(Obj *self, int c) { if (c) PyMutex_Lock(&self->mu); }
      void f(Obj *self) {
        enter(self);
        here(1);
        enter_global();
        here(2);
        unlock(&global);
        here(3);
        leave(self);
        here(4);
        if (try_enter(self) < 0) { here(5); return; }
        here(6);
        leave(self);
        if (try_enter(self)) return;
        here(7);
        leave(self);
        maybe(self, 1);
        here(8);
      }
      """)
    #expect(
      (1...8).map { source.held($0) }
        == [
          ["self->mu"], ["global", "self->mu"], ["self->mu"], [], [], ["self->mu"], ["self->mu"],
          [],
        ])
  }

  @Test func callersHoldForTheirCallees() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      typedef struct { PyObject_HEAD PyMutex mu; int v; } Obj;
      static PyMutex global;
      static void both(Obj *o) { here(1); }
      static void one(Obj *o) { here(2); }
      static void work(Obj *o) { here(3); PyMutex_Unlock(&o->mu); here(4); PyMutex_Lock(&o->mu); here(5); }
      static void again(Obj *o, int n) { here(6); if (n) again(o, n - 1); }
      static void nobody(Obj *o) { here(7); }
      PyObject *f(Obj *self) {
        PyMutex_Lock(&self->mu);
        both(self); one(self); work(self); again(self, 3);
        PyMutex_Unlock(&self->mu);
        one(self);
        return NULL;
      }
      PyObject *g(Obj *other) {
        PyMutex_Lock(&global);
        PyMutex_Lock(&other->mu);
        both(other);
        PyMutex_Unlock(&other->mu);
        PyMutex_Unlock(&global);
        return NULL;
      }
      """)
    #expect(
      (1...7).map { source.held($0) }
        == [["o->mu"], [], ["o->mu"], [], ["o->mu"], ["o->mu"], []])
    #expect(source.acquired(1) == [])
    #expect(source.acquired(5) == ["o->mu"])
    let both = try source.function("both")
    #expect(source.analyses.locks.heldAtEntry(of: both).count == 1)
    #expect(source.analyses.locks.heldAtEntry(of: try source.function("f")).isEmpty)
  }

  @Test func initialisationTakesNoPart() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      static PyMutex global;
      static PyObject *cache;
      static void fill(void) { here(1); }
      static PyObject *method(PyObject *m, PyObject *args) {
        PyMutex_Lock(&global); fill(); PyMutex_Unlock(&global); return NULL;
      }
      static PyMethodDef methods[] = {{"f", method, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "m", NULL, 0, methods};
      PyMODINIT_FUNC PyInit_m(void) { fill(); return PyModule_Create(&def); }
      """)
    #expect(source.held(1) == ["global"])
  }

  @Test func entryPointsAndEscapedFunctionsHoldNothing() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      static PyMutex global;
      static PyObject *method(PyObject *m, PyObject *args) { here(1); return NULL; }
      static void callback(void *data) { here(2); }
      static int compare(const void *a, const void *b) { here(3); return 0; }
      static PyMethodDef methods[] = {{"f", method, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
      void library_register(void (*f)(void *));
      void f(int *values) {
        PyMutex_Lock(&global);
        method(NULL, NULL);
        callback(NULL);
        library_register(callback);
        qsort(values, 4, 4, compare);
        PyMutex_Unlock(&global);
      }
      PyMethodDef *table(void) { return methods; }
      """)
    #expect((1...3).map { source.held($0) } == [[], [], ["global"]])
  }

  @Test func callsThroughPointersCountForEachTarget() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      static PyMutex global;
      typedef void (*op)(void);
      static void first(void) { here(1); }
      static void second(void) { here(2); PyMutex_Unlock(&global); }
      static op ops[] = {first, second};
      static void enter1(void) { PyMutex_Lock(&global); }
      static void enter2(void) { PyMutex_Lock(&global); }
      static op enters[] = {enter1, enter2};
      void f(int n) {
        enters[n]();
        here(3);
        ops[n]();
        here(4);
      }
      """)
    #expect((1...4).map { source.held($0) } == [["global"], ["global"], ["global"], []])
  }

  @Test func onceFlagsGuardTheirBodies() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      #include <pthread.h>
      static pthread_once_t flag = PTHREAD_ONCE_INIT;
      static int x;
      static void body(void) { here(1); x = 1; }
      static void ensure(void) { pthread_once(&flag, body); }
      void f(void) { here(2); ensure(); here(3); }
      """)
    #expect((1...3).map { source.held($0) } == [["once flag"], [], ["done flag"]])
    #expect(source.analyses.locks.isLock(try source.variable("flag")))
    #expect(!source.analyses.locks.isLock(try source.variable("x")))
  }

  @Test func lockVariablesAreKnownByTypeAndByUse() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      static PyMutex one; static PyMutex many[4]; static PyThread_type_lock pointer;
      static void *opaque; static PyObject *object; static struct { PyMutex mu; int v; } record;
      void f(int i) {
        PyMutex_Lock(&many[i]); here(1); PyMutex_Unlock(&many[i]);
        PyThread_acquire_lock(opaque, 1); here(2); PyThread_release_lock(opaque);
        Py_BEGIN_CRITICAL_SECTION(object); here(3); Py_END_CRITICAL_SECTION();
        PyMutex_Lock(&record.mu); here(4); PyMutex_Unlock(&record.mu);
      }
      """)
    for name in ["one", "many", "pointer", "opaque"] {
      #expect(source.analyses.locks.isLock(try source.variable(name)), "\(name)")
    }
    for name in ["object", "record"] {
      #expect(!source.analyses.locks.isLock(try source.variable(name)), "\(name)")
    }
    #expect(
      (1...4).map { source.held($0) } == [["many[]"], ["opaque"], ["object"], ["record.mu"]])
  }

  @Test func moduleStateAndModuleObjectHaveNames() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      typedef struct { PyMutex mu; int v; } State;
      typedef struct { PyObject_HEAD State *state; } Obj;
      static State *get_state(PyObject *m) { return (State *)PyModule_GetState(m); }
      static void helper(State *st) { here(1); }
      static PyObject *method(PyObject *m, PyObject *args) {
        State *state = get_state(m);
        PyMutex_Lock(&state->mu); here(2); helper(state); PyMutex_Unlock(&state->mu);
        Py_BEGIN_CRITICAL_SECTION(m); here(3); Py_END_CRITICAL_SECTION();
        return NULL;
      }
      PyObject *slot(Obj *self) {
        PyMutex_Lock(&self->state->mu); here(4); PyMutex_Unlock(&self->state->mu);
        return NULL;
      }
      static PyMethodDef methods[] = {{"f", method, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "m", NULL, 0, methods};
      PyMODINIT_FUNC PyInit_m(void) { return PyModuleDef_Init(&def); }
      """)
    #expect(
      (1...4).map { source.held($0) }
        == [["State->mu"], ["State->mu"], ["the module object"], ["State->mu"]])
    #expect(
      source.locks(4).first?.key
        == LockKey(base: .moduleState(record: "State"), path: ["mu"]))
    #expect(source.locks(3).first?.key == LockKey(base: .moduleObject))
  }

  @Test func keysAreRewrittenForCallers() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      typedef struct Obj { PyObject_HEAD PyMutex mu; struct Obj *next; } Obj;
      static Obj *head;
      static void callee(Obj *o) { PyMutex_Lock(&o->mu); here(1); PyMutex_Unlock(&o->mu); }
      void f(Obj *self) { callee(self->next); callee(head); }
      """)
    let locks = source.analyses.locks
    let caller = try source.function("f")
    let callee = try source.function("callee")
    let lock = try #require(source.locks(1).first)
    let package = source.analyses.package
    let body = try #require(package.body(of: caller)).model
    let calls = body.blocks[0].instructions.compactMap { instruction -> [Operand]? in
      if case .call(_, _, let arguments) = instruction.operation { arguments } else { nil }
    }
    let names = calls.map { arguments in
      locks.translate(lock, callee: callee, arguments: arguments, in: caller)
        .map { locks.text($0.key, in: caller) }
    }
    #expect(names == ["self->next->mu", "head->mu"])
    let local = HeldLock(
      key: LockKey(base: .local(0)), mode: .exclusive, family: .mutex)
    #expect(locks.translate(local, callee: callee, arguments: [], in: caller) == nil)
  }

  @Test func readersShareAndJoinAsReaders() throws {
    let source = try MarkedSource(
      """
      #include <Python.h>
      #include <pthread.h>
      static pthread_rwlock_t l;
      void f(int write) {
        pthread_rwlock_rdlock(&l); here(1); pthread_rwlock_unlock(&l); here(2);
        if (write) pthread_rwlock_wrlock(&l); else pthread_rwlock_rdlock(&l);
        here(3);
        pthread_rwlock_unlock(&l);
        here(4);
      }
      """)
    #expect((1...4).map { source.held($0) } == [["shared l"], [], ["shared l"], []])
  }
}
