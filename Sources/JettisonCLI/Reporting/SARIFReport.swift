import JettisonCore

/// A batch in the format of static analysers, version 2.1.0.
///
/// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
struct SARIFReport: Encodable {
  struct Text: Encodable { var text: String }
  struct Rule: Encodable {
    var id: String
    var shortDescription: Text
  }
  struct Driver: Encodable {
    var name = "jettison"
    var semanticVersion: String
    var rules: [Rule]
  }
  struct Tool: Encodable { var driver: Driver }
  struct ArtifactLocation: Encodable {
    var uri: String
    var uriBaseId = "%SRCROOT%"
  }
  struct Region: Encodable {
    var startLine: Int
    var startColumn: Int?
  }
  struct PhysicalLocation: Encodable {
    var artifactLocation: ArtifactLocation
    var region: Region
  }
  struct Location: Encodable { var physicalLocation: PhysicalLocation }
  struct Result: Encodable {
    var ruleId: String
    var ruleIndex: Int
    var level: String
    var message: Text
    var locations: [Location]
  }
  struct Run: Encodable {
    var tool: Tool
    var columnKind = "utf16CodeUnits"
    var results: [Result]
  }

  private let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  private let version = "2.1.0"
  private let runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  init(_ notices: [BatchNotices.Notice]) {
    var rules: [Rule] = []
    for notice in notices where !rules.contains(where: { $0.id == notice.id }) {
      rules.append(Rule(id: notice.id, shortDescription: Text(text: notice.summary)))
    }
    rules.sort { $0.id < $1.id }
    let results = notices.map { notice in
      Result(
        ruleId: notice.id, ruleIndex: rules.firstIndex { $0.id == notice.id } ?? 0, level: notice.severity.rawValue,
        message: Text(text: notice.message),
        locations: [
          Location(
            physicalLocation: PhysicalLocation(
              artifactLocation: ArtifactLocation(uri: Self.uri(notice.path)), region: Region(startLine: notice.line)))
        ])
    }
    let driver = Driver(semanticVersion: JettisonCommand.version, rules: rules)
    runs = [Run(tool: Tool(driver: driver), results: results)]
  }

  /// A path as a relative URI reference.
  private static func uri(_ path: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    return path.utf8.reduce(into: "") { text, byte in
      if plain.contains(byte) {
        text.unicodeScalars.append(UnicodeScalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
  }
}
