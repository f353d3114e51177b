typedef struct {
  PyObject_HEAD
  double value;
} Cell;

extern Cell *two_files_free[16];
extern int two_files_free_count;

void two_files_dealloc(PyObject *self);
