import ProgramModel
import PythonAPI

/// Follows the locks that one function takes, each from where it is taken, on every way.
struct LockWalk: DataFlowProblem {
  let model: FunctionModel
  let locks: FunctionLocks
  let acquisitions: [LockAcquisition]
  /// Per effect of `locks`, by block and instruction: the acquisitions that it makes.
  private let made: [ProgramPoint: [Int32]]
  /// Calls of functions of the package that take locks only where they return such a value.
  private let outcomes: [ProgramPoint: (subject: Int32, held: KnownValue, other: KnownValue)]
  private let paths: ObjectPaths
  private let definitions: [Int32: Definition]
  private let relevant: Set<KnownSubject>
  private(set) var states: [LockWorlds?] = []

  /// The one instruction that gives a temporary its value, as far as conditions need it.
  private enum Definition {
    case load(LockKey)
    case not(Operand)
    case compare(Operator, Operand, Operand)
  }

  var boundary: LockWorlds { LockWorlds(worlds: [[]: [:]]) }
  var safe: LockWorlds { LockWorlds(isTooLarge: true) }

  init(
    _ package: PackageModel, _ locks: FunctionLocks, _ paths: ObjectPaths, _ flow: ControlFlow,
    _ outcome: (FunctionID) -> LockOutcome?
  ) {
    model = paths.model
    self.locks = locks
    self.paths = paths
    (acquisitions, made) = Self.acquisitions(package, paths, locks)
    var outcomes: [ProgramPoint: (subject: Int32, held: KnownValue, other: KnownValue)] = [:]
    for acquisition in acquisitions where !acquisition.isTry {
      let point = acquisition.point
      guard
        case .call(let result?, .direct(let symbol), _) = paths.model.blocks[
          Int(point.block.index)
        ].instructions[point.instruction].operation,
        let callee = package.function(symbol, in: paths.unit)
      else { continue }
      if acquisition.isDirect {
        // These return an error's number, and have nothing then.
        switch acquisition.lock.family {
        case .pthread, .c11: outcomes[point] = (result, .equal(0), .notEqual(0))
        default: break
        }
      } else if let outcome = outcome(callee) {
        outcomes[point] = (result, outcome.held, outcome.other)
      }
    }
    self.outcomes = outcomes
    definitions = Self.definitions(paths)
    relevant = Self.relevant(paths.model, definitions)
    states = solve(paths.model, flow).states
  }

  // MARK: Acquisitions

  private static func acquisitions(
    _ package: PackageModel, _ paths: ObjectPaths, _ locks: FunctionLocks
  ) -> ([LockAcquisition], [ProgramPoint: [Int32]]) {
    var found: [LockAcquisition] = []
    var made: [ProgramPoint: [Int32]] = [:]
    let scoped = scopedLocks(package, paths, locks)
    for (number, block) in paths.model.blocks.enumerated() {
      let id = BlockID(Int32(truncatingIfNeeded: number))
      for effect in locks.effects(of: id) {
        let taken = effect.acquires + effect.pending.map(\.lock)
        let real = taken.filter { lock in
          switch locks.locks[Int(lock)].mode {
          case .exclusive, .shared: true
          case .onceBody, .onceDone: false
          }
        }
        guard !real.isEmpty else { continue }
        let point = ProgramPoint(block: id, instruction: Int(effect.instruction))
        let instruction = block.instructions[point.instruction]
        var isDirect = false
        var isGuard = false
        if case .call(_, .direct(let symbol), _) = instruction.operation,
          let callee = package.function(symbol, in: paths.unit)
        {
          switch LockOperation.of(package[callee]) {
          case .begin(let fact):
            isDirect = true
            isGuard = fact.role == .guard
          case .relock, .tryRelock:
            isDirect = true
            isGuard = true
          case .acquire: isDirect = true
          default:
            isGuard = package.body(of: callee)?.model.kind == .constructor
          }
        }
        for lock in Set(real).sorted() {
          made[point, default: []].append(Int32(truncatingIfNeeded: found.count))
          found.append(
            LockAcquisition(
              point: point, range: instruction.range, lock: locks.locks[Int(lock)], number: lock,
              isTry: !effect.acquires.contains(lock), isDirect: isDirect,
              isCombined: real.count > 1, isScoped: isGuard || scoped.contains(lock)))
        }
      }
    }
    return (found, made)
  }

  /// Locks that a destructor lets go.
  private static func scopedLocks(
    _ package: PackageModel, _ paths: ObjectPaths, _ locks: FunctionLocks
  ) -> Set<Int32> {
    var found = Set<Int32>()
    for (number, block) in paths.model.blocks.enumerated() {
      for effect in locks.effects(of: BlockID(Int32(truncatingIfNeeded: number)))
      where !effect.releases.isEmpty {
        guard
          case .call(_, .direct(let symbol), _) = block.instructions[Int(effect.instruction)]
            .operation, package.units[paths.unit].name(of: symbol).hasPrefix("~")
        else { continue }
        for release in effect.releases { found.formUnion(locks.ended[Int(release)]) }
      }
    }
    return found
  }

  // MARK: Conditions

  private static func definitions(_ paths: ObjectPaths) -> [Int32: Definition] {
    var found: [Int32: Definition] = [:]
    var seen = Set<Int32>()
    for block in paths.model.blocks {
      for instruction in block.instructions {
        guard let result = instruction.operation.result else { continue }
        // Set in several places: no definition.
        guard seen.insert(result).inserted else {
          found[result] = nil
          continue
        }
        switch instruction.operation {
        case .load(_, let place):
          let key = paths.location(paths.model.places[Int(place.index)])
          if key.base != .unknown { found[result] = .load(key) }
        case .compute(_, .not, let operands):
          if let first = operands.first { found[result] = .not(first) }
        case .compute(_, let kind, let operands) where operands.count == 2:
          switch kind {
          case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            found[result] = .compare(kind, operands[0], operands[1])
          default: break
          }
        default: break
        }
      }
    }
    return found
  }

  /// The subjects that any branch depends on.
  private static func relevant(
    _ model: FunctionModel, _ definitions: [Int32: Definition]
  ) -> Set<KnownSubject> {
    var found = Set<KnownSubject>()
    func note(_ operand: Operand) {
      switch operand {
      case .local(let local): found.insert(.local(local))
      case .temporary(let number):
        guard found.insert(.temporary(number)).inserted else { return }
        switch definitions[number] {
        case .load(let key): found.insert(.place(key))
        case .not(let inner): note(inner)
        case .compare(_, let left, let right):
          note(left)
          note(right)
          if let pair = equality(left, right) { found.insert(pair) }
        case nil: break
        }
      default: break
      }
    }
    for block in model.blocks {
      switch block.terminator {
      case .branch(let operand, _, _), .switch(let operand, _, _): note(operand)
      case .return(let operand?): note(operand)
      default: break
      }
    }
    // What is copied into them.
    for _ in 0..<3 {
      for block in model.blocks {
        for instruction in block.instructions {
          switch instruction.operation {
          case .copy(let to, let from) where found.contains(.temporary(to)): note(from)
          case .store(let id, let from):
            let place = model.places[Int(id.index)]
            if case .local(let local) = place.base, place.path.isEmpty,
              found.contains(.local(local))
            {
              note(from)
            }
          default: break
          }
        }
      }
    }
    return found
  }

  private static func equality(_ left: Operand, _ right: Operand) -> KnownSubject? {
    guard case .local(let one) = left, case .local(let other) = right else { return nil }
    return .equality(min(one, other), max(one, other))
  }

  /// What is known of a value.
  private func known(_ operand: Operand, _ facts: LockWorlds.Facts, depth: Int = 0) -> KnownValue? {
    switch operand {
    case .integer(let value): return .equal(value)
    case .local(let local): return facts[.local(local)]
    case .address, .function, .string: return .notEqual(0)
    case .temporary(let number):
      if let known = facts[.temporary(number)] { return known }
      guard depth < 6 else { return nil }
      switch definitions[number] {
      case .load(let key): return facts[.place(key)]
      case .not(let inner):
        return known(inner, facts, depth: depth + 1)?.isNonzero.map { .equal($0 ? 0 : 1) }
      case .compare(let kind, let left, let right):
        return compared(kind, left, right, facts, depth).map { .equal($0 ? 1 : 0) }
      case nil: return nil
      }
    case .floating, .unknown: return nil
    }
  }

  private func compared(
    _ kind: Operator, _ left: Operand, _ right: Operand, _ facts: LockWorlds.Facts, _ depth: Int
  ) -> Bool? {
    if let pair = Self.equality(left, right), case .equal(let value)? = facts[pair] {
      if kind == .equal { return value != 0 }
      if kind == .notEqual { return value == 0 }
    }
    guard let one = known(left, facts, depth: depth + 1),
      let other = known(right, facts, depth: depth + 1)
    else { return nil }
    switch (kind, one, other) {
    case (.equal, .equal(let a), .equal(let b)): return a == b
    case (.notEqual, .equal(let a), .equal(let b)): return a != b
    case (.less, .equal(let a), .equal(let b)): return a < b
    case (.lessOrEqual, .equal(let a), .equal(let b)): return a <= b
    case (.greater, .equal(let a), .equal(let b)): return a > b
    case (.greaterOrEqual, .equal(let a), .equal(let b)): return a >= b
    case (.equal, .equal(let a), .notEqual(let b)) where a == b: return false
    case (.equal, .notEqual(let a), .equal(let b)) where a == b: return false
    case (.notEqual, .equal(let a), .notEqual(let b)) where a == b: return true
    case (.notEqual, .notEqual(let a), .equal(let b)) where a == b: return true
    default: return nil
    }
  }

  /// Adds that a value is as said; false: it cannot be.
  private func assume(
    _ operand: Operand, _ value: KnownValue, _ facts: inout LockWorlds.Facts, depth: Int = 0
  ) -> Bool {
    if let known = known(operand, facts), known.contradicts(value) { return false }
    switch operand {
    case .local(let local): set(.local(local), value, &facts)
    case .temporary(let number):
      set(.temporary(number), value, &facts)
      guard depth < 6 else { return true }
      switch (definitions[number], value.isNonzero) {
      case (.load(let key), _): set(.place(key), value, &facts)
      case (.not(let inner), let isNonzero?):
        return assume(inner, isNonzero ? .equal(0) : .notEqual(0), &facts, depth: depth + 1)
      case (.compare(let kind, let left, let right), let isTrue?):
        return assume(kind, left, right, isTrue, &facts, depth)
      default: break
      }
    default: break
    }
    return true
  }

  private func assume(
    _ kind: Operator, _ left: Operand, _ right: Operand, _ isTrue: Bool,
    _ facts: inout LockWorlds.Facts, _ depth: Int
  ) -> Bool {
    if kind == .equal || kind == .notEqual, let pair = Self.equality(left, right) {
      let isEqual = (kind == .equal) == isTrue
      if let known = facts[pair], known != .equal(isEqual ? 1 : 0) { return false }
      facts[pair] = .equal(isEqual ? 1 : 0)
      return true
    }
    guard case .integer(let number) = right else { return true }
    switch (kind, isTrue) {
    case (.equal, true), (.notEqual, false):
      return assume(left, .equal(number), &facts, depth: depth + 1)
    case (.equal, false), (.notEqual, true):
      return assume(left, .notEqual(number), &facts, depth: depth + 1)
    case (.less, true) where number <= 0, (.greater, true) where number >= 0,
      (.lessOrEqual, true) where number < 0, (.greaterOrEqual, true) where number > 0:
      return assume(left, .notEqual(0), &facts, depth: depth + 1)
    // Attempts say zero or a negative number, or zero and one.
    case (.less, false) where number == 0, (.greater, false) where number == 0:
      return known(left, facts) != .notEqual(0)
    default: return true
    }
  }

  private func set(
    _ subject: KnownSubject, _ value: KnownValue, _ facts: inout LockWorlds.Facts
  ) {
    guard relevant.contains(subject) else { return }
    // That it is another value than one says less than the value itself.
    if case .equal? = facts[subject] { return }
    facts[subject] = value
  }

  // MARK: Transfer

  func transfer(
    block: BlockID, of model: FunctionModel, _ state: inout LockWorlds,
    exceptional: inout LockWorlds?
  ) {
    let hasHandler = model.blocks[Int(block.index)].handler != nil
    if hasHandler { exceptional = state }
    for index in model.blocks[Int(block.index)].instructions.indices {
      apply(ProgramPoint(block: block, instruction: index), &state)
      if hasHandler { _ = exceptional?.join(state) }
    }
  }

  private func effect(at point: ProgramPoint) -> [LockEffect] {
    locks.effects(of: point.block).filter { Int($0.instruction) == point.instruction }
  }

  private func apply(_ point: ProgramPoint, _ state: inout LockWorlds) {
    let instruction = model.blocks[Int(point.block.index)].instructions[point.instruction]
    forget(instruction.operation, &state)
    for effect in effect(at: point) {
      if !effect.releases.isEmpty {
        let ended = Set(effect.releases.flatMap { locks.ended[Int($0)] })
        state.map { held, facts in
          [(held.filter { !ended.contains(acquisitions[Int($0)].number) }, facts)]
        }
      }
      let made = made[point] ?? []
      let certain = made.filter { effect.acquires.contains(acquisitions[Int($0)].number) }
      if let outcome = outcomes[point], !certain.isEmpty {
        let subject = KnownSubject.temporary(outcome.subject)
        state.map { held, facts in
          var (taken, failed) = (facts, facts)
          taken[subject] = outcome.held
          failed[subject] = outcome.other
          return [(Set(held + certain).sorted(), taken), (held, failed)]
        }
      } else if !certain.isEmpty {
        state.map { held, facts in [(Set(held + certain).sorted(), facts)] }
      }
      if let subject = effect.pending.first?.subject { attempt(effect, made, subject, &state) }
    }
  }

  /// An attempt: one world for each outcome.
  private func attempt(
    _ effect: LockEffect, _ made: [Int32], _ subject: Int32, _ state: inout LockWorlds
  ) {
    func taken(_ success: PendingLock.Success) -> [Int32] {
      let numbers = Set(effect.pending.filter { $0.success == success }.map(\.lock))
      return made.filter { numbers.contains(acquisitions[Int($0)].number) }
    }
    let isOne = effect.pending.contains { $0.success == .one }
    let outcomes: [(KnownValue, [Int32])] =
      isOne
      ? [(.equal(1), taken(.one)), (.notEqual(1), [])]
      : [(.equal(0), taken(.zero)), (.notEqual(0), taken(.nonzero))]
    state.map { held, facts in
      outcomes.map { value, taken in
        var facts = facts
        facts[.temporary(subject)] = value
        return (Set(held + taken).sorted(), facts)
      }
    }
  }

  /// What an instruction writes is known anew, or no longer.
  private func forget(_ operation: Operation, _ state: inout LockWorlds) {
    switch operation {
    case .copy(let to, let from):
      guard relevant.contains(.temporary(to)) else { return }
      update(.temporary(to), from, &state)
    case .store(let id, let from):
      let place = model.places[Int(id.index)]
      if case .local(let local) = place.base, place.path.isEmpty {
        forgetPairs(of: local, &state)
        if relevant.contains(.local(local)) { update(.local(local), from, &state) }
        return
      }
      let key = KnownSubject.place(paths.location(place))
      if relevant.contains(key) { update(key, from, &state) }
    case .modify(_, let id, _, _, _), .atomic(_, _, let id, _, _):
      let place = model.places[Int(id.index)]
      if case .local(let local) = place.base, place.path.isEmpty {
        forgetPairs(of: local, &state)
        drop(.local(local), &state)
      } else {
        drop(.place(paths.location(place)), &state)
      }
    case .call(let result, _, let arguments), .opaque(let result, _, let arguments):
      if let result { drop(.temporary(result), &state) }
      for case .address(let id) in arguments {
        let place = model.places[Int(id.index)]
        if case .local(let local) = place.base, place.path.isEmpty {
          // Hardly anybody lets others change a parameter; where headers are missing, the address
          // of a field can look so.
          if local >= model.parameterCount { drop(.local(local), &state) }
        } else {
          drop(.place(paths.location(place)), &state)
        }
      }
    case .load(let result, _), .compute(let result, _, _): drop(.temporary(result), &state)
    }
  }

  private func drop(_ subject: KnownSubject, _ state: inout LockWorlds) {
    guard relevant.contains(subject),
      state.worlds.values.contains(where: { $0[subject] != nil })
    else { return }
    state.map { held, facts in
      var facts = facts
      facts[subject] = nil
      return [(held, facts)]
    }
  }

  private func forgetPairs(of local: Int32, _ state: inout LockWorlds) {
    for subject in relevant {
      guard case .equality(let one, let other) = subject, one == local || other == local else {
        continue
      }
      drop(subject, &state)
    }
  }

  private func update(_ subject: KnownSubject, _ from: Operand, _ state: inout LockWorlds) {
    state.map { held, facts in
      var facts = facts
      facts[subject] = known(from, facts)
      return [(held, facts)]
    }
  }

  func transfer(along edge: FlowEdge, _ state: inout LockWorlds) {
    let block = model.blocks[Int(edge.from.index)]
    let condition: (Operand, KnownValue)?
    switch (edge.kind, block.terminator) {
    case (.then, .branch(let operand, _, _)): condition = (operand, .notEqual(0))
    case (.otherwise, .branch(let operand, _, _)): condition = (operand, .equal(0))
    case (.switchCase(let low, let high), .switch(let operand, _, _)) where low == high:
      condition = (operand, .equal(low))
    default: condition = nil
    }
    guard let (operand, value) = condition else { return }
    state.map { held, facts in
      var facts = facts
      return assume(operand, value, &facts) ? [(held, facts)] : []
    }
  }

  // MARK: Questions

  /// What the function returns where it leaves with all its locks held and where with none; nil:
  /// the result does not tell.
  func outcome() -> LockOutcome? {
    var held: Set<KnownValue?> = []
    var other: Set<KnownValue?> = []
    for (number, block) in model.blocks.enumerated() {
      guard case .return(let value) = block.terminator,
        let state = worlds(
          at: ProgramPoint(
            block: BlockID(Int32(truncatingIfNeeded: number)),
            instruction: block.instructions.count))
      else { continue }
      for (locks, facts) in state.worlds {
        let result = value.flatMap { known($0, facts) }
        if locks.isEmpty { other.insert(result) } else { held.insert(result) }
      }
    }
    guard let one = Self.kind(held), let two = Self.kind(other), one != two else { return nil }
    return LockOutcome(
      held: one ? .notEqual(0) : .equal(0), other: two ? .notEqual(0) : .equal(0))
  }

  /// Whether all values are other ones than zero; nil: some are and some are not, or who knows.
  private static func kind(_ values: Set<KnownValue?>) -> Bool? {
    let kinds = Set(values.map { $0?.isNonzero })
    guard kinds.count == 1, let kind = kinds.first else { return nil }
    return kind
  }

  /// The worlds before an instruction; nil where nothing reaches the block.
  func worlds(at point: ProgramPoint) -> LockWorlds? {
    guard Int(point.block.index) < states.count, var state = states[Int(point.block.index)] else {
      return nil
    }
    let count = model.blocks[Int(point.block.index)].instructions.count
    for index in 0..<min(point.instruction, count) {
      apply(ProgramPoint(block: point.block, instruction: index), &state)
    }
    return state
  }

  /// Calls `body` for each instruction, and for the terminators, with the worlds before it.
  func forEachPoint(_ body: (ProgramPoint, LockWorlds) -> Void) {
    for (number, block) in model.blocks.enumerated() {
      guard number < states.count, var state = states[number], !state.isTooLarge else { continue }
      let id = BlockID(Int32(truncatingIfNeeded: number))
      for index in 0...block.instructions.count {
        let point = ProgramPoint(block: id, instruction: index)
        body(point, state)
        if index < block.instructions.count { apply(point, &state) }
      }
    }
  }
}
