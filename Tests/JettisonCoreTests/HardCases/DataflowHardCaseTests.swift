import Foundation
import DockerfileSyntax
import JettisonCore
import Testing

/// Rows 1–13: what flows from the context through the builder into the final image.
struct DataflowHardCaseTests {
  private typealias Projects = HardCaseProjects

  @Test("row 1: an untouched file comes from the context, an edited one from the builder")
  func sourceOfFiles() {
    let edited = convert(
      Projects.goFile(
        build: "RUN sed -i s/a/b/ conf/app.yml && go build -o /app .\n", after: "COPY motd.txt /etc/motd.txt\n"),
      files: Projects.goReading("conf/app.yml").with(["conf/app.yml": "a\n", "motd.txt": "x\n"]))
    #expect(edited.finalStage.contains("COPY --from=builder /src/conf/app.yml /src/conf/app.yml\n"))
    #expect(edited.finalStage.contains("\nCOPY motd.txt /etc/motd.txt\n"))
    #expect(!edited.builderStage.contains("motd"))
    let untouched = convert(Projects.pythonFile(), files: Projects.python)
    #expect(untouched.finalStage.contains("\nCOPY . .\n"))
  }

  @Test("row 2: an interpreted program keeps its own COPY, a compiled one brings what it is and reads")
  func copyPolicy() {
    let node = convert(NodeProjects.run(), files: NodeProjects.plain)
    #expect(node.finalStage.contains("\nCOPY . .\n") && !node.builderStage.contains("COPY . ."))
    let built = convert(NodeProjects.build(), files: NodeProjects.typescript)
    #expect(built.finalStage.contains("COPY --from=builder /app/dist /app/dist\n"))
    #expect(!built.finalStage.contains("COPY . ."))
    let go = convert(Projects.goFile(), files: Projects.go)
    #expect(go.finalStage.contains("COPY --from=builder /app /app\n") && !go.finalStage.contains("/src/"))
    for result in [node, built, go] { #expect(!result.finalStage.contains("--from=builder / ")) }
  }

  @Test("row 3: a file a step puts outside the work directory reaches the final image")
  func writtenOutside() {
    let curl = convert(
      Projects.pythonFile(
        before:
          "RUN curl -fsSL -o /opt/fortune https://example.com/fortune && chmod +x /opt/fortune\nRUN echo x > /etc/stage\n"
      ),
      files: Projects.python)
    #expect(curl.finalStage.contains("COPY --from=builder /opt/fortune /opt/fortune\n"))
    #expect(curl.finalStage.contains("RUN echo x > /etc/stage\n"))
    let written = convert(
      Projects.goFile(build: "RUN go build -o /app . && echo 1 > /etc/build-number\n"),
      files: Projects.goReading("/etc/build-number"))
    #expect(written.finalStage.contains("COPY --from=builder /etc/build-number /etc/build-number\n"))
    let linked = convert(
      Projects.pythonFile(after: "RUN ln -s /app/app.py /usr/local/bin/serve\n", start: "CMD [\"serve\"]\n"),
      files: Projects.python)
    #expect(linked.finalStage.contains("RUN ln -s /app/app.py /usr/local/bin/serve\n"))
  }

  @Test(
    "row 3: a step that may have written anywhere is never dropped",
    arguments: ["frobnicate --install", "cd tool && ./configure && make install"])
  func unknownWrites(command: String) {
    let result = convert(Projects.pythonFile(after: "RUN \(command)\n"), files: Projects.python)
    #expect(result.reason == .opaqueEffects)
  }

  @Test("row 3: a command inside a pipeline is not repeated without the rest of it")
  func pipelines() {
    let result = convert(
      "FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt | tee install.log\nCMD [\"python\", \"app.py\"]\n",
      files: Projects.python)
    #expect(result.finalStage.contains("COPY --from=builder /app/install.log /app/install.log\n"))
    #expect(!result.finalStage.contains("RUN"))
  }

  @Test("row 4: the program is found where the author's build puts it")
  func artefactPath() {
    let named = convert(
      Projects.goFile(build: "RUN go build -o /out/bin/server .\n", start: "CMD [\"/out/bin/server\"]\n"),
      files: Projects.go)
    #expect(named.finalStage.contains("COPY --from=builder /out/bin/server /out/bin/server\n"))
    let installed = convert(
      Projects.goFile(build: "RUN go install ./cmd/api\n", start: "CMD [\"api\"]\n"),
      files: ["go.mod": goModule, "cmd/api/main.go": plainGo])
    #expect(installed.finalStage.contains("COPY --from=builder /go/bin/api /go/bin/api\n"))
    #expect(installed.finalStage.contains("ENV PATH=/go/bin:$PATH\n"))
    let pom = Projects.maven["pom.xml"]?.replacingOccurrences(
      of: "</project>", with: "<build><finalName>server</finalName></build></project>")
    let jar = convert(
      Projects.mavenFile(start: "CMD [\"java\", \"-jar\", \"target/server.jar\"]\n"),
      files: Projects.maven.with(["pom.xml": pom]))
    #expect(jar.finalStage.contains("COPY --from=builder /build/target/server.jar /build/target/server.jar\n"))
  }

  @Test("row 4: a start command that runs nothing the file builds is left alone")
  func wrongPath() {
    let result = convert(Projects.goFile(start: "CMD [\"/out/app\"]\n"), files: Projects.go)
    #expect(result.reason == .missingAtRunTime)
  }

  @Test("row 5: the work directory and the command stay, so that relative paths mean the same")
  func relativeCommand() {
    let go = convert(
      Projects.goFile(build: "RUN go build -o bin/app .\n", start: "CMD [\"bin/app\"]\n"), files: Projects.go)
    #expect(go.finalStage.contains("WORKDIR /src\nCOPY --from=builder /src/bin/app /src/bin/app\nCMD [\"bin/app\"]\n"))
    let inherited = convert(
      "FROM golang:1.22\nCOPY . src/app\nRUN cd src/app && go build -o ../../run .\nCMD [\"./run\"]\n",
      files: Projects.go)
    #expect(inherited.finalStage.contains("WORKDIR /go\n"))
    #expect(inherited.finalStage.contains("COPY --from=builder /go/run /go/run\n"))
  }

  @Test("row 6: the last CMD and ENTRYPOINT decide what has to be there")
  func lastWins() {
    let result = convert(
      Projects.goFile(
        before: "ENTRYPOINT [\"/bin/bash\"]\nCMD [\"-c\", \"git log\"]\n", start: "ENTRYPOINT [\"/app\"]\nCMD []\n"),
      files: Projects.go)
    #expect(result.plan?.runtime == "scratch")
    #expect(result.finalStage.hasSuffix("ENTRYPOINT [\"/app\"]\nCMD []\n"))
  }

  @Test("row 6: an entrypoint of the base stays in force where the family stays, and is no loss where it only execs")
  func inheritedEntrypoint() {
    let node = convert(NodeProjects.run(start: "CMD [\"index.js\"]\n"), files: NodeProjects.plain)
    #expect(node.plan?.runtime == "node:20-alpine")
    let java = convert(Projects.mavenFile(), files: Projects.maven)
    #expect(java.plan?.runtime == "eclipse-temurin:17-jre")
    #expect(convert(Projects.mavenFile(start: "ENTRYPOINT []\n"), files: Projects.maven).reason == .noCommand)
  }

  @Test("row 7: an image without a command is somebody's base", arguments: ["golang:1.22", "python:3.11", "node:20"])
  func noCommand(base: String) {
    let files = Projects.go.merging(Projects.python) { $1 }
    #expect(convert("FROM \(base)\nWORKDIR /app\nCOPY . .\nRUN make\n", files: files).reason == .noCommand)
  }

  @Test("row 7: a command from compose is a command")
  func composeCommand() {
    let compose = "services:\n  web:\n    build: .\n    command: /app\n"
    let result = convert(Projects.goFile(start: ""), files: Projects.go.with(["compose.yaml": compose]))
    #expect(result.isRewritten && result.finalStage.contains("COPY --from=builder /app /app\n"))
  }

  @Test(
    "row 8: what needs its tools when it starts is left alone",
    arguments: [
      ("golang:1.22", "CMD [\"go\", \"run\", \".\"]", Reason.startNeedsToolchain),
      ("golang:1.22", "CMD [\"air\", \"-c\", \".air.toml\"]", .startNeedsToolchain),
      ("maven:3.9-eclipse-temurin-17", "CMD mvn spring-boot:run", .startNeedsToolchain),
      ("node:20", "CMD [\"npx\", \"nodemon\", \"index.js\"]", .devImage),
      ("node:20", "CMD npm run dev", .devImage),
    ])
  func developmentImages(base: String, start: String, reason: Reason) {
    let files = Projects.go.merging(Projects.maven) { $1 }.with([
      "package.json": NodeProjects.manifest(scripts: "\"dev\": \"vite\"", development: "\"vite\": \"5\""),
      "index.js": "require('express')\n",
    ])
    let result = convert("FROM \(base)\nWORKDIR /app\nCOPY . .\nRUN true\n\(start)\n", files: files)
    #expect(result.reason == reason)
  }

  @Test(
    "row 8: Python's servers for development need no tools",
    arguments: ["flask run --reload", "python -m flask --debug run", "uvicorn app:app --reload"])
  func pythonServers(start: String) {
    let files = Projects.python.with(["requirements.txt": "flask\nuvicorn\n"])
    let result = convert(Projects.pythonFile(start: "CMD \(start)\n"), files: files)
    #expect(result.plan?.runtime == "python:3.11-slim")
  }

  @Test(
    "row 9: tests and linters stay on the path to the final stage",
    arguments: [
      (
        Projects.goFile(build: "RUN go vet ./... && go test ./...\nRUN go build -o /app .\n"),
        "RUN go vet ./... && go test ./...\n"
      ),
      (Projects.pythonFile(after: "RUN flake8 .\n"), "RUN flake8 .\n"),
      (
        NodeProjects.build(before: "").replacingOccurrences(
          of: "RUN npm run build\n", with: "RUN npm test\nRUN npm run build\n"), "RUN npm test\n"
      ),
    ])
  func checks(file: String, line: String) {
    let files = Projects.go.merging(NodeProjects.typescript) { $1 }.with([
      "requirements.txt": "flask\nflake8\n", "app.py": "import flask\n",
      "package.json": NodeProjects.manifest(
        scripts: "\"build\": \"tsc\", \"test\": \"jest\", \"start\": \"node dist/index.js\""),
    ])
    let result = convert(file, files: files)
    #expect(result.builderStage.contains(line) && !result.finalStage.contains(line))
    // Two stages and no more: a stage beside them would be skipped.
    #expect(result.rewritten.text.components(separatedBy: "FROM ").count == 3)
  }

  @Test("row 10: a file with stages of its own is left alone", arguments: ["AS build", "as base"])
  func severalStages(name: String) {
    let file =
      "FROM golang:1.22 \(name)\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM golang:1.22\nCMD [\"/app\"]\n"
    #expect(convert(file, files: Projects.go).reason == .alreadyMultiStage)
  }

  @Test("row 11: the author's stage name goes where its meaning is, and the new one is nobody's")
  func stageNames() {
    func stages(_ name: String, _ more: [String: String] = [:]) -> [Substring] {
      convert(Projects.goFile("golang:1.22" + name), files: Projects.go.merging(more) { $1 }).rewritten.text
        .split(separator: "\n").filter { $0.hasPrefix("FROM") }
    }
    #expect(stages("") == ["FROM golang:1.22 AS builder", "FROM scratch"])
    #expect(stages(" AS api") == ["FROM golang:1.22 AS builder", "FROM scratch AS api"])
    #expect(stages(" AS builder") == ["FROM golang:1.22 AS builder", "FROM scratch"])
    let compose = ["compose.yaml": "services:\n  a:\n    build:\n      context: .\n      target: builder\n"]
    #expect(stages(" AS builder", compose) == ["FROM golang:1.22 AS build", "FROM scratch AS builder"])
  }

  @Test("row 11: an image that --from names is not hidden by the builder's name")
  func imageNames() {
    let result = convert(
      Projects.goFile(before: "COPY --from=builder /etc/x /etc/x\n"), files: Projects.goReading("/etc/x"))
    #expect(result.builderStage.hasPrefix("FROM golang:1.22 AS build\n"))
    #expect(result.finalStage.contains("COPY --from=builder /etc/x /etc/x\n"))
  }

  @Test(
    "row 12: what compose runs in place of the command needs its tools too",
    arguments: [
      ("command: go test ./...", Reason.startNeedsToolchain), ("command: [go, run, .]", .startNeedsToolchain),
      ("entrypoint: make serve", .startNeedsToolchain),
    ])
  func composeOverrides(line: String, reason: Reason) {
    let compose = "services:\n  web:\n    build: .\n  other:\n    build: .\n    \(line)\n"
    #expect(convert(Projects.goFile(), files: Projects.go.with(["docker-compose.yml": compose])).reason == reason)
  }

  @Test("row 12: development dependencies that compose starts stay, unless the host brings its own")
  func composeDevelopment() {
    let files = NodeProjects.plain.with([
      "package.json": NodeProjects.manifest(
        scripts: "\"start\": \"node index.js\", \"watch\": \"jest --watch\"", development: "\"jest\": \"29\"")
    ])
    func result(_ more: String) -> Conversion {
      let compose = "services:\n  web:\n    build: .\n    command: npm run watch\n\(more)"
      return convert(NodeProjects.run(), files: files.with(["docker-compose.yml": compose]))
    }
    #expect(!result("").rewritten.text.contains("npm prune"))
    #expect(result("    volumes: ['.:/app']\n").rewritten.text.contains("npm prune"))
    #expect(!result("    volumes: ['.:/app', '/app/node_modules']\n").rewritten.text.contains("npm prune"))
  }

  @Test("row 13: instructions keep their order, and one COPY is split only where no hook reads the sources")
  func order() {
    let file =
      "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD [\"node\", \"dist/index.js\"]\n"
    let split = convert(file, files: NodeProjects.typescript.with([".dockerignore": "node_modules\n"]))
    #expect(
      split.builderStage.contains("COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n"))
    let hooked = NodeProjects.typescript.with([
      ".dockerignore": "node_modules\n", "setup.js": "",
      "package.json": NodeProjects.manifest(
        scripts: "\"build\": \"tsc\", \"postinstall\": \"node setup.js\", \"start\": \"node dist/index.js\""),
    ])
    #expect(
      convert(file, files: hooked).builderStage.contains("WORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n"))
  }
}
