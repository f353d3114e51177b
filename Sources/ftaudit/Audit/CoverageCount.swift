import Findings
import Frontend
import ProgramModel

/// Counts what was analysed, and says of each file how it fared.
struct CoverageCount {
  private let configuration: Configuration

  init(_ configuration: Configuration) { self.configuration = configuration }

  func coverage(
    _ outcomes: [(path: String, outcome: WorkerPool.Outcome)], _ package: PackageModel
  ) -> AuditReport.Coverage {
    var units = outcomes.map { unit($0.path, $0.outcome) }
    units += configuration.refused.map {
      AuditReport.Unit(file: $0.path, status: .unanalysed, reason: $0.reason, missingHeaders: [])
    }
    units += configuration.cythonSources.filter { $0.shippedSource == nil }.map {
      AuditReport.Unit(
        file: $0.path, status: .partlyAnalysed,
        reason: "it is Cython, and the C made from it is not shipped: only its directives are read",
        missingHeaders: [])
    }
    units += (configuration.skipped + configuration.notApplicable).map {
      AuditReport.Unit(
        file: $0.path, status: .skipped, reason: $0.reason.text, missingHeaders: [])
    }
    let (all, whole) = functions(of: package)
    return AuditReport.Coverage(
      functions: all, functionsAnalysed: whole, units: units.sorted { $0.file < $1.file })
  }

  private func unit(_ path: String, _ outcome: WorkerPool.Outcome) -> AuditReport.Unit {
    switch outcome {
    case .failure(let failure):
      return AuditReport.Unit(
        file: path, status: .unanalysed, reason: failure.reason, missingHeaders: [])
    case .success(let model):
      let partial = model.functions.count { !$0.gaps.isEmpty }
      guard partial > 0 || !model.diagnostics.isEmpty else {
        return AuditReport.Unit(file: path, status: .analysed, reason: nil, missingHeaders: [])
      }
      return AuditReport.Unit(
        file: path, status: .partlyAnalysed, reason: reason(model, partial),
        missingHeaders: model.missingHeaders)
    }
  }

  private func reason(_ model: UnitModel, _ partial: Int) -> String {
    var parts: [String] = []
    if !model.missingHeaders.isEmpty {
      parts.append(
        model.missingHeaders.count == 1
          ? "a header is missing" : "\(model.missingHeaders.count) headers are missing")
    }
    if partial > 0 {
      parts.append("\(partial) of \(model.functions.count) functions are not wholly understood")
    }
    if let first = model.diagnostics.first(where: { !$0.message.hasSuffix("file not found") }) {
      let place = first.path.map { "\($0):\(first.line): " } ?? ""
      parts.append("clang's first error: \(place)\(first.message)")
    }
    return parts.joined(separator: "; ")
  }

  /// Functions that the package defines, each once, and how many of them have no gap.
  private func functions(of package: PackageModel) -> (all: Int, whole: Int) {
    var all = 0
    var whole = 0
    for function in package.functions {
      guard let place = function.definition else { continue }
      all += 1
      if package.units[place.unit].functions[place.index].gaps.isEmpty { whole += 1 }
    }
    return (all, whole)
  }
}
