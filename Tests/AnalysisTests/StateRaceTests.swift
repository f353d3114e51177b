import PythonAPI
import ProgramModel
import Testing

@testable import Analysis

/// Which accesses exclude each other.
@Suite struct StateRaceTests {
  private func lock(
    _ base: LockKey.Base, _ mode: HeldLock.Mode = .exclusive
  ) -> HeldLock {
    HeldLock(key: LockKey(base: base, path: []), mode: mode, family: .mutex, isSuspendable: false)
  }

  @Test func locksetsThatShareALockExclude() {
    let a = lock(.variable(VariableID(1)))
    let b = lock(.variable(VariableID(2)))
    #expect(StateRaces.areExcluded([a], [a, b]))
    #expect(StateRaces.areExcluded([b, a], [a]))
    #expect(!StateRaces.areExcluded([a], [b]))
    #expect(!StateRaces.areExcluded([a], []))
    #expect(!StateRaces.areExcluded([], []))
  }

  @Test func modesOfOneLock() {
    func excluded(_ left: HeldLock.Mode, _ right: HeldLock.Mode) -> Bool {
      let key = LockKey.Base.variable(VariableID(1))
      let result = StateRaces.areExcluded([lock(key, left)], [lock(key, right)])
      #expect(result == StateRaces.areExcluded([lock(key, right)], [lock(key, left)]))
      return result
    }
    #expect(excluded(.exclusive, .exclusive))
    #expect(excluded(.exclusive, .shared))
    #expect(!excluded(.shared, .shared))
    #expect(excluded(.onceBody, .onceBody))
    #expect(excluded(.onceBody, .onceDone))
    // After it all go on at the same time.
    #expect(!excluded(.onceDone, .onceDone))
    #expect(!excluded(.onceDone, .exclusive))
  }

  @Test func locksOfObjectsGuardNoStatic() {
    for base: LockKey.Base in [.parameter(0), .local(1), .field(record: "r"), .unknown] {
      let lock = lock(base)
      #expect(!StateRaces.isGlobal(lock.key))
      #expect(!StateRaces.areExcluded([lock], [lock]))
    }
    #expect(StateRaces.isGlobal(lock(.world).key))
  }

  @Test func lockIntersectionInCode() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyMutex a, b; static int same, apart, some, both;
      static void la(void) { PyMutex_Lock(&a); } static void ua(void) { PyMutex_Unlock(&a); }
      void f(void) { la(); same = 1; apart = 1; some = 1; PyMutex_Lock(&b); both = 1; PyMutex_Unlock(&b); ua(); }
      int g(void) { la(); int n = same + both; ua(); PyMutex_Lock(&b); n += apart + both; PyMutex_Unlock(&b); return n + some; }
      """)
    #expect(
      source.words("same", "apart", "some", "both")
        == ["guarded", "hazardous", "hazardous", "guarded"])
    #expect(try source.report("same").proof.contains("'a'"))
    #expect(try source.report("apart").hazard?.lock != nil)
    #expect(
      try source.report("some").hazard?.lock.map { source.analyses.locks.text($0.key, in: nil) }
        == "a")
  }

  @Test func readersLockWithAWriterUnderIt() throws {
    let source = try StateSource(
      """
      #include <pthread.h>
      static pthread_rwlock_t rw; static int good, bad;
      void set(int n) { pthread_rwlock_wrlock(&rw); good = n; pthread_rwlock_unlock(&rw); }
      int get(void) { pthread_rwlock_rdlock(&rw); int n = good; pthread_rwlock_unlock(&rw); return n; }
      void touch(int n) { pthread_rwlock_rdlock(&rw); bad = n; pthread_rwlock_unlock(&rw); }
      int look(void) { pthread_rwlock_rdlock(&rw); int n = bad; pthread_rwlock_unlock(&rw); return n; }
      """)
    #expect(source.words("good", "bad") == ["guarded", "hazardous"])
  }

  @Test func lockOfAnInstanceGuardsNoStatic() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      typedef struct { PyObject_HEAD PyMutex mu; } Obj; static int by_field, by_object;
      void f(Obj *self) { PyMutex_Lock(&self->mu); by_field++; PyMutex_Unlock(&self->mu); }
      void g(PyObject *self) { Py_BEGIN_CRITICAL_SECTION(self); by_object++; Py_END_CRITICAL_SECTION(); }
      """)
    #expect(source.words("by_field", "by_object") == ["hazardous", "hazardous"])
    #expect(
      try source.report("by_field").hazard?.lock.map {
        source.analyses.locks.text($0.key, in: try? source.function("f"))
      } == "self->mu")
  }

  @Test func lockedInTheCallers() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyMutex mu; static int safe, leaky;
      static void bump_locked(void) { safe++; }
      static void bump_leaky(void) { leaky++; }
      void a(void) { PyMutex_Lock(&mu); bump_locked(); bump_leaky(); PyMutex_Unlock(&mu); }
      void b(void) { PyMutex_Lock(&mu); bump_locked(); PyMutex_Unlock(&mu); bump_leaky(); }
      """)
    #expect(source.words("safe", "leaky") == ["guarded", "hazardous"])
  }

  @Test func atomicWithAtomicAndWithPlain() throws {
    let source = try StateSource(
      """
      static int clean, mixed, read_plain;
      void f(void) {
        __atomic_store_n(&clean, 1, __ATOMIC_RELEASE);
        __atomic_store_n(&mixed, 1, __ATOMIC_RELEASE);
        __atomic_fetch_add(&read_plain, 1, __ATOMIC_RELAXED);
      }
      int g(void) { return __atomic_load_n(&clean, __ATOMIC_ACQUIRE) + read_plain; }
      void h(void) { mixed = 2; }
      """)
    #expect(source.words("clean", "mixed", "read_plain") == ["atomic", "hazardous", "hazardous"])
  }

  @Test func doubleCheckedWithAnAtomicFlag() throws {
    let text = """
      #include <Python.h>
      static PyMutex mu; static FLAG ready; static int value; static PyObject *made;
      PyObject *get(void) {
        if (!LOAD) {
          PyMutex_Lock(&mu);
          if (!LOAD) { value = 3; made = PyDict_New(); STORE; }
          PyMutex_Unlock(&mu);
        }
        return value ? made : NULL;
      }
      """
    // Read after a test that sees it set, or after having filled it oneself.
    let atomic = """
      #define FLAG int
      #define LOAD __atomic_load_n(&ready, __ATOMIC_ACQUIRE)
      #define STORE __atomic_store_n(&ready, 1, __ATOMIC_RELEASE)

      """
    let plain = "#define FLAG int\n#define LOAD ready\n#define STORE ready = 1\n"
    let bad = try StateSource(plain + text)
    #expect(bad.pattern("ready") == .doubleChecked)
    #expect(try bad.report("value").companionOf == bad.report("ready").id)
    #expect(try bad.report("made").companionOf == bad.report("ready").id)
    let good = try StateSource(atomic + text)
    #expect(good.words("ready") == ["atomic"])
    #expect(good.words("value", "made") == ["once", "once"])
  }

  @Test func readBeforeTheTestIsNotOrdered() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      #include <stdatomic.h>
      static PyMutex mu; static atomic_int ready; static int late, before;
      int get(void) {
        int n = before;
        if (!atomic_load(&ready)) {
          PyMutex_Lock(&mu);
          if (!atomic_load(&ready)) { late = 3; before = 3; atomic_store(&ready, 1); }
          PyMutex_Unlock(&mu);
        }
        return n + late;
      }
      """)
    #expect(source.words("late", "before") == ["once", "hazardous"])
  }

  @Test func readOnlyBehindATestOfAnAtomicFlag() throws {
    let source = try StateSource(
      """
      #include <stdatomic.h>
      static atomic_int ready; static int table[4]; static int other[4];
      static void fill(void) {
        if (!atomic_load(&ready)) { table[0] = 1; other[0] = 1; atomic_store(&ready, 1); }
      }
      int get(int i) { fill(); return table[i]; }
      int peek(int i) { return other[i]; }
      """)
    // Nothing orders 'peek' after the flag.
    #expect(source.words("table", "other") == ["once", "hazardous"])
  }

  @Test func pairsLeaveOutWhatIsEarlyOrConstruction() throws {
    let source = try StateSource(
      """
      static int state;
      void PyInit_m(void) { state = 1; }
      void f(void) { state = 2; }
      int g(void) { return state; }
      """)
    var accesses = try source.report("state").accesses
    let pairs = StateRaces.pairs(accesses)
    // The write with itself on another thread, and with the read.
    #expect(
      pairs.map { source.text($0.other, "state") } == ["write state in f", "read state in g"])
    for index in accesses.indices where accesses[index].kind.writes {
      accesses[index].isConstruction = true
    }
    #expect(StateRaces.pairs(accesses).isEmpty)
  }
}
