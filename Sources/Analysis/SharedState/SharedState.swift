package import ProgramModel

/// One state that all threads share.
package enum StateID: Hashable, Sendable, Comparable {
  case variable(VariableID)
  /// A field of a module's state record.
  case moduleField(record: String, field: String)

  package static func < (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.variable(let left), .variable(let right)): left < right
    case (.variable, .moduleField): true
    case (.moduleField, .variable): false
    case (.moduleField(let record, let field), .moduleField(let other, let second)):
      (record, field) < (other, second)
    }
  }
}

/// A place in a function body.
package struct CodeSite: Hashable, Sendable {
  package var function: FunctionID
  /// The unit of the body.
  package var unit: Int
  package var block: BlockID
  /// Index in the block; the number of its instructions for the terminator.
  package var instruction: Int
  package var range: SourceRange
}

extension CallEdge {
  /// The place of the call.
  var site: CodeSite {
    CodeSite(function: caller, unit: unit, block: block, instruction: instruction, range: range)
  }
}

/// One read or write of a shared state.
package struct StateAccess: Hashable, Sendable {
  /// Reads, writes, modifies; never `.address`.
  package var kind: VariableAccess.Kind
  package var state: StateID
  /// The part of the state.
  package var steps: [StateStep]
  /// Where the state is named, or handed to the function that touches it.
  package var site: CodeSite
  /// Where it is touched in the end; equal to `site` for direct accesses.
  package var end: CodeSite
  /// What is written, in the function of `end`; nil for reads and where it is not known.
  package var value: Operand?
  /// The function outside the package that is given the address and touches it; nil otherwise.
  package var foreign: FunctionID?
  /// Reached through a pointer that may point elsewhere, or by a function that is only assumed
  /// to write.
  package var isUncertain: Bool
  /// Locks held there that mean the same in every function.
  package var locks: Set<HeldLock>
  /// Runs while other threads can touch the state.
  package var isLive: Bool
  /// Part of the construction of a function-local static of C++, which the compiler guards.
  package var isConstruction: Bool

  /// The whole path, from the variable or the module's state record.
  package var path: StatePath {
    switch state {
    case .variable(let id): StatePath(.variable(id), steps)
    case .moduleField(let record, let field):
      StatePath(.moduleState(record), [.field(field)] + steps)
    }
  }
  /// Goes through a pointer that the state holds.
  package var isThroughPointer: Bool { steps.contains(.dereference) }
  package var isPlainWrite: Bool { kind.writes && !kind.isAtomic }
}
