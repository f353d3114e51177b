/// A function that can wait for as long as something outside the thread takes.
package struct BlockingFact: Sendable, Hashable {
  /// The function, with its namespaces.
  package let name: String
  /// What it waits for.
  package let kind: Kind
  /// The call does not wait where this argument has this value; `nil` where it always may.
  package let exception: Exception?

  /// What is waited for.
  package enum Kind: String, Sendable, CaseIterable {
    /// Time.
    case sleep
    /// The other side of a socket, or a name server.
    case network
    /// Any of several descriptors.
    case events
    /// Another thread's signal.
    case condition
    /// The end of a thread.
    case thread
    /// The end of a process.
    case process
    /// Nothing: other threads may run meanwhile.
    case yield
    /// A message, a signal, a lock of a file.
    case message, signal, file
  }

  /// An argument by which a call says that it does not wait.
  package struct Exception: Sendable, Hashable {
    /// The argument, from 0.
    package let argument: Int
    /// The value, or the bits that must be set.
    package let value: Int64
    /// `value` is a set of bits.
    package let isMask: Bool
  }

  init?(_ row: FactTables.Row) {
    var row = row
    name = row.text()
    guard let kind = row.word(Kind.self) else { return nil }
    self.kind = kind
    exception = row.optionalText().flatMap(Exception.init)
  }
}

extension BlockingFact.Exception {
  /// Reads a text such as "2:0" or, for bits, "2|64"; `nil` where it is not of that form.
  init?(_ text: String) {
    let isMask = text.contains("|")
    let parts = text.split(separator: isMask ? "|" : ":")
    guard parts.count == 2, let argument = Int(parts[0]), let value = Int64(parts[1]) else {
      return nil
    }
    self.init(argument: argument, value: value, isMask: isMask)
  }

  /// Whether a value of the argument says that the call does not wait.
  package func holds(for value: Int64) -> Bool {
    isMask ? value & self.value != 0 : value == self.value
  }
}

/// A function or macro of the C API that needs no attached thread state.
package struct DetachedFact: Sendable, Hashable {
  /// The public name.
  package let name: String
  /// Why.
  package let why: Reason

  /// Why no thread state is needed.
  package enum Reason: String, Sendable, CaseIterable {
    /// Is about thread states itself.
    case thread
    /// Locks of their own.
    case lock
    /// Memory of the raw domain.
    case memory
    /// Works on what it is given: numbers, characters, declarations.
    case text
    /// About the process, or to start and end it.
    case process
    /// Only reads a part of an object that stays as it is, which whoever has the object may.
    case header
  }

  init?(_ row: FactTables.Row) {
    var row = row
    name = row.text()
    guard let why = row.word(Reason.self) else { return nil }
    self.why = why
  }
}
