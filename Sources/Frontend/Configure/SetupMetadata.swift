/// What `setup.py` and `pyproject.toml` say about how the sources are compiled.
struct SetupMetadata {
  var includeFolders: [String] = []
  var claimedSources: Set<String> = []
  var warnings: [String] = []
  func flags(for path: String) -> UnitFlags { UnitFlags() }
  static func read(_ tree: SourceTree) -> SetupMetadata { SetupMetadata() }
}
