import Findings
import Testing

/// What each rule says, and how bad it finds it.
@Suite struct StaticStateSeverityTests {
  @Test func filledOnFirstUse() throws {
    let found = try StateFindings(
      """
      #include <dlfcn.h>
      static PyObject *object, *name, *one, *empty; static void *symbol; static const char *text;
      static int number = -1, flag; extern int compute(void); extern void work(void);
      PyObject *f(void) {
        if (!object) object = PyDict_New();
        if (!name) name = PyUnicode_InternFromString("x");
        if (!one) one = PyLong_FromLong(1);
        if (!empty) empty = PyTuple_New(0);
        if (!symbol) symbol = dlsym(NULL, "x");
        if (!text) text = "abc";
        if (number < 0) number = compute();
        if (!flag) { work(); flag = 1; }
        return object;
      }
      int use(void) { return number; }
      """, called: "f use")
    #expect(found.mark("object") == "lazy-initialised-static high high")
    #expect(try found["object"].message.contains("one of the two is lost or leaked"))
    #expect(found.mark("name") == "lazy-initialised-static low high")
    #expect(try found["name"].message.contains("an interned string is immortal without the GIL"))
    #expect(try found["name"].remediation.contains("relaxed atomics"))
    #expect(found.mark("one") == "lazy-initialised-static low high")
    #expect(try found["one"].message.contains("the same immortal object"))
    #expect(try found["empty"].severity == .low)
    #expect(try found["symbol"].severity == .low)
    #expect(try found["symbol"].message.contains("which 'dlsym' gives to each"))
    #expect(try found["text"].severity == .low)
    #expect(try found["text"].message.contains("both store the same constant"))
    #expect(found.mark("number") == "lazy-initialised-static medium high")
    #expect(try found["number"].message.contains("the last one wins"))
    #expect(found.mark("flag") == "lazy-initialised-static medium high")
    #expect(try found["flag"].message.contains("what should happen once happens twice"))
  }

  @Test func oneValueThatIsNotImmortalMakesItHigh() throws {
    let found = try StateFindings(
      """
      static PyObject *mixed;
      PyObject *f(int n) {
        if (!mixed) mixed = n ? PyUnicode_InternFromString("x") : PyUnicode_FromString("y");
        return mixed;
      }
      """, called: "f")
    #expect(try found["mixed"].severity == .high)
  }

  @Test func testedWithoutTheLock() throws {
    let text = """
      static PyMutex mu; static PyObject *made;
      PyObject *f(void) {
        if (!made) { PyMutex_Lock(&mu); if (!made) made = VALUE; PyMutex_Unlock(&mu); }
        return made;
      }
      """
    let found = try StateFindings(text.replacing("VALUE", with: "PyDict_New()"), called: "f")
    #expect(found.mark("made") == "double-checked-locking medium high")
    #expect(try found["made"].message.contains("filled by 'f' under 'mu'"))
    let same = try StateFindings(
      text.replacing("VALUE", with: "PyUnicode_InternFromString(\"x\")"), called: "f")
    #expect(try same["made"].severity == .low)
  }

  @Test func numbers() throws {
    let found = try StateFindings(
      """
      static int counter, id_, index_, same, setting; static int table[8];
      void f(int n) { counter++; index_ = n; same = 1; setting = n; }
      int g(void) { return ++id_ + table[index_] + same + setting; }
      """, called: "f g")
    #expect(found.mark("counter") == "unsynchronised-static-scalar medium high")
    #expect(try found["counter"].message.contains("Changes of two threads at once get lost."))
    #expect(found.mark("id_") == "unsynchronised-static-scalar high high")
    #expect(try found["id_"].message.contains("Two threads can get the same number."))
    #expect(found.mark("index_") == "unsynchronised-static-scalar high high")
    #expect(try found["index_"].message.contains("used as a subscript"))
    #expect(found.mark("same") == "unsynchronised-static-scalar low high")
    #expect(try found["same"].message.contains("stores the same value"))
    #expect(found.mark("setting") == "unsynchronised-static-scalar medium high")
    #expect(try found["setting"].message.contains("set at run time by 'f' and read by 'g'"))
  }

  @Test func objectsAndTables() throws {
    let found = try StateFindings(
      """
      static PyObject *hook, *choice; static char *buffer; static int table[8];
      void set(PyObject *o, char *b, int i) {
        Py_XSETREF(hook, Py_NewRef(o));
        choice = i ? Py_True : Py_False;
        free(buffer); buffer = b;
        table[i] = i;
      }
      int get(int i) { return (hook != choice) + buffer[i] + table[i]; }
      """, called: "set get")
    #expect(found.mark("hook") == "mutable-static-object critical high")
    #expect(try found["hook"].message.contains("two that replace it can both drop it"))
    #expect(found.mark("choice") == "mutable-static-object low high")
    #expect(try found["choice"].message.contains("always to what never dies"))
    #expect(found.mark("buffer") == "mutable-static-table critical high")
    #expect(try found["buffer"].message.contains("is freed while another thread may still use it"))
    #expect(found.mark("table") == "mutable-static-table high high")
    #expect(try found["table"].message.contains("changed at run time by 'set' and read by 'get'"))
  }

  @Test func patternsOfTheirOwn() throws {
    let found = try StateFindings(
      """
      #include <stdlib.h>
      typedef struct node { struct node *next; } node;
      static node *head; static PyThreadState *saved; static int busy; static PyObject *context;
      static PyThread_type_lock lock; static PyTypeObject late = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.L"};
      static PyTypeObject patched = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.P"};
      extern void work(void);
      node *take(void) { node *n = head; if (n) head = n->next; return n; }
      void give(node *n) { n->next = head; head = n; }
      void leave(void) { saved = PyEval_SaveThread(); }
      void enter(void) { PyEval_RestoreThread(saved); }
      int once(void) { if (busy) return -1; busy = 1; work(); busy = 0; return 0; }
      static int compare(const void *a, const void *b) { return PyObject_IsTrue(context); }
      void sort(int *items, PyObject *o) { context = o; qsort(items, 4, 4, compare); }
      void locked(void) { if (!lock) lock = PyThread_allocate_lock(); PyThread_acquire_lock(lock, 1); PyThread_release_lock(lock); }
      PyObject *type(void) { PyType_Ready(&late); patched.tp_doc = "x"; return (PyObject *)&late; }
      const char *text(int n) { static char out[20]; out[0] = n; return out; }
      int scratch(int n) { static char tmp[20]; tmp[0] = n; return tmp[0] + tmp[1]; }
      """, called: "take give leave enter once sort locked type text scratch")
    #expect(found.mark("head") == "static-freelist critical high")
    #expect(try found["head"].message.contains("'take' and 'give' put in and take out"))
    #expect(found.mark("saved") == "static-thread-state critical high")
    #expect(found.mark("busy") == "home-made-lock critical high")
    #expect(found.mark("context") == "smuggled-callback-context critical high")
    #expect(try found["context"].message.contains("what 'sort' is working on"))
    #expect(found.mark("lock") == "lazily-created-lock high high")
    #expect(found.mark("late") == "static-type-mutated high high")
    #expect(try found["late"].message.contains("is readied at run time by 'type'"))
    #expect(try found["patched"].message.contains("is changed at run time by 'type'"))
    #expect(found.mark("out") == "returned-static-storage high high")
    #expect(found.mark("tmp") == "static-scratch-buffer critical high")
  }

  @Test func containersAndHandles() throws {
    let found = try StateFindings(
      """
      #include <dirent.h>
      #include <vector>
      static DIR *handle; static std::vector<int> all;
      int f(int n) { all.push_back(n); return readdir(handle) != nullptr; }
      int size() { return (int)all.size(); }
      PyMODINIT_FUNC PyInit_m(void) { handle = opendir("."); return NULL; }
      """, isCxx: true, called: "f size")
    #expect(found.mark("all") == "static-container critical high")
    #expect(found.mark("handle") == "shared-library-handle high low")
    #expect(try found["handle"].message.contains("'f' give it to 'readdir' and others"))
  }

  @Test func magicStatics() throws {
    let found = try StateFindings(
      """
      PyObject *f() {
        static PyObject *made = PyImport_ImportModule("a");
        return made;
      }
      """, isCxx: true)
    #expect(found.all.map(\.rule) == ["magic-static-deadlock"])
    let finding = try found["made"]
    #expect(finding.severity == .high && finding.confidence == .high)
    #expect(finding.function == "f" && finding.line == 3)
    #expect(
      finding.message
        == "The static 'made' of 'f' is constructed on first use, and that calls "
        + "'PyImport_ImportModule', which can run Python code. Other threads in 'f' wait for it attached."
    )
    #expect(finding.related.map(\.role) == [.call])
  }
}
