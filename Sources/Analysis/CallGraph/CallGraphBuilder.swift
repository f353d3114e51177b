import ProgramModel

/// Builds the call graph: direct calls, calls through pointers, virtual calls, and which function
/// addresses leave the package.
struct CallGraphBuilder {
  private let package: PackageModel
  private let pointers: FunctionPointers
  private var graph = CallGraph()
  /// Pointer nodes through which the package calls.
  private var called: Set<FunctionPointers.Node> = []
  /// Definitions of virtual methods by bare name, destructors under one name.
  private var virtualMethods: [String: [FunctionID]] = [:]
  private let hierarchy: ClassHierarchy

  static func build(_ package: PackageModel) -> CallGraph {
    var builder = CallGraphBuilder(package)
    for id in package.functionIDs { builder.readCalls(of: id) }
    builder.findEscapes()
    builder.index()
    return builder.graph
  }

  private init(_ package: PackageModel) {
    self.package = package
    pointers = FunctionPointers(package)
    hierarchy = ClassHierarchy(package)
    graph.hasUnknownCallees = Array(repeating: false, count: package.functions.count)
    for id in package.functionIDs where package[id].isVirtual && package[id].definition != nil {
      virtualMethods[Self.dispatchName(package[id].name), default: []].append(id)
    }
  }

  /// Destructors override each other under different names.
  private static func dispatchName(_ name: String) -> String {
    name.hasPrefix("~") ? "~" : name
  }

  /// The methods that a virtual call of `method` can run besides itself.
  private func overriders(of method: FunctionID) -> [FunctionID] {
    let record = ClassHierarchy.record(of: package[method])
    return (virtualMethods[Self.dispatchName(package[method].name)] ?? []).filter {
      $0 != method && hierarchy.derives(ClassHierarchy.record(of: package[$0]), from: record)
    }
  }

  // MARK: Calls

  private mutating func readCalls(of caller: FunctionID) {
    guard let (unit, body) = package.body(of: caller) else { return }
    var origins: ValueOrigins?
    for (number, block) in body.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(_, let callee, let arguments) = instruction.operation else { continue }
        func add(_ target: FunctionID, _ kind: CallEdge.Kind) {
          graph.edges.append(
            CallEdge(
              caller: caller, callee: target, kind: kind, unit: unit,
              block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index,
              range: instruction.range))
        }
        switch callee {
        case .direct(let symbol):
          guard let target = package.function(symbol, in: unit) else { continue }
          add(target, .direct)
          for other in package[target].alternatives
          where package[target].definition?.unit != unit && package[target].linkage == .external {
            add(other, .direct)
          }
          if package[target].isVirtual {
            for other in overriders(of: target) { add(other, .virtual) }
          }
          if CalledBack.isSynchronous(package[target]) {
            for argument in arguments {
              switch argument {
              case .function(let symbol):
                if let function = package.function(symbol, in: unit) { add(function, .callback) }
              case .temporary, .local:
                // 'wide ? compare_wide : compare'
                if origins == nil { origins = ValueOrigins(body) }
                for case .function(let symbol) in origins?.origins(of: argument) ?? [] {
                  if let function = package.function(symbol, in: unit) { add(function, .callback) }
                }
              case .integer, .floating, .string, .address, .unknown: break
              }
            }
          }
        case .indirect(let operand):
          if origins == nil { origins = ValueOrigins(body) }
          let targets = targets(of: operand, origins, caller, unit, body)
          for target in targets { add(target, .indirect) }
          if targets.isEmpty { graph.hasUnknownCallees[Int(caller.index)] = true }
        }
      }
    }
  }

  private mutating func targets(
    of operand: Operand, _ origins: ValueOrigins?, _ caller: FunctionID, _ unit: Int,
    _ body: FunctionModel
  ) -> [FunctionID] {
    var found = Set<FunctionID>()
    for origin in origins?.origins(of: operand) ?? [] {
      let node: FunctionPointers.Node?
      switch origin {
      case .function(let symbol):
        if let id = package.function(symbol, in: unit) { found.insert(id) }
        continue
      case .parameter(let index): node = .local(caller, index)
      case .load(let place), .address(let place):
        node = pointers.node(of: body.places[Int(place.index)], of: caller, in: unit)
      case .integer, .string, .call, .unknown: node = nil
      }
      guard let node else { continue }
      called.insert(node)
      found.formUnion((pointers.values[node] ?? []).map(\.function))
      // Where a table's record was not known the field's name has to do.
      if case .field(let record, let name) = node, !record.isEmpty {
        let unnamed = FunctionPointers.Node.field(record: "", name: name)
        called.insert(unnamed)
        found.formUnion((pointers.values[unnamed] ?? []).map(\.function))
      }
    }
    return found.sorted()
  }

  // MARK: Escapes

  private mutating func findEscapes() {
    for (node, entries) in pointers.values where !called.contains(node) {
      switch node {
      case .temporary:
        continue
      case .local(let callee, let position):
        // A local of our own that is never called: handed on, or ignored.
        guard package[callee].definition == nil else { continue }
        if CalledBack.isSynchronous(package[callee]) { continue }
        escape(entries, .argument(of: callee, position: position))
      case .unknown:
        escape(entries, .argument(of: nil, position: 0))
      case .field(let record, let name):
        if PythonObjectReader.role(ofField: name, record: record) != nil { continue }
        if PythonObjectReader.isSlotEntry(record) { continue }
        escape(entries, .table(nil))
      case .variable(let id):
        escape(entries, .table(id))
      }
    }
    for use in package.functionUses where use.context == .other {
      graph.escapes.append(
        FunctionEscape(function: use.target, way: .other, unit: use.unit, range: use.range))
    }
    graph.escapes.sort {
      ($0.function, $0.unit, $0.range.file, $0.range.start)
        < ($1.function, $1.unit, $1.range.file, $1.range.start)
    }
  }

  private mutating func escape(
    _ entries: [FunctionPointers.Entry], _ way: FunctionEscape.Way
  ) {
    for entry in entries {
      graph.escapes.append(
        FunctionEscape(
          function: entry.function, way: way, unit: entry.unit, range: entry.range))
    }
  }

  // MARK: Index

  private mutating func index() {
    graph.outgoing = Array(repeating: [], count: package.functions.count)
    graph.incoming = graph.outgoing
    for (index, edge) in graph.edges.enumerated() {
      graph.outgoing[Int(edge.caller.index)].append(index)
      graph.incoming[Int(edge.callee.index)].append(index)
    }
  }
}

/// What functions outside the package do with a function that they are given.
enum CalledBack {
  /// Called before the callee returns, and forgotten.
  static func isSynchronous(_ function: LinkedFunction) -> Bool {
    guard function.definition == nil else { return false }
    if synchronous.contains(function.name) { return true }
    // Algorithms of the standard library; what starts threads or keeps a callable does not count.
    return function.qualifiedName.hasPrefix("std::")
      && !keeping.contains { function.qualifiedName.contains($0) }
  }

  /// Called once, before anybody can use what it sets up.
  static let once: Set<String> = [
    "pthread_once", "call_once", "_PyOnceFlag_CallOnce", "InitOnceExecuteOnce",
  ]
  /// Called when an object or the process ends.
  static let atEnd: Set<String> = [
    "PyCapsule_New", "PyCapsule_SetDestructor", "Py_AtExit", "atexit", "on_exit", "__cxa_atexit",
    "pthread_key_create", "PyUnstable_AtExit", "pthread_atfork",
  ]

  /// The phase in which one of `atEnd` calls: when an object or thread ends others go on.
  static func end(_ name: String) -> PhaseSet {
    // The child of a fork has one thread, and its parent holds what its handlers take.
    name.contains("exit") || name.contains("Exit") || name.contains("fork")
      ? .finalisation : .destruction
  }

  private static let synchronous: Set<String> = [
    "qsort", "qsort_r", "bsearch", "lfind", "lsearch", "twalk", "dl_iterate_phdr",
    "PyUnstable_GC_VisitObjects", "PyObject_GC_VisitObjects", "Py_BuildValue",
  ]
  private static let keeping = ["thread", "async", "function", "bind", "packaged_task", "atexit"]
}

extension PythonObjectReader {
  /// An entry of a slot array, whose functions have their roles from the array's reader.
  static func isSlotEntry(_ record: String) -> Bool {
    ["PyModuleDef_Slot", "PyType_Slot", "PySlot"].contains(record)
  }
}
