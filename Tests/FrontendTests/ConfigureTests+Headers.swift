import Testing

@testable import Frontend

// Packages that are headers alone.
extension ConfigureTests {
  @Test func headersAloneAreUnits() throws {
    let files = [
      "include/all.h": "#include \"part.h\"\n", "include/part.h": "int part(void);\n",
      "include/other.h": "int other(void);\n", "tests/check.h": "int check(void);\n",
    ]
    let (_, c) = try package(files)
    #expect(
      c.units.map { "\($0.path) \($0.language)" } == ["include/all.h c", "include/other.h c"])
    #expect(c.skipped.map(\.reason.text) == ["it is included by 'include/all.h'"])
    #expect(!c.isEmpty)
  }

  /// One word of C++ in any of them makes all of them C++, also in one that is included.
  @Test(arguments: ["namespace part {}\n", "template <class T> T part();\n"])
  func headersAloneAreCxx(_ text: String) throws {
    let files = ["all.h": "#include \"part.h\"\n", "part.h": text, "other.h": "int other(void);\n"]
    let (_, cxx) = try package(files)
    #expect(cxx.units.map { "\($0.path) \($0.language)" } == ["all.h cxx", "other.h cxx"])
    let (_, named) = try package(["a.h": "int a(void);\n", "b.hpp": "int b();\n"])
    #expect(named.units.map(\.language) == [.cxx, .cxx])
  }

  @Test(arguments: ["m.c", "tests/m.c", "m_windows.c", "m.pyx"])
  func headersBesideASourceAreNone(_ source: String) throws {
    let (_, found) = try package(["all.h": "int all(void);\n", source: "int m;\n"])
    #expect(!found.units.contains { $0.path == "all.h" })
    #expect(found.skipped.isEmpty)
  }
}
