// C++: every function that calls HDF5 has a guard for the mutex of the process.
#include <Python.h>
#include <mutex>

// What is used of HDF5; weak, so that the module loads without the library.
extern "C" {
typedef long hid_t;
typedef int herr_t;
#define H5F_ACC_RDONLY 0u
#define H5P_DEFAULT 0
extern __attribute__((weak)) hid_t H5Fopen(const char *name, unsigned flags, hid_t access);
extern __attribute__((weak)) herr_t H5Fclose(hid_t file);
extern __attribute__((weak)) hid_t H5Dopen2(hid_t location, const char *name, hid_t access);
extern __attribute__((weak)) herr_t H5Dclose(hid_t dataset);
}

namespace {

std::mutex library_mutex;

class File {
 public:
  explicit File(const char *path) {
    std::lock_guard<std::mutex> guard(library_mutex);
    id_ = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
  }
  ~File() {
    std::lock_guard<std::mutex> guard(library_mutex);
    if (id_ >= 0) {
      H5Fclose(id_);
    }
  }
  bool is_open() const { return id_ >= 0; }

  bool has(const char *name) const {
    std::lock_guard<std::mutex> guard(library_mutex);
    hid_t dataset = H5Dopen2(id_, name, H5P_DEFAULT);
    if (dataset < 0) {
      return false;
    }
    H5Dclose(dataset);
    return true;
  }

 private:
  hid_t id_;
};

}  // namespace

static PyObject *has_dataset(PyObject *, PyObject *args) {
  const char *path, *name;
  if (!PyArg_ParseTuple(args, "ss", &path, &name)) {
    return nullptr;
  }
  bool found = false;
  {
    File file(path);
    found = file.is_open() && file.has(name);
  }
  return PyBool_FromLong(found);
}

static PyMethodDef methods[] = {
    {"has_dataset", has_dataset, METH_VARARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "library_not_thread_safe_guard_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_library_not_thread_safe_guard_good() {
  return PyModuleDef_Init(&definition);
}
