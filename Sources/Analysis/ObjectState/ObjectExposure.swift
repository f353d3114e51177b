import ProgramModel

/// What is known of the objects that other threads can have and that are given to a parameter.
struct Exposure: Equatable {
  /// Held by all who give such an object, as seen from it.
  var locks: Set<RelativeLock>
  var isCertain: Bool
  /// Only `__init__` gives such an object.
  var isReinitialisation: Bool
  /// The records that the objects are, by the types they had last before a `void *`; empty: not
  /// known.
  var records: Set<String> = []
}

/// Which parameters are given objects that other threads can have: a walk from the entry points
/// down, over those functions only that touch fields of their parameters.
struct ObjectExposure {
  struct Parameter: Hashable {
    var function: FunctionID
    var index: Int
  }

  private struct Flow {
    /// The caller's own parameter through which it has the object; nil: it is known to be
    /// shared, if the caller runs at run time.
    var source: Int?
    var caller: FunctionID
    var target: Parameter
    /// The object as the caller knows it.
    var object: LockKey?
    var locks: Set<RelativeLock>
    /// The way from the source to the object is not known.
    var isVague = false
  }

  private let package: PackageModel
  private let graph: CallGraph
  private let phases: Phases
  private let locks: Locks
  private let privacy: ObjectPrivacy
  private var exposures: [Parameter: Exposure] = [:]
  /// Functions that something else than `__init__` reaches at run time.
  private let beyondInit: Set<FunctionID>

  init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks,
    _ privacy: ObjectPrivacy, relevant: Set<Parameter>
  ) {
    self.package = package
    self.graph = graph
    self.phases = phases
    self.locks = locks
    self.privacy = privacy
    beyondInit = graph.reachable(
      from: phases.entryPoints.filter {
        !$0.phase.isDisjoint(with: [.runtime, .creation]) && !Self.setsUp($0, package)
      }.map(\.function))
    solve(relevant)
  }

  /// Whether an entry point fills an object that is new, as a rule: `__init__`, `__setstate__`.
  private static func setsUp(_ entry: EntryPoint, _ package: PackageModel) -> Bool {
    entry.kind == .typeSlot("tp_init")
      || entry.kind == .method && package[entry.function].name.contains("setstate")
  }

  /// nil: only objects are given to it that no other thread has.
  subscript(function: FunctionID, parameter: Int) -> Exposure? {
    exposures[Parameter(function: function, index: parameter)]
  }

  /// What holds for objects that a function finds by itself; nil where it does not run at run
  /// time.
  func ofFound(in function: FunctionID) -> Exposure? {
    guard phases.possiblePhases(of: function).contains(.runtime) else { return nil }
    return Exposure(
      locks: [], isCertain: phases.phases(of: function).contains(.runtime),
      isReinitialisation: !beyondInit.contains(function))
  }

  // MARK: Solving

  private mutating func solve(_ roots: Set<Parameter>) {
    let types = ParameterTypes(package: package)
    var relevant = roots
    var byFunction: [FunctionID: Set<Int>] = [:]
    var flows: [Parameter: [Flow]] = [:]
    var shared: [Flow] = []
    var work = roots.sorted { ($0.function, $0.index) < ($1.function, $1.index) }
    while let next = work.popLast() {
      byFunction[next.function, default: []].insert(next.index)
      for index in graph.incoming[Int(next.function.index)] {
        for flow in self.flows(graph.edges[index], next) {
          guard let source = flow.source else {
            shared.append(flow)
            continue
          }
          let parameter = Parameter(function: flow.caller, index: source)
          flows[parameter, default: []].append(flow)
          if relevant.insert(parameter).inserted { work.append(parameter) }
        }
      }
    }

    // That the address of a destructor is compared or kept elsewhere makes it no method.
    let ends = Set(
      phases.entryPoints.filter { $0.phase.isDisjoint(with: [.runtime, .creation]) }
        .map(\.function))
    for entry in phases.entryPoints where !entry.phase.isDisjoint(with: [.runtime, .creation]) {
      switch entry.kind {
      case .callback, .table, .exported: if ends.contains(entry.function) { continue }
      default: break
      }
      for index in (byFunction[entry.function] ?? []).sorted() {
        let exposure = Exposure(
          locks: [], isCertain: entry.kind != .exported && entry.kind != .table,
          isReinitialisation: Self.setsUp(entry, package),
          records: [types.record(of: index, in: entry.function)])
        if meet(exposure, Parameter(function: entry.function, index: index)) {
          work.append(Parameter(function: entry.function, index: index))
        }
      }
    }
    for flow in shared {
      guard var exposure = ofFound(in: flow.caller) else { continue }
      exposure.records = [types.record(of: flow.target.index, in: flow.target.function)]
      exposure.locks = flow.locks
      if meet(exposure, flow.target) { work.append(flow.target) }
    }
    while let next = work.popLast() {
      guard let exposure = exposures[next] else { continue }
      for flow in flows[next] ?? [] {
        var new = exposure
        if let record = types.record(flow) {
          new.records = [record]
        } else if !types.allows(exposure.records, flow.target) {
          continue
        }
        new.locks = flow.locks.union(
          flow.isVague
            ? Set(exposure.locks.map(\.vague))
            : Self.rebased(exposure.locks, from: next.index, to: flow.object))
        if meet(new, flow.target) { work.append(flow.target) }
      }
    }
  }

  /// True when that changed what is known of the parameter.
  private mutating func meet(_ new: Exposure, _ parameter: Parameter) -> Bool {
    guard var known = exposures[parameter] else {
      exposures[parameter] = new
      return true
    }
    let old = known
    known.locks = RelativeLock.common(known.locks, new.locks)
    known.isCertain = known.isCertain || new.isCertain
    known.isReinitialisation = known.isReinitialisation && new.isReinitialisation
    known.records.formUnion(new.records)
    exposures[parameter] = known
    return known != old
  }

  /// How a call gives a parameter its object; empty: the object is the caller's alone.
  private func flows(_ edge: CallEdge, _ target: Parameter) -> [Flow] {
    guard let (_, model) = package.body(of: edge.caller) else { return [] }
    let held = locks.held(
      in: edge.caller, block: edge.block, instruction: edge.instruction)
    let instructions = model.blocks[Int(edge.block.index)].instructions
    guard edge.kind != .callback, edge.instruction < instructions.count,
      case .call(_, _, let arguments) = instructions[edge.instruction].operation
    else {
      return [
        Flow(
          source: nil, caller: edge.caller, target: target, object: nil,
          locks: RelativeLock.relative(held, to: nil, record: ""))
      ]
    }
    guard target.index < arguments.count else { return [] }
    let argument = arguments[target.index]
    if case .integer = argument { return [] }
    let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
    if privacy.isAlone(argument, at: point, in: edge.caller) { return [] }
    let object = locks.object(argument, in: edge.caller)
    var flow = Flow(
      source: nil, caller: edge.caller, target: target, object: object,
      locks: RelativeLock.relative(held, to: object, record: ""))
    switch object?.base {
    case .parameter(let index): flow.source = index
    case nil, .local, .field, .unknown:
      guard let roots = privacy.ownMemory.parameters(behind: argument, in: edge.caller) else {
        break
      }
      flow.isVague = true
      flow.locks = RelativeLock.all(held, to: nil, record: "")
      return roots.map { root in
        var flow = flow
        flow.source = root
        return flow
      }
    case .variable(let id): if package.isThreadLocal(id) { return [] }
    case .moduleState, .moduleObject, .world: break
    }
    return [flow]
  }

  /// What the types of parameters tell of the objects that are handed through a `void *`.
  private struct ParameterTypes {
    let package: PackageModel

    /// The record that a parameter points to; empty where it tells nothing.
    func record(of index: Int, in function: FunctionID) -> String {
      guard let (unit, model) = package.body(of: function), index < model.locals.count else {
        return ""
      }
      let record = package.units[unit].pointedRecord(model.locals[index].type)
      return PythonRecords.isPython(record) ? "" : record
    }

    /// What the caller knows the object to be; nil: no more than it was told.
    func record(_ flow: Flow) -> String? {
      guard let source = flow.source, flow.object?.path == ["->"] else { return "" }
      guard let (unit, model) = package.body(of: flow.caller), source < model.locals.count,
        let pointee = package.units[unit][model.locals[source].type].element
      else { return "" }
      return package.units[unit][pointee].kind == .void ? nil : record(of: source, in: flow.caller)
    }

    /// Whether objects of such records can be meant for a parameter.
    func allows(_ records: Set<String>, _ target: Parameter) -> Bool {
      let wanted = record(of: target.index, in: target.function)
      return wanted.isEmpty || records.isEmpty || records.contains("") || records.contains(wanted)
    }
  }

  /// Locks as seen from the object of a parameter, as seen from an object reached from it.
  static func rebased(
    _ locks: Set<RelativeLock>, from parameter: Int, to object: LockKey?
  ) -> Set<RelativeLock> {
    guard let object, object.base == .parameter(parameter), object.path.first == "->" else {
      return locks.filter { if case .global = $0.place { true } else { false } }
    }
    let way = Array(object.path.dropFirst())
    if way.isEmpty { return locks }
    var found = Set<RelativeLock>()
    for var lock in locks {
      switch lock.place {
      case .global: break
      case .owner(let steps): lock.place = .owner(steps + way)
      case .object(let steps):
        if steps.starts(with: way) {
          lock.place = .object(Array(steps.dropFirst(way.count)))
        } else if way.starts(with: steps) {
          lock.place = .owner(Array(way.dropFirst(steps.count)))
        } else {
          let common = zip(steps, way).prefix { $0 == $1 }.count
          lock.place = .beside(
            up: Array(way.dropFirst(common)), down: Array(steps.dropFirst(common)))
        }
      case .beside(let up, let down): lock.place = .beside(up: up + way, down: down)
      case .some: break
      }
      found.insert(lock)
    }
    return found
  }
}
