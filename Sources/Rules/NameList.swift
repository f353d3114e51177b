/// Names in a sentence.
enum NameList {
  /// `'f', 'g' and 'h'`, each once, at most three; "nobody" where there is none.
  static func text(_ names: [String]) -> String {
    var seen = Set<String>()
    let unique = names.filter { seen.insert($0).inserted }
    let shown = unique.prefix(3).map { "'\($0)'" }
    if unique.count > 3 { return shown.joined(separator: ", ") + " and \(unique.count - 3) more" }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "nobody" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }
}
