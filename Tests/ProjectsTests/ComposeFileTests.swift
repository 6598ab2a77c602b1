import Projects
import Testing

struct ComposeFileTests {
  @Test("reads the services that build an image, in order")
  func services() throws {
    let file = try parse(
      """
      version: "3.8"
      services:
        web:
          build: .
        db:
          image: postgres
        api:
          build:
            context: ./api/
            dockerfile: docker/Dockerfile.api
            target: prod
            args: [A=1]
      volumes:
        data: {}
      """)
    #expect(file.services.map(\.name) == ["web", "api"])
    #expect(file.services.map(\.context) == [".", "api"])
    #expect(file.services.map(\.dockerfile) == ["Dockerfile", "docker/Dockerfile.api"])
    #expect(file.services.map(\.target) == [nil, "prod"])
  }

  @Test("services inherit from those they extend and from the same name in another file of the folder")
  func merging() throws {
    let main = try parse(
      "services:\n  app: {build: ., command: a}\n  worker: {extends: {service: app}, command: b}\n  far: {extends: {service: x, file: sub/base.yml}}\n"
    )
    let more = try parse("services:\n  app: {healthcheck: {test: curl x}}\n  new: {image: y}\n")
    let base = try parse("services:\n  x: {build: ./api, command: c}\n")
    let merged = ComposeFile.merging([("compose.yaml", main), ("compose.override.yaml", more)]) { path in
      path == "sub/base.yml" ? base : nil
    }
    #expect(merged.map { $0.file.services.map(\.name) } == [["app", "worker", "far"], ["app"]])
    #expect(merged[0].file.services.map(\.command) == [.text("a"), .text("b"), .text("c")])
    #expect(merged[0].file.services.map(\.context) == [".", ".", "sub/api"])
    #expect(merged[1].file.services[0].command == .text("a"))
    #expect(merged[1].file.services[0].healthcheck == .text("curl x"))
    // A circle ends.
    let circle = try parse("services:\n  a: {extends: b}\n  b: {extends: a}\n")
    #expect(ComposeFile.merging([("compose.yaml", circle)])[0].file.services.isEmpty)
  }

  @Test("reads a Dockerfile that stands in the compose file")
  func inline() throws {
    let service = try #require(
      try parse("services:\n  x:\n    build: {context: a, dockerfile_inline: \"FROM b\"}\n").services.first)
    #expect(service.inlineDockerfile == "FROM b")
    #expect(service.context == "a")
  }

  @Test(
    "reads the forms of build",
    arguments: [
      ("build: .", ".", "Dockerfile"), ("build: ./a//b/", "a/b", "Dockerfile"), ("build: ../x", "../x", "Dockerfile"),
      ("build: {}", ".", "Dockerfile"), ("build: {context: a}", "a", "Dockerfile"),
      ("build: {dockerfile: D}", ".", "D"), ("build: {context: a, dockerfile: ../D}", "a", "../D"),
      ("build: a\n    dockerfile: D", "a", "D"), ("build: \"a\"", "a", "Dockerfile"),
    ])
  func build(text: String, context: String, dockerfile: String) throws {
    let service = try #require(try parse("services:\n  x:\n    \(text)\n").services.first)
    #expect(service.context == context)
    #expect(service.dockerfile == dockerfile)
  }

  @Test("an address is kept as context", arguments: ["https://github.com/a/b.git#main:sub", "git@github.com:a/b.git"])
  func remoteContext(address: String) throws {
    #expect(try parse("services:\n  x:\n    build: \"\(address)\"\n").services.first?.context == address)
  }

  @Test(
    "reads the forms of command and entrypoint",
    arguments: [
      ("command: a b", .text("a b")), ("command: [a, b c]", .words(["a", "b c"])),
      ("command:\n      - a\n      - \"b\"", .words(["a", "b"])), ("command: >\n      a\n      b", .text("a b\n")),
      ("command: \"a 'b c'\"", .text("a 'b c'")), ("command: []", .words([])), ("command:", nil),
      ("command: null", nil), ("command: ~", nil), ("command: \"\"", nil), ("image: x", nil),
      ("command: 5", .text("5")), ("command: [sleep, 5]", .words(["sleep", "5"])),
    ] as [(String, ComposeFile.Override?)])
  func commands(text: String, expected: ComposeFile.Override?) throws {
    let service = try #require(try parse("services:\n  x:\n    build: .\n    \(text)\n").services.first)
    #expect(service.command == expected)
    let entry = try #require(
      try parse("services:\n  x:\n    build: .\n    \(text.replacing("command", with: "entrypoint"))\n").services.first)
    #expect(entry.entrypoint == expected)
    #expect(entry.command == nil)
  }

  @Test(
    "reads the test of a health check",
    arguments: [
      ("test: [CMD, a, b]", .words(["CMD", "a", "b"])), ("test: curl -f x", .text("curl -f x")),
      ("test: [NONE]", .words(["NONE"])), ("interval: 5s", nil), ("disable: true", nil),
    ] as [(String, ComposeFile.Override?)])
  func healthcheck(text: String, expected: ComposeFile.Override?) throws {
    #expect(
      try parse("services:\n  x:\n    build: .\n    healthcheck:\n      \(text)\n").services.first?.healthcheck
        == expected)
  }

  @Test("lists what the host mounts into a service, and no named volumes")
  func mounts() throws {
    let service = try #require(
      try parse(
        """
        services:
          x:
            build: .
            volumes:
              - ./src:/app/src
              - .:/app:ro
              - ~/.ssh:/root/.ssh
              - /etc/x:/etc/x
              - data:/data
              - /anonymous
              - type: bind
                source: ./y
                target: /y
              - type: volume
                source: z
                target: /z
        """
      ).services.first)
    #expect(service.mounts == ["/app/src", "/app", "/root/.ssh", "/etc/x", "/y"])
  }

  @Test("reads a file of version 1, with the services at the top")
  func versionOne() throws {
    let file = try parse("web:\n  build: ./web\n  command: a\ndb:\n  image: x\n")
    #expect(file.services.map(\.name) == ["web"])
    #expect(file.services.first?.command == .text("a"))
  }

  @Test("follows anchors")
  func anchors() throws {
    let file = try parse("x-build: &b\n  context: app\nservices:\n  web:\n    build: *b\n")
    #expect(file.services.map(\.context) == ["app"])
  }

  @Test("follows merge keys, and a service's own keys win")
  func mergeKeys() throws {
    let file = try parse(
      """
      x-app: &app
        build: ./app
        command: a
      services:
        web:
          <<: *app
        worker:
          <<: [*app]
          command: b
      """)
    #expect(file.services.map(\.name) == ["web", "worker"])
    #expect(file.services.map(\.context) == ["app", "app"])
    #expect(file.services.map(\.command) == [.text("a"), .text("b")])
  }

  @Test(
    "finds no services where there are none",
    arguments: [
      "", "# nothing\n", "services:\n", "services: []\n", "services: {}\n", "a\n", "- a\n", "services:\n  x:\n",
      "services:\n  x: 1\n", "version: '3'\n",
    ])
  func none(text: String) throws {
    #expect(try parse(text).services.isEmpty)
  }

  @Test(
    "names the line of YAML that does not parse",
    arguments: [("services:\n  x: [a\n  y: b\n", 3), ("a: 1\n- b\n", 2), ("a:\n  - b\n c: d\n", 3)])
  func brokenStructure(text: String, line: Int) throws {
    try expectProblem(text, line: line)
  }

  @Test(
    "names the line of YAML that does not even scan",
    arguments: [
      ("a: b: c\n", 1), ("a:\n\tb: c\n", 2), ("a: 1\nb: \"open\n", 3), ("a: 1\nb: %x\n", 2), ("a: 1\nb: @x\n", 2),
      ("a: '\\q'\nb: \"\\q\"\n", 2),
    ])
  func brokenTokens(text: String, line: Int) throws {
    try expectProblem(text, line: line)
  }

  @Test("names the line of an alias without anchor")
  func brokenAlias() throws {
    try expectProblem("a: 1\nb: *nope\n", line: 2)
  }

  @Test(
    "knows the names of compose files",
    arguments: [
      ("docker-compose.yml", true), ("compose.yaml", true), ("docker-compose.prod.yml", true),
      ("Docker-Compose.YML", true), ("compose.override.yaml", true), ("compose.json", false), ("mycompose.yml", false),
      ("docker.yml", false), ("compose", false),
    ])
  func names(name: String, expected: Bool) {
    #expect(ComposeFile.isName(name) == expected)
  }

  private func parse(_ text: String) throws -> ComposeFile {
    try ComposeFile.parse(text, file: "compose.yml").get()
  }

  private func expectProblem(_ text: String, line: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let error = try #require(throws: ProjectProblemError.self, sourceLocation: sourceLocation) { try parse(text) }
    #expect(error.problem.file == "compose.yml", sourceLocation: sourceLocation)
    #expect(error.problem.line == line, sourceLocation: sourceLocation)
  }
}
