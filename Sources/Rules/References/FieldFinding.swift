import Analysis
import Findings
import ProgramModel

/// The words in which findings speak of a field of an object and its accesses.
struct FieldText {
  let package: PackageModel
  let facts: Analyses
  let hazard: FieldHazard

  var field: ObjectField { facts.objectStates[hazard.field] }
  var accesses: [FieldAccess] { facts.objectStates.accesses(to: hazard.field) }

  /// `'cb' (PyObject *, field of 'Obj')`.
  var subject: String { "'\(field.name)' (\(field.type), field of '\(field.record)')" }

  var writer: String { function(hazard.write) }
  var other: String { function(hazard.other) }

  func function(_ access: FieldAccess) -> String {
    "'\(package[access.site.function].name)'"
  }

  /// ` without a lock` or ` holding 'lock'`.
  func underLocks(_ access: FieldAccess) -> String {
    let names = lockNames(access).map { "'\($0)'" }.joined(separator: " and ")
    if access.outlivesLock, !names.isEmpty {
      return access.writes
        ? " holding \(names) for a part of it"
        : " holding \(names), which is not held up to the last use"
    }
    if access.locks.isEmpty { return " without a lock" }
    if names.isEmpty { return " holding a lock of the caller" }
    let isShared = access.locks.allSatisfy { $0.mode == .shared }
    return " holding \(names)"
      + (isShared && access.writes ? " only for reading, which does not exclude others" : "")
  }

  /// The locks that cover an access, as its function calls them.
  private func lockNames(_ access: FieldAccess) -> [String] {
    guard !access.locks.isEmpty || access.outlivesLock else { return [] }
    let own = access.held.filter(\.isTelling).map {
      facts.locks.text($0.key, in: access.site.function)
    }
    return Set(own).sorted()
  }

  /// The functions that drop the reference, each once.
  var writers: String {
    NameList.text(accesses.filter(\.drops).map { package[$0.site.function].name })
  }

  /// Who gets there from Python, as a sentence with a leading blank; empty where not known.
  var reached: String {
    EntryPointText.reached(
      [hazard.write, hazard.other].flatMap { entries($0).prefix(1) }, package)
  }

  /// The entry points that reach an access while others can have the object.
  private func entries(_ access: FieldAccess) -> [EntryPoint] {
    facts.reach.entryPoints(reaching: access.site.function, limit: 8).filter {
      $0.phase.contains(.runtime) || $0.phase.contains(.creation) && !access.writes
    }
  }

  // MARK: Related places

  /// More accesses than these are not named.
  private static let shown = 10

  /// The two that race, then other accesses, then entry points.
  var related: [RelatedPlace] {
    var places: [RelatedPlace] = []
    var seen = Set<SourcePosition>()
    func add(_ access: FieldAccess) {
      guard places.count < Self.shown, let place = place(of: access),
        seen.insert(place.position).inserted
      else { return }
      places.append(place)
    }
    add(hazard.write)
    add(hazard.other)
    for access in accesses where access.drops { add(access) }
    for access in accesses where !access.drops { add(access) }
    var named = Set<FunctionID>()
    for access in [hazard.write, hazard.other] {
      let new = entries(access).prefix(3).filter { named.insert($0.function).inserted }
      places += EntryPointText.places(new, package)
    }
    return places
  }

  private func place(of access: FieldAccess) -> RelatedPlace? {
    guard
      let position = package.position(of: access.site.range, in: access.site.unit)
        ?? package[access.site.function].position
    else { return nil }
    let verb =
      switch access.kind {
      case .read(takes: true): "read here to take a reference"
      case .read(takes: false): "read here and used"
      case .write: "written here"
      case .replace: "replaced here and the old reference dropped"
      case .exchange: "replaced here atomically"
      }
    return RelatedPlace(
      position: position, function: package[access.site.function].name,
      symbol: field.bareName, role: access.writes ? .write : .read,
      message: verb + "," + underLocks(access))
  }

  // MARK: The finding

  var module: String? { facts.ownership.module(of: hazard.write.site.function) }

  /// High where entry points that are certainly called reach both.
  var confidence: Confidence {
    hazard.write.isCertain && hazard.other.isCertain ? .high : .medium
  }

  /// The severity at most: less where it is not known that both are ever reached, where only set-up that the package itself does replaces the
  /// field, and in generated code, whose locking the generator decides.
  private var limit: Severity {
    if isSetUpOnly || registrar != nil || confidence != .high { return .medium }
    if field.generator != nil { return .high }
    return .critical
  }

  /// The function that binds such objects to one thread; nil: none does.
  private var registrar: String? { facts.threadBound.registrar(of: field.record) }

  /// What weakens the finding, as a sentence with a leading blank; empty where nothing does.
  private var reservation: String {
    guard let registrar else { return "" }
    return
      " '\(registrar)' registers such an object for one thread, so this matters only where threads "
      + "share one."
  }

  /// Whether all who replace it are methods that only the package's own Python code calls, as
  /// their names say.
  private var isSetUpOnly: Bool {
    let writers = Set(accesses.filter(\.drops).map(\.site.function))
    return writers.allSatisfy { writer in
      let entries = facts.reach.entryPoints(reaching: writer, limit: 8).filter {
        $0.phase.contains(.runtime)
      }
      return !entries.isEmpty
        && entries.allSatisfy { $0.kind == .method && facts.methodNames.isPrivate($0.function) }
    }
  }

  /// At the field's name; nil for fields that are declared outside the package or that a
  /// generator made for itself.
  func finding(_ rule: RuleMetadata, message: String) -> Finding? {
    guard let position = field.position else { return nil }
    if let generator = field.generator,
      ObjectFieldNames.isGenerators(record: field.record, of: generator)
    {
      return nil
    }
    return Finding(
      rule: rule, severity: min(rule.severity, limit), confidence: confidence,
      message: message + reservation + reached,
      position: position, symbol: field.bareName, module: module,
      generated: field.generator?.rawValue, related: related)
  }
}

/// Objects that generators make for themselves.
enum ObjectFieldNames {
  static func isGenerators(record: String, of generator: SourceGenerator) -> Bool {
    switch generator {
    // What stands for the user's classes is '__pyx_obj_…'; of these, closures and generators
    // hold what their own running guards.
    case .cython:
      !record.hasPrefix("__pyx_obj_") || record.contains("__pyx_scope_struct")
    case .swig: record.hasPrefix("Swig") || record.hasPrefix("swig")
    case .cffi, .mypyc, .f2py: false
    }
  }
}

/// A rule about the hazards of fields of one pattern.
protocol FieldRule: Rule {
  static var pattern: FieldHazard.Pattern { get }

  func message(_ text: FieldText) -> String
}

extension FieldRule {
  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.objectStates.hazards.filter {
      // That '__init__' can be called again is a hazard of its own.
      $0.pattern == Self.pattern && !$0.isReinitialisation
    }.compactMap { hazard in
      let text = FieldText(package: package, facts: facts, hazard: hazard)
      return text.finding(Self.metadata, message: message(text))
    }
  }
}
