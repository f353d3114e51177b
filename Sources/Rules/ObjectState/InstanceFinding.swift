import Analysis
import Findings
import ProgramModel

/// The words in which findings speak of fields of one type and of who touches them.
struct InstanceText {
  let package: PackageModel
  let facts: Analyses
  let hazard: InstanceHazard

  var field: InstanceField { facts.instances[hazard.fields[0]] }
  var accesses: [InstanceAccess] { hazard.fields.flatMap { facts.instances.accesses(to: $0) } }

  /// `'buf' (char *, field of 'Obj')`, and the others of its group.
  var subject: String {
    let others = hazard.fields.dropFirst().map { facts.instances[$0].name }
    let more = others.isEmpty ? "" : ", with " + NameList.text(others)
    return "'\(field.name)' (\(field.type), field of '\(field.record)'\(more))"
  }

  var writer: String { name(hazard.write) }
  var other: String { name(hazard.other) }
  /// The two accesses are one place in the code, which two threads can be at.
  var isSelf: Bool { hazard.write.site.function == hazard.other.site.function }

  private func name(_ access: InstanceAccess) -> String {
    "'\(package[access.site.function].name)'"
  }

  /// ` without a lock`, ` holding 'lock'`.
  func underLocks(_ access: InstanceAccess) -> String {
    if access.locks.isEmpty { return " without a lock" }
    let held = access.held.filter(\.isTelling)
    let names = Set(held.map { facts.locks.text($0.key, in: access.site.function) })
      .sorted().map { "'\($0)'" }
    guard !names.isEmpty else { return " holding a lock of the caller" }
    let text = " holding " + names.joined(separator: " and ")
    guard held.allSatisfy({ $0.mode == .shared }),
      access.use != .read || isShared(hazard.write) && isShared(hazard.other)
    else { return text }
    return text + " only for reading, which does not exclude others"
  }

  /// The access holds locks, and none that would keep another one of its kind out.
  private func isShared(_ access: InstanceAccess) -> Bool {
    !access.locks.isEmpty && access.locks.allSatisfy { $0.mode == .shared }
  }

  /// What an access does, as a verb with its object.
  func verb(_ access: InstanceAccess) -> String {
    let callee = access.callee.map { " by '\(package[$0].name)'" } ?? ""
    switch access.use {
    case .read: return access.part == .value ? "reads it" : "reads what it holds\(callee)"
    case .write, .modify:
      return access.part == .value ? "writes it\(callee)" : "writes what it holds\(callee)"
    case .release: return "releases or moves what it points to\(callee)"
    case .close: return "ends it\(callee)"
    }
  }

  /// That most functions take a lock and which do not, as a sentence with a leading blank; empty
  /// where that is not so.
  var exception: String {
    var holders: [RelativeLock.Place: Set<FunctionID>] = [:]
    var functions = Set<FunctionID>()
    for access in accesses {
      functions.insert(access.site.function)
      for lock in access.locks where lock.mode == .exclusive && lock.place != .some {
        holders[lock.place, default: []].insert(access.site.function)
      }
    }
    let lacking = { (place: RelativeLock.Place) in
      Set(
        accesses.filter { access in
          !access.locks.contains { $0.place == place || $0.place == .some }
        }.map(\.site.function))
    }
    guard
      let best = holders.max(by: {
        ($0.value.count, "\($1.key)") < ($1.value.count, "\($0.key)")
      }), best.value.count > 1
    else { return "" }
    let without = lacking(best.key)
    guard !without.isEmpty, without.count * 2 <= best.value.count else { return "" }
    let lock =
      accesses.first { $0.locks.contains { $0.place == best.key } }.flatMap { access in
        access.held.filter(\.isTelling).map {
          facts.locks.text($0.key, in: access.site.function)
        }.min()
      }
    let named = lock.map { "'\($0)'" } ?? "a lock"
    return " All functions that touch it hold \(named), but "
      + NameList.text(without.map { package[$0].name }.sorted()) + "."
  }

  /// Who gets there from Python, as a sentence with a leading blank; empty where not known.
  private var reached: String {
    EntryPointText.reached(
      [hazard.write, hazard.other].flatMap { entries($0).prefix(1) }, package)
  }

  private func entries(_ access: InstanceAccess) -> [EntryPoint] {
    facts.reach.entryPoints(reaching: access.site.function, limit: 8).filter {
      // What '__init__' does to a new object is told only where that is the hazard.
      if $0.kind == .typeSlot("tp_init"), hazard.pattern != .reinitialisation { return false }
      return $0.phase.contains(.runtime) || $0.phase.contains(.creation) && !access.use.writes
    }
  }

  // MARK: Related places

  /// More accesses, and more entry points, than these are not named.
  private static let shown = 32

  private var related: [RelatedPlace] {
    var places: [RelatedPlace] = []
    var seen = Set<SourcePosition>()
    func add(_ access: InstanceAccess) {
      guard places.count < Self.shown, let place = place(of: access),
        seen.insert(place.position).inserted
      else { return }
      places.append(place)
    }
    var named = Set<FunctionID>()
    var entryPlaces: [RelatedPlace] = []
    func addEntries(_ access: InstanceAccess) {
      guard entryPlaces.count < Self.shown else { return }
      let new = entries(access).filter { named.insert($0.function).inserted }
      entryPlaces += EntryPointText.places(new, package)
    }
    add(hazard.write)
    add(hazard.other)
    addEntries(hazard.write)
    addEntries(hazard.other)
    // Of each other function one place, of those that write and those without a lock first.
    var functions: Set<FunctionID> = [hazard.write.site.function, hazard.other.site.function]
    let isSetUp = hazard.pattern == .reinitialisation
    let others = accesses.filter { isSetUp || !$0.isReinitialisation }.enumerated().sorted {
      left, right in
      (left.element.locks.isEmpty ? 0 : 1, left.element.use.writes ? 0 : 1, left.offset)
        < (right.element.locks.isEmpty ? 0 : 1, right.element.use.writes ? 0 : 1, right.offset)
    }.map(\.element)
    for access in others where functions.insert(access.site.function).inserted {
      add(access)
      if access.locks.isEmpty { addEntries(access) }
    }
    return places + entryPlaces
  }

  private func place(of access: InstanceAccess) -> RelatedPlace? {
    guard
      let position = package.position(of: access.site.range, in: access.site.unit)
        ?? package[access.site.function].position
    else { return nil }
    return RelatedPlace(
      position: position, function: package[access.site.function].name,
      symbol: facts.instances[access.field].name, role: access.use.writes ? .write : .read,
      message: verb(access) + underLocks(access))
  }

  // MARK: The finding

  private var confidence: Confidence {
    if !hazard.write.isCertain || !hazard.other.isCertain { return .medium }
    if hazard.write.isUncertain || hazard.other.isUncertain { return .medium }
    return .high
  }

  private var limit: Severity {
    if confidence != .high || registrar != nil { return .medium }
    return field.generator == nil ? .critical : .high
  }

  /// The function that binds such objects to one thread; nil: none does.
  private var registrar: String? { facts.threadBound.registrar(of: field.record) }

  /// At the field's name; nil for fields that are declared outside the package or that a
  /// generator made for itself.
  func finding(_ rule: RuleMetadata, severity: Severity, message: String) -> Finding? {
    guard let position = field.position else { return nil }
    if let generator = field.generator,
      ObjectFieldNames.isGenerators(record: field.record, of: generator)
    {
      return nil
    }
    let reservation =
      registrar.map {
        " '\($0)' registers such an object for one thread, so this matters only where threads "
          + "share one."
      } ?? ""
    return Finding(
      rule: rule, severity: min(severity, limit), confidence: confidence,
      message: message + exception + reservation + reached, position: position,
      symbol: field.name, module: facts.ownership.module(of: hazard.write.site.function),
      generated: field.generator?.rawValue, related: related)
  }
}

/// A rule about the hazards of fields of instances of one pattern.
protocol InstanceRule: Rule {
  static var pattern: InstancePattern { get }

  func message(_ text: InstanceText) -> String
  func severity(_ hazard: InstanceHazard, _ text: InstanceText) -> Severity
}

extension InstanceRule {
  func severity(_ hazard: InstanceHazard, _ text: InstanceText) -> Severity {
    Self.metadata.severity
  }

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] { fields(package, facts) }

  /// The findings about fields of this pattern.
  func fields(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.instances.hazards.filter { $0.pattern == Self.pattern }.compactMap { hazard in
      let text = InstanceText(package: package, facts: facts, hazard: hazard)
      return text.finding(
        Self.metadata, severity: severity(hazard, text), message: message(text))
    }
  }
}
