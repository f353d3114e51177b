import ClangKit
import Testing

/// What cursors and types say about C and C++.
@Suite struct CursorTests {
  // MARK: Visits

  private struct Broken: Error, Equatable { var at: String }

  @Test func anErrorBreaksTheVisitOffAndArrives() throws {
    let unit = try Parsing.unit("int a; int b; int c;")
    var seen: [String] = []
    let error = #expect(throws: Broken.self) {
      try unit.cursor.visitChildren { (cursor) throws(Broken) in
        seen.append(cursor.spelling)
        if cursor.spelling == "b" { throw Broken(at: "b") }
        return .next
      }
    }
    #expect(error == Broken(at: "b"))
    #expect(seen == ["a", "b"])
  }

  @Test func visitsStopAndDescend() throws {
    let unit = try Parsing.unit("struct s { int a; int b; }; int c;")
    func names(_ answer: Cursor.Visit, at wanted: String) -> [String] {
      var seen: [String] = []
      unit.cursor.visitChildren { (cursor) throws(Never) in
        seen.append(cursor.spelling)
        return cursor.spelling == wanted ? answer : .next
      }
      return seen
    }
    #expect(names(.next, at: "s") == ["s", "c"])
    #expect(names(.into, at: "s") == ["s", "a", "b", "c"])
    #expect(names(.stop, at: "s") == ["s"])
  }

  @Test func treeEqualsNestedChildren() throws {
    // A big function: 400 statements, nested.
    let body = (0..<200).map { index in
      "if (a > \(index)) { for (int i = 0; i < a; i++) t[i & 7] += f(a - i, t) ? \(index) : -a; }"
    }.joined(separator: "\n")
    let unit = try Parsing.unit("int f(int a, int *t) {\n\(body)\nreturn a;\n}")
    let root = try #require(unit.cursor.children.first)
    let tree = SyntaxTree(root)
    #expect(tree.count > 5_000)
    var differences = 0
    func compare(_ node: SyntaxTree.Node, _ cursor: Cursor) {
      let children = tree.children(node)
      let expected = cursor.children
      guard children.count == expected.count else { return differences += 1 }
      #expect(tree.lastChild(node) == children.last ?? -1)
      for (child, other) in zip(children, expected) {
        if tree.kind(child) != other.kind || tree.cursor(child).extent != other.extent {
          differences += 1
        }
        compare(child, other)
      }
    }
    compare(0, root)
    #expect(differences == 0)
  }

  @Test func treeKeepsALambdasPartsBelowIt() throws {
    let unit = try Parsing.unit(
      "int f(int a) { auto g = [a, b = a + 1](int c) { return a + b + c; }; return g(1); }",
      name: "/memory/a.cpp", arguments: ["-std=c++17"])
    let root = try #require(unit.cursor.children.first)
    let tree = SyntaxTree(root)
    #expect(tree.children(0).map { tree.kind($0) } == [.parmDecl, .compoundStmt])
    let lambda = try #require(
      (0..<SyntaxTree.Node(tree.count)).first { tree.kind($0) == .lambdaExpr })
    let kinds = tree.children(lambda).map { tree.kind($0) }
    #expect(kinds.filter { $0 == .variableRef }.count == 2)
    #expect(kinds.filter { $0 == .parmDecl }.count == 1)
    #expect(kinds.last == .compoundStmt)
  }

  // MARK: Operators and constants

  @Test(
    arguments: [
      ("a * b", .multiply), ("a / b", .divide), ("a % b", .remainder), ("a + b", .add),
      ("a - b", .subtract), ("a << b", .shiftLeft), ("a >> b", .shiftRight), ("a < b", .less),
      ("a > b", .greater), ("a <= b", .lessOrEqual), ("a >= b", .greaterOrEqual),
      ("a == b", .equal), ("a != b", .notEqual), ("a & b", .and), ("a ^ b", .xor), ("a | b", .or),
      ("a && b", .logicalAnd), ("a || b", .logicalOr), ("a = b", .assign),
      ("a *= b", .multiplyAssign),
      ("a /= b", .divideAssign), ("a %= b", .remainderAssign), ("a += b", .addAssign),
      ("a -= b", .subtractAssign), ("a <<= b", .shiftLeftAssign), ("a >>= b", .shiftRightAssign),
      ("a &= b", .andAssign), ("a ^= b", .xorAssign), ("a |= b", .orAssign), ("a, b", .comma),
    ] as [(String, BinaryOperatorKind)])
  func binaryOperators(text: String, expected: BinaryOperatorKind) throws {
    let unit = try Parsing.unit("void f(int a, int b) { \(text); }")
    let cursor = try #require(
      Parsing.all(unit.cursor).first {
        $0.kind == .binaryOperator || $0.kind == .compoundAssignOperator
      })
    #expect(cursor.binaryOperator == expected)
  }

  @Test(
    arguments: [
      ("a++", .postIncrement), ("a--", .postDecrement), ("++a", .preIncrement),
      ("--a", .preDecrement), ("&a", .addressOf), ("*p", .dereference), ("+a", .plus),
      ("-a", .minus), ("~a", .complement), ("!a", .logicalNot), ("__extension__ a", .extension),
    ] as [(String, UnaryOperatorKind)])
  func unaryOperators(text: String, expected: UnaryOperatorKind) throws {
    let unit = try Parsing.unit("void f(int a, int *p) { \(text); }")
    #expect(try Parsing.first(.unaryOperator, in: unit).unaryOperator == expected)
  }

  @Test(
    arguments: [
      ("1 + 2", 3), ("TWO", 2), ("-5", -5), ("sizeof(int)", 4), ("'a'", 97), ("1 ? 7 : 8", 7),
      ("0xFFFFFFFFFFFFFFFFull", -1), ("9223372036854775808ull", .min), ("(short)70000", 4464),
    ] as [(String, Int64)])
  func integersAreEvaluated(text: String, expected: Int64) throws {
    let unit = try Parsing.unit("enum { ONE = 1, TWO };\nunsigned long long x = \(text);")
    let initializer = try #require(Parsing.named("x", in: unit).initializer)
    #expect(initializer.integerValue == expected)
  }

  @Test func whatIsNoConstantHasNoValue() throws {
    let unit = try Parsing.unit("int g(void); void f(void) { int x = g(); double y = 1.5; }")
    #expect(try #require(Parsing.named("x", in: unit).initializer).integerValue == nil)
    #expect(try #require(Parsing.named("y", in: unit).initializer).integerValue == nil)
  }

  @Test func enumeratorsHaveValues() throws {
    let unit = try Parsing.unit("enum e { A = -3, B };")
    #expect(try Parsing.named("A", in: unit).enumConstantValue == -3)
    #expect(try Parsing.named("B", in: unit).enumConstantValue == -2)
  }

  // MARK: Storage

  @Test(
    arguments: [
      ("int x;", .none, .external, false, true), ("static int x;", .static, .internal, false, true),
      ("extern int x;", .extern, .external, false, true),
      ("_Thread_local int x;", .none, .external, true, true),
      ("static __thread int x;", .static, .internal, true, true),
      ("void f(void) { int x; }", .none, .none, false, false),
      ("void f(void) { static int x; }", .static, .none, false, true),
      ("void f(void) { static _Thread_local int x; }", .static, .none, true, true),
      ("void f(void) { register int x; }", .register, .none, false, false),
    ] as [(String, StorageClass, ClangLinkage, Bool, Bool)])
  func storage(
    text: String, storage: StorageClass, linkage: ClangLinkage, isThreadLocal: Bool, isGlobal: Bool
  ) throws {
    let unit = try Parsing.unit(text)
    let x = try Parsing.named("x", in: unit)
    #expect(x.storageClass == storage)
    #expect(x.linkage == linkage)
    #expect(x.isThreadLocal == isThreadLocal)
    #expect(x.hasGlobalStorage == isGlobal)
  }

  @Test func unnamedNamespaceIsInternal() throws {
    let unit = try Parsing.unit("namespace { int x; } thread_local int y;", name: "/memory/a.cpp")
    #expect([.internal, .uniqueExternal].contains(try Parsing.named("x", in: unit).linkage))
    #expect(try Parsing.named("y", in: unit).isThreadLocal)
  }

  // MARK: Declarations and types

  @Test func redeclarationsHaveOneCanonicalCursor() throws {
    let unit = try Parsing.unit(
      "int f(int); int f(int a) { return a; } int g(void) { return f(1); }")
    let declared = unit.cursor.children
    #expect(declared[1].canonical.identity == declared[0].canonical.identity)
    #expect(declared[0].definition?.identity == declared[1].identity)
    #expect(declared.map(\.isDefinition) == [false, true, true])
    #expect(declared[0].usr == declared[1].usr && !declared[0].usr.isEmpty)
    let call = try Parsing.first(.callExpr, in: unit)
    #expect(call.referenced?.canonical.identity == declared[0].canonical.identity)
    #expect(declared[1].parameters.map(\.spelling) == ["a"])
    #expect(declared[1].resultType.spelling == "int")
  }

  @Test func types() throws {
    let unit = try Parsing.unit(
      "typedef const char *text; text t; volatile int v; _Atomic int n; int m[3][4]; int (*p)(void);"
    )
    func type(_ name: String) throws -> ClangType { try Parsing.named(name, in: unit).type }
    #expect(try type("t").spelling == "text")
    #expect(try type("t").canonical.kind == .pointer)
    #expect(try type("t").canonical.pointee.isConst)
    #expect(try type("v").isVolatile)
    #expect(try type("n").canonical.kind == .atomic)
    #expect(try type("n").canonical.valueType.spelling == "int")
    #expect(try type("m").arraySize == 3)
    #expect(try type("m").element.arraySize == 4)
    #expect(try type("m").size == 48)
    #expect(try type("p").pointee.result.spelling == "int")
  }

  @Test func anonymousRecordsAreToldFromUnnamedOnes() throws {
    let unit = try Parsing.unit(
      "struct s { union { int a; int b : 3; }; struct { int c; } named; };")
    let records = Parsing.all(unit.cursor).filter { $0.kind.isRecord }
    #expect(records.filter(\.isAnonymousRecord).map(\.kind) == [.unionDecl])
    #expect(try Parsing.named("b", in: unit).isBitField)
    let outer = try #require(records.first)
    #expect(outer.type.fields.count >= 2)
  }

  @Test func fieldsOfAnInstantiatedTemplate() throws {
    let unit = try Parsing.unit(
      "template <typename T> struct B { T v; int n; }; B<long> b;", name: "/memory/a.cpp")
    let type = try Parsing.named("b", in: unit).type
    #expect(type.fields.map(\.spelling) == ["v", "n"])
    #expect(type.fields.first?.type.canonical.spelling == "long")
    #expect(type.declaration?.specializedTemplate?.kind == .classTemplate)
  }

  @Test func methods() throws {
    let unit = try Parsing.unit(
      "struct C { virtual int v(); static int s(); int f() { return 1; } };", name: "/memory/a.cpp")
    #expect(try Parsing.named("v", in: unit).isVirtualMethod)
    #expect(try Parsing.named("s", in: unit).isStaticMethod)
    #expect(try Parsing.named("f", in: unit).isInline)
    #expect(try Parsing.named("f", in: unit).semanticParent?.spelling == "C")
  }

  @Test func kindsOfNewerLibrariesPassThrough() {
    let kind = CursorKind(rawValue: 9_999)
    #expect(kind.rawValue == 9_999)
    #expect(!kind.isExpression && !kind.isStatement && !kind.isDeclaration)
  }
}
