// C++: the elements of a class of the package are put into the domain of objects.
#include <Python.h>
#include <new>

namespace {

struct Complex {
  double real, imaginary;
};

class Matrix {
 public:
  explicit Matrix(std::size_t size)
      : size_(size),
        // expect: allocator-domain
        cells_(static_cast<Complex *>(PyObject_Calloc(size * size, sizeof(Complex)))) {
    if (cells_ == nullptr) {
      throw std::bad_alloc();
    }
  }
  ~Matrix() { PyObject_Free(cells_); }
  Matrix(const Matrix &) = delete;

  void set(std::size_t row, std::size_t column, double real) {
    cells_[row * size_ + column].real = real;
  }
  double trace() const {
    double sum = 0;
    for (std::size_t i = 0; i < size_; i++) {
      sum += cells_[i * size_ + i].real;
    }
    return sum;
  }

 private:
  std::size_t size_;
  Complex *cells_;
};

}  // namespace

static PyObject *trace(PyObject *, PyObject *number) {
  long size = PyLong_AsLong(number);
  if (size < 1 || size > 100) {
    PyErr_SetString(PyExc_ValueError, "1 to 100");
    return nullptr;
  }
  try {
    Matrix matrix(static_cast<std::size_t>(size));
    for (long i = 0; i < size; i++) {
      matrix.set(i, i, 1.5);
    }
    return PyFloat_FromDouble(matrix.trace());
  } catch (const std::bad_alloc &) {
    return PyErr_NoMemory();
  }
}

static PyMethodDef methods[] = {
    {"trace", trace, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "allocator_domain_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_allocator_domain_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
