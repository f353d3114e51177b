import ProgramModel
import Testing

@testable import Frontend

// What a unit's model says beside functions: variables, records, symbols, gaps, headers, places.
@Suite struct UnitLoweringTests {
  // MARK: Variables

  @Test(arguments: [
    ("int x = 1;", "variable x: int (external) = 1"),
    ("int x;", "variable x: int (external)"),
    ("extern int x;", "variable x: int (declared)"),
    ("static int x = -2;", "variable x: int (file) = -2"),
    ("static const int x = 3;", "variable x: const int (file, const) = 3"),
    ("static const char *x = \"a\";", "variable x: const char * (file) = \"a\""),
    (
      "static const char *const x = \"a\";",
      "variable x: const char *const (file, const) = \"a\""
    ),
    ("static _Thread_local int x;", "variable x: int (file, thread-local)"),
    ("static __thread int x;", "variable x: int (file, thread-local)"),
    ("_Atomic int x;", "variable x: _Atomic(int) (external, atomic)"),
    ("static const int x[2] = {1, 2};", "variable x: const int[2] (file, const) = {}"),
    ("#define ZERO 0\nvoid *x = ZERO;", "variable x: void * (external) = ZERO<0>"),
    ("int y; int *x = &y;", "variable x: int * (external) = &y"),
    ("void g(void); void (*x)(void) = g;", "variable x: void (*)(void) (external) = @g"),
    ("int y[3]; int *x = y;", "variable x: int * (external) = &y"),
    (
      "struct p { int a; void *b; }; struct p x = {.b = &x};",
      "variable x: struct p (external) = {.b = &x}"
    ),
    (
      "struct p { int a; void *b; }; struct p x[] = {1, 0, [2] = {3}};",
      "variable x: struct p[3] (external) = {[0] = {.a = 1, .b = 0}, [2] = {.a = 3}}"
    ),
    (
      "struct s { int n; union { void *a; int b; }; }; struct s x = {1, {&x}};",
      "variable x: struct s (external) = {.n = 1, .a = &x}"
    ),
    (
      "struct s { int n; union { void *a; int b; }; }; struct s x = {.a = &x};",
      "variable x: struct s (external) = {.a = &x}"
    ),
    ("void f(void) { static int x = 0; }", "variable x: int (local to f) = 0"),
    ("void f(void) { extern int x; }", "variable x: int (declared)"),
  ])
  func variable(source: String, expected: String) throws {
    let model = try Lowering.model(of: source)
    #expect(model.diagnostics.isEmpty)
    let last = try #require(model.variables.last { model.name(of: $0.symbol) == "x" })
    #expect(ModelText(model).text(of: last) == expected + "\n")
  }

  @Test(arguments: [
    ("namespace a { int x; }", "variable a::x: int (external)"),
    ("namespace { int x; }", "variable (anonymous)::x: int (file)"),
    ("thread_local int x = 0;", "variable x: int (external, thread-local) = 0"),
    ("struct C { static int x; };", "variable C::x: int (member declared)"),
    ("struct C { static int x; }; int C::x = 4;", "variable C::x: int (member) = 4"),
    ("struct C { inline static int x = 0; };", "variable C::x: int (member) = 0"),
    (
      "struct C { C(); }; C x;", "variable x: C (external) = call C"
    ),
    (
      "template <typename T> struct B { static int x; }; template <typename T> int B<T>::x = 0;"
        + " int f() { return B<int>::x; }", "variable B::x: int (member) = 0"
    ),
    // Once, as what it is, and not again as a variable that something refers to.
    (
      "template <typename T> T g() { static T x; return x; } int f() { return g<int>(); }",
      "variable x: int (local to g)"
    ),
    (
      "static auto l = [] { static int x; return x; };",
      "variable (lambda at unit.cpp:1)::x: int (local to initialiser of l::lambda0)"
    ),
  ])
  func variableOfCxx(source: String, expected: String) throws {
    let model = try Lowering.model(of: source, isCxx: true)
    #expect(model.diagnostics.isEmpty)
    let last = try #require(model.variables.last { model.name(of: $0.symbol) == "x" })
    #expect(ModelText(model).text(of: last) == expected + "\n")
  }

  @Test func templateWithoutInstanceHasNoVariable() throws {
    let model = try Lowering.model(
      of: "template <typename T> struct B { static int x; };\n"
        + "template <typename T> int B<T>::x = 0;\n", isCxx: true)
    #expect(model.variables.isEmpty)
  }

  // MARK: Records and types

  @Test func recordsAndTheirAnonymousMembers() throws {
    let model = try Lowering.model(
      of: """
        typedef struct { int a; } Plain;
        struct s { int n : 3; union { int b; float c; }; struct { int d; } named; };
        """)
    let described = model.records.map { record in
      "\(model[record.name]): \(record.fields.map { model[$0.name] }.joined(separator: " "))"
    }
    #expect(described.contains("Plain: a"))
    #expect(described.contains("s: n b c named"))
    #expect(model.records.first { model[$0.name] == "s" }?.fields.first?.isBitField == true)
  }

  @Test func namesHoldNoPathOfTheMachine() throws {
    let model = try Lowering.model(
      of: """
        struct { int a; } first;
        int f() { auto add = [](int b) { return b; }; struct { int q; } second{1};
          return add(second.q); }
        """, isCxx: true)
    #expect(model.names.filter { $0.contains("/") } == [])
    let type = try #require(model.variables.first).type
    #expect(model[model[type].spelling].contains("unit.cpp:1"))
  }

  // MARK: Symbols

  @Test func keysTellFilesApart() throws {
    let source = "static int hidden; int seen; static void g(void) {} void h(void) { g(); }\n"
    let one = try Lowering.model(of: source)
    let two = try Lowering.model(
      of: "#include \"other.c\"\n", files: ["other.c": source])
    func key(_ model: UnitModel, _ name: String) -> String? {
      model.symbols.first { model[$0.name] == name }.map { model[$0.key] }
    }
    #expect(key(one, "seen") == key(two, "seen"))
    #expect(key(one, "h") == key(two, "h"))
    #expect(key(one, "hidden") != nil && key(one, "hidden") != key(two, "hidden"))
    #expect(key(one, "g") != nil && key(one, "g") != key(two, "g"))
  }

  @Test func keysTellLocalStaticsApart() throws {
    let model = try Lowering.model(
      of: "int f(void) { static int n; { static int n; n = 1; } return n; }\n"
        + "int g(void) { static int n; return n; }\n")
    let keys = model.variables.map { model[model[$0.symbol].key] }
    #expect(Set(keys).count == 3)
    #expect(model.variables.compactMap(\.function).map { model.name(of: $0) } == ["f", "f", "g"])
  }

  @Test func declarationAndDefinitionAreOneSymbol() throws {
    let model = try Lowering.model(of: "extern int n; int f(void) { return n; } int n = 1;\n")
    #expect(model.symbols.count { model[$0.name] == "n" } == 1)
    #expect(model.variables.map(\.isDefinition) == [false, true])
  }

  @Test func foreignSymbols() throws {
    let model = try Lowering.model(
      of: "#include <string.h>\nint own(void); int f(char *s) { return own() + (int)strlen(s); }\n")
    #expect(model.symbols.first { model[$0.name] == "strlen" }?.isForeign == true)
    #expect(model.symbols.first { model[$0.name] == "own" }?.isForeign == false)
  }

  // MARK: Headers and gaps

  @Test func inlineFunctionsOfHeadersAreLoweredWhereUsed() throws {
    let header = """
      static inline int deeper(int a) { return a + 1; }
      static inline int used(int a) { return deeper(a); }
      static inline int unused(int a) { return a; }
      """
    let model = try Lowering.model(
      of:
        "#include \"h.h\"\nint f(int a) { return used(a); }\nstatic int idle(void) { return 0; }\n",
      files: ["h.h": header])
    #expect(model.functions.map { model.name(of: $0.symbol) } == ["f", "idle", "used", "deeper"])
    #expect(model.files.map(\.path) == ["unit.c", "h.h"])
  }

  @Test func errorsAreGapsOfTheirFunction() throws {
    let model = try Lowering.model(
      of: "int f(void) { return missing; }\nint g(void) { return 1; }\n")
    let gaps = model.functions.map { function in function.gaps.map { model[$0.reason] } }
    #expect(gaps == [["clang: use of undeclared identifier 'missing'"], []])
    #expect(model.diagnostics.map(\.line) == [1])
    #expect(model.diagnostics.first?.path == "unit.c")
  }

  @Test func missingHeadersAreNamed() throws {
    let model = try Lowering.model(
      of: "#include \"b/no.h\"\n#include <a.h>\nint f(void) { return 1; }\n")
    #expect(model.missingHeaders == ["a.h", "b/no.h"])
    #expect(model.functions.map { model.name(of: $0.symbol) } == ["f"])
  }

  // MARK: Places in the text

  @Test func aDeclarationsStoreStandsAtItsName() throws {
    let model = try Lowering.model(
      of:
        "#define MAKE make()\nint make(void);\nint f(void) {\n  int value = MAKE;\n  return value;\n}\n"
    )
    #expect(
      ModelText(model, showsLocations: true).text(function: "f") == """
        function f()
          b0:
            %0 = call make()  ; 4:15 in MAKE
            store value = %0  ; 4:7
            return value

        """)
  }

  @Test func destructorsStandAtTheClosingBrace() throws {
    let model = try Lowering.model(
      of: "struct G { G(); ~G(); };\nvoid f() {\n  {\n    G g;\n  }\n}\n", isCxx: true)
    let text = ModelText(model, showsLocations: true).text(function: "f")
    #expect(text.contains("call G::G(&g)  ; 4:7\n"))
    #expect(text.contains("call G::~G(&g)  ; 5:3\n"))
  }

  @Test func theOutermostMacroIsNamed() throws {
    let model = try Lowering.model(
      of: "#define INNER(x) use(x)\n#define OUTER(x) INNER(x)\nvoid use(int);\n"
        + "void f(void) { OUTER(1); }\n")
    let text = ModelText(model, showsLocations: true).text(function: "f")
    #expect(text.contains("call use(1)  ; 4:16 in OUTER\n"))
  }

  // MARK: The Python API

  @Test(arguments: [
    (
      "PyObject *f(PyObject *l) { return PyList_GET_ITEM(l, 0); }",
      "%0 = call PyList_GET_ITEM(l, 0)\n    return %0"
    ),
    (
      "void f(PyObject *l, PyObject *v) { PyList_GET_ITEM(l, 0) = v; }",
      "%0 = call PyList_GET_ITEM(l, 0)\n    store *%0 = v\n    return"
    ),
    (
      "PyObject **f(PyObject *l) { return &PyList_GET_ITEM(l, 0); }",
      "%0 = call PyList_GET_ITEM(l, 0)\n    return %0"
    ),
    ("static PyObject *x;\nvoid f(void) { Py_CLEAR(x); }", "call Py_CLEAR(&@x)\n    return"),
    ("PyObject *f(void) { Py_RETURN_NONE; }", "return &@_Py_NoneStruct"),
    (
      "void f(long *out) { Py_BEGIN_ALLOW_THREADS *out = 1; Py_END_ALLOW_THREADS }",
      "%0 = call PyEval_SaveThread()\n    store _save = %0\n    store *out = 1\n"
        + "    call PyEval_RestoreThread(_save)\n    return"
    ),
  ])
  func pythonMacros(source: String, expected: String) throws {
    let text = try Lowering.text(
      of: "#include <Python.h>\n" + source, function: "f", includesPython: true)
    let body = text.split(separator: "\n", maxSplits: 2).last.map(String.init)
    #expect(body == "    \(expected)\n")
  }

  @Test func pythonTables() throws {
    let text = try Lowering.text(
      of: """
        #include <Python.h>
        static PyObject *get(PyObject *self, PyObject *none) { return self; }
        static PyMethodDef methods[] = {{"get", get, METH_NOARGS, NULL}, {NULL}};
        PyTypeObject type = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.T", .tp_methods = methods};
        static PyModuleDef_Slot slots[] = {{Py_mod_gil, Py_MOD_GIL_NOT_USED}, {0, NULL}};
        """, includesPython: true)
    #expect(
      text.contains(
        "methods: PyMethodDef[2] (file) = {[0] = {.ml_name = \"get\", .ml_meth = @get, "
          + ".ml_flags = METH_NOARGS<4>, .ml_doc = NULL<0>}, [1] = {.ml_name = NULL<0>}}"))
    #expect(text.contains(".tp_name = \"m.T\", .tp_methods = &methods}"))
    #expect(
      text.contains("[0] = {.slot = Py_mod_gil<4>, .value = Py_MOD_GIL_NOT_USED<1>}"))
  }

  // MARK: The compact form

  @Test func aRealModelSurvivesItsCompactForm() throws {
    let model = try Lowering.model(
      of: """
        struct G { G(int); ~G(); int n; };
        static int shared;
        int f(int a) {
          static G once(a);
          try { G g(a); if (a > 1) goto out; shared += g.n; } catch (int e) { return e; }
          switch (a) { case 1 ... 4: return 1; default: break; }
        out:
          auto add = [&](int b) { return a + b; };
          return add(missing);
        }
        """, isCxx: true)
    #expect(model.functions.contains { !$0.gaps.isEmpty })
    var writer = BinaryWriter()
    writer.write(model)
    var reader = BinaryReader(writer.bytes)
    let copy = try UnitModel(from: &reader)
    #expect(reader.isAtEnd)
    #expect(copy == model)
  }
}
