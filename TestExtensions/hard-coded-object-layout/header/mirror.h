// How an object was laid out, once.
#ifndef OBJECT_LAYOUT_HEADER_H
#define OBJECT_LAYOUT_HEADER_H

struct mirror {  // expect: hard-coded-object-layout
  Py_ssize_t ob_refcnt;
  PyTypeObject *ob_type;
  long value;
};

#endif
