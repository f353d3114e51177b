/// Remembers the answers to questions that can lead back to themselves.
///
/// A question that comes up while it is being answered is cut off with a given answer. What was
/// found with such a cut is right for the question asked first, but may lack something for those
/// on the way; they are remembered only until the first one is answered.
final class CutMemo<Key: Hashable, Value> {
  private var known: [Key: Value] = [:]
  private var provisional: [Key: Value] = [:]
  private var running: Set<Key> = []
  private var wasCut = false

  /// How many questions are being answered, one inside the other.
  var depth: Int { running.count }

  /// Notes that an answer was given up for another reason: what depends on it is not remembered.
  func noteCut() { wasCut = true }

  func answer(_ key: Key, whenCut: Value, _ find: () -> Value) -> Value {
    if let answer = known[key] ?? provisional[key] { return answer }
    guard running.insert(key).inserted else {
      wasCut = true
      return whenCut
    }
    let answer = find()
    running.remove(key)
    if running.isEmpty {
      known[key] = answer
      provisional.removeAll()
      wasCut = false
    } else if wasCut {
      provisional[key] = answer
    } else {
      known[key] = answer
    }
    return answer
  }
}
