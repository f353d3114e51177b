import Foundation

/// The parts of a JSON report that tests look at.
struct ReportJSON: Decodable {
  struct Module: Decodable, Equatable {
    var name: String
    var initialisation: String
    var declaration: String
  }
  struct Finding: Decodable, Equatable {
    var rule: String
    var file: String
    var line: Int
    var message: String
    var fingerprint: String
  }
  struct Unit: Decodable, Equatable {
    var file: String
    var status: String
    var reason: String?
  }
  struct Coverage: Decodable, Equatable {
    var units: [Unit]
  }

  var modules: [Module]
  var findings: [Finding]
  var coverage: Coverage
  var notes: [String]

  init(_ text: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }
}
