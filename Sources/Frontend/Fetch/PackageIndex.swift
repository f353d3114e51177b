internal import FoundationEssentials
internal import Subprocess
internal import SystemKit
package import SystemPackage

/// The package index that pip is configured for, by the standard simple API.
///
/// Answers are asked for once; nothing is asked before it is needed.
package actor PackageIndex {
  /// How much one answer may cost.
  package struct Limits: Sendable {
    /// Bytes of one file.
    package var fileBytes: Int
    /// Bytes of a project's list of files.
    package var pageBytes: Int
    /// Seconds without any byte.
    package var silence: Int
    /// Seconds of one request altogether.
    package var seconds: Int

    package init(
      fileBytes: Int = 96 << 20, pageBytes: Int = 64 << 20, silence: Int = 15, seconds: Int = 120
    ) {
      self.fileBytes = fileBytes
      self.pageBytes = pageBytes
      self.silence = silence
      self.seconds = seconds
    }
  }

  /// What the settings of pip say about the index.
  private struct Settings: Codable {
    var root: String
    var authorization: String?
    var cert: String?
    var proxy: String?
    var timeout: Int?
  }

  private struct Request: Encodable {
    var `do`: String
    var seconds: Int
    var index: Settings?
    var project: String?
    var url: String?
    var target: String?
    var limit: Int?
  }

  private struct Failure: Decodable {
    var failure: String?
    var reason: String?
  }

  private struct Listing: Decodable {
    var files: [DistributionFile]
  }

  private struct Digest: Decodable {
    var sha256: String
  }

  private let environment: [String: String]
  private let limits: Limits
  private var settings: Settings?

  /// `environment` is Python's and pip's; `python3` is looked for on its `PATH`.
  package init(environment: [String: String], limits: Limits = Limits()) {
    self.environment = environment
    self.limits = limits
  }

  /// The index's address without a password; nil when there is a password, so that nothing near it
  /// gets into a report.
  package func address() async throws(FetchError) -> String? {
    let settings = try await configured()
    return settings.authorization == nil ? settings.root : nil
  }

  /// All files of a project, in the order of the index.
  package func files(of project: String) async throws(FetchError) -> [DistributionFile] {
    let name = ProjectName.normalised(project)
    guard ProjectName.isValid(project) else { throw .unknownProject(project) }
    var request = Request(do: "files", seconds: limits.seconds)
    request.index = try await configured()
    request.project = name
    request.limit = limits.pageBytes
    let listing: Listing = try await ask(request, of: name)
    // A name with a folder in it is nothing that the index may choose.
    return listing.files.filter { !$0.filename.contains("/") && !$0.filename.hasPrefix(".") }
  }

  /// Copies a file to a path that does not exist yet and returns its sha256, which is the one that
  /// the index states. On an error the caller removes what is there.
  package func download(
    _ file: DistributionFile, to target: FilePath
  ) async throws(FetchError) -> String {
    var request = Request(do: "file", seconds: limits.seconds)
    request.index = try await configured()
    request.url = file.url
    request.target = target.string
    request.limit = limits.fileBytes
    let digest: Digest = try await ask(request, of: file.filename)
    if let stated = file.sha256, stated.lowercased() != digest.sha256 {
      throw .wrongHash(file: file.filename)
    }
    return digest.sha256
  }

  private func configured() async throws(FetchError) -> Settings {
    if let settings { return settings }
    var found: Settings = try await ask(Request(do: "settings", seconds: 30), of: "")
    found.timeout = limits.silence
    settings = found
    return found
  }

  /// Runs the program for one request. `subject` is what a failure is about.
  private func ask<Answer: Decodable>(
    _ request: Request, of subject: String
  ) async throws(FetchError) -> Answer {
    guard let python = interpreter() else { throw .noPython }
    let output: [UInt8]
    let isTimeout: Bool
    do {
      let done = try await Subprocess.run(
        .path(python), arguments: ["-I", "-c", IndexScript.text],
        environment: .custom(
          Dictionary(
            uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
        input: .array(Array(JSONEncoder().encode(request))),
        output: .bytes(limit: limits.pageBytes * 2), error: .discarded)
      output = done.standardOutput
      if case .exited = done.terminationStatus { isTimeout = false } else { isTimeout = true }
    } catch {
      throw .network(reason: "Python cannot be run")
    }
    if isTimeout { throw .network(reason: "it took longer than \(request.seconds) seconds") }
    let data = Data(output)
    if let failure = try? JSONDecoder().decode(Failure.self, from: data), let kind = failure.failure
    {
      switch kind {
      case "no-index": throw .noIndex
      case "forbidden": throw .indexForbidden
      case "unknown": throw .unknownProject(subject)
      case "large": throw .tooLarge(file: subject, limit: request.limit ?? 0)
      default: throw .network(reason: failure.reason ?? "no reason is known")
      }
    }
    guard let answer = try? JSONDecoder().decode(Answer.self, from: data) else {
      throw .network(reason: "the answer is not understood")
    }
    return answer
  }

  private func interpreter() -> FilePath? {
    for folder in (environment["PATH"] ?? "").split(separator: ":") where folder.hasPrefix("/") {
      let path = FilePath(String(folder)).appending("python3")
      if fileStatus(path)?.kind == .regular { return path }
    }
    return nil
  }
}
