import ProgramModel

/// One access to a field of an object that other threads can have, or to what its pointer points
/// to.
struct FieldTouch: Hashable {
  var field: ObjectFieldID
  var writes: Bool
  var isAtomic: Bool
  /// Goes to the memory behind the pointer in the field.
  var isBehind: Bool
  var site: CodeSite
  var locks: Set<RelativeLock>
  /// Entry points that are certainly called reach it.
  var isCertain: Bool
  /// Only `__init__` reaches it.
  var isReinitialisation: Bool

  func races(with other: Self) -> Bool {
    field == other.field && isBehind == other.isBehind && (writes || other.writes)
      && !(isAtomic && other.isAtomic) && !RelativeLock.areExcluded(locks, other.locks)
  }
}

/// Gathers accesses to fields that are no references.
struct FieldTouchCollector {
  private struct Raw {
    var field: ObjectFieldID
    var writes: Bool
    var isAtomic: Bool
    var isBehind: Bool
    var site: CodeSite
    var object: LockKey?
    /// The pointer to the object.
    var root: Operand?
  }

  let package: PackageModel
  let graph: CallGraph
  let phases: Phases
  let locks: Locks
  let records: ObjectRecords
  /// Functions that are `__init__` of a type, whoever else calls them.
  private let initialisers: Set<FunctionID>

  init(_ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks) {
    self.package = package
    self.graph = graph
    self.phases = phases
    self.locks = locks
    records = ObjectRecords(package)
    initialisers = Set(
      phases.entryPoints.filter { $0.kind == .typeSlot("tp_init") }.map(\.function))
  }

  /// By field, in the order of functions and instructions; those fields only that are touched in
  /// one of the `functions`.
  func collect(touchedIn functions: Set<FunctionID>) -> [ObjectFieldID: [FieldTouch]] {
    guard !functions.isEmpty else { return [:] }
    var raw: [Raw] = []
    for id in package.functionIDs where phases.isConcurrent(id) { read(id, &raw) }
    let touched = Set(raw.filter { functions.contains($0.site.function) }.map(\.field))
    raw = raw.filter { touched.contains($0.field) && !records[$0.field].isReference }
    var relevant = Set<ObjectExposure.Parameter>()
    for access in raw {
      if case .parameter(let index) = access.object?.base {
        relevant.insert(.init(function: access.site.function, index: index))
      }
    }
    let privacy = ObjectPrivacy(package)
    let exposure = ObjectExposure(package, graph, phases, locks, privacy, relevant: relevant)
    var found: [ObjectFieldID: [FieldTouch]] = [:]
    for access in raw {
      if let touch = judge(access, exposure, privacy) {
        found[touch.field, default: []].append(touch)
      }
    }
    return found
  }

  /// nil: no other thread can have the object.
  private func judge(
    _ raw: Raw, _ exposure: ObjectExposure, _ privacy: ObjectPrivacy
  ) -> FieldTouch? {
    let function = raw.site.function
    let point = ProgramPoint(block: raw.site.block, instruction: raw.site.instruction)
    if let root = raw.root {
      if privacy.isPrivate(root, at: point, in: function) { return nil }
      if raw.writes, isPrivate(root, at: point, in: function, privacy) { return nil }
    }
    let known: Exposure?
    var outer = Set<RelativeLock>()
    if case .parameter(let index) = raw.object?.base {
      known = exposure[function, index]
      outer = ObjectExposure.rebased(known?.locks ?? [], from: index, to: raw.object)
    } else {
      known = exposure.ofFound(in: function)
    }
    guard let known else { return nil }
    let held = locks.held(in: function, block: point.block, instruction: point.instruction)
    let own = RelativeLock.relative(held, to: raw.object, record: records[raw.field].record)
    return FieldTouch(
      field: raw.field, writes: raw.writes, isAtomic: raw.isAtomic, isBehind: raw.isBehind,
      site: raw.site, locks: own.union(outer), isCertain: known.isCertain,
      isReinitialisation: known.isReinitialisation || initialisers.contains(function))
  }

  /// Whether what a variable holds at this very point was made in the function and is not
  /// published, whatever it holds elsewhere.
  private func isPrivate(
    _ root: Operand, at point: ProgramPoint, in function: FunctionID, _ privacy: ObjectPrivacy
  ) -> Bool {
    guard case .local = root, let (unit, model) = package.body(of: function) else { return false }
    let flow = ValueFlow(function, package, unit: unit, model: model) { _ in nil }
    let origins = flow.origins(of: root, at: point).filter {
      if case .integer = $0 { false } else { true }
    }
    return !origins.isEmpty
      && origins.allSatisfy { origin in
        guard case .call(let call) = origin,
          case .call(let result?, _, _)? = flow.operation(at: call)
        else { return false }
        return privacy.isPrivate(.temporary(result), at: point, in: function)
      }
  }

  // MARK: Functions

  private func read(_ id: FunctionID, _ raw: inout [Raw]) {
    guard let (unit, model) = package.body(of: id) else { return }
    let places = model.places.map { records.fields(of: $0, in: unit) }
    guard places.contains(where: { !$0.isEmpty }) else { return }
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        let site = CodeSite(
          function: id, unit: unit, block: BlockID(Int32(truncatingIfNeeded: number)),
          instruction: index, range: instruction.range)
        func touch(_ place: PlaceID, writes: Bool, reads: Bool = false, isAtomic: Bool = false) {
          add(
            place, places[Int(place.index)], model, writes: writes, reads: reads,
            isAtomic: isAtomic, site, &raw)
        }
        switch instruction.operation {
        case .load(_, let place): touch(place, writes: false)
        case .store(let place, _): touch(place, writes: true)
        case .modify(_, let place, _, _, _): touch(place, writes: true)
        case .atomic(_, let kind, let place, _, _):
          if kind != .fence { touch(place, writes: kind != .load, isAtomic: true) }
        case .call(_, let callee, let arguments):
          for (position, argument) in arguments.enumerated() {
            guard case .address(let place) = argument, !places[Int(place.index)].isEmpty else {
              continue
            }
            if let writes = writes(callee, position, model.places[Int(place.index)], unit) {
              touch(place, writes: writes)
            }
          }
        case .compute, .copy, .opaque: break
        }
      }
    }
  }

  /// Whether a call writes what it is given the address of; nil: it may keep the address, locks
  /// it, or does what is not known.
  private func writes(
    _ callee: Callee, _ position: Int, _ place: Place, _ unit: Int
  ) -> Bool? {
    guard case .direct(let symbol) = callee, let id = package.function(symbol, in: unit),
      package[id].definition == nil, LockOperation.of(package[id]) == nil, position < 64
    else { return nil }
    let type = package.units[unit][place.type]
    guard [.integer, .boolean, .floating, .enumeration, .pointer].contains(type.kind) else {
      return nil
    }
    return package[id].writableArguments & (1 << UInt64(position)) != 0
  }

  private func add(
    _ id: PlaceID, _ fields: [FieldPlace], _ model: FunctionModel, writes: Bool, reads: Bool,
    isAtomic: Bool, _ site: CodeSite, _ raw: inout [Raw]
  ) {
    guard !fields.isEmpty else { return }
    let place = model.places[Int(id.index)]
    for (number, field) in fields.enumerated() {
      let object = Place(
        base: place.base, path: Array(place.path[..<field.objectEnd]), type: .unknown)
      let rest = place.path[field.end...]
      let isLast = number == fields.count - 1
      let isWhole = rest.isEmpty && isLast
      func add(_ writes: Bool, isBehind: Bool, isAtomic: Bool) {
        raw.append(
          Raw(
            field: field.field, writes: writes, isAtomic: isAtomic, isBehind: isBehind,
            site: site, object: locks.location(object, in: site.function),
            root: ReferenceFlow.base(place)))
      }
      if isWhole {
        add(writes, isBehind: false, isAtomic: isAtomic)
      } else if rest.first == .dereference {
        add(false, isBehind: false, isAtomic: false)
        // Memory one pointer away; what that points to again is somebody else's.
        if isLast, !rest.dropFirst().contains(.dereference) {
          add(writes, isBehind: true, isAtomic: isAtomic)
        }
      } else if isLast, !rest.contains(.dereference) {
        add(writes, isBehind: false, isAtomic: isAtomic)
      }
    }
  }
}
