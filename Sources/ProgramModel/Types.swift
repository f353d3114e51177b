/// A type of a unit: an index into `UnitModel.types`.
package struct TypeID: Hashable, Sendable {
  package var index: Int32
  package init(_ index: Int32) { self.index = index }
  /// The type that could not be understood, which every type table holds first.
  package static let unknown = TypeID(0)
}

/// What a type is, with typedefs looked through.
package enum TypeKind: UInt8, Sendable, CaseIterable {
  case unknown, void, boolean, integer, floating, enumeration
  case pointer, reference, array, record, function, memberPointer, dependent, vector
}

/// One type as the program spells it, and what it canonically is.
package struct TypeModel: Hashable, Sendable {
  /// As written, with typedefs: `PyObject *`, `const char *const`.
  package var spelling: Name
  package var kind: TypeKind
  /// The object itself is const (for an array: its elements are).
  package var isConst: Bool
  package var isVolatile: Bool
  /// A C11 `_Atomic` type; `element` is not used for its value type: `kind` is the value's.
  package var isAtomic: Bool
  /// Pointee, referee, element of an array or vector, or result of a function.
  package var element: TypeID?
  /// Elements of an array; -1 where unknown or not an array.
  package var count: Int64
  /// Canonical name of a record or enumeration, without `struct`: `PyMutex`, `std::mutex`.
  package var record: Name

  package init(
    spelling: Name, kind: TypeKind, isConst: Bool = false, isVolatile: Bool = false,
    isAtomic: Bool = false, element: TypeID? = nil, count: Int64 = -1, record: Name = .empty
  ) {
    self.spelling = spelling
    self.kind = kind
    self.isConst = isConst
    self.isVolatile = isVolatile
    self.isAtomic = isAtomic
    self.element = element
    self.count = count
    self.record = record
  }
}

/// A field of a record.
package struct FieldModel: Hashable, Sendable {
  package var name: Name
  package var type: TypeID
  package var isBitField: Bool
  package var range: SourceRange

  package init(name: Name, type: TypeID, isBitField: Bool, range: SourceRange) {
    self.name = name
    self.type = type
    self.isBitField = isBitField
    self.range = range
  }
}

/// A struct, union or class that the package defines.
package struct RecordModel: Hashable, Sendable {
  /// Canonical qualified name without `struct`; for an anonymous record its typedef's name.
  package var name: Name
  package var isUnion: Bool
  package var fields: [FieldModel]
  /// Canonical names of C++ base classes.
  package var bases: [Name]
  /// A destructor runs at the end of its life.
  package var hasDestructor: Bool
  package var range: SourceRange

  package init(
    name: Name, isUnion: Bool, fields: [FieldModel], bases: [Name], hasDestructor: Bool,
    range: SourceRange
  ) {
    self.name = name
    self.isUnion = isUnion
    self.fields = fields
    self.bases = bases
    self.hasDestructor = hasDestructor
    self.range = range
  }
}
