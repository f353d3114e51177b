import ProgramModel
import SourceModels
import Testing

@testable import Analysis

/// What is wrong with the way in which functions use locks.
@Suite struct LockMisuseTests {
  private static let types = """
    #include <Python.h>
    #include <pthread.h>
    typedef struct { PyObject_HEAD PyMutex lock; pthread_mutex_t foreign; PyObject *cb; int *data;
      Py_ssize_t used; int flag; } Obj;

    """

  /// `pattern of lock in function: the other place's line relative to the function`.
  private func hazards(_ functions: String, methods: [String]) throws -> [String] {
    let table = methods.map { "{\"\($0)\", (PyCFunction)\($0), METH_O}, " }.joined()
    let source = try StateSource(
      Self.types + functions + "\nstatic PyMethodDef methods[] = { \(table){0} };"
        + "\nPyMethodDef *keep(void) { return methods; }"
        + "\nstatic PyType_Slot slots[] = { {Py_tp_methods, (void *)methods}, {0} };"
        + "\nPyType_Spec spec = { \"m.Obj\", sizeof(Obj), 0, Py_TPFLAGS_DEFAULT, slots };")
    let analyses = source.analyses
    return analyses.lockMisuses.hazards.map { hazard in
      let lock = analyses.locks.text(hazard.lock.key, in: hazard.site.function)
      let name = hazard.name.isEmpty ? "" : " by \(hazard.name)"
      return
        "\(hazard.pattern) \(hazard.field ?? lock) in \(source.package[hazard.site.function].name)"
        + name
    }
  }

  @Test func pythonUnderMutex() throws {
    let found = try hazards(
      """
      static PyObject *call(Obj *self, PyObject *a) {
        PyMutex_Lock(&self->lock);
        PyObject *r = PyObject_CallOneArg(self->cb, a);
        PyMutex_Unlock(&self->lock);
        return r;
      }
      static PyObject *set(Obj *self, PyObject *a) {
        PyMutex_Lock(&self->lock);
        PyObject *old = self->cb;
        self->cb = Py_NewRef(a);
        Py_XDECREF(old);
        PyMutex_Unlock(&self->lock);
        Py_RETURN_NONE;
      }
      static PyObject *after(Obj *self, PyObject *a) {
        PyMutex_Lock(&self->lock);
        PyObject *cb = Py_NewRef(self->cb);
        PyObject *text = PyUnicode_FromString("x");
        if (text == NULL) PyErr_SetString(PyExc_ValueError, "no");
        Py_XDECREF(text);
        PyMutex_Unlock(&self->lock);
        Py_DECREF(cb);
        return PyObject_CallOneArg(self->cb, a);
      }
      """, methods: ["call", "set", "after"])
    #expect(
      found == [
        "acrossPython self->lock in call by PyObject_CallOneArg",
        "acrossPython self->lock in set by Py_XDECREF",
      ])
  }

  @Test func helpersAndWaysAround() throws {
    let found = try hazards(
      """
      static void enter(Obj *self) { PyMutex_Lock(&self->lock); }
      static void leave(Obj *self) { PyMutex_Unlock(&self->lock); }
      static PyObject *run(Obj *self, PyObject *a) { return PyObject_CallOneArg(self->cb, a); }
      static PyObject *run_unlocked(Obj *self, PyObject *a) {
        leave(self);
        PyObject *r = PyObject_CallOneArg(self->cb, a);
        enter(self);
        return r;
      }
      static PyObject *bad(Obj *self, PyObject *a) {
        enter(self);
        PyObject *r = run(self, a);
        leave(self);
        return r;
      }
      static PyObject *good(Obj *self, PyObject *a) {
        enter(self);
        PyObject *r = run_unlocked(self, a);
        leave(self);
        return r;
      }
      """, methods: ["bad", "good"])
    #expect(found == ["acrossPython self->lock in bad by PyObject_CallOneArg"])
  }

  @Test func foreignLocksWaitAttached() throws {
    let found = try hazards(
      """
      static PyObject *attached(Obj *self, PyObject *a) {
        pthread_mutex_lock(&self->foreign);
        PyObject *r = PyObject_CallOneArg(self->cb, a);
        pthread_mutex_unlock(&self->foreign);
        return r;
      }
      static PyObject *detached(Obj *self, PyObject *a) {
        Py_BEGIN_ALLOW_THREADS
        pthread_mutex_lock(&self->foreign);
        Py_END_ALLOW_THREADS
        PyObject *r = PyObject_CallOneArg(self->cb, a);
        pthread_mutex_unlock(&self->foreign);
        return r;
      }
      static PyObject *tried(Obj *self, PyObject *a) {
        if (pthread_mutex_trylock(&self->foreign) != 0) Py_RETURN_NONE;
        PyObject *r = PyObject_CallOneArg(self->cb, a);
        pthread_mutex_unlock(&self->foreign);
        return r;
      }
      static PyObject *detaching(Obj *self, PyObject *a) {
        pthread_mutex_lock(&self->foreign);
        Py_BEGIN_ALLOW_THREADS
        self->used++;
        Py_END_ALLOW_THREADS
        pthread_mutex_unlock(&self->foreign);
        Py_RETURN_NONE;
      }
      """, methods: ["attached", "detached", "tried", "detaching"])
    #expect(
      found == [
        "acrossPython self->foreign in attached by PyObject_CallOneArg",
        "acrossPython self->foreign in detaching by PyEval_SaveThread",
      ])
  }

  @Test func waysOut() throws {
    let found = try hazards(
      """
      static PyObject *left(Obj *self, PyObject *a) {
        Py_BEGIN_CRITICAL_SECTION(self);
        if (self->used == 0) return NULL;
        Py_END_CRITICAL_SECTION();
        Py_RETURN_NONE;
      }
      static PyObject *ended(Obj *self, PyObject *a) {
        Py_BEGIN_CRITICAL_SECTION(self);
        if (self->used == 0) goto done;
        self->used--;
        done:;
        Py_END_CRITICAL_SECTION();
        Py_RETURN_NONE;
      }
      static PyObject *forgotten(Obj *self, PyObject *a) {
        PyMutex_Lock(&self->lock);
        if (self->used == 0) return NULL;
        PyMutex_Unlock(&self->lock);
        Py_RETURN_NONE;
      }
      static PyObject *flagged(Obj *self, PyObject *a) {
        int locked = 0;
        if (self->flag) { PyMutex_Lock(&self->lock); locked = 1; }
        self->used++;
        if (locked) PyMutex_Unlock(&self->lock);
        Py_RETURN_NONE;
      }
      static int take(Obj *self) {
        if (pthread_mutex_lock(&self->foreign) != 0) { PyErr_SetNone(PyExc_OSError); return -1; }
        return 0;
      }
      static PyObject *checked(Obj *self, PyObject *a) {
        if (take(self) < 0) return NULL;
        self->used++;
        pthread_mutex_unlock(&self->foreign);
        Py_RETURN_NONE;
      }
      """, methods: ["left", "ended", "forgotten", "flagged", "checked"])
    #expect(found == ["sectionEscape self in left", "unbalanced self->lock in forgotten"])
  }

  @Test func locksThatAreHandedOver() throws {
    let found = try hazards(
      """
      static PyObject *acquire(Obj *self, PyObject *a) {
        PyMutex_Lock(&self->lock);
        if (self->flag) { PyMutex_Unlock(&self->lock); return NULL; }
        Py_RETURN_NONE;
      }
      static PyObject *release(Obj *self, PyObject *a) {
        PyMutex_Unlock(&self->lock);
        Py_RETURN_NONE;
      }
      """, methods: ["acquire", "release"])
    #expect(found == [])
  }

  @Test func takenTwice() throws {
    let found = try hazards(
      """
      static Py_ssize_t size(Obj *self, int lock) {
        if (lock) PyMutex_Lock(&self->lock);
        Py_ssize_t n = self->used;
        if (lock) PyMutex_Unlock(&self->lock);
        return n;
      }
      static PyObject *twice(Obj *self, PyObject *a) {
        PyMutex_Lock(&self->lock);
        Py_ssize_t n = size(self, 1);
        PyMutex_Unlock(&self->lock);
        return PyLong_FromSsize_t(n);
      }
      static PyObject *once(Obj *self, PyObject *a) {
        PyMutex_Lock(&self->lock);
        Py_ssize_t n = size(self, 0);
        PyMutex_Unlock(&self->lock);
        return PyLong_FromSsize_t(n);
      }
      static PyObject *other(Obj *self, Obj *a) {
        PyMutex_Lock(&self->lock);
        Py_ssize_t n = size(a, 1);
        PyMutex_Unlock(&self->lock);
        return PyLong_FromSsize_t(n);
      }
      """, methods: ["twice", "once", "other"])
    #expect(found == ["recursive self->lock in size by twice"])
  }

  @Test func recursiveLocks() throws {
    let found = try hazards(
      """
      static pthread_mutex_t nested;
      static pthread_mutex_t plain;
      void set_up(void) {
        pthread_mutexattr_t attributes;
        pthread_mutexattr_init(&attributes);
        pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
        pthread_mutex_init(&nested, &attributes);
      }
      static void inner(void) {
        pthread_mutex_lock(&nested);
        pthread_mutex_lock(&plain);
        pthread_mutex_unlock(&plain);
        pthread_mutex_unlock(&nested);
      }
      static PyObject *call(Obj *self, PyObject *a) {
        pthread_mutex_lock(&nested);
        inner();
        pthread_mutex_unlock(&nested);
        Py_RETURN_NONE;
      }
      static PyObject *bad(Obj *self, PyObject *a) {
        pthread_mutex_lock(&plain);
        inner();
        pthread_mutex_unlock(&plain);
        Py_RETURN_NONE;
      }
      """, methods: ["call", "bad"])
    #expect(found == ["recursive plain in inner by bad"])
  }

  @Test func sections() throws {
    let found = try hazards(
      """
      static PyObject *nested(Obj *self, Obj *a) {
        Py_BEGIN_CRITICAL_SECTION(self);
        Py_BEGIN_CRITICAL_SECTION(a);
        self->used += a->used;
        Py_END_CRITICAL_SECTION();
        Py_END_CRITICAL_SECTION();
        Py_RETURN_NONE;
      }
      static PyObject *both(Obj *self, Obj *a) {
        Py_BEGIN_CRITICAL_SECTION2(self, a);
        self->used += a->used;
        Py_END_CRITICAL_SECTION2();
        Py_RETURN_NONE;
      }
      static PyObject *stale(Obj *self, PyObject *a) {
        Py_BEGIN_CRITICAL_SECTION(self);
        int *data = self->data;
        PyObject *r = PyObject_CallNoArgs(a);
        Py_XDECREF(r);
        *data = 1;
        Py_END_CRITICAL_SECTION();
        Py_RETURN_NONE;
      }
      static PyObject *fresh(Obj *self, PyObject *a) {
        Py_BEGIN_CRITICAL_SECTION(self);
        int *data = self->data;
        PyObject *r = PyObject_CallNoArgs(a);
        Py_XDECREF(r);
        if (data == self->data) *data = 1;
        self->data = NULL;
        Py_END_CRITICAL_SECTION();
        Py_RETURN_NONE;
      }
      """, methods: ["nested", "both", "stale", "fresh"])
    #expect(
      found == [
        "nestedSections a in nested by nested", "staleValue data in stale by PyObject_CallNoArgs",
      ])
  }

  @Test func atomicsBesidePlainAccesses() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static int mixed; static int atomic_only; static volatile int stop; static PyMutex m;
      static int guarded; static volatile int calm;
      static PyObject *one(PyObject *self, PyObject *a) {
        __atomic_store_n(&mixed, 1, __ATOMIC_SEQ_CST);
        __atomic_store_n(&atomic_only, 1, __ATOMIC_SEQ_CST);
        stop = 1;
        PyMutex_Lock(&m);
        __atomic_store_n(&guarded, 1, __ATOMIC_SEQ_CST);
        calm = 2;
        PyMutex_Unlock(&m);
        Py_RETURN_NONE;
      }
      static PyObject *two(PyObject *self, PyObject *a) {
        int n = mixed + __atomic_load_n(&atomic_only, __ATOMIC_SEQ_CST) + stop;
        PyMutex_Lock(&m);
        n += guarded + calm;
        PyMutex_Unlock(&m);
        return PyLong_FromLong(n);
      }
      static PyMethodDef methods[] = { {"one", one, METH_NOARGS}, {"two", two, METH_NOARGS}, {0} };
      static PyModuleDef def = { PyModuleDef_HEAD_INIT, "m", NULL, 0, methods };
      PyMODINIT_FUNC PyInit_m(void) { return PyModuleDef_Init(&def); }
      """)
    let found = source.analyses.accessMixes.map { mix -> String in
      guard case .state(let id) = mix.subject, let report = source.analyses.states[id] else {
        return "field"
      }
      return "\(mix.pattern) \(report.declaration.name)"
    }
    #expect(found.sorted() == ["mixed mixed", "volatile stop"])
  }
}
