// Words are cut by strtok in a helper; its position is one for the whole process.
#include <Python.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 64

static int split_words(char *text, const char **words) {
  int count = 0;
  char *word = strtok(text, " \t\n");  // expect: libc-not-thread-safe
  while (word != NULL && count < MAX_WORDS) {
    words[count++] = word;
    word = strtok(NULL, " \t\n");
  }
  return count;
}

static PyObject *split(PyObject *module, PyObject *argument) {
  const char *text = PyUnicode_AsUTF8(argument);
  if (text == NULL) {
    return NULL;
  }
  char *copy = strdup(text);
  if (copy == NULL) {
    return PyErr_NoMemory();
  }
  const char *words[MAX_WORDS];
  int count = split_words(copy, words);
  PyObject *result = PyTuple_New(count);
  for (int i = 0; result != NULL && i < count; i++) {
    PyObject *word = PyUnicode_FromString(words[i]);
    if (word == NULL) {
      Py_CLEAR(result);
    } else {
      PyTuple_SET_ITEM(result, i, word);
    }
  }
  free(copy);
  return result;
}

static PyMethodDef methods[] = {
    {"split", split, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "libc_not_thread_safe_helper_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}
