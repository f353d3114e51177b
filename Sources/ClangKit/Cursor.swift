internal import CLibclang

/// A range of bytes of a file, at which a cursor stands after macro expansion.
package struct Extent: Hashable, Sendable {
  /// nil for what has no file, such as builtins.
  package var file: SourceFile?
  package var start: Int
  package var end: Int
  /// The cursor begins inside a macro's expansion; the range is that of the outermost macro use.
  package var isInMacro: Bool

  package init(file: SourceFile?, start: Int, end: Int, isInMacro: Bool) {
    self.file = file
    self.start = start
    self.end = end
    self.isInMacro = isInMacro
  }
}

/// A node of clang's syntax tree. It holds its unit.
package struct Cursor {
  // libclang's cursor in parts: modules that do not see its type could otherwise copy a cursor
  // only by asking the runtime how.
  private let kindCode: UInt32
  private let extra: Int32
  private let data: (UInt, UInt, UInt)
  /// The unit that it belongs to.
  package let unit: TranslationUnit

  var raw: CXCursor {
    CXCursor(
      kind: CXCursorKind(rawValue: kindCode), xdata: extra,
      data: (
        UnsafeRawPointer(bitPattern: data.0), UnsafeRawPointer(bitPattern: data.1),
        UnsafeRawPointer(bitPattern: data.2)
      ))
  }

  private var functions: FTClangFunctions { unit.functions }

  init(_ raw: CXCursor, _ unit: TranslationUnit) {
    kindCode = raw.kind.rawValue
    extra = raw.xdata
    data = (
      UInt(bitPattern: raw.data.0), UInt(bitPattern: raw.data.1), UInt(bitPattern: raw.data.2)
    )
    self.unit = unit
  }

  /// nil for libclang's null cursor.
  init?(valid raw: CXCursor, _ unit: TranslationUnit) {
    guard unit.functions.clang_Cursor_isNull(raw) == 0, raw.kind.rawValue != 70 else { return nil }
    self.init(raw, unit)
  }

  package var kind: CursorKind { CursorKind(rawValue: kindCode) }
  /// Equal for equal declarations of one unit, as long as the unit lives.
  package var identity: UInt { data.0 }
  package var spelling: String { unit.library.take(functions.clang_getCursorSpelling(raw)) }
  /// clang's name for the entity over all units; empty for what has none.
  package var usr: String { unit.library.take(functions.clang_getCursorUSR(raw)) }
  package var type: ClangType { ClangType(functions.clang_getCursorType(raw), unit) }
  /// What a function returns.
  package var resultType: ClangType { ClangType(functions.clang_getCursorResultType(raw), unit) }
  /// The declaration that a reference refers to.
  package var referenced: Cursor? { Cursor(valid: functions.clang_getCursorReferenced(raw), unit) }
  package var definition: Cursor? { Cursor(valid: functions.clang_getCursorDefinition(raw), unit) }
  /// The first declaration of the same entity.
  package var canonical: Cursor { Cursor(functions.clang_getCanonicalCursor(raw), unit) }
  package var semanticParent: Cursor? {
    Cursor(valid: functions.clang_getCursorSemanticParent(raw), unit)
  }
  package var isDefinition: Bool { functions.clang_isCursorDefinition(raw) != 0 }
  /// A template's cursor for a specialisation or a member of one.
  package var specializedTemplate: Cursor? {
    Cursor(valid: functions.clang_getSpecializedCursorTemplate(raw), unit)
  }

  package var linkage: ClangLinkage {
    ClangLinkage(rawValue: functions.clang_getCursorLinkage(raw).rawValue) ?? .invalid
  }
  /// Thread-local, in any of its spellings.
  package var isThreadLocal: Bool {
    functions.clang_getCursorTLSKind(raw) != CXTLS_None
  }
  package var storageClass: StorageClass {
    StorageClass(rawValue: functions.clang_Cursor_getStorageClass(raw).rawValue) ?? .invalid
  }
  /// A variable with static or thread storage.
  package var hasGlobalStorage: Bool {
    functions.clang_Cursor_hasVarDeclGlobalStorage(raw) == 1
  }
  /// A variable's initialiser; nil without one.
  package var initializer: Cursor? {
    Cursor(valid: functions.clang_Cursor_getVarDeclInitializer(raw), unit)
  }
  package var isVariadic: Bool { functions.clang_Cursor_isVariadic(raw) != 0 }
  package var isBitField: Bool { functions.clang_Cursor_isBitField(raw) != 0 }
  package var isAnonymous: Bool { functions.clang_Cursor_isAnonymous(raw) != 0 }
  /// A struct or union whose members count as the enclosing record's; not one that is only unnamed.
  package var isAnonymousRecord: Bool {
    functions.clang_Cursor_isAnonymousRecordDecl(raw) != 0
  }
  package var isConstMethod: Bool { functions.clang_CXXMethod_isConst(raw) != 0 }
  package var isStaticMethod: Bool { functions.clang_CXXMethod_isStatic(raw) != 0 }
  package var isVirtualMethod: Bool { functions.clang_CXXMethod_isVirtual(raw) != 0 }
  package var isInline: Bool { functions.clang_Cursor_isFunctionInlined(raw) != 0 }
  package var enumConstantValue: Int64 { functions.clang_getEnumConstantDeclValue(raw) }
  package var isInSystemHeader: Bool {
    functions.clang_Location_isInSystemHeader(functions.clang_getCursorLocation(raw)) != 0
  }

  /// The parameters of a function declaration.
  package var parameters: [Cursor] {
    let count = functions.clang_Cursor_getNumArguments(raw)
    guard count > 0 else { return [] }
    return (0..<UInt32(count)).compactMap {
      Cursor(valid: functions.clang_Cursor_getArgument(raw, $0), unit)
    }
  }

  /// The value of an integer constant expression, enumerators and `sizeof` included; nil where the
  /// expression has none.
  package var integerValue: Int64? {
    guard let result = functions.clang_Cursor_Evaluate(raw) else { return nil }
    defer { functions.clang_EvalResult_dispose(result) }
    guard functions.clang_EvalResult_getKind(result) == CXEval_Int else { return nil }
    if functions.clang_EvalResult_isUnsignedInt(result) != 0 {
      return Int64(bitPattern: functions.clang_EvalResult_getAsUnsigned(result))
    }
    return functions.clang_EvalResult_getAsLongLong(result)
  }

  package var binaryOperator: BinaryOperatorKind {
    BinaryOperatorKind(rawValue: functions.clang_getCursorBinaryOperatorKind(raw).rawValue)
      ?? .invalid
  }
  package var unaryOperator: UnaryOperatorKind {
    UnaryOperatorKind(rawValue: functions.clang_getCursorUnaryOperatorKind(raw).rawValue)
      ?? .invalid
  }

  /// The range of the whole construct.
  package var extent: Extent {
    let range = functions.clang_getCursorExtent(raw)
    var file: CXFile?
    var (start, end): (UInt32, UInt32) = (0, 0)
    let first = functions.clang_getRangeStart(range)
    functions.clang_getExpansionLocation(first, &file, nil, nil, &start)
    functions.clang_getExpansionLocation(functions.clang_getRangeEnd(range), nil, nil, nil, &end)
    return Extent(
      file: file.map(SourceFile.init(raw:)), start: Int(start), end: Int(max(start, end)),
      isInMacro: Self.isMacro(first))
  }

  /// Where the cursor's name or operator stands, after expansion.
  package var location: (file: SourceFile?, offset: Int, isInMacro: Bool) {
    var file: CXFile?
    var offset: UInt32 = 0
    let place = functions.clang_getCursorLocation(raw)
    functions.clang_getExpansionLocation(place, &file, nil, nil, &offset)
    return (file.map(SourceFile.init(raw:)), Int(offset), Self.isMacro(place))
  }

  /// Where the first token of the cursor is written: inside a macro's definition if it comes from there.
  package var spellingStart: (file: SourceFile?, offset: Int) {
    var file: CXFile?
    var offset: UInt32 = 0
    let start = functions.clang_getRangeStart(functions.clang_getCursorExtent(raw))
    functions.clang_getSpellingLocation(start, &file, nil, nil, &offset)
    return (file.map(SourceFile.init(raw:)), Int(offset))
  }

  /// Where the last token of the cursor ends as written, like `spellingStart`: in the text of a macro's
  /// argument for what stands there.
  package var spellingEnd: (file: SourceFile?, offset: Int) {
    var file: CXFile?
    var offset: UInt32 = 0
    let end = functions.clang_getRangeEnd(functions.clang_getCursorExtent(raw))
    functions.clang_getSpellingLocation(end, &file, nil, nil, &offset)
    return (file.map(SourceFile.init(raw:)), Int(offset))
  }

  /// A location inside a macro's expansion has the top bit of its code set, in every libclang
  /// since 3.0; asking the interface takes two calls and four comparisons for each of millions.
  /// A unit test compares the two.
  private static func isMacro(_ location: CXSourceLocation) -> Bool {
    location.int_data & 0x8000_0000 != 0
  }

  /// The direct children, in source order.
  package var children: [Cursor] {
    var found: [Cursor] = []
    visitChildren { (child) throws(Never) in
      found.append(child)
      return .next
    }
    return found
  }

  /// How a visit goes on.
  package enum Visit { case stop, next, into }

  /// Visits the children; an error breaks the visit off and is thrown on.
  package func visitChildren<Failure: Error>(
    _ visitor: (Cursor) throws(Failure) -> Visit
  ) throws(Failure) {
    var thrown: Failure?
    withoutActuallyEscaping(visitor) { escaping in
      let state = VisitState(unit) { cursor in
        do throws(Failure) {
          return try escaping(cursor)
        } catch {
          thrown = error
          return .stop
        }
      }
      _ = functions.clang_visitChildren(
        raw,
        { cursor, _, data in
          guard let data else { return CXChildVisit_Break }
          let state = Unmanaged<VisitState>.fromOpaque(data).takeUnretainedValue()
          switch state.visit(Cursor(cursor, state.unit)) {
          case .stop: return CXChildVisit_Break
          case .next: return CXChildVisit_Continue
          case .into: return CXChildVisit_Recurse
          }
        }, Unmanaged.passUnretained(state).toOpaque())
    }
    if let thrown { throw thrown }
  }

  /// The visitor and what it needs, for the C function to find.
  private final class VisitState {
    let unit: TranslationUnit
    let visit: (Cursor) -> Visit
    init(_ unit: TranslationUnit, _ visit: @escaping (Cursor) -> Visit) {
      self.unit = unit
      self.visit = visit
    }
  }
}

package enum ClangLinkage: UInt32, Sendable {
  case invalid, none, `internal`, uniqueExternal, external
}

package enum StorageClass: UInt32, Sendable {
  case invalid, none, extern, `static`, privateExtern, openCL, auto, register
}
