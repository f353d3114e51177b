typedef struct {
  PyObject_HEAD
} Marker;

static PyTypeObject Marker_Type = {  // expect: static-type-mutated
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "markers.Marker",
    .tp_basicsize = sizeof(Marker),
};

static inline PyTypeObject *marker_type(void) {
  if (Marker_Type.tp_flags == 0) {
    Marker_Type.tp_flags = Py_TPFLAGS_DEFAULT;
    Marker_Type.tp_doc = "A mark.";
    if (PyType_Ready(&Marker_Type) < 0) {
      return NULL;
    }
  }
  return &Marker_Type;
}
