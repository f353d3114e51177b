/// A parameter, an automatic variable, or `this`.
package struct LocalModel: Hashable, Sendable {
  package enum Kind: UInt8, Sendable, CaseIterable {
    case parameter, automatic, this, capture
  }

  package var name: Name
  package var type: TypeID
  package var kind: Kind
  package var range: SourceRange

  package init(name: Name, type: TypeID, kind: Kind, range: SourceRange) {
    self.name = name
    self.type = type
    self.kind = kind
    self.range = range
  }
}

/// Something in a function that the lowering did not understand.
package struct Gap: Hashable, Sendable {
  /// What it was: `clang: use of undeclared identifier`, `coroutine`, …
  package var reason: Name
  package var range: SourceRange

  package init(reason: Name, range: SourceRange) {
    self.reason = reason
    self.range = range
  }
}

/// A function definition as a control-flow graph. Block 0 is the entry.
package struct FunctionModel: Hashable, Sendable {
  package enum Kind: UInt8, Sendable, CaseIterable {
    case function, method, staticMethod, constructor, destructor, lambda
    /// The initialisers of a unit's variables that run at load time.
    case staticInitialisation
  }

  package var symbol: SymbolID
  package var kind: Kind
  package var linkage: Linkage
  /// Parameters first (`this` before them), then the rest.
  package var locals: [LocalModel]
  package var parameterCount: Int32
  package var resultType: TypeID
  package var isVariadic: Bool
  package var places: [Place]
  package var blocks: [Block]
  /// Number of temporaries.
  package var temporaries: Int32
  /// The class of a method; empty for others.
  package var record: Name
  /// The function that a lambda or a local class's method stands in.
  package var enclosing: SymbolID?
  /// Range of the definition, and of its name.
  package var range: SourceRange
  package var nameRange: SourceRange
  /// What was not understood; not empty: the function is partly analysed.
  package var gaps: [Gap]

  package init(
    symbol: SymbolID, kind: Kind, linkage: Linkage, locals: [LocalModel] = [],
    parameterCount: Int32 = 0, resultType: TypeID = .unknown, isVariadic: Bool = false,
    places: [Place] = [], blocks: [Block] = [], temporaries: Int32 = 0, record: Name = .empty,
    enclosing: SymbolID? = nil, range: SourceRange, nameRange: SourceRange, gaps: [Gap] = []
  ) {
    self.symbol = symbol
    self.kind = kind
    self.linkage = linkage
    self.locals = locals
    self.parameterCount = parameterCount
    self.resultType = resultType
    self.isVariadic = isVariadic
    self.places = places
    self.blocks = blocks
    self.temporaries = temporaries
    self.record = record
    self.enclosing = enclosing
    self.range = range
    self.nameRange = nameRange
    self.gaps = gaps
  }
}
