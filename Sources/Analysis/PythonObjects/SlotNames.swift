import PythonAPI

/// Names of slots by number, for both generations of numbers: those that arrays of one kind have
/// had since 3.5, and the one space of numbers of 3.15.
enum SlotNames {
  /// Numbers below mean different slots in module and type arrays, and none in `PySlot` arrays.
  private static let module = names { $0.kind != .type ? [$0.number, $0.unifiedNumber] : [] }
  private static let type = names { $0.kind != .module ? [$0.number, $0.unifiedNumber] : [] }
  private static let unified = names { [$0.unifiedNumber] }

  private static func names(_ numbers: (SlotFact) -> [Int?]) -> [Int64: String] {
    var names: [Int64: String] = [:]
    for slot in PythonFacts.shared.slots {
      for number in numbers(slot) {
        if let number { names[Int64(number)] = slot.name }
      }
    }
    return names
  }

  /// The slot's name as in C, `Py_mod_gil`; nil for numbers that mean nothing there.
  static func name(of id: Int64, in kind: SlotArrayKind) -> String? {
    switch kind {
    case .module: module[id]
    case .type: type[id]
    case .unified: unified[id]
    }
  }
}
