import Testing

@testable import Analysis

/// Which records are instances, what they own, and which part of it an access is to.
@Suite struct InstanceRecordTests {
  // MARK: Instances

  @Test func layout() throws {
    let source = try InstanceSource(
      members: "int n;", ["set": "self->n = 3;", "get": "return PyLong_FromLong(self->n);"])
    #expect(source.accesses == ["write n in set", "read n in get"])
    #expect(source.hazards == ["unsynchronised n idempotent: set, get"])
  }

  @Test func layoutWithAnotherInFront() throws {
    let source = try InstanceSource(
      members: "int n;", ["set": "self->n = 3;"],
      functions: """
        typedef struct { Obj base; long extra; } Sub;
        static PyObject *more(Sub *self, PyObject *a) {
          self->extra++;
          return PyLong_FromLong(self->base.n);
        }
        """,
      tail: """
        static PyMethodDef more_methods[] = { {"more", (PyCFunction)more, METH_O}, {0} };
        static PyType_Slot more_slots[] = { {Py_tp_methods, (void *)more_methods}, {0} };
        PyType_Spec more_spec = { "m.Sub", sizeof(Sub), 0, Py_TPFLAGS_DEFAULT, more_slots };
        """)
    #expect(source.accesses == ["modify extra in more", "read n in more", "write n in set"])
  }

  @Test func plainRecordsAreNone() throws {
    let source = try InstanceSource(
      members: "int n;", ["work": "struct counts *c = find(); c->hits = 1;"],
      before: "struct counts { int hits; }; extern struct counts *find(void);")
    #expect(source.accesses == [])
  }

  @Test func typeDataAndCapsules() throws {
    for call in [
      "PyObject_GetTypeData((PyObject *)self, Py_TYPE(self))", "PyCapsule_GetPointer(a, \"x\")",
    ] {
      let source = try InstanceSource(
        members: "int n;", ["count": "struct extra *e = (struct extra *)\(call); e->hits++;"],
        before: "struct extra { int hits; };")
      #expect(source.accesses == ["modify hits in count"], "\(call)")
    }
  }

  @Test func boundClasses() throws {
    let source = try InstanceSource(
      members: "int n;",
      before: """
        namespace pybind11 { struct module_ {}; template <typename T> struct class_ {
          class_(module_ &, const char *) {}
          template <typename F> class_ &def(const char *, F);
        }; }
        struct Meter { long total; void add(long n) { total += n; } };
        void bind(pybind11::module_ &m) {
          pybind11::class_<Meter>(m, "Meter").def("add", &Meter::add);
        }
        """, isCxx: true)
    #expect(source.accesses == ["modify total in add"])
  }

  // MARK: Owners

  @Test func recordsOwnedByAField() throws {
    let body = ["inside": "self->in.used = 1;", "behind": "self->out->used = 2;"]
    let records = "struct in { int used; }; struct out { int used; };"
    let source = try InstanceSource(
      members: "struct in in; struct out *out;",
      ["inside": body["inside"] ?? "", "behind": body["behind"] ?? ""], before: records)
    #expect(
      source.accesses
        == ["write in.used in inside", "read out in behind", "write out.used in behind"])
  }

  @Test func recordsReachedByTheirOwnPointer() throws {
    let source = try InstanceSource(
      members: "struct table *table;", ["put": "put_one(self->table);"],
      before: """
        struct table { long used; };
        static void put_one(struct table *t) { t->used++; }
        """)
    #expect(source.accesses == ["modify table.used in put_one", "read table in put"].sorted())
  }

  @Test func ownersOfOwners() throws {
    let source = try InstanceSource(
      members: "struct outer *o;", ["put": "self->o->in.n = 2;"],
      before: "struct inner { int n; }; struct outer { struct inner in; };")
    #expect(source.accesses == ["read o in put", "write o.n in put"])
  }

  @Test func recordsOfSeveralOwnersAreTheirsThatPassThem() throws {
    let source = try InstanceSource(
      members: "struct table *one; struct table *two;", ["put": "put_one(self->one);"],
      before: """
        struct table { long used; };
        static void put_one(struct table *t) { t->used++; }
        """)
    #expect(source.accesses == ["read one in put", "modify one[] in put by put_one"])
  }

  // MARK: Parts

  @Test func partsOfWhatAFieldHolds() throws {
    let source = try InstanceSource(
      members: "char *data; int grid[4]; struct table *t;",
      [
        "value": "self->data = NULL;", "element": "*self->data = 2;",
        "inside": "self->grid[1] = 2;", "member": "self->t->used = 1;",
        "elements": "*self->t->slots = 3;", "all": "free(self->data);",
      ], before: "struct table { long used; int *slots; };")
    // By field, in the order in which functions name them.
    #expect(
      source.accesses == [
        "read t in member", "write t.used in member", "read t in elements",
        "read t.slots in elements", "write t.slots[] in elements", "write data in value",
        "read data in element", "write data[] in element", "read data in all",
        "release data* in all by free", "write grid[] in inside",
      ])
  }

  @Test func storesToElementsReadNone() throws {
    let source = try InstanceSource(members: "char *data;", ["set": "self->data[1] = 2;"])
    #expect(source.accesses == ["read data in set", "write data[] in set"])
  }

  @Test func overlaps() {
    let one = InstancePart.member(record: "t", name: "one")
    let two = InstancePart.member(record: "t", name: "two")
    #expect(one.overlaps(one))
    #expect(!one.overlaps(two))
    #expect(InstancePart.all.overlaps(one))
    #expect(one.overlaps(.all))
    #expect(!InstancePart.all.overlaps(.value))
    #expect(!InstancePart.value.overlaps(.elements(member: "")))
    #expect(!InstancePart.elements(member: "one").overlaps(one))
    #expect(InstancePart.all.overlaps(.elements(member: "one")))
  }

  @Test func fieldsThatNothingWritesHaveNoAccesses() throws {
    let source = try InstanceSource(
      members: "int n; int m;", ["get": "return PyLong_FromLong(self->n);", "set": "self->m = 1;"])
    #expect(source.accesses == ["write m in set"])
  }

  @Test func locksAndAtomicsAreNoValues() throws {
    let source = try InstanceSource(
      members: "_Atomic int hits; PyMutex lock; int n;",
      ["set": "self->hits++; PyMutex_Lock(&self->lock); self->n = 1; PyMutex_Unlock(&self->lock);"]
    )
    #expect(source.accesses == ["write n in set under self lock"])
  }
}
