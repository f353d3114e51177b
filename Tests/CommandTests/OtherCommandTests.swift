import Findings
import Rules
import SystemPackage
import Testing

/// `doctor`, `rules`, `explain`, `dump-ir`, `--version`.
struct OtherCommandTests {
  @Test func doctor() async throws {
    let found = try await ftaudit(["doctor"])
    #expect(found.code == 0, "\(found.output)")
    for word in [
      "libclang", "clang's headers", "Python headers", "cache", "package index", "target",
    ] {
      #expect(found.output.contains(word), "\(word)")
    }
    let missing = try await ftaudit(
      ["doctor", "--python", "/nonexistent", "--libclang", "/nonexistent/libclang.so"])
    #expect(missing.code == 2)
    #expect(missing.output.contains("libclang         missing"))
    #expect(missing.output.contains("install"))
    #expect(missing.output.contains("Python headers   missing"))
  }

  @Test func rules() async throws {
    let outcome = try await ftaudit(["rules"])
    #expect(outcome.code == 0)
    for rule in RuleCatalogue.all { #expect(outcome.output.contains(rule.id), "\(rule.id)") }
  }

  @Test func explain() async throws {
    for rule in RuleCatalogue.all {
      let outcome = try await ftaudit(["explain", rule.id])
      #expect(outcome.code == 0)
      #expect(outcome.output.contains(rule.id))
      #expect(!outcome.output.contains("\u{1B}"), "colour in a pipe")
    }
  }

  @Test func dumpIR() async throws {
    let file = Surroundings.extensions.appending("gil-slot-missing/bad.c").string
    let all = try await ftaudit(["dump-ir", file])
    #expect(all.code == 0, "\(all.errors)")
    #expect(all.output.contains("variable slots: PyModuleDef_Slot[2]"))
    let one = try await ftaudit(["dump-ir", file, "--function", "exec_module"])
    #expect(one.code == 0, "\(one.errors)")
    #expect(one.output.contains("call PyModule_AddIntConstant(module, \"version\", 1)"))
    #expect(!one.output.contains("variable slots"))
    let none = try await ftaudit(["dump-ir", file, "--function", "nowhere"])
    #expect(none.code == 2)
    #expect(none.errors.contains("defines no function 'nowhere'"))
    let missing = try await ftaudit(["dump-ir", "/nonexistent/a.c"])
    #expect(missing.code == 2)
    #expect(missing.errors.contains("There is no file '/nonexistent/a.c'"))
  }

  @Test func version() async throws {
    let outcome = try await ftaudit(["--version"])
    #expect(outcome.code == 0)
    #expect(outcome.output.trimmed.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
  }
}
