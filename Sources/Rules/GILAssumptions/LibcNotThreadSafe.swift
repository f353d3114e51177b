import Analysis
import Findings
import ProgramModel
import PythonAPI

/// Finds calls of functions of the C library that several threads must not call at once.
struct LibcNotThreadSafe: Rule {
  static let metadata = RuleMetadata(
    id: "libc-not-thread-safe",
    category: .gilAssumptions,
    severity: .high,
    summary: "C library function that is not safe in several threads",
    why: "The function returns memory that belongs to the process, or changes state of the process "
      + "without a lock. The GIL let only one thread at a time into it; without the GIL two "
      + "threads get each other's data, or freed memory.",
    remedy: "Call the variant that is given memory (its name often ends in '_r'), or hold one "
      + "static mutex over all calls of the group and the use of what they return.",
    limits:
      "Other extensions and Python itself call the C library too; a lock of the package's own does "
      + "not keep them out, but counts here. Calls that are made only during import do "
      + "not count. The severity depends on the function.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.libraries.libc.compactMap { use in
      let name = use.fact.name
      var message = "'\(name)' is not safe in several threads"
      message += use.fact.note.map { " (\($0))" } ?? ""
      message += ", and any thread can call it here while another one does the same."
      if let lock = use.lockOfOthers {
        let text = facts.locks.text(lock, in: use.calls[0].site.function)
        message += " Other calls hold '\(text)'; this one does not."
      }
      let more = use.calls.dropFirst().map {
        CallFinding.Place(site: $0.site, role: .call, message: "called here too")
      }
      let others = use.others.prefix(10).map {
        CallFinding.Place(
          site: $0.site, role: .call, message: "'\($0.name)' uses the same state here",
          symbol: $0.name)
      }
      return CallFinding(
        package: package, facts: facts, site: use.calls[0].site, symbol: name
      ).make(
        Self.metadata, message, severity: Severity(use.fact.severity),
        remediation: use.fact.replacement.map { "In place of '\(name)': \($0)." },
        related: more + others)
    }
  }
}

extension Severity {
  init(_ severity: LibraryFact.Severity) {
    switch severity {
    case .high: self = .high
    case .medium: self = .medium
    case .low: self = .low
    }
  }
}
