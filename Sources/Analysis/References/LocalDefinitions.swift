import ProgramModel
import PythonAPI

/// What gives local variables their values, and which of these can still hold at a point.
struct LocalDefinitions {
  enum Value: Hashable {
    case operand(Operand)
    /// Stored by a call through this argument.
    case output(argument: Int)
    case parameter
    case unknown
  }

  struct Definition {
    var local: Int32
    var point: ProgramPoint
    var value: Value
    /// What was in the variable before can still be there afterwards.
    var isWeak: Bool
  }

  private(set) var definitions: [Definition] = []
  private var byBlock: [[Int]]
  private var byLocal: [[Int]]
  private var starts: [BitRow?]
  /// Variables whose address is kept: anything may be in them at any time.
  private(set) var escaped: Set<Int32> = []

  init(
    _ model: FunctionModel, _ flow: ControlFlow, calleeName: @escaping (SymbolID) -> String
  ) {
    byBlock = Array(repeating: [], count: model.blocks.count)
    byLocal = Array(repeating: [], count: model.locals.count)
    starts = Array(repeating: nil, count: model.blocks.count)
    var builder = Builder(model: model, calleeName: calleeName)
    builder.read()
    definitions = builder.definitions
    escaped = builder.escaped
    for (index, definition) in definitions.enumerated() {
      if definition.point.instruction >= 0 {
        byBlock[Int(definition.point.block.index)].append(index)
      }
      byLocal[Int(definition.local)].append(index)
    }
    starts =
      Reaching(definitions: definitions, byBlock: byBlock, byLocal: byLocal)
      .solve(model, flow).states
  }

  /// The definitions of a variable that can hold just before an instruction.
  func reaching(_ local: Int32, at point: ProgramPoint) -> [Int] {
    guard byLocal.indices.contains(Int(local)) else { return [] }
    var later: [Int] = []
    for index in byBlock[Int(point.block.index)].reversed() {
      let definition = definitions[index]
      guard definition.local == local, definition.point.instruction < point.instruction else {
        continue
      }
      later.append(index)
      if !definition.isWeak { return later }
    }
    guard let start = starts[Int(point.block.index)] else { return later }
    return later + byLocal[Int(local)].filter { start.contains($0) && !later.contains($0) }
  }

  private struct Reaching: DataFlowProblem {
    let definitions: [Definition]
    let byBlock: [[Int]]
    let byLocal: [[Int]]

    var boundary: BitRow {
      var row = BitRow(count: definitions.count)
      for (index, definition) in definitions.enumerated() where definition.value == .parameter {
        row.insert(index)
      }
      return row
    }
    var safe: BitRow {
      var row = BitRow(count: definitions.count)
      for index in definitions.indices { row.insert(index) }
      return row
    }

    func transfer(
      block id: BlockID, of model: FunctionModel, _ state: inout BitRow,
      exceptional: inout BitRow?
    ) {
      // Whichever call raises, what held before and what holds afterwards may be seen.
      if model.blocks[Int(id.index)].handler != nil { exceptional = state }
      for index in byBlock[Int(id.index)] {
        let definition = definitions[index]
        if !definition.isWeak {
          for other in byLocal[Int(definition.local)] { state.remove(other) }
        }
        state.insert(index)
      }
      if exceptional != nil { _ = exceptional?.join(state) }
    }
  }

  private struct Builder {
    let model: FunctionModel
    let calleeName: (SymbolID) -> String
    var definitions: [Definition] = []
    var escaped: Set<Int32> = []

    mutating func read() {
      for index in 0..<Int(model.parameterCount) {
        definitions.append(
          Definition(
            local: Int32(truncatingIfNeeded: index),
            point: ProgramPoint(block: BlockID(0), instruction: -1), value: .parameter,
            isWeak: false))
      }
      for (number, block) in model.blocks.enumerated() {
        for (index, instruction) in block.instructions.enumerated() {
          let point = ProgramPoint(
            block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
          read(instruction.operation, point)
        }
      }
    }

    private mutating func define(
      _ local: Int32, _ point: ProgramPoint, _ value: Value, isWeak: Bool = false
    ) {
      definitions.append(
        Definition(local: local, point: point, value: value, isWeak: isWeak))
    }

    /// The variable that a place is wholly.
    private func local(_ place: PlaceID) -> Int32? {
      let place = model.places[Int(place.index)]
      guard case .local(let index) = place.base, place.path.isEmpty else { return nil }
      return index
    }

    private func addressed(_ operand: Operand) -> Int32? {
      guard case .address(let place) = operand else { return nil }
      return local(place)
    }

    private mutating func escape(_ operand: Operand) {
      if let local = addressed(operand) { escaped.insert(local) }
    }

    private mutating func read(_ operation: Operation, _ point: ProgramPoint) {
      switch operation {
      case .store(let place, let operand):
        escape(operand)
        if let local = local(place) { define(local, point, .operand(operand)) }
      case .modify(_, let place, let kind, _, _):
        guard let local = local(place) else { return }
        // A pointer that is moved still points into the same thing.
        if kind != .add && kind != .subtract { define(local, point, .unknown) }
      case .atomic(_, _, let place, _, _):
        if let local = local(place) { define(local, point, .unknown) }
      case .copy(_, let operand): escape(operand)
      case .compute(_, let kind, let operands):
        let isTest = [.equal, .notEqual, .not].contains(kind)
        if !isTest { operands.forEach { escape($0) } }
      case .call(_, let callee, let arguments): read(callee, arguments, point)
      case .opaque(_, _, let operands):
        for operand in operands {
          if let local = addressed(operand) { define(local, point, .unknown, isWeak: true) }
        }
      case .load: break
      }
    }

    private mutating func read(
      _ callee: Callee, _ arguments: [Operand], _ point: ProgramPoint
    ) {
      guard arguments.contains(where: { addressed($0) != nil }) else { return }
      var name = ""
      if case .direct(let symbol) = callee { name = calleeName(symbol) }
      switch name {
      case "Py_CLEAR":
        if let local = arguments.first.flatMap(addressed) {
          define(local, point, .operand(.integer(0)))
        }
        return
      case "Py_SETREF", "Py_XSETREF":
        if let local = arguments.first.flatMap(addressed), arguments.count > 1 {
          define(local, point, .operand(arguments[1]))
        }
        return
      default: break
      }
      let fact = PythonFacts.shared.function(name)
      let certain = (fact?.newReferenceArguments ?? []) + (fact?.borrowedReferenceArguments ?? [])
      for (index, argument) in arguments.enumerated() {
        guard let local = addressed(argument) else { continue }
        define(local, point, .output(argument: index), isWeak: !certain.contains(index))
      }
    }
  }
}

/// A set of small numbers.
struct BitRow: JoinSemilattice, Hashable {
  private var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  func contains(_ index: Int) -> Bool { words[index >> 6] & (1 << UInt64(index & 63)) != 0 }
  mutating func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }
  mutating func remove(_ index: Int) { words[index >> 6] &= ~(1 << UInt64(index & 63)) }

  mutating func join(_ other: Self) -> Bool {
    var changed = false
    for index in words.indices {
      let joined = words[index] | other.words[index]
      if joined != words[index] {
        words[index] = joined
        changed = true
      }
    }
    return changed
  }
}
