/// One instruction that touches an object with static storage, or something reached through it.
package struct VariableAccess: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case read, write
    /// Reads and writes in one expression.
    case modify
    case atomicRead, atomicWrite, atomicModify
    /// Its address is taken: what happens through it is not known here.
    case address

    package var reads: Bool {
      switch self {
      case .read, .modify, .atomicRead, .atomicModify: true
      case .write, .atomicWrite, .address: false
      }
    }
    package var writes: Bool {
      switch self {
      case .write, .modify, .atomicWrite, .atomicModify: true
      case .read, .atomicRead, .address: false
      }
    }
    package var isAtomic: Bool {
      switch self {
      case .atomicRead, .atomicWrite, .atomicModify: true
      case .read, .write, .modify, .address: false
      }
    }
  }

  package var kind: Kind
  /// The access goes through a pointer that the variable holds, not to the variable itself.
  package var isThroughPointer: Bool
  package var function: FunctionID
  /// The unit whose body holds it.
  package var unit: Int
  package var block: BlockID
  /// Index in the block; the number of its instructions for the terminator.
  package var instruction: Int
  /// The access path, in the function's places.
  package var place: PlaceID
  /// For an address passed in a call: which argument it is; nil otherwise.
  package var argument: Int?
  package var range: SourceRange

  package init(
    kind: Kind, isThroughPointer: Bool, function: FunctionID, unit: Int, block: BlockID,
    instruction: Int, place: PlaceID, argument: Int?, range: SourceRange
  ) {
    self.kind = kind
    self.isThroughPointer = isThroughPointer
    self.function = function
    self.unit = unit
    self.block = block
    self.instruction = instruction
    self.place = place
    self.argument = argument
    self.range = range
  }
}

/// A place in a function body where the address of a function is taken.
package struct FunctionUse: Hashable, Sendable {
  package enum Context: Hashable, Sendable {
    /// Passed as the argument of this number; `callee` is nil in indirect calls.
    case argument(callee: FunctionID?, position: Int)
    /// Stored in a place of the function.
    case stored(PlaceID)
    /// One of the values that a temporary of the function joins.
    case joined(Int32)
    /// Returned, compared, computed with, or not understood.
    case other
  }

  /// The function whose address is taken.
  package var target: FunctionID
  package var context: Context
  /// The function that does so, and the unit of its body.
  package var function: FunctionID
  package var unit: Int
  package var range: SourceRange

  package init(
    target: FunctionID, context: Context, function: FunctionID, unit: Int, range: SourceRange
  ) {
    self.target = target
    self.context = context
    self.function = function
    self.unit = unit
    self.range = range
  }
}

/// A function or variable whose address stands in the static initialiser of a variable.
package struct StaticReference: Hashable, Sendable {
  package var holder: VariableID
  /// Canonical name of the innermost record that holds it; empty where not known.
  package var record: String
  /// The innermost field; empty for an array's element or a plain pointer.
  package var field: String
  package var target: Entity
  package var unit: Int
  package var range: SourceRange

  package init(
    holder: VariableID, record: String, field: String, target: Entity, unit: Int,
    range: SourceRange
  ) {
    self.holder = holder
    self.record = record
    self.field = field
    self.target = target
    self.unit = unit
    self.range = range
  }
}
