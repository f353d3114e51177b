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
  case unsynchronised
  /// Written by `__init__` alone, which can run again.
  case reinitialisation

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
  /// A number that is counted and decides nothing.
  package var isStatistic = false
  /// Only a single number is read without the lock: it can be old.
  package var isStaleRead = false
  /// Only the content of a block of memory is written: nothing that the code goes by.
  package var isContent: Bool {
    if case .elements = write.part { !write.isReference } else { false }
  }
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
  let reach: EntryReach

  /// Two accesses that race.
  struct Pair {
    var write: InstanceAccess
    var other: InstanceAccess
  }

  init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ records: InstanceRecords,
    _ tables: ValueTables, _ accesses: [[InstanceAccess]]
  ) {
    self.package = package
    self.graph = graph
    self.phases = phases
    fields = records.fields
    self.accesses = accesses
    guards = InstanceGuards(package, records, tables)
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
      for other in live.prefix(300) where write.races(with: other) {
        found.append((Self.rank(write, other), Pair(write: write, other: other)))
      }
    }
    return found.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element.pair)
  }

  private static func isCertain(_ access: InstanceAccess) -> Bool {
    access.isCertain && !access.isUncertain
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

  /// Whether an access stands in the same part of the package as the field's declaration.
  private func isBeside(_ id: InstanceFieldID, _ access: InstanceAccess) -> Bool {
    func top(_ path: String) -> Substring { path.split(separator: "/").first ?? "" }
    guard let field = fields[Int(id.index)].position?.path,
      let place = package[access.site.function].position?.path
    else { return true }
    return top(field) == top(place)
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
    var writers = 0
    for id in group {
      let pairs = racing[id] ?? []
      let certain = pairs.filter { Self.isCertain($0.write) && Self.isCertain($0.other) }
      // What a library does inside tells less than the calls by which the package uses it.
      let own = certain.filter { isBeside(id, $0.write) && isBeside(id, $0.other) }
      let telling = own.isEmpty ? certain.isEmpty ? pairs : certain : own
      guard let found = classify(id, telling, Set(group)) else { continue }
      // Of fields alike the one that most functions write stands for all.
      let count = Set(pairs.map(\.write.site.function)).count
      if let known = best,
        (known.pattern, -writers) <= (found.pattern, -count)
      {
        continue
      }
      (best, writers) = (found, count)
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
      let lazy = pairs.first {
        $0.write.locks.isEmpty && !$0.write.isReinitialisation && isLazy($0.write, id, group)
      }
      return lazy.map { hazard(.lazilyCached, $0) }
    }
    // Also where only the reader is '__init__', it changes nothing while it runs alone.
    if pairs.allSatisfy({ $0.write.isReinitialisation || $0.other.isReinitialisation }) {
      let pair = pairs.first { $0.write.isReinitialisation } ?? first
      return hazard(.reinitialisation, pair)
    }
    let pairs = pairs.filter { !$0.write.isReinitialisation && !$0.other.isReinitialisation }
    guard let first = pairs.first else { return nil }
    if let pair = pairs.first(where: { closes($0.write, field) && !closes($0.other, field) }) {
      return hazard(.closeWhileUsed, pair)
    }
    // Two threads that both end it: twice.
    if let pair = pairs.first(where: { closes($0.write, field) }) {
      return hazard(.closeWhileUsed, pair)
    }
    let holdsReferences = field.kind == .references || field.type.contains("PyObject *")
    if let pair = pairs.first(where: { $0.write.use == .release || moves($0.write, field) }) {
      return hazard(holdsReferences ? .arrayOfObjects : .resizableBuffer, pair)
    }
    if let pair = pairs.first(where: {
      $0.write.part != .value && (holdsReferences || $0.write.isReference)
    }) {
      return hazard(.arrayOfObjects, pair)
    }
    if let pattern = slotPattern(pairs) { return hazard(pattern, first) }
    // Where the writer holds a lock it is the other one that does wrong.
    let unlocked = pairs.filter { $0.write.locks.isEmpty }
    // A first look without the lock, and a second one with it.
    if let pair = pairs.first(where: {
      $0.other.locks.isEmpty && !$0.other.use.writes && isLazy($0.write, id, group)
        && $0.other.site.function == $0.write.site.function
    }) {
      return hazard(.lazilyCached, pair)
    }
    if let pair = unlocked.first(where: { isBusyFlag($0.write, id) }) {
      return hazard(.busyFlag, pair)
    }
    if let pair = unlocked.first(where: { isLazy($0.write, id, group) }) {
      return hazard(.lazilyCached, pair)
    }
    if let pair = unlocked.first(where: { pair in
      !guards.tested(at: pair.write.site).isDisjoint(with: group)
    }) {
      var found = hazard(.checkThenAct, pair)
      found.isIdempotent = isIdempotent(field, pairs) && group.count == 1
      return found
    }
    var found = hazard(.unsynchronised, first)
    found.isIdempotent = isIdempotent(field, pairs)
    found.isStaleRead = isStaleRead(field, pairs)
    found.isStatistic = isStatistic(id, pairs)
    return found
  }
}
