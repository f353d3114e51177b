/// A function or variable that a unit names: an index into `UnitModel.symbols`.
package struct SymbolID: Hashable, Sendable {
  package var index: Int32
  package init(_ index: Int32) { self.index = index }
}

/// How a name is seen by the linker.
package enum Linkage: UInt8, Sendable, CaseIterable {
  /// Static, or in an unnamed namespace: one per unit that has it.
  case `internal`
  /// One for the program.
  case external
  /// A variable inside a function.
  case none
}

package enum SymbolKind: UInt8, Sendable, CaseIterable {
  case function, variable
}

/// A function or a variable with static storage, as one unit refers to it.
///
/// Two symbols of different units are the same entity when their keys are equal; keys of
/// internal symbols name their file.
package struct Symbol: Hashable, Sendable {
  /// Bare name: `cache`, `operator()`.
  package var name: Name
  /// Name with namespaces and classes: `outer::Inner::method`.
  package var qualifiedName: Name
  /// Identity over all units of a package.
  package var key: Name
  package var kind: SymbolKind
  package var linkage: Linkage
  package var isVirtual: Bool
  /// Declared by the Python headers or the prelude, or by the system.
  package var isForeign: Bool
  /// For a function, as its declaration tells: bit n says that argument n (`this` first) is a pointer or reference
  /// through which the function may write. Arguments from the 64th on are not told of.
  package var writableArguments: UInt64

  package init(
    name: Name, qualifiedName: Name, key: Name, kind: SymbolKind, linkage: Linkage,
    isVirtual: Bool = false, isForeign: Bool = false, writableArguments: UInt64 = 0
  ) {
    self.name = name
    self.qualifiedName = qualifiedName
    self.key = key
    self.kind = kind
    self.linkage = linkage
    self.isVirtual = isVirtual
    self.isForeign = isForeign
    self.writableArguments = writableArguments
  }
}

/// Where an object with static storage lives.
package enum StorageKind: UInt8, Sendable, CaseIterable {
  /// File-scope `static`, or in an unnamed namespace.
  case file
  /// File-scope with external linkage; also C++ inline and namespace variables.
  case external
  /// `static` inside a function.
  case functionLocal
  /// Static data member of a class.
  case member
}

/// One declaration or definition of an object with static storage.
package struct VariableModel: Hashable, Sendable {
  package var symbol: SymbolID
  package var type: TypeID
  package var storage: StorageKind
  /// False for an `extern` declaration of something defined elsewhere.
  package var isDefinition: Bool
  package var isThreadLocal: Bool
  package var isConstexpr: Bool
  /// The function that a function-local static belongs to.
  package var function: SymbolID?
  /// What it is initialised with, where that is understood; nil without an initialiser.
  package var initializer: Initializer?
  /// Range of the whole declaration.
  package var range: SourceRange
  /// Place of its name.
  package var nameRange: SourceRange

  package init(
    symbol: SymbolID, type: TypeID, storage: StorageKind, isDefinition: Bool,
    isThreadLocal: Bool, isConstexpr: Bool = false, function: SymbolID? = nil,
    initializer: Initializer?, range: SourceRange, nameRange: SourceRange
  ) {
    self.symbol = symbol
    self.type = type
    self.storage = storage
    self.isDefinition = isDefinition
    self.isThreadLocal = isThreadLocal
    self.isConstexpr = isConstexpr
    self.function = function
    self.initializer = initializer
    self.range = range
    self.nameRange = nameRange
  }
}

/// A static initialiser, with braces, designators and elided braces resolved to fields.
package indirect enum Initializer: Hashable, Sendable {
  /// A constant; `macro` is the macro that spelled it (`Py_mod_gil`), else empty.
  case integer(Int64, macro: Name)
  case floating
  case string(Name)
  /// The address of a function, casts peeled.
  case function(SymbolID)
  /// The address of an object with static storage (or of a part of it), casts peeled.
  case address(SymbolID, path: [Name])
  /// The value of another variable.
  case variable(SymbolID)
  /// Elements of an array or fields of a record that are given, in source order.
  case list([Element])
  /// A call run at load time (C++ constructors, calls in initialisers).
  case call(SymbolID?)
  /// `offsetof`: a field by the record that declares it.
  case offset(record: Name, field: Name)
  /// Not understood.
  case unknown

  /// One given element of an aggregate.
  package struct Element: Hashable, Sendable {
    /// The record's field, or `Name.empty` for an array element.
    package var field: Name
    /// Position in the record or array, from 0.
    package var index: Int32
    package var value: Initializer
    package var range: SourceRange

    package init(field: Name, index: Int32, value: Initializer, range: SourceRange) {
      self.field = field
      self.index = index
      self.value = value
      self.range = range
    }
  }

  /// The value of a field of an aggregate; nil where not given.
  package func field(_ name: Name) -> Initializer? {
    guard case .list(let elements) = self else { return nil }
    return elements.last { $0.field == name }?.value
  }
}
