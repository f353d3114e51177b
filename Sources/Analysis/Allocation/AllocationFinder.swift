import ProgramModel
import PythonAPI

/// Finds memory that goes to another allocator than it came from.
struct AllocationFinder {
  let package: PackageModel
  let phases: Phases
  let records: ObjectRecords
  let allocations: AllocationFlow

  init(_ package: PackageModel, _ graph: CallGraph, _ phases: Phases) {
    self.package = package
    self.phases = phases
    records = ObjectRecords(package)
    allocations = AllocationFlow(package, graph)
  }

  /// At most one for each function and variable or field, in the order of functions.
  func find() -> [AllocationMisuse] {
    var found: [AllocationMisuse] = []
    var used = Dictionary(grouping: uses(), by: \.site)
    let makesObjectsItself = makers().isEmpty == false
    for id in allocations.functions.sorted() where phases.isConcurrent(id) {
      guard let flow = allocations.flow(of: id) else { continue }
      var here: [AllocationMisuse] = []
      for site in allocated(flow) {
        if let use = judge(used.removeValue(forKey: site.site) ?? [], site) { here.append(use) }
      }
      for release in allocations.releases(in: flow) {
        if let misuse = judge(release, flow, makesObjectsItself) { here.append(misuse) }
      }
      here += objects(in: flow)
      var seen = Set<String>()
      found += here.sorted { $0.site.range.start < $1.site.range.start }.filter {
        seen.insert($0.symbol ?? "-" + $0.name).inserted
      }
    }
    return found
  }

  // MARK: Releases

  private func judge(
    _ release: AllocationFlow.Release, _ flow: ValueFlow, _ makesObjectsItself: Bool
  ) -> AllocationMisuse? {
    let holder = onlyHolder(release, flow)
    let sources = allocations.sources(
      of: release.argument, at: release.point, flow, except: release.resizes ? holder : nil)
    let site = allocations.site(release.point, flow)
    if !sources.isOpen, sources.known.isEmpty, let parameter = sources.parameter {
      guard !makesObjectsItself, !isForObjects(release.domain), !release.resizes,
        isObject(flow.model.locals[parameter].type, flow.unit)
          || isObject(release.argument, flow),
        phases.phases(of: flow.function).contains(.destruction)
      else { return nil }
      return AllocationMisuse(
        kind: .objectReleased, site: site, name: release.name, domain: release.domain,
        sources: [], symbol: symbol(release.argument, flow))
    }
    guard !sources.isOpen, sources.parameter == nil, !sources.known.isEmpty else { return nil }
    let wrong = sources.known.filter { $0.domain != release.domain }
    guard !wrong.isEmpty else { return nil }
    if wrong.count < sources.known.count {
      // Which of them it is may be told by something else, unless all go the same way.
      guard let holder = sources.holder, let stores = allocations.stores[holder],
        stores.releases == [release.domain], !release.resizes
      else { return nil }
    }
    return AllocationMisuse(
      kind: .mismatch, site: site, name: release.name, domain: release.domain, sources: wrong,
      symbol: symbol(release.argument, flow))
  }

  private func onlyHolder(
    _ release: AllocationFlow.Release, _ flow: ValueFlow
  ) -> AllocationHolder? {
    var found: AllocationHolder?
    for origin in flow.origins(of: release.argument, at: release.point) {
      guard case .load(_, let place) = origin,
        let holder = AllocationHolder(flow.model.places[Int(place.index)], package, flow.unit)
      else { continue }
      found = holder
    }
    return found
  }

  private func isForObjects(_ domain: AllocationFact.Domain) -> Bool {
    switch domain {
    case .object, .collected, .type: true
    case .mem, .raw, .libc, .cxx: false
    }
  }

  // MARK: Objects

  private static let makers: Set<String> = [
    "PyObject_Init", "PyObject_InitVar", "PyObject_INIT", "PyObject_INIT_VAR",
  ]

  /// What is given to these is an object, too.
  private static let livening: Set<String> = [
    "PyObject_GC_Track", "_Py_NewReference", "Py_SET_TYPE", "Py_SET_REFCNT",
  ]

  /// Functions that make objects of memory that they are given.
  private func makers() -> [FunctionID] {
    package.functionIDs.filter { Self.makers.contains(package[$0].name) }
  }

  /// Objects that are made of memory that is not for objects.
  private func objects(in flow: ValueFlow) -> [AllocationMisuse] {
    var found: [AllocationMisuse] = []
    for (number, block) in flow.model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(_, .direct(let symbol), let arguments) = instruction.operation,
          let callee = package.function(symbol, in: flow.unit),
          Self.makers.contains(package[callee].name), let first = arguments.first
        else { continue }
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        let sources = allocations.sources(of: first, at: point, flow, followingHolders: false)
        guard !sources.isOpen, sources.parameter == nil, let source = sources.known.first,
          sources.known.allSatisfy({ !isForObjects($0.domain) })
        else { continue }
        found.append(
          AllocationMisuse(
            kind: .objectElsewhere, site: source.site, name: source.name, domain: source.domain,
            sources: [], symbol: self.symbol(first, flow)))
      }
    }
    return found
  }

  // MARK: Memory that is no object

  /// What memory is used as where it gets to.
  private struct TypeUse {
    var site: CodeSite
    /// nil: as an object, or it is not known.
    var type: String?
    var symbol: String?
  }

  /// The calls of a function that take plain memory from the heap of objects.
  private func allocated(_ flow: ValueFlow) -> [AllocationSource] {
    var found: [AllocationSource] = []
    for (number, block) in flow.model.blocks.enumerated() {
      for index in block.instructions.indices {
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        guard let callee = flow.call(at: point)?.callee,
          let fact = allocations.facts[Int(callee.index)], fact.domain == .object,
          fact.role != .release
        else { continue }
        found.append(
          AllocationSource(
            site: allocations.site(point, flow), name: fact.name, domain: fact.domain))
      }
    }
    return found
  }

  private func judge(_ uses: [TypeUse], _ source: AllocationSource) -> AllocationMisuse? {
    guard let first = uses.first, let type = first.type, uses.allSatisfy({ $0.type != nil }) else {
      return nil
    }
    return AllocationMisuse(
      kind: .notAnObject(type: type), site: source.site, name: source.name,
      domain: source.domain, sources: [], symbol: first.symbol)
  }

  /// All uses of memory from the heap of objects that tell what it is for.
  private func uses() -> [TypeUse] {
    var found: [TypeUse] = []
    for id in allocations.functions {
      guard let flow = allocations.flow(of: id) else { continue }
      for (number, block) in flow.model.blocks.enumerated() {
        for (index, instruction) in block.instructions.enumerated() {
          let point = ProgramPoint(
            block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
          guard flow.call(at: point) != nil,
            let source = allocations.allocation(at: point, flow), source.domain == .object
          else { continue }
          _ = instruction
          read(source.site, .call(point), flow, &found)
        }
      }
    }
    return found
  }

  private func read(
    _ site: CodeSite, _ origin: ValueFlow.Origin, _ flow: ValueFlow, _ found: inout [TypeUse]
  ) {
    let unit = flow.unit
    func add(_ type: TypeID, _ symbol: String?) {
      switch data(type, unit) {
      case .data(let name): found.append(TypeUse(site: site, type: name, symbol: symbol))
      case .object: found.append(TypeUse(site: site, type: nil, symbol: symbol))
      case .open: break
      }
    }
    for (number, block) in flow.model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .store(let place, let operand) = instruction.operation else { continue }
        switch operand {
        case .local, .temporary: break
        default: continue
        }
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        guard flow.origins(of: operand, at: point).contains(origin) else { continue }
        let target = flow.model.places[Int(place.index)]
        add(target.type, name(target, flow))
      }
    }
    for use in flow.uses(of: origin) {
      switch use.kind {
      case .argument:
        guard let name = flow.name(ofCallAt: use.point) else { continue }
        if Self.makers.contains(name) || Self.livening.contains(name)
          || ReferenceEffects.takesReference(name)
        {
          found.append(TypeUse(site: site, type: nil, symbol: nil))
        }
      case .returned: add(flow.model.resultType, nil)
      case .opaque: found.append(TypeUse(site: site, type: nil, symbol: nil))
      case .callee, .test, .dereference, .stored: break
      }
    }
  }

  private enum Data {
    case data(String)
    case object
    /// `void *`, a record that is not known.
    case open
  }

  private func data(_ type: TypeID, _ unit: Int) -> Data {
    let types = package.units[unit]
    guard types[type].kind == .pointer, let element = types[type].element else { return .open }
    let spelling = types[types[type].spelling]
    switch types[element].kind {
    case .integer, .boolean, .floating, .enumeration, .pointer: return .data(spelling)
    case .record:
      let record = types[element].record
      let name = types[record]
      if PythonRecords.isPython(name) || isObject(type, unit) { return .object }
      let isKnown = types.records.contains { $0.name == record && !$0.fields.isEmpty }
      guard isKnown || name == "Py_buffer" else { return .open }
      return .data(spelling)
    default: return .open
    }
  }

  private func isObject(_ type: TypeID, _ unit: Int) -> Bool {
    records.isReference(type, in: unit)
  }

  private func isObject(_ operand: Operand, _ flow: ValueFlow) -> Bool {
    guard case .local(let index) = operand else { return false }
    return isObject(flow.model.locals[Int(index)].type, flow.unit)
  }

  // MARK: Names

  private func symbol(_ operand: Operand, _ flow: ValueFlow) -> String? {
    switch operand {
    case .local(let index): return package.units[flow.unit][flow.model.locals[Int(index)].name]
    case .temporary(let number):
      guard case .load(_, let place)? = flow.definition(of: number) else { return nil }
      return name(flow.model.places[Int(place.index)], flow)
    case .address(let place): return name(flow.model.places[Int(place.index)], flow)
    default: return nil
    }
  }

  private func name(_ place: Place, _ flow: ValueFlow) -> String? {
    let names = package.units[flow.unit]
    for case .field(let name, _) in place.path.reversed() { return names[name] }
    switch place.base {
    case .local(let index): return names[flow.model.locals[Int(index)].name]
    case .variable(let symbol):
      return package.variable(symbol, in: flow.unit).map { package[$0].name }
    case .temporary, .unnamed: return nil
    }
  }
}
