import ProgramModel

/// One read or write of something that threads share, a static or a field, as far as atomics and
/// `volatile` are concerned.
struct SharedAccess: Hashable {
  var kind: VariableAccess.Kind
  /// Where it stands in the source.
  var site: CodeSite
  /// An atomic store that orders nothing before it.
  var isRelaxed: Bool
  /// What is stored is data that was made at run time, and reached through a pointer.
  var isPublication: Bool
}

/// Shared memory that is kept in order by other means than the language's.
package struct AccessMix: Hashable, Sendable {
  package enum Pattern: Hashable, Sendable, CaseIterable {
    /// `volatile` instead of an atomic type.
    case volatile
    /// Atomic in one place and plain in another.
    case mixed
    /// A pointer to plain data is stored with relaxed order.
    case relaxed
  }

  /// What is shared.
  package enum Subject: Hashable, Sendable {
    case state(StateID)
    /// A field that each object has for itself.
    case field(InstanceFieldID)
  }

  package var pattern: Pattern
  package var subject: Subject
  /// For `.mixed` an atomic access, else a write.
  package var first: CodeSite
  /// A plain access that races with it, or where a pointer is read.
  package var second: CodeSite
  package var isSecondWrite: Bool
  /// Entry points that are certainly called reach both.
  package var isCertain: Bool
}

/// Finds such memory.
struct AccessMixFinder {
  let package: PackageModel
  let phases: Phases
  let graph: CallGraph

  /// At most one of each pattern for each static and field, statics first.
  func find(_ states: SharedStates, _ instances: InstanceStates) -> [AccessMix] {
    var found = statics(states)
    for index in instances.fields.indices { found += fields(InstanceFieldID(index), instances) }
    return found
  }

  private func fields(_ id: InstanceFieldID, _ instances: InstanceStates) -> [AccessMix] {
    let field = instances[id]
    guard field.kind == .scalar || field.kind == .memory || field.kind == .reference else {
      return []
    }
    // What '__init__' sets is mostly set before anybody else has the object.
    let accesses = instances.accesses(to: id).filter {
      $0.part == .value && !$0.isUncertain && !$0.isReinitialisation
    }
    guard !accesses.isEmpty else { return [] }
    let shared = accesses.map {
      self.shared(kind($0), $0.site, end: $0.site)
    }
    func exclude(_ left: Int, _ right: Int) -> Bool {
      RelativeLock.areExcluded(accesses[left].locks, accesses[right].locks)
    }
    var found: [AccessMix] = []
    func add(_ pattern: AccessMix.Pattern, _ pair: (Int, Int)?) {
      guard let (first, second) = pair else { return }
      found.append(
        AccessMix(
          pattern: pattern, subject: .field(id), first: shared[first].site,
          second: shared[second].site, isSecondWrite: shared[second].kind.writes,
          isCertain: accesses[first].isCertain && accesses[second].isCertain))
    }
    if field.kind == .memory { add(.relaxed, Self.relaxed(shared)) }
    if field.isVolatile { add(.volatile, Self.plain(shared, exclude)) }
    add(.mixed, Self.mixed(shared, exclude))
    return found
  }

  private func kind(_ access: InstanceAccess) -> VariableAccess.Kind {
    switch (access.use, access.isAtomic) {
    case (.read, false): .read
    case (.read, true): .atomicRead
    case (.modify, true): .atomicModify
    case (.modify, false): .modify
    case (_, false): .write
    case (_, true): .atomicWrite
    }
  }

  private func statics(_ states: SharedStates) -> [AccessMix] {
    var found: [AccessMix] = []
    for report in states.reports {
      let accesses = report.accesses.filter {
        $0.isLive && !$0.isConstruction && !$0.isThroughPointer && !$0.isUncertain
      }
      guard !accesses.isEmpty else { continue }
      let shared = accesses.map { self.shared($0.kind, $0.site, end: $0.end) }
      func exclude(_ left: Int, _ right: Int) -> Bool {
        !StatePath.overlap(accesses[left].steps, accesses[right].steps)
          || StateRaces.areExcluded(accesses[left].locks, accesses[right].locks)
      }
      let type = StateType(report.declaration, package)
      func add(_ pattern: AccessMix.Pattern, _ pair: (Int, Int)?) {
        guard let (first, second) = pair else { return }
        found.append(
          AccessMix(
            pattern: pattern, subject: .state(report.id), first: shared[first].site,
            second: shared[second].site, isSecondWrite: shared[second].kind.writes,
            isCertain: isCalled(shared[first].site) && isCalled(shared[second].site)))
      }
      if type.isPointer, !type.pointsToObject { add(.relaxed, Self.relaxed(shared)) }
      guard report.safety == .hazardous else { continue }
      if isVolatile(report.declaration), !isSignalFlag(report.declaration, accesses) {
        add(.volatile, Self.plain(shared, exclude))
      }
      if !type.isAtomic { add(.mixed, Self.mixed(shared, exclude)) }
    }
    return found
  }

  private func isCalled(_ site: CodeSite) -> Bool {
    !phases.phases(of: site.function).isDisjoint(with: .concurrent)
  }

  /// `end`: where it is touched in the end.
  private func shared(
    _ kind: VariableAccess.Kind, _ site: CodeSite, end: CodeSite
  ) -> SharedAccess {
    var isRelaxed = false
    var isPublication = false
    if kind == .atomicWrite || kind == .atomicModify,
      let (unit, model) = package.body(of: end.function),
      model.blocks[Int(end.block.index)].instructions.indices.contains(end.instruction)
    {
      let values: [Operand]
      switch model.blocks[Int(end.block.index)].instructions[end.instruction].operation {
      case .atomic(_, .store, _, _, let operands):
        isRelaxed = operands.first == .integer(0)
        values = Array(operands.dropFirst())
      case .atomic(_, .compareExchange, _, _, let operands),
        .atomic(_, .exchange, _, _, let operands):
        isRelaxed = operands.first == .integer(0)
        values = Array(operands.dropFirst())
      case .call(_, .direct(let symbol), let arguments):
        let name = package.units[unit].name(of: symbol)
        isRelaxed = name.hasPrefix("_Py_atomic_store") && name.hasSuffix("_relaxed")
        values = Array(arguments.dropFirst())
      default: values = []
      }
      isPublication = values.contains { value in
        switch value {
        case .temporary, .local: true
        default: false
        }
      }
    }
    return SharedAccess(
      kind: kind, site: site, isRelaxed: isRelaxed, isPublication: isPublication)
  }

  // MARK: Judgements, for accesses of statics and of fields alike

  /// A plain write and another plain access that no lock keeps apart, as indices. Accesses of one
  /// function only are not communication.
  static func plain(
    _ accesses: [SharedAccess], _ exclude: (Int, Int) -> Bool
  ) -> (Int, Int)? {
    pair(accesses, exclude) { write, other in
      write.kind.writes && !write.kind.isAtomic && !other.kind.isAtomic
        && write.site.function != other.site.function
    }
  }

  /// An atomic access and a plain one of which one writes, and that no lock keeps apart.
  static func mixed(
    _ accesses: [SharedAccess], _ exclude: (Int, Int) -> Bool
  ) -> (Int, Int)? {
    // A plain write shows it better than a plain read.
    pair(accesses, exclude) { $0.kind.isAtomic && !$1.kind.isAtomic && $1.kind.writes }
      ?? pair(accesses, exclude) {
        $0.kind.isAtomic && $0.kind.writes && !$1.kind.isAtomic && $1.kind.reads
      }
  }

  /// A relaxed store of a pointer to something, and a read.
  static func relaxed(_ accesses: [SharedAccess]) -> (Int, Int)? {
    guard let write = accesses.firstIndex(where: { $0.isRelaxed && $0.isPublication }),
      let read = accesses.firstIndex(where: { $0.kind.reads && !$0.kind.writes })
    else { return nil }
    return (write, read)
  }

  private static func pair(
    _ accesses: [SharedAccess], _ exclude: (Int, Int) -> Bool,
    where isWanted: (SharedAccess, SharedAccess) -> Bool
  ) -> (Int, Int)? {
    for first in accesses.indices.prefix(200) {
      for second in accesses.indices.prefix(200)
      where first != second && isWanted(accesses[first], accesses[second])
        && !exclude(first, second)
      {
        return (first, second)
      }
    }
    return nil
  }

  // MARK: Declarations

  private func isVolatile(_ declaration: StateDeclaration) -> Bool {
    let types = package.units[declaration.unit]
    let type = types[declaration.typeID]
    switch type.kind {
    case .boolean, .integer, .floating, .enumeration, .pointer: return type.isVolatile
    case .array: return type.element.map { types[$0].isVolatile } ?? false
    default: return false
    }
  }

  /// What a handler of signals tells the code that it interrupts.
  private func isSignalFlag(_ declaration: StateDeclaration, _ accesses: [StateAccess]) -> Bool {
    guard declaration.type.contains("sig_atomic_t") else { return false }
    let writers = Set(accesses.filter(\.kind.writes).map(\.site.function))
    return graph.escapes.contains { writers.contains($0.function) }
  }
}
