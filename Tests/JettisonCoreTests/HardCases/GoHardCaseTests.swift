import JettisonCore
import Testing

/// The hard cases of Go, by number.
struct GoHardCaseTests {
  private let service =
    "FROM golang:1.22-bookworm\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/api .\nCMD [\"/bin/api\"]\n"

  private func module(_ requires: String...) -> String {
    goModule + requires.map { "\nrequire \($0) v1.0.0\n" }.joined()
  }

  private func main(_ body: String, imports: String...) -> String {
    "package main\n\n" + imports.map { "import \"\($0)\"\n" }.joined() + "\nfunc main() { \(body) }\n"
  }

  private func convertService(_ main: String, module: String = goModule, _ more: [String: String] = [:]) -> Conversion {
    convert(service, files: ["go.mod": module, "main.go": main].merging(more) { $1 })
  }

  // MARK: C and libraries

  @Test("row 46: without C in reach the binary is made static, with C it keeps the builder's C library")
  func cgo() {
    let pure = convertService(main("http.Get(\"x\")", imports: "net/http"))
    #expect(pure.plan?.runtime == "scratch" && pure.builderStage.contains("RUN CGO_ENABLED=0 go build"))
    let pcap = main("pcap.OpenLive(\"eth0\", 1, true, 0)", imports: "github.com/google/gopacket/pcap")
    let native = convertService(pcap, module: module("github.com/google/gopacket"))
    #expect(native.plan?.runtime == "debian:bookworm-slim" && !native.builderStage.contains("CGO_ENABLED=0"))
    let alpine = convert(
      service.replacing("golang:1.22-bookworm", with: "golang:1.22-alpine3.19"),
      files: ["go.mod": module("github.com/google/gopacket"), "main.go": pcap])
    #expect(alpine.plan?.runtime == "alpine:3.19" && !alpine.builderStage.contains("CGO_ENABLED=0"))
  }

  @Test("row 46: a local module with import \"C\" counts")
  func localCgo() {
    let files = [
      "lib/go.mod": "module example.com/lib\n", "lib/lib.go": "package lib\n\nimport \"C\"\n\nfunc F() {}\n",
    ]
    let replaced = module("example.com/lib") + "\nreplace example.com/lib => ./lib\n"
    let result = convertService(main("lib.F()", imports: "example.com/lib"), module: replaced, files)
    #expect(result.plan?.runtime == "debian:bookworm-slim")
  }

  @Test("row 47: a database driver that needs C is never built without it")
  func sqlite() {
    let text = main("sqlite.Open(\"/data/a.db\")", imports: "gorm.io/driver/sqlite")
    let indirect = convertService(text, module: module("gorm.io/driver/sqlite", "github.com/mattn/go-sqlite3"))
    #expect(indirect.plan?.runtime == "debian:bookworm-slim" && !indirect.builderStage.contains("CGO_ENABLED=0"))
    let pure = convertService(
      text.replacing("gorm.io/driver/sqlite", with: "modernc.org/sqlite"), module: module("modernc.org/sqlite"))
    #expect(pure.plan?.runtime == "scratch")
  }

  // MARK: Files

  @Test("row 48: what the program opens travels to the same place, sources and documents stay")
  func assets() {
    let text = """
      package main

      import (
        "github.com/spf13/viper"
        "html/template"
        "net/http"
        "os"
      )

      func main() {
        template.ParseGlob("templates/*.html")
        http.Handle("/static/", http.FileServer(http.Dir("./static")))
        open("file://migrations", "postgres://x")
        os.ReadDir("locales")
        os.ReadFile("docs/swagger.json")
        viper.SetConfigName("settings")
      }
      """
    let files = [
      "templates/a.html": "x", "static/css/a.css": "x", "migrations/1.up.sql": "x", "locales/de.json": "{}",
      "docs/swagger.json": "{}", "docs/guide.md": "x", "settings.yaml": "a: 1\n", "internal/x/x.go": "package x\n",
    ]
    let result = convertService(text, module: module("github.com/spf13/viper"), files)
    let expected = ["docs/swagger.json", "locales", "migrations", "settings.yaml", "static", "templates"]
    #expect(result.plan?.travels.filter { $0 != "/bin/api" }.sorted() == expected.map { "/src/" + $0 })
    #expect(result.finalStage.contains("WORKDIR /src\n"))
  }

  @Test("row 49: embedded files stay in the builder and are not hidden from it")
  func embedded() {
    let text =
      "package main\n\nimport \"embed\"\n\n//go:embed README.md web\nvar files embed.FS\n\nfunc main() { files.ReadFile(\"web/a.html\") }\n"
    let result = convertService(text, ["README.md": "x", "web/a.html": "x", ".git/HEAD": "x"])
    #expect(result.plan?.travels == ["/bin/api"])
    #expect(result.ignoreFile?.added == [".git", ".dockerignore", "Dockerfile"])
  }

  @Test("row 50: every program that a command or a compose file starts travels")
  func severalPrograms() {
    let files = [
      "go.mod": goModule, "cmd/api/main.go": plainGo, "cmd/worker/main.go": plainGo,
      "compose.yaml": "services:\n  api:\n    build: .\n  worker:\n    build: .\n    command: [worker, -q, mail]\n",
    ]
    let dockerfile = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go install ./cmd/...\nCMD [\"api\"]\n"
    #expect(convert(dockerfile, files: files).plan?.travels == ["/go/bin/api", "/go/bin/worker"])
    let shell = dockerfile.replacing("go install ./cmd/...", with: "go build -o bin/ ./cmd/...")
      .replacing("[\"api\"]", with: "[\"sh\", \"-c\", \"bin/worker -once && exec bin/api\"]")
    #expect(convert(shell, files: files).plan?.travels == ["/app/bin"])
  }

  @Test("row 50: a makefile's recipe is read; what cannot be read is not guessed at")
  func makefile() {
    let dockerfile = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN make build\nCMD [\"./bin/api\"]\n"
    let files = ["go.mod": goModule, "cmd/api/main.go": plainGo]
    let read = convert(
      dockerfile, files: files.with(["Makefile": "BIN := bin\nbuild:\n\tgo build -o $(BIN)/api ./cmd/api\n"]))
    #expect(read.plan?.travels == ["/app/bin/api"])
    let opaque = convert(dockerfile, files: files.with(["Makefile": "build:\n\t./hack/build.py\n"]))
    #expect(opaque.reason == .opaqueEffects)
  }

  @Test(
    "row 51: the program lies where Go's rules put it",
    arguments: [
      ("example.com/tool/v2", "go build", "./tool", "/app/tool"),
      ("example.com/tool", "go install .", "tool", "/go/bin/tool"),
      ("example.com/x", "go build ./cmd/server", "./server", "/app/server"),
    ])
  func location(module: String, build: String, start: String, path: String) {
    let files = ["go.mod": "module \(module)\n\ngo 1.22\n", "main.go": plainGo, "cmd/server/main.go": plainGo]
    let result = convert("FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN \(build)\nCMD [\"\(start)\"]\n", files: files)
    #expect(result.plan?.travels == [path])
    #expect(result.finalStage.contains("ENV PATH=/go/bin:$PATH") == path.hasPrefix("/go/bin"))
  }

  @Test("row 52: modules of a workspace, of a replacement and of vendor are copied before they are downloaded")
  func workspaces() {
    let dockerfile =
      "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go mod download\nRUN go build -o /bin/api ./api\nCMD [\"/bin/api\"]\n"
    let plain = ["go.mod": goModule, "go.sum": "x", "api/main.go": plainGo]
    let kept = "COPY . .\nRUN go mod download\n"
    #expect(
      convert(dockerfile, files: plain).builderStage.contains("COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n"))
    for more in [
      ["go.work": "go 1.22\n\nuse ./api\nuse ./lib\n", "lib/go.mod": "module example.com/lib\n"],
      ["go.mod": goModule + "\nreplace example.com/lib => ./lib\n", "lib/go.mod": "module example.com/lib\n"],
      ["vendor/modules.txt": "x", "vendor/example.com/a/a.go": "package a\n"],
    ] {
      let result = convert(dockerfile, files: plain.merging(more) { $1 })
      #expect(result.isRewritten && result.builderStage.contains(kept), "\(more.keys.sorted())")
      #expect(result.ignoreFile?.added.contains("vendor") == false)
    }
  }

  // MARK: The build

  @Test("row 53: credentials for private modules stay in the builder, mounts as they are")
  func privateModules() {
    let lines =
      "ARG TOKEN\nRUN git config --global url.\"https://${TOKEN}@example.com/\".insteadOf \"https://example.com/\"\nENV GOPRIVATE=example.com/*\n"
    let result = convert(
      service.replacing("WORKDIR", with: lines + "WORKDIR"), files: ["go.mod": goModule, "main.go": plainGo])
    #expect(result.builderStage.contains(lines))
    #expect(!result.finalStage.contains("TOKEN") && !result.finalStage.contains("insteadOf"))
    #expect(result.finalStage.contains("ENV GOPRIVATE=example.com/*"), "what the container sees stays the same")
    let mount = "RUN --mount=type=ssh --mount=type=secret,id=netrc,target=/root/.netrc go mod download\n"
    let mounted = convert(
      service.replacing("RUN", with: mount + "RUN"), files: ["go.mod": goModule, "main.go": plainGo])
    #expect(mounted.isRewritten && mounted.builderStage.contains(mount))
  }

  @Test("row 54: the repository stays in the context where the version comes from it")
  func versionControl() {
    func hidesGit(_ run: String, _ more: [String: String] = [:]) -> Bool? {
      let files = ["go.mod": goModule, "main.go": plainGo, ".git/HEAD": "x"].merging(more) { $1 }
      return convert(service.replacing("go build -o /bin/api .", with: run), files: files).ignoreFile?.added.contains(
        ".git")
    }
    #expect(hidesGit("go build -o /bin/api .") == true)
    #expect(hidesGit("go build -ldflags \"-X main.v=$(git describe --tags)\" -o /bin/api .") == false)
    #expect(
      hidesGit(
        "make", ["Makefile": "V := $(shell git describe)\nall:\n\tgo build -ldflags \"-X main.v=$(V)\" -o /bin/api .\n"]
      ) == false)
    #expect(
      hidesGit("go build -o /bin/api .", ["main.go": main("debug.ReadBuildInfo()", imports: "runtime/debug")]) == false)
  }

  // MARK: The final image

  @Test(
    "row 55: what looks users up, starts programs or loads plug-ins gets more than an empty base",
    arguments: [
      ("os/user", "user.Current()", "alpine:3.22"),
      ("os/exec", "exec.Command(\"sh\", \"-c\", \"x\").Run()", "alpine:3.22"),
      ("os/exec", "exec.Command(\"git\", \"log\").Run()", "alpine:3.22"),
      ("plugin", "plugin.Open(\"a.so\")", "debian:bookworm-slim"),
    ])
  func notEmpty(package: String, body: String, runtime: String) {
    let result = convertService(main(body, imports: package))
    #expect(result.plan?.runtime == runtime)
    #expect(result.finalStage.contains("git") == body.contains("git"), "the program is installed")
  }

  @Test(
    "row 56: an empty base has no shell, no users and no probe's program",
    arguments: [
      ("CMD /bin/api\n", "alpine:3.22"), ("USER nobody\nCMD [\"/bin/api\"]\n", "alpine:3.22"),
      ("HEALTHCHECK CMD wget -q localhost\nCMD [\"/bin/api\"]\n", "alpine:3.22"),
      ("RUN useradd -r web\nUSER web\nCMD [\"/bin/api\"]\n", "debian:bookworm-slim"),
      ("USER 10001\nCMD [\"/bin/api\"]\n", "scratch"),
    ])
  func emptyBase(lines: String, runtime: String) {
    let result = convert(
      service.replacing("CMD [\"/bin/api\"]\n", with: lines), files: ["go.mod": goModule, "main.go": plainGo])
    #expect(result.plan?.runtime == runtime)
    #expect(result.finalStage.contains("ca-certificates"))
  }

  @Test("row 57: a cross build keeps its flags")
  func crossBuild() {
    let flags = "CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build"
    let result = convert(service.replacing("go build", with: flags), files: ["go.mod": goModule, "main.go": plainGo])
    #expect(result.builderStage.contains("RUN " + flags) && result.plan?.runtime == "scratch")
  }

  @Test("row 57: the final stage is built for the platform that the program is compiled for")
  func platforms() {
    let flags = "CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH "
    func runtime(_ flags: String, _ more: String = "") -> String? {
      let head = "FROM --platform=$BUILDPLATFORM golang:1.22-bookworm\nARG TARGETOS\nARG TARGETARCH\n"
      let dockerfile = head + service.dropFirst("FROM golang:1.22-bookworm\n".count)
      let result = convert(
        dockerfile.replacing("go build", with: flags + "go build").replacing("CMD", with: more + "CMD"),
        files: ["go.mod": goModule, "main.go": plainGo])
      #expect(result.builderStage.contains("FROM --platform=$BUILDPLATFORM golang:1.22-bookworm AS builder"))
      return result.finalStage.split(separator: "\n").first.map(String.init)
    }
    #expect(runtime(flags) == "FROM scratch")
    #expect(runtime("CGO_ENABLED=0 ") == "FROM --platform=$BUILDPLATFORM scratch", "compiled for the builder")
    let user = "RUN useradd -r web\nUSER web\n"
    #expect(runtime(flags, user) == "FROM --platform=$BUILDPLATFORM debian:bookworm-slim", "a RUN would be emulated")
  }

  @Test("row 58: the layout from before modules keeps its folder; a base with triggers is left alone")
  func beforeModules() {
    let dockerfile =
      "FROM golang:1.9\nWORKDIR /go/src/example.com/web\nCOPY . .\nRUN go get -u github.com/golang/dep/cmd/dep && dep ensure\nRUN go install\nCMD [\"web\"]\n"
    let files = [
      "Gopkg.toml": "x", "main.go": main("template.ParseFiles(\"views/a.html\")", imports: "html/template"),
      "views/a.html": "x",
    ]
    let result = convert(dockerfile, files: files)
    #expect(result.plan?.travels == ["/go/src/example.com/web/views/a.html", "/go/bin/web"])
    #expect(result.finalStage.contains("WORKDIR /go/src/example.com/web\n"))
    #expect(convert("FROM golang:1.8-onbuild\nEXPOSE 80\n", files: files).reason == .onbuild)
  }
}
