internal import ClangKit
internal import ProgramModel
internal import SystemKit
internal import SystemPackage

/// The worker's side: reads settings, then units, from standard input and answers each with the
/// unit's encoded model or the reason why there is none.
///
/// libclang ends the process on some sources, so units are never parsed in the program that the
/// user started.
package enum Worker {
  /// The first byte of an answer.
  static let hasModel: UInt8 = 0
  static let hasReason: UInt8 = 1
  /// The first answer of all, with libclang's version, when the worker can begin.
  static let isReady: UInt8 = 2

  /// Generated code nests deep; clang's own threads have 8 MiB.
  private static let stackSize = 512 << 20

  /// Serves until standard input ends. Returns false when the settings cannot be used.
  package static func run() -> Bool {
    guard let output = takeStandardOutput() else { return false }
    return withStack(bytes: stackSize) { serve(output) }
  }

  private static func serve(_ output: FileDescriptor) -> Bool {
    guard let first = frame(),
      let settings: ParseSettings = Frame.decode(first)
    else { return false }
    _ = ResourceLimits(addressSpace: settings.memoryLimit).apply()
    let parser: UnitParser
    do throws(ClangLocator.Missing) {
      parser = try UnitParser(settings)
    } catch {
      _ = answer(hasReason, Array(error.description.utf8), output)
      return false
    }
    guard answer(isReady, Array(parser.version.utf8), output) else { return false }
    while let bytes = frame() {
      guard let request: UnitRequest = Frame.decode(bytes) else { return false }
      let isDelivered: Bool
      do throws(UnitFailure) {
        let unit = try parser.parse(request)
        var writer = BinaryWriter(capacity: 1 << 16)
        writer.write(parser.lower(unit, request))
        isDelivered = answer(hasModel, writer.bytes, output)
        // The program goes on with the model while the unit is being freed.
        withExtendedLifetime(unit) {}
      } catch {
        isDelivered = answer(hasReason, Array(error.reason.utf8), output)
      }
      guard isDelivered else { return false }
    }
    return true
  }

  private static func frame() -> [UInt8]? {
    guard let header = readExactly(.standardInput, 4) else { return nil }
    return readExactly(.standardInput, Frame.length(header[...]))
  }

  private static func answer(_ kind: UInt8, _ bytes: [UInt8], _ output: FileDescriptor) -> Bool {
    writeAll(output, Frame.header(bytes.count + 1) + [kind]) && writeAll(output, bytes)
  }
}
