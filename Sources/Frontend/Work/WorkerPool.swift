package import ProgramModel
internal import Subprocess
internal import SystemKit
package import SystemPackage

/// Parses units in worker processes, several at once.
///
/// A worker lives for many units. One that crashes, hangs or asks for too much memory costs the
/// unit it was at: the unit is tried once more alone in a worker of its own, then recorded with
/// its reason.
package struct WorkerPool: Sendable {
  /// How the program starts itself as a worker.
  package var program: FilePath
  package var settings: ParseSettings
  package var jobs: Int
  /// Seconds that one unit may take.
  package var timeLimit: Double
  /// Whether the workers' standard error is the program's own.
  package var showsErrors = false

  package init(program: FilePath, settings: ParseSettings, jobs: Int, timeLimit: Double) {
    self.program = program
    self.settings = settings
    self.jobs = jobs
    self.timeLimit = timeLimit
  }

  /// What became of a unit.
  package typealias Outcome = Result<UnitModel, UnitFailure>

  /// What a run gave: an outcome for each unit in the order of the units, and what parsed them.
  package struct Run: Sendable {
    package var outcomes: [Outcome]
    /// libclang's own version line.
    package var clang: String
  }

  /// Parses the units that `plan` gives along with whatever else it finds out.
  ///
  /// The first worker is started before `plan` is asked: loading libclang takes about as long as
  /// finding the units. `progress` is called on an arbitrary task after each unit, with the number
  /// done and the unit's path.
  package func run<Plan>(
    plan: () async throws -> (Plan, [UnitRequest]),
    progress: @escaping @Sendable (Int, Int, String) -> Void = { _, _, _ in }
  ) async throws -> (Plan, Run) {
    let queue = WorkQueue()
    // Tasks of their own, not of a group: once the last answer is there nobody waits until the
    // workers, which have much memory to give back, are gone.
    @Sendable func begin() async {
      await queue.begin()
      Task {
        await serve(queue, progress)
        await queue.end()
      }
    }
    await begin()
    let found: (Plan, [UnitRequest])
    do {
      found = try await plan()
    } catch {
      await queue.supply([])
      throw error
    }
    await queue.supply(found.1)
    for _ in 1..<max(1, min(jobs, found.1.count)) { await begin() }
    await queue.settle()
    // Alone: what failed beside others for want of memory or time may pass.
    for index in await queue.interrupted {
      await queue.retry(index)
      await serve(queue, progress)
    }
    guard let clang = await queue.clang else {
      throw UnitFailure(await queue.complaint ?? "The worker process could not be started.")
    }
    return (found.0, Run(outcomes: await queue.outcomes, clang: clang))
  }

  /// Runs workers one after the other until there is no more work.
  private func serve(
    _ queue: WorkQueue, _ progress: @escaping @Sendable (Int, Int, String) -> Void
  ) async {
    while await serveOnce(queue, progress) {}
  }

  /// Runs one worker until it ends or there is no more work. Returns whether another one should
  /// take over.
  private func serveOnce(
    _ queue: WorkQueue, _ progress: @escaping @Sendable (Int, Int, String) -> Void
  ) async -> Bool {
    let timedOut = Flag()
    let position = Position()
    do {
      // What libclang prints when it dies says nothing to users; '--verbose' shows it.
      let errors: FileDescriptor =
        showsErrors ? .standardError : try .open(FilePath("/dev/null"), .writeOnly)
      defer { if !showsErrors { try? errors.close() } }
      let result = try await Subprocess.run(
        .path(program), arguments: ["worker"], input: .inputWriter, output: .sequence,
        error: .fileDescriptor(errors, closeAfterSpawningProcess: false)
      ) { execution -> Bool in
        let writer = execution.standardInputWriter
        var answers = execution.standardOutput.makeAsyncIterator()
        var buffer = FrameBuffer()
        func answer() async throws -> [UInt8]? {
          var frame = buffer.next()
          while frame == nil, let chunk = try await answers.next() {
            buffer.append(byteArray(chunk.bytes))
            frame = buffer.next()
          }
          return frame
        }
        _ = try await writer.write(Frame.encode(settings))
        guard let hello = try await answer(), await queue.greet(hello) else { return true }
        while let (index, unit) = await queue.next() {
          await position.set(index)
          _ = try await writer.write(Frame.encode(unit))
          let watch = Task {
            try await Task.sleep(for: .seconds(timeLimit))
            await timedOut.raise()
            try? execution.send(signal: .kill)
          }
          defer { watch.cancel() }
          guard let frame = try await answer() else { return false }
          watch.cancel()
          let (done, all) = await queue.finish(index, Self.outcome(frame))
          await position.set(nil)
          progress(done, all, unit.path)
        }
        try await writer.finish()
        return true
      }
      if result.closureResult { return false }
      let reason =
        await timedOut.isRaised
        ? "clang took longer than \(Int(timeLimit)) seconds" : Self.reason(result.terminationStatus)
      return await queue.interrupt(await position.index, reason)
    } catch {
      // The pipe breaks when a worker ends before it has read its unit.
      return await queue.interrupt(await position.index, "the worker process ended early")
    }
  }

  private static func reason(_ status: TerminationStatus) -> String {
    switch status {
    case .signaled(let signal):
      switch signal {
      case 11, 7: "clang crashed (its stack overflowed, or a defect of clang)"
      case 6: "clang gave up (out of memory, or a defect of clang)"
      case 9: "the worker was killed"
      default: "clang crashed (signal \(signal))"
      }
    case .exited(let code): "the worker ended early with code \(code)"
    }
  }

  private static func outcome(_ frame: [UInt8]) -> Outcome {
    guard let kind = frame.first else {
      return .failure(UnitFailure("the worker's answer is empty"))
    }
    let rest = Array(frame.dropFirst())
    guard kind == Worker.hasModel else {
      return .failure(UnitFailure(String(decoding: rest, as: UTF8.self)))
    }
    var reader = BinaryReader(rest)
    do throws(BinaryCodingError) {
      return .success(try UnitModel(from: &reader))
    } catch {
      return .failure(UnitFailure(error.description))
    }
  }
}

/// Hands out units and gathers what became of them.
private actor WorkQueue {
  private var units: [UnitRequest]?
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var nextIndex = 0
  private var retried: Int?
  private var results: [WorkerPool.Outcome?] = []
  private var reasons: [Int: String] = [:]
  /// libclang's version, when a worker has loaded it.
  private(set) var clang: String?
  /// Why a worker could not begin.
  private(set) var complaint: String?
  private var servers = 0
  private var settling: CheckedContinuation<Void, Never>?

  func begin() { servers += 1 }

  func end() {
    servers -= 1
    settleIfDone()
  }

  /// Waits until a worker is ready and every unit has its outcome, or no worker is left.
  func settle() async {
    if isSettled { return }
    await withCheckedContinuation { settling = $0 }
  }

  private var isSettled: Bool {
    servers == 0 || (clang != nil && units != nil && results.allSatisfy { $0 != nil })
  }

  private func settleIfDone() {
    guard isSettled, let continuation = settling else { return }
    settling = nil
    continuation.resume()
  }

  /// Says which units there are; workers that wait for one go on.
  func supply(_ units: [UnitRequest]) {
    self.units = units
    results = Array(repeating: nil, count: units.count)
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  /// Hands out one unit again, to a worker that is served alone.
  func retry(_ index: Int) {
    retried = index
    nextIndex = units?.count ?? 0
  }

  /// The next unit; nil when there are no more. Waits until it is known which there are.
  func next() async -> (Int, UnitRequest)? {
    if units == nil { await withCheckedContinuation { waiting.append($0) } }
    guard let units else { return nil }
    if let index = retried {
      retried = nil
      return (index, units[index])
    }
    guard nextIndex < units.count else { return nil }
    defer { nextIndex += 1 }
    return (nextIndex, units[nextIndex])
  }

  /// Takes a worker's first answer; false when it cannot work.
  func greet(_ frame: [UInt8]) -> Bool {
    let text = String(decoding: frame.dropFirst(), as: UTF8.self)
    guard frame.first == Worker.isReady else {
      complaint = text
      return false
    }
    clang = text
    settleIfDone()
    return true
  }

  /// Records an outcome; returns how many units are done, of how many.
  func finish(_ index: Int, _ outcome: WorkerPool.Outcome) -> (Int, Int) {
    results[index] = outcome
    reasons[index] = nil
    settleIfDone()
    return (results.count { $0 != nil }, results.count)
  }

  /// Records that a worker ended at a unit, nil: before it had one. Returns whether another worker
  /// should go on.
  func interrupt(_ index: Int?, _ reason: String) -> Bool {
    guard let index else {
      complaint = complaint ?? reason
      return false
    }
    reasons[index] = reason
    return nextIndex < (units?.count ?? 0)
  }

  var interrupted: [Int] { reasons.keys.sorted() }

  var outcomes: [WorkerPool.Outcome] {
    results.indices.map { index in
      results[index]
        ?? .failure(UnitFailure(reasons[index] ?? complaint ?? "the worker process ended early"))
    }
  }
}

/// The unit that a worker is at.
private actor Position {
  private(set) var index: Int?
  func set(_ index: Int?) { self.index = index }
}

/// A flag that one task raises and another reads.
private actor Flag {
  private(set) var isRaised = false
  func raise() { isRaised = true }
}
