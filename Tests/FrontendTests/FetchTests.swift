import Testing

@testable import Frontend

/// Versions, requirements and the choice among files, without any index.
struct FetchTests {
  @Test func versionsInTheirOrder() throws {
    let order = [
      "0.9", "1.0.dev1", "1.0a1", "1.0a2", "1.0b1", "1.0rc1", "1.0", "1.0.post1", "1.0.1", "1.2",
      "1.10", "2024.1", "1!0.1",
    ]
    let versions = try order.map { try #require(PackageVersion($0)) }
    for (left, right) in zip(versions, versions.dropFirst()) {
      #expect(left < right, "\(left) \(right)")
      #expect(!(right < left), "\(left) \(right)")
    }
    for (left, right) in [
      ("1.0", "1"), ("v1.0", "1.0.0"), ("1.0-1", "1.0.post1"), ("1.0C1", "1rc1"),
    ] {
      #expect(PackageVersion(left) == PackageVersion(right), "\(left) \(right)")
    }
    #expect(["1.0", "1.0.post1"].allSatisfy { PackageVersion($0)?.isFinal == true })
    #expect(["1.0rc1", "1.0.dev1"].allSatisfy { PackageVersion($0)?.isFinal == false })
    #expect(["", "x", "1.0-x", "a1"].allSatisfy { PackageVersion($0) == nil })
  }

  @Test(arguments: [
    ("", "1.0", true), (">=2.12", "2.13", true), (">=2.12", "2.9", false),
    (">=2.12,<3", "3.0", false), ("~=2.2", "2.9", true), ("~=2.2", "3.0", false),
    ("~=2.2.1", "2.3", false), ("==2.*", "2.7.1", true), ("==2.*", "3", false),
    ("!=2.1.*", "2.1.4", false), ("!=2.1", "2.2", true), ("==1.0", "1.0.0", true),
    ("==1.0", "1.0+local", true), (">1.0", "1.0.post1", false), ("===1.0", "1.0", true),
    (" >= 1 , < 2 ", "1.5", true),
  ])
  func specifiers(_ text: String, _ version: String, _ isAllowed: Bool) throws {
    let specifier = try #require(VersionSpecifier(text))
    #expect(specifier.allows(try #require(PackageVersion(version))) == isAllowed)
  }

  @Test func specifiersAreRead() {
    #expect(VersionSpecifier("<3, >=2.12")?.description == "<3,>=2.12")
    #expect(VersionSpecifier("2.0") == nil)
    #expect(VersionSpecifier(">=x") == nil)
    #expect(VersionSpecifier(">=2.*") == nil)
  }

  @Test func buildRequirements() {
    let toml = """
      [project]
      requires = ["never"]
      [build-system]
      # A comment, with "quotes".
      requires = [
        "NumPy>=2.0; python_version >= '3.9'",
        "numpy<1.25; python_version < '3.9'",  # old
        "numpy!=2.1",
        'Py_Bind11[global] (>=2.12)',
        "x; sys_platform == 'win32' or os_name == 'nt'",
        "y; (sys_platform == 'linux' and implementation_name == 'cpython') or unknown == '1'",
        "z @ https://host.invalid/z.zip",
        "m; platform_machine == 'arm64'",
      ]
      build-backend = "setuptools.build_meta"
      [tool.x]
      requires = ["neither"]
      """
    let found = BuildRequirements.read(toml, version: "3.14")
    #expect(
      found.mapValues(\.description) == [
        "numpy": "!=2.1,>=2.0", "py-bind11": ">=2.12", "y": "", "z": "", "m": "",
      ])
  }

  private func file(_ name: String, yanked: Bool = false) -> DistributionFile {
    DistributionFile(filename: name, url: name, sha256: nil, yanked: yanked)
  }

  @Test func chosenFiles() throws {
    let files = [
      "a_b-1.0-py3-none-any.whl", "a_b-1.1-cp314-cp314-win_amd64.whl",
      "a_b-1.1-cp313-cp313-manylinux_2_28_x86_64.whl",
      "a_b-1.1-cp314-cp314-musllinux_1_2_x86_64.whl",
      "a_b-1.1-cp314-cp314-manylinux_2_28_aarch64.whl",
      "a_b-1.1-cp314-cp314-manylinux_2_28_x86_64.whl", "a_b-1.1.tar.gz", "a-b-1.2.zip",
      "a_b-2.0rc1-py3-none-any.whl", "other-9-py3-none-any.whl", "a_b-1.1.exe", "x.whl",
    ].map { file($0) }
    func choose(
      _ kind: DistributionFile.Kind, _ specifier: String, _ files: [DistributionFile]
    ) throws(FetchError) -> String {
      try DistributionFile.choose(
        files, kind, of: "a-b", VersionSpecifier(specifier) ?? .any, python: "314"
      ).file.filename
    }
    #if arch(arm64)
      let machine = "aarch64"
    #else
      let machine = "x86_64"
    #endif
    for order in [files, files.reversed()] {
      #expect(
        try choose(.wheel, "", order) == "a_b-1.1-cp314-cp314-manylinux_2_28_\(machine).whl")
      #expect(try choose(.wheel, "<1.1", order) == "a_b-1.0-py3-none-any.whl")
      #expect(try choose(.wheel, "==2.0rc1", order) == "a_b-2.0rc1-py3-none-any.whl")
      #expect(try choose(.sdist, "", order) == "a-b-1.2.zip")
      #expect(try choose(.sdist, "==1.1", order) == "a_b-1.1.tar.gz")
    }
    #expect(throws: FetchError.noFile(project: "a-b", specifier: ">=3", wanted: "wheel")) {
      try choose(.wheel, ">=3", files)
    }
    let withdrawn = [file("a_b-1.0-py3-none-any.whl", yanked: true)]
    #expect(throws: FetchError.yanked(project: "a-b", specifier: "")) {
      try choose(.wheel, "", withdrawn)
    }
    #expect(try choose(.wheel, "==1.0", withdrawn) == "a_b-1.0-py3-none-any.whl")
  }

  @Test func namesOfPackages() {
    for text in ["a", "Some.Package", "a==1.0", "a==1.0.post1"] {
      #expect(SdistStore.Name(text) != nil, "\(text)")
    }
    for text in ["", "a/b", "./a", "a>=1", "a==", "a==x", "a==1,<2", "-a", "a b", "a==1.*x"] {
      #expect(SdistStore.Name(text) == nil, "\(text)")
    }
  }

  @Test func includeFolders() {
    let files = [
      "numpy/_core/include/numpy/arrayobject.h", "numpy/_core/include/numpy/x/numpy/arrayobject.h",
      "notnumpy/arrayobject.h", "top.h",
    ]
    func folder(_ spelling: String) -> String? {
      HeaderStore.Headers.includeFolder(of: spelling, in: files)
    }
    #expect(folder("numpy/arrayobject.h") == "numpy/_core/include/")
    #expect(folder("top.h") == "")
    #expect(folder("rrayobject.h") == nil)
  }

  @Test func projectsOfHeaders() {
    func project(_ spelling: String) -> String? {
      HeaderProjects.project(of: spelling, required: ["some-thing": .any])?.name
    }
    #expect(project("numpy/arrayobject.h") == "numpy")
    #expect(project("Some_Thing/x.h") == "some-thing")
    #expect(project("sys/types.h") == nil)
    #expect(project("Python.h") == nil)
    #expect(project("/numpy/x.h") == nil)
    #expect(project("../x.h") == nil)
  }
}
