import Findings
import ProgramModel
import Testing

@Suite struct UnsafeLibraryTests {
  // MARK: C library

  @Test func oneForEachFunctionAndName() throws {
    let found = try GILSource.found(
      "libc-not-thread-safe",
      """
      #include <time.h>
      static PyObject *f(PyObject *m, PyObject *o) {
        time_t now = time(NULL);
        long day = localtime(&now)->tm_mday + localtime(&now)->tm_mon;
        return PyLong_FromLong(day);
      }
      static PyObject *g(PyObject *m, PyObject *o) {
        time_t now = time(NULL);
        struct tm buffer;
        return PyLong_FromLong(localtime_r(&now, &buffer)->tm_mday);
      }
      """, methods: "f:O g:O")
    #expect(found.map(\.function) == ["f"])
    #expect(found.map(\.symbol) == ["localtime"])
    #expect(found.map(\.severity) == [.high])
    #expect(found.map(\.position.line) == [5])
  }

  @Test func importAloneIsSafe() throws {
    let found = try GILSource.found(
      "libc-not-thread-safe",
      """
      #include <time.h>
      static int start(void) { time_t now = time(NULL); return localtime(&now)->tm_mday; }
      static PyObject *f(PyObject *m, PyObject *o) { Py_RETURN_NONE; }
      __attribute__((constructor)) static void load(void) { start(); }
      PyMODINIT_FUNC PyInit_other(void) { start(); return NULL; }
      """)
    #expect(found.isEmpty)
  }

  private static let users = """
    struct utmp { int type; };
    void setutent(void); struct utmp *getutent(void); void endutent(void);
    static PyMutex mutex;
    """

  @Test func aLockTakenInOneHelperAndReleasedInAnother() throws {
    let found = try GILSource.found(
      "libc-not-thread-safe",
      """
      \(Self.users)
      static void begin(void) { PyMutex_Lock(&mutex); setutent(); }
      static void end(void) { endutent(); PyMutex_Unlock(&mutex); }
      static PyObject *f(PyObject *m, PyObject *o) {
        long count = 0;
        begin();
        while (getutent() != NULL) count++;
        end();
        return PyLong_FromLong(count);
      }
      """)
    #expect(found.isEmpty, "\(found.map(\.message))")
  }

  @Test func theOneThatForgetsTheLock() throws {
    let found = try GILSource.found(
      "libc-not-thread-safe",
      """
      \(Self.users)
      static PyObject *f(PyObject *m, PyObject *o) {
        PyMutex_Lock(&mutex);
        setutent();
        while (getutent() != NULL) {}
        PyMutex_Unlock(&mutex);
        Py_RETURN_NONE;
      }
      static PyObject *g(PyObject *m, PyObject *o) { endutent(); Py_RETURN_NONE; }
      """, methods: "f:O g:O")
    #expect(found.map(\.symbol) == ["endutent"])
    #expect(found.first?.message.contains("'mutex'") == true)
  }

  // MARK: Libraries

  private static let fits = """
    typedef struct fitsfile fitsfile;
    int fits_is_reentrant(void); int ffopen(fitsfile **, const char *, int, int *);
    int ffclos(fitsfile *, int *);
    #define fits_open_file ffopen
    #define fits_close_file ffclos
    static PyMutex mutex;
    """

  private func fits(_ body: String, build: [BuildFact] = []) throws -> [Finding] {
    try GILSource.found(
      "library-not-thread-safe",
      """
      \(Self.fits)
      static PyObject *f(PyObject *m, PyObject *o) {
        fitsfile *file; int status = 0;
      \(body)
        return PyLong_FromLong(status);
      }
      """, build: build)
  }

  @Test func aLibraryOfTheProcess() throws {
    let found = try fits("fits_open_file(&file, \"x\", 0, &status);")
    #expect(found.map(\.symbol) == ["fits_open_file"])
    #expect(found.map(\.severity) == [.high])
  }

  @Test func aLockOrTheSafeBuildMakesItSafe() throws {
    let call = "fits_open_file(&file, \"x\", 0, &status);"
    #expect(try fits("PyMutex_Lock(&mutex);\n\(call)\nPyMutex_Unlock(&mutex);").isEmpty)
    let built = BuildFact(
      kind: .safeLibrary(name: "cfitsio"), module: nil, sources: [],
      position: SourcePosition(path: "setup.py", line: 1, column: 1))
    #expect(try fits(call, build: [built]).isEmpty)
    let other = BuildFact(
      kind: .safeLibrary(name: "HDF5"), module: nil, sources: [],
      position: SourcePosition(path: "setup.py", line: 1, column: 1))
    #expect(try fits(call, build: [other]).count == 1)
  }

  @Test func whoAsksTheLibraryAndLocksIsSafe() throws {
    let call = "fits_open_file(&file, \"x\", 0, &status);"
    #expect(
      try fits("if (fits_is_reentrant() == 0) PyMutex_Lock(&mutex);\n\(call)").isEmpty)
    // To ask and then do nothing is not enough.
    #expect(try fits("if (fits_is_reentrant() == 0) status = 1;\n\(call)").count == 1)
  }

  @Test func macrosOfThePackageAreNoCallsOfTheLibrary() throws {
    let found = try GILSource.found(
      "library-not-thread-safe",
      """
      void GEOS_finish_r(void *);
      #define GEOS_DONE(handle) do { GEOS_finish_r(handle); PyErr_Clear(); } while (0)
      static PyObject *f(PyObject *m, PyObject *o) { GEOS_DONE(o); Py_RETURN_NONE; }
      """)
    #expect(found.isEmpty, "\(found.map(\.message))")
  }

  // MARK: Handles

  private func handle(_ body: String) throws -> [Finding] {
    try GILSource.found(
      "library-not-thread-safe",
      """
      typedef struct ZSTD_DCtx_s ZSTD_DCtx;
      size_t ZSTD_decompressDCtx(ZSTD_DCtx *, void *, size_t, const void *, size_t);
      typedef struct { PyObject_HEAD ZSTD_DCtx *context; PyMutex mutex; } Thing;
      static void run(ZSTD_DCtx *context) { ZSTD_decompressDCtx(context, NULL, 0, NULL, 0); }
      static PyObject *f(PyObject *self_, PyObject *o) {
        Thing *self = (Thing *)self_;
      \(body)
        Py_RETURN_NONE;
      }
      """)
  }

  @Test func aHandleInAnObject() throws {
    for body in ["ZSTD_decompressDCtx(self->context, NULL, 0, NULL, 0);", "run(self->context);"] {
      let found = try handle(body)
      #expect(found.map(\.symbol) == ["context"])
      #expect(found.map(\.severity) == [.medium])
    }
  }

  @Test func aLockOnTheObjectCoversTheHandle() throws {
    for body in ["ZSTD_decompressDCtx(self->context, NULL, 0, NULL, 0);", "run(self->context);"] {
      #expect(
        try handle("PyMutex_Lock(&self->mutex);\n\(body)\nPyMutex_Unlock(&self->mutex);").isEmpty)
    }
  }
}
