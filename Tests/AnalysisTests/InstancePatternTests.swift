import Testing

@testable import Analysis

/// How accesses to fields of one object endanger each other.
@Suite struct InstancePatternTests {
  private let begin = "Py_BEGIN_CRITICAL_SECTION(self);"
  private let end = "Py_END_CRITICAL_SECTION();"

  private func hazards(
    _ members: String, _ methods: KeyValuePairs<String, String>, before: String = "",
    functions: String = "", slots: String = "", isCxx: Bool = false
  ) throws -> [String] {
    try InstanceSource(
      members: members, methods, before: before, functions: functions, slots: slots, isCxx: isCxx
    ).hazards
  }

  // MARK: Memory and handles

  @Test func closeWhileUsed() throws {
    let before = "struct lib; extern void lib_close(struct lib *); extern int lib_n(struct lib *);"
    let use = "return PyLong_FromLong(lib_n(self->h));"
    try expectEqual(
      hazards(
        "struct lib *h;", ["end": "lib_close(self->h); self->h = NULL;", "use": use],
        before: before), ["closeWhileUsed h: end, use"])
    try expectEqual(
      hazards(
        "struct lib *h;",
        [
          "end": "\(begin) lib_close(self->h); self->h = NULL; \(end)",
          "use": "long n; \(begin) n = lib_n(self->h); \(end) return PyLong_FromLong(n);",
        ], before: before), [])
  }

  @Test func resizableBuffer() throws {
    let grow = "self->data = (char *)realloc(self->data, 9); self->size = 9;"
    let get = "return PyLong_FromLong(self->data[self->size - 1]);"
    try expectEqual(
      hazards("char *data; long size;", ["grow": grow, "get": get]),
      ["resizableBuffer data, size: grow, get"])
    try expectEqual(
      hazards("char *data; long size;", ["grow": "\(begin) \(grow) \(end)", "get": get]),
      ["resizableBuffer data, size: grow, get"])
    try expectEqual(
      hazards("char *data; long size;", ["get": "self->data[0] = 1;"]),
      ["unsynchronised data: get, get"])
  }

  @Test func containersThatMove() throws {
    try expectEqual(
      hazards(
        "std::vector<int> v;",
        ["add": "self->v.push_back(1);", "get": "return PyLong_FromLong(self->v.size());"],
        before: "#include <vector>", isCxx: true), ["resizableBuffer v: add, get"])
  }

  @Test func arrayOfObjects() throws {
    let get = "return Py_NewRef(self->items[0]);"
    try expectEqual(
      hazards(
        "PyObject **items;", ["set": "self->items[0] = Py_NewRef(a);", "get": get]),
      ["arrayOfObjects items: set, get"])
    try expectEqual(
      hazards("PyObject *items[4];", ["set": "self->items[0] = Py_NewRef(a);", "get": get]),
      ["arrayOfObjects items: set, get"])
  }

  // MARK: Slots

  @Test func iterator() throws {
    try expectEqual(
      hazards(
        "long at;", [:],
        functions: "static PyObject *next(Obj *self) { return PyLong_FromLong(self->at++); }",
        slots: "{Py_tp_iternext, (void *)next},"), ["iterator at: next, next"])
  }

  @Test func exportCounter() throws {
    try expectEqual(
      hazards(
        "int exports; char data[4];",
        ["shrink": "if (self->exports) return NULL;"],
        functions: """
          static int take(Obj *self, Py_buffer *b, int f) {
            self->exports++;
            return PyBuffer_FillInfo(b, (PyObject *)self, self->data, 4, 0, f);
          }
          static void give(Obj *self, Py_buffer *b) { self->exports--; }
          """,
        slots: "{Py_bf_getbuffer, (void *)take}, {Py_bf_releasebuffer, (void *)give},"),
      ["exportCounter exports: take, shrink"])
  }

  @Test func reinitialisation() throws {
    try expectEqual(
      hazards(
        "long n;", ["get": "return PyLong_FromLong(self->n);"],
        functions: """
          static int init(Obj *self, PyObject *a, PyObject *k) {
            self->n = PyTuple_GET_SIZE(a);
            return 0;
          }
          """, slots: "{Py_tp_init, (void *)init},"), ["reinitialisation n: init, get"])
  }

  // MARK: Tests

  @Test func busyFlag() throws {
    try expectEqual(
      hazards(
        "int busy;",
        ["run": "if (self->busy) return NULL; self->busy = 1; PyObject_Str(a); self->busy = 0;"]),
      ["busyFlag busy: run, run"])
  }

  @Test func lazilyCached() throws {
    try expectEqual(
      hazards(
        "char *text;", ["get": "if (!self->text) self->text = (char *)malloc(9);"]),
      ["lazilyCached text: get, get"])
    try expectEqual(
      hazards(
        "Py_hash_t hash;",
        ["get": "if (self->hash == -1) self->hash = PyObject_Hash(a);"]),
      ["lazilyCached hash: get, get"])
    try expectEqual(
      hazards(
        "int ready; long value;",
        ["get": "if (!self->ready) { self->value = PyObject_Size(a); self->ready = 1; }"]),
      ["lazilyCached ready, value: get, get"])
    // Both looks are in the section.
    try expectEqual(
      hazards(
        "char *text;",
        ["get": "\(begin) if (!self->text) self->text = (char *)malloc(9); \(end)"]), [])
  }

  @Test func lazilyCachedReference() throws {
    try expectEqual(
      hazards(
        "PyObject *text;", ["get": "if (!self->text) self->text = PyObject_Str(a);"]),
      ["lazilyCached text: get, get"])
    try expectEqual(hazards("PyObject *text;", ["set": "self->text = Py_NewRef(a);"]), [])
  }

  @Test func checkThenAct() throws {
    try expectEqual(
      hazards(
        "long left;",
        ["take": "if (self->left > 5) self->left = self->left - PyObject_Size(a);"]),
      ["checkThenAct left: take, take"])
    // What another field says of it is a test too, where both are of one group.
    try expectEqual(
      hazards(
        "long left; int mode;",
        [
          "take": """
          if (self->mode == 2) { self->left = PyObject_Size(a); self->mode = 3; }
          """
        ]), ["checkThenAct mode, left: take, take"])
  }

  @Test func testsElsewhereSayNothing() throws {
    try expectEqual(
      hazards(
        "long left;",
        ["set": "self->left = PyObject_Size(a);", "get": "if (self->left > 5) return NULL;"]),
      ["unsynchronised left: set, get"])
  }

  // MARK: Others

  @Test func unsynchronised() throws {
    try expectEqual(
      hazards("long n;", ["hit": "self->n++;", "get": "return PyLong_FromLong(self->n);"]),
      ["unsynchronised n statistic: hit, get"])
    try expectEqual(
      hazards("long n;", ["hit": "self->n++; if (self->n > 9) PyObject_Str(a);"]),
      ["unsynchronised n: hit, hit"])
    try expectEqual(
      hazards("long n;", ["one": "self->n = 1;", "two": "self->n = 2;"]),
      ["unsynchronised n: one, two"])
  }

  @Test func oneFindingForOneGroup() throws {
    try expectEqual(
      hazards(
        "long x, y, z;",
        ["move": "self->x += 2; self->y += 3;", "turn": "self->z = PyObject_Size(a);"]),
      ["unsynchronised x, y: move, move", "unsynchronised z: turn, turn"])
  }

  @Test func atomicsOnBothSides() throws {
    let add = "__atomic_fetch_add(&self->n, 1, 5);"
    try expectEqual(
      hazards(
        "long n;", ["add": add, "get": "return PyLong_FromLong(__atomic_load_n(&self->n, 5));"]), []
    )
    try expectEqual(
      hazards("long n;", ["add": add, "get": "return PyLong_FromLong(self->n);"]),
      ["unsynchronised n: add, get"])
  }

  @Test func differentLocks() throws {
    try expectEqual(
      hazards(
        "long n; PyMutex lock;",
        [
          "set": "\(begin) self->n = PyObject_Size(a); \(end)",
          "put": "PyMutex_Lock(&self->lock); self->n = 2; PyMutex_Unlock(&self->lock);",
        ]), ["unsynchronised n: set, put"])
  }

  // MARK: Split tests

  @Test func splitInOneFunction() throws {
    try expectEqual(
      hazards(
        "long left;",
        [
          "take": """
          long seen; \(begin) seen = self->left; \(end)
          if (seen > 3) { \(begin) self->left = seen - 1; \(end) }
          """
        ]), ["checkThenAct left split: take, take"])
    try expectEqual(
      hazards(
        "long left;",
        ["take": "\(begin) if (self->left > 3) self->left = self->left - 1; \(end)"]), [])
  }

  @Test func splitOverHelpers() throws {
    let functions = """
      static long seen(Obj *self) { long n; \(begin) n = self->left; \(end) return n; }
      static void put(Obj *self, long n) { \(begin) self->left = n; \(end) }
      """
    try expectEqual(
      hazards(
        "long left;", ["take": "if (seen(self) > 3) put(self, 2);"], functions: functions),
      ["checkThenAct left split: put, seen"])
    try expectEqual(
      hazards(
        "long left;", ["take": "\(begin) if (seen(self) > 3) put(self, 2); \(end)"],
        functions: functions), [])
  }
}
