import ContextFiles
import DockerfileSyntax
@testable import JettisonCore
import Projects
import Testing

/// What the rest of a repository does to one rewrite.
struct ContextUsersTests {
  private let dockerfile = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o app .\nCMD [\"./app\"]\n"
  private let files = ["go.mod": goModule, "main.go": plainGo, ".git/HEAD": "", ".github/x": "", ".idea/x": ""]

  private func convert(_ users: ContextUsers?, files more: [String: String] = [:]) -> Conversion {
    var all = files.merging(more) { $1 }
    all["Dockerfile"] = dockerfile
    return JettisonCore.convert(Array(dockerfile.utf8), in: .memory(all), users: users)
  }

  @Test("alone, it may hide what no Go build needs")
  func alone() {
    #expect(convert(ContextUsers()).ignoreFile?.added.contains(".github") == true)
  }

  @Test("a neighbour outside the context that copies all of it keeps what it may need")
  func neighbour() {
    var users = ContextUsers()
    users.dockerfiles["../tools/Dockerfile"] = Dockerfile(parsing: "FROM alpine\nCOPY . /all\n")
    let conversion = convert(users)
    #expect(conversion.isRewritten)
    #expect(conversion.ignoreFile?.added == [".idea"])
  }

  @Test("its own entry among the users is not a neighbour")
  func itself() {
    var users = ContextUsers()
    users.dockerfiles["Dockerfile"] = Dockerfile(parsing: dockerfile)
    #expect(convert(users).ignoreFile?.added.contains(".github") == true)
  }

  @Test("a neighbour that cannot be read may copy anything", arguments: ["FROM alpine\nNONSENSE x\n", "\u{0}", ""])
  func unreadable(text: String) {
    #expect(convert(nil, files: ["Dockerfile.dev": text]).ignoreFile?.added == [".idea"])
  }

  @Test("a source that is only named like a Dockerfile is nobody")
  func source() {
    #expect(convert(nil, files: ["dockerfile.go": "package main\n"]).ignoreFile?.added.contains(".github") == true)
  }

  @Test("a stranger is not read at all")
  func stranger() {
    var users = ContextUsers()
    users.strangers = ["sub/Dockerfile"]
    let conversion = convert(users, files: ["sub/Dockerfile": "FROM alpine\nCOPY main.go . /\n"])
    #expect(conversion.ignoreFile?.added.contains(".github") == true)
    #expect(convert(nil, files: ["sub/Dockerfile": "FROM alpine\nCOPY main.go . /\n"]).ignoreFile?.added == [".idea"])
  }

  @Test("a compose file elsewhere decides what starts")
  func command() throws {
    let compose = try ComposeFile.parse("services:\n  a: {build: ./a, command: go test ./...}\n", file: "compose.yaml")
      .get()
    var users = ContextUsers()
    users.services = compose.services
    #expect(convert(users).reason == .startNeedsToolchain)
  }

  @Test("a stage that a compose file elsewhere asks for keeps its name on the final stage")
  func target() {
    var users = ContextUsers()
    users.targets = ["build"]
    let text = dockerfile.replacing("golang:1.22", with: "golang:1.22 AS build")
    let reader = ContextReader.memory(files)
    let named = JettisonCore.convert(Array(text.utf8), in: reader, users: users)
    #expect(named.finalStage.contains("AS build"))
    #expect(!JettisonCore.convert(Array(text.utf8), in: reader, users: ContextUsers()).finalStage.contains("AS build"))
  }

  // MARK: Several contexts, several rewrites

  private func answer(_ path: String, _ files: [String: String]) -> (context: BuildContext, conversion: Conversion) {
    (BuildContext(path: path, origin: .folder), JettisonCore.convert(Array(dockerfile.utf8), in: .memory(files)))
  }

  @Test("contexts that give the same rewrite agree")
  func agree() {
    let agreed = Conversion.agreed([answer("a", files), answer("b", files)])
    #expect(agreed?.isRewritten == true)
  }

  @Test("contexts that give different rewrites leave the file alone")
  func differ() throws {
    let zones = files.merging(["main.go": "package main\nimport \"time\"\nfunc main() { time.LoadLocation(\"UTC\") }\n"]
    ) {
      $1
    }
    let agreed = try #require(Conversion.agreed([answer("a", files), answer("b", zones)]))
    #expect(agreed.reason == .buildsAsBefore)
    #expect(agreed.rewritten == agreed.original)
    guard case .unchanged(let refusal) = agreed.outcome else { return }
    #expect(refusal.message == "it is built with the contexts 'a' and 'b', and each asks for another rewrite")
  }

  @Test("one context that refuses is enough")
  func refuse() throws {
    let agreed = try #require(Conversion.agreed([answer("a", files), answer("b", ["go.mod": "nonsense here\n"])]))
    #expect(agreed.reason == .buildsAsBefore)
    guard case .unchanged(let refusal) = agreed.outcome else { return }
    #expect(refusal.message.hasPrefix("it is built with the contexts 'a' and 'b', and in 'b' "))
  }

  @Test("contexts that refuse alike give their reason")
  func alike() {
    let empty = ["x": ""]
    let alone = answer("a", empty).conversion
    #expect(Conversion.agreed([answer("a", empty), answer("b", empty)])?.outcome == alone.outcome)
  }

  @Test("several plans for one ignore file become one block, each pattern once")
  func union() throws {
    let one = try #require(convert(ContextUsers()).ignoreFile)
    var two = one
    two.added = [".git", "extra"]
    let union = try #require(IgnorePlan.union([one, two], current: Array("tmp\r\n".utf8)))
    #expect(union.added == one.added + ["extra"])
    let text = String(decoding: try #require(union.bytes), as: UTF8.self)
    #expect(text.hasPrefix("tmp\r\n\r\n# Added by Jettison"))
    #expect(text.hasSuffix("extra\r\n"))
    #expect(!text.replacing("\r\n", with: "").contains("\n"))
    #expect(IgnorePlan.union([one], current: nil)?.bytes == one.bytes)
    #expect(IgnorePlan.union([], current: nil) == nil)
  }
}
