import ProgramModel

/// What the accesses to a field look like.
extension InstanceJudge {
  /// Whether an access ends what a field refers to.
  func closes(_ access: InstanceAccess, _ field: InstanceField) -> Bool {
    if access.use == .close { return true }
    guard field.type.contains("_ptr<"), access.use.writes, let callee = access.callee else {
      return false
    }
    let name = package[callee].name
    return name == "reset" || name == "operator="
  }

  /// Whether an operation of a container of C++ can move its elements.
  func moves(_ access: InstanceAccess, _ field: InstanceField) -> Bool {
    guard access.use.writes, let callee = access.callee else { return false }
    if field.kind != .object, access.part == .value { return false }
    let name = package[callee].qualifiedName
    return name.hasPrefix("std::")
      && (name.contains("basic_string")
        || Self.movers.contains(
          String(name.split(separator: ":").last ?? "")))
  }

  static let movers: Set<String> = [
    "push_back", "emplace_back", "insert", "emplace", "erase", "clear", "resize", "reserve",
    "pop_back", "assign", "operator=", "swap", "shrink_to_fit", "push_front", "pop_front",
    "emplace_front", "append", "push", "pop", "operator[]", "try_emplace", "insert_or_assign",
  ]

  /// What the entry points that lead to all writes say.
  func slotPattern(_ pairs: [Pair]) -> InstancePattern? {
    var isIterator = false
    var isExport = true
    for function in Set(pairs.map(\.write.site.function)) {
      let entries = reach.entryPoints(reaching: function, limit: 6)
      let slots = entries.map { entry -> String in
        if case .typeSlot(let name) = entry.kind { return name }
        return package[entry.function].name.hasSuffix("__next__") ? "tp_iternext" : ""
      }
      // What only 'next' advances is the position, even where others set it back.
      if !slots.isEmpty, slots.allSatisfy({ $0 == "tp_iternext" }) { isIterator = true }
      if !slots.contains(where: { $0.hasPrefix("bf_") }) { isExport = false }
    }
    if isIterator { return .iterator }
    let counts = pairs.contains { $0.write.use == .modify && $0.write.locks.isEmpty }
    return isExport && counts ? .exportCounter : nil
  }

  /// `if (self->busy) …; self->busy = 1; …; self->busy = 0`.
  func isBusyFlag(_ write: InstanceAccess, _ field: InstanceFieldID) -> Bool {
    guard write.use == .write, write.value.map(Self.isSet) ?? false,
      guards.isTested(field, write.part, at: write.site)
    else { return false }
    return accesses[Int(field.index)].contains { other in
      guard other.use == .write, other.value == .integer(0), other.part == write.part else {
        return false
      }
      return other.site.function == write.site.function || isBusyName(field, write.part)
    }
  }

  static func isSet(_ value: Operand) -> Bool {
    if case .integer(let number) = value { number != 0 } else { false }
  }

  func isBusyName(_ field: InstanceFieldID, _ part: InstancePart) -> Bool {
    let name = (part.member.isEmpty ? fields[Int(field.index)].name : part.member).lowercased()
    return Self.busyWords.contains { name.contains($0) }
  }

  static let busyWords = [
    "busy", "running", "active", "in_use", "inuse", "entered", "recurs", "reentr", "locked",
    "executing",
  ]

  /// Filled where it, or what tells of it, was found empty.
  func isLazy(
    _ write: InstanceAccess, _ field: InstanceFieldID, _ group: Set<InstanceFieldID>
  ) -> Bool {
    guard write.use == .write, let value = write.value else { return false }
    let empty = guards.foundEmpty(at: write.site)
    if case .integer(let number) = value {
      // 'ready = 1' behind what was computed.
      return number > 0 && empty.contains(.init(field: field, part: write.part))
        && group.contains { other in
          accesses[Int(other.index)].contains {
            $0.site.function == write.site.function && $0.use.writes
              && $0.value.map(Self.isConstant) != true
          }
        }
    }
    if empty.contains(.init(field: field, part: write.part)) { return true }
    return empty.contains { flag in
      group.contains(flag.field) && (flag.field != field || flag.part != write.part)
        && accesses[Int(flag.field.index)].contains {
          $0.site.function == write.site.function && $0.part == flag.part
            && ($0.value.map(Self.isSet) ?? false)
        }
    }
  }

  static func isConstant(_ value: Operand) -> Bool {
    if case .integer = value { true } else { false }
  }

  /// A number that is only counted and given out, and decides nothing.
  func isStatistic(_ field: InstanceFieldID, _ pairs: [Pair]) -> Bool {
    fields[Int(field.index)].kind == .scalar
      && pairs.allSatisfy {
        $0.write.use == .modify && $0.write.part == .value
          && ($0.write.value == .integer(1) || $0.write.value == .integer(-1))
      }
      && Set(accesses[Int(field.index)].map(\.site.function)).allSatisfy {
        !guards.decides(field, in: $0)
      }
  }

  /// A single number is read without the lock under which all writes are: what is read can be old.
  func isStaleRead(_ field: InstanceField, _ pairs: [Pair]) -> Bool {
    field.kind == .scalar
      && pairs.allSatisfy {
        !$0.write.locks.isEmpty && $0.other.locks.isEmpty && !$0.other.use.writes
          && $0.other.part == .value
      }
  }

  func isIdempotent(_ field: InstanceField, _ pairs: [Pair]) -> Bool {
    guard field.kind == .scalar else { return false }
    var constants = Set<Operand>()
    for pair in pairs {
      guard pair.write.use == .write, pair.write.part == .value, let value = pair.write.value,
        case .integer = value
      else { return false }
      constants.insert(value)
    }
    return constants.count == 1
  }
}
