import Foundation
import Subprocess
import SystemKit
import SystemPackage
import Testing

/// A package index on the loopback address, with wheels that the test describes. It ends with the
/// test, and also when the test's process ends.
struct LoopbackIndex: Sendable {
  /// One file of the index.
  struct File: Encodable, Sendable {
    var project: String
    var filename: String
    /// Names of the entries and their texts.
    var entries: [String: String] = [:]
    /// The sha256 that the index states; nil: the right one.
    var sha256: String?
    var yanked = false
    /// Whether the project's page is HTML instead of JSON.
    var isHTML = false
    /// Zeros at the end of the first entry, to make the file large.
    var padding = 0
  }

  private let log: FilePath
  private let port: Int
  private let end: @Sendable () async -> Void

  private init(log: FilePath, port: Int, end: @escaping @Sendable () async -> Void) {
    self.log = log
    self.port = port
    self.end = end
  }

  /// Runs `body` with an index that holds the files.
  static func with<Result: Sendable>(
    _ files: [File], in scratch: Scratch, _ body: (LoopbackIndex) async throws -> Result
  ) async throws -> Result {
    let specification = scratch.path.appending("index.json")
    let log = scratch.path.appending("requests.log")
    try JSONEncoder().encode(files).write(to: URL(filePath: specification.string))
    // The server also ends when its standard input does: with this process.
    return try await Subprocess.run(
      .path("/usr/bin/env"),
      arguments: ["python3", "-I", "-c", program, specification.string, log.string],
      input: .inputWriter, output: .sequence, error: .discarded
    ) { execution in
      var output = execution.standardOutput.makeAsyncIterator()
      var line: [UInt8] = []
      while line.last != UInt8(ascii: "\n"), let chunk = try await output.next() {
        line += byteArray(chunk.bytes)
      }
      let port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)))
      let index = LoopbackIndex(log: log, port: port) {
        try? execution.send(signal: .kill)
      }
      defer { try? execution.send(signal: .kill) }
      return try await body(index)
    }.closureResult
  }

  /// Ends the server: from now on nobody answers.
  func stop() async throws {
    await end()
    // Until the port is free, which it is once the process is gone.
    try await Task.sleep(for: .milliseconds(200))
  }

  /// What makes a program ask this index: changes of the environment.
  var environment: [String: String] {
    [
      "PIP_INDEX_URL": "http://127.0.0.1:\(port)/simple/", "PIP_CONFIG_FILE": "/dev/null",
      "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1", "FTAUDIT_NO_FETCH": "",
    ]
  }

  /// The paths that were asked for so far, in order.
  var requests: [String] {
    let bytes = readRegularFile(log) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static let program = #"""
    import hashlib, http.server, io, json, os, sys, threading, zipfile
    pages, bodies = {}, {}
    for file in json.load(open(sys.argv[1])):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for name, text in sorted(file["entries"].items()):
                archive.writestr(name, text + "\0" * file["padding"])
        body = data.getvalue()
        path = "/files/" + file["filename"]
        bodies[path] = body
        page = pages.setdefault("/simple/" + file["project"] + "/", {"files": [], "html": False})
        page["html"] |= file["isHTML"]
        page["files"].append({
            "filename": file["filename"], "url": "../.." + path, "yanked": file["yanked"],
            "hashes": {"sha256": file.get("sha256") or hashlib.sha256(body).hexdigest()}})

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            with open(sys.argv[2], "a") as log:
                log.write(self.path + "\n")
            kind, body, code = "application/octet-stream", bodies.get(self.path), 200
            page = pages.get(self.path)
            if page and page["html"]:
                kind = "text/html"
                body = "".join('<a href="%s#sha256=%s"%s>%s</a>\n' % (
                    f["url"], f["hashes"]["sha256"], " data-yanked" if f["yanked"] else "", f["filename"])
                    for f in page["files"]).encode()
            elif page:
                kind, body = "application/vnd.pypi.simple.v1+json", json.dumps(page).encode()
            elif body is None:
                code, body = 404, b""
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    print(server.server_port, flush=True)
    server.serve_forever()
    """#
}
