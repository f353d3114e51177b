/// The header that is read before every unit, see `Prelude/README.md`.
package enum Prelude {
  /// The text of the header for a target. It includes `<Python.h>`, so the Python include folder
  /// must be searched; it suits C and C++, the limited API, and headers from 3.11 on.
  package static func header(target: TargetVersion) -> String {
    "#define FTAUDIT_TARGET_HEX 0x0" + String(target.hex, radix: 16, uppercase: true) + "\n" + text
  }

  /// Functions that the prelude declares to return a pointer to the item, so that the macro of
  /// the same name, `(*F(…))`, can be assigned to: `*F(…)` stands for the value of `F(…)`, and
  /// `F(…)` without the dereference for the item's address.
  package static let lvalueFunctions = Set(lvalueNames)
}
