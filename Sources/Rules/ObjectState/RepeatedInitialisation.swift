import Analysis
import Findings
import ProgramModel

/// Finds fields of objects of which fields are written by `__init__`, which can run again.
struct RepeatedInitialisation: InstanceRule {
  static let metadata = RuleMetadata(
    id: "repeated-initialisation",
    category: .objectState,
    severity: .medium,
    summary: "fields are written by '__init__', which can run again",
    why: "Python code can call '__init__' on an object that is in use. Then its fields "
      + "change under methods that run on other threads.",
    remedy: "Set the fields in 'tp_new', refuse a second '__init__', or hold a critical section "
      + "on the object in '__init__' and in the methods.",
    limits: "A program that calls '__init__' again on a shared object is rare.")

  static let pattern = InstancePattern.reinitialisation

  private struct Group: Hashable {
    var record: String
    var writer: FunctionID
  }

  func message(_ text: InstanceText) -> String {
    return
      "\(text.subject) is written by \(text.writer)\(text.underLocks(text.hazard.write)), which '__init__' runs, and it can be "
      + "called again while \(text.other) \(text.verb(text.hazard.other))."
  }

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    // One for all fields that the same function replaces.
    var first: [Group: Int] = [:]
    var groups: [[FieldHazard]] = []
    for hazard in facts.objectStates.hazards
    where hazard.isReinitialisation && !hazard.other.isReinitialisation {
      let group = Group(
        record: facts.objectStates[hazard.field].record, writer: hazard.write.site.function)
      if let known = first[group] {
        groups[known].append(hazard)
      } else {
        first[group] = groups.count
        groups.append([hazard])
      }
    }
    let references = groups.compactMap { hazards -> Finding? in
      guard let hazard = hazards.first else { return nil }
      let text = FieldText(package: package, facts: facts, hazard: hazard)
      let others = hazards.dropFirst().map { facts.objectStates[$0.field].name }
      let more = others.isEmpty ? "" : " So are " + NameList.text(others) + "."
      return text.finding(
        Self.metadata,
        message:
          "\(text.subject) is replaced by \(text.writer)\(text.underLocks(hazard.write)), which "
          + "'__init__' runs, and it can be called again while \(text.other) uses the object.\(more)"
      )
    }
    return fields(package, facts) + references
  }
}
