/// A place of a function: an index into `FunctionModel.places`.
package struct PlaceID: Hashable, Sendable {
  package var index: Int32
  package init(_ index: Int32) { self.index = index }
}

/// A basic block of a function: an index into `FunctionModel.blocks`.
package struct BlockID: Hashable, Sendable {
  package var index: Int32
  package init(_ index: Int32) { self.index = index }
}

/// A place in memory as an access path: a base, then fields, subscripts and dereferences.
///
/// `self->state->cache` is the base local `self` with the path
/// dereference, field `state`, dereference, field `cache`; reading it also reads each prefix that
/// ends before a dereference.
package struct Place: Hashable, Sendable {
  package enum Base: Hashable, Sendable {
    /// Parameter or automatic variable: an index into `FunctionModel.locals`.
    case local(Int32)
    /// An object with static storage.
    case variable(SymbolID)
    /// The value of a temporary, always followed by a dereference.
    case temporary(Int32)
    /// A string literal, compound literal or other unnamed object.
    case unnamed
  }

  package enum Step: Hashable, Sendable {
    /// Field of a record; `record` is the record's canonical name.
    case field(Name, record: Name)
    case index(Operand)
    case dereference
  }

  package var base: Base
  package var path: [Step]
  /// The type of the object at this place.
  package var type: TypeID

  package init(base: Base, path: [Step], type: TypeID) {
    self.base = base
    self.path = path
    self.type = type
  }
}

/// A value that an instruction uses.
package enum Operand: Hashable, Sendable {
  /// The result of an instruction. Temporaries of `?:` and `&&` are set in more than one block.
  case temporary(Int32)
  /// The value of a parameter or automatic variable.
  case local(Int32)
  case integer(Int64)
  case floating
  case string(Name)
  case function(SymbolID)
  /// The address of a place; also what an array decays to.
  case address(PlaceID)
  /// A value that was not understood.
  case unknown
}

/// The operator of a computed value or a read-modify-write.
package enum Operator: UInt8, Sendable, CaseIterable {
  case add, subtract, multiply, divide, remainder
  case shiftLeft, shiftRight, and, or, xor
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, threeWay
  case not, negate, complement
  /// A pointer to a member applied, `typeid`, and the like.
  case other
}

/// What an atomic instruction does.
package enum AtomicKind: UInt8, Sendable, CaseIterable {
  case load, store, exchange, compareExchange, modify, fence
}

package enum Callee: Hashable, Sendable {
  case direct(SymbolID)
  case indirect(Operand)
}

/// What one instruction does.
package enum Operation: Hashable, Sendable {
  /// Reads a place that is more than a local variable.
  case load(Int32, PlaceID)
  /// Writes a place, local variables included.
  case store(PlaceID, Operand)
  /// Reads and writes a place in one expression (`x += 1`, `x++`). The result, where used, is the
  /// old value if `yieldsOld`.
  case modify(Int32?, PlaceID, Operator, Operand, yieldsOld: Bool)
  /// An atomic access. `name` is the builtin or macro used.
  case atomic(Int32?, AtomicKind, PlaceID, name: Name, [Operand])
  case compute(Int32, Operator, [Operand])
  /// Gives a temporary a value: joins of `?:`, `&&`, `||`, statement expressions.
  case copy(Int32, Operand)
  case call(Int32?, Callee, [Operand])
  /// Inline assembly or anything not understood: may read and write what its operands reach.
  /// `name` says what it was.
  case opaque(Int32?, name: Name, [Operand])
}

package struct Instruction: Hashable, Sendable {
  package var operation: Operation
  package var range: SourceRange

  package init(_ operation: Operation, _ range: SourceRange) {
    self.operation = operation
    self.range = range
  }
}

/// How a block ends.
package enum Terminator: Hashable, Sendable {
  case jump(BlockID)
  case branch(Operand, then: BlockID, otherwise: BlockID)
  case `switch`(Operand, [SwitchCase], otherwise: BlockID)
  /// A computed `goto`.
  case indirect(Operand, [BlockID])
  case `return`(Operand?)
  /// A C++ exception leaves the block, to `Block.handler` or out of the function.
  case `throw`
  /// After a call that does not return, or not yet closed code.
  case unreachable
}

package struct SwitchCase: Hashable, Sendable {
  package var low: Int64
  /// Equal to `low` but for a GNU case range.
  package var high: Int64
  package var target: BlockID

  package init(low: Int64, high: Int64, target: BlockID) {
    self.low = low
    self.high = high
    self.target = target
  }
}

/// A basic block: instructions without a jump between them.
package struct Block: Hashable, Sendable {
  package var instructions: [Instruction]
  package var terminator: Terminator
  /// Place of what ends the block.
  package var range: SourceRange
  /// Where an exception raised by a call in this block goes; nil: out of the function.
  package var handler: BlockID?

  package init(
    instructions: [Instruction] = [], terminator: Terminator = .unreachable,
    range: SourceRange = .none, handler: BlockID? = nil
  ) {
    self.instructions = instructions
    self.terminator = terminator
    self.range = range
    self.handler = handler
  }

  /// Blocks that can follow, the handler last; in the order of the terminator, without repeats.
  package var successors: [BlockID] {
    var found: [BlockID] = []
    func add(_ block: BlockID) { if !found.contains(block) { found.append(block) } }
    switch terminator {
    case .jump(let target): add(target)
    case .branch(_, let then, let otherwise):
      add(then)
      add(otherwise)
    case .switch(_, let cases, let otherwise):
      // A large switch would make the linear look-up above quadratic.
      var seen = Set<BlockID>()
      for target in cases.map(\.target) + [otherwise] where seen.insert(target).inserted {
        found.append(target)
      }
    case .indirect(_, let targets): found = targets
    case .return, .throw, .unreachable: break
    }
    if let handler { add(handler) }
    return found
  }
}

extension Operation {
  /// The temporary that the instruction gives a value; nil: it gives none.
  package var result: Int32? {
    switch self {
    case .load(let result, _), .compute(let result, _, _), .copy(let result, _): result
    case .modify(let result, _, _, _, _), .atomic(let result, _, _, _, _),
      .call(let result, _, _), .opaque(let result, _, _):
      result
    case .store: nil
    }
  }
}
