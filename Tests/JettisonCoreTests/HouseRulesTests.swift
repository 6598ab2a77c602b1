import ContextFiles
import DockerfileSyntax
import Foundation
@testable import JettisonCore
import Templates
import Testing

/// Rules of this repository that a reader would otherwise have to remember.
struct HouseRulesTests {
  private func files(below folder: String, suffix: String) -> [URL] {
    let root = Repository.root.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(suffix) }.sorted().map { root.appendingPathComponent($0) }
  }

  private func text(_ url: URL) -> String {
    FileManager.default.contents(atPath: url.path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  @Test("no file of sources or tests has more than 400 lines")
  func fileLength() {
    for file in files(below: "Sources", suffix: ".swift") + files(below: "Tests", suffix: ".swift") {
      let lines = text(file).split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(lines <= 400, "\(file.lastPathComponent) has \(lines) lines")
    }
  }

  @Test("the sources hold no loose ends")
  func looseEnds() {
    for file in files(below: "Sources", suffix: ".swift") {
      for word in ["TODO", "FIXME", "fatalError(", "try!", "as!"] {
        #expect(!text(file).contains(word), "\(file.lastPathComponent) holds \(word)")
      }
    }
  }

  @Test("the core and the readers touch the file system nowhere")
  func pureCore() {
    for folder in ["Sources/DockerfileSyntax", "Sources/ShellSyntax", "Sources/ContextFiles", "Sources/Projects"] {
      for file in files(below: folder, suffix: ".swift") {
        #expect(!text(file).contains("import Foundation"), "\(file.lastPathComponent)")
      }
    }
    for file in files(below: "Sources/JettisonCore", suffix: ".swift") {
      for word in ["FileManager", "import Glibc", "print("] {
        #expect(!text(file).contains(word), "\(file.lastPathComponent) holds \(word)")
      }
    }
  }

  @Test("every language has templates, examples and a unique name", arguments: Language.all.map(\.id))
  func languages(id: String) {
    #expect(Language.all.filter { $0.id == id }.count == 1)
    #expect(Template.builtinNames.contains { $0.hasPrefix(id + "/") }, "no template below Templates/languages/\(id)")
    #expect(Repository.exampleNames.contains { $0.hasPrefix(id + "-") }, "no example named \(id)-…")
  }

  @Test("the embedded templates are those of the folder; make templates")
  func embedded() throws {
    let root = Repository.root.appendingPathComponent("Templates")
    var generated = "// Generated from the files of this folder by `make templates`; do not edit.\n"
    generated += "// swift-format-ignore-file\n\n"
    generated +=
      "/// The templates and tables that are built in, by path.\npublic enum BuiltinFiles {\n  /// The text of each file.\n"
    generated += "  public static let all: [String: String] = [\n"
    for file in files(below: "Templates", suffix: "")
    where !file.lastPathComponent.hasSuffix(".swift") && !file.hasDirectoryPath {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      if isFolder.boolValue { continue }
      let name = String(file.path.dropFirst(root.path.count + 1))
      generated += "    \"\(name)\": ##\"\"\"\n\(text(file))\n\"\"\"##,\n"
    }
    generated += "  ]\n}\n"
    let target = root.appendingPathComponent("Builtin+Generated.swift")
    if Repository.isRecording {
      if generated != text(target) { Issue.record("recorded the templates; run again without RECORD") }
      try Data(generated.utf8).write(to: target)
      return
    }
    #expect(text(target) == generated, "Builtin+Generated.swift is out of date: make templates")
  }

  @Test("every row of the command table does what its example says", arguments: CommandTable.builtin.rules.indices)
  func commandRows(index: Int) throws {
    let rule = CommandTable.builtin.rules[index]
    #expect(!rule.examples.isEmpty, "\(rule.programs) has no example")
    for example in rule.examples {
      let file = Dockerfile(parsing: "FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN \(example.command)\n")
      let reader = ContextReader.memory([
        "go.mod": goModule, "main.go": plainGo, "build.sh": "#!/bin/sh\necho\n", "manage.py": "import django\n",
        "requirements.txt": "flask\n",
      ])
      let trace = Trace(
        of: file, base: Catalogue.builtin.resolve("golang:1.22"), globals: [:], reader: reader,
        listing: ContextListing(reader), table: .builtin)
      let effect = try #require(trace.steps.last?.effects.first, "\(example.command)")
      #expect(effect.role == example.role, "\(example.command) is \(effect.role), not \(example.role)")
      if let writes = example.writes { #expect(effect.writes == writes, "\(example.command)") }
      if let reads = example.reads { #expect(effect.reads == reads, "\(example.command)") }
    }
  }

  @Test("every row of the catalogue has a source and resolves", arguments: Catalogue.builtin.families.keys.sorted())
  func catalogueRows(name: String) throws {
    let family = try #require(Catalogue.builtin.families[name])
    #expect(family.source.hasPrefix("https://"))
    #expect(Catalogue.builtin.resolve(name) != nil)
    for (variant, row) in family.variants {
      #expect(row.size >= 0)
      if let slimmer = row.slimmer { #expect(family.variants[slimmer] != nil, "\(name):\(variant)") }
    }
  }

  @Test("every reason, assumption and pass has a sentence of its own")
  func sentences() {
    #expect(Set(Reason.allCases.map(\.summary)).count == Reason.allCases.count)
    #expect(Set(Assumption.allCases.map(\.summary)).count == Assumption.allCases.count)
    for text in Reason.allCases.map(\.summary) + Assumption.allCases.map(\.summary) {
      #expect(!text.hasSuffix(".") && text.count > 20)
    }
  }

  @Test("every template reads back without a fault", arguments: Template.builtinNames)
  func templates(name: String) throws {
    let template = try #require(Template.builtin(name))
    #expect(template.metadata["template"] != nil)
    #expect(template.metadata["rung"].flatMap(Rung.init) != nil)
  }
}
