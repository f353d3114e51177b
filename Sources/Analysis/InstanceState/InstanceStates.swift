package import ProgramModel

/// The fields of all instances of a package that are written while threads can share them, and
/// who touches them.
package struct InstanceStates: Sendable {
  package let fields: [InstanceField]
  /// By field, in the order of functions and instructions; empty for fields that nothing writes.
  private let accesses: [[InstanceAccess]]
  /// Sorted by the first field of each group.
  package let hazards: [InstanceHazard]
  /// One for each function and record, in their order.
  package let secondObjects: [SecondObject]
  /// Sorted by field, each once.
  package let exposedMembers: [ExposedMember]
  /// Sorted by place.
  package let referenceCounts: [OwnReferenceCount]

  package subscript(field: InstanceFieldID) -> InstanceField { fields[Int(field.index)] }

  package func accesses(to field: InstanceFieldID) -> [InstanceAccess] {
    accesses[Int(field.index)]
  }

  package init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks,
    _ threads: ThreadStates
  ) {
    var collector = InstanceCollector(package, graph, phases, locks, threads)
    let collected = collector.collect()
    fields = collector.records.fields
    let (alone, second) = SecondObjectFinder(package: package, fields: fields).split(collected)
    accesses = collected
    secondObjects = second
    let counts = OwnReferenceCountFinder(
      package: package, phases: phases, locks: locks, tables: collector.tables
    ).find()
    // What is told of as a reference count is not told of again.
    let counters = Set(counts.map { InstancePart.member(record: $0.record, name: $0.field) })
    let judged = alone.map { $0.filter { !counters.contains($0.part) } }
    let judge = InstanceJudge(package, graph, phases, collector.records, collector.tables, judged)
    let hazards = judge.hazards()
    let told = Set(hazards.flatMap(\.fields))
    let split = SplitCheckFinder(
      package: package, graph: graph, locks: locks, accesses: judged, guards: judge.guards
    ).find()
    self.hazards = hazards + split.filter { !told.contains($0.fields[0]) }
    referenceCounts = counts
    exposedMembers = ExposedMemberFinder(
      package: package, tables: collector.members, records: collector.records,
      accesses: collected
    ).find()
  }
}

/// Gathers the accesses to fields of instances.
struct InstanceCollector {
  let records: InstanceRecords
  private let package: PackageModel
  private let graph: CallGraph
  private let phases: Phases
  private let locks: Locks
  private let threads: ThreadStates
  private let privacy: ObjectPrivacy
  private let freshness: PointFreshness
  /// What tables of members say of the fields.
  let members: MemberTables

  init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks,
    _ threads: ThreadStates
  ) {
    self.package = package
    self.threads = threads
    self.graph = graph
    self.phases = phases
    self.locks = locks
    records = InstanceRecords(
      package, instances: InstanceTypes.find(package, graph, phases),
      stateRecords: locks.stateRecords.names)
    privacy = ObjectPrivacy(package)
    freshness = PointFreshness(package)
    members = MemberTables(package)
  }

  /// Where values come from, by function.
  var tables: ValueTables { privacy.tables }

  mutating func collect() -> [[InstanceAccess]] {
    let effects = PointerEffects(package, privacy.tables)
    var raw: [RawInstanceAccess] = []
    let given = callersOfGivers()
    for id in package.functionIDs where phases.isConcurrent(id) {
      guard let (unit, model) = package.body(of: id),
        let places = InstanceReader.places(model, in: unit, records)
          ?? (given.contains(id) ? Array(repeating: [], count: model.places.count) : nil),
        let values = privacy.tables.values(of: id)
      else { continue }
      var reader = InstanceReader(id, unit, values, package, records, locks, effects, places)
      raw += reader.read()
    }
    // A field that nothing writes cannot race.
    var isWritten = [Bool](repeating: false, count: records.fields.count)
    for access in raw where access.use.writes { isWritten[Int(access.place.field.index)] = true }
    for id in members.writableFields(records) { isWritten[Int(id.index)] = true }
    raw = raw.filter { isWritten[Int($0.place.field.index)] }
    var relevant = Set<ObjectExposure.Parameter>()
    for access in raw {
      let function = access.site.function
      if case .parameter(let index) = access.key?.base {
        relevant.insert(.init(function: function, index: index))
      } else if let roots = roots(access) {
        for root in roots { relevant.insert(.init(function: function, index: root)) }
      }
    }
    let exposure = ObjectExposure(package, graph, phases, locks, privacy, relevant: relevant)
    var found = [[InstanceAccess]](repeating: [], count: records.fields.count)
    for access in raw {
      if let access = judge(access, exposure) { found[Int(access.field.index)].append(access) }
    }
    return found
  }

  /// Functions that call one which returns the address of a part of its argument.
  private func callersOfGivers() -> Set<FunctionID> {
    var found = Set<FunctionID>()
    for id in package.functionIDs {
      guard let (unit, model) = package.body(of: id), package.units[unit].isCxx,
        model.blocks.count < 8
      else { continue }
      let isGiver = model.blocks.contains { block in
        if case .return(.address(let place)?) = block.terminator {
          model.places[Int(place.index)].path.first == .dereference
        } else {
          false
        }
      }
      guard isGiver else { continue }
      for index in graph.incoming[Int(id.index)] { found.insert(graph.edges[index].caller) }
    }
    return found
  }

  /// The parameters that lead to an object without a name; nil: it has one, or they are not known.
  private func roots(_ access: RawInstanceAccess) -> [Int]? {
    switch access.key?.base {
    case nil, .local, .field, .unknown: break
    case .parameter, .variable, .moduleState, .moduleObject, .world: return nil
    }
    return access.root.flatMap {
      privacy.ownMemory.parameters(behind: $0, in: access.site.function)
    }
  }

  /// nil: no other thread can have the object.
  private func judge(
    _ raw: RawInstanceAccess, _ exposure: ObjectExposure
  ) -> InstanceAccess? {
    let function = raw.site.function
    let point = ProgramPoint(block: raw.site.block, instruction: raw.site.instruction)
    if let root = raw.root {
      if privacy.isAlone(root, at: point, in: function)
        || raw.use.writes && freshness.isNew(root, at: point, in: function, privacy)
      {
        return nil
      }
    }
    // What each thread has for itself.
    if case .variable(let id) = raw.key?.base, package.isThreadLocal(id) { return nil }
    var known: Exposure?
    var outer = Set<RelativeLock>()
    if case .parameter(let index) = raw.key?.base {
      known = exposure[function, index]
      outer = ObjectExposure.rebased(known?.locks ?? [], from: index, to: raw.key)
    } else if let roots = roots(raw) {
      for root in roots {
        guard let one = exposure[function, root] else { continue }
        let vague = Set(one.locks.map(\.vague))
        outer = known == nil ? vague : RelativeLock.common(outer, vague)
        known = Exposure(
          locks: [], isCertain: known?.isCertain ?? false || one.isCertain,
          isReinitialisation: known?.isReinitialisation ?? true && one.isReinitialisation)
      }
    } else {
      known = exposure.ofFound(in: function)
    }
    guard let known else { return nil }
    let field = records[raw.place.field]
    let held = locks.held(in: function, block: point.block, instruction: point.instruction)
    var relative = RelativeLock.all(held, to: raw.key, record: field.record).union(outer)
    // Critical sections are let go while a thread is detached.
    if threads.state(in: function, block: point.block, instruction: point.instruction) == .detached
    {
      relative = relative.filter { !$0.isSuspendable }
    }
    if raw.place.isBehind { relative = Set(relative.map { Self.atInstance($0, field) }) }
    return InstanceAccess(
      field: raw.place.field, part: raw.part, use: raw.use, isAtomic: raw.isAtomic,
      isReference: raw.isReference, isUncertain: raw.isUncertain, site: raw.site,
      callee: raw.callee, value: raw.value,
      locks: relative, held: held, object: raw.key, isCertain: known.isCertain,
      isReinitialisation: known.isReinitialisation)
  }

  /// A lock as seen from the instance, that was told as seen from a record which the instance owns
  /// through a field.
  private static func atInstance(_ lock: RelativeLock, _ field: InstanceField) -> RelativeLock {
    var lock = lock
    switch lock.place {
    case .owner(let steps):
      guard let start = steps.firstIndex(of: field.name) else { break }
      lock.place = start == 0 ? .object([]) : .owner(Array(steps[..<start]))
    case .object(let steps):
      lock.place = .object(
        (field.kind == .memory ? [field.name, "->"] : [field.name]) + steps)
    case .beside(let up, let down):
      guard let start = up.firstIndex(of: field.name) else { break }
      lock.place = start == 0 ? .object(down) : .beside(up: Array(up[..<start]), down: down)
    case .global, .some: break
    }
    return lock
  }
}

/// Records that threads share though no Python object begins with them: what Python keeps beside
/// an object, and classes that binding libraries bind.
enum InstanceTypes {
  static func find(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases
  ) -> Set<String> {
    var found = Set<String>()
    for entry in phases.entryPoints where entry.kind == .binding {
      guard let (unit, model) = package.body(of: entry.function), model.parameterCount > 0,
        let local = model.locals.first
      else { continue }
      let name = package.units[unit].pointedRecord(local.type)
      if isOwn(name) { found.insert(name) }
    }
    for id in package.functionIDs where isGetter(package[id].name) {
      for index in graph.incoming[Int(id.index)] {
        let edge = graph.edges[index]
        guard edge.kind == .direct, let (unit, model) = package.body(of: edge.caller) else {
          continue
        }
        let next = model.blocks[Int(edge.block.index)].instructions.dropFirst(edge.instruction)
        guard case .call(let result?, _, _)? = next.first?.operation,
          case .store(let place, .temporary(result))? = next.dropFirst().first?.operation,
          case .local(let local) = model.places[Int(place.index)].base,
          model.places[Int(place.index)].path.isEmpty
        else { continue }
        let name = package.units[unit].pointedRecord(model.locals[Int(local)].type)
        if isOwn(name) { found.insert(name) }
      }
    }
    return found
  }

  private static func isGetter(_ name: String) -> Bool {
    name == "PyObject_GetTypeData" || name == "PyObject_GetItemData"
      || name == "PyCapsule_GetPointer"
  }

  private static func isOwn(_ record: String) -> Bool {
    !record.isEmpty && !PythonRecords.isPython(record) && !record.hasPrefix("std::")
      && !record.hasPrefix("pybind11::") && !record.hasPrefix("nanobind::")
  }
}
