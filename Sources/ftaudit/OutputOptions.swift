import ArgumentParser
import FoundationEssentials
import Reporters
import SystemKit
import SystemPackage

/// Where a report goes, and in which form.
struct OutputOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("text or json.", valueName: "format"))
  var format: String = "text"

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the report to a file instead of standard output.", valueName: "file"))
  var output: String?

  /// Throws where the format is none of these.
  func check(_ formats: [String]) throws {
    guard formats.contains(format) else {
      throw ValidationError(
        "There is no format '\(escapedForTerminal(format))'; the formats are \(formats.joined(separator: ", "))."
      )
    }
  }

  /// The layout for where the report goes: a terminal or anything else.
  func style(verbose: Bool) -> TextStyle {
    let environment = ProcessInfo.processInfo.environment
    let isToTerminal = output == nil && isTerminal(1)
    let isColoured =
      isToTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    let width = isToTerminal ? terminalWidth(1) ?? 100 : 100
    return TextStyle(colour: isColoured, width: width, verbose: verbose)
  }

  /// Writes the whole text; says why and throws exit code 2 where it cannot.
  func write(_ text: String) throws {
    guard let output else {
      _ = writeAll(.standardOutput, Array(text.utf8))
      return
    }
    try Self.write(Array(text.utf8), to: output, what: "report")
  }

  /// Writes a file; says why and throws exit code 2 where it cannot.
  static func write(_ bytes: [UInt8], to path: String, what: String) throws {
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      defer { try? file.close() }
      guard writeAll(file, bytes) else { throw Errno.ioError }
    } catch {
      complain("The \(what) cannot be written to '\(path)': \(error).")
      throw ExitCode(2)
    }
  }
}
