/// What the memos of one analysis share: whether the answers being found lack something.
final class CutState {
  fileprivate var running = 0
  fileprivate var wasCut = false
  /// Answers of earlier questions that lacked something are of earlier generations.
  fileprivate var generation = 0

  /// Notes that an answer was given up for another reason: what depends on it is not remembered.
  func noteCut() { wasCut = true }
}

/// Remembers the answers to questions that can lead back to themselves.
///
/// A question that comes up while it is being answered is cut off with a given answer. What was
/// found with such a cut is right for the question asked first, but may lack something for those
/// on the way; they are remembered only until the first one is answered.
final class CutMemo<Key: Hashable, Value> {
  private let state: CutState
  private var known: [Key: Value] = [:]
  private var provisional: [Key: (generation: Int, value: Value)] = [:]
  private var running: Set<Key> = []

  init(_ state: CutState) { self.state = state }

  /// How many answers are remembered.
  var count: Int { known.count }

  /// How many questions of this kind are being answered, one inside the other.
  var depth: Int { running.count }

  func answer(_ key: Key, whenCut: Value, _ find: () -> Value) -> Value {
    if let answer = known[key] { return answer }
    if let answer = provisional[key], answer.generation == state.generation { return answer.value }
    guard running.insert(key).inserted else {
      state.wasCut = true
      return whenCut
    }
    state.running += 1
    let answer = find()
    state.running -= 1
    running.remove(key)
    if state.running == 0 || !state.wasCut {
      known[key] = answer
    } else {
      provisional[key] = (state.generation, answer)
    }
    if state.running == 0 {
      state.wasCut = false
      state.generation += 1
    }
    return answer
  }
}
