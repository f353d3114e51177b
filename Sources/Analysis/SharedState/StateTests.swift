import ProgramModel

/// Where one function tests a state against zero or another constant, and what runs only on one
/// side of such a test.
struct StateTests {
  /// A branch on the value of a state.
  struct Test {
    /// The state, or memory behind a parameter.
    var path: StatePath
    var block: Int
    /// Where it goes when the state is zero, or equal to the constant.
    var unset: Int
    var set: Int
    /// What it is compared with.
    var constant: Int64
  }

  private(set) var tests: [Test] = []
  /// Per test asked for, the blocks that can run after either side of it.
  private var sides: [Int: (unset: [Bool], set: [Bool])] = [:]
  private let successors: [[Int]]

  init(_ resolver: inout PathResolver) {
    let model = resolver.values.model
    successors = model.blocks.map { $0.successors.map { Int($0.index) } }
    for (number, block) in model.blocks.enumerated() {
      switch block.terminator {
      case .branch(let operand, let then, let otherwise) where then != otherwise:
        add(
          operand, number, unset: Int(otherwise.index), set: Int(then.index), constant: 0,
          depth: 0, &resolver)
      case .switch(let operand, let cases, let otherwise):
        // 'switch (state) { case 0: … }'
        for entry in cases where entry.low == 0 && entry.high == 0 && entry.target != otherwise {
          add(
            operand, number, unset: Int(entry.target.index), set: Int(otherwise.index),
            constant: 0, depth: 0, &resolver)
        }
      default: break
      }
    }
  }

  private mutating func add(
    _ operand: Operand, _ block: Int, unset: Int, set: Int, constant: Int64, depth: Int,
    _ resolver: inout PathResolver
  ) {
    guard depth < 6 else { return }
    for source in resolver.values.sources(of: operand) {
      guard case .temporary(let number) = source else { continue }
      if case .compute(let kind, let operands)? = resolver.values.definition(of: number) {
        switch kind {
        case .not:
          add(
            operands[0], block, unset: set, set: unset, constant: constant, depth: depth + 1,
            &resolver)
        case .equal, .notEqual, .less, .lessOrEqual, .greaterOrEqual, .greater:
          guard operands.count == 2 else { continue }
          let (value, limit): (Operand, Int64)
          if let number = Self.constant(operands[1], resolver.values) {
            (value, limit) = (operands[0], number)
          } else if let number = Self.constant(operands[0], resolver.values) {
            (value, limit) = (operands[1], number)
          } else {
            continue
          }
          guard Self.isMark(kind, limit) else { continue }
          let isUnsetWhenTrue = kind == .equal || kind == .less || kind == .lessOrEqual
          add(
            value, block, unset: isUnsetWhenTrue ? set : unset,
            set: isUnsetWhenTrue ? unset : set, constant: limit, depth: depth + 1, &resolver)
        default: break
        }
        continue
      }
      for pointer in resolver.pointers(of: source) where !pointer.isAddress {
        tests.append(
          Test(path: pointer.path, block: block, unset: unset, set: set, constant: constant))
      }
    }
  }

  /// The constant that an operand always is, such as a const local; nil for others.
  private static func constant(_ operand: Operand, _ values: FunctionValues) -> Int64? {
    let sources = values.sources(of: operand)
    guard sources.count == 1, case .integer(let number)? = sources.first else { return nil }
    return number
  }

  /// Whether a comparison tells a value from none: 'x == 0', 'x < 0' for a mark such as -1,
  /// 'x > 0' and 'x >= 1' for having been set.
  private static func isMark(_ kind: Operator, _ limit: Int64) -> Bool {
    switch kind {
    case .equal, .notEqual: true
    case .less, .greaterOrEqual: limit == 0 || limit == 1
    case .lessOrEqual, .greater: limit == 0 || limit == -1
    default: false
    }
  }

  /// Per block whether it can run after a block without passing another.
  /// Whether nothing reaches a block but through a test.
  func isOnEveryWay(_ test: Test, to block: Int) -> Bool {
    test.block != block && !reachable(from: 0, avoiding: test.block)[block]
  }

  private func reachable(from start: Int, avoiding block: Int) -> [Bool] {
    var seen = [Bool](repeating: false, count: successors.count)
    guard start != block else { return seen }
    seen[start] = true
    var work = [start]
    while let next = work.popLast() {
      for successor in successors[next] where successor != block && !seen[successor] {
        seen[successor] = true
        work.append(successor)
      }
    }
    return seen
  }

  private mutating func side(of index: Int, at block: Int) -> (isUnset: Bool, isSet: Bool) {
    let test = tests[index]
    let unset: [Bool]
    let set: [Bool]
    if let known = sides[index] {
      (unset, set) = known
    } else {
      unset = reachable(from: test.unset, avoiding: test.block)
      set = reachable(from: test.set, avoiding: test.block)
      sides[index] = (unset, set)
    }
    return (unset[block] && !set[block], set[block] && !unset[block])
  }

  /// The tests, of those wanted, that found their state unset whenever a block runs.
  mutating func testsUnset(at block: Int, where isWanted: (StatePath) -> Bool) -> [Test] {
    tests.indices.filter { isWanted(tests[$0].path) && side(of: $0, at: block).isUnset }
      .map { tests[$0] }
  }

  /// The tests, of those wanted, that found their state set, or unset, whenever a block runs.
  mutating func testsEither(at block: Int, where isWanted: (StatePath) -> Bool) -> [Test] {
    tests.indices.filter { index in
      guard isWanted(tests[index].path) else { return false }
      let side = side(of: index, at: block)
      return side.isUnset || side.isSet
    }.map { tests[$0] }
  }
}

extension StatePath {
  /// The state that the path is a part of, and which part; nil for a parameter's memory.
  var state: (id: StateID, steps: [StateStep])? {
    switch root {
    case .variable(let id): return (.variable(id), steps)
    case .moduleState(let record):
      guard case .field(let field)? = steps.first else { return nil }
      return (.moduleField(record: record, field: field), Array(steps.dropFirst()))
    case .parameter: return nil
    }
  }
}
