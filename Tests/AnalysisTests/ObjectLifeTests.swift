import ProgramModel
import Testing

@testable import Analysis

/// Objects that no other thread has, and the fields of which objects are followed.
@Suite struct ObjectLifeTests {
  private static let get =
    "static PyObject *get(Obj *self, PyObject *v) { return Py_XNewRef(self->f); }\n"

  private func hazards(
    _ functions: String, methods: [String] = ["get"], slots: String = "",
    members: String = "PyObject *f;"
  ) throws -> [String] {
    try ObjectSource(members: members, Self.get + functions, methods: methods, slots: slots).hazards
  }

  @Test func clearingAndDestruction() throws {
    let clear = """
      static int clear(Obj *self) { Py_CLEAR(self->f); return 0; }
      static void dealloc(Obj *self) { clear(self); Py_TYPE(self)->tp_free(self); }
      static PyObject *reset(Obj *self, PyObject *v) { clear(self); Py_RETURN_NONE; }

      """
    let slots = "{Py_tp_clear, (void *)clear}, {Py_tp_dealloc, (void *)dealloc},"
    #expect(try hazards(clear, slots: slots) == [])
    #expect(
      try hazards(clear, methods: ["get", "reset"], slots: slots) == ["rawRead f: clear, get"])
  }

  @Test func newObjects() throws {
    let makers = [
      "(Obj *)t->tp_alloc(t, 0)", "PyObject_New(Obj, t)", "PyObject_GC_New(Obj, t)",
      "(Obj *)PyType_GenericAlloc(t, 0)", "spare(t)", "fresh(t)",
      "(Obj *)((allocfunc)PyType_GetSlot(t, Py_tp_alloc))(t, 0)",
    ]
    for maker in makers {
      let found = try hazards(
        """
        static Obj *store[8]; static int count;
        static Obj *spare(PyTypeObject *t) { Obj *o = count ? store[--count] : NULL; if (!o) return (Obj *)t->tp_alloc(t, 0); PyObject_Init((PyObject *)o, t); return o; }
        static Obj *fresh(PyTypeObject *t) { Obj *o = (Obj *)t->tp_alloc(t, 0); if (!o) return NULL; return o; }
        static PyObject *copy(Obj *self, PyObject *v) { PyTypeObject *t = Py_TYPE(self); Obj *o = \(maker); if (!o) return NULL; Py_XSETREF(o->f, Py_NewRef(v)); return (PyObject *)o; }
        """, methods: ["get", "copy"])
      #expect(found == [], "\(maker)")
    }
  }

  @Test func newObjectsThatAreHandedOn() throws {
    func found(_ way: String) throws -> [String] {
      try hazards(
        """
        static PyObject *last;
        static void keep(Obj *o) { last = (PyObject *)o; }
        static void look(Obj *o) { (void)PyObject_Size((PyObject *)o); }
        static PyObject *make(Obj *self, PyObject *v) { PyTypeObject *t = Py_TYPE(self); Obj *o = (Obj *)t->tp_alloc(t, 0); \(way) return (PyObject *)o; }
        """, methods: ["get", "make"])
    }
    let replace = "Py_XSETREF(o->f, Py_NewRef(v));"
    for way in ["keep(o);", "last = (PyObject *)o;", "PyList_Append(v, (PyObject *)o);"] {
      #expect(try found(way + replace) == ["rawRead f: make, get"], "\(way)")
      #expect(try found(replace + way) == [], "\(way)")
    }
    #expect(try found("look(o);" + replace) == [])
    #expect(
      try found(
        "for (int i = 0; i < 3; i++) { o = (Obj *)t->tp_alloc(t, 0); \(replace) PyList_Append(v, (PyObject *)o); }"
      ) == [])
  }

  @Test func initCanRunAgain() throws {
    let found = try hazards(
      "static int init(Obj *self, PyObject *a, PyObject *k) { Py_XSETREF(self->f, Py_NewRef(a)); return 0; }",
      slots: "{Py_tp_init, (void *)init},")
    #expect(found == ["rawRead f: init, get again"])
  }

  @Test func fieldsInsideAndBases() throws {
    let source = try ObjectSource(
      members: "struct { PyObject *g; } in;",
      """
      typedef struct { Obj base; PyObject *own; PyObject *array[2]; } Sub;
      static PyObject *set(Sub *self, PyObject *v) { Py_CLEAR(self->base.in.g); Py_CLEAR(self->own); Py_CLEAR(self->array[0]); Py_RETURN_NONE; }
      static PyObject *get(Obj *self, PyObject *v) { return Py_NewRef(self->in.g); }
      """, methods: ["set", "get"])
    #expect(source.hazards == ["rawRead in.g: set, get", "replacement own: set, set"])
  }

  @Test func recordsThatAreNoObjects() throws {
    let found = try ObjectSource(
      members: "int n;",
      """
      struct plain { PyObject *f; };
      static PyObject *set(PyObject *self, PyObject *v) { struct plain *p = (struct plain *)PyCapsule_GetPointer(v, ""); Py_CLEAR(p->f); Py_RETURN_NONE; }
      """, methods: ["set"]
    ).hazards
    #expect(found == [])
  }

  @Test func oneObjectUnderTheLockOfAnother() throws {
    func found(_ lock: String) throws -> [String] {
      try hazards(
        "static PyObject *merge(Obj *self, PyObject *v) { Obj *other = (Obj *)v; Py_BEGIN_CRITICAL_SECTION(\(lock)); Py_CLEAR(other->f); Py_END_CRITICAL_SECTION(); Py_RETURN_NONE; }",
        methods: ["merge"])
    }
    #expect(try found("self") == ["replacement f: merge, merge"])
    #expect(try found("v") == [])
  }
}

/// References that are taken by a look at the count.
@Suite struct TryIncrefTests {
  private func ways(_ body: String) throws -> [String] {
    try ObjectSource(
      members: "PyObject *f;",
      "static PyObject *get(Obj *self, PyObject *v) { PyObject *o = self->f; \(body) Py_RETURN_NONE; }",
      methods: ["get"]
    ).analyses.tryIncrefs.map { "\($0.way)" }
  }

  @Test func tests() throws {
    let found = [
      "if (Py_REFCNT(o) > 0) Py_INCREF(o);", "if (Py_REFCNT(o) != 0) { return Py_NewRef(o); }",
      "if (Py_REFCNT(o)) Py_INCREF(o);", "if (Py_REFCNT(o) == 0) return NULL; Py_INCREF(o);",
      "if (!Py_REFCNT(o)) return NULL; Py_INCREF(o);", "if (o && Py_REFCNT(o) >= 1) Py_INCREF(o);",
      "if (Py_REFCNT(self->f) > 0) Py_INCREF(self->f);",
    ]
    for body in found { #expect(try ways(body) == ["test"], "\(body)") }
    let silent = [
      "if (Py_REFCNT(o) == 1) Py_INCREF(o);", "if (Py_REFCNT(o) > 0) Py_INCREF(v);",
      "if (Py_REFCNT(o) > 0) PyObject_Str(v); Py_INCREF(o);",
      "Py_INCREF(o); PyLong_FromLong(Py_REFCNT(o));",
      "if (Py_REFCNT(o) > 1) Py_INCREF(o);",
    ]
    for body in silent { #expect(try ways(body) == [], "\(body)") }
  }

  @Test func sets() throws {
    #expect(try ways("Py_SET_REFCNT(o, 1);") == ["set"])
    #expect(try ways("Py_SET_REFCNT(o, 0);") == [])
    #expect(try ways("PyObject *n = PyList_New(0); Py_SET_REFCNT(n, 2);") == [])
  }
}
