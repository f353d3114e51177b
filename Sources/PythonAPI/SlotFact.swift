/// A slot of a module definition or a type specification, by the number that sources hold.
///
/// Until 3.14 module slots and type slots are numbered apart, so that 4 is `Py_mod_gil` in an
/// array of `PyModuleDef_Slot` and `Py_mp_length` in one of `PyType_Slot`. From 3.15 on one
/// numbering serves both, in which each number of the old type slots from 5 on is unchanged.
package struct SlotFact: Sendable, Hashable {
  /// The macro, such as "Py_mod_gil" or "Py_tp_new".
  package let name: String
  /// What the slot belongs to.
  package let kind: Kind
  /// The number in arrays until 3.14, `nil` for slots that came with 3.15.
  package let number: Int?
  /// The number in the one numbering of 3.15.
  package let unifiedNumber: Int
  /// The version the slot came with, `nil` for what every header that can be read has.
  package let since: PythonVersion?

  /// What a slot belongs to.
  package enum Kind: String, Sendable, CaseIterable {
    case module, type
    /// The end of an array, and arrays within arrays.
    case control
  }

  /// The member of the structure that the slot stands for: "tp_new" of "Py_tp_new".
  package var member: String { String(name.dropFirst(3)) }

  init?(_ row: FactTables.Row) {
    var row = row
    name = row.text()
    guard let kind = row.word(Kind.self) else { return nil }
    self.kind = kind
    number = row.number()
    guard let unified = row.number() else { return nil }
    unifiedNumber = unified
    since = row.version()
  }
}

/// What a module slot says of its module.
package enum ModuleSlotRole: String, Sendable, CaseIterable {
  case create = "Py_mod_create"
  case exec = "Py_mod_exec"
  case multipleInterpreters = "Py_mod_multiple_interpreters"
  case gil = "Py_mod_gil"
  case abi = "Py_mod_abi"
  case token = "Py_mod_token"
  case name = "Py_mod_name"
  case doc = "Py_mod_doc"
  case stateSize = "Py_mod_state_size"
  case stateTraverse = "Py_mod_state_traverse"
  case stateClear = "Py_mod_state_clear"
  case stateFree = "Py_mod_state_free"
  case methods = "Py_mod_methods"
  /// More slots, in an array of the old kind.
  case slots = "Py_mod_slots"
  /// More slots, in an array of `PySlot`.
  case subslots = "Py_slot_subslots"
  /// The end of the array.
  case end = "Py_slot_end"
}
