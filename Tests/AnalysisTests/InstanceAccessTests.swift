import Testing

@testable import Analysis

/// How a function touches what an object has: by other names, by calls, to the end of it.
@Suite struct InstanceAccessTests {
  private func accesses(
    _ body: String, members: String = "char *data; long n;", before: String = "",
    functions: String = "", isCxx: Bool = false
  ) throws -> [String] {
    try InstanceSource(
      members: members, ["work": body], before: before, functions: functions, isCxx: isCxx
    ).accesses
  }

  @Test func otherNames() throws {
    for body in [
      "Obj *o = self; o->n = 1;", "long *p = &self->n; *p = 1;",
      "PyObject *o = (PyObject *)self; ((Obj *)o)->n = 1;",
    ] {
      try expectEqual(accesses(body), ["write n in work"], "\(body)")
    }
    try expectEqual(
      accesses("char *p = self->data; p[1] = 2; p++; *p = 3;"),
      ["read data in work", "write data[] in work", "write data[] in work"])
  }

  @Test func argumentsToHelpers() throws {
    try expectEqual(
      accesses(
        "fill(self->data); look(self->data); step(&self->n);",
        before: """
          static void fill(char *p) { p[0] = 1; }
          static char look(const char *p) { return p[0]; }
          static void step(long *n) { (*n)++; }
          """),
      [
        "read data in work", "write data[] in work by fill", "read data in work",
        "read data[] in work by look", "modify n in work by step",
      ])
  }

  @Test func argumentsToForeignFunctions() throws {
    try expectEqual(
      accesses("memcpy(self->data, self->data + 4, 4); memset(&self->n, 0, 8);"),
      [
        "read data in work", "read data in work", "write data[] in work by memcpy",
        "read data[] in work by memcpy", "write n in work by memset",
      ])
    let known = try accesses(
      "lib_use(self->h);", members: "struct lib *h; long n;",
      before: "struct lib; extern void lib_use(struct lib *);")
    #expect(known == [])
  }

  @Test func stringsAreRead() throws {
    try expectEqual(
      accesses("*self->data = 1; return PyUnicode_FromString(self->data);"),
      [
        "read data in work", "write data[] in work", "read data in work",
        "read data[] in work by PyUnicode_FromString",
      ])
  }

  // MARK: The end

  @Test func releases() throws {
    for call in ["free", "PyMem_Free", "PyObject_Free", "PyMem_RawFree"] {
      try expectEqual(
        accesses("\(call)(self->data);"), ["read data in work", "release data* in work by \(call)"])
    }
    try expectEqual(
      accesses("self->data = (char *)realloc(self->data, 8);"),
      ["read data in work", "release data* in work by realloc", "write data in work"])
  }

  @Test func releasesInHelpers() throws {
    try expectEqual(
      accesses(
        "drop(self->data); self->data = NULL;",
        before: "static void drop(void *p) { if (p) free(p); }"),
      ["read data in work", "release data* in work by drop", "write data in work"])
  }

  @Test func closesByName() throws {
    for call in ["lib_close", "lib_free", "LibDestroy", "lib_end"] {
      try expectEqual(
        accesses(
          "\(call)(self->h); self->h = NULL;", members: "struct lib *h;",
          before: "struct lib; extern void \(call)(struct lib *);"),
        ["read h in work", "close h* in work by \(call)", "write h in work"], "\(call)")
    }
    try expectEqual(
      accesses(
        "lib_send(self->h); self->h = NULL;", members: "struct lib *h;",
        before: "struct lib; extern void lib_send(struct lib *);"),
      ["read h in work", "read h[] in work by lib_send", "write h in work"])
  }

  @Test func closesByNumber() throws {
    try expectEqual(
      accesses(
        "close(self->fd);", members: "int fd;", before: "#include <unistd.h>"),
      ["read fd in work", "close fd in work by close"])
  }

  @Test func takenOutBeforeItIsReleased() throws {
    // The release is told at the exchange, under its lock.
    let taken = try accesses(
      """
      char *old;
      PyMutex_Lock(&self->lock); old = self->data; self->data = NULL; PyMutex_Unlock(&self->lock);
      free(old);
      """, members: "char *data; PyMutex lock;")
    #expect(
      taken == [
        "read data in work under self lock", "write data in work under self lock",
        "release data* in work by free under self lock",
      ])
    let late = try accesses(
      """
      PyMutex_Lock(&self->lock); char *old = self->data; PyMutex_Unlock(&self->lock);
      free(old);
      """, members: "char *data; PyMutex lock;")
    #expect(
      late == ["read data in work under self lock", "release data* in work by free"])
  }

  @Test func whatMayBeSomethingElseIsNotReleased() throws {
    let found = try accesses(
      "char *p = make(); if (!p) p = self->data; free(p); self->n = 1;",
      before: "extern char *make(void);")
    #expect(found == ["write n in work"])
  }

  @Test func releaseByAtomicCount() throws {
    let found = try accesses(
      "self->t->n = 1; unref(self->t);", members: "struct table *t;",
      before: """
        struct table { _Atomic int refs; int n; };
        static void unref(struct table *t) { if (--t->refs == 0) free(t); }
        """)
    #expect(!found.contains { $0.hasPrefix("release") })
  }

  // MARK: C++

  @Test func referencesGivenByFunctions() throws {
    let found = try accesses(
      "part(self).push_back(1);", members: "std::vector<int> v;", before: "#include <vector>",
      functions: "static std::vector<int> &part(Obj *o) { return o->v; }", isCxx: true)
    #expect(found == ["modify v in work by push_back"])
  }

  @Test func methodsOfContainers() throws {
    let found = try accesses(
      "self->v.push_back(1); return PyLong_FromLong(self->v[0] + (long)self->v.size());",
      members: "std::vector<int> v;", before: "#include <vector>", isCxx: true)
    #expect(
      found == [
        "modify v in work by push_back", "read v in work by operator[]",
        "read v in work", "read v in work by size",
      ])
  }

  @Test func deleteOfAnObjectCloses() throws {
    let found = try accesses(
      "delete self->e;", members: "Engine *e;", before: "struct Engine { int n; ~Engine() {} };",
      isCxx: true)
    #expect(found.contains("close e* in work by operator delete"))
  }

  @Test func atomics() throws {
    try expectEqual(
      accesses("__atomic_store_n(&self->n, 1, 5); self->n = 2;"),
      ["write n in work, atomic", "write n in work"])
  }
}
