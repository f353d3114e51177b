#include <Python.h>

double borrowed_from_shared_container_two_files_good_norm(PyObject *numbers) {
  double sum = 0;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(numbers); i++) {
    double number = PyFloat_AsDouble(PyList_GET_ITEM(numbers, i));
    sum += number * number;
  }
  return sum;
}
