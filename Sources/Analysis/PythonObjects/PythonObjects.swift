package import ProgramModel

/// What a slot or field of a Python object holds.
package enum SlotValue: Hashable, Sendable {
  case function(FunctionID)
  case variable(VariableID)
  /// A constant, and the macro that spelled it, else empty.
  case integer(Int64, macro: String)
  case string(String)
  case unknown

  /// The function, where it is one.
  package var function: FunctionID? {
    if case .function(let id) = self { id } else { nil }
  }

  /// The constant, where it is one.
  package var integer: Int64? {
    if case .integer(let value, _) = self { value } else { nil }
  }
}

/// One entry of a slot array.
package struct PythonSlot: Hashable, Sendable {
  /// The number given; nil where it is not a constant.
  package var id: Int64?
  /// The name of the slot with that number: `Py_mod_gil`; nil for unknown numbers.
  package var name: String?
  /// The macro that spelled the number, empty for a bare number.
  package var macro: String
  package var value: SlotValue
  package var unit: Int
  package var range: SourceRange
}

/// A `PyModuleDef_Slot`, `PyType_Slot` or `PySlot` array.
package struct SlotArray: Hashable, Sendable {
  package var variable: VariableID?
  package var kind: SlotArrayKind
  /// Entries before the end mark, arrays nested in `PySlot` entries included.
  package var slots: [PythonSlot]
  /// Entries behind the end mark: nobody reads them.
  package var unread: [PythonSlot]
  /// Code writes into the array in a way that is not followed, or its end mark was not found.
  package var isIncomplete: Bool
}

package enum SlotArrayKind: UInt8, Hashable, Sendable, CaseIterable {
  /// `PyModuleDef_Slot`.
  case module
  /// `PyType_Slot`.
  case type
  /// `PySlot`, the one kind of Python 3.15 for both.
  case unified
}

/// A `PyModuleDef`.
package struct ModuleDefinition: Hashable, Sendable {
  package var variable: VariableID
  /// `m_name`; nil where not a string literal.
  package var name: String?
  /// `m_slots`; nil: none given.
  package var slots: SlotArray?
  /// `m_slots` is given but was not understood.
  package var hasUnknownSlots: Bool
  /// `m_size`; nil where not a constant.
  package var size: Int64?
  /// Where the variable's name stands; nil outside the package.
  package var position: SourcePosition?
}

/// A function that a Python object holds under a role: a method, a slot, a getter.
package struct FunctionRole: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case method, getter, setter
    /// A slot of a module: `Py_mod_exec`, or a field: `m_clear`.
    case moduleSlot(String)
    /// A slot of a type by its bare name: `tp_new`, `nb_add`.
    case typeSlot(String)
  }

  package var function: FunctionID
  package var kind: Kind
  /// The table, type or slot array; nil for assignments through pointers.
  package var holder: VariableID?
  package var unit: Int
  package var range: SourceRange
}

/// The Python objects that the package makes from static data or fills by assignments.
package struct PythonObjects: Sendable {
  package var definitions: [VariableID: ModuleDefinition] = [:]
  package var slotArrays: [VariableID: SlotArray] = [:]
  /// Sorted by place.
  package var roles: [FunctionRole] = []
  /// Variables that are `PyTypeObject`s, sorted.
  package var staticTypes: [VariableID] = []

  /// Functions in one slot of modules whose arrays are given.
  package func functions(inSlot name: String, of array: SlotArray) -> [FunctionID] {
    array.slots.filter { $0.name == name }.compactMap(\.value.function)
  }
}
