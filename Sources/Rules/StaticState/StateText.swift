import Analysis
import ProgramModel

/// The words in which findings speak of a state and its accesses.
struct StateText {
  let package: PackageModel
  let facts: Analyses
  let report: StateReport
  let hazard: StateHazard

  private var declaration: StateDeclaration { report.declaration }
  var name: String { "'\(declaration.name)'" }

  /// `'cache' (PyObject *, static in 'get')`.
  var subject: String { "\(name) (\(declaration.type), \(place))" }

  private var place: String {
    if case .moduleField(let record, _) = declaration.id {
      return "field of the module's state '\(record)'"
    }
    switch declaration.storage {
    case .functionLocal?:
      return declaration.function.map { "static in '\(package[$0].name)'" }
        ?? "function-local static"
    case .member?: return "static member"
    case .external?: return "global variable"
    case .file?, nil: return "file-scope static"
    }
  }

  func function(_ id: FunctionID) -> String { "'\(package[id].name)'" }

  /// Where the write happens: the function that does it, or that has it done.
  var writer: String { function(hazard.write.site.function) }
  var reader: String { function(hazard.other.site.function) }

  /// ` 'f' and 'g'` of all functions with a racing write, each once.
  var writers: String {
    let functions = telling.filter(\.kind.writes)
      .map { package[$0.site.function].name }
    return NameList.text(functions)
  }

  var readers: String {
    NameList.text(
      telling.filter { $0.kind.reads && !$0.kind.writes }
        .map { package[$0.site.function].name })
  }

  /// Accesses at run time, those behind a pointer only where they are what races.
  private var telling: [StateAccess] {
    report.accesses.filter {
      $0.isLive && !$0.isConstruction
        && (!$0.isThroughPointer || hazard.write.isThroughPointer)
    }
  }

  /// ` and used by 'f'`; empty where nothing else uses it.
  var usedBy: String { readBy.isEmpty ? "" : " and used by \(readers)" }

  /// What is written through the pointer besides, as a sentence with a leading blank.
  var pointeeWriters: String {
    let others = hazard.pointeeWriters
    guard !others.isEmpty, !hazard.write.isThroughPointer else { return "" }
    return
      " What it points to is changed at run time as well, by \(NameList.text(others.map { package[$0].name }))."
  }

  /// A number, flag or enumeration.
  var isScalar: Bool {
    let type = package.units[declaration.unit][declaration.typeID]
    return [.boolean, .integer, .floating, .enumeration].contains(type.kind)
  }

  /// A pointer to a Python object.
  var isObjectPointer: Bool { StateType(declaration, package).pointsToObject }

  /// ` and read by 'f'`; empty where nothing reads it.
  var readBy: String {
    telling.contains { $0.kind.reads && !$0.kind.writes }
      ? " and read by \(readers)" : ""
  }

  /// Who gets there from Python, as a sentence with a leading blank; empty where not known.
  var reached: String {
    EntryPointText.reached(
      facts.reach.entryPoints(reaching: hazard.write.site.function, limit: 2), package)
  }

  /// The lock that some accesses hold, as a sentence with a leading blank; empty without one.
  var partLock: String {
    guard let lock = hazard.lock else { return "" }
    let holder = report.accesses.first { $0.isLive && $0.locks.contains(lock) }
    let text = facts.locks.text(lock.key, in: holder?.site.function)
    if StateText.isOfOneObject(lock) {
      return " The lock '\(text)' belongs to one object, and other objects have another."
    }
    return " Some accesses hold '\(text)', the others do not."
  }

  private static func isOfOneObject(_ lock: HeldLock) -> Bool {
    switch lock.key.base {
    case .parameter, .field, .local, .unknown: true
    case .variable, .moduleState, .moduleObject, .world: false
    }
  }

  /// Other states that race with it, as a sentence with a leading blank.
  var companions: String {
    guard !hazard.companions.isEmpty else { return "" }
    return " The same holds for "
      + NameList.text(hazard.companions.compactMap { facts.states[$0]?.declaration.name }) + "."
  }
}
