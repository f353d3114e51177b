package import ProgramModel

/// What races at a field that holds a reference.
package struct FieldHazard: Hashable, Sendable {
  package enum Pattern: Hashable, Sendable {
    /// The reference is used while somebody else drops it.
    case rawRead
    /// Two who replace it can both drop the old reference.
    case replacement
  }

  package var field: ObjectFieldID
  package var pattern: Pattern
  /// Drops the reference.
  package var write: FieldAccess
  /// The read, or the second replacement.
  package var other: FieldAccess
  /// The field is replaced only by `__init__`, which can run again.
  package var isReinitialisation: Bool
}

/// The fields of all Python objects of a package, and who touches them.
package struct ObjectStates: Sendable {
  package let fields: [ObjectField]
  /// Accesses to objects that other threads can have, by field, in the order of functions and
  /// instructions.
  private let accesses: [[FieldAccess]]
  /// Sorted by field; each field once.
  package let hazards: [FieldHazard]

  package subscript(field: ObjectFieldID) -> ObjectField { fields[Int(field.index)] }

  package func accesses(to field: ObjectFieldID) -> [FieldAccess] { accesses[Int(field.index)] }

  package init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks,
    _ yields: YieldPoints
  ) {
    var collector = FieldCollector(package, graph, phases, locks, yields)
    accesses = collector.collect()
    fields = collector.records.fields
    var hazards: [FieldHazard] = []
    for (index, accesses) in accesses.enumerated() {
      if let hazard = FieldRaces.hazard(of: ObjectFieldID(index), accesses) {
        hazards.append(hazard)
      }
    }
    self.hazards = hazards
  }
}

/// Gathers the accesses to fields that hold references.
struct FieldCollector {
  let records: ObjectRecords
  private let package: PackageModel
  private let graph: CallGraph
  private let phases: Phases
  private let locks: Locks
  private let yields: YieldPoints
  private let privacy: ObjectPrivacy

  init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks,
    _ yields: YieldPoints
  ) {
    self.package = package
    self.yields = yields
    self.graph = graph
    self.phases = phases
    self.locks = locks
    records = ObjectRecords(package)
    privacy = ObjectPrivacy(package)
  }

  mutating func collect() -> [[FieldAccess]] {
    let readings = ObjectReadings(package, records, locks, yields)
    var raw: [RawFieldAccess] = []
    for id in package.functionIDs
    where phases.isConcurrent(id) && readings.touchesFields(id) {
      guard let (unit, model) = package.body(of: id), let reading = readings.reading(of: id) else {
        continue
      }
      raw += reading.accesses(in: id, unit, model)
    }
    // A field that nothing replaces cannot race.
    let replaced = Set(raw.filter { $0.kind == .replace || $0.kind == .exchange }.map(\.field))
    raw = raw.filter { replaced.contains($0.field) }
    var relevant = Set<ObjectExposure.Parameter>()
    for access in raw {
      if case .parameter(let index) = access.object.key?.base {
        relevant.insert(.init(function: access.site.function, index: index))
      }
    }
    let exposure = ObjectExposure(
      package, graph, phases, locks, privacy, relevant: relevant)
    var found = [[FieldAccess]](repeating: [], count: records.fields.count)
    for access in raw {
      if let access = judge(access, exposure) { found[Int(access.field.index)].append(access) }
    }
    return found
  }

  /// nil: no other thread can have the object.
  private func judge(_ raw: RawFieldAccess, _ exposure: ObjectExposure) -> FieldAccess? {
    let function = raw.site.function
    let point = ProgramPoint(block: raw.site.block, instruction: raw.site.instruction)
    if let root = raw.object.root, privacy.isPrivate(root, at: point, in: function) { return nil }
    let known: Exposure?
    var outer = Set<RelativeLock>()
    if case .parameter(let index) = raw.object.key?.base {
      known = exposure[function, index]
      outer = ObjectExposure.rebased(known?.locks ?? [], from: index, to: raw.object.key)
    } else {
      known = exposure.ofFound(in: function)
    }
    guard let known else { return nil }
    var common: Set<RelativeLock>?
    let record = records[raw.field].record
    var held = Set<HeldLock>()
    var first = Set<RelativeLock>()
    for (number, point) in raw.points.enumerated() {
      let here = locks.held(in: function, block: point.block, instruction: point.instruction)
      var relative = RelativeLock.relative(here, to: raw.object.key, record: record)
      for other in raw.object.alternatives {
        relative.formUnion(RelativeLock.relative(here, to: other, record: record))
      }
      if number == 0 { (held, first) = (here, relative) }
      common = common.map { $0.intersection(relative) } ?? relative
    }
    first.formUnion(outer)
    let covering = (common ?? []).union(outer).filter { !raw.isLate || !$0.isSuspendable }
    return FieldAccess(
      field: raw.field, kind: raw.kind, isAtomic: raw.isAtomic, site: raw.site,
      locks: covering, held: held, outlivesLock: covering != first, isCertain: known.isCertain,
      isReinitialisation: known.isReinitialisation)
  }
}

/// Which accesses to one field race.
enum FieldRaces {
  static func hazard(of field: ObjectFieldID, _ accesses: [FieldAccess]) -> FieldHazard? {
    let droppers = accesses.filter(\.drops).prefix(100)
    guard !droppers.isEmpty else { return nil }
    let reads = accesses.filter { !$0.writes }.prefix(400)
    let replacing = droppers.filter { $0.kind == .replace }[...]
    return best(field, .rawRead, droppers, reads) ?? best(field, .replacement, replacing, replacing)
  }

  /// Whether two accesses race in the way of the pattern. Where the reader locks and the writer
  /// does not, it is the writer that is wrong.
  private static func isRace(
    _ pattern: FieldHazard.Pattern, _ write: FieldAccess, _ other: FieldAccess
  ) -> Bool {
    if RelativeLock.areExcluded(write.locks, other.locks) { return false }
    guard pattern == .rawRead, write.kind == .replace else { return true }
    return !write.locks.isEmpty || other.locks.isEmpty
  }

  /// The worst pair: certain ones first, and those of two functions.
  private static func best(
    _ field: ObjectFieldID, _ pattern: FieldHazard.Pattern, _ droppers: ArraySlice<FieldAccess>,
    _ others: ArraySlice<FieldAccess>
  ) -> FieldHazard? {
    var found: (rank: Int, hazard: FieldHazard)?
    for write in droppers {
      for other in others where isRace(pattern, write, other) {
        let isReinitialisation =
          pattern == .rawRead
          ? write.isReinitialisation : write.isReinitialisation && other.isReinitialisation
        var rank = 0
        if isReinitialisation { rank += 8 }
        if !write.isCertain || !other.isCertain { rank += 4 }
        if other.isReinitialisation { rank += 2 }
        if write.site.function == other.site.function { rank += 1 }
        if other.kind == .read(takes: true) { rank += 1 }
        guard rank < found?.rank ?? .max else { continue }
        found = (
          rank,
          FieldHazard(
            field: field, pattern: pattern, write: write, other: other,
            isReinitialisation: isReinitialisation)
        )
      }
    }
    return found?.hazard
  }
}
