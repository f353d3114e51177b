import Analysis
import Findings
import ProgramModel

/// Finds places where threads wait, attached, for one that runs Python code once.
struct MagicStaticDeadlock: Rule {
  static let metadata = RuleMetadata(
    id: "magic-static-deadlock",
    category: .staticState,
    severity: .high,
    summary: "initialisation that runs Python code while other threads wait for it attached",
    why: "The compiler's guard of a function-local static, and 'call_once', make other threads wait "
      + "without detaching. The thread inside can need one of them to go on: for the import lock, "
      + "for a garbage collection, which stops all threads that are attached. Then nobody goes on.",
    remedy: "Do it while the module is imported, or detach around it and attach inside. With "
      + "pybind11 use 'gil_safe_call_once_and_store'.",
    limits: "Functions that another library calls inside are not seen, nor are those that are only "
      + "perhaps run.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.onceWaits.compactMap { wait in
      let variable = package[wait.variable]
      guard
        let position = variable.position
          ?? package.position(of: wait.site.range, in: wait.site.unit)
      else { return nil }
      let function = package[wait.site.function].name
      let callee = package[wait.callee].name
      let message: String
      switch wait.kind {
      case .construction:
        message =
          "The static '\(variable.name)' of '\(function)' is constructed on first use, and that calls "
          + "'\(callee)', which can run Python code. Other threads in '\(function)' wait for it attached."
      case .once(let name):
        message =
          "'\(function)' gives '\(name)' a function that calls '\(callee)', which can run Python code. "
          + "Other threads wait in '\(name)' for the flag '\(variable.name)', attached."
      }
      var related: [RelatedPlace] = []
      func add(_ site: CodeSite, _ role: RelatedRole, _ message: String) {
        guard let position = package.position(of: site.range, in: site.unit),
          !related.contains(where: { $0.position == position })
        else { return }
        related.append(
          RelatedPlace(
            position: position, function: package[site.function].name, symbol: callee, role: role,
            message: message))
      }
      add(wait.call, .call, "'\(callee)' is called while others wait")
      add(wait.site, .lock, "threads wait here")
      return Finding(
        rule: Self.metadata, confidence: .high, message: message, position: position,
        function: variable.function.map { package[$0].name }, symbol: variable.name,
        module: facts.ownership.module(of: wait.site.function),
        generated: package.facts(ofFile: position.path)?.generator?.rawValue, related: related)
    }
  }
}
