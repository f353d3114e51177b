import ProgramModel
import SourceModels
import Testing

@testable import Analysis

/// The shared states of sources that a test holds as text.
struct StateSource {
  let analyses: Analyses

  init(_ source: String, isCxx: Bool = false) throws {
    try self.init(files: [(isCxx ? "unit.cpp" : "unit.c", source)])
  }

  init(files: [(path: String, text: String)]) throws {
    analyses = analyse(Linker.link(units: try SourceModels.units(files)))
  }

  init(_ units: [UnitModel]) { analyses = analyse(Linker.link(units: units)) }

  var package: PackageModel { analyses.package }

  /// The report of a variable, `function.name` for one of two statics, `record->field` for a field
  /// of module state.
  func report(_ name: String) throws -> StateReport {
    try #require(analyses.states.reports.first { self.name($0.declaration) == name }, "\(name)")
  }

  private func name(_ declaration: StateDeclaration) -> String {
    if case .moduleField(let record, let field) = declaration.id { return "\(record)->\(field)" }
    let isDouble = analyses.states.reports.count { $0.declaration.name == declaration.name } > 1
    guard isDouble, let function = declaration.function else { return declaration.name }
    return "\(package[function].name).\(declaration.name)"
  }

  // What follows does not throw, so that a failed expectation shows what was found.

  /// The words of states, in the order asked for.
  func words(_ names: String...) -> [String] {
    names.map { (try? report($0).safety.word) ?? "no \($0)" }
  }

  func pattern(_ name: String) -> StatePattern? { (try? report(name))?.hazard?.pattern }

  /// `write table[].count in f by g holding m`, in the order of the code.
  func accesses(_ name: String) -> [String] {
    (try? report(name).accesses.map { text($0, name) }) ?? ["no \(name)"]
  }

  /// As `accesses`, without the reads.
  func writes(_ name: String) -> [String] {
    (try? report(name).accesses.filter(\.kind.writes).map { text($0, name) }) ?? ["no \(name)"]
  }

  func text(_ access: StateAccess, _ name: String) -> String {
    var text = "\(access.kind) \(name)"
    for (number, step) in access.steps.enumerated() {
      switch step {
      case .field(let field):
        let isBehind = number > 0 && access.steps[number - 1] == .dereference
        text += (isBehind ? "->" : ".") + field
      case .index: text += "[]"
      case .dereference:
        let next = number + 1 < access.steps.count ? access.steps[number + 1] : nil
        if case .field? = next {} else { text += "*" }
      }
    }
    text += " in \(package[access.site.function].name)"
    if access.end.function != access.site.function {
      text += " by \(package[access.end.function].name)"
    }
    if let foreign = access.foreign { text += " by \(package[foreign].name)" }
    let held = access.locks.map { lock in
      let name = analyses.locks.text(lock.key, in: access.site.function)
      return switch lock.mode {
      case .exclusive: name
      case .shared: "shared \(name)"
      case .onceBody: "once \(name)"
      case .onceDone: "done \(name)"
      }
    }
    if !held.isEmpty { text += " holding \(held.sorted().joined(separator: " and "))" }
    if access.isUncertain { text += " perhaps" }
    if access.isConstruction { text += " constructing" }
    if !access.isLive { text += " early" }
    return text
  }

  func function(_ name: String) throws -> FunctionID {
    try #require(package.functionIDs.first { package[$0].name == name }, "\(name)")
  }

  /// The entry points with a function's name, as phases.
  func phases(_ name: String) throws -> PhaseSet { analyses.phases.phases(of: try function(name)) }
}
