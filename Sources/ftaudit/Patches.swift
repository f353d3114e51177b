import Findings
import Frontend
import Repair
import SystemKit
import SystemPackage

/// The fixes of an audit's findings put together, file by file.
struct Patches {
  /// Sorted by path.
  let files: [FileEdits]
  private let root: FilePath
  /// Findings that were looked at, and those whose fix is in `files`.
  private let findings: Int
  private let repaired: Int
  private let refusals: [RepairRefusal]

  /// - Parameter rules: the rules whose findings count; empty: all.
  init(_ result: Audit.Result, rules: Set<String>, root: FilePath) {
    self.root = root
    var fixes: [FindingFix] = []
    var refusals: [RepairRefusal] = []
    var findings = 0
    for (finding, refusal) in zip(result.report.findings, result.refusals) {
      guard finding.suppressed == nil, rules.isEmpty || rules.contains(finding.rule) else {
        continue
      }
      findings += 1
      if let fix = finding.fix {
        fixes.append(fix)
      } else {
        refusals.append(refusal ?? .noMechanicalRepair)
      }
    }
    let composition = FixComposition(fixes) { path in
      // What a link leads to may be no part of the package, and git refuses to go through links.
      guard realPath(root.appending(path)) == root.appending(path) else { return nil }
      return result.sources.bytes(of: path)
    }
    files = composition.files
    self.findings = findings
    repaired = composition.isTaken.count { $0 }
    self.refusals = refusals + composition.refusals.values
  }

  /// Why a file was not changed, in one sentence.
  struct WriteFailure: Error, CustomStringConvertible {
    let description: String
  }

  /// Writes the files. Each changes in one step, or not at all.
  func write() throws(WriteFailure) {
    for file in files {
      let path = root.appending(file.path)
      guard realPath(path) == path, readRegularFile(path) == file.original else {
        throw WriteFailure(
          description: "'\(file.path)' was changed while it was audited; nothing more was written.")
      }
      guard replaceFile(path, with: file.edited) else {
        throw WriteFailure(
          description: "'\(file.path)' cannot be written; check its permissions.")
      }
    }
  }

  /// What was done and what was left out, in sentences.
  func summary(isWritten: Bool) -> [String] {
    let verb = isWritten ? "changed" : "in the patch"
    var sentences = [
      "\(repaired) of \(findings) finding\(findings == 1 ? "" : "s") repaired, "
        + "\(files.count) file\(files.count == 1 ? "" : "s") \(verb)."
    ]
    let counts = RepairRefusal.allCases.compactMap { refusal -> (Int, String)? in
      let count = refusals.count { $0 == refusal }
      return count == 0 ? nil : (count, refusal.rawValue)
    }
    if !counts.isEmpty {
      sentences.append(
        "left out: " + counts.map { "\($0.0) \($0.1)" }.joined(separator: "; ") + ".")
    }
    return sentences
  }
}
