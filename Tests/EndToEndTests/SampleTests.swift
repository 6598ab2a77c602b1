import Foundation
import Testing

/// A project with a Dockerfile as it was and one as a person rewrote it, to measure ourselves against.
struct Sample: Sendable, CustomTestStringConvertible {
  let name: String
  let folder: URL

  var testDescription: String { name }

  /// The samples of the folder that JETTISON_E2E_SAMPLES names; none where it is unset.
  static let all: [Sample] = {
    guard let path = Settings.samples else { return [] }
    return Folders.below(URL(fileURLWithPath: path, isDirectory: true))
      .filter { FileManager.default.fileExists(atPath: $0.appendingPathComponent("Dockerfile.before").path) }
      .map { Sample(name: $0.lastPathComponent, folder: $0) }
  }()

  /// Makes a folder with the project and one of its Dockerfiles, under the usual name and alone.
  func copy(_ dockerfile: String, to target: URL) throws -> URL {
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    try Folders.copy(folder, to: target) { $0.hasPrefix("Dockerfile") || $0 == "probe" }
    // The samples may lie where nobody writes; a project does not.
    let names = FileManager.default.enumerator(atPath: target.path)?.compactMap { $0 as? String } ?? []
    for path in names.map({ target.appendingPathComponent($0).path }) {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0o644
      try FileManager.default.setAttributes([.posixPermissions: mode | 0o200], ofItemAtPath: path)
    }
    let copy = target.appendingPathComponent("Dockerfile")
    try FileManager.default.copyItem(at: folder.appendingPathComponent(dockerfile), to: copy)
    try Folders.stripSyntaxLines(of: copy)
    return target
  }

  /// What the file `probe` asks for, such as `PORT=8080 PATHS="/ /healthz"`.
  func probes() throws -> [String] {
    let file = folder.appendingPathComponent("probe")
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    guard let port = Int(Self.value(of: "PORT", in: text) ?? "8080") else {
      throw Trouble("\(name)/probe names a PORT that is no number")
    }
    let paths = (Self.value(of: "PATHS", in: text) ?? "/").split(whereSeparator: \.isWhitespace).map(String.init)
    guard !paths.isEmpty else { throw Trouble("\(name)/probe names no PATHS") }
    return paths.flatMap { ["--probe", "http://:\(port)\($0)"] }
  }

  /// A variable's value in a text of shell assignments, with its quotes taken off.
  private static func value(of variable: String, in text: String) -> String? {
    guard let sign = text.range(of: variable + "=") else { return nil }
    let rest = text[sign.upperBound...]
    guard let quote = rest.first, quote == "\"" || quote == "'" else {
      return String(rest.prefix { !$0.isWhitespace })
    }
    return String(rest.dropFirst().prefix { $0 != quote })
  }
}
