import ProgramModel
import Testing

@testable import Analysis

/// Who reads, replaces and drops references in fields of objects.
@Suite struct ObjectStateTests {
  private static let set =
    "static PyObject *set(Obj *self, PyObject *v) { Py_XSETREF(self->f, Py_NewRef(v)); Py_RETURN_NONE; }\n"

  private func hazards(
    _ functions: String, _ methods: [String], slots: String = "",
    members: String = "PyObject *f; PyMutex lock;"
  ) throws -> [String] {
    try ObjectSource(members: members, functions, methods: methods, slots: slots).hazards
  }

  @Test func rawReadsInAllForms() throws {
    let uses = [
      "return PyObject_CallNoArgs(self->f);", "return Py_NewRef(self->f);",
      "Py_INCREF(self->f); return self->f;", "PyObject *r = self->f; Py_XINCREF(r); return r;",
      "PyObject *r = self->f ? self->f : Py_None; return Py_NewRef(r);",
      "PyObject **p = &self->f; Py_INCREF(*p); return *p;",
      "return PyLong_FromVoidPtr(Py_TYPE(self->f));",
      "PyObject *t[1]; t[0] = self->f; return PyObject_Vectorcall(a, t, 1, NULL);",
    ]
    for use in uses {
      let found = try hazards(
        Self.set + "static PyObject *get(Obj *self, PyObject *a) { \(use) }", ["set", "get"])
      #expect(found == ["rawRead f: set, get"], "\(use)")
    }
  }

  @Test func testsOfThePointerAreNoReads() throws {
    for test in ["self->f != NULL", "!self->f", "self->f == a", "Py_IsNone(self->f)"] {
      let found = try hazards(
        Self.set
          + "static PyObject *get(Obj *self, PyObject *a) { return PyBool_FromLong(\(test)); }",
        ["set", "get"])
      #expect(found == ["replacement f: set, set"], "\(test)")
    }
  }

  @Test func replacementsByHand() throws {
    let ways = [
      "PyObject *t = self->f; self->f = Py_NewRef(v); Py_XDECREF(t);",
      "Py_XDECREF(self->f); self->f = Py_NewRef(v);", "Py_CLEAR(self->f);",
      "PyObject **p = &self->f; Py_CLEAR(*p);", "clear(&self->f);", "drop(take(self));",
      "PyObject *t = self->f; self->f = NULL; drop(t);",
    ]
    let helpers = """
      static void clear(PyObject **slot) { PyObject *t = *slot; *slot = NULL; Py_XDECREF(t); }
      static void drop(PyObject *t) { Py_XDECREF(t); }
      static PyObject *take(Obj *self) { PyObject *t = self->f; self->f = NULL; return t; }

      """
    for way in ways {
      let found = try hazards(
        helpers + "static PyObject *set(Obj *self, PyObject *v) { \(way) Py_RETURN_NONE; }", ["set"]
      )
      #expect(found.count == 1 && found[0].hasPrefix("replacement f:"), "\(way): \(found)")
    }
  }

  @Test func storesThatDropNothing() throws {
    let found = try hazards(
      """
      static PyObject *lazy(Obj *self, PyObject *v) { if (!self->f) self->f = PyDict_New(); return Py_NewRef(self->f); }
      static PyObject *swap(Obj *self, PyObject *v) { PyObject *t = self->f; self->f = NULL; PyObject_Str(v); self->f = t; Py_RETURN_NONE; }
      """, ["lazy", "swap"])
    #expect(found == [])
  }

  @Test func atomicExchangeIsNoDoubleDrop() throws {
    let swap =
      "static PyObject *set(Obj *self, PyObject *v) { Py_XDECREF((PyObject *)_Py_atomic_exchange_ptr(&self->f, v)); Py_RETURN_NONE; }\n"
    #expect(try hazards(swap, ["set"]) == [])
    let get =
      "static PyObject *get(Obj *self, PyObject *v) { return Py_NewRef(_Py_atomic_load_ptr(&self->f)); }"
    #expect(try hazards(swap + get, ["set", "get"]) == ["rawRead f: set, get"])
  }

  // MARK: Locks

  @Test func locksOnBothSides() throws {
    func found(_ write: (String, String), _ read: (String, String)) throws -> [String] {
      try hazards(
        """
        static PyMutex all;
        static PyObject *set(Obj *self, PyObject *v) { \(write.0) Py_XSETREF(self->f, Py_NewRef(v)); \(write.1) Py_RETURN_NONE; }
        static PyObject *get(Obj *op, PyObject *v) { Obj *self = op; PyObject *r; \(read.0) r = Py_XNewRef(self->f); \(read.1) return r; }
        """, ["set", "get"])
    }
    let section = ("Py_BEGIN_CRITICAL_SECTION(self);", "Py_END_CRITICAL_SECTION();")
    let own = ("PyMutex_Lock(&self->lock);", "PyMutex_Unlock(&self->lock);")
    let global = ("PyMutex_Lock(&all);", "PyMutex_Unlock(&all);")
    let other = ("Py_BEGIN_CRITICAL_SECTION(v);", "Py_END_CRITICAL_SECTION();")
    let none = ("", "")
    for lock in [section, own, global] { #expect(try found(lock, lock) == []) }
    #expect(try found(section, own) == ["rawRead f: set, get"])
    #expect(try found(section, none) == ["rawRead f: set, get"])
    #expect(try found(none, none) == ["rawRead f: set, get"])
    #expect(try found(section, other) == ["rawRead f: set, get"])
    // The reader does its part.
    #expect(try found(none, section) == ["replacement f: set, set"])
  }

  @Test func referencesThatOutliveTheirLock() throws {
    let set =
      "static PyObject *set(Obj *self, PyObject *v) { Py_BEGIN_CRITICAL_SECTION(self); Py_XSETREF(self->f, Py_NewRef(v)); Py_END_CRITICAL_SECTION(); Py_RETURN_NONE; }\n"
    func found(_ body: String) throws -> [String] {
      try hazards(
        set + "static PyObject *get(Obj *self, PyObject *v) { PyObject *r; \(body) return r; }",
        ["set", "get"])
    }
    let (begin, end) = ("Py_BEGIN_CRITICAL_SECTION(self);", "Py_END_CRITICAL_SECTION();")
    #expect(try found("\(begin) r = self->f; \(end) Py_XINCREF(r);") == ["rawRead f: set, get"])
    #expect(try found("\(begin) r = self->f; Py_XINCREF(r); \(end)") == [])
    #expect(try found("\(begin) Py_XINCREF(self->f); r = self->f; \(end)") == [])
    #expect(
      try found("\(begin) r = self->f; PyObject_Str(v); r = Py_NewRef(r); \(end)")
        == ["rawRead f: set, get"])
    // Taken out under the lock, it is the function's own.
    #expect(try found("\(begin) r = self->f; self->f = NULL; \(end)") == [])
  }

  @Test func locksOfCallers() throws {
    let helpers = """
      static PyObject *get_locked(Obj *self) { return Py_XNewRef(self->f); }
      static void set_locked(Obj *self, PyObject *v) { Py_XSETREF(self->f, v); }
      static PyObject *get(Obj *self, PyObject *v) { PyObject *r; Py_BEGIN_CRITICAL_SECTION(self); r = get_locked(self); Py_END_CRITICAL_SECTION(); return r; }
      static PyObject *set(Obj *self, PyObject *v) { Py_BEGIN_CRITICAL_SECTION(self); set_locked(self, Py_NewRef(v)); Py_END_CRITICAL_SECTION(); Py_RETURN_NONE; }
      static PyObject *make(PyTypeObject *t, PyObject *a, PyObject *k) { Obj *o = (Obj *)t->tp_alloc(t, 0); set_locked(o, Py_NewRef(a)); return (PyObject *)o; }
      static PyObject *bare(Obj *self, PyObject *v) { return get_locked(self); }

      """
    #expect(try hazards(helpers, ["get", "set"], slots: "{Py_tp_new, (void *)make},") == [])
    #expect(try hazards(helpers, ["get", "set", "bare"]) == ["rawRead f: set_locked, get_locked"])
  }

  @Test func lockOfOneOfTheObjectsThatAPointerIs() throws {
    let found = try hazards(
      """
      static PyObject *find(Obj *op, PyObject *v) {
        Obj *self; PyObject *r = NULL;
        Py_BEGIN_CRITICAL_SECTION(op);
        if (v == Py_None) self = op; else self = (Obj *)PyObject_Type(v);
        r = Py_XNewRef(self->f);
        Py_CLEAR(self->f);
        Py_END_CRITICAL_SECTION();
        return r;
      }
      """, ["find"])
    #expect(found == [])
  }
}
