import ProgramModel

/// Collects the accesses of all shared states of a package.
///
/// Functions are read callees first, so that what a callee does through a pointer parameter is
/// known where the pointer is handed over, with the locks held on that very path.
final class StateCollector {
  private let package: PackageModel
  private let graph: CallGraph
  private let phases: Phases
  private let locks: Locks
  let context: PathContext
  private var summaries: [EffectSummary]
  private let resolvers: [PathResolver?]
  private let relevance: ParameterRelevance

  private(set) var accesses: [StateID: [StateAccess]] = [:]
  /// Places where the address of a state is stored in memory or handed to something that keeps it.
  private(set) var escapes: [StateID: [CodeSite]] = [:]
  /// Functions that return the address of a state, where they do.
  private(set) var returns: [StateID: [CodeSite]] = [:]

  init(_ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks) {
    self.package = package
    self.graph = graph
    self.phases = phases
    self.locks = locks
    context = PathContext(package, locks.stateRecords)
    summaries = Array(repeating: EffectSummary(), count: package.functions.count)
    let context = context
    resolvers = package.functionIDs.map { id in
      package.body(of: id).map { PathResolver(id, unit: $0.unit, body: $0.model, context) }
    }
    relevance = ParameterRelevance(package, graph, resolvers)
    let order = graph.bottomUp()
    // What a cycle of calls does is not whole the first time, neither in it nor in its callers.
    for id in order.functions.prefix(order.endOfCycles) { read(id, keepsStates: false) }
    for id in order.functions { read(id, keepsStates: true) }
  }

  /// The names of records of module state.
  var moduleStateRecords: Set<String> { context.records.names }

  private func read(_ id: FunctionID, keepsStates: Bool) {
    // A copy: what a resolver has found out is out of date when its callees return more.
    guard var resolver = resolvers[Int(id.index)] else { return }
    if !keepsStates, !relevance.hasAny(id) {
      context.returned[Int(id.index)] = resolver.returned()
      return
    }
    var reader = Reader(
      collector: self, resolver: resolver, function: id, unit: resolver.unit,
      isLive: phases.isConcurrent(id), keepsStates: keepsStates)
    reader.read()
    context.returned[Int(id.index)] = reader.resolver.returned()
  }

  /// Reads one function.
  private struct Reader {
    let collector: StateCollector
    var resolver: PathResolver
    let function: FunctionID
    let unit: Int
    let isLive: Bool
    let keepsStates: Bool
    private var block = 0
    private var instruction = 0
    private var range = SourceRange.none
    private let construction: ConstructionRegions
    private let calls: [Int64: [FunctionID]]

    init(
      collector: StateCollector, resolver: PathResolver, function: FunctionID, unit: Int,
      isLive: Bool, keepsStates: Bool
    ) {
      self.collector = collector
      self.resolver = resolver
      self.function = function
      self.unit = unit
      self.isLive = isLive
      self.keepsStates = keepsStates
      construction = ConstructionRegions(resolver.values.model, collector.package, unit)
      var calls: [Int64: [FunctionID]] = [:]
      for index in collector.graph.outgoing[Int(function.index)] {
        let edge = collector.graph.edges[index]
        guard edge.kind != .callback else { continue }
        calls[Self.key(Int(edge.block.index), edge.instruction), default: []].append(edge.callee)
      }
      self.calls = calls
    }

    private static func key(_ block: Int, _ instruction: Int) -> Int64 {
      Int64(block) << 32 | Int64(instruction)
    }

    private var site: CodeSite {
      CodeSite(
        function: function, unit: unit, block: BlockID(Int32(truncatingIfNeeded: block)),
        instruction: instruction, range: range)
    }

    mutating func read() {
      let model = resolver.values.model
      for (number, content) in model.blocks.enumerated() {
        block = number
        for (index, content) in content.instructions.enumerated() {
          instruction = index
          range = content.range
          read(content.operation)
        }
        instruction = content.instructions.count
        range = content.range
        if case .return(.some(let operand)) = content.terminator { readReturn(operand) }
      }
    }

    private mutating func read(_ operation: Operation) {
      switch operation {
      case .load(_, let place): touch(place, .read, nil)
      case .store(let place, let operand):
        touch(place, .write, operand)
        readStored(operand, in: place)
      case .modify(_, let place, _, _, _): touch(place, .modify, nil)
      case .atomic(_, let kind, let place, _, let operands):
        switch kind {
        case .load: touch(place, .atomicRead, nil)
        case .store: touch(place, .atomicWrite, operands.first)
        case .exchange, .compareExchange, .modify: touch(place, .atomicModify, operands.last)
        case .fence: break
        }
      case .call(_, let callee, let arguments): readCall(callee, arguments)
      case .opaque(_, let name, let operands):
        // Inline assembly may do anything; a range-for reads.
        let isLoop = collector.package.units[unit][name].hasPrefix("range-for")
        for operand in operands {
          for pointer in resolver.pointers(of: operand) {
            emit(isLoop ? .read : .modify, pointer.target([]), end: site, isUncertain: !isLoop)
          }
        }
      case .compute, .copy: break
      }
    }

    // MARK: Places

    private mutating func touch(
      _ id: PlaceID, _ kind: VariableAccess.Kind, _ value: Operand?
    ) {
      let place = resolver.values.place(id)
      if place.path.isEmpty, case .local = place.base { return }
      for path in resolver.paths(of: place) {
        emit(kind, path, end: site, value: value)
      }
      // To go through a pointer is to read it first; that of an alias was read where it was made.
      let first: Int
      if case .variable = place.base { first = 0 } else { first = 1 }
      for (number, step) in place.path.enumerated() where number >= first && step == .dereference {
        let prefix = Place(base: place.base, path: Array(place.path[..<number]), type: .unknown)
        for path in resolver.paths(of: prefix) { emit(.read, path, end: site) }
      }
    }

    private mutating func readStored(_ operand: Operand, in place: PlaceID) {
      guard case .address = operand else { return }
      let target = resolver.values.place(place)
      if case .local = target.base, !target.path.contains(.dereference) { return }
      for pointer in resolver.pointers(of: operand) where pointer.isAddress {
        keep(pointer.path)
      }
    }

    private mutating func readReturn(_ operand: Operand) {
      for pointer in resolver.pointers(of: operand) where pointer.isAddress {
        if let state = Self.state(of: pointer.path), keepsStates {
          collector.returns[state, default: []].append(site)
        }
      }
    }

    private func keep(_ path: StatePath) {
      if let state = Self.state(of: path), keepsStates {
        collector.escapes[state, default: []].append(site)
      }
    }

    // MARK: Calls

    private mutating func readCall(_ callee: Callee, _ arguments: [Operand]) {
      let targets = calls[Self.key(block, instruction)] ?? []
      for (position, operand) in arguments.enumerated() {
        switch operand {
        case .integer, .floating, .string, .function, .unknown: continue
        case .address, .local, .temporary: break
        }
        let pointers = resolver.pointers(of: operand)
        guard !pointers.isEmpty else { continue }
        for pointer in pointers {
          if targets.isEmpty {
            if pointer.isAddress { keep(pointer.path) }
            continue
          }
          for target in targets {
            if collector.package[target].definition != nil {
              hand(pointer, to: target, position, arguments)
            } else {
              hand(pointer, toForeign: target, position, operand)
            }
          }
        }
      }
    }

    private mutating func hand(
      _ pointer: PointerValue, to callee: FunctionID, _ position: Int, _ arguments: [Operand]
    ) {
      for effect in collector.summaries[Int(callee.index)].effects
      where effect.path.root == .parameter(position) {
        let inner = effect.locks.compactMap {
          collector.locks.translate($0, callee: callee, arguments: arguments, in: function)
        }
        emit(
          effect.kind, pointer.target(effect.path.steps.dropFirst()), end: effect.end,
          value: effect.value, foreign: effect.foreign, isUncertain: effect.isUncertain,
          inner: inner)
      }
    }

    private mutating func hand(
      _ pointer: PointerValue, toForeign callee: FunctionID, _ position: Int, _ operand: Operand
    ) {
      guard let memory = memory(behind: operand) else { return }
      // What Python objects hold is other rules' concern.
      if !pointer.isAddress, memory.isPython { return }
      let linked = collector.package[callee]
      let kind: VariableAccess.Kind
      var isUncertain = false
      switch ForeignEffects.effect(of: linked, position, on: memory) {
      case .synchronise: return
      case .read: kind = .read
      case .write: kind = .write
      case .modify: kind = .modify
      case .perhapsModify:
        kind = .modify
        isUncertain = true
      case .atomic(let access): kind = access
      case .keep:
        if pointer.isAddress { keep(pointer.path) }
        return
      }
      emit(kind, pointer.target([]), end: site, foreign: callee, isUncertain: isUncertain)
    }

    /// What an operand points to; nil where it is no pointer but a number, say.
    private func memory(behind operand: Operand) -> ForeignEffects.Memory? {
      let types = collector.package.units[unit]
      var type: TypeID?
      switch operand {
      case .address(let place): type = resolver.values.place(place).type
      case .local(let index): type = types[resolver.values.model.locals[Int(index)].type].element
      case .temporary(let number):
        if case .load(let place)? = resolver.values.definition(of: number) {
          type = types[resolver.values.place(place).type].element
        }
      default: break
      }
      guard var found = type.map({ types[$0] }) else {
        // What a call or an expression gives has no type here.
        if case .temporary(let number) = operand,
          case .load? = resolver.values.definition(of: number)
        {
          return nil
        }
        if case .local = operand { return nil }
        return ForeignEffects.Memory(isPython: false, isScalar: false, isClass: types.isCxx)
      }
      var isElement = found.kind == .array
      while found.kind == .array, let element = found.element { found = types[element] }
      switch operand {
      case .address(let place):
        if case .index? = resolver.values.place(place).path.last { isElement = true }
      default: isElement = true
      }
      let record = types[found.record]
      return ForeignEffects.Memory(
        isPython: found.kind == .record && PythonRecords.isPython(record),
        isScalar: [.boolean, .integer, .floating, .enumeration, .pointer].contains(found.kind),
        isClass: found.kind == .record && types.isCxx, isElement: isElement)
    }

    // MARK: Output

    private static func state(of path: StatePath) -> StateID? {
      switch path.root {
      case .variable(let id): return .variable(id)
      case .moduleState(let record):
        guard case .field(let field)? = path.steps.first else { return nil }
        return .moduleField(record: record, field: field)
      case .parameter: return nil
      }
    }

    private func emit(
      _ kind: VariableAccess.Kind, _ path: StatePath, end: CodeSite, value: Operand? = nil,
      foreign: FunctionID? = nil, isUncertain: Bool = false, inner: [HeldLock] = []
    ) {
      let at = BlockID(Int32(truncatingIfNeeded: block))
      if case .parameter(let parameter) = path.root {
        guard path.steps.first == .dereference,
          collector.relevance.contains(function, parameter)
        else { return }
        let own = collector.locks.acquiredLocally(
          in: function, block: at, instruction: instruction)
        collector.summaries[Int(function.index)].add(
          ParameterEffect(
            kind: kind, path: path, end: end, value: value, foreign: foreign,
            isUncertain: isUncertain, locks: own.union(inner)))
        return
      }
      guard keepsStates, let state = Self.state(of: path) else { return }
      let held = collector.locks.held(in: function, block: at, instruction: instruction)
      var isConstruction = false
      var steps = path.steps
      switch path.root {
      case .variable(let id):
        isConstruction = construction.contains(id, block: block, instruction: instruction)
      case .moduleState: steps.removeFirst()
      case .parameter: break
      }
      collector.accesses[state, default: []].append(
        StateAccess(
          kind: kind, state: state, steps: steps, site: site, end: end, value: value,
          foreign: foreign,
          isUncertain: isUncertain, locks: held.union(inner), isLive: isLive,
          isConstruction: isConstruction))
    }
  }
}

/// Records that describe or are Python objects: their memory is Python's.
enum PythonRecords {
  static func isPython(_ record: String) -> Bool {
    record == "_object" || record == "_typeobject"
      || record.hasPrefix("Py")
        && record != "Py_buffer" && record != "PyMutex" && record != "Py_complex"
      || record.hasPrefix("_Py") || record == "_heaptypeobject" || record == "PyVarObject"
  }
}
