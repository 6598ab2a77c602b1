import Foundation

/// What a vulnerability scanner found in an image.
public struct Scan: Sendable, Equatable, Encodable {
  /// How many packages there are; nil where the scanner does not count them.
  public var packages: Int?
  /// How many vulnerabilities there are, by severity in lower case.
  public var vulnerabilities: [String: Int]

  /// All of them.
  public var total: Int { vulnerabilities.values.reduce(0, +) }
}

/// A vulnerability scanner that is installed.
struct Scanner: Sendable {
  /// Whose command line it is.
  enum Kind: String, CaseIterable {
    case trivy
    case grype
  }

  let kind: Kind
  /// Runs it with these arguments.
  let invoke: @Sendable ([String], Duration) async throws -> ProgramResult

  /// The first one on PATH.
  static var installed: Scanner? {
    for kind in Kind.allCases {
      guard let program = Engine.executable(kind.rawValue) else { continue }
      return Scanner(kind: kind) { arguments, limit in try await Program.run(program, arguments, limit: limit) }
    }
    return nil
  }

  /// What it finds in an image.
  ///
  /// - Throws: a ``Failure`` where it fails, which is no fault of the image.
  func scan(_ image: String, limit: Duration) async throws -> Scan {
    let arguments =
      switch kind {
      case .trivy: ["image", "--quiet", "--format", "json", "--scanners", "vuln", "--list-all-pkgs", image]
      case .grype: [image, "--quiet", "--output", "json"]
      }
    let result: ProgramResult
    do {
      result = try await invoke(arguments, limit)
    } catch let late as TimeExceeded {
      throw Failure(message: "\(kind.rawValue) did not end within \(late.limit.words)")
    }
    guard result.status == 0 else {
      throw Failure(
        message: "\(kind.rawValue) ended with status \(result.status)", log: Program.tail(result.log, lines: 3))
    }
    guard let scan = kind == .trivy ? Self.readTrivy(result.output) : Self.readGrype(result.output) else {
      throw Failure(message: "what \(kind.rawValue) printed cannot be read")
    }
    return scan
  }

  static func readTrivy(_ bytes: [UInt8]) -> Scan? {
    struct Report: Decodable {
      struct Target: Decodable {
        struct Package: Decodable {}

        struct Vulnerability: Decodable { var Severity: String? }

        var Packages: [Package]?
        var Vulnerabilities: [Vulnerability]?
      }

      var Results: [Target]?
    }
    guard let report = try? JSONDecoder().decode(Report.self, from: Data(bytes)) else { return nil }
    let targets = report.Results ?? []
    return Scan(
      packages: targets.reduce(0) { $0 + ($1.Packages?.count ?? 0) },
      vulnerabilities: counted(targets.flatMap { $0.Vulnerabilities ?? [] }.map { $0.Severity ?? "unknown" }))
  }

  static func readGrype(_ bytes: [UInt8]) -> Scan? {
    struct Report: Decodable {
      struct Match: Decodable {
        struct Vulnerability: Decodable { var severity: String? }

        var vulnerability: Vulnerability
      }

      var matches: [Match]
    }
    guard let report = try? JSONDecoder().decode(Report.self, from: Data(bytes)) else { return nil }
    return Scan(packages: nil, vulnerabilities: counted(report.matches.map { $0.vulnerability.severity ?? "unknown" }))
  }

  private static func counted(_ severities: [String]) -> [String: Int] {
    Dictionary(severities.map { ($0.lowercased(), 1) }, uniquingKeysWith: +)
  }
}
