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
  let stateRecords: ModuleStateRecords
  private let returned = Mutex<[FunctionID: LockKey]>([:])

  init(_ package: PackageModel, _ objects: PythonObjects, _ graph: CallGraph) {
    self.package = package
    self.graph = graph
    operations = package.functions.map { LockOperation.of($0) }
    moduleFunctions = Self.moduleFunctions(package, objects)
    stateRecords = ModuleStateRecords(package, graph)
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
