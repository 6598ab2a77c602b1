import DockerfileSyntax
import Foundation
@testable import JettisonCore
import Testing

/// Rows 22–30c: what the language of Dockerfiles allows, and bases that are not simply tags.
struct SyntaxHardCaseTests {
  private typealias Projects = HardCaseProjects
  private let syntax = "# syntax=docker/dockerfile:1\n"

  @Test("row 22: a heredoc moves whole, and a variable is set before the line rather than in it")
  func heredocs() {
    let run = "RUN <<'EOF'\nset -e\ngo build -o /app .\nEOF\n"
    let result = convert(
      syntax + Projects.goFile(before: "COPY <<-END /etc/greeting.txt\n\thello\nEND\n", build: run),
      files: Projects.goReading("/etc/greeting.txt"))
    #expect(result.builderStage.contains("ENV CGO_ENABLED=0\n" + run))
    #expect(result.finalStage.contains("COPY <<-END /etc/greeting.txt\n\thello\nEND\n"))
    #expect(!result.builderStage.contains("greeting"))
  }

  @Test("row 22: packages installed in a heredoc are split like any others")
  func heredocPackages() {
    let run = "RUN <<EOF\napt-get update\napt-get install -y gcc libpq-dev ffmpeg\nEOF\n"
    let result = convert(syntax + Projects.pythonFile(before: run), files: Projects.python)
    #expect(result.builderStage.contains(run))
    #expect(
      result.finalStage.contains(
        "RUN apt-get update && apt-get install -y ffmpeg libpq5 && rm -rf /var/lib/apt/lists/*\n"))
  }

  @Test("row 22: a heredoc that a build step changes travels with the change")
  func heredocChanged() {
    let result = convert(
      syntax
        + Projects.goFile(
          before: "COPY <<EOF /etc/app.conf\nmode=@MODE@\nEOF\n",
          build: "RUN sed -i s/@MODE@/x/ /etc/app.conf && go build -o /app .\n"),
      files: Projects.goReading("/etc/app.conf"))
    #expect(result.finalStage.contains("COPY --from=builder /etc/app.conf /etc/app.conf\n"))
    #expect(!result.finalStage.contains("<<EOF"))
  }

  @Test("row 22: two heredocs in one RUN are not taken apart")
  func severalHeredocs() {
    let run = "RUN <<A cat > /etc/a && cat <<B > /etc/b\na\nA\nb\nB\n"
    #expect(convert(syntax + Projects.pythonFile(before: run), files: Projects.python).reason == .opaqueEffects)
  }

  @Test("row 23: flags of a RUN stay before its command, however the command is edited")
  func runFlags() {
    let flags =
      "--mount=type=cache,target=/root/.cache/go-build --mount=type=secret,id=netrc,target=/root/.netrc --network=none --security=sandbox"
    let result = convert(
      syntax + Projects.goFile(build: "RUN \(flags) go build -o /app .\n"), files: Projects.go)
    #expect(result.builderStage.contains("RUN \(flags) CGO_ENABLED=0 go build -ldflags=\"-s -w\" -o /app .\n"))
    #expect(!result.finalStage.contains("--mount"))
  }

  @Test("row 23: what lies in a cache is not in the image and is never copied from it")
  func cacheContent() {
    let mount = "RUN --mount=type=cache,target=/out "
    let lost = convert(
      syntax + Projects.goFile(build: mount + "go build -o /out/app .\n", start: "CMD [\"/out/app\"]\n"),
      files: Projects.go)
    #expect(lost.reason == .copySource)
    let kept = convert(
      syntax + Projects.goFile(build: mount + "go build -o /out/app . && cp /out/app /app\n"), files: Projects.go)
    #expect(kept.finalStage.contains("COPY --from=builder /app /app\n"))
  }

  @Test("row 23: a bind mount's file is needed by the build and never hidden")
  func bindMounts() {
    let run =
      "RUN --mount=type=bind,source=requirements.txt,target=/tmp/r.txt pip install -r /tmp/r.txt\n"
    let result = convert(
      syntax + "FROM python:3.11\nWORKDIR /app\n\(run)COPY app.py .\nCMD [\"python\", \"app.py\"]\n",
      files: Projects.python)
    #expect(result.builderStage.contains(run) && result.plan?.runtime == "python:3.11-slim")
    #expect(result.ignoreFile?.hides("requirements.txt") != true)
  }

  @Test("row 24: directives and the head comment stay the first lines")
  func directives() {
    let head = "# syntax=docker/dockerfile:1\n# escape=\\\n# check=skip=JSONArgsRecommended\n\n# Our service.\n"
    let result = convert(head + Projects.goFile(), files: Projects.go)
    #expect(result.rewritten.text.hasPrefix(head + "FROM golang:1.22 AS builder\n"))
    #expect(result.rewritten.text.components(separatedBy: "# Our service.").count == 2)
  }

  @Test("row 25: spelling, continuations, comments, trailing blanks and line ends stay as they are")
  func bytes() {
    let file =
      "\u{FEFF}from golang:1.22\r\nworkdir /src\r\nCopy . .  \r\nrun go vet ./... && \\\r\n    # why\r\n\r\n    go build -o /app .\r\nexpose 80\r\ncmd [\"/app\"]"
    let result = convert(file, files: Projects.go)
    #expect(result.rewritten.text.hasPrefix("\u{FEFF}from golang:1.22 "))
    #expect(result.builderStage.contains("run go vet ./... && \\\r\n    # why\r\n\r\n    CGO_ENABLED=0 go build"))
    #expect(result.rewritten.text.contains("Copy . .  \r\n"))
    #expect(result.rewritten.text.hasSuffix("expose 80\r\ncmd [\"/app\"]\r\n"))
    #expect(!result.rewritten.text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
  }

  @Test("row 25: quotes that are no JSON make a shell form, which starts nothing of that name")
  func wrongQuotes() {
    #expect(convert(Projects.goFile(start: "CMD ['/app']\n"), files: Projects.go).reason == .missingAtRunTime)
  }

  @Test("row 26: triggers of somebody else's build are left alone")
  func triggers() {
    #expect(convert(Projects.goFile(before: "ONBUILD RUN go generate\n"), files: Projects.go).reason == .onbuild)
    for base in ["golang:1.3-onbuild", "python:3-onbuild", "node:8-onbuild", "maven:3.5-onbuild"] {
      #expect(convert("FROM \(base)\nCMD [\"x\"]\n").reason == .onbuild)
    }
  }

  @Test("row 27: a volume belongs to the final stage, behind what fills it")
  func volumes() {
    let python = convert(
      Projects.pythonFile(
        before: "RUN useradd -u 1200 app && mkdir /data && chown app /data\nVOLUME /data\nUSER app\n"),
      files: Projects.python)
    #expect(!python.builderStage.contains("VOLUME"))
    #expect(
      python.finalStage.contains("RUN useradd -u 1200 app && mkdir /data && chown app /data\nVOLUME /data\nUSER app\n"))
    let go = convert(
      Projects.goFile(after: "COPY seed /data/seed\nVOLUME [\"/data\"]\n"),
      files: Projects.go.with(["seed/a.json": "{}"]))
    #expect(go.finalStage.contains("COPY seed /data/seed\nVOLUME [\"/data\"]\n"))
  }

  @Test("row 28: ADD stays ADD, in the stage that uses what it brings")
  func additions() {
    let tini = convert(
      Projects.pythonFile(
        before: "ADD https://example.com/tini /tini\nRUN chmod +x /tini\nADD site.tar.gz /srv/site/\n",
        start: "ENTRYPOINT [\"/tini\", \"--\", \"python\", \"app.py\"]\n"),
      files: Projects.python.with(["site.tar.gz": "x"]))
    #expect(tini.finalStage.contains("ADD https://example.com/tini /tini\nRUN chmod +x /tini\n"))
    #expect(tini.finalStage.contains("ADD site.tar.gz /srv/site/\n"))
    let sources = convert(
      Projects.goFile(before: "ADD https://example.com/protoc.zip /tmp/protoc.zip\nADD gen.tar.gz /src/gen/\n"),
      files: Projects.go.with(["gen.tar.gz": "x"]))
    #expect(sources.builderStage.contains("ADD gen.tar.gz /src/gen/\n"))
    #expect(sources.finalStage.contains("ADD") == false)
  }

  @Test("row 28: a fetched file that a build step makes executable travels with its mode")
  func additionsOfBuilds() {
    let result = convert(
      Projects.goFile(
        before: "ADD https://example.com/tool /usr/local/bin/\n",
        build: "RUN chmod +x /usr/local/bin/tool && go build -o /app .\n"), files: Projects.go)
    #expect(result.builderStage.contains("ADD https://example.com/tool /usr/local/bin/\n"))
    #expect(result.finalStage.contains("COPY --from=builder /usr/local/bin/tool /usr/local/bin/tool\n"))
  }

  @Test("row 28: a fetched script beside the sources keeps the mode that a pattern gives it")
  func waitingScript() {
    let add = "WORKDIR /src\nADD https://example.com/wait.sh .\nRUN chmod +x *.sh\n"
    let go = convert(
      Projects.goFile(before: add, build: "RUN go build -o app .\n", start: "CMD ./wait.sh db:5432 -- ./app\n"),
      files: Projects.go)
    #expect(go.builderStage.contains(add))
    #expect(go.finalStage.contains("COPY --from=builder /src/wait.sh /src/wait.sh\n"))
    #expect(!go.finalStage.contains("chmod"))
    let node = convert(
      NodeProjects.build(
        start: "CMD [\"npm\", \"start\"]\n",
        before: "WORKDIR /app\nADD https://example.com/wait.sh .\nRUN chmod +x *.sh\n"),
      files: NodeProjects.typescript.with([
        "package.json": NodeProjects.manifest(
          scripts: "\"build\": \"tsc\", \"start\": \"./wait.sh db && node dist/index.js\"")
      ]))
    #expect(node.builderStage.contains("ADD https://example.com/wait.sh .\nRUN chmod +x *.sh\n"))
    #expect(node.finalStage.contains("COPY --from=builder /app /app\n"))
  }

  @Test("row 29: flags of a COPY stay, and so does what a folder's copy flattens")
  func copyFlags() {
    let python = convert(
      "# syntax=docker/dockerfile:1.7-labs\nFROM python:3.11\nWORKDIR /app\nCOPY --link requirements.txt .\nRUN pip install -r requirements.txt\nCOPY --chmod=755 --link *.sh ./\nCOPY --parents --exclude=*.txt src/**/*.py ./\nCMD [\"./run.sh\"]\n",
      files: Projects.python.with(["run.sh": "#!/bin/sh\nexec python src/a/app.py\n", "src/a/app.py": "import flask\n"])
    )
    #expect(python.builderStage.contains("COPY --link requirements.txt .\n"))
    #expect(
      python.finalStage.contains("COPY --chmod=755 --link *.sh ./\nCOPY --parents --exclude=*.txt src/**/*.py ./\n"))
    let go = convert(
      "FROM golang:1.22\nWORKDIR /src\nCOPY go.mod main.go ./\nCOPY static/ templates/ ./assets/\nRUN go build -o app .\nCMD [\"./app\"]\n",
      files: Projects.goReading("assets/a.html").with(["static/a.css": "x", "templates/a.html": "x"]))
    #expect(go.finalStage.contains("COPY static/ templates/ ./assets/\n"))
  }

  @Test("row 30: a digest belongs to one image: it is kept on that and put on no other")
  func digests() {
    let digest = "@sha256:" + String(repeating: "a1", count: 32)
    let go = convert(Projects.goFile("golang:1.22" + digest), files: Projects.go)
    #expect(go.rewritten.text.hasPrefix("FROM golang:1.22\(digest) AS builder\n") && !go.finalStage.contains("sha256"))
    let python = convert(Projects.pythonFile("python:3.11" + digest), files: Projects.python)
    #expect(python.reason == .noRuntimeVariant)
    let tools = convert(
      Projects.pythonFile("python:3.11" + digest, before: "RUN apt-get update && apt-get install -y libfoo-bin swig\n"),
      files: Projects.python)
    #expect(!tools.isRewritten || tools.finalStage.hasPrefix("FROM python:3.11\(digest)\n"))
  }

  @Test("row 30: a platform holds for both stages, as the image was built for it")
  func platforms() {
    for platform in ["linux/amd64", "$BUILDPLATFORM"] {
      let result = convert(Projects.pythonFile("--platform=\(platform) python:3.11"), files: Projects.python)
      #expect(result.rewritten.text.hasPrefix("FROM --platform=\(platform) python:3.11 AS builder\n"))
      #expect(result.finalStage.hasPrefix("FROM --platform=\(platform) python:3.11-slim\n"))
    }
  }

  @Test(
    "row 30: what a private registry calls by a known name is not taken for it",
    arguments: [
      "registry.example.com/team/golang:1.22", "registry.example.com/python:3.11", "ghcr.io/org/node:20",
      "registry.example.com:5000/golang:1.22",
    ])
  func privateImages(base: String) {
    #expect(convert(Projects.goFile(base), files: Projects.go).reason == .unknownBase)
  }

  @Test("row 30: a base that an argument names whole serves the builder, not a suffix")
  func namedByArgument() {
    let go = convert("ARG IMG=golang:1.22\n" + Projects.goFile("${IMG}"), files: Projects.go)
    #expect(go.rewritten.text.hasPrefix("ARG IMG=golang:1.22\nFROM ${IMG} AS builder\n"))
    #expect(go.plan?.runtime == "scratch")
    let python = convert("ARG IMG=python:3.11\n" + Projects.pythonFile("${IMG}"), files: Projects.python)
    #expect(python.reason == .noRuntimeVariant)
  }

  @Test(
    "row 30b: Windows is left alone",
    arguments: [
      "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCMD [\"a.exe\"]\n",
      "# escape=`\nFROM golang:1.22\nCMD [\"app.exe\"]\n",
      "FROM golang:1.22-windowsservercore-ltsc2022\nRUN go build -o app.exe\nCMD [\"app.exe\"]\n",
      "FROM golang:1.22-nanoserver\nSHELL [\"powershell\", \"-Command\"]\nCMD [\"app.exe\"]\n",
    ])
  func windows(file: String) {
    #expect(convert(file, files: Projects.go).reason == .windows)
  }

  @Test(
    "row 30c: an image with a tool chain for graphics cards is left alone",
    arguments: ["nvidia/cuda:12.2.0-devel-ubuntu22.04", "pytorch/pytorch:2.1.0-cuda12.1-cudnn8-devel"])
  func graphicsCards(base: String) {
    let file =
      "FROM \(base)\nRUN apt-get update && apt-get install -y python3-pip\nCOPY . .\nRUN pip3 install -r requirements.txt\nCMD [\"python3\", \"app.py\"]\n"
    #expect(convert(file, files: Projects.python).reason == .unknownBase)
  }
}
