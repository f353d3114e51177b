import Findings
import Repair
import Testing

struct HelperRepairTests {
  private static let subcache = """
    static PyObject *cache;
    static PyObject *
    subcache(PyObject *d, PyObject *key)
    {
        PyObject *sub = PyDict_GetItem(d, key);
        if (sub == NULL) {
            int status;
            sub = PyDict_New();
            if (sub == NULL)
                return NULL;
            status = PyDict_SetItem(d, key, sub);
            Py_DECREF(sub);
            if (status < 0)
                return NULL;
        }
        return sub;
    }
    static PyObject *
    twice(PyObject *self, PyObject *arg)
    {
        PyObject *sub = subcache(self, arg);
        if (sub == NULL)
            return NULL;
        if (arg != Py_None)
            sub = subcache(sub, arg);
        return sub;
    }
    static PyObject *
    f(PyObject *self, PyObject *arg)
    {
        PyObject *sub = twice(cache, arg);
        if (sub == NULL)
            return NULL;
        PyObject *made = PyObject_CallMethod(sub, "copy", NULL);
        if (made == NULL)
            return NULL;
        return made;
    }
    """

  @Test func callersChangeTogether() throws {
    let repaired = try Repaired(Self.subcache, methods: ["f"])
    print(repaired.text, repaired.refusals, repaired.findings.map { ($0.rule, $0.function ?? "", $0.line) })
  }
}
