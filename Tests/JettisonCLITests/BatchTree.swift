import Foundation
import Testing

/// A folder that is gone when its test is.
final class BatchTree {
  static let goService = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o app .\nCMD [\"./app\"]\n"
  static let module = "module example.com/app\n\ngo 1.22\n"
  static let program = "package main\n\nfunc main() { println(1) }\n"

  let url = FileManager.default.temporaryDirectory.appendingPathComponent("jettison-batch-\(UUID().uuidString)")

  init(_ files: [String: String] = [:]) throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (path, text) in files { try write(path, Array(text.utf8)) }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ path: String, _ bytes: [UInt8]) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func addService(_ folder: String) throws {
    try write("\(folder)/Dockerfile", Array(Self.goService.utf8))
    try write("\(folder)/go.mod", Array(Self.module.utf8))
    try write("\(folder)/main.go", Array(Self.program.utf8))
  }

  func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: url.appendingPathComponent(path).path).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: url.appendingPathComponent(path).path, withDestinationPath: target)
  }

  /// Every file's path and content.
  var snapshot: [String: String] {
    let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    return Dictionary(uniqueKeysWithValues: names.compactMap { name in text(name).map { (name, $0) } })
  }

  func run(_ arguments: String...) throws -> Jettison.Result { try Jettison.run(["batch"] + arguments, in: url) }

  func report(_ arguments: String...) throws -> BatchAnswer {
    let result = try Jettison.run(["batch", "--format", "json"] + arguments, in: url)
    #expect(result.status == 0, "\(result.error)")
    return try JSONDecoder().decode(BatchAnswer.self, from: Data(result.output.utf8))
  }
}

/// The parts of the JSON that the tests look at.
struct BatchAnswer: Decodable {
  struct Context: Decodable, Equatable {
    var path: String
    var origin: String
    var file: String?
  }

  struct Row: Decodable {
    var dockerfile: String
    var contexts: [Context]
    var changes: Bool
    var ignoreFiles: [String]
    var outcome: String
    var rung: String?
    var reason: String?
    var message: String?
    var findings: [Finding]
  }

  struct Finding: Decodable {
    var id: String
    var file: String?
    var line: Int?
  }

  struct Problem: Decodable {
    var id: String
    var file: String
    var line: Int?
  }

  struct Sizes: Decodable {
    var before: Int
    var after: Int
    var saving: Int
  }

  struct Totals: Decodable {
    var dockerfiles: Int
    var outcomes: [String: Int]
    var reasons: [String: Int]
    var origins: [String: Int]
    var estimate: Sizes
  }

  var version: Int
  var root: String
  var written: Bool
  var dockerfiles: [Row]
  var problems: [Problem]
  var totals: Totals

  subscript(path: String) -> Row? { dockerfiles.first { $0.dockerfile == path } }
}
