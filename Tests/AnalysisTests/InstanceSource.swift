import ProgramModel
import SourceModels
import Testing

@testable import Analysis

/// What the analysis of instances says of a module with one type, `Obj`.
struct InstanceSource {
  let analyses: Analyses

  /// `before` stands before `Obj`, whose fields are `members`; `functions` behind it. `methods`
  /// are the bodies of `PyObject *name(Obj *self, PyObject *a)`, that Python can call; `slots` and
  /// `tail` are entries of the type's slots and what stands behind the tables.
  init(
    members: String, _ methods: KeyValuePairs<String, String> = [:], before: String = "",
    functions: String = "", slots: String = "", tail: String = "", isCxx: Bool = false
  ) throws {
    var bodies = ""
    var table = ""
    for (name, body) in methods {
      bodies += "static PyObject *\(name)(Obj *self, PyObject *a) { \(body) Py_RETURN_NONE; }\n"
      table += "{\"\(name)\", (PyCFunction)\(name), METH_O}, "
    }
    let text = """
      #include <Python.h>
      #include <stdlib.h>
      #include <string.h>
      \(before)
      typedef struct { PyObject_HEAD \(members) } Obj;
      \(functions)
      \(bodies)
      static PyMethodDef methods[] = { \(table){0} };
      static PyType_Slot slots[] = { {Py_tp_methods, (void *)methods}, \(slots) {0} };
      PyType_Spec spec = { "m.Obj", sizeof(Obj), 0, Py_TPFLAGS_DEFAULT, slots };
      \(tail)
      """
    analyses = analyse(
      Linker.link(units: try SourceModels.units([(isCxx ? "unit.cpp" : "unit.c", text)])))
  }

  private func name(_ function: FunctionID) -> String { analyses.package[function].name }

  private func name(_ field: InstanceFieldID) -> String { analyses.instances[field].name }

  /// `n`, `table.used`, `table[]`, `table.slots[]`, `table*`: a field with the part of it.
  private func subject(_ access: InstanceAccess) -> String {
    let part =
      switch access.part {
      case .value: ""
      case .member(_, let name): ".\(name)"
      case .elements(member: ""): "[]"
      case .elements(let member): ".\(member)[]"
      case .all: "*"
      }
    return name(access.field) + part
  }

  private func text(_ lock: RelativeLock) -> String {
    let place =
      switch lock.place {
      case .object(let steps): (["self"] + steps).joined(separator: " ")
      case .owner(let steps): "owner by " + steps.joined(separator: " ")
      case .beside(let up, let down):
        "beside " + up.joined(separator: " ") + " at " + down.joined(separator: " ")
      case .some: "some"
      case .global(let key):
        if case .variable(let id) = key.base { analyses.package[id].name } else { "global" }
      }
    return lock.mode == .exclusive ? place : "\(place) \(lock.mode)"
  }

  private func text(_ access: InstanceAccess) -> String {
    var text = "\(access.use) \(subject(access)) in \(name(access.site.function))"
    if let callee = access.callee { text += " by \(name(callee))" }
    if access.isAtomic { text += ", atomic" }
    if access.isUncertain { text += ", uncertain" }
    if !access.isCertain { text += ", perhaps" }
    if access.isReinitialisation { text += ", again" }
    let locks = access.locks.map { self.text($0) }.sorted()
    return text + (locks.isEmpty ? "" : " under " + locks.joined(separator: ", "))
  }

  /// `write n in set under self, lock`, all fields that are written, in their order.
  var accesses: [String] {
    analyses.instances.fields.indices.flatMap { index in
      analyses.instances.accesses(to: InstanceFieldID(index)).map { text($0) }
    }
  }

  /// `resizableBuffer data, size: release data* in grow by free, read data[] in get`.
  var hazards: [String] {
    analyses.instances.hazards.map { hazard in
      var text = "\(hazard.pattern) " + hazard.fields.map { name($0) }.joined(separator: ", ")
      if hazard.isSplit { text += " split" }
      if hazard.isStatistic { text += " statistic" }
      if hazard.isIdempotent { text += " idempotent" }
      return "\(text): \(name(hazard.write.site.function)), \(name(hazard.other.site.function))"
    }
  }

  /// `n in merge`, of the second objects.
  var secondObjects: [String] {
    analyses.instances.secondObjects.map {
      "\(subject($0.access)) in \(name($0.access.site.function))"
    }
  }

  /// `object name read-only: write in rename`.
  var exposedMembers: [String] {
    analyses.instances.exposedMembers.map {
      "\($0.kind) \(name($0.field))" + ($0.isReadOnly ? " read-only" : "")
        + ": \($0.access.use) in \(name($0.access.site.function))"
    }
  }

  /// `node.refs: drop, keep`.
  var referenceCounts: [String] {
    analyses.instances.referenceCounts.map {
      "\($0.record).\($0.field): \(name($0.decrement.function)), \(name($0.increment.function))"
    }
  }

  /// `PyDict_Contains, PyDict_SetItem in intern`.
  var containerChecks: [String] {
    analyses.containerChecks.map { "\($0.testName), \($0.storeName) in \(name($0.function))" }
  }
}

/// A failure shows both sides, which `#expect` does not where an expression has a `try`.
func expectEqual(
  _ found: [String], _ wanted: [String], _ note: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found == wanted, "\(note)", sourceLocation: sourceLocation)
}
