import ProgramModel

/// What the thread state can be at a point, seen from the function's entry.
struct ThreadPossibilities: OptionSet, Hashable {
  let rawValue: UInt8

  static let attached = Self(rawValue: 1)
  static let detached = Self(rawValue: 2)
  /// What it was at the function's entry.
  static let entry = Self(rawValue: 4)
  /// What the caller noted last and will go back to.
  static let noted = Self(rawValue: 8)
  static let unknown = Self(rawValue: 16)

  /// The possibilities with those put in that `entry` and `noted` stand for.
  func resolved(entry: Self, noted: Self) -> Self {
    var result = subtracting([.entry, .noted])
    if contains(.entry) { result.formUnion(entry) }
    if contains(.noted) { result.formUnion(noted) }
    return result
  }

  var state: ThreadState {
    switch self {
    case .attached: .attached
    case .detached: .detached
    default: .unknown
    }
  }
}

/// The thread state at a point and the states noted to go back to.
struct ThreadFlowState: JoinSemilattice, Equatable, Sendable {
  var current: ThreadPossibilities = .entry
  var stack: [ThreadPossibilities] = []
  /// How many of the caller's notes were used up.
  var taken = 0
  /// The ways here have noted different numbers of states.
  var isLost = false

  mutating func join(_ other: Self) -> Bool {
    let before = self
    current.formUnion(other.current)
    if stack.count == other.stack.count, taken == other.taken, !other.isLost {
      for index in stack.indices { stack[index].formUnion(other.stack[index]) }
    } else {
      isLost = true
    }
    if isLost {
      stack = []
      taken = 0
    }
    return self != before
  }

  mutating func note(_ state: ThreadPossibilities) { if !isLost { stack.append(state) } }

  mutating func takeNote() -> ThreadPossibilities {
    if isLost { return .unknown }
    if let last = stack.popLast() { return last }
    taken += 1
    return taken == 1 ? .noted : .unknown
  }

  /// The effect of a call, given the state in which the callee returns.
  mutating func apply(_ callee: Self) {
    let before = current
    let noted = isLost ? .unknown : stack.last ?? (taken == 0 ? .noted : .unknown)
    current = callee.current.resolved(entry: before, noted: noted)
    for _ in 0..<callee.taken { _ = takeNote() }
    for state in callee.stack { note(state.resolved(entry: before, noted: noted)) }
    if callee.isLost {
      isLost = true
      stack = []
      taken = 0
    }
  }

  static let nothing = Self()
}

/// What one instruction does to the thread state.
enum ThreadEffect {
  case attach, detach
  /// The same, and what was before is noted.
  case attachNoting, detachNoting
  /// Goes back to what was noted.
  case restore
  case call(ThreadFlowState)
}

/// The changes of the thread state in one function.
struct FunctionThreads: DataFlowProblem, Sendable {
  var effects: [[(instruction: Int, effect: ThreadEffect)]] = []
  /// Per branch the state that the condition implies: on `then` and on `otherwise`.
  var implied: [Int32: (then: ThreadPossibilities, otherwise: ThreadPossibilities)] = [:]
  var states: [ThreadFlowState?] = []

  var boundary: ThreadFlowState { .nothing }
  var safe: ThreadFlowState { ThreadFlowState(current: .unknown, isLost: true) }

  static func apply(_ effect: ThreadEffect, to state: inout ThreadFlowState) {
    switch effect {
    case .attach: state.current = .attached
    case .detach: state.current = .detached
    case .attachNoting:
      state.note(state.current)
      state.current = .attached
    case .detachNoting:
      state.note(state.current)
      state.current = .detached
    case .restore: state.current = state.takeNote()
    case .call(let callee): state.apply(callee)
    }
  }

  func transfer(
    block: BlockID, of model: FunctionModel, _ state: inout ThreadFlowState,
    exceptional: inout ThreadFlowState?
  ) {
    let hasHandler = model.blocks[Int(block.index)].handler != nil
    if hasHandler { exceptional = state }
    for (_, effect) in effects[Int(block.index)] {
      Self.apply(effect, to: &state)
      if hasHandler { _ = exceptional?.join(state) }
    }
  }

  func transfer(along edge: FlowEdge, _ state: inout ThreadFlowState) {
    guard let (then, otherwise) = implied[edge.from.index] else { return }
    // What is known for certain was changed behind the condition's back, and stays.
    func narrow(_ wanted: ThreadPossibilities) {
      if state.current != .attached, state.current != .detached { state.current = wanted }
    }
    switch edge.kind {
    case .then: narrow(then)
    case .otherwise: narrow(otherwise)
    case .jump, .switchCase, .switchDefault, .indirect, .handler: break
    }
  }

  func state(block: BlockID, instruction: Int) -> ThreadFlowState? {
    guard Int(block.index) < states.count, var state = states[Int(block.index)] else { return nil }
    for (index, effect) in effects[Int(block.index)] {
      if index >= instruction { break }
      Self.apply(effect, to: &state)
    }
    return state
  }

  /// The state in which the function returns, whatever way it takes.
  func returned(_ model: FunctionModel) -> ThreadFlowState {
    var result: ThreadFlowState?
    for (index, block) in model.blocks.enumerated() {
      guard case .return = block.terminator,
        let state = state(
          block: BlockID(Int32(truncatingIfNeeded: index)), instruction: Int.max)
      else { continue }
      if result == nil { result = state } else { _ = result?.join(state) }
    }
    return result ?? .nothing
  }
}
