import Analysis
import Findings

/// Finds ways out of a function that leave a critical section open.
struct CriticalSectionEscape: LockRule {
  static let metadata = RuleMetadata(
    id: "critical-section-escape",
    category: .gilAssumptions,
    severity: .critical,
    summary: "critical section left without its end",
    why:
      "A critical section is noted on the stack of its function, and the thread keeps a pointer to "
      + "the note. A 'return', a 'goto' or an exception that leaves it without "
      + "'Py_END_CRITICAL_SECTION' leaves a pointer to a frame that is gone, and the object locked. "
      + "With the GIL the macros are empty, so that nobody sees it there.",
    remedy: "Store the result in a variable, leave by the end of the section, and return behind "
      + "it; or put the body into a function of its own.",
    limits: "Sections whose note is kept outside the function are not followed.")

  static let pattern = LockPattern.sectionEscape

  func judge(_ text: LockText) -> Judgement? {
    Judgement(
      "The critical section on \(text.lock) that \(text.function) begins here is still open on a way "
        + "out of the function: the thread keeps a pointer into a stack frame that is gone, and the "
        + "object stays locked.")
  }

  func related(_ text: LockText) -> [RelatedPlace?] {
    [text.place(text.hazard.other, .note, "leaves the function with the section open")]
  }
}
