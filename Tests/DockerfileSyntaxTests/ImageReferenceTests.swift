import DockerfileSyntax
import Testing

struct ImageReferenceTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var registry: String?
    var repository: String
    var tag: String?
    var digest: String?
    var official: String?

    init(
      _ text: String, _ registry: String?, _ repository: String, _ tag: String?, _ digest: String?, _ official: String?
    ) {
      self.text = text
      self.registry = registry
      self.repository = repository
      self.tag = tag
      self.digest = digest
      self.official = official
    }

    var testDescription: String { text }
  }

  @Test(
    "takes references apart and puts them together again",
    arguments: [
      Row("alpine", nil, "alpine", nil, nil, "alpine"),
      Row("alpine:3.20", nil, "alpine", "3.20", nil, "alpine"),
      Row("golang:1.22-alpine3.19", nil, "golang", "1.22-alpine3.19", nil, "golang"),
      Row("alpine@sha256:abc", nil, "alpine", nil, "sha256:abc", "alpine"),
      Row("alpine:3@sha256:abc", nil, "alpine", "3", "sha256:abc", "alpine"),
      Row("library/golang", nil, "library/golang", nil, nil, "golang"),
      Row("docker.io/library/golang:1", "docker.io", "library/golang", "1", nil, "golang"),
      Row("docker.io/golang", "docker.io", "golang", nil, nil, "golang"),
      Row("index.docker.io/library/python", "index.docker.io", "library/python", nil, nil, "python"),
      Row("bitnami/redis:7", nil, "bitnami/redis", "7", nil, nil),
      Row("ghcr.io/a/b/c:d", "ghcr.io", "a/b/c", "d", nil, nil),
      Row("gcr.io/distroless/static-debian12:nonroot", "gcr.io", "distroless/static-debian12", "nonroot", nil, nil),
      Row("localhost/a", "localhost", "a", nil, nil, nil),
      Row("localhost:5000/a", "localhost:5000", "a", nil, nil, nil),
      Row("host:5000/a:b@sha256:c", "host:5000", "a", "b", "sha256:c", nil),
      Row("[::1]:5000/a", "[::1]:5000", "a", nil, nil, nil),
      Row("registry.example/golang", "registry.example", "golang", nil, nil, nil),
      Row("library/a/b", nil, "library/a/b", nil, nil, nil),
      Row("scratch", nil, "scratch", nil, nil, "scratch"),
    ])
  func table(row: Row) throws {
    let reference = try #require(ImageReference(row.text))
    #expect(reference.registry == row.registry)
    #expect(reference.repository == row.repository)
    #expect(reference.tag == row.tag)
    #expect(reference.digest == row.digest)
    #expect(reference.officialName == row.official)
    #expect(reference.text == row.text)
  }

  @Test(
    "knows no image for text with variables or without a name",
    arguments: ["", "$BASE", "${BASE}", "a/$b", ":tag", "@sha256:a"])
  func refused(text: String) {
    #expect(ImageReference(text) == nil)
  }

  @Test("a variable in the tag alone leaves the repository known")
  func variableTag() throws {
    let reference = try #require(ImageReference("golang:$VERSION"))
    #expect(reference.repository == "golang")
    #expect(reference.tag == "$VERSION")
  }

  @Test(
    "knows what Docker takes for a reference",
    arguments: [
      ("golang", true), ("golang:1.22-alpine3.19", true), ("docker.io/library/golang:1", true),
      ("localhost:5000/a/b_c__d--e.f:T", true),
      ("a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true), ("Golang", false),
      ("a//b", false),
      ("a:", false), ("a:-x", false), ("a:.x", false), ("a:4.12$", false), ("a:$V", false), ("a:b c", false),
      ("a___b", false),
      ("a-", false), ("-a", false), ("a.-b", false), ("a@sha256:01", false), ("a@x", false), ("ä", false),
      ("a:" + String(repeating: "x", count: 128), true), ("a:" + String(repeating: "x", count: 129), false),
    ])
  func wellFormed(text: String, expected: Bool) throws {
    #expect(try #require(ImageReference(text)).isWellFormed == expected)
  }
}
