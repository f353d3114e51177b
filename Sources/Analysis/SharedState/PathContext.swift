import ProgramModel

/// What resolving needs to know of the whole package.
final class PathContext {
  let package: PackageModel
  let records: ModuleStateRecords
  /// Per function what it returns, as far as it is known yet.
  var returned: [[PointerValue]]
  /// Statics that hold a pointer to a record of module state.
  let stateHolders: [VariableID: String]
  /// Fields that never hold anything but the address of one static.
  let heldStatics: [FieldNode: VariableID]

  struct FieldNode: Hashable {
    var record: String
    var field: String
  }

  init(_ package: PackageModel, _ records: ModuleStateRecords) {
    self.package = package
    self.records = records
    returned = Array(repeating: [], count: package.functions.count)
    var holders: [VariableID: String] = [:]
    if !records.names.isEmpty {
      for id in package.variableIDs {
        guard let (unit, model) = package.declaration(of: id) else { continue }
        let record = package.units[unit].pointedRecord(model.type)
        if records.names.contains(record) { holders[id] = record }
      }
    }
    stateHolders = holders
    heldStatics = HeldStatics.find(package)
  }

  func isArray(_ variable: VariableID) -> Bool {
    guard let (unit, model) = package.declaration(of: variable) else { return false }
    return package.units[unit][model.type].kind == .array
  }

  /// The field of a record that a place ends with; nil for other places.
  func fieldNode(of place: Place, in unit: Int) -> FieldNode? {
    guard case .field(let name, let record)? = place.path.last else { return nil }
    return FieldNode(record: package.units[unit][record], field: package.units[unit][name])
  }
}

/// Methods of the standard library that give a reference into the object they are called on.
enum LibraryReferences {
  private static let elements: Set<String> = [
    "operator[]", "at", "front", "back", "data", "value", "top",
  ]
  private static let pointees: Set<String> = ["get", "operator*", "operator->"]

  /// Whether the function gives the object itself that it is called on.
  static func returnsSelf(_ function: LinkedFunction) -> Bool {
    function.definition == nil && function.name == "call_once_and_store_result"
  }

  /// How the reference is reached from the object; nil for other functions.
  static func step(of function: LinkedFunction) -> StateStep? {
    guard function.definition == nil else { return nil }
    if function.name == "get_stored" { return .index }
    guard function.qualifiedName.hasPrefix("std::") else { return nil }
    if elements.contains(function.name) { return .index }
    return pointees.contains(function.name) && function.qualifiedName.contains("_ptr")
      ? .dereference : nil
  }
}

extension PackageModel {
  /// Whether each thread has a variable for itself.
  func isThreadLocal(_ variable: VariableID) -> Bool {
    guard let (_, model) = declaration(of: variable) else { return false }
    return model.isThreadLocal
  }
}
