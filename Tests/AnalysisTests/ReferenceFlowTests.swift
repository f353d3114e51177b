import ProgramModel
import Testing

@testable import Analysis

/// Where the values of a function come from, point by point.
@Suite struct ReferenceFlowTests {
  @Test func aVariableIsEachValueWhereItIs() throws {
    let source = try ReferenceSource(
      """
      void f(PyObject *a, PyObject *b, int c) {
        PyObject *x = a;
        here(1, x);
        x = PyList_New(0);
        here(2, x);
        if (c) { x = b; here(3, x); } else { here(4, x); }
        here(5, x);
        x = NULL;
        here(6, x);
      }
      """)
    #expect(source.origins(1) == ["parameter a"])
    #expect(source.origins(2) == ["call PyList_New"])
    #expect(source.origins(3) == ["parameter b"])
    #expect(source.origins(4) == ["call PyList_New"])
    #expect(source.origins(5) == ["call PyList_New", "parameter b"])
    #expect(source.origins(6) == ["0"])
  }

  @Test func loopsBringValuesBack() throws {
    let source = try ReferenceSource(
      """
      void f(PyObject *a, PyObject *b, int n) {
        PyObject *x = a, *y = b;
        for (int i = 0; i < n; i++) {
          here(1, x);
          x = PyList_New(i);
          here(2, x);
        }
        here(3, x);
        x = a;
        while (n--) { PyObject *t = x; x = y; y = t; here(4, t); }
        here(5, x);
        here(6, y);
      }
      """)
    #expect(source.origins(1) == ["call PyList_New", "parameter a"])
    #expect(source.origins(2) == ["call PyList_New"])
    #expect(source.origins(3) == ["call PyList_New", "parameter a"])
    // Whichever is asked for first, a cycle of assignments leaves nothing out.
    for mark in [5, 4, 6] {
      #expect(source.origins(Int64(mark)) == ["parameter a", "parameter b"])
    }
  }

  @Test func conditionalExpressions() throws {
    let source = try ReferenceSource(
      """
      void f(PyObject *a, PyObject *b, int c) {
        PyObject *x = c ? a : PyDict_New();
        here(1, x);
        here(2, c > 3 ? x : c ? b : NULL);
        here(3, a ?: b);
      }
      """)
    #expect(source.origins(1) == ["call PyDict_New", "parameter a"])
    #expect(source.origins(2) == ["0", "call PyDict_New", "parameter a", "parameter b"])
    #expect(source.origins(3) == ["parameter a", "parameter b"])
  }

  @Test func whatCallsStoreThroughPointers() throws {
    let source = try ReferenceSource(
      """
      void fill(PyObject **o);
      void f(PyObject *args, PyObject *a, PyObject *d) {
        PyObject *x = a, *k = a, *v = a, *z = a; Py_ssize_t pos = 0;
        if (!PyArg_ParseTuple(args, "|O", &x)) return;
        here(1, x);
        while (PyDict_Next(d, &pos, &k, &v)) { here(2, k); here(3, v); }
        fill(&z);
        here(4, z);
        z = a;
        here(5, z);
      }
      """)
    // A parser leaves the default where the argument is not given.
    #expect(source.origins(1) == ["output 2 of PyArg_ParseTuple", "parameter a"])
    // 'PyDict_Next' stores whenever it says so.
    #expect(source.origins(2) == ["output 2 of PyDict_Next"])
    #expect(source.origins(3) == ["output 3 of PyDict_Next"])
    #expect(source.origins(4) == ["output 0 of fill", "parameter a"])
    #expect(source.origins(5) == ["parameter a"])
  }

  @Test func macrosThatReplaceAVariable() throws {
    let source = try ReferenceSource(
      """
      void f(PyObject *a, PyObject *b) {
        PyObject *x = a;
        Py_CLEAR(x);
        here(1, x);
        Py_XSETREF(x, b);
        here(2, x);
        Py_SETREF(x, PyList_New(0));
        here(3, x);
      }
      """)
    #expect(source.origins(1) == ["0"])
    #expect(source.origins(2) == ["parameter b"])
    #expect(source.origins(3) == ["call PyList_New"])
  }

  @Test func pointersThatAreMovedOrCastStayWhatTheyAre() throws {
    let source = try ReferenceSource(
      """
      typedef struct { PyObject_HEAD int n; } Thing;
      void f(PyObject *b, PyObject *o, PyObject *const *array, int n) {
        char *p = PyBytes_AS_STRING(b);
        p += 3;
        char *q = p + n;
        q++;
        here(1, q - 1);
        here(2, array + n);
        Thing *t = (Thing *)o;
        PyObject *back = (PyObject *)t, *alias = back;
        here(3, alias);
        here(4, n + 1);
      }
      """)
    #expect(source.origins(1) == ["call PyBytes_AS_STRING"])
    #expect(source.origins(2) == ["parameter array"])
    #expect(source.origins(3) == ["parameter o"])
  }

  @Test func anythingMayBeInAVariableWhoseAddressIsKept() throws {
    let source = try ReferenceSource(
      """
      static PyObject **kept;
      void f(PyObject *a) {
        PyObject *x = a, *y = a, *z = a;
        kept = &x;
        PyObject **inner = &y;
        *inner = NULL;
        here(1, x);
        here(2, y);
        here(3, z);
      }
      """)
    #expect(source.origins(1) == ["parameter a", "unknown"])
    #expect(source.origins(2) == ["parameter a", "unknown"])
    #expect(source.origins(3) == ["parameter a"])
  }

  @Test func memoryIsReadWhereItIs() throws {
    let source = try ReferenceSource(
      """
      typedef struct { PyObject_HEAD PyObject *list; } Thing;
      static PyObject *cache, *table[4];
      void f(Thing *self, int i) {
        PyObject *x = self->list;
        here(1, x);
        x = cache;
        here(2, x);
        here(3, table[i]);
        here(4, &self->list);
        here(5, "text");
      }
      """)
    #expect(source.origins(1) == ["load self->list"])
    #expect(source.origins(2) == ["load cache"])
    #expect(source.origins(3) == ["load table[…]"])
    #expect(source.origins(4) == ["address of self->list"])
    #expect(source.origins(5) == ["other"])
  }

  @Test func smallFunctionsThatHandBackTheirArgument() throws {
    let source = try ReferenceSource(
      """
      static PyObject *same(PyObject *o) { return o; }
      static PyObject *second(int n, PyObject *o) { return o; }
      static PyObject *twice(PyObject *o) { return same(o); }
      static PyObject *checked(PyObject *o) { return o == NULL ? o : o; }
      static PyObject *taking(PyObject *o) { Py_INCREF(o); return o; }
      static PyObject *chosen(PyObject *o, PyObject *p, int c) { return c ? o : p; }
      static PyObject *orNone(PyObject *o) { return o ? o : Py_None; }
      static PyObject *again(PyObject *o) { return again(o); }
      void f(PyObject *a, PyObject *b) {
        here(1, same(a));
        here(2, second(1, b));
        here(3, checked(a));
        here(4, taking(a));
        here(5, chosen(a, b, 1));
        here(6, orNone(a));
        here(7, again(a));
        here(8, same(PyList_New(0)));
        here(9, twice(a));
      }
      """)
    #expect(source.origins(1) == ["parameter a"])
    #expect(source.origins(2) == ["parameter b"])
    #expect(source.origins(3) == ["parameter a"])
    // That it takes a reference must not be lost.
    #expect(source.origins(4) == ["call taking"])
    #expect(source.origins(5) == ["call chosen"])
    #expect(source.origins(6) == ["call orNone"])
    #expect(source.origins(7) == ["call again"])
    #expect(source.origins(8) == ["call PyList_New"])
    // What it passes on may be more than handed back.
    #expect(source.origins(9) == ["call twice"])
  }

  @Test func waysThroughAFunction() throws {
    let source = try ReferenceSource(
      """
      void f(int c) {
        here(1);
        if (c) { here(2); } else { here(3); return; }
        here(4);
        while (c--) { here(5); here(6); }
        here(7);
      }
      """)
    #expect(source.leads(1, 4) == true)
    #expect(source.leads(4, 1) == false)
    #expect(source.leads(2, 3) == false)
    #expect(source.leads(3, 7) == false)
    #expect(source.leads(1, 4, without: 2) == false)
    #expect(source.leads(1, 4, without: 3) == true)
    #expect(source.leads(4, 7, without: 5) == true)
    // Around the loop and back, and the barrier in the same block.
    #expect(source.leads(6, 5) == true)
    #expect(source.leads(5, 5) == true)
    #expect(source.leads(5, 5, without: 6) == false)
    #expect(source.leads(6, 6, without: 5) == false)
    #expect(source.leads(5, 6, without: 5) == true)
    #expect(source.leads(1, 1) == false)
    // A barrier behind the end on the same straight way is none.
    #expect(source.leads(5, 6, without: 7) == true)
    // One can stop at the barrier itself.
    #expect(source.leads(1, 2, without: 2) == true)
  }

  @Test func usesOfAValueThroughAllItsNames() throws {
    let source = try ReferenceSource(
      """
      static PyObject *cache;
      typedef struct { PyObject_HEAD int n; } Thing;
      PyObject *f(PyObject *a, PyObject *b) {
        PyObject *x = a, *y = x;
        if (y == NULL) return NULL;
        Py_INCREF(x);
        PyList_Append(b, y);
        ((Thing *)x)->n = 3;
        cache = y;
        y = b;
        Py_DECREF(y);
        here(1, a);
        here(2, b);
        here(3, ((vectorcallfunc)x)(b, NULL, 0, NULL));
        return x;
      }
      """)
    #expect(
      source.uses(1)
        == [
          "test", "argument 0 of Py_INCREF", "argument 1 of PyList_Append", "dereference",
          "stored in cache", "callee", "returned",
        ])
    #expect(
      source.uses(2)
        == [
          "argument 0 of PyList_Append", "argument 0 of Py_DECREF", "argument 0 of a pointer",
        ])
  }
}
