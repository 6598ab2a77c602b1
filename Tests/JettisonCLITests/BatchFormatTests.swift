import Foundation
import Testing

/// What `batch` prints for other programs.
struct BatchFormatTests {
  private func tree() throws -> BatchTree {
    let tree = try BatchTree([
      ".git/HEAD": "", "services/broken/Dockerfile": "FROM alpine\nNONSENSE\n",
      "services/leave/Dockerfile": "FROM nginx\nCOPY . /x\n", "services/compose.yaml": "services:\n  a: [\n",
      "services/float/Dockerfile": "# syntax=docker/dockerfile:1\n\n"
        + BatchTree.goService.replacingOccurrences(of: "golang:1.22", with: "golang"),
      "services/float/go.mod": BatchTree.module, "services/float/main.go": BatchTree.program,
    ])
    try tree.addService("services/a: b,c%\u{E9}")
    return tree
  }

  @Test("github: one command per line, with the right places and nothing that could end a property early")
  func github() throws {
    let lines = try tree().run("--format", "github", "services").output.split(separator: "\n").map(String.init)
    #expect(
      lines == [
        "::notice file=services/a%3A b%2Cc%25é/Dockerfile,line=1,title=jettison%3A static-artefact::this image can run on "
          + "scratch, an estimated 15 MB instead of 915 MB: see 'jettison diff'",
        "::error file=services/broken/Dockerfile,line=2,title=jettison%3A declined::'NONSENSE' is no instruction that "
          + "Docker knows",
        "::warning file=services/compose.yaml,line=3,title=jettison%3A broken-manifest::no valid YAML",
        "::notice file=services/float/Dockerfile,line=3,title=jettison%3A floating-tag::'golang' moves with every "
          + "release: name a version",
        "::notice file=services/float/Dockerfile,line=3,title=jettison%3A static-artefact::this image can run on scratch, "
          + "an estimated 15 MB instead of 915 MB: see 'jettison diff'",
      ])
  }

  private struct SARIF: Decodable {
    struct Text: Decodable { var text: String }
    struct Rule: Decodable {
      var id: String
      var shortDescription: Text
    }
    struct Driver: Decodable {
      var name: String
      var rules: [Rule]
    }
    struct Tool: Decodable { var driver: Driver }
    struct Artifact: Decodable {
      var uri: String
      var uriBaseId: String
    }
    struct Region: Decodable { var startLine: Int }
    struct Physical: Decodable {
      var artifactLocation: Artifact
      var region: Region
    }
    struct Location: Decodable { var physicalLocation: Physical }
    struct Result: Decodable {
      var ruleId: String
      var ruleIndex: Int
      var level: String
      var message: Text
      var locations: [Location]
    }
    struct Run: Decodable {
      var tool: Tool
      var results: [Result]
    }

    var version: String
    var runs: [Run]
  }

  @Test("sarif: every result has a rule, a level and a place whose address can be read back")
  func sarif() throws {
    let output = try tree().run("--format", "sarif", "services").output
    let report = try JSONDecoder().decode(SARIF.self, from: Data(output.utf8))
    #expect(report.version == "2.1.0")
    let run = try #require(report.runs.first)
    #expect(
      run.results.map(\.ruleId)
        == ["static-artefact", "declined", "broken-manifest", "floating-tag", "static-artefact"])
    #expect(run.results.map(\.level) == ["note", "error", "warning", "note", "note"])
    #expect(run.results.allSatisfy { run.tool.driver.rules[$0.ruleIndex].id == $0.ruleId })
    let places = run.results.compactMap(\.locations.first?.physicalLocation)
    #expect(places.map(\.region.startLine) == [1, 2, 3, 3, 3])
    #expect(places.first?.artifactLocation.uri == "services/a%3A%20b%2Cc%25%C3%A9/Dockerfile")
    #expect(places.first?.artifactLocation.uri.removingPercentEncoding == "services/a: b,c%\u{E9}/Dockerfile")
  }

  @Test("sarif and github say nothing of an empty folder, as their readers expect it")
  func empty() throws {
    let tree = try BatchTree()
    #expect(try tree.run("--format", "github").output.isEmpty)
    let report = try JSONDecoder().decode(SARIF.self, from: Data(try tree.run("--format", "sarif").output.utf8))
    #expect(report.runs.map(\.results.count) == [0])
  }

  @Test("markdown: totals, the rewrites and the reasons, with nothing that a name could inject")
  func markdown() throws {
    let tree = try BatchTree(["leave/Dockerfile": "FROM nginx\nCOPY . /x\n", "x<b>|`/Dockerfile": BatchTree.goService])
    try tree.write("x<b>|`/go.mod", Array(BatchTree.module.utf8))
    try tree.write("x<b>|`/main.go", Array(BatchTree.program.utf8))
    #expect(
      try tree.run("--format", "markdown").output == """
        ## Jettison

        1 of 2 Dockerfiles can be rewritten, an estimated 915 MB → 15 MB.

        | Dockerfile | onto | before | after | saved |
        |---|---|---:|---:|---:|
        | `` x<b>\\|`/Dockerfile `` | `scratch` | 915 MB | 15 MB | 900 MB |

        Sizes are estimates.

        | Left alone | because | |
        |---:|---|---|
        | 1 | `infrastructure` | the image configures a server that comes with its base |

        """)
    #expect(try BatchTree().run("--format", "markdown").output == "## Jettison\n\nNo Dockerfile below `.`.\n")
  }
}
