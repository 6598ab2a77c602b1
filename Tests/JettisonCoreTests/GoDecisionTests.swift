import DockerfileSyntax
import Foundation
import JettisonCore
import Testing

/// Single decisions of the Go ladder, each named after the case it answers.
struct GoDecisionTests {
  private let service = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o server .\nCMD [\"./server\"]\n"

  private func go(_ main: String, _ more: [String: String] = [:]) -> [String: String] {
    ["go.mod": goModule, "main.go": main].merging(more) { $1 }
  }

  @Test("a literal that names a folder brings the folder along")
  func asset() {
    let main = "package main\n\nimport \"os\"\n\nfunc main() { os.ReadFile(\"config/app.yml\") }\n"
    let result = convert(service, files: go(main, ["config/app.yml": "a: 1\n", "docs/readme.txt": "x"]))
    #expect(result.finalStage.contains("COPY --from=builder /app/config/app.yml /app/config/app.yml"))
    #expect(!result.finalStage.contains("docs"))
  }

  @Test("a literal that names a folder of sources brings nothing")
  func sourcesAreNoAssets() {
    let main = "package main\n\nfunc main() { println(\"api\") }\n"
    let result = convert(service, files: go(main, ["api/api.go": "package api\n\nvar A = \"x\"\n"]))
    #expect(result.isRewritten && !result.finalStage.contains("/app/api"))
  }

  @Test("embedded files stay in the builder")
  func embedded() {
    let main =
      "package main\n\nimport \"embed\"\n\n//go:embed templates/*\nvar files embed.FS\n\nfunc main() { files.ReadFile(\"templates/a.html\") }\n"
    let result = convert(
      "FROM golang:1.22\nWORKDIR /app\nCOPY go.mod main.go ./\nCOPY templates templates\nRUN go build -o server .\nCMD [\"./server\"]\n",
      files: go(main, ["templates/a.html": "x"]))
    #expect(result.builderStage.contains("COPY templates templates"))
    #expect(!result.finalStage.contains("templates"))
  }

  @Test("HARD_CASES 46: import \"C\" keeps the binary on glibc of the same release")
  func cgo() {
    let main = "package main\n\nimport \"C\"\n\nfunc main() { println(\"x\") }\n"
    let result = convert(service, files: go(main))
    #expect(result.plan?.runtime == "debian:bookworm-slim")
    #expect(!result.rewritten.text.contains("CGO_ENABLED"))
  }

  @Test("HARD_CASES 47: a module that needs C counts as cgo")
  func cgoModule() {
    let files = ["go.mod": goModule + "\nrequire github.com/mattn/go-sqlite3 v1.14.0\n", "main.go": plainGo]
    #expect(convert(service, files: files).plan?.runtime == "debian:bookworm-slim")
    #expect(
      convert(service.replacingOccurrences(of: "golang:1.22", with: "golang:1.22-alpine3.19"), files: files).plan?
        .runtime == "alpine:3.19")
  }

  @Test("HARD_CASES 51: the program's name is the module's last element, a major version left out")
  func moduleName() {
    let files = ["go.mod": "module example.com/tool/v2\n\ngo 1.22\n", "main.go": plainGo]
    let result = convert("FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build\nCMD [\"/app/tool\"]\n", files: files)
    #expect(result.finalStage.contains("COPY --from=builder /app/tool /app/tool"))
  }

  @Test("HARD_CASES 55: a program that starts another one needs it in the final image")
  func exec() {
    let main = "package main\n\nimport \"os/exec\"\n\nfunc main() { exec.Command(\"git\", \"clone\").Run() }\n"
    let result = convert(service, files: go(main))
    #expect(result.plan?.runtime == "alpine:3.22")
    #expect(result.finalStage.contains("RUN apk add --no-cache git"))
    #expect(result.findings.contains { $0.id == "package-of-lost-base" })
  }

  @Test("HARD_CASES 56: temporary files get a /tmp")
  func temporary() {
    let main = "package main\n\nimport \"os\"\n\nfunc main() { os.CreateTemp(\"\", \"x\") }\n"
    #expect(convert(service, files: go(main)).finalStage.contains("COPY --from=builder /tmp /tmp"))
    let asUser = service.replacingOccurrences(of: "CMD", with: "USER 1000\nCMD")
    #expect(convert(asUser, files: go(main)).plan?.runtime == "alpine:3.22")
  }

  @Test("HARD_CASES 15: an argument is declared again where the final stage reads it")
  func argument() {
    let result = convert(
      "FROM golang:1.22\nARG VERSION=1\nWORKDIR /app\nCOPY . .\nRUN go build -ldflags=\"-X main.v=$VERSION\" -o server .\nLABEL version=$VERSION\nCMD [\"./server\"]\n",
      files: go(plainGo))
    #expect(result.builderStage.contains("ARG VERSION=1"))
    #expect(result.finalStage.contains("ARG VERSION=1\n"))
  }

  @Test("the author's own settings are not set again", arguments: ["ENV CGO_ENABLED=0\n", ""])
  func ownSettings(env: String) {
    let file =
      "FROM golang:1.22\n\(env)WORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -ldflags '-s' -o server .\nCMD [\"./server\"]\n"
    let result = convert(file, files: go(plainGo))
    #expect(result.builderStage.contains("RUN CGO_ENABLED=0 go build -ldflags '-s' -o server .\n"))
  }

  @Test("a stage name that compose asks for stays on the final stage")
  func target() {
    let compose = "services:\n  web:\n    build:\n      context: .\n      target: prod\n"
    let result = convert(
      service.replacingOccurrences(of: "golang:1.22", with: "golang:1.22 AS prod"),
      files: go(plainGo, ["compose.yaml": compose]))
    #expect(result.rewritten.text.contains("FROM golang:1.22 AS builder"))
    #expect(result.rewritten.text.contains("FROM scratch AS prod"))
  }

  @Test("a comment inside a continued RUN stays when the RUN is edited")
  func commentInside() {
    let file =
      "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go vet ./... && \\\n    # the real thing\n    go build -o server .\nCMD [\"./server\"]\n"
    let result = convert(file, files: go(plainGo))
    #expect(
      result.builderStage.contains(
        "RUN go vet ./... && \\\n    # the real thing\n    CGO_ENABLED=0 go build -ldflags=\"-s -w\" -o server .\n"))
  }

  @Test("CRLF files stay CRLF")
  func crlf() {
    let result = convert(service.replacingOccurrences(of: "\n", with: "\r\n"), files: go(plainGo))
    let text = result.rewritten.text
    #expect(result.isRewritten)
    #expect(text.utf8.filter { $0 == 0x0A }.count == text.utf8.filter { $0 == 0x0D }.count)
  }

  @Test("a lower-case file gets lower-case lines")
  func lowerCase() {
    let file = "from golang:1.22\nworkdir /app\ncopy . .\nrun go build -o server .\ncmd [\"./server\"]\n"
    let text = convert(file, files: go(plainGo)).rewritten.text
    #expect(text.contains("from golang:1.22 as builder"))
    #expect(text.contains("copy --from=builder /app/server /app/server"))
    #expect(!text.contains("COPY"))
  }

  @Test("what is not there to be proved leaves the file alone")
  func refusals() {
    #expect(convert(service).reason == .opaqueEffects || convert(service).reason == .missingAtRunTime)
    #expect(
      convert("FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o a .\nCMD [\"./b\"]\n", files: go(plainGo))
        .reason == .missingAtRunTime)
    #expect(
      convert(
        "FROM registry.example/team/golang:1.22\nCOPY . .\nRUN go build -o a .\nCMD [\"./a\"]\n", files: go(plainGo)
      ).reason == .unknownBase)
    #expect(
      convert(service.replacingOccurrences(of: "CMD [\"./server\"]\n", with: ""), files: go(plainGo)).reason
        == .noCommand)
  }

  @Test("strict mode takes nothing for granted")
  func strict() {
    var options = ConversionOptions()
    options.isStrict = true
    #expect(convert(service, files: go(plainGo), options: options).reason == .nothingToGain)
  }

  @Test("a pass that is switched off leaves its lines alone")
  func withoutManifestFirst() {
    var options = ConversionOptions()
    options.disabledPasses = ["manifest-first"]
    let file =
      "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go mod download\nRUN go build -o server .\nCMD [\"./server\"]\n"
    #expect(convert(file, files: go(plainGo)).builderStage.contains("COPY go.mod ./\nRUN go mod download\nCOPY . .\n"))
    #expect(
      convert(file, files: go(plainGo), options: options).builderStage.contains("COPY . .\nRUN go mod download\n"))
  }
}
