import Analysis
import Findings
import ProgramModel
import PythonAPI

/// Finds calls of libraries that several threads must not call as they like.
struct LibraryNotThreadSafe: Rule {
  static let metadata = RuleMetadata(
    id: "library-not-thread-safe",
    category: .gilAssumptions,
    severity: .high,
    summary: "library called without the lock that it needs",
    why: "The library keeps state without a lock: one for the process, or one in each handle. The "
      + "GIL let only one thread at a time into it. Without the GIL two threads spoil its state "
      + "or each other's handle.",
    remedy: "Hold one static mutex over all calls of the library; for handles the critical "
      + "section or a mutex of the object that has the handle.",
    limits: "Known libraries only. How an installed library was built is not known; a build file "
      + "that asks for the safe build, and code that asks the library before it locks, count as "
      + "safe. Handles are medium: only who shares one object is hurt.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.libraries.processes.compactMap { process($0, package, facts) }
      + facts.libraries.handles.compactMap { handle($0, package, facts) }
  }

  private func process(
    _ use: LibraryUses.Process, _ package: PackageModel, _ facts: Analyses
  ) -> Finding? {
    let first = use.calls[0]
    let count = use.calls.count
    var message = "\(use.library.name) is not safe in several threads"
    message += use.library.note.map { " (\($0))" } ?? ""
    message +=
      count == 1
      ? "; '\(first.name)' is called here without a lock of the process."
      : "; '\(first.name)' and others are called in \(count) functions without a lock of the process."
    if let lock = use.lockOfOthers {
      message += " Other calls hold '\(facts.locks.text(lock, in: first.site.function))'."
    }
    return CallFinding(
      package: package, facts: facts, site: first.site, symbol: first.name
    ).make(
      Self.metadata, message,
      remediation: use.library.replacement.map {
        "Use \($0); or hold one static mutex over all calls of the library."
      }, related: calls(use.calls))
  }

  private func handle(
    _ use: LibraryUses.Handle, _ package: PackageModel, _ facts: Analyses
  ) -> Finding? {
    let first = use.calls[0]
    var message =
      "'\(first.name)' works on the \(use.library.name) handle in the field '\(use.field)' of "
      + "'\(use.record)' without a lock. Two threads that use the same object spoil the handle."
    if let locked = use.locked {
      message += " '\(package[locked.site.function].name)' holds a lock when it does so."
    }
    return CallFinding(
      package: package, facts: facts, site: first.site, symbol: use.field
    ).make(Self.metadata, message, severity: .medium, related: calls(use.calls))
  }

  private func calls(_ calls: [LibraryCall]) -> [CallFinding.Place] {
    calls.dropFirst().map {
      CallFinding.Place(
        site: $0.site, role: .call, message: "'\($0.name)' is called here", symbol: $0.name)
    }
  }
}
