import ProgramModel
import Testing

@testable import Analysis

/// Which hazard a state is.
@Suite struct StatePatternTests {
  private func pattern(
    _ name: String, _ text: String, isCxx: Bool = false
  ) throws -> StatePattern? {
    try StateSource("#include <Python.h>\n" + text, isCxx: isCxx).pattern(name)
  }

  @Test func filledOnFirstUse() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyObject *object, *by_helper, *by_out, *compared, *inverted; static int number = -1, never; static long at_two;
      static void set(PyObject **p) { *p = PyDict_New(); }
      static void fill(PyObject **p) { if (*p == NULL) *p = PyList_New(0); }
      static void make(void) { at_two = 7; }
      PyObject *f(int n) {
        if (object == NULL) object = PyDict_New();
        if (!by_helper) set(&by_helper);
        fill(&by_out);
        if (number < 0) number = n;
        if (!at_two) make();
        if (inverted) {} else inverted = PyDict_New();
        if (n) never = n;
        return object;
      }
      PyObject *g(void) { if (NULL != compared) return compared; compared = PyDict_New(); return compared; }
      int use(void) { return number + never; }
      """)
    for name in ["object", "by_helper", "by_out", "number", "at_two", "compared", "inverted"] {
      #expect(source.pattern(name) == .lazyInitialised, "\(name)")
    }
    #expect(source.pattern("never") == .scalar)
    // The test and the store are shown.
    let hazard = try #require(try source.report("object").hazard)
    #expect(source.text(hazard.write, "object") == "write object in f")
    #expect(source.text(hazard.other, "object") == "read object in f")
    #expect(hazard.stored == [.newReference("PyDict_New")])
  }

  @Test func testedWithoutTheLock() throws {
    #expect(
      try pattern(
        "made",
        """
        static PyMutex mu; static PyObject *made;
        PyObject *f(void) {
          if (!made) { PyMutex_Lock(&mu); if (!made) made = PyDict_New(); PyMutex_Unlock(&mu); }
          return made;
        }
        """) == .doubleChecked)
    // Without the second test it is a plain first use.
    #expect(
      try pattern(
        "made",
        """
        static PyMutex mu; static PyObject *made;
        PyObject *f(void) {
          if (!made) { PyMutex_Lock(&mu); made = PyDict_New(); PyMutex_Unlock(&mu); }
          return made;
        }
        """) == .lazyInitialised)
  }

  @Test func lockMadeOnFirstUse() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      #include <pthread.h>
      static PyThread_type_lock made, early; static pthread_mutex_t mutex; static int ready;
      void f(void) {
        if (!made) made = PyThread_allocate_lock();
        PyThread_acquire_lock(made, 1); PyThread_release_lock(made);
        PyThread_acquire_lock(early, 1); PyThread_release_lock(early);
        if (!ready) { pthread_mutex_init(&mutex, NULL); ready = 1; }
      }
      void PyInit_m(void) { early = PyThread_allocate_lock(); }
      """)
    #expect(source.pattern("made") == .lazyLock)
    #expect(source.words("early") == ["lock"])
    #expect(source.pattern("mutex") == .lazyLock)
    #expect(try source.report("ready").companionOf == source.report("mutex").id)
    #expect(try source.report("mutex").hazard?.companions == [source.report("ready").id])
  }

  @Test func objectThatIsReplaced() throws {
    #expect(
      try pattern(
        "hook",
        """
        static PyObject *hook;
        void set(PyObject *o) { PyObject *old = hook; hook = Py_NewRef(o); Py_XDECREF(old); }
        PyObject *get(void) { return Py_XNewRef(hook); }
        """) == .mutableObject)
    #expect(
      try StateSource(
        """
        #include <Python.h>
        static PyObject *hook;
        void set(PyObject *o) { Py_XSETREF(hook, Py_NewRef(o)); }
        """
      ).report("hook").hazard?.releasesOld == true)
    // Set on first use, but taken back at run time: no cache.
    #expect(
      try pattern(
        "cache",
        """
        static PyObject *cache;
        PyObject *get(void) { if (!cache) cache = PyDict_New(); return cache; }
        void clear(void) { Py_CLEAR(cache); }
        """) == .mutableObject)
  }

  @Test func numbersAndFlags() throws {
    let source = try StateSource(
      """
      static int flag, counter, id_, index_; static double ratio; static int table[8]; static long kept;
      void set(int n) { flag = n; ratio = n; counter++; }
      int next(void) { return ++id_; }
      int draw(void) { long old = kept; kept = old + 1; return (int)old; }
      int get(void) { index_ = flag; return table[index_] + (int)ratio; }
      """)
    for name in ["flag", "counter", "id_", "index_", "ratio", "kept"] {
      #expect(source.pattern(name) == .scalar, "\(name)")
    }
    func hazard(_ name: String) throws -> StateHazard {
      try #require(try source.report(name).hazard)
    }
    #expect(try !hazard("flag").isUsedAsIndex && !hazard("flag").isValueUsed)
    #expect(try hazard("counter").write.kind == .modify && !hazard("counter").isValueUsed)
    #expect(try hazard("id_").isValueUsed)
    #expect(try hazard("kept").isValueUsed)
    #expect(try hazard("index_").isUsedAsIndex)
  }

  @Test func workingStorage() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      #include <string.h>
      static char helper_buf[20]; static struct { int a, b; } scratch; static char *grown; static size_t size;
      extern void use(const char *); extern int prepare(void);
      PyObject *f(int n) { static char buf[20]; snprintf(buf, 20, "%d", n); return PyUnicode_FromString(buf); }
      static void show(void) { use(helper_buf); }
      int g(void) { strcpy(helper_buf, "x"); show(); return helper_buf[1]; }
      int h(int n) { scratch.a = n; scratch.b = n; return scratch.a * scratch.b; }
      void k(size_t n) { if (n > size) { grown = realloc(grown, n); size = n; } grown[0] = 'x'; use(grown); }
      """)
    #expect(source.pattern("buf") == .scratchBuffer)
    #expect(source.pattern("helper_buf") == .scratchBuffer)
    #expect(source.pattern("scratch") == .scratchBuffer)
    #expect(source.pattern("grown") == .scratchBuffer)
    #expect(try source.report("size").companionOf == source.report("grown").id)
  }

  @Test func storageThatIsHandedOut() throws {
    let source = try StateSource(
      """
      #include <stdio.h>
      struct date { int y, m; };
      const char *f(int n) { static char text[20]; snprintf(text, 20, "%d", n); return text; }
      struct date *g(int n) { static struct date d; d.y = n; return &d; }
      static char second[20];
      static void fill(int n) { second[0] = n; }
      char *h(int n) { fill(n); return second + 1; }
      void into(int n, const char **out) { static char given[20]; given[0] = n; *out = given; }
      """)
    #expect(source.pattern("text") == .returnedStorage)
    #expect(source.pattern("d") == .returnedStorage)
    #expect(source.pattern("second") == .returnedStorage)
    #expect(source.pattern("given") == .returnedStorage)
  }

  @Test func tablesAndPointers() throws {
    let source = try StateSource(
      """
      static int table[8]; static const char *name; static int (*hook)(int);
      void set(int i, const char *n, int (*h)(int)) { table[i] = i; name = n; hook = h; }
      int get(int i) { return table[i] + name[0] + hook(i); }
      """)
    #expect(source.pattern("table") == .mutableTable)
    #expect(source.pattern("name") == .mutableTable)
    #expect(source.pattern("hook") == .mutableTable)
  }

  @Test func staticTypes() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyTypeObject late = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.L"};
      static PyTypeObject patched = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.P"};
      static PyTypeObject early = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.E"};
      PyObject *f(void) { if (PyType_Ready(&late) < 0) return NULL; return (PyObject *)&late; }
      void g(void) { patched.tp_flags |= Py_TPFLAGS_BASETYPE; }
      PyMODINIT_FUNC PyInit_m(void) { early.tp_base = &PyDict_Type; PyType_Ready(&early); return NULL; }
      """)
    #expect(source.pattern("late") == .staticType)
    #expect(source.pattern("patched") == .staticType)
    #expect(source.words("early") == ["descriptor"])
  }

  @Test func handlesOfLibraries() throws {
    let source = try StateSource(
      """
      #include <dirent.h>
      #include <iconv.h>
      #include <stdio.h>
      static DIR *handle; static iconv_t converter; static FILE *file;
      void PyInit_m(void) { handle = opendir("."); converter = iconv_open("a", "b"); file = fopen("x", "r"); }
      int f(void) { fgetc(file); return readdir(handle) != 0; }
      void h(void) { rewinddir(handle); }
      void g(char *s, size_t n) { iconv(converter, &s, &n, &s, &n); }
      """)
    #expect(source.pattern("handle") == .libraryHandle)
    #expect(try source.report("handle").hazard?.write.isUncertain == true)
    #expect(source.pattern("converter") == .libraryHandle)
    // Streams of the C library lock by themselves.
    #expect(try source.report("file").hazard == nil)
  }

  @Test func listsForReuse() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      typedef struct node { struct node *next; } node;
      static node *head; static int held;
      node *take(void) { node *n = head; if (n) { head = n->next; held--; } return n; }
      void give(node *n) { n->next = head; head = n; held++; }
      typedef struct { PyObject_HEAD } Obj;
      static Obj *pool[10]; static int used;
      static PyObject *new_(PyTypeObject *t, PyObject *a, PyObject *k) { if (used > 0) return (PyObject *)pool[--used]; return NULL; }
      static void dealloc(PyObject *o) { if (used < 10) pool[used++] = (Obj *)o; }
      static PyTypeObject T = {PyVarObject_HEAD_INIT(NULL, 0) .tp_new = new_, .tp_dealloc = dealloc};
      """)
    #expect(source.pattern("head") == .freelist)
    #expect(try source.report("held").companionOf == source.report("head").id)
    #expect(source.pattern("pool") == .freelist)
    #expect(try source.report("used").companionOf == source.report("pool").id)
    #expect(try source.report("pool").hazard?.companions == [source.report("used").id])
  }

  @Test func containers() throws {
    let source = try StateSource(
      """
      #include <stdlib.h>
      typedef struct node { struct node *next; int k; } node;
      static node *list; static int *array; static int count, room;
      static struct { int *items; int n; } vector;
      void add(int k) { node *n = malloc(sizeof *n); n->k = k; n->next = list; list = n; }
      int find(int k) { for (node *n = list; n; n = n->next) if (n->k == k) return 1; return 0; }
      void push(int k) { if (count == room) { room += 8; array = realloc(array, room * 4); } array[count++] = k; }
      int at(int i) { return i < count ? array[i] : 0; }
      void put(int k) { vector.items[vector.n++] = k; }
      int look(void) { return vector.items[0]; }
      """)
    #expect(source.pattern("list") == .container)
    #expect(source.pattern("array") == .container)
    #expect(try source.report("count").companionOf == source.report("array").id)
    #expect(try source.report("room").companionOf == source.report("array").id)
    #expect(source.pattern("vector") == .container)
    #expect(
      try pattern(
        "names",
        """
        #include <string>
        #include <unordered_map>
        static std::unordered_map<int, std::string> names;
        void put(int k) { names[k] = "x"; }
        bool has(int k) { return names.count(k) != 0; }
        """, isCxx: true) == .container)
  }

  @Test func contextOfACallback() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      #include <stdlib.h>
      static PyObject *compare_; static int setting;
      static int compare(const void *a, const void *b) { PyObject_IsTrue(compare_); return 0; }
      PyObject *sort(int *items, PyObject *f) { compare_ = f; qsort(items, 4, 4, compare); return NULL; }
      """)
    #expect(source.pattern("compare_") == .callbackContext)
    #expect(try source.report("compare_").hazard?.write.site.function == source.function("sort"))
  }

  @Test func threadStates() throws {
    #expect(
      try pattern(
        "saved",
        """
        static PyThreadState *saved;
        void leave(void) { saved = PyEval_SaveThread(); }
        void enter(void) { PyEval_RestoreThread(saved); }
        """) == .threadState)
    #expect(
      try pattern(
        "gil",
        """
        static PyGILState_STATE gil;
        void enter(void) { gil = PyGILState_Ensure(); }
        void leave(void) { PyGILState_Release(gil); }
        """) == .threadState)
  }

  @Test func variablesAsLocks() throws {
    #expect(
      try pattern(
        "busy",
        """
        static int busy; extern void work(void);
        int f(void) { if (busy) return -1; busy = 1; work(); busy = 0; return 0; }
        """) == .homeMadeLock)
    #expect(
      try pattern(
        "owner",
        """
        static unsigned long owner; extern void work(void);
        int f(void) { if (owner == PyThread_get_thread_ident()) return -1; owner = PyThread_get_thread_ident(); work(); return 0; }
        """) == .homeMadeLock)
    #expect(
      try pattern(
        "locked",
        """
        static int locked;
        int enter(void) { if (locked) return 0; locked = 1; return 1; }
        void leave(void) { locked = 0; }
        """) == .homeMadeLock)
    // A flag that is set once and never taken back is a first use.
    #expect(
      try pattern(
        "done",
        """
        static int done; extern void work(void);
        void f(void) { if (!done) { work(); done = 1; } }
        """) == .lazyInitialised)
  }

  @Test func everyPatternIsTested() throws {
    // The names of this suite's answers, so that a new pattern is not forgotten.
    #expect(
      StatePattern.allCases.map(\.rawValue) == [
        "lazyInitialised", "doubleChecked", "lazyLock", "mutableObject", "scalar", "scratchBuffer",
        "returnedStorage", "mutableTable", "staticType", "libraryHandle", "freelist", "container",
        "callbackContext", "threadState", "homeMadeLock",
      ])
  }
}
