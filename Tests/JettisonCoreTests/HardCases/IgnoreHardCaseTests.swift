import DockerfileSyntax
import Foundation
@testable import JettisonCore
import Testing

/// Rows 116–122: what the ignore file may hide.
struct IgnoreHardCaseTests {
  private typealias Projects = HardCaseProjects

  private func text(_ result: Conversion) -> String {
    result.ignoreFile?.bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private func hides(_ result: Conversion, _ path: String) -> Bool { result.ignoreFile?.hides(path) ?? false }

  @Test("row 116: an existing file is only appended to, nothing twice, with its own line ends")
  func existing() {
    for newline in ["\n", "\r\n"] {
      let own = ["*.md", "!README.md", "Dockerfile"].joined(separator: newline)
      let result = convert(Projects.goFile(), files: Projects.go.with([".dockerignore": own, "README.md": "x"]))
      let new = text(result)
      #expect(new.hasPrefix(own + newline))
      #expect(new.components(separatedBy: "Dockerfile").count == 2)
      #expect(!new.replacingOccurrences(of: newline, with: "").contains("\n"))
      #expect(!hides(result, "README.md"))
    }
  }

  @Test("row 117: the file beside the Dockerfile wins over the one of the context")
  func whichFile() {
    let both = convert(
      NodeProjects.run(),
      files: NodeProjects.plain.with(["Dockerfile.dockerignore": "tmp\n", ".dockerignore": "other\n"]))
    #expect(both.ignoreFile?.path == "Dockerfile.dockerignore" && text(both).hasPrefix("tmp\n"))
    #expect(convert(NodeProjects.run(), files: NodeProjects.plain).ignoreFile?.path == ".dockerignore")
  }

  @Test(
    "row 118: .git is hidden only where no version comes from it",
    arguments: [
      (
        Projects.goFile(build: "RUN go build -ldflags \"-X main.v=$(git describe --tags)\" -o /app .\n"), Projects.go,
        false
      ),
      (
        Projects.goFile(build: "RUN make && go build -o /app .\n"),
        Projects.go.with(["Makefile": "all:\n\tgit describe\n"]), false
      ),
      (
        Projects.pythonFile(),
        Projects.python.with(["pyproject.toml": "[build-system]\nrequires = [\"setuptools_scm\"]\n"]), false
      ),
      (Projects.pythonFile(), Projects.python, true), (NodeProjects.run(), NodeProjects.plain, true),
    ])
  func versionControl(file: String, files: [String: String], isHidden: Bool) {
    let result = convert(file, files: files.with([".git/HEAD": "ref: refs/heads/main\n"]))
    #expect(result.isRewritten && hides(result, ".git/HEAD") == isHidden)
  }

  @Test("row 119: results and dependencies are hidden where the build makes them anew and nobody names them")
  func remade() {
    #expect(hides(convert(NodeProjects.run(), files: NodeProjects.plain), "node_modules/a/index.js"))
    let named = NodeProjects.run().replacingOccurrences(
      of: "COPY . .", with: "COPY node_modules/own ./node_modules/own\nCOPY . .")
    #expect(
      !hides(convert(named, files: NodeProjects.plain.with(["node_modules/own/a.js": ""])), "node_modules/own/a.js"))
    let committed = convert(NodeProjects.run(), files: NodeProjects.plain.with(["node_modules/own/a.js": ""]))
    #expect(!hides(committed, "node_modules/own/a.js"))
    #expect(hides(convert(Projects.mavenFile(), files: Projects.maven), "target/old.jar"))
    let prebuilt = convert(
      "FROM eclipse-temurin:17-jdk\nCOPY target/*.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
      files: Projects.maven.with(["target/b-1.jar": "x"]))
    #expect(prebuilt.isRewritten && !hides(prebuilt, "target/b-1.jar"))
    let vendored = convert(
      Projects.goFile(build: "RUN go build -mod=vendor -o /app .\n"),
      files: Projects.go.with(["vendor/modules.txt": "#\n", "bin/tool": "x"]))
    #expect(vendored.isRewritten && !hides(vendored, "vendor/modules.txt") && !hides(vendored, "bin/tool"))
  }

  @Test("row 120: what may be a secret is reported, not hidden from a program that may read it")
  func secrets() {
    let files = Projects.python.with([".env": "A=1\n", ".npmrc": "x", "id_rsa": "x"])
    let result = convert(Projects.pythonFile(after: "COPY .env /app/.env\n"), files: files)
    #expect(result.isRewritten && !hides(result, ".env"))
    let reported = result.findings.filter { $0.id == .secretInContext }.compactMap(\.file)
    #expect(Set(reported).isSuperset(of: [".env", ".npmrc", "id_rsa"]))
    let narrow = convert(
      Projects.pythonFile().replacingOccurrences(of: "COPY . .", with: "COPY app.py ."), files: files)
    #expect(!narrow.findings.contains { $0.id == .secretInContext })
  }

  @Test("row 120: credentials of the package manager stay in the builder when the work directory travels whole")
  func credentials() {
    let files = NodeProjects.typescript.with([
      ".npmrc": "//registry.example.com/:_authToken=x\n", "setup.js": "",
      "package.json": NodeProjects.manifest(
        scripts: "\"build\": \"tsc\", \"postinstall\": \"node setup.js\", \"start\": \"node dist/index.js\""),
    ])
    let result = convert(
      "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD [\"node\", \"dist/index.js\"]\n",
      files: files)
    #expect(result.finalStage.contains("COPY --from=builder /app /app\n"))
    #expect(result.builderStage.contains("RUN rm -f /app/.npmrc\n"))
  }

  @Test("row 121: the Dockerfile is hidden only where the build does not ask git whether the tree is clean")
  func dirtyVersions() {
    let plain = convert(Projects.goFile(), files: Projects.go)
    #expect(hides(plain, "Dockerfile"))
    for describe in ["git describe --dirty", "git status --porcelain"] {
      let make = Projects.go.with([
        "Makefile": "V := $(shell \(describe))\nbuild:\n\tgo build -ldflags \"-X main.v=$(V)\" -o /app .\n",
        ".git/HEAD": "x",
      ])
      for result in [
        convert(Projects.goFile(build: "RUN make build\n"), files: make),
        convert(
          Projects.goFile(build: "RUN go build -ldflags \"-X main.v=$(\(describe))\" -o /app .\n"),
          files: Projects.go.with([".git/HEAD": "x"])),
      ] {
        #expect(result.isRewritten && !hides(result, "Dockerfile") && !hides(result, ".git/HEAD"))
      }
    }
  }

  @Test("row 122: documents, licences and tests stay, since metadata, embed lines and tests read them")
  func documents() {
    let more = ["README.md": "x", "LICENSE": "x", "docs/a.md": "x", "tests/a.txt": "x"]
    let metadata =
      "[build-system]\nrequires = [\"setuptools\"]\n[project]\nname = \"p\"\nversion = \"1\"\nreadme = \"README.md\"\n"
    let python = convert(
      "FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD [\"python\", \"app.py\"]\n",
      files: Projects.python.merging(more) { $1 }.with(["pyproject.toml": metadata]))
    let go = convert(
      Projects.goFile(build: "RUN go test ./... && go build -o /app .\n"), files: Projects.go.merging(more) { $1 })
    for result in [python, go] {
      #expect(result.isRewritten)
      for path in more.keys { #expect(!hides(result, path), "\(path)") }
    }
  }
}
