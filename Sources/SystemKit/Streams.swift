package import SystemPackage

/// The bytes of a span as an array.
package func byteArray(_ span: RawSpan) -> [UInt8] {
  span.withUnsafeBytes { Array($0) }
}

/// Reads exactly `count` bytes; nil when the stream ends or fails before.
package func readExactly(_ descriptor: FileDescriptor, _ count: Int) -> [UInt8]? {
  var filled = 0
  var failed = false
  let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
    while filled < count {
      let rest = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
      guard let read = try? descriptor.read(into: rest), read > 0 else {
        failed = true
        break
      }
      filled += read
    }
    initialized = filled
  }
  return failed ? nil : bytes
}

/// Writes all bytes; false when the stream cannot take them.
package func writeAll(_ descriptor: FileDescriptor, _ bytes: [UInt8]) -> Bool {
  (try? descriptor.writeAll(bytes)) == bytes.count
}

/// A private copy of standard output, which itself is pointed at standard error: whatever a
/// library prints cannot mix with what is written to the copy.
package func takeStandardOutput() -> FileDescriptor? {
  guard let copy = try? FileDescriptor.standardOutput.duplicate() else { return nil }
  _ = try? FileDescriptor.standardError.duplicate(as: .standardOutput)
  return copy
}
