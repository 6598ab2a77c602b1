import DockerfileSyntax
import Foundation
import JettisonCore
import Testing

/// Rows 38–45: certificates, zones, locales, sources of packages, scripts and capabilities.
struct SystemHardCaseTests {
  private typealias Projects = HardCaseProjects
  private let bundle = "/etc/ssl/certs/ca-certificates.crt"

  @Test("row 38: a base without certificates gets the builder's bundle, a private authority in it included")
  func certificates() {
    let plain = convert(Projects.goFile(), files: Projects.go)
    #expect(plain.finalStage.contains("COPY --from=builder \(bundle) \(bundle)\n"))
    let authority =
      "COPY corp.crt /usr/local/share/ca-certificates/corp.crt\nRUN apk add --no-cache ca-certificates && update-ca-certificates\n"
    let own = convert(
      Projects.goFile("golang:1.22-alpine3.19", before: authority), files: Projects.go.with(["corp.crt": "x"]))
    #expect(own.builderStage.contains(authority) && !own.finalStage.contains("update-ca-certificates"))
    #expect(own.finalStage.contains("COPY --from=builder \(bundle) \(bundle)\n"))
  }

  @Test("row 38: a private authority is added again where the final image keeps a bundle of its own")
  func privateAuthority() {
    let authority = "COPY corp.crt /usr/local/share/ca-certificates/corp.crt\nRUN update-ca-certificates\n"
    let result = convert(Projects.pythonFile(before: authority), files: Projects.python.with(["corp.crt": "x"]))
    #expect(result.builderStage.contains(authority) && result.finalStage.contains(authority))
  }

  @Test("row 39: zones come along for a TZ variable and for what looks them up, and only then")
  func zones() {
    let zip = "COPY --from=builder /usr/local/go/lib/time/zoneinfo.zip /usr/local/go/lib/time/zoneinfo.zip\n"
    let zone = convert(Projects.goFile(before: "ENV TZ=Europe/Berlin\n"), files: Projects.go)
    #expect(zone.plan?.runtime == "scratch" && zone.finalStage.contains(zip))
    let compose = ["compose.yaml": "services:\n  a:\n    build: .\n    environment:\n      TZ: Asia/Tokyo\n"]
    #expect(convert(Projects.goFile(), files: Projects.go.merging(compose) { $1 }).finalStage.contains(zip))
    let main = "package main\n\nimport \"time\"\n\nfunc main() { time.LoadLocation(\"UTC\") }\n"
    #expect(convert(Projects.goFile(), files: Projects.go.with(["main.go": main])).finalStage.contains(zip))
    for file in [Projects.goFile(), Projects.goFile(before: "ENV TZ=UTC\n")] {
      #expect(!convert(file, files: Projects.go).finalStage.contains("zoneinfo"))
    }
  }

  @Test("row 40: locales and fonts belong to the running program")
  func locales() {
    let run =
      "RUN apt-get update && apt-get install -y locales fontconfig && sed -i 's/# de_DE/de_DE/' /etc/locale.gen && locale-gen\n"
    let python = convert(Projects.pythonFile(before: run + "ENV LANG=de_DE.UTF-8\n"), files: Projects.python)
    #expect(python.finalStage.contains(run) && python.finalStage.contains("ENV LANG=de_DE.UTF-8\n"))
    let go = convert(
      Projects.goFile(
        "golang:1.22-bookworm",
        before: "RUN apt-get update && apt-get install -y locales && localedef -i de_DE -f UTF-8 de_DE.UTF-8\n"),
      files: Projects.go)
    #expect(go.plan?.runtime == "debian:bookworm-slim" && go.finalStage.contains("localedef -i de_DE -f UTF-8"))
  }

  @Test("row 41: what an entrypoint starts the program with is in the final image")
  func wrappers() {
    let tini = convert(
      Projects.goFile(
        "golang:1.22-alpine3.19", before: "RUN apk add --no-cache tini\n",
        start: "ENTRYPOINT [\"tini\", \"--\", \"/app\"]\n"),
      files: Projects.go)
    #expect(tini.finalStage.contains("RUN apk add --no-cache tini\n"))
    let files = Projects.go.with(["entry.sh": "#!/bin/sh\nexec su-exec svc /app\n"])
    let user = convert(
      Projects.goFile(
        "golang:1.22-alpine3.19", before: "RUN apk add --no-cache su-exec git && adduser -D svc\n",
        start: "ENTRYPOINT [\"./entry.sh\"]\n"), files: files, executables: ["entry.sh"])
    #expect(user.finalStage.contains("RUN apk add --no-cache su-exec\n") && !user.finalStage.contains(" git"))
    #expect(user.finalStage.contains("COPY --from=builder /app /app\n"))
  }

  @Test("row 41: a fetched wrapper, linked to nobody knows what, meets no other C library")
  func fetchedWrapper() {
    let result = convert(
      Projects.goFile(
        before: "ADD https://example.com/tini /tini\nRUN chmod +x /tini\n",
        start: "ENTRYPOINT [\"/tini\", \"--\", \"/app\"]\n"),
      files: Projects.go)
    #expect(result.plan?.runtime == "debian:bookworm-slim")
    #expect(result.finalStage.contains("ADD https://example.com/tini /tini\nRUN chmod +x /tini\n"))
  }

  @Test("row 42: a layer that cleans up after itself has nothing to gain")
  func cleanLayers() {
    let run =
      "RUN apk add --no-cache --virtual .build gcc musl-dev && pip install -r requirements.txt && apk del .build\n"
    let file =
      "FROM python:3.11-alpine\nWORKDIR /app\nCOPY requirements.txt .\n\(run)COPY . .\nCMD [\"python\", \"app.py\"]\n"
    #expect(convert(file, files: Projects.python).reason == .nothingToGain)
    let slim =
      "RUN apt-get update && apt-get install -y gcc && pip install -r requirements.txt && apt-get purge -y --auto-remove gcc\n"
    let debian = file.replacingOccurrences(of: run, with: slim).replacingOccurrences(of: "alpine", with: "slim")
    #expect(convert(debian, files: Projects.python).reason == .nothingToGain)
  }

  @Test("row 42: a removal in a later layer frees nothing, and stays in the builder as it is")
  func lateRemoval() {
    let install = "RUN apt-get update && apt-get install -y gcc\n"
    let remove = "RUN apt-get purge -y --auto-remove gcc && rm -rf /var/lib/apt/lists/*\n"
    let result = convert(
      Projects.pythonFile("python:3.11-slim", before: install, after: remove), files: Projects.python)
    #expect(result.builderStage.contains(install) && result.builderStage.contains(remove))
    #expect(!result.finalStage.contains("apt-get"))
  }

  @Test(
    "row 43: a source of packages is added again before what comes from it",
    arguments: [
      "curl -sL https://deb.nodesource.com/setup_18.x | bash - && apt-get install -y nodejs",
      "curl -fsSL -o /usr/share/keyrings/k.asc https://example.com/k.asc && echo 'deb https://example.com/apt x main' > /etc/apt/sources.list.d/x.list && apt-get update && apt-get install -y zork",
    ])
  func sources(command: String) {
    let result = convert(Projects.pythonFile(before: "RUN \(command)\n"), files: Projects.python)
    #expect(result.plan?.runtime == "python:3.11-slim")
    let lines = result.finalStage.split(separator: "\n").filter { $0.hasPrefix("RUN") }
    #expect(lines.first?.contains("install -y --no-install-recommends curl") == true)
    #expect(lines.dropFirst().first == "RUN \(command)")
  }

  @Test("row 43: a source in a line of its own comes along too, a package of the build beside it does not")
  func separateSource() {
    let source = "RUN curl -sL https://deb.nodesource.com/setup_18.x | bash -\n"
    let split = convert(
      Projects.pythonFile(before: source + "RUN apt-get update && apt-get install -y nodejs gcc\n"),
      files: Projects.python)
    #expect(split.finalStage.contains(source + "RUN apt-get update && apt-get install -y nodejs && rm -rf"))
    let mixed = convert(
      Projects.pythonFile(before: source.replacingOccurrences(of: "\n", with: " && apt-get install -y nodejs gcc\n")),
      files: Projects.python)
    #expect(mixed.reason == .opaqueEffects)
    let go = convert(
      Projects.goFile("golang:1.22-bookworm", before: source + "RUN apt-get install -y nodejs\n"), files: Projects.go)
    #expect(go.reason == .opaqueEffects)
  }

  @Test("row 44: a script has its interpreter and the tools it calls, and keeps its mode")
  func scripts() {
    let files = NodeProjects.plain.with(["entry.sh": "#!/bin/bash\nset -e\nexec \"$@\"\n"])
    let bash = convert(
      NodeProjects.run(start: "RUN chmod +x entry.sh\nENTRYPOINT [\"./entry.sh\"]\nCMD [\"node\", \"index.js\"]\n"),
      files: files)
    #expect(bash.plan?.runtime == "node:20-slim" && bash.finalStage.contains("RUN chmod +x entry.sh\n"))
    let tools = convert(
      Projects.pythonFile(
        before: "RUN apt-get update && apt-get install -y gcc gettext jq\n", start: "CMD [\"./start.sh\"]\n"),
      files: Projects.python.with(["start.sh": "#!/bin/sh\nenvsubst < a > b\njq . b\nexec python app.py\n"]),
      executables: ["start.sh"])
    #expect(tools.finalStage.contains("install -y gettext jq &&"))
  }

  @Test("row 44: a script whose Windows line ends a step mends is read like any other")
  func windowsLineEnds() {
    let result = convert(
      Projects.goFile(
        build: "RUN sed -i 's/\\r$//' entry.sh && go build -o /app .\n", start: "ENTRYPOINT [\"./entry.sh\"]\n"),
      files: Projects.go.with(["entry.sh": "#!/bin/sh\r\nexec /app\r\n"]), executables: ["entry.sh"])
    #expect(result.finalStage.contains("COPY --from=builder /src/entry.sh /src/entry.sh\n"))
  }

  @Test("row 45: a capability travels with its file, and setcap stays behind")
  func capabilities() {
    let setcap = "setcap cap_net_bind_service=+ep /app"
    for build in ["RUN go build -o /app . && \(setcap)\n", "RUN go build -o /app .\nRUN \(setcap)\n"] {
      let result = convert(
        Projects.goFile(
          "golang:1.22-alpine3.19", before: "RUN apk add --no-cache libcap\n", build: build, after: "USER 1000\n"),
        files: Projects.go)
      #expect(result.plan?.runtime == "scratch")
      #expect(result.builderStage.contains(setcap) && !result.finalStage.contains("setcap"))
    }
  }
}
