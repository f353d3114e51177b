import Frontend
import SystemKit
import SystemPackage
import Testing

/// Headers from the package index, which is one of the test's own on the loopback address.
struct FetchTests {
  private static let header = """
    #include <Python.h>
    namespace pybind11 { struct thing { int value; }; inline int twice(int x) { return 2 * x; } }
    """

  private static func wheel(
    _ version: String, project: String = "pybind11", entries: [String: String]? = nil
  ) -> LoopbackIndex.File {
    LoopbackIndex.File(
      project: project, filename: "\(project)-\(version)-py3-none-any.whl",
      entries: entries ?? [
        "\(project)/include/\(project)/\(project).h": header + "\n// \(version)\n",
        "\(project)/setup.py": "raise SystemExit('never run')",
        "\(project)-\(version).dist-info/METADATA": "Name: \(project)\n",
      ])
  }

  /// A package that needs a header of 'pybind11'; `requires` is a line of pyproject.toml.
  private static func package(_ scratch: Scratch, requires: String = "\"pybind11\"") {
    scratch.write(
      "package/module.cpp",
      """
      #include <pybind11/pybind11.h>
      int answer(pybind11::thing *thing) { return pybind11::twice(thing->value); }

      """)
    scratch.write(
      "package/pyproject.toml",
      """
      [build-system]
      requires = ["setuptools>=61", \(requires)]  # comment

      """)
  }

  private func audit(
    _ scratch: Scratch, _ index: LoopbackIndex, options: [String] = []
  ) async throws -> Outcome {
    var environment = index.environment
    environment["FTAUDIT_CACHE"] = scratch.path.appending("cache").string
    return try await ftaudit(
      ["audit", "package", "--format", "json", "--fail-on", "none"] + options, in: scratch.path,
      environment: environment)
  }

  @Test func headersAreFetchedOnceAndKept() async throws {
    let scratch = try Scratch()
    Self.package(scratch, requires: "'pybind11>=2.12,<3'")
    try await LoopbackIndex.with(
      ["2.11.0", "2.13.6", "2.14.0rc1", "3.0.0"].map { Self.wheel($0) }, in: scratch
    ) { index in
      let first = try await audit(scratch, index)
      let report = try ReportJSON(first.output)
      #expect(report.coverage.units.map(\.status) == ["analysed"], "\(first.output)")
      #expect(
        report.notes.contains {
          $0.hasPrefix("Headers of the wheel pybind11 2.13.6 (sha256 ")
            && $0.hasSuffix("…) are used for 1 file.")
        }, "\(report.notes)")
      #expect(
        index.requests == ["/simple/pybind11/", "/files/pybind11-2.13.6-py3-none-any.whl"])
      // Only headers are unpacked.
      let cache = scratch.path.appending("cache/fetched/headers")
      let unpacked = cache.appending(try #require(folderEntries(cache)?.first))
      #expect(folderEntries(unpacked.appending("pybind11")) == ["include"])
      #expect(folderEntries(unpacked) == ["pybind11"])
      // Again: from the cache, without the index, the same bytes; also where fetching is forbidden.
      try await index.stop()
      let second = try await audit(scratch, index)
      #expect(second.output == first.output)
      let third = try await audit(scratch, index, options: ["--no-fetch"])
      #expect(third.output == first.output)
    }
  }

  /// Another requirement with the same file asks for the list of files and no more.
  @Test func oneFileForTwoRequirements() async throws {
    let scratch = try Scratch()
    try await LoopbackIndex.with([Self.wheel("3.0.0")], in: scratch) { index in
      for (requires, count) in [("'pybind11'", 2), ("'pybind11>=2'", 3), ("'pybind11'", 3)] {
        removeTree(scratch.path.appending("package"))
        Self.package(scratch, requires: requires)
        let report = try ReportJSON(try await audit(scratch, index).output)
        #expect(report.coverage.units.map(\.status) == ["analysed"])
        #expect(index.requests.count == count, "\(index.requests)")
      }
    }
  }

  @Test func indexThatSpeaksHTML() async throws {
    let scratch = try Scratch()
    Self.package(scratch)
    var old = Self.wheel("3.1.0")
    old.isHTML = true
    var withdrawn = Self.wheel("3.2.0")
    withdrawn.yanked = true
    try await LoopbackIndex.with([old, withdrawn], in: scratch) { index in
      let report = try ReportJSON(try await audit(scratch, index).output)
      #expect(report.coverage.units.map(\.status) == ["analysed"])
      #expect(report.notes.contains { $0.contains("pybind11 3.1.0") }, "\(report.notes)")
    }
  }

  @Test func nothingIsAskedWithoutNeed() async throws {
    let scratch = try Scratch()
    scratch.write("package/module.c", "#include <Python.h>\n#include <sys/types.h>\nint x;\n")
    scratch.write("package/pyproject.toml", "[build-system]\nrequires = ['numpy', 'sys']\n")
    try await LoopbackIndex.with([Self.wheel("1.0")], in: scratch) { index in
      let report = try ReportJSON(try await audit(scratch, index).output)
      #expect(report.coverage.units.map(\.status) == ["analysed"])
      #expect(index.requests.isEmpty)
      #expect(fileStatus(scratch.path.appending("cache/fetched")) == nil)
    }
  }

  /// What each failure says in the notes; the audit always goes on.
  private func failure(
    _ files: [LoopbackIndex.File], requires: String = "'pybind11'", options: [String] = [],
    isStopped: Bool = false
  ) async throws -> String {
    let scratch = try Scratch()
    Self.package(scratch, requires: requires)
    return try await LoopbackIndex.with(files, in: scratch) { index in
      if isStopped { try await index.stop() }
      let outcome = try await audit(scratch, index, options: options)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let report = try ReportJSON(outcome.output)
      #expect(report.coverage.units.map(\.status) == ["partly-analysed"])
      if options.contains("--no-fetch") { #expect(index.requests.isEmpty) }
      // Nothing half done is left.
      let cache = scratch.path.appending("cache/fetched")
      #expect((folderEntries(cache.appending("headers")) ?? []).isEmpty)
      #expect((folderEntries(cache.appending("pins")) ?? []).isEmpty)
      #expect((folderEntries(cache) ?? []).allSatisfy { !$0.hasPrefix(".part-") })
      #expect(folderEntries(scratch.path)?.contains { $0.hasPrefix("escaped") } == false)
      return try #require(report.notes.first { $0.contains("pybind11/pybind11.h") })
    }
  }

  @Test func fetchingIsForbidden() async throws {
    let note = try await failure([Self.wheel("3.0.0")], options: ["--no-fetch"])
    #expect(
      note
        == "'pybind11/pybind11.h' is missing; it belongs to 'pybind11'. 'pybind11' is not in the "
        + "cache, and --no-fetch forbids fetching it.")
  }

  @Test func indexIsNotThere() async throws {
    #expect(
      try await failure([], isStopped: true).contains("The package index cannot be used ("))
  }

  @Test func projectIsUnknown() async throws {
    let note = try await failure([Self.wheel("1.0", project: "another")])
    #expect(note.contains("The package index has no project 'pybind11'"))
  }

  @Test func noVersionFits() async throws {
    let note = try await failure(
      [Self.wheel("2.0"), Self.wheel("4.0b1")], requires: "'pybind11>3'")
    #expect(note.contains("has no wheel of 'pybind11>3'"))
  }

  @Test func onlyWithdrawnVersionsFit() async throws {
    var file = Self.wheel("3.0.0")
    file.yanked = true
    #expect(try await failure([file]).contains("was withdrawn"))
  }

  @Test func hashDiffers() async throws {
    var file = Self.wheel("3.0.0")
    file.sha256 = String(repeating: "0", count: 64)
    #expect(try await failure([file]).contains("differs from the sha256"))
  }

  @Test func headerIsNotInTheWheel() async throws {
    let scratch = try Scratch()
    Self.package(scratch)
    try await LoopbackIndex.with(
      [Self.wheel("3.0.0", entries: ["pybind11/include/pybind11/other.h": ""])], in: scratch
    ) { index in
      let report = try ReportJSON(try await audit(scratch, index).output)
      #expect(
        report.notes.contains {
          $0.hasPrefix("'pybind11/pybind11.h' is not in the wheel pybind11 3.0.0")
        })
    }
  }

  @Test func wheelThatReachesOut() async throws {
    for name in ["../escaped.h", "../../../../escaped.h", "/tmp/ftaudit-escaped.h"] {
      let note = try await failure([
        Self.wheel(
          "3.0.0",
          entries: [name: "int x;", "pybind11/include/pybind11/pybind11.h": Self.header])
      ])
      #expect(note.contains("would leave its folder"), "\(note)")
      #expect(fileStatus("/tmp/ftaudit-escaped.h") == nil)
    }
  }

  @Test func fileThatIsTooLarge() async throws {
    let scratch = try Scratch()
    var file = Self.wheel("3.0.0")
    file.padding = 100_000
    try await LoopbackIndex.with([file], in: scratch) { index in
      let client = PackageIndex(
        environment: Surroundings.environment.merging(index.environment) { $1 },
        limits: PackageIndex.Limits(fileBytes: 1000))
      let files = try await client.files(of: "Pybind11")
      #expect(files.map(\.filename) == ["pybind11-3.0.0-py3-none-any.whl"])
      await #expect(
        throws: FetchError.tooLarge(file: "pybind11-3.0.0-py3-none-any.whl", limit: 1000)
      ) {
        try await client.download(files[0], to: scratch.path.appending("wheel"))
      }
    }
  }

  /// An sdist, which as a zip is made as a wheel is.
  private static func sdist(_ version: String) -> LoopbackIndex.File {
    let top = "some_package-\(version)"
    return LoopbackIndex.File(
      project: "some-package", filename: "\(top).zip",
      entries: [
        "\(top)/PKG-INFO": "Metadata-Version: 2.1\nName: some-package\nVersion: \(version)\n",
        "\(top)/module.c": "#include <Python.h>\nint x;\n",
        "\(top)/setup.py": "raise SystemExit('never run')\n",
      ])
  }

  @Test func packagesByName() async throws {
    let scratch = try Scratch()
    try await LoopbackIndex.with(["1.0", "1.2", "2.0a1"].map(Self.sdist), in: scratch) { index in
      func audit(_ input: String, _ options: [String] = []) async throws -> Outcome {
        var environment = index.environment
        environment["FTAUDIT_CACHE"] = scratch.path.appending("cache").string
        return try await ftaudit(
          ["audit", input, "--format", "json"] + options, in: scratch.path,
          environment: environment)
      }
      let newest = try await audit("Some.Package")
      #expect(newest.code == 0, "\(newest.errors)")
      #expect(newest.output.contains("\"version\": \"1.2\""))
      #expect(newest.output.contains("\"root\": \"Some.Package\""))
      let first = try await audit("some_package==1.0")
      #expect(first.output.contains("\"version\": \"1.0\""))
      let count = index.requests.count
      #expect(count == 4)
      let again = try await audit("some_package==1.0", ["--no-fetch"])
      #expect(again.output == first.output)
      #expect(index.requests.count == count)
      for (input, sentence) in [
        ("some_package==3", "has no sdist of 'some-package==3'"),
        ("another_package", "has no project 'another-package'"),
      ] {
        let outcome = try await audit(input)
        #expect(outcome.code == 2)
        #expect(
          outcome.errors.contains("There is no '\(input)'; ")
            && outcome.errors.contains(sentence), "\(outcome.errors)")
      }
      let forbidden = try await audit("some_package", ["--no-fetch"])
      #expect(forbidden.code == 2)
      #expect(forbidden.errors.contains("--no-fetch forbids"))
      // A folder of that name goes first.
      scratch.write("some_package/module.c", "#include <Python.h>\nint x;\n")
      #expect(try await audit("some_package").output.contains("\"version\": null"))
    }
  }

  @Test func doctorTellsTheIndex() async throws {
    let scratch = try Scratch()
    try await LoopbackIndex.with([], in: scratch) { index in
      let found = try await ftaudit(["doctor"], environment: index.environment)
      #expect(found.output.contains("package index    http://127.0.0.1:"))
      var secret = index.environment
      secret["PIP_INDEX_URL"] = "https://someone:secret@index.invalid/simple"
      let hidden = try await ftaudit(["doctor"], environment: secret)
      #expect(hidden.output.contains("package index    found"))
      #expect(!hidden.output.contains("index.invalid") && !hidden.output.contains("secret"))
      let forbidden = try await ftaudit(["doctor", "--no-fetch"], environment: index.environment)
      #expect(forbidden.output.contains("package index    not used"))
      #expect(index.requests.isEmpty)
    }
  }
}
