import Analysis
import Findings
import ProgramModel

/// Finds export hooks of Python 3.15 whose slots do not speak of the GIL.
struct ExportSlotsWithoutGIL: Rule {
  static let metadata = RuleMetadata(
    id: "export-slots-without-gil",
    category: .moduleDeclaration,
    severity: .high,
    summary: "slots of a 'PyModExport' hook without 'Py_mod_gil'",
    why: "Python 3.15 takes a module whose export slots have no 'Py_mod_gil' to need the GIL, also "
      + "one built for the stable ABI of free-threaded Python. " + DeclarationNames.consequence,
    remedy: "Once the module is safe without the GIL, add "
      + "'PySlot_DATA(Py_mod_gil, Py_MOD_GIL_NOT_USED)' before the array's end.",
    limits: "Slots that are filled in at run time are not followed.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.modules.filter {
      $0.initialisation == .exportSlots && $0.declaration == .missing && !$0.hooksDisagree
    }.map {
      .about(
        $0, Self.metadata, at: [.slots, .export], symbol: DeclarationNames.slot, in: package,
        message: "The module '\($0.name)' does not say whether it needs the GIL: "
          + "\($0.why.asClause) Importing it turns the GIL on again.")
    }
  }
}
