/// A function, macro, type or specifier that locks, attaches, or keeps state per thread.
package struct LockFact: Sendable, Hashable {
  /// The name, in C++ qualified: "std::lock_guard".
  package let name: String
  /// The library or mechanism it belongs to.
  package let family: Family
  /// What it does.
  package let role: Role
  /// The arguments, from 0, that say which lock: objects for critical sections, else the
  /// lock itself. Empty where no argument does, and for acquisitions of all that are given.
  package let keyArguments: [Int]
  /// Whether the lock is let go when the thread blocks, as critical sections are.
  package let isSuspendable: Bool
  /// What result says that the lock is held; `nil` where it always is after the call.
  package let success: Success?
  /// The argument whose value says that the call waits, so that it succeeds whatever its result;
  /// `nil` where there is none.
  package let wait: Wait?
  /// What is special about it; `nil` where nothing is.
  package let mode: Mode?

  /// Whether others can hold the lock in the same way at the same time.
  package var isShared: Bool { mode == .shared }

  /// Special ways to lock or to attach.
  package enum Mode: String, Sendable, CaseIterable {
    /// A lock for readers.
    case shared
    /// Attaches until a call with the role `restore` undoes it.
    case paired
    /// Attaches the thread state given, or detaches where that is NULL.
    case swap
  }

  /// Whether the call only tries, so that its result says whether the lock is held.
  package var tries: Bool { success != nil && wait == nil }

  /// The results of an attempt that took the lock.
  package enum Success: String, Sendable, CaseIterable {
    case zero, nonzero, one
  }

  /// When an attempt waits until it succeeds.
  package struct Wait: Sendable, Hashable {
    /// The argument, from 0.
    package let argument: Int
    /// Which values of it mean waiting without end.
    package let value: Value

    /// Values of an argument. `negative` counts a 32-bit number with all bits set.
    package enum Value: String, Sendable, CaseIterable {
      case nonzero, negative
    }

    /// Whether a value of the argument means waiting without end.
    package func isMet(by number: Int64) -> Bool {
      switch value {
      case .nonzero: number != 0
      case .negative: number < 0 || number == 0xFFFF_FFFF
      }
    }
  }

  /// Libraries and mechanisms.
  package enum Family: String, Sendable, CaseIterable {
    case criticalSection = "critical_section"
    case privateCriticalSection = "critical_section_private"
    case criticalSectionWrapper = "critical_section_wrappers"
    case pyMutex = "PyMutex"
    case privateRecursiveLock = "PyRLock_private"
    case pyThreadLock = "PyThread_type_lock"
    case stopTheWorld = "stop_the_world_private"
    case threadState = "thread_state"
    case pthread
    case c11Threads = "c11_threads"
    case standardCxx = "cxx_std"
    case otherCxx = "absl_folly_qt_boost"
    case windows, apple, openmp
    case bindingOnce = "binding_once"
    case privateOnce = "once_private"
    case c11Atomics = "c11_atomics"
    case cxxAtomics = "cxx_atomics"
    case cpythonAtomics = "cpython_atomics"
    case windowsAtomics = "windows_atomics"
    case threadLocal = "tls"
  }

  /// What a name does.
  package enum Role: String, Sendable, CaseIterable {
    /// Takes, lets go or makes a lock, or asks whether it is held.
    case acquire, release, allocate, query
    /// A C++ type whose objects hold a lock for their lifetime.
    case `guard`
    /// The type of a further argument of a guard's constructor: the lock is only tried, is taken
    /// later, is held already.
    case tryTag, deferTag, adoptTag
    /// The type of a lock, or of what threads wait on together with one.
    case lockType
    /// Runs something once, or is the type that keeps whether it ran.
    case once, onceType
    /// Opens a part that runs once where the result is not zero, and closes it.
    case onceBegin, onceEnd
    /// Attaches or detaches the thread state, or goes back to what it was. No lock.
    case attach, detach, restore
    /// Runs a function argument in a thread of its own.
    case threadStart
    /// Reads or writes a value of the thread, or marks a variable as one.
    case threadLocal, threadLocalSpecifier
    /// A type of atomic values, or how the names of atomic operations begin.
    case atomicType, atomicPrefix
    /// An OpenMP directive.
    case pragma
  }
}

extension LockFact {
  /// Reads a row of the table 'locks'; `nil` where family or role is not of the closed set.
  init?(_ row: FactTables.Row) {
    var row = row
    name = row.text()
    guard let family = row.word(Family.self), let role = row.word(Role.self) else { return nil }
    self.family = family
    self.role = role
    keyArguments = row.numbers()
    isSuspendable = row.flag()
    success = row.word(Success.self)
    wait = row.optionalText().flatMap(Wait.init)
    mode = row.word(Mode.self)
  }
}

extension LockFact.Wait {
  /// Reads a text such as "1:nonzero"; `nil` where it is not of that form.
  init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let argument = Int(parts[0]),
      let value = Value(rawValue: String(parts[1]))
    else { return nil }
    self.init(argument: argument, value: value)
  }
}
