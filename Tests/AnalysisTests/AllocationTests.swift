import Testing

@testable import Analysis

@Suite struct AllocationTests {
  @Test func localsAndHelpers() throws {
    let source = try DetachedSource(
      """
      #include <stdlib.h>
      static char *make(int n) { char *p = malloc(n); if (!p) return NULL; return p; }
      static void drop(void *p) { free(p); }
      static PyObject *f(PyObject *self, PyObject *o) {
        char *a = make(3), *b = PyMem_Malloc(4), *c = malloc(3), *d = malloc(2);
        char buffer[9], *e = buffer;
        if (o != Py_None) e = malloc(3);
        if (e != buffer) PyMem_Free(e);
        PyMem_Free(a);
        drop(b);
        drop(c);
        d = realloc(d, 7);
        free(d);
        Py_RETURN_NONE;
      }
      """, methods: ["f"])
    #expect(
      source.misuses == [
        "mismatch e by PyMem_Free in f", "mismatch a by PyMem_Free in f", "mismatch b by drop in f",
      ])
  }

  @Test func whatIsNotKnownIsNotJudged() throws {
    let source = try DetachedSource(
      """
      #include <stdlib.h>
      extern char *lib_text(void);
      static PyObject *f(PyObject *self, PyObject *o) {
        char *a = lib_text(), *b;
        free(a);
        if (o == Py_None) b = malloc(3); else b = PyMem_Malloc(3);
        if (o == Py_None) free(b); else PyMem_Free(b);
        Py_RETURN_NONE;
      }
      """, methods: ["f"])
    #expect(source.misuses.isEmpty)
  }

  @Test func fields() throws {
    let source = try DetachedSource(
      """
      #include <stdlib.h>
      #include <string.h>
      static PyObject *set(Obj *self, PyObject *o) {
        free(self->good);
        self->good = strdup("a");
        self->bad = strdup("a");
        self->open = PyUnicode_Check(o) ? malloc(3) : (char *)PyUnicode_AsUTF8(o);
        self->mixed = malloc(3);
        self->grown = PyMem_Malloc(3);
        self->grown = PyMem_Realloc(self->grown, 5);
        Py_RETURN_NONE;
      }
      static PyObject *other(Obj *self, PyObject *o) { self->mixed = PyMem_Malloc(3); Py_RETURN_NONE; }
      static PyObject *clear(Obj *self, PyObject *o) {
        free(self->good);
        PyMem_Free(self->bad);
        PyMem_Free(self->open);
        PyMem_Free(self->mixed);
        PyMem_Free(self->grown);
        Py_RETURN_NONE;
      }
      """, members: "char *good, *bad, *open, *mixed, *grown;", methods: ["set", "other", "clear"])
    #expect(
      source.misuses == [
        "mismatch bad by PyMem_Free in clear", "mismatch mixed by PyMem_Free in clear",
      ])
  }

  @Test func theHeapOfObjects() throws {
    let source = try DetachedSource(
      """
      #include <stdlib.h>
      typedef struct { int a; } Node;
      static void *node(void) { return PyObject_Malloc(sizeof(Node)); }
      static PyObject *f(PyObject *self, PyObject *type) {
        double *values = PyObject_Malloc(80);
        Node *n = node();
        Obj *o = PyObject_New(Obj, (PyTypeObject *)type);
        Obj *p = (Obj *)PyObject_Malloc(sizeof(Obj));
        char *raw = PyObject_Malloc(99);
        PyObject_Init((PyObject *)raw, (PyTypeObject *)type);
        Obj *q = malloc(sizeof(Obj));
        PyObject_Init((PyObject *)q, (PyTypeObject *)type);
        PyObject_Free(values);
        PyObject_Free(n);
        o->n = p->n;
        return (PyObject *)o;
      }
      """, methods: ["f"])
    #expect(
      source.misuses == [
        "no object n by PyObject_Malloc in node", "no object values by PyObject_Malloc in f",
        "object elsewhere q by malloc in f",
      ])
  }

  @Test func operatorsOfCxx() throws {
    let source = try DetachedSource(
      """
      #include <stdlib.h>
      static PyObject *f(PyObject *self, PyObject *o) {
        int *a = new int, *b = (int *)malloc(4), *c = new int;
        free(a);
        delete b;
        delete c;
        Py_RETURN_NONE;
      }
      """, methods: ["f"], isCxx: true)
    #expect(source.misuses == ["mismatch a by free in f", "mismatch b by operator delete in f"])
  }
}
