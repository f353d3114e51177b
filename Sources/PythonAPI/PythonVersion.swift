/// A release line of CPython, such as 3.13.
package struct PythonVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The major version, 3 in every header that can be read.
  package let major: Int
  /// The minor version, such as 13.
  package let minor: Int

  /// Makes a version of its two numbers.
  package init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads a text such as "3.13"; `nil` where it is not two numbers with a full stop between.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]),
      major >= 0, minor >= 0
    else { return nil }
    self.init(major, minor)
  }

  /// The version as people write it: "3.13".
  package var description: String { "\(major).\(minor)" }

  /// The value of `PY_VERSION_HEX` of the line's first final release: 0x030D00F0 for 3.13.
  package var hex: UInt32 {
    UInt32(truncatingIfNeeded: major) << 24 | UInt32(truncatingIfNeeded: minor) << 16 | 0xF0
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

/// A free-threaded CPython that sources can be audited for.
package enum TargetVersion: String, Sendable, CaseIterable, Codable {
  case v3_13 = "3.13"
  case v3_14 = "3.14"
  case v3_15 = "3.15"

  /// The target where none is asked for.
  package static let standard = TargetVersion.v3_14

  /// The release line.
  package var version: PythonVersion {
    switch self {
    case .v3_13: PythonVersion(3, 13)
    case .v3_14: PythonVersion(3, 14)
    case .v3_15: PythonVersion(3, 15)
    }
  }

  /// The value that `PY_VERSION_HEX` has in the sources.
  package var hex: UInt32 { version.hex }
}
