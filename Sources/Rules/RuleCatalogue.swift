package import Analysis
package import Findings
import ProgramModel

/// All rules.
package enum RuleCatalogue {
  /// Sorted by id.
  static let rules: [any Rule.Type] = [
    AllocatorDomain.self,
    ArrayOfObjects.self,
    BlockingWhileAttached.self,
    BorrowedAcrossYield.self,
    BorrowedFromSharedContainer.self,
    BorrowedMutableBuffer.self,
    BorrowedNamespaceLookup.self,
    BorrowedWeakrefTarget.self,
    BufferExportCounter.self,
    BusyFlag.self,
    CachedSizeLoop.self,
    CheckThenActOnField.self,
    CloseWhileUsed.self,
    CriticalSectionEscape.self,
    DoubleCheckedLocking.self,
    ExportAndInitDisagree.self,
    ExportSlotsWithoutGIL.self,
    ExposedMemberField.self,
    FrameworkOptInMissing.self,
    GILDeclarationIneffective.self,
    GILDeclaredUsed.self,
    GILSlotMissing.self,
    GILStateAsMutex.self,
    HardCodedObjectLayout.self,
    HelperReturnsBorrowed.self,
    HomeMadeLock.self,
    LazilyCachedField.self,
    LazilyCreatedLock.self,
    LazyInitialisedStatic.self,
    LibcNotThreadSafe.self,
    LibraryNotThreadSafe.self,
    LimitedAPIOnFreeThreaded.self,
    LockHeldAcrossPython.self,
    MagicStaticDeadlock.self,
    MixedAtomicAccess.self,
    MutableStaticObject.self,
    MutableStaticTable.self,
    NestedCriticalSections.self,
    ObjectHeaderAccess.self,
    OwnReferenceCountField.self,
    PrivateAPI.self,
    PythonAPIWhileDetached.self,
    RacyFieldReplacement.self,
    RawContainerAccess.self,
    RawOwnedFieldRead.self,
    RecursiveLock.self,
    RefcountIsOne.self,
    RepeatedInitialisation.self,
    ResizableBuffer.self,
    ReturnedStaticStorage.self,
    SharedIteratorState.self,
    SharedLibraryHandle.self,
    SharedStateWhileDetached.self,
    SinglePhaseWithoutGILDeclaration.self,
    SmuggledCallbackContext.self,
    StaleValueAfterSuspension.self,
    StaticContainer.self,
    StaticFreelist.self,
    StaticScratchBuffer.self,
    StaticThreadState.self,
    StaticTypeMutated.self,
    StoredBorrowedReference.self,
    TryIncrefByCount.self,
    TwoObjectsOneLock.self,
    TypeDictMutation.self,
    UnbalancedLock.self,
    UnlockedDictIteration.self,
    UnlockedFastSequence.self,
    UnsynchronisedField.self,
    UnsynchronisedStaticScalar.self,
    VolatileAsAtomic.self,
    WriteIntoPublishedContainer.self,
  ]

  /// Run after the others; sorted by id.
  static let aggregateRules: [any AggregateRule.Type] = [
    DeclaredSafeButHazardous.self
  ]

  /// What all rules are, sorted by id.
  package static let all: [RuleMetadata] =
    (rules.map { $0.metadata } + aggregateRules.map { $0.metadata }).sorted { $0.id < $1.id }

  /// The rule with an id; nil when there is none.
  package static func metadata(for id: String) -> RuleMetadata? { all.first { $0.id == id } }

  /// The findings of all rules, sorted by place and rule. `suppress` marks findings that do not
  /// count, before the rules that sum up look at them. With `sources`, comments beside findings
  /// that say that the code relies on the GIL are taken as evidence.
  package static func run(
    _ analyses: Analyses, sources: (any SourceProvider)? = nil,
    suppress: ([Finding]) -> [Finding] = { $0 }
  ) -> [Finding] {
    let single = rules.flatMap { $0.init().check(analyses.package, analyses) }
    let told = sources.map { GILComments(analyses, sources: $0).annotate(single) } ?? single
    let findings = suppress(sorted(told))
    let sums = aggregateRules.flatMap {
      $0.init().check(analyses.package, analyses, findings)
    }
    return sorted(findings + suppress(sorted(sums)))
  }

  private static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.sorted {
      ($0.position, $0.rule, $0.symbol ?? "", $0.message)
        < ($1.position, $1.rule, $1.symbol ?? "", $1.message)
    }
  }

  /// The modules as reports list them, without scores, with what of `findings` is in them.
  package static func modules(
    _ analyses: Analyses, _ findings: [Finding] = []
  ) -> [AuditReport.Module] {
    let evidence = ModuleEvidenceCount(analyses).count(findings)
    return zip(analyses.modules, evidence).map { module, evidence in
      AuditReport.Module(
        name: module.name, file: module.position.path, line: module.position.line,
        initialisation: module.initialisation.text, declaration: module.declaration.rawValue,
        why: module.why, evidence: evidence)
    }
  }
}
