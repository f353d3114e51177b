import ProgramModel
import PythonAPI

/// Follows memory from where it is allocated to where it is released.
final class AllocationFlow {
  let package: PackageModel
  let graph: CallGraph
  /// By function, what is known of allocators.
  let facts: [AllocationFact?]
  private var flows: [FunctionID: ValueFlow] = [:]
  /// Functions of the package that give new memory.
  private(set) var returned: [FunctionID: AllocationSource] = [:]
  /// Functions of the package that release what a parameter points to.
  private(set) var released: [FunctionID: [Int: AllocationSource]] = [:]
  private(set) var stores: [AllocationHolder: AllocationStores] = [:]
  /// Functions that call an allocator, callees first.
  let functions: [FunctionID]

  init(_ package: PackageModel, _ graph: CallGraph) {
    self.package = package
    self.graph = graph
    let names = PythonFacts.shared.allocations
    facts = package.functions.map { $0.definition == nil ? names[$0.name] : nil }
    let facts = facts
    var calling = Set<FunctionID>()
    let order = graph.bottomUp().functions
    for id in order where package[id].definition != nil {
      let calls = graph.outgoing[Int(id.index)].contains { index in
        let edge = graph.edges[index]
        return facts[Int(edge.callee.index)] != nil
          || edge.kind == .direct && calling.contains(edge.callee)
      }
      if calls { calling.insert(id) }
    }
    functions = order.filter { calling.contains($0) }
    for id in functions { summarise(id) }
    collectStores()
  }

  func flow(of function: FunctionID) -> ValueFlow? {
    if let known = flows[function] { return known }
    guard let (unit, model) = package.body(of: function) else { return nil }
    let made = ValueFlow(function, package, unit: unit, model: model) { _ in nil }
    flows[function] = made
    return made
  }

  func site(_ point: ProgramPoint, _ flow: ValueFlow) -> CodeSite {
    CodeSite(
      function: flow.function, unit: flow.unit, block: point.block,
      instruction: point.instruction, range: flow.range(at: point))
  }

  // MARK: Calls

  /// The memory that a call gives; nil: not known.
  func allocation(at point: ProgramPoint, _ flow: ValueFlow) -> AllocationSource? {
    guard let (callee, arguments) = flow.call(at: point) else { return nil }
    if let fact = facts[Int(callee.index)] {
      guard fact.role != .release, fact.domain != .type else { return nil }
      // With an argument it makes an object in memory that is there already.
      if fact.domain == .cxx, !arguments.isEmpty { return nil }
      return AllocationSource(site: site(point, flow), name: fact.name, domain: fact.domain)
    }
    return returned[callee]
  }

  /// A release in a function.
  struct Release {
    var point: ProgramPoint
    var argument: Operand
    /// The call in this function and what it calls.
    var name: String
    var domain: AllocationFact.Domain
    var resizes: Bool
  }

  func releases(in flow: ValueFlow) -> [Release] {
    var found: [Release] = []
    for index in graph.outgoing[Int(flow.function.index)] {
      let edge = graph.edges[index]
      guard edge.kind == .direct else { continue }
      let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
      guard let arguments = flow.call(at: point)?.arguments else { continue }
      if let fact = facts[Int(edge.callee.index)] {
        guard fact.role != .allocate, let argument = arguments.first else { continue }
        found.append(
          Release(
            point: point, argument: argument, name: fact.name, domain: fact.domain,
            resizes: fact.role == .resize))
        continue
      }
      let releases = (released[edge.callee] ?? [:]).sorted { $0.key < $1.key }
      for (position, release) in releases where position < arguments.count {
        found.append(
          Release(
            point: point, argument: arguments[position], name: package[edge.callee].name,
            domain: release.domain, resizes: false))
      }
    }
    return found
  }

  // MARK: Origins

  /// Where memory comes from.
  struct Sources {
    var known: [AllocationSource] = []
    var isOpen = false
    /// The parameter that it is, where it is nothing else.
    var parameter: Int?
    /// The holder that it was read from, where it is nothing else.
    var holder: AllocationHolder?
  }

  /// `except`: results of calls that resize what is in this holder do not count.
  func sources(
    of operand: Operand, at point: ProgramPoint, _ flow: ValueFlow,
    followingHolders: Bool = true, except: AllocationHolder? = nil
  ) -> Sources {
    var found = Sources()
    for origin in flow.origins(of: operand, at: point) {
      switch origin {
      case .integer: continue
      case .call(let call):
        if let except, resizes(except, at: call, flow) { continue }
        if let source = allocation(at: call, flow) {
          found.known.append(source)
        } else {
          found.isOpen = true
        }
      case .load(_, let place):
        guard followingHolders,
          let holder = AllocationHolder(flow.model.places[Int(place.index)], package, flow.unit),
          let stores = stores[holder], !stores.isOpen, !stores.sources.isEmpty
        else {
          found.isOpen = true
          continue
        }
        found.holder = holder
        found.known += stores.sources
      case .parameter(let index):
        if found.parameter == nil { found.parameter = index } else { found.isOpen = true }
      // Memory that nobody allocates, which small things are put into: not what is released.
      case .address: continue
      case .output, .other, .unknown: found.isOpen = true
      }
    }
    return found
  }

  private func resizes(
    _ holder: AllocationHolder, at point: ProgramPoint, _ flow: ValueFlow
  ) -> Bool {
    guard let (callee, arguments) = flow.call(at: point), let first = arguments.first,
      facts[Int(callee.index)]?.role == .resize
    else { return false }
    return flow.origins(of: first, at: point).contains { origin in
      guard case .load(_, let place) = origin else { return false }
      return AllocationHolder(flow.model.places[Int(place.index)], package, flow.unit) == holder
    }
  }

  // MARK: Helpers

  private func summarise(_ id: FunctionID) {
    guard let flow = flow(of: id) else { return }
    var result: AllocationSource?
    var isKnown = true
    for (number, block) in flow.model.blocks.enumerated() {
      guard case .return(let operand?) = block.terminator, isKnown else { continue }
      let point = ProgramPoint(
        block: BlockID(Int32(truncatingIfNeeded: number)), instruction: block.instructions.count)
      let sources = sources(of: operand, at: point, flow, followingHolders: false)
      isKnown = !sources.isOpen && sources.parameter == nil
      for source in sources.known {
        if let known = result, known.domain != source.domain { isKnown = false }
        result = result ?? source
      }
    }
    // What a function keeps as well is not its caller's.
    if isKnown, let result, package[id].name != "main" { returned[id] = result }
    for release in releases(in: flow) where !release.resizes {
      let sources = sources(of: release.argument, at: release.point, flow, followingHolders: false)
      guard !sources.isOpen, sources.known.isEmpty, let parameter = sources.parameter else {
        continue
      }
      released[id, default: [:]][parameter] = AllocationSource(
        site: site(release.point, flow), name: release.name, domain: release.domain)
    }
  }

  // MARK: Holders

  private func collectStores() {
    var released = Set<AllocationHolder>()
    for id in functions {
      guard let flow = flow(of: id) else { continue }
      for release in releases(in: flow) {
        for origin in flow.origins(of: release.argument, at: release.point) {
          guard case .load(_, let place) = origin,
            let holder = AllocationHolder(
              flow.model.places[Int(place.index)], package, flow.unit)
          else { continue }
          released.insert(holder)
          if !release.resizes { stores[holder, default: .init()].releases.insert(release.domain) }
        }
      }
    }
    guard !released.isEmpty else { return }
    let calling = Set(functions)
    for id in package.functionIDs {
      guard let (unit, model) = package.body(of: id) else { continue }
      let holders = model.places.map { place -> AllocationHolder? in
        guard let holder = AllocationHolder(place, package, unit), released.contains(holder) else {
          return nil
        }
        return holder
      }
      guard holders.contains(where: { $0 != nil }) else { continue }
      for (number, block) in model.blocks.enumerated() {
        for (index, instruction) in block.instructions.enumerated() {
          let point = ProgramPoint(
            block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
          read(
            instruction.operation, point, holders, in: calling.contains(id) ? flow(of: id) : nil)
        }
      }
    }
  }

  private func read(
    _ operation: Operation, _ point: ProgramPoint, _ holders: [AllocationHolder?],
    in flow: ValueFlow?
  ) {
    switch operation {
    case .store(let place, let operand):
      if case .address(let address) = operand, let holder = holders[Int(address.index)] {
        stores[holder, default: .init()].isOpen = true
      }
      guard let holder = holders[Int(place.index)] else { return }
      if case .integer = operand { return }
      guard let flow else {
        stores[holder, default: .init()].isOpen = true
        return
      }
      let sources = sources(
        of: operand, at: point, flow, followingHolders: false, except: holder)
      if sources.isOpen || sources.parameter != nil {
        // A copy of the field of another object of the kind says nothing new.
        let isCopy = flow.origins(of: operand, at: point).allSatisfy { origin in
          guard case .load(_, let from) = origin else { return false }
          return AllocationHolder(flow.model.places[Int(from.index)], package, flow.unit)
            == holder
        }
        if !isCopy { stores[holder, default: .init()].isOpen = true }
      }
      for source in sources.known where !(stores[holder]?.sources.contains(source) ?? false) {
        stores[holder, default: .init()].sources.append(source)
      }
    case .modify(_, let place, _, _, _), .atomic(_, _, let place, _, _):
      if case .atomic(_, .load, _, _, _) = operation { return }
      if let holder = holders[Int(place.index)] { stores[holder, default: .init()].isOpen = true }
    case .call(_, let callee, let arguments):
      for case .address(let place) in arguments {
        guard let holder = holders[Int(place.index)], !clears(callee, flow) else { continue }
        stores[holder, default: .init()].isOpen = true
      }
    case .opaque(_, _, let arguments):
      for case .address(let place) in arguments {
        if let holder = holders[Int(place.index)] { stores[holder, default: .init()].isOpen = true }
      }
    case .load, .compute, .copy: break
    }
  }

  private func clears(_ callee: Callee, _ flow: ValueFlow?) -> Bool {
    guard let flow, case .direct(let symbol) = callee,
      let id = package.function(symbol, in: flow.unit)
    else { return false }
    return ReferenceEffects.replaces(package[id].name)
  }
}
