import ProgramModel

/// What a function does to memory that it reaches through a parameter.
struct ParameterEffect: Hashable {
  var kind: VariableAccess.Kind
  /// Rooted at a parameter of the function.
  var path: StatePath
  /// Where it happens, perhaps in a function called from here.
  var end: CodeSite
  var value: Operand?
  var foreign: FunctionID?
  var isUncertain: Bool
  /// What the function itself holds there, in its own terms.
  var locks: Set<HeldLock>

  /// Of effects that are alike in these one is kept.
  struct Likeness: Hashable {
    var kind: VariableAccess.Kind
    var path: StatePath
    var locks: Set<HeldLock>
  }

  var likeness: Likeness { Likeness(kind: kind, path: path, locks: locks) }
}

/// The effects of one function, each likeness once, bounded.
struct EffectSummary {
  private(set) var effects: [ParameterEffect] = []
  private var seen: Set<ParameterEffect.Likeness> = []

  /// More are not kept: functions that do so much to a parameter are told from the first ones.
  private static let most = 96

  mutating func add(_ effect: ParameterEffect) {
    if effects.count < Self.most, seen.insert(effect.likeness).inserted { effects.append(effect) }
  }
}
