/// Why a finding has no fix, or why its fix is left out. The raw value reads after "left out:".
package enum RepairRefusal: String, Error, Sendable, Hashable, CaseIterable {
  /// The finding's rule is none that edits can follow mechanically.
  case noMechanicalRepair = "no mechanical repair for the rule"
  /// No API gives a strong reference instead, or not in a form that fits here.
  case noReplacement = "no replacement fits"
  /// The place, or one of those to edit, comes out of a macro.
  case inMacro = "in a macro"
  case inHeader = "in a header"
  /// A generator wrote the code: it would write it again.
  case inGeneratedCode = "in generated code"
  /// Something in the function was not understood.
  case functionNotUnderstood = "the function is not wholly understood"
  /// The reference goes into more than one local variable, or into something else.
  case notOneVariable = "the reference is not held by one local variable"
  /// On some path it is not clear who owns the reference at its end.
  case pathNotUnderstood = "a path is not understood"
  /// The reference is stored or passed where it is not clear who keeps it.
  case referenceEscapes = "the reference leaves the function"
  /// An error that did not exist before cannot be handed on safely.
  case noErrorExit = "an error cannot be handed on"
  /// The text at the place is not of a form that can be edited.
  case textNotUnderstood = "the text is not of a plain form"
  /// The place is not in the file as it is now.
  case placeNotFound = "the place was not found in the text"
  /// Another finding's fix edits the same text.
  case overlap = "another fix edits the same text: run again after it"
  /// The file cannot be read, lies outside the package or is reached by a symbolic link.
  case fileNotEditable = "the file may not be edited"
}
