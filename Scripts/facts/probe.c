/* Read by check-prelude after the prelude: every macro that the prelude redefines, as a value, and
   where sources do so, assigned to and with its address taken. Suits C and C++. */

int ftaudit_probe_begins;
struct holder { PyObject *field; PyObject_HEAD };
typedef struct { PyObject_HEAD int x; } thing;
typedef struct { PyObject_VAR_HEAD int x; } vthing;
static PyMutex mutex;
Py_hash_t tuple_hash(PyTupleObject *t) { return t->ob_hash; }
static PyObject *global;
static PyModuleDef definition = { PyModuleDef_HEAD_INIT, "m", NULL, 0, NULL, NULL, NULL, NULL, NULL };
void probe(PyObject *o, PyTupleObject *t, const PyObject *co, struct holder *h, thing *p, vthing *vp) {
  PyObject *v, **a; Py_ssize_t n; void *m; char *c; int k;
  v = PyList_GET_ITEM(o, 0); PyList_GET_ITEM(o, 1) = v; a = &PyList_GET_ITEM(o, 0);
  v = PyTuple_GET_ITEM(t, 0); PyTuple_GET_ITEM(o, 1) = v; a = &PyTuple_GET_ITEM(o, 0);
  v = PySequence_Fast_GET_ITEM(o, 0); v = PySequence_Fast_GET_ITEM(PyList_GET_ITEM(o, 0), 1);
  v = PyStructSequence_GET_ITEM(o, 0); PyStructSequence_SET_ITEM(o, 0, v);
  a = PySequence_Fast_ITEMS(o); n = PySequence_Fast_GET_SIZE(o); v = PySequence_ITEM(o, 0);
  Py_INCREF(PyTuple_GET_ITEM(o, 0)); Py_CLEAR(PyTuple_GET_ITEM(o, 0));
  n = PyList_GET_SIZE(o); n = PyTuple_GET_SIZE(t); n = PyDict_GET_SIZE(o); n = PySet_GET_SIZE(o);
  n = PyBytes_GET_SIZE(o); n = PyByteArray_GET_SIZE(o); n = PyUnicode_GET_LENGTH(o);
  c = PyBytes_AS_STRING(o); c = PyByteArray_AS_STRING(o); m = PyUnicode_DATA(o); k = (int)PyUnicode_KIND(o);
  PyList_SET_ITEM(o, 0, v); PyTuple_SET_ITEM(o, 0, (PyObject *)t);
  v = PyCell_GET(o); PyCell_SET(o, v);
  v = PyFunction_GET_CODE(o); v = PyFunction_GET_GLOBALS(o); v = PyFunction_GET_MODULE(o);
  v = PyFunction_GET_DEFAULTS(o); v = PyFunction_GET_KW_DEFAULTS(o); v = PyFunction_GET_CLOSURE(o);
  v = PyFunction_GET_ANNOTATIONS(o); v = PyMethod_GET_FUNCTION(o); v = PyMethod_GET_SELF(o);
  v = PyInstanceMethod_GET_FUNCTION(o); v = PyCFunction_GET_SELF(o); v = PyWeakref_GET_OBJECT(o);
  v = PyMemoryView_GET_BASE(o); m = PyMemoryView_GET_BUFFER(o); (void)PyFloat_AS_DOUBLE(o);
  v = PyDateTime_DATE_GET_TZINFO(o); v = PyDateTime_TIME_GET_TZINFO(o); PyDateTime_IMPORT;
  Py_CLEAR(global); Py_CLEAR(h->field); Py_CLEAR(p); Py_SETREF(h->field, o); Py_XSETREF(p, (thing *)o);
  if (n) Py_CLEAR(v); else Py_XSETREF(v, o);
  n = Py_REFCNT(o); n = Py_SIZE(t); (void)Py_TYPE(o)->tp_name; Py_SET_SIZE(t, 1); k = Py_IS_TYPE(o, &PyList_Type);
  Py_SET_TYPE(o, &PyList_Type); Py_SET_REFCNT(o, 1);
  v = Py_NewRef(t); v = Py_XNewRef(o); n = PyVectorcall_NARGS(3);
  m = PyMem_MALLOC(3); m = PyMem_REALLOC(m, 4); PyMem_FREE(m); PyMem_Del(p); PyMem_DEL(p);
  m = PyObject_MALLOC(3); m = PyObject_REALLOC(m, 4); PyObject_FREE(m); PyObject_Del(o); PyObject_DEL(p);
  p = PyMem_New(thing, 3); p = PyMem_NEW(thing, n); PyMem_Resize(p, thing, 4); PyMem_RESIZE(p, thing, n);
  p = PyObject_New(thing, &PyList_Type); p = PyObject_NEW(thing, &PyList_Type); p = PyObject_GC_New(thing, &PyList_Type);
  vp = PyObject_NewVar(vthing, &PyList_Type, 3); vp = PyObject_NEW_VAR(vthing, &PyList_Type, n);
  vp = PyObject_GC_NewVar(vthing, &PyList_Type, 2); vp = PyObject_GC_Resize(vthing, vp, 3);
  v = PyModule_Create(&definition); v = PyModule_FromDefAndSpec(&definition, o);
  (void)PyObject_DelAttr(o, v); (void)PyObject_DelAttrString(o, "x");
  PyMutex_Lock(&mutex); k = PyMutex_IsLocked(&mutex); PyMutex_Unlock(&mutex);
  Py_BEGIN_CRITICAL_SECTION(t); Py_INCREF(o); Py_END_CRITICAL_SECTION();
  Py_BEGIN_CRITICAL_SECTION2(o, t); Py_BEGIN_CRITICAL_SECTION_MUTEX(&mutex); Py_END_CRITICAL_SECTION(); Py_END_CRITICAL_SECTION2();
  Py_BEGIN_CRITICAL_SECTION2_MUTEX(&mutex, &mutex); Py_END_CRITICAL_SECTION2();
  Py_BEGIN_ALLOW_THREADS Py_BLOCK_THREADS Py_UNBLOCK_THREADS Py_END_ALLOW_THREADS
  (void)a; (void)c; (void)k; (void)m; (void)co;
}
static PyModuleDef_Slot slots[] = { {Py_mod_gil, Py_MOD_GIL_NOT_USED}, {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED}, {0, NULL} };
static PyMemberDef members[] = { {"x", Py_T_INT, 0, Py_READONLY, NULL}, {NULL, 0, 0, 0, NULL} };
freefunc release = PyObject_Del;
void *use[] = { slots, members };
#if PY_VERSION_HEX >= 0x030F0000
static PyObject *exec_function;
PyABIInfo_VAR(abi);
static PySlot entries[] = { PySlot_PTR(Py_mod_abi, &abi), PySlot_PTR(Py_mod_exec, &exec_function), PySlot_PTR_STATIC(Py_mod_name, (void *)"m"), PySlot_END };
#ifndef __cplusplus
static PySlot more[] = { PySlot_DATA(Py_mod_abi, &abi), PySlot_STATIC_DATA(Py_mod_name, "m"), PySlot_SIZE(Py_mod_state_size, 3), PySlot_FUNC(Py_tp_new, probe), PySlot_END };
#endif
PyMODEXPORT_FUNC PyModExport_m(void) { return entries; }
#endif
int trash(PyObject *self) { Py_TRASHCAN_BEGIN(self, trash) Py_CLEAR(global); Py_TRASHCAN_END return 0; }
PyMODINIT_FUNC PyInit_m(void) { PyObject *m = PyModule_Create(&definition); PyUnstable_Module_SetGIL(m, Py_MOD_GIL_NOT_USED); return PyModuleDef_Init(&definition); }
