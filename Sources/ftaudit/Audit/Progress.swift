import Reporters
import SystemKit
import SystemPackage

/// The line on a terminal that says how far the audit is; silent elsewhere.
struct Progress: Sendable {
  private let isShown: Bool
  private let width: Int

  init(isShown: Bool) {
    self.isShown = isShown && isTerminal(2)
    width = max(20, terminalWidth(2) ?? 80)
  }

  func show(_ done: Int, of all: Int, _ path: String) {
    show("\(done) of \(all) files  \(path)")
  }

  /// Shows what is being done, in a few words.
  func show(_ text: String) {
    guard isShown else { return }
    write("\r\u{1B}[K" + String(escapedForTerminal(text).prefix(width - 1)))
  }

  func clear() {
    guard isShown else { return }
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    _ = writeAll(.standardError, Array(text.utf8))
  }
}
