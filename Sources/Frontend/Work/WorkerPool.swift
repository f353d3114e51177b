internal import FoundationEssentials
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

  /// Parses all units; the outcomes have the order of the units. `progress` is called on an
  /// arbitrary task after each unit, with the number done and the unit's path.
  package func run(
    _ units: [UnitRequest], progress: @escaping @Sendable (Int, String) -> Void = { _, _ in }
  ) async -> [Outcome] {
    let queue = WorkQueue(count: units.count)
    await withTaskGroup { group in
      for _ in 0..<min(max(1, jobs), units.count) {
        group.addTask {
          while let first = await queue.next() {
            await serve(first, units, queue, progress)
          }
        }
      }
    }
    // Alone: what failed beside others for want of memory or time may pass.
    for index in await queue.interrupted {
      let retry = WorkQueue(count: 1, offset: index)
      if let first = await retry.next() { await serve(first, units, retry, progress) }
      if let outcome = await retry.outcome(index) {
        await queue.finish(index, outcome)
      } else {
        let reason = await retry.reason(index)
        await queue.finish(index, .failure(UnitFailure(reason)))
      }
    }
    return await queue.outcomes
  }

  /// Runs one worker until it ends or there is no more work, beginning with unit `first`.
  private func serve(
    _ first: Int, _ units: [UnitRequest], _ queue: WorkQueue,
    _ progress: @escaping @Sendable (Int, String) -> Void
  ) async {
    let timedOut = Flag()
    do {
      // What libclang prints when it dies says nothing to users; '--verbose' shows it.
      let errors: FileDescriptor =
        showsErrors ? .standardError : try .open(FilePath("/dev/null"), .writeOnly)
      defer { if !showsErrors { try? errors.close() } }
      let result = try await Subprocess.run(
        .path(program), arguments: ["worker"], input: .inputWriter, output: .sequence,
        error: .fileDescriptor(errors, closeAfterSpawningProcess: false)
      ) { execution -> Int? in
        let writer = execution.standardInputWriter
        var answers = execution.standardOutput.makeAsyncIterator()
        var buffer = FrameBuffer()
        _ = try await writer.write(Frame.encode(Array(JSONEncoder().encode(settings))))
        var current: Int? = first
        while let index = current {
          _ = try await writer.write(Frame.encode(Array(JSONEncoder().encode(units[index]))))
          let watch = Task {
            try await Task.sleep(for: .seconds(timeLimit))
            await timedOut.raise()
            try? execution.send(signal: .kill)
          }
          defer { watch.cancel() }
          var frame = buffer.next()
          while frame == nil, let chunk = try await answers.next() {
            buffer.append(byteArray(chunk.bytes))
            frame = buffer.next()
          }
          guard let frame else { return index }
          watch.cancel()
          await queue.finish(index, Self.outcome(frame))
          progress(await queue.finished, units[index].path)
          current = await queue.next()
        }
        try await writer.finish()
        return nil
      }
      if let index = result.closureResult {
        let reason =
          await timedOut.isRaised
          ? "clang took longer than \(Int(timeLimit)) seconds"
          : Self.reason(result.terminationStatus)
        await queue.interrupt(index, reason)
      }
    } catch {
      // The pipe breaks when a worker ends before it has read its unit.
      await queue.interruptUnfinished(first, "the worker could not be run: \(error)")
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
  private var nextIndex: Int
  private let end: Int
  private let offset: Int
  private var results: [WorkerPool.Outcome?]
  private var reasons: [Int: String] = [:]

  init(count: Int, offset: Int = 0) {
    nextIndex = offset
    end = offset + count
    self.offset = offset
    results = Array(repeating: nil, count: count)
  }

  func next() -> Int? {
    guard nextIndex < end else { return nil }
    defer { nextIndex += 1 }
    return nextIndex
  }

  func finish(_ index: Int, _ outcome: WorkerPool.Outcome) { results[index - offset] = outcome }
  func interrupt(_ index: Int, _ reason: String) { reasons[index] = reason }
  func interruptUnfinished(_ first: Int, _ reason: String) {
    for index in first..<nextIndex where results[index - offset] == nil && reasons[index] == nil {
      reasons[index] = reason
    }
  }

  var finished: Int { results.count { $0 != nil } }
  var interrupted: [Int] { reasons.keys.sorted() }
  func outcome(_ index: Int) -> WorkerPool.Outcome? { results[index - offset] }
  func reason(_ index: Int) -> String { reasons[index] ?? "the worker ended early" }

  var outcomes: [WorkerPool.Outcome] {
    results.map { $0 ?? .failure(UnitFailure("the worker ended early")) }
  }
}

/// A flag that one task raises and another reads.
private actor Flag {
  private(set) var isRaised = false
  func raise() { isRaised = true }
}
