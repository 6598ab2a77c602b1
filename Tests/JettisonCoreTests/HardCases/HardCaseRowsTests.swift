import Foundation
import Testing

/// The hard cases are numbered, and every number has a test that names it.
struct HardCaseRowsTests {
  private static let rows =
    (Array(1...30) + Array(32...122)).map(String.init) + ["30b", "30c", "31a", "31b", "31c", "90b"]

  /// The numbers that display names of tests in this folder begin with: `row 46: …`, `rows 104, 105: …`.
  private static let named: Set<String> = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var found: Set<String> = []
    for name in names.sorted() where name.hasSuffix("HardCaseTests.swift") {
      guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) else { continue }
      for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
        guard let start = line.firstRange(of: "\"row "), let end = line[start.upperBound...].firstIndex(of: ":") else {
          continue
        }
        found.insert(String(line[start.upperBound..<end]))
      }
    }
    return found
  }()

  @Test("every row is named by a test", arguments: rows)
  func row(number: String) {
    #expect(Self.named.contains(number))
  }
}
