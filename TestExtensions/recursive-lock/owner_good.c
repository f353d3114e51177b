// The lock asks for its owner first, so the thread that has it only counts.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdatomic.h>
#include <unistd.h>

typedef struct {
  PyThread_type_lock lock;
  atomic_ulong owner;
  atomic_int depth;
} RecursiveLock;

static RecursiveLock journal_lock;

static int exec_module(PyObject *module) {
  journal_lock.lock = PyThread_allocate_lock();
  return journal_lock.lock == NULL ? -1 : 0;
}

static void acquire(RecursiveLock *lock) {
  unsigned long self = PyThread_get_thread_ident();
  if (atomic_load(&lock->owner) == self) {
    atomic_fetch_add(&lock->depth, 1);
    return;
  }
  Py_BEGIN_ALLOW_THREADS
  PyThread_acquire_lock(lock->lock, WAIT_LOCK);
  Py_END_ALLOW_THREADS
  atomic_store(&lock->owner, self);
  atomic_store(&lock->depth, 1);
}

static void release(RecursiveLock *lock) {
  if (atomic_fetch_sub(&lock->depth, 1) == 1) {
    atomic_store(&lock->owner, 0);
    PyThread_release_lock(lock->lock);
  }
}

static int write_all(int fd, const char *text, size_t size) {
  acquire(&journal_lock);
  while (size > 0) {
    ssize_t put = write(fd, text, size);
    if (put < 0) {
      break;
    }
    text += put;
    size -= (size_t)put;
  }
  release(&journal_lock);
  return size == 0 ? 0 : -1;
}

static PyObject *write_record(PyObject *module, PyObject *args) {
  int fd, failed;
  const char *text;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "is#", &fd, &text, &size)) {
    return NULL;
  }
  acquire(&journal_lock);
  failed = write_all(fd, text, (size_t)size) < 0 || write_all(fd, "\n", 1) < 0;
  release(&journal_lock);
  return failed ? PyErr_SetFromErrno(PyExc_OSError) : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"write_record", write_record, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "recursive_lock_owner_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_recursive_lock_owner_good(void) {
  return PyModuleDef_Init(&definition);
}
