import ProgramModel
import PythonAPI

/// Finds the misuses of locks in a package.
final class LockMisuseFinder {
  let context: ReferenceContext
  let threadStates: ThreadStates
  let reentry: PythonReentry
  let recursives: RecursiveLocks
  var package: PackageModel { context.package }
  var locks: Locks { context.locks }
  private var walks: [FunctionID: LockWalk?] = [:]
  private var outcomes: [FunctionID: LockOutcome?] = [:]
  var taken: [FunctionID: [LockTake]] = [:]
  var sections: [FunctionID: [OpenedSection]] = [:]
  private(set) var found: [LockHazard] = []
  private var written: Set<ReferenceContext.FieldKey>?

  init(_ context: ReferenceContext, _ threadStates: ThreadStates) {
    self.context = context
    self.threadStates = threadStates
    reentry = PythonReentry(context, context.locks)
    recursives = RecursiveLocks(context.package, context.locks)
  }

  static func run(_ context: ReferenceContext, _ threadStates: ThreadStates) -> LockMisuses {
    let finder = LockMisuseFinder(context, threadStates)
    for function in context.package.functionIDs
    where context.locks.functionLocks(function) != nil
      && context.phases.isConcurrent(function)
    {
      finder.examine(function)
    }
    return LockMisuses(
      hazards: finder.found.sorted { finder.order($0).lexicographicallyPrecedes(finder.order($1)) })
  }

  private func order(_ hazard: LockHazard) -> [Int] {
    [
      Int(hazard.site.function.index), Int(hazard.site.range.start),
      Int(hazard.site.block.index), hazard.site.instruction,
      LockPattern.allCases.firstIndex(of: hazard.pattern) ?? 0,
    ]
  }

  func add(_ hazard: LockHazard) { if !found.contains(hazard) { found.append(hazard) } }

  /// nil for functions that do nothing to locks.
  func walk(_ function: FunctionID) -> LockWalk? {
    if let known = walks[function] { return known }
    guard let own = locks.functionLocks(function), own.isComplete,
      let flow = context.flow(of: function)
    else { return nil }
    // Recursion finds nothing.
    walks[function] = .some(nil)
    let made = LockWalk(package, own, locks.paths(of: function), flow.flow) { outcome(of: $0) }
    walks[function] = made
    return made
  }

  private func outcome(of function: FunctionID) -> LockOutcome? {
    if let known = outcomes[function] { return known }
    outcomes[function] = .some(nil)
    let found = walk(function)?.outcome()
    outcomes[function] = found
    return found
  }

  private func examine(_ function: FunctionID) {
    guard let walk = walk(function), let flow = context.flow(of: function) else { return }
    if !walk.acquisitions.isEmpty {
      examineCalls(walk, flow)
      examineExits(walk, flow)
    }
    if walk.acquisitions.contains(where: { $0.lock.isSuspendable }) {
      SectionValues(self, walk, flow).examine()
    }
  }

  func site(_ acquisition: LockAcquisition, _ flow: ValueFlow) -> CodeSite {
    context.site(acquisition.point, in: flow)
  }

  // MARK: Ways out

  private func examineExits(_ walk: LockWalk, _ flow: ValueFlow) {
    var kept: [Int32: [ProgramPoint]] = [:]
    var exits = 0
    walk.forEachPoint { point, state in
      guard isExit(point, walk.model, flow), !state.worlds.isEmpty else { return }
      exits += 1
      for index in state.mayHold { kept[index, default: []].append(point) }
    }
    let released = releasedAcquisitions(walk)
    for (index, points) in kept.sorted(by: { $0.key < $1.key }) {
      let acquisition = walk.acquisitions[Int(index)]
      guard !acquisition.isScoped, let exit = points.first else { continue }
      if acquisition.lock.family == .criticalSection {
        guard isOwnSection(acquisition, flow) else { continue }
        add(
          LockHazard(
            pattern: .sectionEscape, site: site(acquisition, flow), lock: acquisition.lock,
            other: context.site(exit, in: flow), name: ""))
      } else if released.contains(index),
        let exit = points.first(where: { !isUncaught($0, flow) }),
        !isHandedOver(acquisition.lock, flow.function),
        // What is taken twice is one mistake.
        !found.contains(where: {
          $0.pattern == .recursive && $0.site == site(acquisition, flow)
        })
      {
        add(
          LockHazard(
            pattern: .unbalanced, site: site(acquisition, flow), lock: acquisition.lock,
            other: context.site(exit, in: flow), name: ""))
      }
    }
  }

  private func isExit(_ point: ProgramPoint, _ model: FunctionModel, _ flow: ValueFlow) -> Bool {
    let block = model.blocks[Int(point.block.index)]
    if point.instruction < block.instructions.count {
      return flow.name(ofCallAt: point).map(ReentryEffects.jumpsFar) ?? false
    }
    switch block.terminator {
    case .return: return true
    case .throw: return block.handler == nil
    default: return false
    }
  }

  /// An exception leaves the function that none of the handlers is for. Which ones can come is not
  /// known; where the handlers that are there release, nothing says that there are others.
  private func isUncaught(_ point: ProgramPoint, _ flow: ValueFlow) -> Bool {
    let names = package.units[flow.unit]
    guard case .throw = flow.model.blocks[Int(point.block.index)].terminator else { return false }
    return flow.model.blocks.contains { block in
      guard case .branch(.temporary(let test), _, point.block) = block.terminator,
        case .opaque(let result, let name, _)? = block.instructions.last?.operation
      else { return false }
      return result == test && names[name] == "catch"
    }
  }

  /// The acquisitions that the function itself ends on some way.
  private func releasedAcquisitions(_ walk: LockWalk) -> Set<Int32> {
    var found = Set<Int32>()
    walk.forEachPoint { point, state in
      let held = state.mayHold
      guard !held.isEmpty else { return }
      for effect in walk.locks.effects(of: point.block)
      where Int(effect.instruction) == point.instruction && !effect.releases.isEmpty {
        let ended = Set(effect.releases.flatMap { walk.locks.meant[Int($0)] })
        found.formUnion(held.filter { ended.contains(walk.acquisitions[Int($0)].number) })
      }
    }
    return found
  }

  /// The section is noted in a variable of the function itself, and ends with it.
  private func isOwnSection(_ acquisition: LockAcquisition, _ flow: ValueFlow) -> Bool {
    guard case .call(_, _, let arguments)? = flow.operation(at: acquisition.point) else {
      return false
    }
    return arguments.contains { argument in
      guard case .address(let id) = argument else { return false }
      let place = flow.model.places[Int(id.index)]
      guard case .local(let local) = place.base, place.path.isEmpty else { return false }
      let types = context.package.units[flow.unit]
      return types[types[flow.model.locals[Int(local)].type].record].hasPrefix("PyCriticalSection")
    }
  }

  /// The lock is let go by somebody else: callers, or another entry point.
  private func isHandedOver(_ lock: HeldLock, _ function: FunctionID) -> Bool {
    let callers = context.graph.incoming[Int(function.index)].map { context.graph.edges[$0] }
    for edge in callers {
      guard let caller = locks.functionLocks(edge.caller) else { continue }
      if caller.releases.contains(where: { isAlike($0, lock) }) { return true }
    }
    return context.phases.entryPoints.contains { entry in
      // One that takes it as well releases its own.
      guard entry.function != function, let other = locks.functionLocks(entry.function),
        !other.locks.contains(where: { $0.family == lock.family && isSameField($0.key, lock.key) }),
        let model = package.body(of: entry.function)?.model
      else { return false }
      return model.blocks.indices.contains { number in
        guard case .return = model.blocks[number].terminator,
          let state = other.state(
            block: BlockID(Int32(truncatingIfNeeded: number)), instruction: Int.max)
        else { return false }
        return state.released.contains { isAlike(other.releases[Int($0)], lock) }
      }
    }
  }

  private func isSameField(_ left: LockKey, _ right: LockKey) -> Bool {
    left == right || left.lastField != nil && left.lastField == right.lastField
  }

  private func isAlike(_ release: LockRelease, _ lock: HeldLock) -> Bool {
    guard let key = release.key else { return release.family == lock.family }
    if key == lock.key { return true }
    guard let field = key.lastField else { return false }
    return field == lock.key.lastField && (release.family == nil || release.family == lock.family)
  }

  // MARK: Calls under locks

  private func examineCalls(_ walk: LockWalk, _ flow: ValueFlow) {
    var acrossPython: [LockKey: (rank: Int, hazard: LockHazard)] = [:]
    walk.forEachPoint { point, state in
      guard flow.liveBlocks.contains(point.block.index) else { return }
      examineAcquisition(point, state, walk, flow)
      let held = state.mayHold.map { walk.acquisitions[Int($0)] }
        .filter { !$0.lock.isSuspendable && $0.lock.family != .stopTheWorld }
      guard !held.isEmpty, case .call? = flow.operation(at: point) else { return }
      examineTakes(point, held, flow)
      for cause in reentry.causes(at: point, in: flow) where cause.parameter == nil {
        for acquisition in held {
          guard isDangerous(acquisition, cause, flow),
            !cause.released.contains(where: { $0.mayEnd(acquisition.lock) })
          else { continue }
          let rank = Self.rank(cause, flow.function)
          let key = acquisition.lock.key
          if let known = acrossPython[key], known.rank <= rank { continue }
          acrossPython[key] = (
            rank,
            LockHazard(
              pattern: .acrossPython, site: site(acquisition, flow), lock: acquisition.lock,
              other: cause.site, name: cause.name, isIndirect: cause.kind == .thread)
          )
        }
      }
    }
    for (_, hazard) in acrossPython.values { add(hazard) }
  }

  /// What tells most comes first: Python code that certainly runs, in the function itself.
  private static func rank(_ cause: PythonReentry.Cause, _ function: FunctionID) -> Int {
    let isSure = !ReferenceEffects.givesUp(cause.name) && !ReentryEffects.reportsError(cause.name)
    return (cause.kind == .thread ? 4 : 0) + (isSure ? 0 : 1)
      + (cause.site.function == function ? 0 : 2)
  }

  /// Whether to come to this call under the lock can make threads wait for each other.
  private func isDangerous(
    _ acquisition: LockAcquisition, _ cause: PythonReentry.Cause, _ flow: ValueFlow
  ) -> Bool {
    guard !recursives.contains(acquisition.lock, in: flow.function) else { return false }
    switch acquisition.lock.family {
    case .mutex:
      // Threads detach while they wait for it: only who comes back for it himself is stuck.
      return cause.kind == .python && acquisition.lock.mode == .exclusive
        && isTakenByEntryPoint(flow.function)
    case .threadLock, .pthread, .c11, .windows, .cxx, .other:
      return waitsAttached(acquisition, flow)
    case .criticalSection, .once, .stopTheWorld: return false
    }
  }

  /// Whether a thread can wait for the lock without detaching, here or in the function called.
  private func waitsAttached(
    _ acquisition: LockAcquisition, _ flow: ValueFlow, depth: Int = 0
  ) -> Bool {
    if acquisition.isDirect {
      return !acquisition.isTry
        && threadStates.state(
          in: flow.function, block: acquisition.point.block,
          instruction: acquisition.point.instruction) == .attached
    }
    guard depth < 6, let (callee, arguments) = flow.call(at: acquisition.point),
      let walk = walk(callee), let inner = context.flow(of: callee)
    else { return false }
    return walk.acquisitions.contains { other in
      guard
        let lock = locks.translate(
          other.lock, callee: callee, arguments: arguments, in: flow.function)
      else { return false }
      return lock.key == acquisition.lock.key && waitsAttached(other, inner, depth: depth + 1)
    }
  }

  private func isTakenByEntryPoint(_ function: FunctionID) -> Bool {
    let phases = context.phases.phases(of: function)
    return !phases.isDisjoint(with: [.runtime, .clearing])
  }

  // MARK: Recursion

  /// A lock that is taken at the point itself.
  private func examineAcquisition(
    _ point: ProgramPoint, _ state: LockWorlds, _ walk: LockWalk, _ flow: ValueFlow
  ) {
    for second in walk.acquisitions where second.point == point && second.isDirect {
      guard blocks(second, flow.function) else { continue }
      for index in state.mayHold {
        let first = walk.acquisitions[Int(index)]
        guard excludes(first, second.lock) else { continue }
        add(
          LockHazard(
            pattern: .recursive, site: site(second, flow), lock: second.lock,
            other: site(first, flow), name: ""))
        break
      }
    }
  }

  /// A lock that a callee takes.
  private func examineTakes(
    _ point: ProgramPoint, _ held: [LockAcquisition], _ flow: ValueFlow
  ) {
    for take in takes(at: point, in: flow) {
      for first in held where first.point != point && excludes(first, take.lock) {
        guard let inner = take.innermost else { continue }
        if found.contains(where: {
          $0.pattern == .recursive && $0.site == take.site && $0.lock.key == inner.key
        }) {
          continue
        }
        add(
          LockHazard(
            pattern: .recursive, site: take.site, lock: inner,
            other: site(first, flow), name: package[flow.function].name, isIndirect: true))
      }
    }
  }

  private func excludes(_ first: LockAcquisition, _ second: HeldLock) -> Bool {
    first.lock.key == second.key && first.lock.family == second.family
      && Self.isExact(second.key) && !(first.lock.mode == .shared && second.mode == .shared)
  }

  /// The call waits until it has the lock, whoever holds it.
  func blocks(_ acquisition: LockAcquisition, _ function: FunctionID) -> Bool {
    !acquisition.isTry && !acquisition.lock.isSuspendable
      && acquisition.lock.family != .stopTheWorld
      && acquisition.lock.family != .once && !recursives.contains(acquisition.lock, in: function)
  }

  /// The same key is the same object, wherever it is used in the function.
  static func isExact(_ key: LockKey) -> Bool {
    guard !key.path.contains("[]") else { return false }
    switch key.base {
    case .variable, .parameter, .moduleState, .moduleObject: return true
    case .local: return !key.path.contains("->")
    case .field, .unknown, .world: return false
    }
  }

  // MARK: Fields

  /// Whether code that can run beside others writes a field, other than of new objects.
  func isWritten(_ field: ReferenceContext.FieldKey) -> Bool {
    if let written { return written.contains(field) }
    var result = Set<ReferenceContext.FieldKey>()
    for id in package.functionIDs {
      guard !context.phases.possiblePhases(of: id).isDisjoint(with: [.runtime, .clearing]),
        let (unit, model) = package.body(of: id)
      else { continue }
      let names = package.units[unit]
      for block in model.blocks {
        for instruction in block.instructions {
          let target: PlaceID
          switch instruction.operation {
          case .store(let place, _), .modify(_, let place, _, _, _): target = place
          case .atomic(_, let kind, let place, _, _) where kind != .load: target = place
          default: continue
          }
          guard case .field(let name, let record)? = model.places[Int(target.index)].path.last
          else { continue }
          result.insert(ReferenceContext.FieldKey(record: names[record], name: names[name]))
        }
      }
    }
    written = result
    return result.contains(field)
  }
}
