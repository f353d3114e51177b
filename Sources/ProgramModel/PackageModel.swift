/// A function of the linked package: an index into `PackageModel.functions`.
package struct FunctionID: Hashable, Sendable, Comparable {
  package var index: Int32
  package init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// A variable of the linked package: an index into `PackageModel.variables`.
package struct VariableID: Hashable, Sendable, Comparable {
  package var index: Int32
  package init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// What a unit's symbol stands for in the package.
package enum Entity: Hashable, Sendable {
  case function(FunctionID)
  case variable(VariableID)
}

/// A function body: where its `FunctionModel` stands.
package struct FunctionReference: Hashable, Sendable {
  package var unit: Int
  package var index: Int

  package init(unit: Int, index: Int) {
    self.unit = unit
    self.index = index
  }
}

/// A declaration of a variable: where its `VariableModel` stands.
package struct VariableReference: Hashable, Sendable {
  package var unit: Int
  package var index: Int

  package init(unit: Int, index: Int) {
    self.unit = unit
    self.index = index
  }
}

/// A record of the package: where its `RecordModel` stands.
package struct RecordReference: Hashable, Sendable {
  package var unit: Int
  package var index: Int

  package init(unit: Int, index: Int) {
    self.unit = unit
    self.index = index
  }
}

/// A function of the package, or one that it calls.
package struct LinkedFunction: Hashable, Sendable {
  package var key: String
  package var name: String
  package var qualifiedName: String
  package var linkage: Linkage
  package var isVirtual: Bool
  /// Declared by Python's or the system's headers and not defined in the package.
  package var isForeign: Bool
  /// As `Symbol.writableArguments`; 0 for functions with a body, which tells more.
  package var writableArguments: UInt64
  /// nil for functions that no unit defines.
  package var definition: FunctionReference?
  /// The same text as other units saw it: functions of headers.
  package var duplicates: [FunctionReference]
  /// Other definitions under the same key, such as those for another platform.
  package var alternatives: [FunctionID]
  /// Where its name stands in the definition; nil without one.
  package var position: SourcePosition?
  /// Defined in a file that is not the main source of its unit.
  package var isInHeader: Bool

  package init(
    key: String, name: String, qualifiedName: String, linkage: Linkage, isVirtual: Bool,
    isForeign: Bool, writableArguments: UInt64 = 0,
    definition: FunctionReference? = nil, duplicates: [FunctionReference] = [],
    alternatives: [FunctionID] = [], position: SourcePosition? = nil, isInHeader: Bool = false
  ) {
    self.key = key
    self.name = name
    self.qualifiedName = qualifiedName
    self.linkage = linkage
    self.isVirtual = isVirtual
    self.isForeign = isForeign
    self.writableArguments = writableArguments
    self.definition = definition
    self.duplicates = duplicates
    self.alternatives = alternatives
    self.position = position
    self.isInHeader = isInHeader
  }
}

/// An object with static storage of the package, or one that it refers to.
package struct LinkedVariable: Hashable, Sendable {
  package var key: String
  package var name: String
  package var qualifiedName: String
  package var linkage: Linkage
  package var isForeign: Bool
  /// The definition, the one with an initialiser first; nil for variables of other libraries.
  package var definition: VariableReference?
  /// All declarations, the definition's included.
  package var declarations: [VariableReference]
  /// Other definitions under the same key in other units.
  package var alternatives: [VariableID]
  /// Where its name stands in the definition, else in the first declaration.
  package var position: SourcePosition?
  /// The function that a function-local static belongs to.
  package var function: FunctionID?

  package init(
    key: String, name: String, qualifiedName: String, linkage: Linkage, isForeign: Bool,
    definition: VariableReference? = nil, declarations: [VariableReference] = [],
    alternatives: [VariableID] = [], position: SourcePosition? = nil, function: FunctionID? = nil
  ) {
    self.key = key
    self.name = name
    self.qualifiedName = qualifiedName
    self.linkage = linkage
    self.isForeign = isForeign
    self.definition = definition
    self.declarations = declarations
    self.alternatives = alternatives
    self.position = position
    self.function = function
  }
}

/// All units of a package joined: what the linker hands to the analyses.
package struct PackageModel: Sendable {
  /// The free-threaded CPython that the package is judged for.
  package var target: InterpreterVersion
  /// Sorted by path.
  package var units: [UnitModel]
  /// Text facts, sorted by path; may be of files that no unit includes.
  package var files: [SourceFileFacts]
  package var buildFacts: [BuildFact]
  package var functions: [LinkedFunction] = []
  package var variables: [LinkedVariable] = []
  /// The records that the package defines, by canonical name; of several the first.
  package var records: [String: RecordReference] = [:]
  /// For each unit what each of its symbols stands for.
  package var entities: [[Entity]] = []
  /// Accesses of each variable, in the order of functions and instructions.
  package var accesses: [[VariableAccess]] = []
  /// Addresses of functions taken in function bodies.
  package var functionUses: [FunctionUse] = []
  /// Functions and variables whose addresses stand in static initialisers.
  package var staticReferences: [StaticReference] = []

  package init(
    target: InterpreterVersion, units: [UnitModel], files: [SourceFileFacts],
    buildFacts: [BuildFact]
  ) {
    self.target = target
    self.units = units
    self.files = files
    self.buildFacts = buildFacts
  }

  package subscript(function: FunctionID) -> LinkedFunction { functions[Int(function.index)] }
  package subscript(variable: VariableID) -> LinkedVariable { variables[Int(variable.index)] }

  package var functionIDs: some Sequence<FunctionID> {
    functions.indices.lazy.map { FunctionID($0) }
  }
  package var variableIDs: some Sequence<VariableID> {
    variables.indices.lazy.map { VariableID($0) }
  }

  /// The function that a unit's symbol names; nil for a variable's symbol.
  package func function(_ symbol: SymbolID, in unit: Int) -> FunctionID? {
    guard case .function(let id) = entities[unit][Int(symbol.index)] else { return nil }
    return id
  }

  /// The variable that a unit's symbol names; nil for a function's symbol.
  package func variable(_ symbol: SymbolID, in unit: Int) -> VariableID? {
    guard case .variable(let id) = entities[unit][Int(symbol.index)] else { return nil }
    return id
  }

  /// The body of a function and its unit; nil where none is known.
  package func body(of function: FunctionID) -> (unit: Int, model: FunctionModel)? {
    guard let place = self[function].definition else { return nil }
    return (place.unit, units[place.unit].functions[place.index])
  }

  /// The definition of a variable, else its first declaration.
  package func declaration(of variable: VariableID) -> (unit: Int, model: VariableModel)? {
    let linked = self[variable]
    guard let place = linked.definition ?? linked.declarations.first else { return nil }
    return (place.unit, units[place.unit].variables[place.index])
  }

  /// Accesses of one variable.
  package func accesses(of variable: VariableID) -> [VariableAccess] {
    accesses[Int(variable.index)]
  }

  /// Where a range of a unit begins; nil for places outside the package.
  package func position(of range: SourceRange, in unit: Int) -> SourcePosition? {
    units[unit].position(of: range)
  }

  /// The main source of the unit that defines a function; nil without a definition.
  package func unitPath(of function: FunctionID) -> String? {
    self[function].definition.map { units[$0.unit].path }
  }

  /// The text facts of a file.
  package func facts(ofFile path: String) -> SourceFileFacts? {
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].path == path ? files[low] : nil
  }
}
