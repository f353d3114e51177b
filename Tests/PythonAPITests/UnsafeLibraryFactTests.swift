import Testing

@testable import PythonAPI

@Suite struct UnsafeLibraryFactTests {
  private func library(_ name: String) throws -> UnsafeLibrary {
    try #require(PythonFacts.shared.libraries.first { $0.name == name })
  }

  @Test func variantsWithAContextAreSafe() throws {
    let library = try library("GEOS")
    #expect(library.unit == .process)
    #expect(library.isUnsafe("GEOSIntersection"))
    #expect(!library.isUnsafe("GEOSIntersection_r"))
    #expect(library.has("GEOSIntersection_r"))
    #expect(!library.has("geos"))
  }

  @Test func aBuildAndAQuestionMakeALibrarySafe() throws {
    let library = try library("cfitsio")
    #expect(library.query == "fits_is_reentrant")
    #expect(library.buildWords.contains("--enable-reentrant"))
    #expect(!library.isUnsafe("fits_is_reentrant"))
  }

  @Test func handlesAreRecords() throws {
    let library = try library("zlib")
    #expect(library.unit == .handle)
    #expect(library.handles == ["z_stream_s"])
    #expect(library.isUnsafe("inflate"))
    #expect(!library.isUnsafe("inflateInit_"))
  }

  @Test(arguments: [
    ("a", "a", true), ("a", "ab", false), ("a*", "ab", true), ("*_r", "x_r", true),
    ("*_r", "_", false), ("a*b", "ab", true), ("a*b", "a", false), ("aba*aba", "aba", false),
    ("a*c*b", "axcxb", true), ("a*c*b", "axb", false),
  ])
  func patterns(pattern: String, name: String, fits: Bool) {
    #expect(NamePattern(pattern).matches(name) == fits)
  }

  @Test func groupsShareWhatIsUnsafe() {
    let libc = PythonFacts.shared.libcFunctions
    #expect(libc["setutent"]?.group == libc["getutent"]?.group)
    #expect(libc["getpwnam"]?.group == libc["getpwuid"]?.group)
    #expect(libc["strtok"]?.group == "strtok")
    #expect(libc["exit"] == nil)
  }

  @Test func partsOfObjects() throws {
    let count = try #require(ObjectInternals.fact(ofField: "ob_refcnt", record: "_object"))
    #expect(ObjectInternals.header(count) == .count)
    let items = try #require(ObjectInternals.fact(ofField: "ob_item", record: "PyListObject"))
    #expect(ObjectInternals.isContent(items))
    let tuple = try #require(ObjectInternals.fact(ofField: "ob_item", record: "PyTupleObject"))
    #expect(!ObjectInternals.isContent(tuple))
    #expect(ObjectInternals.fact(ofField: "ob_item", record: "Thing") == nil)
    // What the prelude makes a call has its own argument's text in it only.
    #expect(!ObjectInternals.isPublicMacro("Py_TYPE"))
    #expect(!ObjectInternals.isPublicMacro("MY_TYPE"))
  }
}
