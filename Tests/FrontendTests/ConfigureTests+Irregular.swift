import Foundation
import SystemKit
import SystemPackage
import Testing

@testable import Frontend

// Sources that are links, pipes, devices or sockets.
extension ConfigureTests {
  @Test func irregularSourcesAreRefused() throws {
    let files = ["good.c": "int good;\n", "tests/t.c": "int t;\n", "sub/deep.h": ""]
    let (_, found) = try package(files) { root in
      Self.link("/etc/passwd", root, "out.c")
      Self.link("/etc", root, "etc.cpp")
      Self.link("/dev/zero", root, "zero.cc")
      Self.link("nowhere.c", root, "dangling.c")
      Self.link("itself.c", root, "itself.c")
      Self.link("sub", root, "folder.c")
      #expect(mkfifo(root.appending("pipe.cxx").string, 0o600) == 0)
      #expect(mkfifo(root.appending("tests/pipe.c").string, 0o600) == 0)
      #expect(mkfifo(root.appending("pipe_windows.c").string, 0o600) == 0)
      #expect(mkfifo(root.appending("pipe.txt").string, 0o600) == 0)
      #expect(mknod(root.appending("socket.c").string, S_IFSOCK | 0o600, 0) == 0)
    }
    #expect(
      found.refused.map { "\($0.path): \($0.reason)" } == [
        "dangling.c: it is a link that leads nowhere",
        "etc.cpp: it is a link that leads out of the package",
        "itself.c: it is a link that leads nowhere",
        "out.c: it is a link that leads out of the package",
        "pipe.cxx: it is a pipe, not a file",
        "socket.c: it is a socket or another special file",
        "zero.cc: it is a link that leads out of the package",
      ])
    #expect(found.units.map(\.path) == ["good.c"])
    #expect(found.skipped.map(\.path) == ["tests/pipe.c", "tests/t.c"])
    #expect(found.notApplicable.map(\.path) == ["pipe_windows.c"])
  }

  @Test func aPipeAloneIsNoEmptyPackage() throws {
    let (_, found) = try package(["tests/a.h": ""]) { root in
      #expect(mkfifo(root.appending("tests/pipe.c").string, 0o600) == 0)
    }
    #expect(found.refused.map(\.path) == ["tests/pipe.c"])
    #expect(found.units.isEmpty)
    #expect(!found.isEmpty)
  }

  @Test func linksWithinThePackageAreFollowedOnce() throws {
    let files = [
      "src/real.c": "#include \"near.h\"\n", "src/near.h": "", "tests/shared.c": "int shared;\n",
      "data/text.inc": "int text;\n", "tests/left.c": "int left;\n",
    ]
    let (_, found) = try package(files) { root in
      Self.link("src/real.c", root, "again.c")
      Self.link("again.c", root, "twice.c")
      Self.link("tests/shared.c", root, "shared.c")
      Self.link("data/text.inc", root, "text.cpp")
      Self.link("left.c", root, "tests/alias.c")
    }
    #expect(found.refused.isEmpty)
    #expect(
      found.units.map { "\($0.path) \($0.language)" } == [
        "data/text.inc cxx", "src/real.c c", "tests/shared.c c",
      ])
    #expect(
      found.skipped.map { "\($0.path): \($0.reason.text)" } == [
        "again.c: it is a link to 'src/real.c'",
        "shared.c: it is a link to 'tests/shared.c'",
        "tests/alias.c: it is a link to 'tests/left.c'",
        "tests/left.c: it belongs to 'tests', not to the package's modules",
        "text.cpp: it is a link to 'data/text.inc'",
        "twice.c: it is a link to 'src/real.c'",
      ])
    #expect(found.includedFiles["src/real.c"] == ["src/real.c", "src/near.h"])
  }

  @Test func compileCommandsDoNotHideIrregularSources() throws {
    let commands = #"[{"directory": ".", "file": "a.c", "command": "cc -c a.c"}]"#
    let (_, found) = try package(["compile_commands.json": commands, "a.c": ""]) { root in
      Self.link("/etc/passwd", root, "out.c")
      Self.link("a.c", root, "link.c")
    }
    #expect(found.units.map(\.origin) == [.compileCommands])
    #expect(found.refused.map(\.path) == ["out.c"])
    #expect(found.skipped.map(\.reason.text) == ["it is a link to 'a.c'"])
  }

  private static func link(_ target: String, _ root: FilePath, _ name: String) {
    #expect(symlink(target, root.appending(name).string) == 0)
  }
}
