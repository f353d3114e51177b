import ProgramModel

/// Where the values of one function come from, without regard to the order of its statements.
///
/// Answers "what can this operand be" by following temporaries and local variables back to
/// constants, addresses, calls, parameters and memory.
struct ValueOrigins {
  enum Origin: Hashable {
    case function(SymbolID)
    case address(PlaceID)
    case integer(Int64)
    case string(Name)
    case parameter(Int)
    /// Read from memory.
    case load(PlaceID)
    /// The result of a call: index into `calls`.
    case call(Int)
    case unknown
  }

  /// One call of the function.
  struct Call {
    var callee: Callee
    var arguments: [Operand]
    var range: SourceRange
    var block: Int
    var instruction: Int
  }

  private(set) var calls: [Call] = []
  private var temporaries: [Int32: [Origin]] = [:]
  private var copies: [Int32: [Operand]] = [:]
  private var stores: [Int32: [Operand]] = [:]
  /// What computed temporaries are computed from.
  private var computed: [Int32: [Operand]] = [:]
  /// Local variables whose address is passed on: anything may be in them.
  private var escaped: Set<Int32> = []
  private let model: FunctionModel

  init(_ model: FunctionModel) {
    self.model = model
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        add(instruction, block: number, index: index)
      }
    }
  }

  /// Everything that the operand can be; bounded.
  func origins(of operand: Operand) -> Set<Origin> {
    var found = Set<Origin>()
    var seen = Set<Operand>()
    var work = [operand]
    while let next = work.popLast(), found.count < 64 {
      guard seen.insert(next).inserted else { continue }
      switch next {
      case .function(let symbol): found.insert(.function(symbol))
      case .address(let place): found.insert(.address(place))
      case .integer(let value): found.insert(.integer(value))
      case .string(let name): found.insert(.string(name))
      case .floating, .unknown: found.insert(.unknown)
      case .temporary(let number):
        found.formUnion(temporaries[number] ?? [])
        work += copies[number] ?? []
      case .local(let index):
        if index < model.parameterCount { found.insert(.parameter(Int(index))) }
        if escaped.contains(index) { found.insert(.unknown) }
        work += stores[index] ?? []
      }
    }
    return found
  }

  /// As `origins`, also of what the operand is computed from.
  func ingredients(of operand: Operand) -> Set<Origin> {
    var found = Set<Origin>()
    var seen = Set<Operand>()
    var work = [operand]
    while let next = work.popLast(), found.count < 64 {
      guard seen.insert(next).inserted else { continue }
      found.formUnion(origins(of: next))
      if case .temporary(let number) = next {
        work += (computed[number] ?? []) + (copies[number] ?? [])
      }
    }
    return found
  }

  /// Everything that the function can return.
  var returned: Set<Origin> {
    model.blocks.reduce(into: []) { found, block in
      if case .return(.some(let operand)) = block.terminator {
        found.formUnion(origins(of: operand))
      }
    }
  }

  /// The call at a place of the function; nil when there is none.
  func call(block: Int, instruction: Int) -> Call? {
    calls.first { $0.block == block && $0.instruction == instruction }
  }

  private mutating func add(_ instruction: Instruction, block: Int, index: Int) {
    switch instruction.operation {
    case .load(let result, let place):
      temporaries[result, default: []].append(.load(place))
    case .store(let place, let operand):
      let target = model.places[Int(place.index)]
      if case .local(let local) = target.base, target.path.isEmpty {
        stores[local, default: []].append(operand)
      }
      escape(operand)
    case .modify(let result, let place, _, _, _):
      if let result { temporaries[result, default: []].append(.unknown) }
      let target = model.places[Int(place.index)]
      if case .local(let local) = target.base, target.path.isEmpty { escaped.insert(local) }
    case .atomic(let result, _, let place, _, let operands):
      if let result { temporaries[result, default: []].append(.load(place)) }
      operands.forEach { escape($0) }
    case .compute(let result, _, let operands):
      temporaries[result, default: []].append(.unknown)
      computed[result, default: []] += operands
      operands.forEach { escape($0) }
    case .copy(let result, let operand):
      copies[result, default: []].append(operand)
    case .call(let result, let callee, let arguments):
      if let result { temporaries[result, default: []].append(.call(calls.count)) }
      calls.append(
        Call(
          callee: callee, arguments: arguments, range: instruction.range, block: block,
          instruction: index))
      arguments.forEach { escape($0) }
    case .opaque(let result, _, let operands):
      if let result { temporaries[result, default: []].append(.unknown) }
      operands.forEach { escape($0) }
    }
  }

  private mutating func escape(_ operand: Operand) {
    guard case .address(let place) = operand else { return }
    let target = model.places[Int(place.index)]
    if case .local(let local) = target.base, !target.path.contains(.dereference) {
      escaped.insert(local)
    }
  }
}
