import Testing

@testable import Analysis

/// What the parameters of entry points are.
@Suite struct ReferenceConventionTests {
  @Test func methodsOfAllFlags() throws {
    let source = try ReferenceSource(
      """
      static PyObject *a(PyObject *s, PyTypeObject *c, PyObject *const *v, Py_ssize_t n, PyObject *k) {
        here(1, c); here(2, v); here(3, v[0]); here(4, k);
        return NULL;
      }
      static PyObject *b(PyObject *s, PyObject *args) { here(5, args); return NULL; }
      static PyObject *c(PyObject *s, PyObject *args) { here(6, args); return NULL; }
      static PyObject *d(PyObject *s, PyObject *o) { here(7, o); return NULL; }
      static PyMethodDef methods[] = {
        {"a", (PyCFunction)(void *)a, METH_METHOD | METH_FASTCALL | METH_KEYWORDS},
        {"b", b, METH_VARARGS | METH_CLASS},
        {.ml_name = "c", .ml_meth = c, .ml_flags = METH_VARARGS | METH_STATIC},
        {"d", d, METH_O | METH_COEXIST},
        {0}};
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m", .m_methods = methods};
      PyMODINIT_FUNC PyInit_m(void) { return PyModule_Create(&def); }
      """)
    #expect(source.sharing(1, 2) == ["argument of a", "isolated"])
    #expect(source.sharing(3, 4) == ["argument of a", "isolated"])
    #expect(source.sharing(5, 6, 7) == ["isolated", "isolated", "argument of d"])
  }

  @Test func settersAndSlots() throws {
    let source = try ReferenceSource(
      """
      typedef struct { PyObject_HEAD int n; } Thing;
      static int set(PyObject *self, PyObject *value, void *closure) { here(1, value); return 0; }
      static PyObject *subscript(PyObject *self, PyObject *key) { here(2, key); return NULL; }
      static PyObject *compare(PyObject *self, PyObject *other, int op) { here(3, other); return NULL; }
      static PyObject *vector(
        PyObject *self, PyObject *const *args, size_t n, PyObject *names
      ) {
        here(4, args[0]); here(5, names);
        return NULL;
      }
      static PyGetSetDef getset[] = {{"x", NULL, set}, {0}};
      static PyMappingMethods mapping = {.mp_subscript = subscript};
      static PyTypeObject ThingType = {
        PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.Thing", .tp_basicsize = sizeof(Thing),
        .tp_getset = getset, .tp_as_mapping = &mapping, .tp_richcompare = compare,
        .tp_vectorcall = vector,
      };
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m"};
      PyMODINIT_FUNC PyInit_m(void) {
        PyObject *m = PyModule_Create(&def);
        PyModule_AddType(m, &ThingType);
        return m;
      }
      """)
    #expect(
      source.sharing(1, 2, 3) == [
        "argument of set", "argument of subscript", "argument of compare",
      ])
    #expect(source.sharing(4, 5) == ["argument of vector", "isolated"])
  }

  @Test func typesMadeFromSlots() throws {
    let source = try ReferenceSource(
      """
      typedef struct { PyObject_HEAD PyObject *list; } Thing;
      static int init(PyObject *self, PyObject *args, PyObject *kwargs) {
        here(1, args); here(2, kwargs); here(3, self); here(4, PyTuple_GET_ITEM(args, 0));
        return 0;
      }
      static PyType_Slot slots[] = {{Py_tp_init, init}, {0}};
      static PyType_Spec spec = {"m.Thing", sizeof(Thing), 0, Py_TPFLAGS_DEFAULT, slots};
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m"};
      PyMODINIT_FUNC PyInit_m(void) {
        PyObject *m = PyModule_Create(&def);
        PyModule_AddObjectRef(m, "Thing", PyType_FromSpec(&spec));
        return m;
      }
      """)
    #expect(
      source.sharing(1, 2, 3, 4) == [
        "isolated", "isolated", "argument of init", "argument of init",
      ])
  }

  @Test func methodsThatTheirOwnPackageCallsToo() throws {
    let source = try ReferenceSource(
      """
      static PyObject *f(PyObject *m, PyObject *args, PyObject *kwargs) {
        here(1, kwargs); here(2, args);
        return NULL;
      }
      static PyObject *g(PyObject *m, PyObject *o) {
        return f(m, PyTuple_New(0), o);
      }
      """, methods: "f:KEYWORDS g:O")
    #expect(source.sharing(1, 2) == ["passed by g", "immutable"])
  }

  @Test func oneFunctionForTwoConventions() throws {
    let source = try ReferenceSource(
      """
      static PyObject *f(PyObject *self, PyObject *o) { here(1, o); return NULL; }
      static PyMethodDef methods[] = {{"f", f, METH_VARARGS}, {0}};
      typedef struct { PyObject_HEAD int n; } Thing;
      static PyMappingMethods mapping = {.mp_subscript = f};
      static PyTypeObject ThingType = {
        PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.Thing", .tp_basicsize = sizeof(Thing),
        .tp_as_mapping = &mapping,
      };
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m", .m_methods = methods};
      PyMODINIT_FUNC PyInit_m(void) {
        PyObject *m = PyModule_Create(&def);
        PyModule_AddType(m, &ThingType);
        return m;
      }
      """)
    #expect(source.sharing(1) == ["argument of f"])
  }
}
