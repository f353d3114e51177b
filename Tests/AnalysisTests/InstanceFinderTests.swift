import Testing

@testable import Analysis

/// Second objects, exposed members, own reference counts, and keys that are tested and put.
@Suite struct InstanceFinderTests {
  private let begin = "Py_BEGIN_CRITICAL_SECTION(self);"
  private let end = "Py_END_CRITICAL_SECTION();"

  // MARK: Second objects

  @Test func secondObject() throws {
    let set = "\(begin) self->n = PyObject_Size(a); \(end)"
    let one = try InstanceSource(
      members: "long n;",
      ["set": set, "merge": "Obj *o = (Obj *)a; \(begin) self->n += o->n; \(end)"])
    #expect(one.secondObjects == ["n in merge"])
    #expect(one.hazards == [])
    let both = try InstanceSource(
      members: "long n;",
      [
        "set": set,
        "merge": """
        Obj *o = (Obj *)a;
        Py_BEGIN_CRITICAL_SECTION2(self, a); self->n += o->n; Py_END_CRITICAL_SECTION2();
        """,
      ])
    #expect(both.secondObjects == [])
    // Without any lock in that function, it is a plain race.
    let none = try InstanceSource(
      members: "long n;", ["set": set, "merge": "Obj *o = (Obj *)a; self->n += o->n;"])
    #expect(none.secondObjects == [])
    #expect(none.hazards == ["unsynchronised n: set, merge"])
  }

  // MARK: Exposed members

  private func exposed(
    _ entry: String, _ body: String, members: String
  ) throws -> [String] {
    try InstanceSource(
      members: members, ["work": body], before: "#include <structmember.h>",
      functions: "static PyMemberDef table[] = { {\"x\", \(entry)}, {0} };",
      slots: "{Py_tp_members, (void *)table},"
    ).exposedMembers
  }

  @Test func exposedMembers() throws {
    let swap = "PyObject *t = self->name; self->name = Py_NewRef(a); Py_XDECREF(t);"
    let name = "PyObject *name; PyMutex lock;"
    let object = "T_OBJECT_EX, offsetof(Obj, name), READONLY"
    try expectEqual(exposed(object, swap, members: name), ["object name read-only: write in work"])
    try expectEqual(exposed(object, "\(begin) \(swap) \(end)", members: name), [])
    try expectEqual(
      exposed(
        object, "PyMutex_Lock(&self->lock); \(swap) PyMutex_Unlock(&self->lock);", members: name),
      ["object name read-only: write in work"])
  }

  @Test func exposedScalars() throws {
    let get = "return PyLong_FromLong(self->n);"
    try expectEqual(
      exposed("T_INT, offsetof(Obj, n), 0", get, members: "int n;"), ["scalar n: read in work"])
    try expectEqual(exposed("T_INT, offsetof(Obj, n), READONLY", get, members: "int n;"), [])
    try expectEqual(
      exposed("T_INT, offsetof(Obj, n), 0", "self->n = 3;", members: "int n;"),
      ["scalar n: write in work"])
  }

  @Test func exposedStrings() throws {
    try expectEqual(
      exposed(
        "T_STRING, offsetof(Obj, text), READONLY", "free(self->text); self->text = strdup(\"x\");",
        members: "char *text;"), ["string text read-only: write in work"])
  }

  // MARK: Reference counts

  private func counts(
    _ field: String, _ drop: String, isCxx: Bool = false, take: String = "n->refs++;"
  ) throws -> [String] {
    try InstanceSource(
      members: "struct node *node; PyMutex lock;",
      ["keep": "take(self->node);", "let": "drop(self->node);"],
      before: """
        struct node { \(field) refs; int value; };
        static PyMutex all;
        static void take(struct node *n) { \(take) }
        static void drop(struct node *n) { \(drop) }
        """, isCxx: isCxx
    ).referenceCounts
  }

  @Test func ownReferenceCount() throws {
    try expectEqual(counts("int", "if (--n->refs == 0) free(n);"), ["node.refs: drop, take"])
    try expectEqual(
      counts("int", "n->refs--; if (n->refs <= 0) { n->value = 0; free(n); }"),
      ["node.refs: drop, take"])
    try expectEqual(
      counts("int", "if (--n->refs == 0) delete n;", isCxx: true), ["node.refs: drop, take"])
  }

  @Test func noReferenceCount() throws {
    let free = "if (--n->refs == 0) free(n);"
    try expectEqual(counts("_Atomic int", free), [])
    try expectEqual(counts("int", free, take: "n->refs = 1;"), [])
    try expectEqual(counts("int", "if (--n->refs == 0) n->value = 1;"), [])
    try expectEqual(counts("int", "PyMutex_Lock(&all); \(free) PyMutex_Unlock(&all);"), [])
  }

  @Test func reportedCountsAreNoHazards() throws {
    let source = try InstanceSource(
      members: "struct node *node;",
      ["keep": "self->node->refs++;", "let": "if (--self->node->refs == 0) free(self->node);"],
      before: "struct node { int refs; };")
    #expect(source.referenceCounts == ["node.refs: let, keep"])
    #expect(!source.hazards.contains { $0.hasPrefix("unsynchronised") })
  }

  // MARK: Containers

  private func checks(
    _ body: String, before: String = "", functions: String = ""
  ) throws -> [String] {
    try InstanceSource(
      members: "PyObject *map;", ["work": body],
      before: "static PyObject *known; \(before)", functions: functions
    ).containerChecks
  }

  @Test func testedAndPut() throws {
    try expectEqual(
      checks("if (!PyDict_Contains(self->map, a)) PyDict_SetItem(self->map, a, a);"),
      ["PyDict_Contains, PyDict_SetItem in work"])
    try expectEqual(
      checks("if (!PyDict_GetItemWithError(known, a)) PyDict_SetItem(known, a, a);"),
      ["PyDict_GetItemWithError, PyDict_SetItem in work"])
  }

  @Test func notTestedAndPut() throws {
    for body in [
      "PyObject *d = PyDict_New(); if (!PyDict_Contains(d, a)) PyDict_SetItem(d, a, a);",
      "if (!PyDict_Contains(known, a)) PyDict_SetItem(known, Py_None, a);",
      "if (!PyDict_Contains(known, a)) PyDict_SetItem(self->map, a, a);",
      "PyDict_SetItem(known, a, a); PyDict_Contains(known, a);",
      "PyDict_Contains(known, a); PyDict_SetDefault(known, a, a);",
    ] {
      try expectEqual(checks(body), [], "\(body)")
    }
    try expectEqual(
      checks(
        """
        Py_BEGIN_CRITICAL_SECTION(self->map);
        if (!PyDict_Contains(self->map, a)) PyDict_SetItem(self->map, a, a);
        Py_END_CRITICAL_SECTION();
        """), [])
  }

  @Test func halvesInHelpers() throws {
    let functions = """
      static int has(Obj *o, PyObject *k) { return PyDict_Contains(o->map, k); }
      static void put(Obj *o, PyObject *k) { PyDict_SetItem(o->map, k, k); }
      """
    try expectEqual(
      checks("if (!has(self, a)) put(self, a);", functions: functions),
      ["PyDict_Contains, PyDict_SetItem in work"])
    try expectEqual(
      checks("\(begin) if (!has(self, a)) put(self, a); \(end)", functions: functions), [])
  }
}
