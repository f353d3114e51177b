internal import CLibclang

/// A C or C++ type. It holds its unit.
package struct ClangType {
  // In parts, as in 'Cursor'.
  private let kindCode: UInt32
  private let data: (UInt, UInt)
  let unit: TranslationUnit

  var raw: CXType {
    CXType(
      kind: CXTypeKind(rawValue: kindCode),
      data: (
        UnsafeMutableRawPointer(bitPattern: data.0), UnsafeMutableRawPointer(bitPattern: data.1)
      ))
  }

  private var functions: FTClangFunctions { unit.functions }

  init(_ raw: CXType, _ unit: TranslationUnit) {
    kindCode = raw.kind.rawValue
    data = (UInt(bitPattern: raw.data.0), UInt(bitPattern: raw.data.1))
    self.unit = unit
  }

  /// Equal for types that are spelled alike, in one unit: typedefs are told apart.
  package var identity: UInt { data.0 }
  package var kind: ClangTypeKind { ClangTypeKind(rawValue: kindCode) }
  package var spelling: String { unit.library.take(functions.clang_getTypeSpelling(raw)) }
  package var canonical: ClangType { ClangType(functions.clang_getCanonicalType(raw), unit) }
  package var isConst: Bool { functions.clang_isConstQualifiedType(raw) != 0 }
  package var isVolatile: Bool { functions.clang_isVolatileQualifiedType(raw) != 0 }
  /// What a pointer or reference refers to.
  package var pointee: ClangType { ClangType(functions.clang_getPointeeType(raw), unit) }
  /// What an array or vector holds.
  package var element: ClangType { ClangType(functions.clang_getElementType(raw), unit) }
  /// Elements of an array; -1 where unknown.
  package var arraySize: Int64 { functions.clang_getArraySize(raw) }
  package var result: ClangType { ClangType(functions.clang_getResultType(raw), unit) }
  /// The types of a function type's parameters; empty for other types.
  package var arguments: [ClangType] {
    let count = functions.clang_getNumArgTypes(raw)
    guard count > 0 else { return [] }
    return (0..<UInt32(count)).map { ClangType(functions.clang_getArgType(raw, $0), unit) }
  }
  /// The type inside `_Atomic`.
  package var valueType: ClangType { ClangType(functions.clang_Type_getValueType(raw), unit) }
  /// Bytes; negative where incomplete or dependent.
  package var size: Int64 { functions.clang_Type_getSizeOf(raw) }
  /// The fields of a record type in order, also of an instantiated template, whose declaration
  /// libclang shows without children.
  package var fields: [Cursor] {
    final class Collector { var found: [CXCursor] = [] }
    let collector = Collector()
    _ = functions.clang_Type_visitFields(
      raw,
      { field, data in
        guard let data else { return CXVisit_Break }
        Unmanaged<Collector>.fromOpaque(data).takeUnretainedValue().found.append(field)
        return CXVisit_Continue
      }, Unmanaged.passUnretained(collector).toOpaque())
    return collector.found.map { Cursor($0, unit) }
  }
  package var declaration: Cursor? { Cursor(valid: functions.clang_getTypeDeclaration(raw), unit) }
}

/// libclang's kinds of type; newer ones pass through.
package struct ClangTypeKind: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let invalid = Self(CXType_Invalid)
  package static let unexposed = Self(CXType_Unexposed)
  package static let void = Self(CXType_Void)
  package static let bool = Self(CXType_Bool)
  package static let nullPointer = Self(CXType_NullPtr)
  package static let dependent = Self(CXType_Dependent)
  package static let pointer = Self(CXType_Pointer)
  package static let blockPointer = Self(CXType_BlockPointer)
  package static let lvalueReference = Self(CXType_LValueReference)
  package static let rvalueReference = Self(CXType_RValueReference)
  package static let record = Self(CXType_Record)
  package static let enumeration = Self(CXType_Enum)
  package static let functionNoPrototype = Self(CXType_FunctionNoProto)
  package static let functionPrototype = Self(CXType_FunctionProto)
  package static let constantArray = Self(CXType_ConstantArray)
  package static let incompleteArray = Self(CXType_IncompleteArray)
  package static let variableArray = Self(CXType_VariableArray)
  package static let dependentArray = Self(CXType_DependentSizedArray)
  package static let vector = Self(CXType_Vector)
  package static let extendedVector = Self(CXType_ExtVector)
  package static let memberPointer = Self(CXType_MemberPointer)
  package static let atomic = Self(CXType_Atomic)

  private init(_ kind: CXTypeKind) { rawValue = kind.rawValue }

  /// Characters, integers of any width, `bool` excepted.
  package var isInteger: Bool {
    (CXType_Char_U.rawValue...CXType_Int128.rawValue).contains(rawValue)
  }
  package var isFloating: Bool {
    (CXType_Float.rawValue...CXType_LongDouble.rawValue).contains(rawValue)
      || [
        CXType_Float128.rawValue, CXType_Half.rawValue, CXType_Float16.rawValue,
        CXType_BFloat16.rawValue, CXType_Complex.rawValue,
      ].contains(rawValue)
  }
}
