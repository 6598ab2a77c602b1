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

  @Test(
    "what starts programs gets no empty base",
    arguments: [
      "exec.Command(\"/bin/sh\", \"x.sh\")", "exec.Command(\"sh\", \"-c\", \"date\")",
      "exec.Command(\"/usr/bin/lp\", \"a\")",
      "exec.Command(name)", "exec.Command(\"bash\")", "run(\"cd /tmp && tar cf - x | curl -T - http://a\")",
    ])
  func startsPrograms(call: String) {
    let main = "package main\n\nimport \"os/exec\"\n\nfunc run(s string) { exec.Command(s) }\nfunc main() { \(call) }\n"
    let result = convert(service, files: go(main, ["names.go": "package main\n\nconst name = \"/bin/sh\"\n"]))
    #expect(!result.finalStage.contains("FROM scratch"))
  }

  @Test("what only names a shell and starts nothing may have an empty base")
  func namesShell() {
    let result = convert(service, files: go("package main\n\nfunc main() { println(\"/bin/sh\", \"sh\") }\n"))
    #expect(result.finalStage.contains("FROM scratch"))
  }

  @Test("a script that the program starts brings its interpreter and the programs it calls")
  func startedScript() {
    let main =
      "package main\n\nimport \"os/exec\"\n\nfunc main() { exec.Command(\"./scripts/backup.sh\").Run() }\n"
    let plain = convert(service, files: go(main, ["scripts/backup.sh": "#!/bin/sh\ntar cf /b.tar /data\n"]))
    #expect(plain.finalStage.contains("FROM alpine"))
    let more = convert(
      service, files: go(main, ["scripts/backup.sh": "#!/bin/bash\nset -e\ntar c x | gpg -e > /b\ncurl -T /b $URL\n"])
    )
    #expect(!more.finalStage.contains("FROM scratch"))
    #expect(more.finalStage.contains("bash") && more.finalStage.contains("curl") && more.finalStage.contains("gnupg"))
  }

  @Test(
    "what looks for its home folder gets a base with accounts",
    arguments: [
      ("os.Getenv(\"HOME\")", ""), ("println(\"~/.app/config\")", ""), ("println(\"$HOME/.app\")", ""),
      ("println(1)", "VOLUME /root/.app\n"), ("println(1)", "COPY app.conf /root/.app/app.conf\n"),
    ])
  func home(call: String, line: String) {
    let text = service.replacingOccurrences(of: "CMD", with: line + "CMD")
    let files = go("package main\n\nimport \"os\"\n\nfunc main() { \(call); os.Exit(0) }\n", ["app.conf": "a"])
    #expect(convert(text, files: files).finalStage.contains("FROM alpine"))
  }

  @Test(
    "libraries that look time zones up get them",
    arguments: [
      ("_ \"github.com/go-sql-driver/mysql\"", "println(1)"),
      ("\"os\"", "os.Open(\"u:p@/d?parseTime=1&loc=Asia%2FShanghai\")"),
      ("\"os\"", "os.Setenv(\"X\", \"CRON_TZ=Asia/Tokyo 30 04 * * *\")"),
      ("\"os\"", "os.Setenv(\"X\", \"Europe/Paris\")"),
    ])
  func zones(imported: String, call: String) {
    let result = convert(service, files: go("package main\n\nimport \(imported)\n\nfunc main() { \(call) }\n"))
    #expect(result.finalStage.contains("zoneinfo"))
  }

  @Test("without static-go nothing that may be linked to a C library goes onto an empty base")
  func withoutStaticGo() {
    var options = ConversionOptions()
    options.passes[.staticGo] = false
    let files = go("package main\n\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\":80\", nil) }\n")
    #expect(convert(service, files: files, options: options).finalStage.contains("FROM debian:"))
    let own = service.replacingOccurrences(of: "RUN go", with: "RUN CGO_ENABLED=0 go")
    #expect(convert(own, files: files, options: options).finalStage.contains("FROM scratch"))
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
    #expect(result.findings.contains { $0.id == .packageOfLostBase })
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
    options.passes[.manifestFirst] = false
    let file =
      "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go mod download\nRUN go build -o server .\nCMD [\"./server\"]\n"
    #expect(convert(file, files: go(plainGo)).builderStage.contains("COPY go.mod ./\nRUN go mod download\nCOPY . .\n"))
    #expect(
      convert(file, files: go(plainGo), options: options).builderStage.contains("COPY . .\nRUN go mod download\n"))
  }

  @Test("a package that a build step calls stays in the builder")
  func packageForBuild() {
    let file =
      "FROM golang:1.22-alpine3.19\nRUN apk add --no-cache git bash\nWORKDIR /app\nCOPY . .\nRUN go mod download && bash build.sh && go build -o server .\nCMD [\"./server\"]\n"
    let result = convert(file, files: go(plainGo, ["build.sh": "#!/bin/bash\necho\n"]))
    #expect(result.builderStage.contains("RUN apk add --no-cache git bash"))
  }

  @Test("HARD_CASES 53: credentials stay in the builder")
  func credentials() {
    let file = service.replacingOccurrences(of: "WORKDIR", with: "COPY .netrc /root/.netrc\nWORKDIR")
    let result = convert(file, files: go(plainGo, [".netrc": "machine x"]))
    #expect(result.builderStage.contains("COPY .netrc") && !result.finalStage.contains("netrc"))
  }

  @Test("HARD_CASES 38: a private authority is in the bundle that travels")
  func privateAuthority() {
    let lines = "COPY ca.crt /usr/local/share/ca-certificates/ca.crt\nRUN update-ca-certificates\nWORKDIR"
    let result = convert(service.replacingOccurrences(of: "WORKDIR", with: lines), files: go(plainGo, ["ca.crt": "x"]))
    #expect(result.builderStage.contains("COPY ca.crt") && result.plan?.runtime == "scratch")
  }

  @Test("HARD_CASES 17: a variable of the old base is set where the final stage reads it")
  func inheritedVariable() {
    let file =
      "FROM golang:1.12-alpine3.9\nWORKDIR $GOPATH/src/example.com/web\nCOPY . .\nRUN go build -o web\nCMD [\"./web\"]\n"
    #expect(
      convert(file, files: go(plainGo)).finalStage.contains("ENV GOPATH=/go\nWORKDIR $GOPATH/src/example.com/web"))
  }

  @Test("a file that a step makes and the program names travels")
  func produced() {
    let main = "package main\n\nimport \"os\"\n\nfunc main() { os.ReadFile(\"config.yml\") }\n"
    let file = service.replacingOccurrences(of: "RUN go", with: "RUN cp sample.yml config.yml\nRUN go")
    #expect(
      convert(file, files: go(main, ["sample.yml": "a: 1\n"])).finalStage.contains(
        "COPY --from=builder /app/config.yml /app/config.yml"))
  }

  @Test("what a configuration file names travels with it")
  func configurationNames() {
    let main = "package main\n\nimport \"github.com/spf13/viper\"\n\nfunc main() { viper.SetConfigName(\"config\") }\n"
    let files = go(main, ["config.yaml": "templates: ./tpl\n", "tpl/a.html": "x"])
    #expect(convert(service, files: files).finalStage.contains("COPY --from=builder /app/tpl /app/tpl"))
  }

  @Test("the author's static link of C code keeps cgo")
  func staticCgo() {
    let files = ["go.mod": goModule + "\nrequire github.com/mattn/go-sqlite3 v1.14.0\n", "main.go": plainGo]
    let file = service.replacingOccurrences(
      of: "go build", with: "go build -ldflags '-linkmode external -extldflags \"-static\"'")
    let result = convert(file, files: files)
    #expect(result.plan?.runtime == "scratch" && !result.rewritten.text.contains("CGO_ENABLED"))
  }

  @Test("an argument that decides the program's path leaves the file alone")
  func argumentInPath() {
    let file =
      "FROM golang:1.22\nARG SERVICE=api\nWORKDIR /app\nCOPY . .\nRUN go build -o /bin/${SERVICE} .\nCMD [\"/bin/api\"]\n"
    #expect(convert(file, files: go(plainGo)).reason == .sameValues)
  }

  @Test("a program of elsewhere leaves the file alone")
  func remoteProgram() {
    #expect(convert("FROM golang:1.22\nRUN go install example.com/tool@v1\nCMD [\"tool\"]\n").reason == .opaqueEffects)
  }

  @Test("an entrypoint that ends in exec \"$@\" starts the command")
  func entrypointScript() {
    let file = service.replacingOccurrences(
      of: "CMD [\"./server\"]", with: "ENTRYPOINT [\"./start.sh\"]\nCMD [\"/app/server\"]")
    let result = convert(file, files: go(plainGo, ["start.sh": "#!/bin/sh\nset -e\nexec \"$@\"\n"]))
    #expect(result.plan?.runtime == "alpine:3.22")
    #expect(result.finalStage.contains("/app/start.sh"))
  }

  @Test("a number that Alpine's base has taken keeps the family")
  func takenNumber() {
    let file = service.replacingOccurrences(
      of: "CMD", with: "RUN groupadd -g 999 app && useradd -u 999 -g app app\nUSER app\nCMD")
    #expect(convert(file, files: go(plainGo)).plan?.runtime == "debian:bookworm-slim")
  }

  @Test("a folder that is open to all keeps its mode")
  func openFolder() {
    let file = service.replacingOccurrences(of: "WORKDIR", with: "RUN mkdir -p /data && chmod 777 /data\nWORKDIR")
    #expect(convert(file, files: go(plainGo)).finalStage.contains("RUN mkdir -p /data && chmod 777 /data"))
  }
}
