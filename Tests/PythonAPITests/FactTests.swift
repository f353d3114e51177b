import Testing

@testable import PythonAPI

@Suite struct FunctionFactTests {
  let facts = PythonFacts.shared

  @Test func theWholeTableIsRead() {
    #expect(facts.functions.count > 1_500)
    #expect(facts.functions.values.allSatisfy { $0.name.contains("Py") })
  }

  @Test func aBorrowedReferenceNamesItsOwnerAndItsReplacement() throws {
    let fact = try #require(facts.function("PyDict_GetItem"))
    #expect(fact.returns == .borrowed)
    #expect(fact.borrowedFrom == .dictValue)
    #expect(fact.ownerArgument == 0)
    #expect(fact.borrowRisk == .dangerous)
    #expect(fact.strongReplacement == "PyDict_GetItemRef")
    #expect(fact.needsLock)
    #expect(fact.yield.runsPython)
    let replacement = try #require(facts.function("PyDict_GetItemRef"))
    #expect(replacement.since == PythonVersion(3, 13))
    #expect(replacement.returns == .value)
    #expect(replacement.newReferenceArguments == [2])
    #expect(replacement.isInCompatibilityHeader)
    #expect(replacement.threadSafety == .shared)
  }

  @Test func tupleItemsAreSafeWhileTheTupleLives() {
    #expect(facts.function("PyTuple_GET_ITEM")?.borrowRisk == .safeWhileOwnerAlive)
    #expect(facts.function("PySequence_Fast_GET_ITEM")?.borrowRisk == .dangerousIfList)
    #expect(facts.function("PyErr_Occurred")?.borrowRisk == .threadPrivate)
  }

  @Test(arguments: [
    ("PyList_SetItem", 2, APIFact.Steal.Condition.always),
    ("PyModule_AddObject", 2, .success),
    ("Py_DECREF", 0, .consume),
    ("PyUnicode_InternInPlace", 0, .replaces),
  ])
  func stealing(_ name: String, _ argument: Int, _ condition: APIFact.Steal.Condition) {
    #expect(
      facts.function(name)?.steals == [APIFact.Steal(argument: argument, condition: condition)])
  }

  @Test func argumentsThatReceiveReferences() {
    #expect(facts.function("PyDict_Next")?.borrowedReferenceArguments == [2, 3])
    #expect(facts.function("PyErr_Fetch")?.newReferenceArguments == [0, 1, 2])
    #expect(facts.function("PyWeakref_GetRef")?.newReferenceArguments == [1])
  }

  @Test func whatACallLetsRun() throws {
    let decref = try #require(facts.function("Py_DECREF"))
    #expect(decref.yield.runsPython)
    #expect(decref.yield.reason == "decref_finalizer")
    let lock = try #require(facts.function("PyMutex_Lock"))
    #expect(!lock.yield.runsPython)
    #expect(lock.yield.maySuspend)
    #expect(facts.function("PyTuple_GET_ITEM")?.yield.maySuspend == false)
    for fact in facts.functions.values where fact.yield.runsPython {
      #expect(fact.yield.maySuspend, "\(fact.name)")
    }
  }

  @Test func versions() throws {
    let removed = try #require(facts.function("PyWeakref_GET_OBJECT"))
    #expect(removed.lastHeader == PythonVersion(3, 14))
    #expect(removed.isDeprecated)
    #expect(facts.function("PyList_GetItem")?.lastHeader == nil)
    #expect(facts.function("PyList_GetItem")?.stableABI == PythonVersion(3, 2))
    #expect(facts.function("PyList_GET_ITEM")?.stableABI == nil)
  }

  @Test func replacementsAreThemselvesKnown() {
    for fact in facts.functions.values {
      if let name = fact.strongReplacement {
        #expect(facts.function(name) != nil, "\(fact.name) is said to be replaced by \(name)")
      }
    }
  }

  @Test func anUnknownNameHasNoFact() {
    #expect(facts.function("simple_name") == nil)
  }
}

@Suite struct LockFactTests {
  let facts = PythonFacts.shared

  @Test func everyRowIsUnderstood() {
    #expect(facts.locks.count == FactTables.rows(of: FactTables.locks, columns: 8).count)
    #expect(Set(facts.locks.map(\.family)) == Set(LockFact.Family.allCases))
  }

  @Test func criticalSectionsAreKeyedByObjectsAndSuspendable() throws {
    let one = try #require(facts.lockFunctions["PyCriticalSection_Begin"])
    #expect(one.role == .acquire && one.keyArguments == [1] && one.isSuspendable)
    let two = try #require(facts.lockFunctions["PyCriticalSection2_Begin"])
    #expect(two.keyArguments == [1, 2])
    #expect(facts.lockFunctions["Py_BEGIN_CRITICAL_SECTION2"]?.keyArguments == [0, 1])
  }

  @Test func mutexesAreNotSuspendable() throws {
    let mutex = try #require(facts.lockFunctions["PyMutex_Lock"])
    #expect(mutex.family == .pyMutex && mutex.keyArguments == [0] && !mutex.isSuspendable)
    #expect(facts.lockFunctions["pthread_mutex_trylock"]?.tries == true)
    #expect(facts.lockFunctions["std::lock_guard"]?.role == .guard)
    #expect(facts.lockFunctions["pthread_once"]?.role == .once)
  }

  @Test func attachingIsNotLocking() {
    #expect(facts.lockFunctions["PyEval_SaveThread"]?.role == .detach)
    #expect(facts.lockFunctions["PyGILState_Ensure"]?.role == .attach)
    #expect(facts.lockFunctions["PyGILState_Ensure"]?.family == .threadState)
  }

  @Test func atomicOperationsAreKnownByTheirBeginning() {
    #expect(facts.isAtomicOperation("__atomic_fetch_add"))
    #expect(facts.isAtomicOperation("_Py_atomic_load_int"))
    #expect(!facts.isAtomicOperation("Py_INCREF"))
  }
}

@Suite struct OtherFactTests {
  let facts = PythonFacts.shared

  @Test func moduleSlotsOfBothGenerations() {
    #expect(facts.moduleSlots[4] == .gil)
    #expect(facts.moduleSlots[87] == .gil)
    #expect(facts.moduleSlots[2] == .exec)
    #expect(facts.moduleSlots[85] == .exec)
    #expect(facts.moduleSlots[1] == .create)
    #expect(facts.moduleSlots[3] == .multipleInterpreters)
    #expect(facts.moduleSlots[109] == .abi)
    #expect(facts.moduleSlots[0] == .end)
    #expect(facts.moduleSlots[65] == nil)
    for slot in facts.slots where slot.kind == .module {
      #expect(facts.moduleSlots[slot.unifiedNumber] != nil, "\(slot.name) has no role")
    }
  }

  @Test func typeSlotsOfBothGenerations() {
    #expect(facts.typeSlots[65]?.member == "tp_new")
    #expect(facts.typeSlots[52]?.name == "Py_tp_dealloc")
    #expect(facts.typeSlots[4]?.member == "mp_length")
    #expect(facts.typeSlots[91]?.member == "mp_length")
    #expect(facts.typeSlots[83]?.since == PythonVersion(3, 14))
    #expect(facts.typeSlots[95]?.number == nil)
    #expect(facts.typeSlots[87] == nil)
  }

  @Test func structFields() throws {
    let items = try #require(facts.field("ob_item", of: "PyListObject"))
    #expect(items.hazard == "raw_container")
    #expect(facts.field("ob_item", of: "PyTupleObject")?.hazard == "raw_immutable")
    #expect(facts.field("ob_mutex", of: "PyObject")?.presentIn.contains("3.14t") == true)
    #expect(facts.field("own_field", of: "PyListObject") == nil)
  }

  @Test func allocations() {
    #expect(facts.allocations["PyMem_Malloc"]?.domain == .mem)
    #expect(facts.allocations["PyObject_Free"]?.role == .release)
    #expect(facts.allocations["PyMem_RawRealloc"]?.role == .resize)
    #expect(facts.allocations["PyObject_New"]?.domain == .object)
  }

  @Test func libraryFunctions() {
    #expect(facts.libcFunctions["strtok"]?.severity == .high)
    #expect(facts.libcFunctions["strtok"]?.replacement?.contains("strtok_r") == true)
    #expect(facts.libcFunctions["mktemp"] != nil)
    #expect(facts.libcFunctions["strlen"] == nil)
  }

  @Test func frameworks() throws {
    let names = ["boost_python", "cffi", "cython", "f2py", "mypyc", "nanobind", "pybind11", "swig"]
    #expect(Set(names).isSubset(of: facts.frameworks.map(\.name)))
    let cython = try #require(facts.frameworks.first { $0.name == "cython" })
    #expect(cython.markers.contains("__Pyx_FREETHREADING_COMPATIBLE"))
    #expect(cython.minimumVersion == "3.1")
  }
}

@Suite struct FactTableTests {
  @Test func cellsLeftOutAtTheEndAreEmpty() {
    let rows = FactTables.rows(of: "a\tb\nc", columns: 3)
    #expect(rows.count == 2)
    var row = rows[1]
    let cells = (row.text(), row.optionalText(), row.flag(), row.text())
    #expect(cells == ("c", nil, false, ""))
  }

  @Test func malformedTablesDoNotTrap() {
    #expect(FactTables.rows(of: "", columns: 2).isEmpty)
    #expect(FactTables.rows(of: "\n\n\t\n", columns: 2).isEmpty)
    var long = FactTables.rows(of: "a\tb\tc\td", columns: 2)[0]
    let texts = [long.text(), long.text(), long.text()]
    #expect(texts == ["a", "b", ""])
    var odd = FactTables.rows(of: "x:y\t3.\t1,z,2\tüñ", columns: 4)[0]
    let steal = APIFact.Steal(odd.text())
    let version = odd.version()
    let numbers = odd.numbers()
    let text = odd.text()
    #expect(steal == nil)
    #expect(version == nil)
    #expect(numbers == [1, 2])
    #expect(text == "üñ")
  }

  @Test func wordsOutsideTheSetAreLeftOut() {
    var row = FactTables.rows(of: "dangerous\tnonsense", columns: 2)[0]
    let words = [row.word(APIFact.BorrowRisk.self), row.word(APIFact.BorrowRisk.self)]
    #expect(words == [.dangerous, nil])
  }

  @Test(arguments: ["3", "3.x", "3.13.1", "", ".", "-3.1"])
  func versionsThatAreNone(_ text: String) {
    #expect(PythonVersion(text) == nil)
  }

  @Test func versionsAreOrderedByNumber() {
    #expect(PythonVersion(3, 9) < PythonVersion(3, 13))
    #expect(PythonVersion("3.13")?.hex == 0x030D_00F0)
  }
}
