import ProgramModel
import Testing

@testable import Analysis

/// What the analyses of detached threads say of a module.
struct DetachedSource {
  let analyses: Analyses

  init(
    _ functions: String, members: String = "int n;", methods: [String], isCxx: Bool = false
  ) throws {
    analyses = try ObjectSource(
      members: members, functions, methods: methods, isCxx: isCxx
    ).analyses
  }

  private func name(_ function: FunctionID) -> String { analyses.package[function].name }

  /// `Py_INCREF in f: region`, in order.
  var calls: [String] {
    analyses.detached.calls.map { call in
      let way =
        switch call.way {
        case .region: "region"
        case .leftOpen: "left open"
        case .caller(let site): "from " + (site.map { name($0.function) } ?? "?")
        case .ownThread: "own thread"
        }
      return "\(call.name) in \(name(call.site.function)): \(way)"
    }
  }

  /// `write n in f, read in g`, in order.
  var accesses: [String] {
    analyses.detached.accesses.map { access in
      let verb = access.writes ? "write" : "read"
      let other = access.otherWrites ? "write" : "read"
      return "\(verb) \(subject(access.subject)) in \(name(access.end.function)), "
        + "\(other) in \(name(access.other.function))"
    }
  }

  /// `f: total, n`
  var regions: [String] {
    analyses.detached.regions.map { region in
      name(region.begin.function) + ": "
        + region.writes.map { subject($0.subject) }.joined(separator: ", ")
    }
  }

  /// `recv in f`, `loop on flag in f`.
  var waits: [String] {
    analyses.detached.waits.map { wait in
      switch wait.kind {
      case .call(let name, _): "\(name) in \(self.name(wait.site.function))"
      case .loop(let name): "loop on \(name) in \(self.name(wait.site.function))"
      }
    }
  }

  /// `mismatch p in f`, …
  var misuses: [String] {
    analyses.allocationMisuses.map { misuse in
      let kind =
        switch misuse.kind {
        case .notAnObject: "no object"
        case .objectElsewhere: "object elsewhere"
        case .mismatch: "mismatch"
        case .objectReleased: "object released"
        }
      return "\(kind) \(misuse.symbol ?? "-") by \(misuse.name) in \(name(misuse.site.function))"
    }
  }

  private func subject(_ subject: DetachedAccess.Subject) -> String {
    switch subject {
    case .state(let id): analyses.states[id]?.declaration.name ?? "?"
    case .field(_, let name, let isBehind): isBehind ? "*\(name)" : name
    }
  }
}

@Suite struct DetachedCallTests {
  @Test func regionsAndHelpersOfThem() throws {
    let source = try DetachedSource(
      """
      static void log_it(PyObject *o) { Py_INCREF(o); }
      static void either(PyObject *o, int attached) { if (attached) Py_DECREF(o); }
      static PyObject *f(PyObject *self, PyObject *o) {
        Py_BEGIN_ALLOW_THREADS
        Py_CLEAR(o);
        Py_BLOCK_THREADS
        PyErr_Clear();
        Py_UNBLOCK_THREADS
        log_it(o);
        either(o, 0);
        PyMem_RawFree(PyMem_RawMalloc(3));
        (void)PyBytes_AS_STRING(o);
        Py_END_ALLOW_THREADS
        log_it(o);
        either(o, 1);
        Py_RETURN_NONE;
      }
      """, methods: ["f"])
    #expect(source.calls == ["Py_INCREF in log_it: from f", "Py_CLEAR in f: region"])
  }

  @Test func aWayThatLeavesTheRegionOpen() throws {
    let source = try DetachedSource(
      """
      extern int work(void);
      static PyObject *f(PyObject *self, PyObject *o) {
        Py_BEGIN_ALLOW_THREADS
        if (work()) goto error;
        Py_END_ALLOW_THREADS
        if (work()) goto error;
        Py_RETURN_NONE;
      error:
        PyErr_SetNone(PyExc_ValueError);
        return NULL;
      }
      static PyObject *g(PyObject *self, PyObject *o) {
        int big = work();
        PyThreadState *save = NULL;
        if (big) save = PyEval_SaveThread();
        work();
        if (big) PyEval_RestoreThread(save);
        PyErr_Clear();
        Py_RETURN_NONE;
      }
      """, methods: ["f", "g"])
    #expect(source.calls == ["PyErr_SetNone in f: left open"])
  }

  @Test func exceptionsEndScopedRegions() throws {
    let source = try DetachedSource(
      """
      namespace pybind11 { struct gil_scoped_release { gil_scoped_release(); ~gil_scoped_release(); }; }
      extern void work();
      static PyObject *f(PyObject *self, PyObject *o) {
        try {
          pybind11::gil_scoped_release release;
          if (o) work();
          work();
        } catch (...) {
          PyErr_SetNone(PyExc_ValueError);
          return nullptr;
        }
        pybind11::gil_scoped_release release;
        Py_INCREF(o);
        return nullptr;
      }
      """, methods: ["f"], isCxx: true)
    #expect(source.calls == ["Py_INCREF in f: region"])
  }

  @Test func threadsOfTheirOwn() throws {
    let source = try DetachedSource(
      """
      #include <pthread.h>
      static void *run(void *o) {
        Py_INCREF((PyObject *)o);
        PyGILState_STATE s = PyGILState_Ensure();
        Py_DECREF((PyObject *)o);
        PyGILState_Release(s);
        return NULL;
      }
      static PyObject *f(PyObject *self, PyObject *o) {
        pthread_t t;
        pthread_create(&t, NULL, run, o);
        Py_RETURN_NONE;
      }
      """, methods: ["f"])
    #expect(source.calls == ["Py_INCREF in run: own thread"])
  }
}

@Suite struct DetachedAccessTests {
  @Test func fieldsAndStatics() throws {
    let source = try DetachedSource(
      """
      extern int work(void);
      static int total, limit;
      static PyObject *f(Obj *self, PyObject *o) {
        int n = 0;
        Py_BEGIN_ALLOW_THREADS
        n = work() + limit;
        self->n += n;
        self->data[0] = 1;
        total++;
        Py_END_ALLOW_THREADS
        return PyLong_FromLong(n);
      }
      static PyObject *g(Obj *self, PyObject *o) { limit = self->n; return PyLong_FromLong(total + self->data[0]); }
      """, members: "int n; char *data; int fixed;", methods: ["f", "g"])
    #expect(
      source.accesses == [
        "read limit in f, write in g", "write n in f, read in g", "write total in f, read in g",
      ])
  }

  @Test func locksOfItsOwnCover() throws {
    let source = try DetachedSource(
      """
      #include <pthread.h>
      static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
      static PyObject *f(Obj *self, PyObject *o) {
        Py_BEGIN_ALLOW_THREADS
        pthread_mutex_lock(&m);
        self->n = 1;
        pthread_mutex_unlock(&m);
        Py_END_ALLOW_THREADS
        Py_RETURN_NONE;
      }
      static PyObject *section(Obj *self, PyObject *o) {
        Py_BEGIN_CRITICAL_SECTION(self);
        Py_BEGIN_ALLOW_THREADS
        self->k = 1;
        Py_END_ALLOW_THREADS
        Py_END_CRITICAL_SECTION();
        Py_RETURN_NONE;
      }
      static PyObject *g(Obj *self, PyObject *o) {
        pthread_mutex_lock(&m);
        int n = self->n;
        pthread_mutex_unlock(&m);
        Py_BEGIN_CRITICAL_SECTION(self);
        n += self->k;
        Py_END_CRITICAL_SECTION();
        return PyLong_FromLong(n);
      }
      """, members: "int n, k;", methods: ["f", "section", "g"])
    #expect(source.accesses == ["write k in section, read in g"])
  }

  @Test func attachingIsNoLock() throws {
    let source = try DetachedSource(
      """
      #include <pthread.h>
      static int events, seen;
      static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
      extern void lib_register(void (*)(void *), void *);
      static void note(void *data) {
        Obj *self = (Obj *)data;
        PyGILState_STATE s = PyGILState_Ensure();
        events++;
        self->n = 1;
        pthread_mutex_lock(&m);
        seen++;
        pthread_mutex_unlock(&m);
        PyGILState_Release(s);
      }
      static PyObject *f(Obj *self, PyObject *o) { lib_register(note, self); Py_RETURN_NONE; }
      static PyObject *g(Obj *self, PyObject *o) {
        pthread_mutex_lock(&m);
        int n = seen;
        pthread_mutex_unlock(&m);
        return PyLong_FromLong(events + self->n + n);
      }
      """, methods: ["f", "g"])
    #expect(source.regions == ["note: events, n"])
  }
}

@Suite struct AttachedWaitTests {
  @Test func callsThatWait() throws {
    let source = try DetachedSource(
      """
      #include <poll.h>
      #include <sys/wait.h>
      #include <unistd.h>
      static PyObject *f(Obj *self, PyObject *o) {
        struct pollfd fd = {0};
        poll(&fd, 1, 0);
        waitpid(1, NULL, WNOHANG);
        Py_BEGIN_ALLOW_THREADS
        sleep(1);
        Py_END_ALLOW_THREADS
        Py_RETURN_NONE;
      }
      static PyObject *g(Obj *self, PyObject *o) {
        struct pollfd fd = {0};
        poll(&fd, 1, -1);
        usleep(10);
        Py_RETURN_NONE;
      }
      """, methods: ["f", "g"])
    #expect(source.waits == ["poll in g", "usleep in g"])
  }

  @Test func loopsThatAskAgainAndAgain() throws {
    let source = try DetachedSource(
      """
      #include <sched.h>
      static volatile int ready;
      static int never;
      static int is_ready(void) { return ready; }
      static PyObject *set(Obj *self, PyObject *o) { ready = 1; self->n = 1; Py_RETURN_NONE; }
      static PyObject *plain(Obj *self, PyObject *o) { while (!ready) {} Py_RETURN_NONE; }
      static PyObject *helper(Obj *self, PyObject *o) { while (!is_ready()) sched_yield(); Py_RETURN_NONE; }
      static PyObject *field(Obj *self, PyObject *o) { int n; do { n = self->n; } while (n == 0); Py_RETURN_NONE; }
      static PyObject *few(Obj *self, PyObject *o) { for (int i = 0; i < 9 && !ready; i++) {} Py_RETURN_NONE; }
      static PyObject *grow(Obj *self, PyObject *o) { int k = self->n; while (k < 100) k *= 2; return PyLong_FromLong(k); }
      static PyObject *walk(Obj *self, PyObject *o) { PyTypeObject *t = Py_TYPE(o); while (t) t = t->tp_base; Py_RETURN_NONE; }
      static PyObject *fixed(Obj *self, PyObject *o) { while (never) {} Py_RETURN_NONE; }
      static PyObject *away(Obj *self, PyObject *o) { Py_BEGIN_ALLOW_THREADS while (!ready) {} Py_END_ALLOW_THREADS Py_RETURN_NONE; }
      """,
      methods: ["set", "plain", "helper", "field", "few", "grow", "walk", "fixed", "away"])
    #expect(
      source.waits == [
        "loop on ready in plain", "loop on is_ready in helper", "loop on n in field",
      ])
  }
}
