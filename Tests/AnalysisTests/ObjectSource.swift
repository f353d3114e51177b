import ProgramModel
import SourceModels
import Testing

@testable import Analysis

/// The fields of objects of a module that a test gives the methods of.
struct ObjectSource {
  let analyses: Analyses

  /// `members` are fields of `Obj`; `functions` are put before the tables; `methods` names the
  /// functions that Python can call, `slots` are entries of the type's slots.
  init(
    members: String, _ functions: String, methods: [String], slots: String = "",
    isCxx: Bool = false
  ) throws {
    let table = methods.map { "{\"\($0)\", (PyCFunction)\($0), METH_O}, " }.joined()
    let text = """
      #include <Python.h>
      typedef struct { PyObject_HEAD \(members) } Obj;
      \(functions)
      static PyMethodDef methods[] = { \(table){0} };
      static PyType_Slot slots[] = { {Py_tp_methods, (void *)methods}, \(slots) {0} };
      PyType_Spec spec = { "m.Obj", sizeof(Obj), 0, Py_TPFLAGS_DEFAULT, slots };
      """
    analyses = analyse(
      Linker.link(units: try SourceModels.units([(isCxx ? "unit.cpp" : "unit.c", text)])))
  }

  /// `rawRead cb: replaced in set, read in call`, each field once.
  var hazards: [String] {
    analyses.objectStates.hazards.map { hazard in
      let field = analyses.objectStates[hazard.field].name
      let write = name(hazard.write)
      let other = name(hazard.other)
      let again = hazard.isReinitialisation ? " again" : ""
      return "\(hazard.pattern) \(field): \(write), \(other)\(again)"
    }
  }

  /// `read in get under self`, in the order of the code.
  func accesses(_ field: String) -> [String] {
    let states = analyses.objectStates
    guard let index = states.fields.firstIndex(where: { $0.name == field }) else { return [] }
    return states.accesses(to: ObjectFieldID(index)).map { access in
      let locks = access.locks.map { "\($0.place)" }.sorted().joined(separator: " ")
      return "\(access.kind) in \(name(access))" + (locks.isEmpty ? "" : " under \(locks)")
    }
  }

  private func name(_ access: FieldAccess) -> String {
    analyses.package[access.site.function].name
  }
}
