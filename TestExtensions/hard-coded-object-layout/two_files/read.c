#include "mirror.h"

long object_layout_two_files_read(PyObject *object) {
  return ((struct mirror *)object)->value;
}
