import Analysis
import Findings
import ProgramModel

/// Finds fields that a member descriptor reads or writes while C code changes them.
struct ExposedMemberField: Rule {
  static let metadata = RuleMetadata(
    id: "exposed-member",
    category: .objectState,
    severity: .high,
    summary: "field that a member descriptor reaches is changed by C code without its lock",
    why:
      "CPython reads and writes a member under the critical section of the object, or atomically. "
      + "Code that changes the field without that section, also under a mutex of its own, is not "
      + "excluded: the descriptor can take a reference to an object that is being freed.",
    remedy:
      "Change the field under 'Py_BEGIN_CRITICAL_SECTION' on the object, or replace the member "
      + "by a getter ('PyGetSetDef') that takes the lock which the other methods take.",
    limits: "Does not see that an object is never shared between threads.")

  private struct Group: Hashable {
    var record: String
    var severity: Severity
    var writes: Bool
  }

  /// Less where a number is exposed, where C code only reads what Python code may never write, and
  /// where such objects are bound to one thread.
  private func severity(_ member: ExposedMember, _ facts: Analyses) -> Severity {
    let access = member.access
    let isBound = facts.threadBound.registrar(of: facts.instances[member.field].record) != nil
    return member.kind == .scalar || !access.isCertain || !access.use.writes || isBound
      ? .medium : .high
  }

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    // One for all fields of a type that are as bad for the same reason.
    var first: [Group: Int] = [:]
    var groups: [[ExposedMember]] = []
    for member in facts.instances.exposedMembers {
      let group = Group(
        record: facts.instances[member.field].record, severity: severity(member, facts),
        writes: member.access.use.writes)
      if let known = first[group] {
        groups[known].append(member)
      } else {
        first[group] = groups.count
        groups.append([member])
      }
    }
    return groups.compactMap { members in
      guard let member = members.first else { return nil }
      let others = members.dropFirst().map { facts.instances[$0.field].name }
      let more = others.isEmpty ? "" : " So it is with " + NameList.text(others) + "."
      let field = facts.instances[member.field]
      let access = member.access
      guard let position = field.position, field.generator == nil else { return nil }
      let name = package[access.site.function].name
      let severity = severity(member, facts)
      let held = access.held.filter(\.isTelling).map {
        facts.locks.text($0.key, in: access.site.function)
      }.min()
      let under =
        held.map { "under '\($0)', which CPython does not take" } ?? "without a lock"
      var related: [RelatedPlace] = []
      if let place = package.position(of: access.site.range, in: access.site.unit) {
        related.append(
          RelatedPlace(
            position: place, function: name, symbol: field.name,
            role: access.use.writes ? .write : .read,
            message: "\(access.use.writes ? "written" : "read") here \(under)"))
      }
      for member in members {
        guard let place = member.position else { continue }
        related.append(
          RelatedPlace(
            position: place, function: nil, symbol: facts.instances[member.field].name,
            role: .read, message: "the entry of the table of members"))
      }
      return Finding(
        rule: Self.metadata, severity: severity, confidence: access.isCertain ? .high : .medium,
        message:
          "'\(field.name)' (\(field.type), field of '\(field.record)') is a member that Python "
          + "code \(member.isReadOnly ? "reads" : "reads and writes") by itself, while '\(name)' "
          + "\(access.use.writes ? "changes" : "reads") it \(under).\(more)",
        position: position, symbol: field.name,
        module: facts.ownership.module(of: access.site.function), related: related)
    }
  }
}
