import Findings
import PythonAPI
import Rules
import SystemKit
import SystemPackage
import Testing

/// Findings and markers of every fixture match one to one.
struct FixtureTests {
  @Test(arguments: Fixture.all)
  func markers(_ fixture: Fixture) async throws {
    let report = try await FixtureAudits.report(of: fixture)
    let found = report.findings.map {
      FindingPlace(file: $0.file, line: $0.line, rule: $0.rule)
    }
    for sentence in Marker.disagreements(fixture.markers, found) {
      Issue.record("TestExtensions/\(fixture.name): \(sentence)")
    }
    for unit in report.coverage.units where unit.status == .unanalysed {
      Issue.record(
        "TestExtensions/\(fixture.name): \(unit.file) was not analysed: \(unit.reason ?? "")")
    }
    // Every fixture is a module, or else its silence would say nothing.
    let isLimit = fixture.markers.contains { $0.kind == .expectMissing }
    #expect(!report.modules.isEmpty || isLimit, "no module was found")
  }

  /// Old headers, raised by the prelude, and the newest ones tell the same. All fixtures of one
  /// target are one package here, which is faster.
  @Test(
    .enabled(if: HeaderSet.all.count > 1, "only one set of headers is here"),
    arguments: Set(Fixture.all.map(\.target)).sorted { $0.rawValue < $1.rawValue })
  func headerSets(_ target: TargetVersion) async throws {
    let scratch = try Scratch()
    for fixture in Fixture.all where fixture.target == target {
      try scratch.copy(fixture: fixture.name, as: fixture.name)
    }
    let new = try await FixtureAudits.audit(scratch.path, .newest, target)
    let old = try await FixtureAudits.audit(scratch.path, .oldest, target)
    #expect(!new.findings.isEmpty)
    Self.expectEqual(new.findings, old.findings)
    Self.expectEqual(new.modules, old.modules)
    // What it spells out is no constant with the header of free-threaded objects.
    let exempt = "hard-coded-object-layout/initialiser.c"
    Self.expectEqual(
      new.coverage.units.filter { $0.file != exempt },
      old.coverage.units.filter { $0.file != exempt })
  }

  private static func expectEqual<Part: Hashable>(_ new: [Part], _ old: [Part]) {
    if new == old { return }
    for part in Set(new).subtracting(old) { Issue.record("with the newest headers only: \(part)") }
    for part in Set(old).subtracting(new) { Issue.record("with old headers only: \(part)") }
    #expect(Set(new) != Set(old), "the order differs")
  }

  @Test func everyRuleHasFixtures() {
    let ids = Set(RuleCatalogue.all.map(\.id))
    #expect(Set(Fixture.folders).isSubset(of: ids), "a folder of no rule")
    for id in ids.sorted() {
      for name in ["bad.c", "good.c"] {
        #expect(
          fileStatus(Surroundings.extensions.appending("\(id)/\(name)"))?.kind == .regular,
          "\(id)/\(name)")
      }
      let own = Fixture.all.filter { $0.name.hasPrefix("\(id)/") }
      #expect(own.contains { $0.markers.contains { $0.place.rule == id } }, "\(id)")
    }
    for fixture in Fixture.all {
      for marker in fixture.markers {
        #expect(ids.contains(marker.place.rule), "\(fixture.name): \(marker.place)")
      }
    }
  }

  /// What the README says of names.
  @Test(arguments: Fixture.all)
  func names(_ fixture: Fixture) {
    let stem = fixture.path.stem ?? ""
    let isGood = stem == "good" || stem.hasSuffix("_good")
    #expect(isGood == !fixture.markers.contains { $0.kind != .expectWrong }, "\(fixture.name)")
  }
}

/// The harness itself: what it must notice.
struct MarkerTests {
  private func marker(_ kind: Marker.Kind, _ line: Int, reason: String = "why") -> Marker {
    Marker(kind: kind, place: place(line), reason: reason)
  }
  private func place(_ line: Int) -> FindingPlace {
    FindingPlace(file: "bad.c", line: line, rule: "gil-slot-missing")
  }

  @Test func reading() {
    let text = """
      int a;  // expect: gil-slot-missing
      // expect: gil-declared-used
      /* expect-wrong: gil-slot-missing  a limit */
      int b;
      int c;  // expect-missing: gil-slot-missing  not seen in macros
      """
    #expect(
      Marker.read(text, file: "bad.c") == [
        Marker(kind: .expect, place: place(1), reason: ""),
        Marker(
          kind: .expect, place: FindingPlace(file: "bad.c", line: 4, rule: "gil-declared-used"),
          reason: ""),
        Marker(kind: .expectWrong, place: place(4), reason: "a limit"),
        Marker(kind: .expectMissing, place: place(5), reason: "not seen in macros"),
      ])
    #expect(Marker.read("x = 1  # expect: gil-slot-missing", file: "setup.py").count == 1)
    #expect(Marker.read("#define A // expect: gil-slot-missing", file: "setup.py").isEmpty)
  }

  @Test func agreement() {
    #expect(Marker.disagreements([marker(.expect, 1)], [place(1)]) == [])
    #expect(Marker.disagreements([marker(.expectWrong, 1)], [place(1)]) == [])
    #expect(Marker.disagreements([marker(.expectMissing, 1)], []) == [])
  }

  @Test func disagreement() {
    #expect(Marker.disagreements([marker(.expect, 1)], []).count == 1)
    #expect(Marker.disagreements([], [place(1)]).count == 1)
    #expect(Marker.disagreements([marker(.expect, 1)], [place(2)]).count == 2)
    #expect(Marker.disagreements([marker(.expect, 1)], [place(1), place(1)]).count == 1)
    #expect(Marker.disagreements([marker(.expectMissing, 1)], [place(1)]).count == 1)
    #expect(Marker.disagreements([marker(.expectWrong, 1)], []).count == 1)
    #expect(Marker.disagreements([marker(.expectMissing, 1, reason: "")], []).count == 1)
  }
}
