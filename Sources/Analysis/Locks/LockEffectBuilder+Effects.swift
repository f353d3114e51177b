import ProgramModel
import PythonAPI

extension LockEffectBuilder {
  // MARK: Effects of calls

  mutating func readEffect(_ call: Call) {
    var effect = LockEffect(instruction: Int32(truncatingIfNeeded: call.point.instruction))
    if let operation = call.operation {
      read(operation, call, &effect)
    } else {
      readSummary(call, &effect)
    }
    if !effect.isNothing { effects[Int(call.point.block.index)].append(effect) }
  }

  private mutating func read(
    _ operation: LockOperation, _ call: Call, _ effect: inout LockEffect
  ) {
    func guardLocks() -> Set<HeldLock> {
      call.arguments.first.map { locks(ofGuard: paths.pointee($0)) } ?? []
    }
    switch operation {
    case .acquire(let fact): acquire(fact, call, &effect)
    case .release(let fact):
      for index in fact.keyArguments where index < call.arguments.count {
        let key = fact.held(paths.pointee(call.arguments[index])).key
        release(LockRelease(key: key, family: HeldLock.Family(fact.family)), &effect)
      }
      if fact.family == .stopTheWorld {
        release(LockRelease(key: LockKey(base: .world), family: .stopTheWorld), &effect)
      }
    case .begin(let fact):
      let tags = call.arguments.dropFirst().compactMap { tag($0) }
      if !tags.isEmpty { break }
      effect.acquires = table.numbers(noted(by: fact, call))
    case .end(let fact), .unlock(let fact):
      guard let first = call.arguments.first else { break }
      release(guard: paths.pointee(first), HeldLock.Family(fact.family), &effect)
    case .relock: effect.acquires = table.numbers(guardLocks())
    case .tryRelock, .ask:
      guard let result = call.result else { break }
      effect.pending = table.numbers(guardLocks()).map {
        PendingLock(subject: result, lock: $0, success: .nonzero)
      }
    case .once(let fact): readOnce(fact, call, &effect)
    case .onceBegin:
      guard let result = call.result, let first = call.arguments.first else { break }
      let key = paths.pointee(first)
      effect.pending = [
        PendingLock(
          subject: result, lock: table.number(Self.once(key, .onceBody)), success: .nonzero),
        PendingLock(subject: result, lock: table.number(Self.once(key, .onceDone)), success: .zero),
      ]
    case .onceEnd:
      guard let first = call.arguments.first else { break }
      let key = paths.pointee(first)
      release(LockRelease(key: key, family: .once), &effect)
      effect.acquires = [table.number(Self.once(key, .onceDone))]
    case .thread, .threadEnd, .sameObject, .held, .moduleState: break
    }
  }

  static func once(_ key: LockKey, _ mode: HeldLock.Mode) -> HeldLock {
    HeldLock(key: key, mode: mode, family: .once)
  }

  private mutating func acquire(_ fact: LockFact, _ call: Call, _ effect: inout LockEffect) {
    let indices = fact.keyArguments.isEmpty ? Array(call.arguments.indices) : fact.keyArguments
    var locks = Set<HeldLock>()
    for index in indices where index < call.arguments.count {
      locks.insert(fact.held(paths.pointee(call.arguments[index])))
    }
    if fact.family == .stopTheWorld { locks = [fact.held(.unknown)] }
    let numbers = table.numbers(locks)
    guard let success = fact.success, !waits(fact, call) else {
      effect.acquires = numbers
      return
    }
    guard let result = call.result else { return }
    effect.pending = numbers.map {
      PendingLock(subject: result, lock: $0, success: pending(success, call))
    }
  }

  /// The call certainly waits until it has the lock.
  private func waits(_ fact: LockFact, _ call: Call) -> Bool {
    guard let wait = fact.wait, wait.argument < call.arguments.count else { return false }
    guard let value = constant(call.arguments[wait.argument]), wait.isMet(by: value) else {
      return false
    }
    return fact.success != .one || !canBeInterrupted(call)
  }

  /// An attempt that signals can interrupt says so by a third result.
  private func canBeInterrupted(_ call: Call) -> Bool {
    guard call.arguments.count > 2 else { return true }
    return constant(call.arguments[2]) != 0
  }

  private func pending(_ success: LockFact.Success, _ call: Call) -> PendingLock.Success {
    switch success {
    case .zero: .zero
    case .nonzero: .nonzero
    case .one: canBeInterrupted(call) ? .one : .nonzero
    }
  }

  private func constant(_ operand: Operand) -> Int64? {
    if case .integer(let value) = operand { value } else { nil }
  }

  private mutating func readOnce(_ fact: LockFact, _ call: Call, _ effect: inout LockEffect) {
    guard let index = fact.keyArguments.first, index < call.arguments.count else { return }
    let key = paths.pointee(call.arguments[index])
    for (position, argument) in call.arguments.enumerated() where position != index {
      for body in paths.functions(argument) {
        onceBodies.append(
          OnceBody(function: body, lock: Self.once(key, .onceBody), point: call.point))
      }
    }
    effect.acquires = [table.number(Self.once(key, .onceDone))]
  }

  private mutating func readSummary(_ call: Call, _ effect: inout LockEffect) {
    let summary = summary(of: call)
    if summary.isNothing {
      // The end of an object of a class whose destructor nobody wrote.
      if let callee = call.callee, context.package[callee].name.hasPrefix("~"),
        context.package[callee].definition == nil, let first = call.arguments.first
      {
        release(guard: paths.pointee(first), .other, &effect)
      }
      return
    }
    for gone in summary.released {
      guard let key = gone.key else {
        release(gone, &effect)
        continue
      }
      guard let here = paths.translate(key, arguments: call.arguments) else { continue }
      if gone.isGuard {
        release(guard: here, gone.family ?? .other, &effect)
      } else {
        release(LockRelease(key: here, family: gone.family), &effect)
      }
    }
    effect.releases.sort()
    effect.acquires = table.numbers(translate(summary.acquired, call))
    guard let result = call.result else { return }
    func pending(_ locks: Set<HeldLock>, _ success: PendingLock.Success) -> [PendingLock] {
      table.numbers(translate(locks, call)).map {
        PendingLock(subject: result, lock: $0, success: success)
      }
    }
    effect.pending =
      pending(summary.acquiredIfZero, .zero) + pending(summary.acquiredIfNonzero, .nonzero)
  }

  // MARK: Releases

  private mutating func release(_ release: LockRelease, _ effect: inout LockEffect) {
    effect.releases.append(table.number(release))
  }

  private mutating func release(
    `guard` place: LockKey, _ family: HeldLock.Family, _ effect: inout LockEffect
  ) {
    let locks = locks(ofGuard: place)
    if !locks.isEmpty {
      var gone = Set<LockRelease>()
      var isScoped = false
      if case .local = place.base { isScoped = !place.path.contains("->") }
      for lock in locks {
        gone.insert(LockRelease(key: lock.key, family: lock.family, isScoped: isScoped))
      }
      for release in gone { self.release(release, &effect) }
      effect.releases.sort()
      return
    }
    switch place.base {
    case .local: break
    default: release(LockRelease(key: place, family: family, isGuard: true), &effect)
    }
  }

  // MARK: Values that tell an outcome

  mutating func addCopies() {
    var tracked = Set<Int32>()
    for list in effects { for effect in list { tracked.formUnion(effect.pending.map(\.subject)) } }
    guard !tracked.isEmpty else { return }
    // Blocks need not stand in the order in which they run.
    for _ in 0..<2 {
      forEachCopy { from, to, _, _, _ in
        if let from, tracked.contains(from) { tracked.insert(to) }
      }
    }
    var added: [(Int, LockEffect)] = []
    forEachCopy { from, to, how, block, index in
      var effect = LockEffect(instruction: Int32(truncatingIfNeeded: index))
      if let from, tracked.contains(from) {
        effect.copy = (from, to, how)
      } else if to < 0, tracked.contains(to) {
        effect.copy = (to, to, .none)
      } else {
        return
      }
      added.append((block, effect))
    }
    for (block, effect) in added { effects[block].append(effect) }
    for index in effects.indices where effects[index].count > 1 {
      effects[index].sort { $0.instruction < $1.instruction }
    }
  }

  private func forEachCopy(
    _ body: (_ from: Int32?, _ to: Int32, _ how: PendingCopy, _ block: Int, _ index: Int) -> Void
  ) {
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        switch instruction.operation {
        case .copy(let to, let from):
          body(PendingLock.subject(from), to, .copy, number, index)
        case .store(let id, let value):
          let place = model.places[Int(id.index)]
          guard case .local(let local) = place.base, place.path.isEmpty else { continue }
          body(PendingLock.subject(value), -1 - local, .copy, number, index)
        case .compute(let to, let kind, let operands):
          guard let from = operands.first.flatMap(PendingLock.subject) else { continue }
          body(from, to, Self.copy(kind, operands), number, index)
        default: break
        }
      }
    }
  }

  private static func copy(_ kind: Operator, _ operands: [Operand]) -> PendingCopy {
    if kind == .not { return .equal(0) }
    guard operands.count == 2, case .integer(let value) = operands[1] else { return .none }
    switch kind {
    case .equal: return .equal(value)
    case .notEqual: return .notEqual(value)
    case .greater where value == 0: return .positive
    case .less where value == 0: return .negative
    default: return .none
    }
  }
}
