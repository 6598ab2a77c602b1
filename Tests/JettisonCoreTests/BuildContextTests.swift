import ContextFiles
import DockerfileSyntax
import JettisonCore
import Testing

/// Which folder a Dockerfile is taken to be built with when no compose file tells.
struct BuildContextTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var about: String
    var path = "svc/api/Dockerfile"
    var lines: String
    var files: [String]
    var context: String
    var origin: BuildContext.Origin

    var testDescription: String { about }
  }

  static let rows: [Row] = [
    Row(
      about: "its folder holds what it names", lines: "COPY go.mod .\nCOPY . .", files: ["svc/api/go.mod", "go.mod"],
      context: "svc/api", origin: .copy),
    Row(
      about: "only the root holds what it names", lines: "COPY go.mod .\nCOPY svc/api svc/api",
      files: ["go.mod", "svc/api/main.go"], context: ".", origin: .copy),
    Row(
      about: "the nearest ancestor wins", lines: "COPY api/main.go .", files: ["svc/api/main.go", "api/main.go"],
      context: "svc", origin: .copy),
    Row(
      about: "one source missing is enough to go on", lines: "COPY package.json yarn.lock ./",
      files: ["svc/api/package.json", "package.json", "yarn.lock"], context: ".", origin: .copy),
    Row(
      about: "nobody holds what it names", lines: "COPY target/app.jar /", files: ["svc/api/pom.xml"],
      context: "svc/api", origin: .folder),
    Row(
      about: "nothing is copied", lines: "RUN apk add git", files: ["svc/api/x"], context: "svc/api", origin: .folder),
    Row(
      about: "the whole context says nothing", lines: "COPY . .", files: ["svc/api/main.go"], context: "svc/api",
      origin: .folder),
    Row(
      about: "a folder of Dockerfiles only is no context", path: "docker/Dockerfile", lines: "COPY . /src",
      files: ["docker/Dockerfile.dev", "docker/README.md", "main.go"], context: ".", origin: .copy),
    Row(
      about: "a wildcard chooses between folders", path: "docker/Dockerfile", lines: "COPY package*.json ./\nCOPY . .",
      files: ["docker/start.sh", "package.json"], context: ".", origin: .copy),
    Row(
      about: "a wildcard below a folder", path: "docker/Dockerfile", lines: "COPY src/*.py ./",
      files: ["docker/start.sh", "src/app.py"], context: ".", origin: .copy),
    Row(
      about: "a wildcard that matches nowhere does not outweigh names", lines: "COPY main.go *.lock ./",
      files: ["svc/api/main.go"], context: "svc/api", origin: .copy),
    Row(
      about: "an absolute source is read from the context's root", lines: "COPY /svc/api/main.go .",
      files: ["svc/api/main.go"], context: ".", origin: .copy),
    Row(
      about: "a source cannot climb out", lines: "COPY ../shared/x .", files: ["svc/shared/x", "shared/x"],
      context: "svc", origin: .copy),
    Row(
      about: "other stages, addresses and heredocs are no sources",
      lines: "COPY --from=x /a /b\nADD https://e.org/f /f\nADD git@e.org:x.git /x\nCOPY <<EOF /c\nx\nEOF",
      files: ["a", "svc/api/x"], context: "svc/api", origin: .folder),
    Row(
      about: "a variable with a default counts", lines: "ARG DIR=\"svc/api\"\nENV SUB=$DIR/cmd\nCOPY $SUB/main.go .",
      files: ["svc/api/cmd/main.go"], context: ".", origin: .copy),
    Row(
      about: "a variable without a value does not", lines: "ARG DIR\nCOPY $DIR/main.go .", files: ["main.go"],
      context: "svc/api", origin: .folder),
    Row(
      about: "JSON form and quotes", lines: "COPY [\"my file\", \"/\"]\nCOPY \"other\" /", files: ["my file", "other"],
      context: ".", origin: .copy),
    Row(
      about: "a bind mount names context files too",
      lines: "RUN --mount=type=bind,source=go.mod,target=/go.mod --mount=type=cache,target=/c go build",
      files: ["go.mod", "svc/api/x"], context: ".", origin: .copy),
    Row(
      about: "hidden files and files in vendored folders count", lines: "COPY .env vendor/x ./",
      files: [".env", "vendor/x/y"], context: ".", origin: .copy),
  ]

  @Test("the nearest folder that holds what COPY names", arguments: rows)
  func inferred(row: Row) {
    let text = "FROM alpine AS x\n\(row.lines)\n"
    var files = Dictionary(uniqueKeysWithValues: row.files.map { ($0, "") })
    files[row.path] = text
    let sources = CopySources(of: Dockerfile(parsing: text))
    let context = BuildContext.inferred(of: row.path, from: sources, in: RepositoryListing(.memory(files)))
    #expect(context == BuildContext(path: row.context, origin: row.origin))
  }
}
