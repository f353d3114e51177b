/// A function, macro, type or specifier that locks, attaches, or keeps state per thread.
package struct LockFact: Sendable, Hashable {
  /// The name, in C++ qualified: "std::lock_guard".
  package let name: String
  /// The library or mechanism it belongs to.
  package let family: Family
  /// What it does.
  package let role: Role
  /// The arguments, from 0, that say which lock: objects for critical sections, else the
  /// lock itself. Empty where no argument does.
  package let keyArguments: [Int]
  /// Whether the lock is let go when the thread blocks, as critical sections are.
  package let isSuspendable: Bool
  /// Whether the call only tries, so that its result says whether the lock is held.
  package let tries: Bool

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
    /// Runs something once, or is the type that keeps whether it ran.
    case once, onceType
    /// Attaches or detaches the thread state, or goes back to what it was. No lock.
    case attach, detach, restore
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
    tries = row.flag()
  }
}
