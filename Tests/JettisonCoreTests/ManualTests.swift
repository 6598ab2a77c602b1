import Foundation
import JettisonCore
import Testing

/// The pages of the ids: each has one, and it says and shows what is true.
struct ManualTests {
  /// A page of the manual.
  struct Page: Sendable, CustomTestStringConvertible {
    var folder: String
    var id: String
    var summary: String
    var testDescription: String { "\(folder)/\(id)" }
  }

  static let pages =
    Reason.allCases.map { Page(folder: "Reasons", id: $0.rawValue, summary: $0.summary) }
    + Finding.ID.allCases.map { Page(folder: "Findings", id: $0.rawValue, summary: $0.summary) }
    + Assumption.allCases.map { Page(folder: "Assumptions", id: $0.rawValue, summary: $0.summary) }
    + Pass.allCases.map { Page(folder: "Passes", id: $0.rawValue, summary: $0.summary) }

  private static let manual = Repository.root.appendingPathComponent("Sources/JettisonCore/JettisonCore.docc")

  private func text(_ page: Page) throws -> String {
    try String(contentsOf: Self.manual.appendingPathComponent("\(page.folder)/\(page.id).md"), encoding: .utf8)
  }

  // MARK: Form

  @Test("each id has a page with its summary and what to do", arguments: pages)
  func form(page: Page) throws {
    let parts = try text(page).components(separatedBy: "\n\n")
    #expect(parts.first == "# \(page.id)")
    let sentence = page.summary.prefix(1).uppercased() + page.summary.dropFirst() + "."
    let paragraph = parts.dropFirst().first?.replacing("\n", with: " ")
    #expect(paragraph == sentence)
    #expect(parts.dropFirst(2).first?.hasPrefix("#") == false, "nothing explains the summary")
    let advice = parts.firstIndex(of: "## What to do")
    #expect(advice == parts.count - 2, "the page ends with one paragraph that says what to do")
  }

  @Test("each page has an id, and the landing page lists it", arguments: Set(pages.map(\.folder)).sorted())
  func noStrays(folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.manual.appendingPathComponent(folder).path)
    let ids = Self.pages.filter { $0.folder == folder }.map(\.id)
    #expect(Set(names) == Set(ids.map { $0 + ".md" }))
    let landing = try String(contentsOf: Self.manual.appendingPathComponent("JettisonCore.md"), encoding: .utf8)
    let listed = landing.components(separatedBy: "\n### \(folder)\n").dropFirst().first ?? ""
    let lines = listed.components(separatedBy: "\n").prefix { !$0.hasPrefix("#") }.filter { !$0.isEmpty }
    #expect(lines == ids.map { "- <doc:\($0)>" })
  }

  // MARK: Examples

  @Test("each page's example shows what the page is about", arguments: pages)
  func example(page: Page) throws {
    guard let example = Example(try text(page)) else {
      #expect(Self.withoutExample.contains(page.id), "the page has no example")
      return
    }
    #expect(!Self.withoutExample.contains(page.id))
    let result = convert(example.dockerfile, files: example.files)
    switch page.folder {
    case "Reasons": #expect(result.reason?.rawValue == page.id, "\(result.outcome)")
    case "Findings": #expect(result.findings.map(\.id.rawValue).contains(page.id), "\(result.findings)")
    case "Assumptions":
      let assumptions = try #require(result.plan, "\(result.outcome)").assumptions
      #expect(assumptions.map(\.rawValue).contains(page.id), "\(assumptions)")
    default:
      let plan = try #require(result.plan, "\(result.outcome)")
      var without = ConversionOptions()
      without.passes[try #require(Pass(rawValue: page.id))] = false
      let other = convert(example.dockerfile, files: example.files, options: without)
      let isNamed = (plan.builderLines + plan.finalLines).contains { $0.passName == page.id }
      #expect(isNamed || other.rewritten != result.rewritten, "the pass changes nothing")
    }
  }

  /// The ids that one Dockerfile and its files cannot show.
  private static let withoutExample: Set<String> = [
    "base-image", "nothing-lost", "fixed-point", "no-context", "unreadable", "outside",
  ]
}

/// A Dockerfile with its files, as a page shows them.
private struct Example {
  var dockerfile = ""
  var files: [String: String] = [:]

  /// Reads the section `## Example`; nil where there is none.
  init?(_ page: String) {
    guard let start = page.range(of: "\n## Example\n") else { return nil }
    let end = page.range(of: "\n## What to do\n", range: start.upperBound..<page.endIndex)?.lowerBound ?? page.endIndex
    var name: String?
    var block: [String]?
    for line in page[start.upperBound..<end].components(separatedBy: "\n") {
      if let lines = block {
        guard line.hasPrefix("```") else {
          block = lines + [line]
          continue
        }
        let text = lines.map { $0 + "\n" }.joined()
        if let name { files[name] = text } else { dockerfile = text }
        (name, block) = (nil, nil)
      } else if line.hasPrefix("```") {
        block = []
      } else if line.hasPrefix("`"), line.hasSuffix("`:") {
        name = String(line.dropFirst().dropLast(2))
      }
    }
  }
}
