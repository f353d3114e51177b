import ProgramModel
import Synchronization

/// What the lock analyses need to know of all functions, gathered once. A class, as it remembers
/// answers.
final class LockContext: Sendable {
  let package: PackageModel
  let graph: CallGraph
  /// Per function what it does by its name.
  let operations: [LockOperation?]
  /// Functions that get their module as parameter 0.
  let moduleFunctions: Set<FunctionID>
  /// Records that modules keep as their state.
  let stateRecords: Set<String>
  private let returned = Mutex<[FunctionID: LockKey]>([:])

  init(_ package: PackageModel, _ objects: PythonObjects, _ graph: CallGraph) {
    self.package = package
    self.graph = graph
    operations = package.functions.map { LockOperation.of($0) }
    moduleFunctions = Self.moduleFunctions(package, objects)
    var getters: [FunctionID] = []
    for (index, operation) in operations.enumerated() {
      if case .moduleState = operation { getters.append(FunctionID(index)) }
    }
    stateRecords = Self.stateRecords(package, graph, getters)
  }

  func operation(of function: FunctionID) -> LockOperation? { operations[Int(function.index)] }

  /// Methods of tables that stand in a module's definition.
  private static func moduleFunctions(
    _ package: PackageModel, _ objects: PythonObjects
  ) -> Set<FunctionID> {
    var tables = Set<VariableID>()
    for reference in package.staticReferences {
      guard case .variable(let table) = reference.target else { continue }
      if reference.field == "m_methods" { tables.insert(table) }
    }
    for array in objects.slotArrays.values {
      for slot in array.slots where slot.name == "Py_mod_methods" {
        if case .variable(let table) = slot.value { tables.insert(table) }
      }
    }
    var found = Set<FunctionID>()
    for role in objects.roles {
      guard role.kind == .method, let holder = role.holder, tables.contains(holder) else {
        continue
      }
      found.insert(role.function)
    }
    return found
  }

  /// Records to which pointers to module states are converted.
  private static func stateRecords(
    _ package: PackageModel, _ graph: CallGraph, _ getters: [FunctionID]
  ) -> Set<String> {
    var found = Set<String>()
    let callers = Set(getters.flatMap { graph.callers(of: $0) })
    for caller in callers {
      guard let (unit, body) = package.body(of: caller) else { continue }
      var results = Set<Int32>()
      for block in body.blocks {
        for instruction in block.instructions {
          switch instruction.operation {
          case .call(let result?, .direct(let symbol), _):
            if let callee = package.function(symbol, in: unit), getters.contains(callee) {
              results.insert(result)
            }
          case .store(let place, .temporary(let value)) where results.contains(value):
            found.formUnion(
              package.pointee(of: body.places[Int(place.index)].type, in: unit))
          default: break
          }
        }
        if case .return(.temporary(let value)) = block.terminator, results.contains(value) {
          found.formUnion(package.pointee(of: body.resultType, in: unit))
        }
      }
      for place in body.places {
        guard case .temporary(let value) = place.base, results.contains(value),
          place.path.count > 1, case .field(_, let record) = place.path[1]
        else { continue }
        found.insert(package.units[unit][record])
      }
    }
    found.remove("")
    return found
  }

  /// What the pointer that a function returns points to, in terms of its parameters; unknown
  /// where it can be several things or nothing that has a name.
  func returnedObject(of function: FunctionID, depth: Int) -> LockKey {
    if let known = returned.withLock({ $0[function] }) { return known }
    guard depth < 4, package.body(of: function) != nil else { return .unknown }
    // Recursion finds nothing.
    returned.withLock { $0[function] = .unknown }
    let key = ObjectPaths(self, function, depth: depth + 1).returnedObject()
    returned.withLock { $0[function] = key }
    return key
  }
}

extension PackageModel {
  /// The canonical record that a pointer or reference type points to, if any.
  func pointee(of type: TypeID, in unit: Int) -> [String] {
    let model = units[unit][type]
    guard model.kind == .pointer || model.kind == .reference, let element = model.element else {
      return []
    }
    let record = units[unit][units[unit][element].record]
    return record.isEmpty ? [] : [record]
  }
}
