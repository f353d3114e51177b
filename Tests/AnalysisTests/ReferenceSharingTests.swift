import Testing

@testable import Analysis

/// Who can have the objects that functions work on.
@Suite struct ReferenceSharingTests {
  // MARK: Private

  @Test func objectsThatTheFunctionHasMade() throws {
    let source = try ReferenceSource(
      """
      static PyObject *f(PyObject *m, PyObject *o) {
        here(1, PyList_New(3));
        here(2, PyDict_Copy(o));
        here(3, PySequence_List(o));
        here(4, PyList_GetSlice(o, 0, 3));
        here(5, PyDict_Items(o));
        here(6, PyMapping_Keys(o));
        here(7, Py_BuildValue("[OO]", o, o));
        here(8, PyObject_CallNoArgs((PyObject *)&PyDict_Type));
        here(9, PySet_New(o));
        here(10, PyByteArray_FromObject(o));
        Py_RETURN_NONE;
      }
      """, methods: "f:O")
    for mark in 1...10 { #expect(source.sharing(Int64(mark)) == ["isolated"], "\(mark)") }
  }

  @Test func objectsThatNeverChange() throws {
    let source = try ReferenceSource(
      """
      static PyObject *f(PyObject *m, PyObject *o) {
        here(1, PySequence_Tuple(o));
        here(2, PyList_AsTuple(o));
        here(3, PyTuple_New(3));
        here(4, Py_BuildValue("(OO)", o, o));
        here(5, PyUnicode_FromString("x"));
        if (PyTuple_Check(o)) here(6, o);
        here(7, o);
        here(8, PySequence_Fast(PySequence_Tuple(o), "x"));
        Py_RETURN_NONE;
      }
      static void typed(PyTupleObject *t) { here(9, t); }
      static PyObject *g(PyObject *m, PyObject *o) { typed((PyTupleObject *)o); return NULL; }
      """, methods: "f:O g:O")
    for mark in [1, 2, 3, 4, 5, 6, 8, 9] {
      #expect(source.sharing(Int64(mark)) == ["immutable"], "\(mark)")
    }
    #expect(source.sharing(7) == ["argument of f"])
  }

  @Test func containersOfTheCallItself() throws {
    let source = try ReferenceSource(
      """
      static PyObject *varargs(PyObject *m, PyObject *args) {
        here(1, args);
        here(2, PyTuple_GET_ITEM(args, 0));
        return NULL;
      }
      static PyObject *keywords(PyObject *m, PyObject *args, PyObject *kwargs) {
        here(3, kwargs);
        here(4, PyDict_GetItemString(kwargs, "x"));
        return NULL;
      }
      static PyObject *fast(PyObject *m, PyObject *const *args, Py_ssize_t n) {
        here(5, args[0]);
        here(6, args);
        return NULL;
      }
      static PyObject *fastkeywords(
        PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names
      ) {
        here(7, names);
        here(8, args[1]);
        return NULL;
      }
      static PyObject *noargs(PyObject *m, PyObject *unused) { here(9, m); return NULL; }
      """,
      methods: "varargs:VARARGS keywords:KEYWORDS fast:FASTCALL "
        + "fastkeywords:FASTKEYWORDS noargs:NOARGS")
    #expect(source.sharing(1, 2) == ["isolated", "argument of varargs"])
    #expect(source.sharing(3, 4) == ["isolated", "item by PyDict_GetItemString"])
    #expect(source.sharing(5, 6) == ["argument of fast", "isolated"])
    #expect(source.sharing(7, 8) == ["isolated", "argument of fastkeywords"])
    #expect(source.sharing(9) == ["argument of noargs"])
  }

  private static let type = """
    static PyTypeObject ThingType = {
      PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.Thing", .tp_basicsize = sizeof(Thing),
      .tp_new = thing_new, .tp_init = thing_init, .tp_call = thing_call, .tp_repr = thing_repr,
    };
    static struct PyModuleDef def_ = {PyModuleDef_HEAD_INIT, .m_name = "m"};
    PyMODINIT_FUNC PyInit_m(void) {
      PyObject *m = PyModule_Create(&def_);
      PyModule_AddType(m, &ThingType);
      return m;
    }
    """

  @Test func slotsOfTypesAndTheirNewObjects() throws {
    let source = try ReferenceSource(
      """
      typedef struct { PyObject_HEAD PyObject *list, *given; } Thing;
      static PyObject *thing_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
        here(1, args); here(2, kwds);
        Thing *self = (Thing *)type->tp_alloc(type, 0);
        here(3, self);
        self->list = PyList_New(0);
        here(4, self->list);
        return (PyObject *)self;
      }
      static int thing_init(PyObject *self, PyObject *args, PyObject *kwds) {
        here(5, args); here(6, kwds); here(7, self); here(8, ((Thing *)self)->list);
        return 0;
      }
      static PyObject *thing_call(PyObject *self, PyObject *args, PyObject *kwds) {
        here(9, args); here(10, kwds);
        return NULL;
      }
      static PyObject *thing_repr(PyObject *self) { here(11, self); return NULL; }
      """ + "\n" + Self.type)
    #expect(source.sharing(1, 2, 3, 4) == ["isolated", "isolated", "isolated", "isolated"])
    #expect(
      source.sharing(5, 6, 7, 8)
        == ["isolated", "isolated", "argument of thing_init", "field Thing.list"])
    #expect(source.sharing(9, 10, 11) == ["isolated", "isolated", "argument of thing_repr"])
  }

  @Test func whatHelpersReturn() throws {
    let source = try ReferenceSource(
      """
      static PyObject *cache;
      static PyObject *fresh(PyObject *o) { PyObject *l = PySequence_List(o); return l; }
      static PyObject *outer(PyObject *o) { return fresh(o); }
      static PyObject *tuple(PyObject *o) { return PySequence_Tuple(o); }
      static PyObject *kept(void) { return cache; }
      static PyObject *either(PyObject *o, int c) { if (c) return o; return PyList_New(0); }
      static PyObject *strong(PyObject *o) { return Py_NewRef(o); }
      static PyObject *looked(PyObject *o) { return PyObject_GetAttrString(o, "x"); }
      static PyObject *failing(void) { return NULL; }
      static PyObject *down(PyObject *o, int n) { return n ? down(o, n - 1) : PyDict_Copy(o); }
      static PyObject *f(PyObject *m, PyObject *o) {
        here(1, fresh(o)); here(2, outer(o)); here(3, tuple(o)); here(4, kept());
        here(5, either(o, 1)); here(6, either(PyList_New(0), 1)); here(7, strong(o));
        here(8, looked(o)); here(9, failing()); here(10, down(o, 3)); here(11, strong(fresh(o)));
        return NULL;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2, 3) == ["isolated", "isolated", "immutable"])
    #expect(source.sharing(4) == ["returned by kept"])
    #expect(source.sharing(5, 6, 7) == ["argument of f", "isolated", "argument of f"])
    #expect(source.sharing(8) == ["attribute by PyObject_GetAttrString"])
    #expect(source.sharing(9, 10, 11) == ["isolated", "isolated", "isolated"])
  }

  @Test func privateObjectsPassedToHelpers() throws {
    let source = try ReferenceSource(
      """
      static void inner(PyObject *l) { here(1, l); }
      static void outer(PyObject *l) { here(2, l); inner(l); }
      static void mixed(PyObject *l) { here(3, l); }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *own = PySequence_List(o);
        outer(own);
        mixed(own);
        mixed(o);
        return own;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2, 3) == ["isolated", "isolated", "passed by f"])
  }

  // MARK: Publication

  @Test func whatGivesAnObjectAway() throws {
    let source = try ReferenceSource(
      """
      static PyObject *kept;
      static void keep(PyObject *o) { kept = o; }
      static void pass(PyObject *o) { keep(o); }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *a = PyList_New(0), *b = PyList_New(0), *c = PyList_New(0), *d = PyList_New(0);
        PyObject *e = PyList_New(0), *g = PyList_New(0), *h = PyList_New(0);
        here(1, a); kept = a; here(2, a);
        PyDict_SetItemString(o, "k", b); here(3, b);
        PyObject_CallOneArg(o, c); here(4, c);
        pass(d); here(5, d);
        PyObject_SetAttrString(o, "x", e); here(6, e);
        PyTuple_SET_ITEM(PyTuple_New(1), 0, g); here(7, g);
        PyErr_SetObject(PyExc_ValueError, h); here(8, h);
        return a;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2) == ["isolated", "published by a store"])
    #expect(source.sharing(3) == ["published by PyDict_SetItemString"])
    #expect(source.sharing(4) == ["published by PyObject_CallOneArg"])
    #expect(source.sharing(5) == ["published by a store"])
    #expect(source.sharing(6) == ["published by PyObject_SetAttrString"])
    #expect(source.sharing(7) == ["isolated"])
    #expect(source.sharing(8) == ["published by PyErr_SetObject"])
  }

  @Test func whatDoesNotGiveAnObjectAway() throws {
    let source = try ReferenceSource(
      """
      typedef struct { PyObject_HEAD PyObject *list; } Thing;
      static int count(PyObject *o) { return (int)PyObject_Size(o); }
      static void put(PyObject *to, PyObject *o) { PyList_Append(to, o); }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *a = PyList_New(0), *b = PyList_New(0), *c = PyList_New(0), *d = PyList_New(0);
        PyObject *own = PyDict_New();
        PyDict_SetItem(own, o, a); here(1, a);
        PyObject_CallMethodNoArgs(b, o); here(2, b);
        count(c); here(3, c);
        if (c == o) Py_INCREF(c);
        here(4, c);
        for (int i = 0; i < 3; i++) {
          PyObject *each = PyList_New(0);
          here(5, each);
          PyList_Append(o, each);
          here(6, each);
        }
        put(own, d); here(7, d);
        Thing *t = PyObject_New(Thing, (PyTypeObject *)o);
        t->list = PyList_New(0); here(8, t->list);
        return a;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2, 3, 4) == ["isolated", "isolated", "isolated", "isolated"])
    // The list of this turn is not the list of the turn before.
    #expect(source.sharing(5, 6) == ["isolated", "published by PyList_Append"])
    #expect(source.sharing(7, 8) == ["isolated", "isolated"])
  }

  @Test func aPrivateContainerThatIsPublishedTakesItsContentAlong() throws {
    let source = try ReferenceSource(
      """
      static PyObject *kept;
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *item = PyList_New(0), *box = PyDict_New();
        PyDict_SetItemString(box, "k", item);
        here(1, item);
        kept = box;
        here(2, box);
        here(3, item);
        return NULL;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2) == ["isolated", "published by a store"])
    withKnownIssue("the container is judged where the item was put in it, not where it is used") {
      #expect(source.sharing(3) == ["published by PyDict_SetItemString"])
    }
  }

  @Test func containersThatHoldEachOther() throws {
    let source = try ReferenceSource(
      """
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *a = PyList_New(0), *b = PyList_New(0), *c = PyList_New(0), *d = PyList_New(0);
        PyList_Append(a, b);
        PyList_Append(b, a);
        here(1, a); here(2, b);
        for (int i = 0; i < 3; i++) {
          PyList_Append(c, d);
          PyList_Append(d, c);
        }
        here(3, c);
        return NULL;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2) == ["isolated", "isolated"])
    #expect(source.sharing(3) == ["isolated"])
  }

  // MARK: Shared

  @Test func objectsThatOthersCanHave() throws {
    let source = try ReferenceSource(
      """
      typedef struct { PyObject_HEAD PyObject *list; } Thing;
      static PyObject *cache, *table[3];
      static _Thread_local PyObject *mine;
      PyObject *elsewhere(void);
      static PyObject *f(PyObject *m, PyObject *o) {
        here(1, o); here(2, m); here(3, cache); here(4, table[1]); here(5, mine);
        here(6, ((Thing *)m)->list);
        here(7, PyObject_GenericGetDict(o, NULL));
        here(8, PyObject_GetAttrString(o, "__dict__"));
        here(9, PyObject_GetAttrString(o, "data"));
        here(10, PyList_GetItem(o, 0));
        here(11, PyObject_CallNoArgs(o));
        here(12, elsewhere());
        here(13, PyModule_GetDict(m));
        here(14, ((PyTypeObject *)o)->tp_dict);
        here(15, ((PyTypeObject *)o)->tp_mro);
        here(16, PyDict_GetItem(PyList_GetItem(o, 0), m));
        return NULL;
      }
      static PyObject *g(PyObject *m, PyObject *args) {
        PyObject *any, *tuple, *list, *text;
        if (!PyArg_ParseTuple(args, "OO!O!U", &any, &PyTuple_Type, &tuple, &PyList_Type, &list, &text))
          return NULL;
        here(17, any); here(18, tuple); here(19, list);
        PyObject *k, *v; Py_ssize_t pos = 0;
        while (PyDict_Next(any, &pos, &k, &v)) here(20, v);
        PyObject *strong;
        PyDict_GetItemRef(any, k, &strong); here(21, strong);
        PyObject_GetOptionalAttr(any, k, &strong); here(22, strong);
        return NULL;
      }
      """, methods: "f:O g:VARARGS")
    #expect(source.sharing(1, 2) == ["argument of f", "argument of f"])
    #expect(source.sharing(3, 4, 5) == ["static cache", "static table", "isolated"])
    #expect(source.sharing(6) == ["field Thing.list"])
    #expect(source.sharing(7) == ["__dict__ by PyObject_GenericGetDict"])
    #expect(source.sharing(8) == ["__dict__ by PyObject_GetAttrString"])
    #expect(source.sharing(9) == ["attribute by PyObject_GetAttrString"])
    #expect(source.sharing(10) == ["item by PyList_GetItem"])
    #expect(source.sharing(11) == ["unknown PyObject_CallNoArgs"])
    #expect(source.sharing(12) == ["unknown elsewhere"])
    #expect(source.sharing(13) == ["item by PyModule_GetDict"])
    #expect(source.sharing(14, 15) == ["attribute by tp_dict", "immutable"])
    #expect(source.sharing(16) == ["item by PyDict_GetItem"])
    #expect(source.sharing(17, 18, 19) == ["argument of g", "immutable", "argument of g"])
    #expect(source.sharing(20) == ["item by PyDict_Next"])
    #expect(source.sharing(21) == ["item by PyDict_GetItemRef"])
    #expect(source.sharing(22) == ["attribute by PyObject_GetOptionalAttr"])
  }

  @Test func fieldsOfModuleState() throws {
    let source = try ReferenceSource(
      """
      typedef struct { PyObject *cache; } state;
      static PyObject *f(PyObject *m, PyObject *o) {
        state *s = (state *)PyModule_GetState(m);
        here(1, s->cache);
        s->cache = Py_NewRef(o);
        return NULL;
      }
      static PyMethodDef methods[] = {{"f", f, METH_O}, {0}};
      static struct PyModuleDef def = {
        PyModuleDef_HEAD_INIT, .m_name = "m", .m_size = sizeof(state), .m_methods = methods};
      PyMODINIT_FUNC PyInit_m(void) { return PyModuleDef_Init(&def); }
      """)
    #expect(source.sharing(1) == ["field state.cache"])
  }

  @Test func contentOfPlainStructsIsWhatIsStoredInThem() throws {
    let source = try ReferenceSource(
      """
      struct plain { PyObject *own, *given, *never, *mixed; struct plain *next; };
      struct pair { PyObject *own, *given; };
      static void fill(struct plain *p, PyObject *o) {
        p->own = PyList_New(0);
        p->given = o;
        p->mixed = PyList_New(0);
      }
      static void use(struct plain *p) {
        here(1, p->own); here(2, p->given); here(3, p->never); here(4, p->mixed);
      }
      static PyObject *f(PyObject *m, PyObject *o) {
        struct plain p = {0};
        fill(&p, o);
        use(&p);
        if (PyList_Check(o)) p.mixed = o;
        struct pair local; local.own = PyTuple_New(0); local.given = m;
        here(5, local.own); here(6, local.given);
        return NULL;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2, 3) == ["isolated", "passed by f", "unknown"])
    #expect(source.sharing(4) == ["passed by f"])
    #expect(source.sharing(5, 6) == ["immutable", "argument of f"])
  }
}
