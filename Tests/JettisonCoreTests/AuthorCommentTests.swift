import DockerfileSyntax
import JettisonCore
import Testing

/// Comments with which an author speaks to Jettison.
struct AuthorCommentTests {
  private func convertGo(_ head: String, tail: String = "") -> Conversion {
    convert(
      head + "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o app .\n\(tail)CMD [\"./app\"]\n",
      files: ["go.mod": goModule, "main.go": plainGo])
  }

  @Test(
    "a comment above FROM leaves the file alone",
    arguments: [
      "# jettison: ignore\n", "#jettison:ignore\n", "# Jettison: ignore\n",
      "# syntax=docker/dockerfile:1\n\n# jettison: ignore\n",
      "ARG V=1\n# jettison: ignore\n", "# A service.\n# jettison: ignore -- the size is tested elsewhere\n",
    ])
  func ignored(head: String) {
    let result = convertGo(head)
    #expect(result.reason == .ignored)
    #expect(result.rewritten == result.original)
  }

  @Test("the author's own reason is said")
  func reason() {
    guard case .unchanged(let refusal) = convertGo("# jettison: ignore -- built by another team\n").outcome else {
      Issue.record("not left alone")
      return
    }
    #expect(refusal.message == "a comment in the file asks to leave it alone: built by another team")
  }

  @Test("a pass can be ignored alone")
  func passes() {
    let result = convertGo("# jettison: ignore static-go, manifest-first\n")
    #expect(result.isRewritten)
    #expect(!result.rewritten.text.contains("CGO_ENABLED"))
    #expect(!result.rewritten.text.contains("COPY go.mod"))
    #expect(convertGo("").rewritten.text.contains("CGO_ENABLED"))
  }

  @Test("what is not understood leaves the file alone too", arguments: ["ignroe", "ignore everything", "", "skip"])
  func misspelt(text: String) {
    let result = convertGo("# jettison: \(text)\n")
    #expect(result.reason == .ignored)
  }

  @Test("a comment elsewhere, or one that only speaks of it, asks for nothing")
  func elsewhere() {
    #expect(convertGo("", tail: "# jettison: ignore\n").isRewritten)
    #expect(convertGo("# see jettison: ignore\n").isRewritten)
  }

  @Test("a file that cannot be read is left alone as well")
  func broken() {
    #expect(convert("# jettison: ignore\nFROM alpine\nNONSENSE\n").reason == .ignored)
  }
}
