import ProgramModel

// What is known of values on the way, as far as branches test them.
extension LockWalk {
  static func definitions(
    _ package: PackageModel, _ paths: ObjectPaths, _ flow: ControlFlow
  ) -> [Int32: Definition] {
    var found: [Int32: Definition] = [:]
    var seen = Set<Int32>()
    for (number, block) in paths.model.blocks.enumerated() {
      for instruction in block.instructions {
        guard let result = instruction.operation.result else { continue }
        // Set in several places: no definition.
        guard seen.insert(result).inserted else {
          found[result] = nil
          continue
        }
        switch instruction.operation {
        case .load(_, let place):
          let key = paths.location(paths.model.places[Int(place.index)])
          if key.base != .unknown { found[result] = .load(key) }
        case .call(_, .direct(let symbol), let arguments):
          if let callee = package.function(symbol, in: paths.unit),
            let query = query(callee, arguments, package),
            // A loop asks again because the answer changes.
            !canRepeat(BlockID(Int32(truncatingIfNeeded: number)), flow)
          {
            found[result] = query
          }
        case .compute(_, .not, let operands):
          if let first = operands.first { found[result] = .not(first) }
        case .compute(_, let kind, let operands) where operands.count == 2:
          switch kind {
          case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            found[result] = .compare(kind, operands[0], operands[1])
          default: break
          }
        default: break
        }
      }
    }
    return found
  }

  /// A call that, as far as can be seen, answers the same each time: of a foreign function that is
  /// given nothing but numbers, or of one of the package that changes nothing.
  private static func query(
    _ callee: FunctionID, _ arguments: [Operand], _ package: PackageModel
  ) -> Definition? {
    var numbers: [Int64] = []
    for argument in arguments {
      guard case .integer(let number) = argument else { return nil }
      numbers.append(number)
    }
    let name = package[callee].name
    guard !name.isEmpty else { return nil }
    if let (_, model) = package.body(of: callee) {
      guard changesNothing(model) else { return nil }
    } else {
      // What Python and the C library tell, errors above all, changes from call to call.
      guard !name.hasPrefix("Py"), !name.hasPrefix("_Py"), name.contains("_"),
        LockOperation.of(package[callee]) == nil
      else { return nil }
    }
    return .query(callee, numbers)
  }

  private static func changesNothing(_ model: FunctionModel) -> Bool {
    model.gaps.isEmpty
      && model.blocks.allSatisfy { block in
        block.instructions.allSatisfy { instruction in
          switch instruction.operation {
          case .load, .compute, .copy: return true
          case .store(let id, _):
            let place = model.places[Int(id.index)]
            guard case .local = place.base else { return false }
            return place.path.isEmpty
          case .modify, .atomic, .call, .opaque: return false
          }
        }
      }
  }

  private static func canRepeat(_ block: BlockID, _ flow: ControlFlow) -> Bool {
    var seen = Set<Int32>()
    var work = flow.successors(of: block).map(\.to.index)
    while let next = work.popLast() {
      if next == block.index { return true }
      guard seen.insert(next).inserted else { continue }
      work += flow.successors(of: BlockID(next)).map(\.to.index)
    }
    return false
  }

  /// The subjects that any branch depends on.
  static func relevant(
    _ model: FunctionModel, _ definitions: [Int32: Definition]
  ) -> Set<KnownSubject> {
    var found = Set<KnownSubject>()
    func note(_ operand: Operand) {
      switch operand {
      case .local(let local): found.insert(.local(local))
      case .temporary(let number):
        guard found.insert(.temporary(number)).inserted else { return }
        switch definitions[number] {
        case .load(let key): found.insert(.place(key))
        case .query(let callee, let numbers): found.insert(.query(callee, numbers))
        case .not(let inner): note(inner)
        case .compare(_, let left, let right):
          note(left)
          note(right)
          if let pair = equality(left, right) { found.insert(pair) }
        case nil: break
        }
      default: break
      }
    }
    for block in model.blocks {
      switch block.terminator {
      case .branch(let operand, _, _), .switch(let operand, _, _): note(operand)
      case .return(let operand?): note(operand)
      default: break
      }
    }
    // What is copied into them.
    for _ in 0..<3 {
      for block in model.blocks {
        for instruction in block.instructions {
          switch instruction.operation {
          case .copy(let to, let from) where found.contains(.temporary(to)): note(from)
          case .store(let id, let from):
            let place = model.places[Int(id.index)]
            if case .local(let local) = place.base, place.path.isEmpty,
              found.contains(.local(local))
            {
              note(from)
            }
          default: break
          }
        }
      }
    }
    return found
  }

  private static func equality(_ left: Operand, _ right: Operand) -> KnownSubject? {
    guard case .local(let one) = left, case .local(let other) = right else { return nil }
    return .equality(min(one, other), max(one, other))
  }

  /// What is known of a value.
  func known(_ operand: Operand, _ facts: LockWorlds.Facts, depth: Int = 0) -> KnownValue? {
    switch operand {
    case .integer(let value): return .equal(value)
    case .local(let local): return facts[.local(local)]
    case .address, .function, .string: return .notEqual(0)
    case .temporary(let number):
      if let known = facts[.temporary(number)] { return known }
      guard depth < 6 else { return nil }
      switch definitions[number] {
      case .load(let key): return facts[.place(key)]
      case .query(let callee, let numbers): return facts[.query(callee, numbers)]
      case .not(let inner):
        return known(inner, facts, depth: depth + 1)?.isNonzero.map { .equal($0 ? 0 : 1) }
      case .compare(let kind, let left, let right):
        return compared(kind, left, right, facts, depth).map { .equal($0 ? 1 : 0) }
      case nil: return nil
      }
    case .floating, .unknown: return nil
    }
  }

  private func compared(
    _ kind: Operator, _ left: Operand, _ right: Operand, _ facts: LockWorlds.Facts, _ depth: Int
  ) -> Bool? {
    if let pair = Self.equality(left, right), case .equal(let value)? = facts[pair] {
      if kind == .equal { return value != 0 }
      if kind == .notEqual { return value == 0 }
    }
    guard let one = known(left, facts, depth: depth + 1),
      let other = known(right, facts, depth: depth + 1)
    else { return nil }
    switch (kind, one, other) {
    case (.equal, .equal(let a), .equal(let b)): return a == b
    case (.notEqual, .equal(let a), .equal(let b)): return a != b
    case (.less, .equal(let a), .equal(let b)): return a < b
    case (.lessOrEqual, .equal(let a), .equal(let b)): return a <= b
    case (.greater, .equal(let a), .equal(let b)): return a > b
    case (.greaterOrEqual, .equal(let a), .equal(let b)): return a >= b
    case (.equal, .equal(let a), .notEqual(let b)) where a == b: return false
    case (.equal, .notEqual(let a), .equal(let b)) where a == b: return false
    case (.notEqual, .equal(let a), .notEqual(let b)) where a == b: return true
    case (.notEqual, .notEqual(let a), .equal(let b)) where a == b: return true
    default: return nil
    }
  }

  /// Adds that a value is as said; false: it cannot be.
  func assume(
    _ operand: Operand, _ value: KnownValue, _ facts: inout LockWorlds.Facts, depth: Int = 0
  ) -> Bool {
    if let known = known(operand, facts), known.contradicts(value) { return false }
    switch operand {
    case .local(let local): set(.local(local), value, &facts)
    case .temporary(let number):
      set(.temporary(number), value, &facts)
      guard depth < 6 else { return true }
      switch (definitions[number], value.isNonzero) {
      case (.load(let key), _): set(.place(key), value, &facts)
      case (.query(let callee, let numbers), _): set(.query(callee, numbers), value, &facts)
      case (.not(let inner), let isNonzero?):
        return assume(inner, isNonzero ? .equal(0) : .notEqual(0), &facts, depth: depth + 1)
      case (.compare(let kind, let left, let right), let isTrue?):
        return assume(kind, left, right, isTrue, &facts, depth)
      default: break
      }
    default: break
    }
    return true
  }

  private func assume(
    _ kind: Operator, _ left: Operand, _ right: Operand, _ isTrue: Bool,
    _ facts: inout LockWorlds.Facts, _ depth: Int
  ) -> Bool {
    if kind == .equal || kind == .notEqual, let pair = Self.equality(left, right) {
      let isEqual = (kind == .equal) == isTrue
      if let known = facts[pair], known != .equal(isEqual ? 1 : 0) { return false }
      facts[pair] = .equal(isEqual ? 1 : 0)
      return true
    }
    guard case .integer(let number) = right else { return true }
    switch (kind, isTrue) {
    case (.equal, true), (.notEqual, false):
      return assume(left, .equal(number), &facts, depth: depth + 1)
    case (.equal, false), (.notEqual, true):
      return assume(left, .notEqual(number), &facts, depth: depth + 1)
    case (.less, true) where number <= 0, (.greater, true) where number >= 0,
      (.lessOrEqual, true) where number < 0, (.greaterOrEqual, true) where number > 0:
      return assume(left, .notEqual(0), &facts, depth: depth + 1)
    // Attempts say zero or a negative number, or zero and one.
    case (.less, false) where number == 0, (.greater, false) where number == 0:
      return known(left, facts) != .notEqual(0)
    default: return true
    }
  }

  private func set(
    _ subject: KnownSubject, _ value: KnownValue, _ facts: inout LockWorlds.Facts
  ) {
    guard relevant.contains(subject) else { return }
    // That it is another value than one says less than the value itself.
    if case .equal? = facts[subject] { return }
    facts[subject] = value
  }
}
