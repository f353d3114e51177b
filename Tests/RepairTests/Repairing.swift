import Analysis
import Findings
import Foundation
import ProgramModel
import Repair
import Rules
import SourceModels
import Testing

/// The files of a test's package.
struct TextSources: SourceProvider {
  var files: [String: [UInt8]]
  func bytes(of path: String) -> [UInt8]? { files[path] }
}

/// Audits a C source and repairs it.
struct Repaired {
  var findings: [Finding]
  var refusals: [RepairRefusal]
  /// The source with all fixes.
  var text: String

  /// - Parameter body: functions of a module whose methods take `PyObject *self, PyObject *arg`.
  init(
    _ body: String, methods: [String], files: [String: String] = [:]
  ) throws {
    let source = Self.module(body, methods)
    findings = try Self.audit(source, files)
    let fixes = findings.compactMap(\.fix)
    let composition = FixComposition(fixes) { $0 == "m.c" ? Array(source.utf8) : nil }
    let edited = composition.files.first?.edited ?? Array(source.utf8)
    text = String(decoding: edited, as: UTF8.self)
    refusals = try Self.refusals(source, files) + composition.refusals.values
  }

  private static func module(_ body: String, _ methods: [String]) -> String {
    let table = methods.map { "  {\"\($0)\", \($0), METH_O, NULL},\n" }.joined()
    return """
      #include <Python.h>
      \(body)
      static PyMethodDef methods[] = {
      \(table)  {NULL, NULL, 0, NULL}};
      static PyModuleDef_Slot slots[] = {{Py_mod_gil, Py_MOD_GIL_NOT_USED}, {0, NULL}};
      static struct PyModuleDef definition = {
        PyModuleDef_HEAD_INIT, "m", NULL, 0, methods, slots, NULL, NULL, NULL};
      PyMODINIT_FUNC PyInit_m(void) { return PyModuleDef_Init(&definition); }

      """
  }

  private static func plan(
    _ source: String, _ files: [String: String]
  ) throws -> (findings: [Finding], refusals: [RepairRefusal?]) {
    let units = try SourceModels.units([("m.c", source)])
    let analyses = analyse(
      Linker.link(
        units: units, files: [], buildFacts: [], target: InterpreterVersion(3, 14)))
    let sources = TextSources(
      files: files.mapValues { Array($0.utf8) }.merging(["m.c": Array(source.utf8)]) { $1 })
    let found = RuleCatalogue.run(analyses).filter { $0.category == .references }
    return RepairPlanner(analyses, sources: sources).repair(found.inReportOrder())
  }

  private static func audit(_ source: String, _ files: [String: String]) throws -> [Finding] {
    try plan(source, files).findings
  }

  private static func refusals(
    _ source: String, _ files: [String: String]
  ) throws -> [RepairRefusal] {
    try plan(source, files).refusals.compactMap(\.self)
  }

  /// What an audit of the repaired source finds; parses it, and throws where clang complains.
  func remaining() throws -> [Finding] { try Self.audit(text, [:]) }

  /// The repaired text of a function, from its name's line to the closing brace.
  func function(_ name: String) -> String {
    let lines = text.components(separatedBy: "\n")
    let start = lines.firstIndex { $0.contains(" \(name)(") || $0.hasPrefix("\(name)(") } ?? 0
    let end = lines[start...].firstIndex { $0 == "}" } ?? lines.count - 1
    return lines[start...end].joined(separator: "\n")
  }
}

/// Expects that a repair is offered, removes the findings and parses, and gives this text.
func expectRepair(
  _ body: String, methods: [String] = ["f"], gives function: String = "f", _ expected: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let repaired = try Repaired(body, methods: methods)
  #expect(!repaired.findings.isEmpty, "nothing was found", sourceLocation: sourceLocation)
  #expect(repaired.refusals.isEmpty, "\(repaired.refusals)", sourceLocation: sourceLocation)
  #expect(repaired.function(function) == expected, sourceLocation: sourceLocation)
  let left = try repaired.remaining().map { "\($0.rule) \($0.function ?? "")" }
  #expect(left.isEmpty, "\(repaired.text)", sourceLocation: sourceLocation)
}

/// Expects that nothing is offered, for this reason.
func expectRefusal(
  _ refusal: RepairRefusal, _ body: String, methods: [String] = ["f"],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let repaired = try Repaired(body, methods: methods)
  #expect(repaired.refusals == [refusal], "\(repaired.text)", sourceLocation: sourceLocation)
}

/// Tests of the body of a method `f(self, arg)` beside which another method changes the owners.
protocol MethodRepair {}

extension MethodRepair {
  func method(_ lines: String) -> String {
    """
    static PyObject *cache;
    static PyObject *
    change(PyObject *self, PyObject *arg)
    {
        if (PyDict_SetItem(cache, arg, arg) < 0)
            return NULL;
        if (PyList_Append(self, arg) < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    static PyObject *
    f(PyObject *self, PyObject *arg)
    {
    \(lines.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n"))
    }
    """
  }

  func repairs(
    _ lines: String, to expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = "f(PyObject *self, PyObject *arg)\n{\n"
    let body = expected.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
    try expectRepair(
      method(lines), methods: ["f", "change"], before + body + "\n}", sourceLocation: sourceLocation
    )
  }

  func refuses(
    _ lines: String, _ refusal: RepairRefusal,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expectRefusal(
      refusal, method(lines), methods: ["f", "change"], sourceLocation: sourceLocation)
  }
}
