// The handle is used under a critical section on its object, on which no Python code runs.
#include <Python.h>

// What is used of FreeType; weak, so that the module loads without the library.
typedef int FT_Error;
typedef struct FT_LibraryRec_ *FT_Library;
typedef struct FT_FaceRec_ {
  long num_faces, face_index, face_flags, style_flags, num_glyphs;
  char *family_name, *style_name;
} *FT_Face;
extern __attribute__((weak)) FT_Error FT_Init_FreeType(FT_Library *library);
extern __attribute__((weak)) FT_Error FT_New_Face(FT_Library library, const char *path, long index,
                                                  FT_Face *face);
extern __attribute__((weak)) FT_Error FT_Done_Face(FT_Face face);
extern __attribute__((weak)) FT_Error FT_Load_Glyph(FT_Face face, unsigned glyph, int flags);
extern __attribute__((weak)) FT_Error FT_Set_Pixel_Sizes(FT_Face face, unsigned width,
                                                         unsigned height);

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif
#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex library_lock;
static FT_Library library;

typedef struct {
  PyObject_HEAD
  FT_Face face;
} Font;

static void font_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  Font *self = (Font *)op;
  if (self->face != NULL) {
    PyMutex_Lock(&library_lock);
    FT_Done_Face(self->face);
    PyMutex_Unlock(&library_lock);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *font_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *path;
  if (!PyArg_ParseTuple(args, "s", &path)) {
    return NULL;
  }
  Font *self = (Font *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  PyMutex_Lock(&library_lock);
  FT_Error error = FT_New_Face(library, path, 0, &self->face);
  PyMutex_Unlock(&library_lock);
  if (error != 0) {
    self->face = NULL;
    Py_DECREF(self);
    PyErr_Format(PyExc_OSError, "cannot open %s", path);
    return NULL;
  }
  return (PyObject *)self;
}

static PyObject *font_load(PyObject *op, PyObject *args) {
  Font *self = (Font *)op;
  unsigned glyph;
  if (!PyArg_ParseTuple(args, "I", &glyph)) {
    return NULL;
  }
  FT_Error error;
  Py_BEGIN_CRITICAL_SECTION(op);
  error = FT_Set_Pixel_Sizes(self->face, 0, 12);
  if (error == 0) {
    error = FT_Load_Glyph(self->face, glyph, 0);
  }
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLong(error);
}

static PyMethodDef font_methods[] = {
    {"load", font_load, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot font_slots[] = {
    {Py_tp_new, font_new},
    {Py_tp_dealloc, font_dealloc},
    {Py_tp_methods, font_methods},
    {0, NULL},
};

static PyType_Spec font_spec = {
    .name = "section_good.Font",
    .basicsize = sizeof(Font),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = font_slots,
};

static int exec_both(PyObject *module) {
  if (FT_Init_FreeType != NULL && FT_Init_FreeType(&library) != 0) {
    PyErr_SetString(PyExc_ImportError, "FreeType does not start");
    return -1;
  }
  PyObject *type = PyType_FromSpec(&font_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_both},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "library_not_thread_safe_section_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_library_not_thread_safe_section_good(void) {
  return PyModuleDef_Init(&definition);
}
