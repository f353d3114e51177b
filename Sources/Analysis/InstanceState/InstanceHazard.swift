import ProgramModel

/// How accesses to the fields of one instance endanger each other, the worst first.
package enum InstancePattern: Int, Hashable, Sendable, CaseIterable, Comparable {
  /// What the field refers to is closed while another thread uses it.
  case closeWhileUsed
  /// The memory behind it is released or moved while another thread uses it.
  case resizableBuffer
  /// The same, or a plain write, where the memory holds references.
  case arrayOfObjects
  case iterator
  case exportCounter
  case busyFlag
  /// Filled on first use.
  case lazilyCached
  case checkThenAct
  /// Written by `__init__` alone, which can run again.
  case reinitialisation
  case unsynchronised

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Fields of one type that one lock should guard, and does not.
package struct InstanceHazard: Sendable {
  package var pattern: InstancePattern
  /// The worst first.
  package var fields: [InstanceFieldID]
  /// The two accesses that race, of the first field.
  package var write: InstanceAccess
  package var other: InstanceAccess
  /// All writes store the same constant.
  package var isIdempotent = false
  /// Tests and writes are each under the lock, which is let go between them.
  package var isSplit = false
}

/// Says which fields of instances race, and how.
struct InstanceJudge {
  let package: PackageModel
  let graph: CallGraph
  let phases: Phases
  let fields: [InstanceField]
  let accesses: [[InstanceAccess]]
  let guards: InstanceGuards
  private let reach: EntryReach

  /// Two accesses that race.
  struct Pair {
    var write: InstanceAccess
    var other: InstanceAccess
  }

  init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ records: InstanceRecords,
    _ accesses: [[InstanceAccess]]
  ) {
    self.package = package
    self.graph = graph
    self.phases = phases
    fields = records.fields
    self.accesses = accesses
    guards = InstanceGuards(package, records)
    reach = EntryReach(graph, phases)
  }

  // MARK: Pairs

  private struct Likeness: Hashable {
    var part: InstancePart
    var use: InstanceUse
    var isAtomic: Bool
    var locks: Set<RelativeLock>
    var function: FunctionID
    var callee: FunctionID?
    var isUncertain: Bool
  }

  private static func conflict(_ left: InstanceAccess, _ right: InstanceAccess) -> Bool {
    if left.isAtomic && right.isAtomic { return false }
    return left.part.overlaps(right.part) && !RelativeLock.areExcluded(left.locks, right.locks)
  }

  /// The pairs that race, the most telling first.
  func pairs(_ field: InstanceFieldID) -> [Pair] {
    var seen = Set<Likeness>()
    let live = accesses[Int(field.index)].filter { access in
      seen.insert(
        Likeness(
          part: access.part, use: access.use, isAtomic: access.isAtomic, locks: access.locks,
          function: access.site.function, callee: access.callee,
          isUncertain: access.isUncertain)
      ).inserted
    }
    var found: [(rank: Int, pair: Pair)] = []
    for write in live.filter(\.use.writes).prefix(100) {
      for other in live.prefix(300) where Self.conflict(write, other) {
        found.append((Self.rank(write, other), Pair(write: write, other: other)))
      }
    }
    return found.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element.pair)
  }

  private static func rank(_ write: InstanceAccess, _ other: InstanceAccess) -> Int {
    var rank = 0
    if write.isReinitialisation || other.isReinitialisation { rank += 16 }
    if !write.isCertain || !other.isCertain { rank += 8 }
    if write.isUncertain || other.isUncertain { rank += 4 }
    if write.site.function == other.site.function { rank += 2 }
    if other.use.writes { rank += 1 }
    return rank
  }

  // MARK: Hazards

  /// One for each group of fields.
  func hazards() -> [InstanceHazard] {
    var racing: [InstanceFieldID: [Pair]] = [:]
    for index in fields.indices where !accesses[index].isEmpty {
      let id = InstanceFieldID(index)
      let found = pairs(id)
      if !found.isEmpty { racing[id] = found }
    }
    return groups(racing).compactMap { hazard(of: $0, racing) }
  }

  /// Fields of one record whose racing writes stand in the same functions belong together.
  private func groups(_ racing: [InstanceFieldID: [Pair]]) -> [[InstanceFieldID]] {
    struct Writer: Hashable {
      var record: String
      var function: FunctionID
    }
    var leader: [InstanceFieldID: InstanceFieldID] = [:]
    func find(_ id: InstanceFieldID) -> InstanceFieldID {
      var id = id
      while let next = leader[id], next != id { id = next }
      return id
    }
    var first: [Writer: InstanceFieldID] = [:]
    for id in racing.keys.sorted() {
      leader[id] = id
      // A reference is told of for itself.
      if fields[Int(id.index)].kind == .reference { continue }
      for pair in racing[id] ?? [] {
        let writer = Writer(
          record: fields[Int(id.index)].record, function: pair.write.site.function)
        guard let other = first[writer] else {
          first[writer] = id
          continue
        }
        let (mine, others) = (find(id), find(other))
        if mine != others { leader[max(mine, others)] = min(mine, others) }
      }
    }
    var groups: [InstanceFieldID: [InstanceFieldID]] = [:]
    for id in racing.keys.sorted() { groups[find(id), default: []].append(id) }
    return groups.keys.sorted().compactMap { groups[$0] }
  }

  private func hazard(
    of group: [InstanceFieldID], _ racing: [InstanceFieldID: [Pair]]
  ) -> InstanceHazard? {
    var best: InstanceHazard?
    for id in group {
      guard let found = classify(id, racing[id] ?? [], Set(group)) else { continue }
      if let known = best, known.pattern <= found.pattern { continue }
      best = found
    }
    guard var best else { return nil }
    best.fields += group.filter { $0 != best.fields[0] }
    return best
  }

  /// nil: nothing that could go wrong.
  private func classify(
    _ id: InstanceFieldID, _ pairs: [Pair], _ group: Set<InstanceFieldID>
  ) -> InstanceHazard? {
    let field = fields[Int(id.index)]
    func hazard(_ pattern: InstancePattern, _ pair: Pair) -> InstanceHazard {
      InstanceHazard(pattern: pattern, fields: [id], write: pair.write, other: pair.other)
    }
    guard let first = pairs.first else { return nil }
    if field.kind == .reference {
      let lazy = pairs.first { isLazy($0.write, id) }
      return lazy.map { hazard(.lazilyCached, $0) }
    }
    // Also where only the reader is '__init__', it changes nothing while it runs alone.
    if pairs.allSatisfy({ $0.write.isReinitialisation || $0.other.isReinitialisation }) {
      let pair = pairs.first { $0.write.isReinitialisation } ?? first
      return hazard(.reinitialisation, pair)
    }
    let pairs = pairs.filter { !$0.write.isReinitialisation && !$0.other.isReinitialisation }
    guard let first = pairs.first else { return nil }
    if let pair = pairs.first(where: { $0.write.use == .close && $0.other.use != .close }) {
      return hazard(.closeWhileUsed, pair)
    }
    if let pair = pairs.first(where: { $0.write.use == .release || moves($0.write, field) }) {
      return hazard(field.kind == .references ? .arrayOfObjects : .resizableBuffer, pair)
    }
    if field.kind == .references, let pair = pairs.first(where: { $0.write.part != .value }) {
      return hazard(.arrayOfObjects, pair)
    }
    if let pattern = slotPattern(pairs) { return hazard(pattern, first) }
    if let pair = pairs.first(where: { isBusyFlag($0.write, id) }) {
      return hazard(.busyFlag, pair)
    }
    if let pair = pairs.first(where: { isLazy($0.write, id) }) {
      return hazard(.lazilyCached, pair)
    }
    if let pair = pairs.first(where: { pair in
      !guards.tested(at: pair.write.site).isDisjoint(with: group)
    }) {
      return hazard(.checkThenAct, pair)
    }
    var found = hazard(.unsynchronised, first)
    found.isIdempotent = isIdempotent(pairs)
    return found
  }

  // MARK: Shapes

  /// Whether an operation of a container of C++ can move its elements.
  private func moves(_ access: InstanceAccess, _ field: InstanceField) -> Bool {
    guard field.kind == .object, let callee = access.callee else { return false }
    return package[callee].qualifiedName.hasPrefix("std::")
  }

  /// What the entry points that lead to all writes say.
  private func slotPattern(_ pairs: [Pair]) -> InstancePattern? {
    var isIterator = true
    var isExport = true
    for function in Set(pairs.map(\.write.site.function)) {
      let slots = reach.entryPoints(reaching: function, limit: 6).map { entry -> String in
        if case .typeSlot(let name) = entry.kind { return name }
        return package[entry.function].name.hasSuffix("__next__") ? "tp_iternext" : ""
      }
      if !slots.contains("tp_iternext") { isIterator = false }
      if !slots.contains(where: { $0.hasPrefix("bf_") }) { isExport = false }
    }
    if isIterator { return .iterator }
    return isExport && pairs.contains { $0.write.use == .modify } ? .exportCounter : nil
  }

  /// `if (self->busy) …; self->busy = 1; …; self->busy = 0`.
  private func isBusyFlag(_ write: InstanceAccess, _ field: InstanceFieldID) -> Bool {
    guard write.use == .write, write.part == .value, case .integer(let value)? = write.value,
      value != 0, guards.tested(at: write.site).contains(field)
    else { return false }
    return accesses[Int(field.index)].contains {
      $0.use == .write && $0.value == .integer(0) && $0.site.function == write.site.function
    }
  }

  /// Filled where it was found empty.
  private func isLazy(_ write: InstanceAccess, _ field: InstanceFieldID) -> Bool {
    guard write.use == .write, write.part == .value, let value = write.value else { return false }
    if case .integer = value { return false }
    return guards.foundEmpty(at: write.site).contains(field)
  }

  private func isIdempotent(_ pairs: [Pair]) -> Bool {
    var constants = Set<Operand>()
    for pair in pairs {
      guard pair.write.use == .write, pair.write.part == .value, let value = pair.write.value,
        case .integer = value
      else { return false }
      constants.insert(value)
    }
    return constants.count == 1
  }
}
