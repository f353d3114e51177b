import ArgumentParser
import Frontend
import SystemKit
import SystemPackage

/// What all commands say of inputs that they cannot work with.
enum InputErrors {
  /// Says on standard error why an input cannot be audited.
  ///
  /// - Returns: the exit code: 3 for a folder with nothing in it, 2 for all else.
  static func tell(_ error: any Error, of input: String) -> Int32 {
    complain("\(error)")
    guard case AcquireError.empty = error else { return 2 }
    return fileStatus(FilePath(input))?.kind == .directory ? 3 : 2
  }

  /// The work's result; errors are told and end the command with their exit code.
  static func reported<Value>(
    _ input: String, _ work: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await work()
    } catch {
      throw ExitCode(tell(error, of: input))
    }
  }
}
