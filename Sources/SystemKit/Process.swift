// On Linux the thread attributes' type belongs to the first C module that mentions it.
internal import CLibarchive

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Whether the descriptor is a terminal.
package func isTerminal(_ descriptor: Int32) -> Bool {
  isatty(descriptor) == 1
}

/// The width in columns of the terminal behind the descriptor; `nil` when it has none.
package func terminalWidth(_ descriptor: Int32) -> Int? {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return Int(size.ws_col)
}

/// What one process may use. `nil` leaves a limit as it is.
package struct ResourceLimits: Sendable {
  /// Bytes of address space; an allocation beyond it fails.
  package var addressSpace: Int?
  /// Seconds of processor time, after which the system ends the process (SIGXCPU).
  package var processorSeconds: Int?

  package init(addressSpace: Int? = nil, processorSeconds: Int? = nil) {
    self.addressSpace = addressSpace
    self.processorSeconds = processorSeconds
  }

  /// Applies the limits to this process, for good, and forbids core files. Returns `false` when
  /// the system refused one of them.
  package func apply() -> Bool {
    #if canImport(Glibc)
      let (core, space, processor) = (
        Int32(RLIMIT_CORE.rawValue), Int32(RLIMIT_AS.rawValue), Int32(RLIMIT_CPU.rawValue)
      )
    #else
      let (core, space, processor) = (RLIMIT_CORE, RLIMIT_AS, RLIMIT_CPU)
    #endif
    var isApplied = true
    func set(_ resource: Int32, _ value: Int) {
      var limit = rlimit()
      guard getrlimit(resource, &limit) == 0 else {
        isApplied = false
        return
      }
      // Never above the hard limit: only the super-user may raise it.
      limit.rlim_cur = min(rlim_t(max(0, value)), limit.rlim_max)
      if setrlimit(resource, &limit) != 0 { isApplied = false }
    }
    set(core, 0)
    if let addressSpace { set(space, addressSpace) }
    if let processorSeconds { set(processor, processorSeconds) }
    return isApplied
  }
}

/// Carries a closure to another thread and its result back.
private final class Job {
  let body: () -> Void
  init(_ body: @escaping () -> Void) { self.body = body }
}

/// Runs `body` on a thread of its own with a stack of `bytes` and waits for its result: parsing
/// deeply nested code needs more than a thread usually has. Runs it here, on the stack there is,
/// when no such thread can be made.
package func withStack<Result>(bytes: Int, _ body: () -> Result) -> Result {
  var result: Result?
  withoutActuallyEscaping(body) { body in
    let job = Job { result = body() }
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, bytes) == 0 else { return }
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    // The thread borrows the job: it is joined before the job's last use below.
    let pointer = Unmanaged.passUnretained(job).toOpaque()
    let status = pthread_create(&thread, &attributes, runJob, pointer)
    guard status == 0 else { return }
    #if canImport(Glibc)
      pthread_join(thread, nil)
    #else
      if let thread { pthread_join(thread, nil) }
    #endif
    withExtendedLifetime(job) {}
  }
  return result ?? body()
}

#if canImport(Glibc)
  private func runJob(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pointer else { return nil }
    Unmanaged<Job>.fromOpaque(pointer).takeUnretainedValue().body()
    return nil
  }
#else
  private func runJob(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Job>.fromOpaque(pointer).takeUnretainedValue().body()
    return nil
  }
#endif

/// This process's number.
package func processIdentifier() -> Int32 { getpid() }

/// Ends this process without running the exit functions of its libraries.
package func exitAtOnce(_ code: Int32) -> Never { _exit(code) }
