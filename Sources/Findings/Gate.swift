/// Decides whether an audit passed, and with it the program's exit code.
package struct Gate: Sendable, Hashable {
  /// Findings of this severity or a higher one fail the gate; nil where none does.
  package var failOn: Severity?
  /// The least `Coverage.share` that will do, 0…1.
  package var minimumCoverage: Double

  package init(failOn: Severity? = .high, minimumCoverage: Double = 0) {
    self.failOn = failOn
    self.minimumCoverage = minimumCoverage
  }

  /// How the gate judged.
  package enum Outcome: Sendable, Hashable {
    case passed
    /// So many findings at or above the severity.
    case failed(findings: Int, atOrAbove: Severity)
    /// No file could be analysed.
    case impossible(files: Int)
    /// The coverage reached and the one asked for, 0…1.
    case coverageTooLow(reached: Double, required: Double)
    /// Neither a C or C++ source nor a module.
    case nothingToAudit

    /// What the program exits with.
    package var exitCode: Int32 {
      switch self {
      case .passed: 0
      case .failed: 1
      case .impossible, .coverageTooLow: 2
      case .nothingToAudit: 3
      }
    }

    /// One sentence for the user; nil where the gate passed.
    package var sentence: String? {
      switch self {
      case .passed: nil
      case .failed(1, let severity): "1 finding of severity '\(severity.rawValue)' or higher."
      case .failed(let findings, let severity):
        "\(findings) findings of severity '\(severity.rawValue)' or higher."
      case .impossible(1): "The one file found could not be analysed."
      case .impossible(let files): "None of the \(files) files found could be analysed."
      case .coverageTooLow(let reached, let required):
        "The audit covered \(Self.percent(reached)), less than the \(Self.percent(required)) "
          + "asked for."
      case .nothingToAudit: "There is nothing to audit: no C or C++ source was found."
      }
    }

    /// Rounded down to tenths, so that what fell short never looks as if it did not.
    private static func percent(_ share: Double) -> String {
      let tenths = Int((share * 1000).rounded(.down))
      return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
  }

  /// Judges one report.
  ///
  /// What makes the result unreliable comes before the result: with too little covered the outcome
  /// says so even where findings would fail the gate. Suppressed findings and findings in generated
  /// code do not fail it (`Finding.counts`).
  package func outcome(of report: AuditReport) -> Outcome {
    let coverage = report.coverage
    if coverage.filesFound == 0, report.modules.isEmpty { return .nothingToAudit }
    if coverage.filesFound > 0, coverage.filesUnanalysed == coverage.filesFound {
      return .impossible(files: coverage.filesFound)
    }
    let reached = coverage.share ?? 0
    if reached < minimumCoverage {
      return .coverageTooLow(reached: reached, required: minimumCoverage)
    }
    guard let failOn else { return .passed }
    let failing = report.findings.count { $0.counts && $0.severity >= failOn }
    return failing == 0 ? .passed : .failed(findings: failing, atOrAbove: failOn)
  }

  /// The exit code for several inputs: 2 where one could not be audited well enough, else 1 where
  /// one failed, else 3 where no input had anything to audit, else 0.
  package static func exitCode(of outcomes: [Outcome]) -> Int32 {
    let codes = Set(outcomes.map(\.exitCode))
    if let worst = [2, 1].first(where: codes.contains) { return worst }
    return codes == [3] ? 3 : 0
  }
}

extension AuditReport.Coverage {
  /// How much of the code was analysed, 0…1: of the files found, the share that was read at all,
  /// times, of their functions, the share without a gap. nil where there are no files.
  ///
  /// Files that could not be read are taken to hold as many functions as the others.
  package var share: Double? {
    guard filesFound > 0 else { return nil }
    let read = Double(filesAnalysed + filesPartlyAnalysed) / Double(filesFound)
    return functions > 0 ? read * Double(functionsAnalysed) / Double(functions) : read
  }
}
