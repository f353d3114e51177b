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
  let definitions: [Int32: Definition]
  let relevant: Set<KnownSubject>
  private(set) var states: [LockWorlds?] = []

  /// The one instruction that gives a temporary its value, as far as conditions need it.
  enum Definition {
    case load(LockKey)
    case query(FunctionID, [Int64])
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
    definitions = Self.definitions(package, paths, flow)
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
