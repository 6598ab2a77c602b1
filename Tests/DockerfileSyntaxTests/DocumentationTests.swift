import DockerfileSyntax
import Foundation
import Testing

/// The code of the documentation, compiled here and compared with the page it stands on.
struct DocumentationTests {
  private func pinningTheBase(of text: String) throws -> String {
    // begin ParseChangePrint
    let file = Dockerfile(parsing: text)
    guard let place = file.instructions.firstIndex(where: { $0.keyword == .from }),
      let pinned = From.replacingImage(of: file.instructions[place], with: "alpine:3.20")
    else { return file.text }
    return try file.replacingInstruction(at: place, with: pinned).text
    // end ParseChangePrint
  }

  @Test("the code of `Parse, change one thing, print` does what the page says")
  func parseChangePrint() throws {
    let before = "# the smallest base there is\nfrom  alpine:latest  as base\nrun apk add git\n"
    let after = "# the smallest base there is\nfrom  alpine:3.20  as base\nrun apk add git\n"
    #expect(try pinningTheBase(of: before) == after)
    let page = try page("ParseChangePrint")
    #expect(page.contains(before))
    #expect(page.contains(try code("ParseChangePrint")))
  }

  @Test("every public type stands on the landing page")
  func topics() throws {
    let page = try page("DockerfileSyntax")
    let sources = try FileManager.default.contentsOfDirectory(atPath: sourceFolder.path).filter {
      $0.hasSuffix(".swift")
    }
    var count = 0
    for name in sources {
      let text = try String(contentsOf: sourceFolder.appendingPathComponent(name), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init)
        guard words.count > 2, words[0] == "public", line.hasPrefix("public") else { continue }
        let rest = words.drop { ["public", "indirect"].contains($0) }
        guard let kind = rest.first, ["struct", "enum"].contains(kind), let type = rest.dropFirst().first else {
          continue
        }
        let bare = String(type.prefix { $0.isLetter })
        #expect(page.contains("- ``\(bare)``"), "\(bare) is not on the landing page")
        count += 1
      }
    }
    #expect(count > 20)
  }

  private var sourceFolder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/DockerfileSyntax")
  }

  private func page(_ name: String) throws -> String {
    try String(contentsOf: sourceFolder.appendingPathComponent("DockerfileSyntax.docc/\(name).md"), encoding: .utf8)
  }

  /// The lines between the marks of this file, without their indentation.
  private func code(_ name: String) throws -> String {
    let lines = try String(contentsOfFile: #filePath, encoding: .utf8).split(separator: "\n")
    let start = try #require(lines.firstIndex { $0.hasSuffix("// begin \(name)") })
    let end = try #require(lines.firstIndex { $0.hasSuffix("// end \(name)") })
    return lines[(start + 1)..<end].map { String($0.dropFirst(4)) }.joined(separator: "\n")
  }
}
