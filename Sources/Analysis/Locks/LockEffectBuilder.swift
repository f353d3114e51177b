import ProgramModel
import PythonAPI

/// Reads what each instruction of one function does to locks.
struct LockEffectBuilder {
  let context: LockContext
  let function: FunctionID
  let model: FunctionModel
  var paths: ObjectPaths
  /// What calling a function does, as far as known.
  let summary: (FunctionID) -> LockSummary
  /// The possible callees of calls, by block and instruction.
  private var targets: [ProgramPoint: [CallEdge]] = [:]
  /// What sections and guards hold, by their places.
  var guards: [LockKey: Set<HeldLock>] = [:]
  var table = LockTable()
  var effects: [[LockEffect]]
  /// Functions that once flags let run, and where.
  var onceBodies: [OnceBody] = []

  init(
    _ context: LockContext, _ function: FunctionID, _ model: FunctionModel,
    _ summary: @escaping (FunctionID) -> LockSummary
  ) {
    self.context = context
    self.function = function
    self.model = model
    self.summary = summary
    paths = ObjectPaths(context, function)
    effects = Array(repeating: [], count: model.blocks.count)
    for index in context.graph.outgoing[Int(function.index)] {
      let edge = context.graph.edges[index]
      targets[
        ProgramPoint(block: edge.block, instruction: edge.instruction), default: []
      ].append(edge)
    }
  }

  mutating func build() -> FunctionLocks {
    readAliases()
    // Guards can be moved into guards, and loops turn the order of blocks around.
    for _ in 0..<2 { forEachCall { $0.readGuard($1) } }
    readReturnedGuards()
    forEachCall { $0.readEffect($1) }
    addCopies()
    return finish()
  }

  // MARK: Calls

  /// One call and what is known of its callee.
  struct Call {
    var point: ProgramPoint
    var result: Int32?
    var arguments: [Operand]
    var callee: FunctionID?
    var operation: LockOperation?
  }

  private mutating func forEachCall(_ body: (inout Self, Call) -> Void) {
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(let result, let callee, let arguments) = instruction.operation else {
          continue
        }
        var id: FunctionID?
        if case .direct(let symbol) = callee {
          id = context.package.function(symbol, in: paths.unit)
        }
        body(
          &self,
          Call(
            point: ProgramPoint(
              block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index),
            result: result, arguments: arguments, callee: id,
            operation: id.flatMap { context.operation(of: $0) }))
      }
    }
  }

  /// What a call of functions of the package does to locks: what all possible callees agree on.
  func summary(of call: Call) -> LockSummary {
    let edges = targets[call.point] ?? []
    var result: LockSummary?
    var released = Set<LockRelease>()
    for edge in edges {
      guard context.package[edge.callee].definition != nil else { continue }
      let next = summary(edge.callee)
      if edge.kind == .callback {
        released.formUnion(next.released)
        continue
      }
      guard var known = result else {
        result = next
        continue
      }
      known.acquired = HeldLock.common(known.acquired, next.acquired)
      known.acquiredIfZero = HeldLock.common(known.acquiredIfZero, next.acquiredIfZero)
      known.acquiredIfNonzero = HeldLock.common(known.acquiredIfNonzero, next.acquiredIfNonzero)
      known.released.formUnion(next.released)
      known.guards = [:]
      known.aliases = [:]
      known.returnedGuard = []
      result = known
    }
    var summary = result ?? .nothing
    summary.released.formUnion(released)
    return summary
  }

  func translate(_ locks: Set<HeldLock>, _ call: Call) -> Set<HeldLock> {
    var found = Set<HeldLock>()
    for lock in locks {
      guard let key = paths.translate(lock.key, arguments: call.arguments) else { continue }
      var lock = lock
      lock.key = key
      found.insert(lock)
    }
    return found
  }

  // MARK: Pointers in local objects

  private mutating func readAliases() {
    var found: [LockKey: LockKey] = [:]
    var ambiguous = Set<LockKey>()
    func add(_ pointer: LockKey, _ target: LockKey) {
      guard target.isNamed else { return }
      if case .local = target.base, target.path.contains("->") { return }
      if let known = found[pointer], known != target { ambiguous.insert(pointer) }
      found[pointer] = target
    }
    for block in model.blocks {
      for instruction in block.instructions {
        guard case .store(let id, let value) = instruction.operation else { continue }
        let place = model.places[Int(id.index)]
        guard case .local(let local) = place.base, !place.path.isEmpty else { continue }
        let isOwn = place.path.first != .dereference
        let isNew = model.kind == .constructor && local == 0 && place.path.count == 2
        guard isOwn || isNew else { continue }
        add(paths.location(place), paths.pointee(value))
      }
    }
    forEachCall { builder, call in
      guard call.operation == nil, call.callee != nil else { return }
      for (pointer, target) in builder.summary(of: call).aliases {
        guard
          let pointer = builder.paths.translate(pointer, arguments: call.arguments),
          let target = builder.paths.translate(target, arguments: call.arguments)
        else { continue }
        if case .local = pointer.base { add(pointer, target) }
      }
    }
    for pointer in ambiguous { found[pointer] = nil }
    paths.aliases = found
  }

  // MARK: Guards

  private mutating func readGuard(_ call: Call) {
    switch call.operation {
    case .begin(let fact):
      guard let first = call.arguments.first else { return }
      let place = paths.pointee(first)
      let locks = noted(by: fact, call)
      if place.base != .unknown, !locks.isEmpty { guards[place, default: []].formUnion(locks) }
    case nil:
      for (place, locks) in summary(of: call).guards {
        guard let place = paths.translate(place, arguments: call.arguments),
          place.base != .unknown
        else { continue }
        guards[place, default: []].formUnion(translate(locks, call))
      }
    default: break
    }
  }

  /// What the constructor of a guard or the beginning of a section takes.
  func noted(by fact: LockFact, _ call: Call) -> Set<HeldLock> {
    if fact.role == .acquire {
      return Set(
        fact.keyArguments.filter { $0 < call.arguments.count }
          .map { fact.held(paths.pointee(call.arguments[$0])) })
    }
    var found = Set<HeldLock>()
    for argument in call.arguments.dropFirst() where tag(argument) == nil {
      let key = paths.pointee(latest(argument, before: call))
      if let moved = guards[key] {
        found.formUnion(moved)
      } else if key != .unknown || found.isEmpty {
        found.insert(fact.held(key))
      }
    }
    return found
  }

  /// What was last stored in a variable that is used again for other things: its value at the call,
  /// where that stands in the same block.
  private func latest(_ argument: Operand, before call: Call) -> Operand {
    guard case .local(let local) = argument else { return argument }
    let instructions = paths.model.blocks[Int(call.point.block.index)].instructions
    for instruction in instructions.prefix(call.point.instruction).reversed() {
      guard case .store(let place, let value) = instruction.operation,
        case .local(local) = paths.model.places[Int(place.index)].base,
        paths.model.places[Int(place.index)].path.isEmpty
      else { continue }
      return value
    }
    return argument
  }

  /// Functions that return a guard by value.
  private mutating func readReturnedGuards() {
    var returned: [Int32: Set<HeldLock>] = [:]
    forEachCall { builder, call in
      guard let result = call.result, call.operation == nil else { return }
      let locks = builder.translate(builder.summary(of: call).returnedGuard, call)
      if !locks.isEmpty { returned[result] = locks }
    }
    guard !returned.isEmpty else { return }
    for block in model.blocks {
      for instruction in block.instructions {
        guard case .store(let place, .temporary(let value)) = instruction.operation,
          let locks = returned[value]
        else { continue }
        guards[paths.location(model.places[Int(place.index)]), default: []].formUnion(locks)
      }
    }
  }

  /// The role of an argument that tells a guard what to do.
  func tag(_ operand: Operand) -> LockFact.Role? {
    let type: TypeID
    switch operand {
    case .local(let index): type = model.locals[Int(index)].type
    case .address(let place): type = model.places[Int(place.index)].type
    default: return nil
    }
    let unit = context.package.units[paths.unit]
    let record = unit[unit[type].record]
    guard !record.isEmpty else { return nil }
    let role = PythonFacts.shared.lockFunctions[LockOperation.normalised(record)]?.role
    switch role {
    case .tryTag, .deferTag, .adoptTag: return role
    default: return nil
    }
  }

  /// The locks of the guard or section at a place and of those in its fields.
  func locks(ofGuard place: LockKey) -> Set<HeldLock> {
    if let exact = guards[place] { return exact }
    var found = Set<HeldLock>()
    for (other, locks) in guards
    where other.base == place.base && other.path.starts(with: place.path) {
      found.formUnion(locks)
    }
    return found
  }
}

/// A function that a once flag lets run.
struct OnceBody: Sendable {
  var function: FunctionID
  var lock: HeldLock
  var point: ProgramPoint

  /// The edge is that by which the flag's function calls it.
  func isCalled(by edge: CallEdge) -> Bool {
    function == edge.callee
      && point == ProgramPoint(block: edge.block, instruction: edge.instruction)
  }
}

/// Numbers for the locks and releases of a function.
struct LockTable {
  private(set) var locks: [HeldLock] = []
  private(set) var releases: [LockRelease] = []
  private var lockNumbers: [HeldLock: Int32] = [:]
  private var releaseNumbers: [LockRelease: Int32] = [:]

  mutating func number(_ lock: HeldLock) -> Int32 {
    if let known = lockNumbers[lock] { return known }
    let number = Int32(truncatingIfNeeded: locks.count)
    locks.append(lock)
    lockNumbers[lock] = number
    return number
  }

  mutating func number(_ release: LockRelease) -> Int32 {
    if let known = releaseNumbers[release] { return known }
    let number = Int32(truncatingIfNeeded: releases.count)
    releases.append(release)
    releaseNumbers[release] = number
    return number
  }

  mutating func numbers(_ locks: Set<HeldLock>) -> [Int32] {
    if locks.count < 2 { return locks.map { number($0) } }
    // In an order of their own: sets have none.
    return locks.map { ($0, LockTable.order($0)) }.sorted { $0.1 < $1.1 }.map { number($0.0) }
  }

  private static func order(_ lock: HeldLock) -> String { "\(lock)" }
}
