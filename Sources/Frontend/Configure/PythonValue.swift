/// The value of an expression of a build script, as far as it can be told without running it.
indirect enum PythonValue: Hashable, Sendable {
  case unknown
  case none
  case bool(Bool)
  case int(Int)
  case string(String)
  /// A list or tuple. `isComplete` is false when some items are not known.
  case list([PythonValue], isComplete: Bool)
  /// A dictionary by its string keys, in order.
  case dictionary([Pair])

  struct Pair: Hashable, Sendable {
    let key: String
    let value: PythonValue
  }

  /// Whether the value counts as true; `nil` when unknown.
  var truth: Bool? {
    switch self {
    case .unknown: return nil
    case .none: return false
    case .bool(let value): return value
    case .int(let value): return value != 0
    case .string(let value): return !value.isEmpty
    case .list(let items, let isComplete):
      return items.isEmpty && !isComplete ? nil : !items.isEmpty
    case .dictionary(let pairs): return !pairs.isEmpty
    }
  }

  /// The items of a list, and whether they are all.
  var items: (items: [PythonValue], isComplete: Bool) {
    switch self {
    case .list(let items, let isComplete): return (items, isComplete)
    case .dictionary(let pairs): return (pairs.map { .string($0.key) }, true)
    default: return ([], false)
    }
  }

  /// The string; `nil` for another value.
  var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// `self + other` for strings, numbers and lists.
  func adding(_ other: PythonValue) -> PythonValue {
    switch (self, other) {
    case (.string(let left), .string(let right)): return .string(left + right)
    case (.int(let left), .int(let right)):
      let (sum, overflow) = left.addingReportingOverflow(right)
      return overflow ? .unknown : .int(sum)
    case (.list(let left, let isLeft), .list(let right, let isRight)):
      return .list(left + right, isComplete: isLeft && isRight)
    case (.list(let left, _), _): return .list(left, isComplete: false)
    case (_, .list(let right, _)): return .list(right, isComplete: false)
    default: return .unknown
    }
  }

  /// Three-valued equality.
  func equals(_ other: PythonValue) -> Bool? {
    switch (self, other) {
    case (.unknown, _), (_, .unknown): return nil
    case (.list(_, false), _), (_, .list(_, false)): return nil
    default: return self == other
    }
  }

  /// Three-valued order for numbers, strings and lists of them; `nil` when unknown.
  func precedes(_ other: PythonValue) -> Bool? {
    switch (self, other) {
    case (.int(let left), .int(let right)): return left < right
    case (.string(let left), .string(let right)): return left < right
    case (.list(let left, true), .list(let right, true)):
      for (one, two) in zip(left, right) {
        guard let isEqual = one.equals(two) else { return nil }
        if !isEqual { return one.precedes(two) }
      }
      return left.count < right.count
    default: return nil
    }
  }
}
