package import ProgramModel

/// Where shared memory is reached from.
package enum StateRoot: Hashable, Sendable {
  /// An object with static storage.
  case variable(VariableID)
  /// The record that `PyModule_GetState` and its relatives give, by its canonical name.
  case moduleState(String)
  /// What a parameter of the function at hand points to, while its callers are not known.
  case parameter(Int)
}

/// One step from a root to a part of it.
package enum StateStep: Hashable, Sendable {
  case field(String)
  case index
  case dereference
}

/// A part of shared memory: a root, then fields, subscripts and dereferences.
package struct StatePath: Hashable, Sendable {
  package var root: StateRoot
  package var steps: [StateStep]

  /// Longer paths, which recursive data has, stand for all that lies beneath.
  static let longest = 6

  package init(_ root: StateRoot, _ steps: [StateStep] = []) {
    self.root = root
    self.steps = steps
  }

  /// This path followed by more steps, cut at the longest length.
  func appending(_ more: some Collection<StateStep>) -> StatePath {
    var path = self
    for step in more where path.steps.count < Self.longest { path.steps.append(step) }
    return path
  }

  /// `table[].next->count`, without the root.
  package var text: String {
    var text = ""
    for (number, step) in steps.enumerated() {
      switch step {
      case .field(let name):
        if number > 0 {
          text += steps[number - 1] == .dereference ? "->" : "."
        }
        text += name
      case .index: text += "[]"
      case .dereference: if number + 1 == steps.count { text = "*" + text }
      }
    }
    return text
  }

  /// Whether two paths of one root can be parts of the same memory: one is inside the other
  /// without a pointer between them.
  package static func overlap(_ left: [StateStep], _ right: [StateStep]) -> Bool {
    let common = zip(left, right).prefix { $0 == $1 }.count
    let rest = left.count == common ? right[common...] : left[common...]
    return min(left.count, right.count) == common && !rest.contains(.dereference)
  }
}

/// What a pointer can be.
struct PointerValue: Hashable {
  var path: StatePath
  /// The address of the path's memory, else the pointer that is stored there.
  var isAddress: Bool

  /// The memory that lies `steps` after the pointer is followed once.
  func target(_ steps: some Collection<StateStep>) -> StatePath {
    isAddress ? path.appending(steps) : path.appending([.dereference]).appending(steps)
  }
}
