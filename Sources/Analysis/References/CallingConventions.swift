import ProgramModel

/// What Python passes in the parameters of entry points: which of them are the call's own.
struct CallingConventions {
  /// What a parameter of an entry point is.
  enum Role: Hashable {
    /// The tuple, dictionary or array that holds the arguments: made for the call.
    case container
    /// An object that others can have as well.
    case object
  }

  private let package: PackageModel
  private var flags: [FunctionID: Int64] = [:]
  private var entries: [FunctionID: [EntryPoint]]

  init(_ package: PackageModel, _ objects: PythonObjects, _ phases: Phases) {
    self.package = package
    entries = Dictionary(grouping: phases.entryPoints, by: \.function)
    let holders = Set(objects.roles.filter { $0.kind == .method }.compactMap(\.holder))
    for holder in holders.sorted() {
      guard let (unit, model) = package.declaration(of: holder),
        let initializer = model.initializer
      else { continue }
      read(initializer, package, unit)
    }
  }

  private mutating func read(_ initializer: Initializer, _ package: PackageModel, _ unit: Int) {
    guard case .list(let elements) = initializer else { return }
    if let method = initializer.field(package, unit, "ml_meth"),
      case .function(let symbol) = method, let function = package.function(symbol, in: unit)
    {
      if case .integer(let value, _)? = initializer.field(package, unit, "ml_flags") {
        flags[function] = value
      }
      return
    }
    for element in elements { read(element.value, package, unit) }
  }

  /// What a parameter of a function is when Python calls the function; nil: it does not.
  func role(of parameter: Int, in function: FunctionID) -> Role? {
    guard let entries = entries[function]?.filter({ !$0.phase.isDisjoint(with: .concurrent) }),
      let first = entries.first
    else { return nil }
    for entry in entries where entry.kind != first.kind { return .object }
    switch first.kind {
    case .method:
      guard let flags = flags[function] else {
        // Without the flags: the usual shape of the parameters tells.
        return .object
      }
      let shift = flags & 0x200 != 0 ? 1 : 0
      if flags & 0x8 != 0 { return .object }
      if parameter == 1 + shift, flags & 0x81 != 0 { return .container }
      if flags & 0x80 != 0 {
        return parameter == 3 + shift && flags & 0x2 != 0 ? .container : .object
      }
      return parameter == 2 + shift && flags & 0x2 != 0 ? .container : .object
    case .typeSlot(let name):
      switch name {
      case "tp_new", "tp_init", "tp_call": return parameter == 0 ? .object : .container
      case "tp_vectorcall": return parameter == 1 || parameter == 3 ? .container : .object
      default: return .object
      }
    case .table, .callback, .exported:
      // What an object's field of type 'vectorcallfunc' holds.
      return hasShapeOfVectorCall(function) && (parameter == 1 || parameter == 3)
        ? .container : .object
    default: return .object
    }
  }

  /// `(PyObject *, PyObject *const *, size_t, PyObject *)`
  private func hasShapeOfVectorCall(_ function: FunctionID) -> Bool {
    guard let (unit, model) = package.body(of: function), model.parameterCount == 4 else {
      return false
    }
    let types = package.units[unit]
    func pointsToObject(_ type: TypeID) -> Bool {
      ["_object", "PyObject"].contains(types.pointedRecord(type))
    }
    let parameters = model.locals.prefix(4).map(\.type)
    guard pointsToObject(parameters[0]), pointsToObject(parameters[3]),
      types[parameters[2]].kind == .integer, types[parameters[1]].kind == .pointer,
      let element = types[parameters[1]].element
    else { return false }
    return pointsToObject(element)
  }

  /// Whether a parameter is the array of arguments of a vector call.
  func isArgumentArray(_ parameter: Int, in function: FunctionID) -> Bool {
    if let flags = flags[function], flags & 0x80 != 0 {
      return parameter == (flags & 0x200 != 0 ? 2 : 1)
    }
    return parameter == 1
      && (entries[function]?.contains {
        switch $0.kind {
        case .typeSlot("tp_vectorcall"): true
        case .table, .callback, .exported: hasShapeOfVectorCall(function)
        default: false
        }
      } ?? false)
  }

  /// The entry points that a function is.
  func entryPoints(of function: FunctionID) -> [EntryPoint] { entries[function] ?? [] }
}

extension Initializer {
  fileprivate func field(_ package: PackageModel, _ unit: Int, _ name: String) -> Initializer? {
    guard case .list(let elements) = self else { return nil }
    return elements.last { package.units[unit][$0.field] == name }?.value
  }
}
