// A face is opened with the one FT_Library of the module, which two threads must not use at once.
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

static FT_Library library;

static int exec_module(PyObject *module) {
  if (FT_Init_FreeType != NULL && FT_Init_FreeType(&library) != 0) {
    PyErr_SetString(PyExc_ImportError, "FreeType does not start");
    return -1;
  }
  return 0;
}

static PyObject *family(PyObject *module, PyObject *argument) {
  const char *path = PyUnicode_AsUTF8(argument);
  if (path == NULL) {
    return NULL;
  }
  FT_Face face;
  if (FT_New_Face(library, path, 0, &face) != 0) {  // expect: library-not-thread-safe
    PyErr_Format(PyExc_OSError, "cannot open %s", path);
    return NULL;
  }
  PyObject *result = PyUnicode_FromString(face->family_name);
  FT_Done_Face(face);
  return result;
}

static PyObject *glyphs(PyObject *module, PyObject *argument) {
  const char *path = PyUnicode_AsUTF8(argument);
  if (path == NULL) {
    return NULL;
  }
  FT_Face face;
  if (FT_New_Face(library, path, 0, &face) != 0) {
    Py_RETURN_NONE;
  }
  long count = face->num_glyphs;
  FT_Done_Face(face);
  return PyLong_FromLong(count);
}

static PyMethodDef methods[] = {
    {"family", family, METH_O, NULL},
    {"glyphs", glyphs, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "library_not_thread_safe_freetype_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_library_not_thread_safe_freetype_bad(void) {
  return PyModuleDef_Init(&definition);
}
