import Foundation
import SystemKit
import SystemPackage
import Testing

@testable import Frontend

/// A temporary folder that is removed at the end of a test.
final class Scratch {
  let path: FilePath

  init() throws {
    let made = try #require(makePrivateFolder(prefix: "ftaudit-test-"))
    path = try #require(realPath(made))
  }

  deinit { removeTree(path) }

  @discardableResult
  func write(_ name: String, _ text: String) -> String {
    let target = path.appending(name)
    #expect(writeNewFile(target, Array(text.utf8)))
    return target.string
  }
}

/// Makes tar archives entry by entry, with whatever paths and kinds a test wants.
struct TarWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(
    _ name: String, _ content: String = "", type: Character = "0", link: String = ""
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
    }
    func octal(_ value: Int, _ digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0)
    put("0004755", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(content.utf8.count, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put(String(type), at: 156)
    put(link, at: 157)
    put("ustar\u{0}00", at: 257)
    put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ", at: 148)
    bytes += header + Array(content.utf8)
    bytes += [UInt8](repeating: 0, count: (512 - content.utf8.count % 512) % 512)
  }

  func write(to path: FilePath) {
    #expect(writeNewFile(path, bytes + [UInt8](repeating: 0, count: 1024)))
  }
}

@Suite struct AcquireTests {
  private func leftovers(_ scratch: Scratch) -> [String] {
    folderEntries(scratch.path.appending("tmp")) ?? []
  }

  /// Acquires an archive with the entries; temporary folders go below the scratch folder.
  private func acquire(
    _ scratch: Scratch, limits: Archive.Limits = Archive.Limits(),
    _ fill: (inout TarWriter) -> Void
  ) throws -> AcquiredTree {
    var tar = TarWriter()
    fill(&tar)
    let path = scratch.path.appending("pkg-1.0.tar")
    tar.write(to: path)
    makeFolders(scratch.path.appending("tmp"))
    return try Acquisition(limits: limits, temporaryParent: scratch.path.appending("tmp"))
      .acquire(path.string)
  }

  @Test func aFolder() throws {
    let scratch = try Scratch()
    scratch.write(
      "demo-1.5/PKG-INFO", "Metadata-Version: 2.1\nName: Demo\nVersion: 1.6\n\nName: no\n")
    let tree = try Acquisition().acquire(scratch.path.appending("demo-1.5").string)
    #expect(tree.kind == .folder)
    #expect(tree.isTrusted)
    #expect(tree.name == "Demo")
    #expect(tree.version == "1.6")
    tree.cleanUp()
    #expect(fileStatus(tree.root)?.kind == .directory)
  }

  @Test func anArchiveIsUnpackedAndRemoved() throws {
    let scratch = try Scratch()
    let tree = try acquire(scratch) { tar in
      tar.add("pkg-1.0/", type: "5")
      tar.add("pkg-1.0/a.c", "int a;\n")
      tar.add("pkg-1.0/link.c", type: "2", link: "a.c")
      tar.add("pkg-1.0/hard.c", type: "1", link: "pkg-1.0/a.c")
    }
    #expect(tree.kind == .archive)
    #expect(!tree.isTrusted)
    #expect(tree.name == "pkg")
    #expect(tree.version == "1.0")
    #expect(tree.root.lastComponent == "pkg-1.0")
    #expect(tree.skippedEntries.isEmpty)
    for name in ["a.c", "link.c", "hard.c"] {
      #expect(fileStatus(tree.root.appending(name), followLink: false)?.kind == .regular)
      #expect(readRegularFile(tree.root.appending(name)) == Array("int a;\n".utf8))
    }
    let mode = try FileManager.default.attributesOfItem(
      atPath: tree.root.appending("a.c").string)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    tree.cleanUp()
    #expect(leftovers(scratch).isEmpty)
  }

  @Test func entriesThatAreNoFilesAreNamed() throws {
    let scratch = try Scratch()
    let tree = try acquire(scratch) { tar in
      tar.add("p/a.c", "int a;")
      tar.add("p/out", type: "2", link: "../../etc/passwd")
      tar.add("p/absolute", type: "2", link: "/etc/passwd")
      tar.add("p/pipe", type: "6")
      tar.add("p/null", type: "3")
      tar.add("p/loop", type: "2", link: "loop")
    }
    defer { tree.cleanUp() }
    #expect(
      tree.skippedEntries.map { "\($0.entry): \($0.reason)" } == [
        "p/absolute: a link that leaves the archive",
        "p/loop: a link to a folder or to nothing",
        "p/null: a device, pipe or socket",
        "p/out: a link that leaves the archive",
        "p/pipe: a device, pipe or socket",
      ])
    #expect(folderEntries(tree.root) == ["a.c"])
  }

  @Test(arguments: ["../evil.c", "/tmp/evil.c", "a/../../evil.c"])
  func pathsThatLeave(_ entry: String) throws {
    let scratch = try Scratch()
    let error = #expect(throws: AcquireError.self) {
      _ = try acquire(scratch) { $0.add(entry, "x") }
    }
    #expect(error?.description.contains("would leave its folder") == true)
    #expect(leftovers(scratch).isEmpty)
  }

  @Test func aLinkedFolderIsNotWrittenThrough() throws {
    let scratch = try Scratch()
    // The file is written into a real folder; the link is not made because its place is taken.
    let tree = try acquire(scratch) { tar in
      tar.add("p/d", type: "2", link: "../..")
      tar.add("p/d/evil.c", "x")
    }
    defer { tree.cleanUp() }
    #expect(fileStatus(tree.root.appending("d"), followLink: false)?.kind == .directory)
    #expect(leftovers(scratch).count == 1)
  }

  @Test func limits() throws {
    let cases: [(Archive.Limits, String)] = [
      (Archive.Limits(bytes: 10), "more than 10 bytes"),
      (Archive.Limits(entries: 1), "more than 1 entries"),
      (Archive.Limits(pathBytes: 3), "path longer than 3 bytes"),
    ]
    for (limits, words) in cases {
      let scratch = try Scratch()
      let error = #expect(throws: AcquireError.self) {
        _ = try acquire(scratch, limits: limits) { tar in
          tar.add("p/a.c", "0123456789")
          tar.add("p/b.c", "0123456789")
        }
      }
      #expect(error?.description.contains(words) == true, "\(words)")
      #expect(leftovers(scratch).isEmpty)
    }
  }

  @Test func aRatioThatIsTooGoodToBeTrue() throws {
    let scratch = try Scratch()
    let error = #expect(throws: AcquireError.self) {
      _ = try acquire(scratch, limits: Archive.Limits(ratio: -1, ratioFloor: 100)) { tar in
        tar.add("p/a.c", String(repeating: "x", count: 4000))
      }
    }
    #expect(error?.description.contains("times its size") == true)
  }

  @Test func inputsThatCannotBeRead() throws {
    let scratch = try Scratch()
    let text = scratch.write("text.tar.gz", "this is no archive at all, just a line of text\n")
    let nothing = scratch.write("nothing.zip", "")
    makeFolders(scratch.path.appending("hollow"))
    let hollow = scratch.path.appending("hollow").string
    func error(_ input: String) -> AcquireError? {
      do {
        _ = try Acquisition(temporaryParent: scratch.path).acquire(input)
        return nil
      } catch { return error }
    }
    #expect(error(text) == .notAnArchive(input: text))
    #expect(error(nothing) == .empty(input: nothing))
    #expect(error(hollow) == .empty(input: hollow))
    #expect(error("/no/such/thing") == .missing(input: "/no/such/thing"))
    #expect(error("") == .missing(input: ""))
    #expect(error("/dev/null") == .notAFile(input: "/dev/null"))
    #expect(folderEntries(scratch.path) == ["hollow", "nothing.zip", "text.tar.gz"])
  }

  @Test func aTruncatedArchive() throws {
    let scratch = try Scratch()
    var tar = TarWriter()
    tar.add("p/a.c", String(repeating: "x", count: 5000))
    let path = scratch.path.appending("cut.tar")
    #expect(writeNewFile(path, Array(tar.bytes.prefix(1500))))
    let error = #expect(throws: AcquireError.self) {
      _ = try Acquisition(temporaryParent: scratch.path).acquire(path.string)
    }
    #expect(error?.description.contains("cannot be read") == true)
    #expect(folderEntries(scratch.path) == ["cut.tar"])
  }

  @Test func identities() {
    #expect(
      PackageIdentity.folder("a-b-1.2.post0") == PackageIdentity(name: "a-b", version: "1.2.post0"))
    #expect(
      PackageIdentity.folder("plain-name") == PackageIdentity(name: "plain-name", version: nil))
    let text = """
      [tool.x]
      name = "wrong"
      [project]  # the project
      name = 'right'
      version = "2.0"
      [other]
      version = "3"
      """
    #expect(PackageIdentity.project(text) == PackageIdentity(name: "right", version: "2.0"))
  }
}

@Suite struct SystemKitTests {
  @Test func deepStacks() {
    // Each level takes well over 100 bytes: 8 MiB, a thread's usual stack, would not do.
    func depth(_ level: Int) -> Int { level == 0 ? 0 : 1 + depth(level - 1) }
    #expect(withStack(bytes: 512 << 20) { depth(1_000_000) } == 1_000_000)
    #expect(withStack(bytes: 1) { 7 } == 7)
  }

  @Test func fileKinds() throws {
    let scratch = try Scratch()
    let file = FilePath(scratch.write("a", "x"))
    #expect(mkfifo(scratch.path.appending("pipe").string, 0o600) == 0)
    #expect(symlink("a", scratch.path.appending("link").string) == 0)
    #expect(fileStatus(file)?.kind == .regular)
    #expect(fileStatus(file)?.size == 1)
    #expect(fileStatus(scratch.path)?.kind == .directory)
    #expect(fileStatus(scratch.path.appending("pipe"))?.kind == .pipe)
    #expect(fileStatus("/dev/null")?.kind == .device)
    #expect(fileStatus(scratch.path.appending("link"), followLink: false)?.kind == .link)
    #expect(fileStatus(scratch.path.appending("link"))?.identity == fileStatus(file)?.identity)
    #expect(fileStatus(scratch.path.appending("none")) == nil)
    #expect(readRegularFile(scratch.path.appending("pipe")) == nil)
    #expect(readRegularFile("/dev/zero") == nil)
    #expect(!isTerminal(-1))
    #expect(terminalWidth(-1) == nil)
  }
}
