import ProgramModel

/// An access to shared data by a thread that is detached, while others that touch the data rely on
/// being attached.
package struct DetachedAccess: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case state(StateID)
    /// A field of an object, or the memory behind the pointer in it.
    case field(record: String, name: String, isBehind: Bool)
  }

  package var subject: Subject
  package var site: CodeSite
  /// Where it is touched in the end, in a function that is given the address.
  package var end: CodeSite
  package var writes: Bool
  package var way: DetachedWay
  /// For a read, and for a field that keeps a thread state, where other functions do the same.
  package var more: [CodeSite] = []
  /// An access by a thread that is attached, which races with it.
  package var other: CodeSite
  package var otherWrites: Bool
  /// Entry points that are certainly called reach both.
  package var isCertain: Bool
  /// The field keeps what detaching gave.
  package var isThreadState = false
  /// It stands where the field is declared, and not in a library that the package brings along.
  package var isOwn = true
}

/// Finds accesses to shared data by threads that are detached.
struct DetachedAccessFinder {
  let package: PackageModel
  let phases: Phases
  let threads: ThreadStates
  let states: SharedStates
  let locks: Locks
  let instances: InstanceStates
  var points: DetachedPoints

  private struct Key: Hashable {
    /// nil for reads, as the writer is what is wrong with all of them, and where threads overwrite
    /// each other's states.
    var function: FunctionID?
    var subject: DetachedAccess.Subject
  }

  /// One for each function that writes a subject, and one for all that only read it or keep their
  /// thread states in it; sorted by place.
  mutating func find() -> [DetachedAccess] {
    var found: [Key: DetachedAccess] = [:]
    func add(_ access: DetachedAccess) {
      let isAlone = access.writes && !access.isThreadState && access.isOwn
      // The fields of one type are told of together.
      let subject = access.isThreadState ? access.subject : Self.owner(access.subject)
      let key = Key(function: isAlone ? access.end.function : nil, subject: subject)
      guard var known = found[key] else {
        found[key] = access
        return
      }
      if !isAlone {
        let seen = [known.end.function] + known.more.map(\.function)
        if !seen.contains(access.end.function) { known.more.append(access.end) }
        found[key] = known
      } else if access.end.range.start < known.end.range.start {
        found[key] = access
      }
    }
    for report in states.reports where report.safety == .hazardous {
      for access in detached(report) { add(access) }
    }
    for (field, accesses) in instances.scalarsAndMemory {
      for access in detached(field, accesses) { add(access) }
    }
    // Who also writes it is told that.
    let writers = Set(
      found.values.filter(\.writes).map {
        Key(function: $0.end.function, subject: $0.subject)
      })
    let own = Set(found.values.filter(\.isOwn).map { Self.owner($0.subject) })
    let kept = found.values.filter {
      if !$0.isOwn, own.contains(Self.owner($0.subject)) { return false }
      return $0.writes || !writers.contains(Key(function: $0.end.function, subject: $0.subject))
    }
    return kept.sorted {
      ($0.end.function, $0.end.range.file, $0.end.range.start, "\($0.subject)")
        < ($1.end.function, $1.end.range.file, $1.end.range.start, "\($1.subject)")
    }
  }

  /// What a subject is a field of, or the state itself.
  private static func owner(_ subject: DetachedAccess.Subject) -> DetachedAccess.Subject {
    guard case .field(let record, _, _) = subject else { return subject }
    return .field(record: record, name: "", isBehind: false)
  }

  private func isOwn(_ site: CodeSite, _ field: InstanceField) -> Bool {
    guard let path = field.position?.path, let place = package[site.function].position?.path else {
      return true
    }
    return path.split(separator: "/").first == place.split(separator: "/").first
  }

  private func isAttached(_ site: CodeSite) -> Bool {
    threads.state(in: site.function, block: site.block, instruction: site.instruction) == .attached
  }

  // MARK: States

  private mutating func detached(_ report: StateReport) -> [DetachedAccess] {
    let live = report.accesses.filter { $0.isLive && !$0.isConstruction && !$0.isUncertain }
    let attached = live.filter { isAttached($0.site) && isAttached($0.end) }
    guard !attached.isEmpty else { return [] }
    var found: [DetachedAccess] = []
    for access in live {
      guard let way = way(access), !isUnclear(access.site.function) else { continue }
      // A thread that detaches lets its critical sections go.
      let locks = access.locks.union(held(on: way)).filter {
        !$0.isSuspendable && StateRaces.isGlobal($0.key)
      }
      // Where it holds one, it is the other who does not.
      guard !locks.contains(where: \.isTelling) else { continue }
      let others = attached.filter { other in
        (access.kind.writes || other.kind.writes)
          && !(access.kind.isAtomic && other.kind.isAtomic)
          && StatePath.overlap(access.steps, other.steps)
          && !StateRaces.areExcluded(locks, other.locks)
      }
      guard let other = others.first(where: \.kind.writes) ?? others.first else { continue }
      let certain = [access, other].allSatisfy {
        !hasGaps($0.site.function)
          && !phases.phases(of: $0.site.function).isDisjoint(with: .concurrent)
      }
      found.append(
        DetachedAccess(
          subject: .state(report.id), site: access.site, end: access.end,
          writes: access.kind.writes, way: way, other: other.site,
          otherWrites: other.kind.writes, isCertain: certain))
    }
    return found
  }

  private mutating func way(_ access: StateAccess) -> DetachedWay? {
    let site = access.site
    guard let way = points.way(site.function, site.block, site.instruction) else { return nil }
    let end = access.end
    if end == site { return way }
    return threads.relative(end.function, end.block, end.instruction) == .entry ? way : nil
  }

  /// What is held at the calls by which a detached thread comes.
  private func held(on way: DetachedWay) -> Set<HeldLock> {
    points.calls(way).reduce(into: []) { found, site in
      found.formUnion(
        locks.held(in: site.function, block: site.block, instruction: site.instruction)
          .filter(\.isTelling))
    }
  }

  /// Whether what a function locks is not known: it locks, and statements of it were lost.
  private func isUnclear(_ function: FunctionID) -> Bool {
    guard hasGaps(function) else { return false }
    return points.graph.callees(of: function).contains { callee in
      switch LockOperation.of(package[callee]) {
      case .acquire, .begin, .release, .end: true
      default: false
      }
    }
  }

  private func hasGaps(_ function: FunctionID) -> Bool {
    package.body(of: function).map { !$0.model.gaps.isEmpty } ?? true
  }

  // MARK: Fields

  private mutating func detached(
    _ field: InstanceField, _ accesses: [InstanceAccess]
  ) -> [DetachedAccess] {
    let attached = accesses.filter { isAttached($0.site) && !$0.isReinitialisation }
    guard !attached.isEmpty else { return [] }
    var found: [DetachedAccess] = []
    for access in accesses where !access.isReinitialisation && access.locks.isEmpty {
      let site = access.site
      guard let way = points.way(site.function, site.block, site.instruction),
        !isUnclear(site.function), held(on: way).allSatisfy(\.isSuspendable)
      else { continue }
      let others = attached.filter { access.races(with: $0) }
      guard let other = others.first(where: \.use.writes) ?? others.first else { continue }
      found.append(
        DetachedAccess(
          subject: .field(access, field), site: site, end: site, writes: access.use.writes,
          way: way, other: other.site, otherWrites: other.use.writes,
          isCertain: access.isCertain && other.isCertain && !hasGaps(site.function),
          isThreadState: access.use.writes && field.type.contains("PyThreadState"),
          isOwn: isOwn(site, field)))
    }
    return found
  }
}

extension DetachedAccess.Subject {
  /// The field of an access, or the memory behind it.
  static func field(_ access: InstanceAccess, _ field: InstanceField) -> Self {
    .field(record: field.record, name: field.name, isBehind: access.part != .value)
  }
}

extension InstanceStates {
  /// The fields that are no references and not arrays of them, each with who touches it and is
  /// understood.
  var scalarsAndMemory: [(field: InstanceField, accesses: [InstanceAccess])] {
    fields.indices.compactMap { index in
      guard [.scalar, .memory, .aggregate].contains(fields[index].kind) else { return nil }
      // That a handle is ended in use is told of by itself.
      let accesses = accesses(to: InstanceFieldID(index)).filter {
        !$0.isUncertain && $0.use != .close && $0.use != .release
      }
      return accesses.isEmpty ? nil : (fields[index], accesses)
    }
  }
}
