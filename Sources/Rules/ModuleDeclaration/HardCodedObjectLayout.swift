import Analysis
import Findings
import ProgramModel

/// Finds copies of CPython's object header.
struct HardCodedObjectLayout: Rule {
  static let metadata = RuleMetadata(
    id: "hard-coded-object-layout",
    category: .moduleDeclaration,
    severity: .high,
    summary: "object header written out by hand",
    why: "Free-threaded CPython has another object header: thread id, flags, a lock, and two "
      + "reference counts. A structure or initialiser that spells the old header out puts every "
      + "field behind it in the wrong place.",
    remedy: "Use 'PyObject_HEAD', 'PyObject_HEAD_INIT' and 'PyVarObject_HEAD_INIT'.",
    limits: "Sizes and offsets given as numbers are not recognised.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.objectLayouts.map { copy in
      Finding(
        rule: Self.metadata, confidence: .medium,
        message: copy.isInitialiser
          ? "The initialiser of '\(copy.name)' spells out the fields of the object header."
          : "'\(copy.name)' spells out the fields of the object header.",
        position: copy.position, symbol: copy.name, module: copy.module)
    }
  }
}
