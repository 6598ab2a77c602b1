import DockerfileSyntax
import Foundation
import JettisonCore
import Testing

/// Rows 31a–37: which system packages build, which run, and which nobody named.
struct PackageHardCaseTests {
  private typealias Projects = HardCaseProjects

  private func python(_ base: String, _ packages: String, options: String = "-y", app: String = "import flask\n")
    -> Conversion
  {
    convert(
      Projects.pythonFile(base, before: "RUN apt-get update && apt-get install \(options) \(packages)\n"),
      files: Projects.python.with(["app.py": app]))
  }

  @Test("row 31a: what only builds stays behind, what runs and what is unknown comes along")
  func roles() {
    let result = python("python:3.11-bookworm", "build-essential cmake python3-dev ffmpeg frobnicator tini")
    #expect(
      result.finalStage.contains(
        "RUN apt-get update && apt-get install -y ffmpeg frobnicator tini && rm -rf /var/lib/apt/lists/*\n"))
    let alpine = convert(
      Projects.pythonFile(
        "python:3.11-alpine", before: "RUN apk add --no-cache build-base linux-headers dumb-init zork\n"),
      files: Projects.python)
    #expect(alpine.finalStage.contains("RUN apk add --no-cache dumb-init zork"))
    #expect(!alpine.finalStage.contains("build-base") && !alpine.finalStage.contains("linux-headers"))
  }

  @Test(
    "row 31a: an install that is done again keeps the author's options",
    arguments: [
      ("-qq -y -t bookworm-backports", "-t bookworm-backports"),
      ("-y --no-install-recommends", "--no-install-recommends"),
      ("-y -o Acquire::Retries=3", "-o Acquire::Retries=3"), ("--yes", ""),
    ])
  func options(written: String, kept: String) {
    let result = python("python:3.11-bookworm", "gcc ffmpeg=7:5.1", options: written)
    let flags = kept.isEmpty ? "" : kept + " "
    #expect(
      result.finalStage.contains(
        "RUN apt-get update && apt-get install -y \(flags)ffmpeg=7:5.1 && rm -rf /var/lib/apt/lists/*\n"))
  }

  @Test("row 31a: a repository named in the install stays named")
  func repositories() {
    let repository = "--repository=https://dl-cdn.alpinelinux.org/alpine/edge/testing"
    let result = convert(
      Projects.pythonFile(
        "python:3.11-alpine", before: "RUN apk add --update --no-cache --virtual .all \(repository) gcc zork=1.2-r0\n"),
      files: Projects.python)
    #expect(result.finalStage.contains("RUN apk add --no-cache \(repository) zork=1.2-r0"))
    let go = convert(
      Projects.goFile(
        "golang:1.22-bookworm",
        before: "RUN apt-get update && apt-get install -y -t bookworm-backports make imagemagick\n"),
      files: Projects.go)
    #expect(go.finalStage.contains("apt-get install -y -t bookworm-backports imagemagick"))
  }

  @Test(
    "row 31b: the library behind a -dev package has its release's name",
    arguments: [
      ("bullseye", "libffi7 libssl1.1 libicu67"), ("bookworm", "libffi8 libssl3 libicu72"),
      ("trixie", "libffi8 libssl3t64 libicu76"),
    ])
  func libraries(release: String, names: String) {
    let result = python("python:3.11-\(release)", "gcc libffi-dev libssl-dev libicu-dev")
    #expect(result.finalStage.contains(" \(names) && rm -rf"))
  }

  @Test("row 31b: headers without a row, or of a release that is not told, stay as they are")
  func unknownHeaders() {
    #expect(python("python:3.11-bookworm", "gcc libzork-dev").finalStage.contains("install -y libzork-dev &&"))
    let open = python("python:3.12", "gcc libicu-dev")
    #expect(!open.isRewritten || open.finalStage.contains("libicu-dev"))
  }

  @Test("row 31c: the libraries are named, not searched for with ldd when the image is built")
  func noSearch() {
    let result = python("python:3.11-bookworm", "gcc libxml2-dev libxslt1-dev")
    #expect(result.finalStage.contains(" libxml2 libxslt1.1 && rm -rf"))
    for word in ["ldd", "scanelf", "dpkg-query"] { #expect(!result.rewritten.text.contains(word)) }
  }

  @Test("row 32: what a full image held unnamed is installed where dependencies or sources use it")
  func implicitLibraries() {
    let files = [
      "requirements.txt": "psycopg2\nlxml\npycurl\n",
      "app.py": "import subprocess\nsubprocess.run(['git', 'log'])\nsubprocess.run('convert a b', shell=True)\n",
    ]
    let result = convert(Projects.pythonFile("python:3.11-bookworm"), files: files)
    let line = result.finalStage.split(separator: "\n").first { $0.hasPrefix("RUN") } ?? ""
    for name in ["libpq5", "libcurl4", "git", "imagemagick"] { #expect(line.contains(" \(name) "), "\(name)") }
    let plain = convert(Projects.pythonFile("python:3.11-bookworm"), files: Projects.python)
    #expect(!plain.finalStage.contains("apt-get"))
  }

  @Test("row 32: a library whose name hangs on the release is not guessed for a tag that names none")
  func openRelease() {
    let files = Projects.python.with(["requirements.txt": "pyicu\n"])
    #expect(convert(Projects.pythonFile("python:3.11"), files: files).reason == .noRuntimeVariant)
  }

  @Test(
    "row 33: a driver built from source needs its library, a wheel that carries it does not",
    arguments: [
      ("psycopg2", "libpq5"), ("mysqlclient", "libmariadb3"), ("psycopg2-binary", ""), ("PyMySQL", ""),
    ])
  func drivers(name: String, library: String) {
    let result = convert(
      Projects.pythonFile("python:3.11-bookworm"), files: Projects.python.with(["requirements.txt": name + "\n"]))
    #expect(result.isRewritten)
    if library.isEmpty {
      #expect(!result.finalStage.contains("apt-get"))
    } else {
      #expect(result.finalStage.contains(" \(library) "))
    }
  }

  @Test(
    "row 34: both stages have the same distribution and release",
    arguments: [
      ("python:3.11-bullseye", "python:3.11-slim-bullseye"), ("python:3.11-bookworm", "python:3.11-slim-bookworm"),
      ("python:3.11", "python:3.11-slim"),
    ])
  func releases(base: String, final: String) {
    #expect(convert(Projects.pythonFile(base), files: Projects.python).plan?.runtime == final)
    let native = NodeProjects.plain.with([
      "package-lock.json": NodeProjects.lock(["express": "", "bcrypt": "\"hasInstallScript\": true"])
    ])
    let node = base.replacingOccurrences(of: "python:3.11", with: "node:20")
    #expect(convert(NodeProjects.run(node), files: native).plan?.runtime == node + "-slim")
  }

  @Test("row 35: a fetching tool stays only where something at run time calls it")
  func fetchers() {
    let unused = python("python:3.11-slim", "curl git gcc")
    #expect(unused.isRewritten && !unused.finalStage.contains("apt-get"))
    let sources = python("python:3.11-slim", "curl git gcc", app: "import os\nos.system('git rev-parse HEAD')\n")
    #expect(sources.finalStage.contains("install -y git &&"))
    let script = convert(
      Projects.pythonFile(
        "python:3.11-slim", before: "RUN apt-get update && apt-get install -y curl git gcc\n",
        start: "CMD [\"./start.sh\"]\n"),
      files: Projects.python.with(["start.sh": "#!/bin/sh\ncurl -fs http://config/env > .env\nexec python app.py\n"]),
      executables: ["start.sh"])
    #expect(script.finalStage.contains("install -y curl &&"))
  }

  @Test("row 36: the program of a health check is in the final image, and its text stays")
  func healthChecks() {
    let check = "HEALTHCHECK CMD curl -f http://localhost:3000 || exit 1\n"
    let node = convert(NodeProjects.run(start: check + "CMD [\"node\", \"index.js\"]\n"), files: NodeProjects.plain)
    #expect(node.finalStage.contains("apk add --no-cache curl\n") && node.finalStage.contains(check))
    let wget = "HEALTHCHECK --interval=5s CMD [\"wget\", \"-q\", \"http://localhost/\"]\n"
    let go = convert(Projects.goFile(after: wget), files: Projects.go)
    #expect(go.plan?.runtime == "alpine:3.22" && go.finalStage.contains(wget) && !go.finalStage.contains("apk"))
    let none = convert(Projects.goFile(after: "HEALTHCHECK NONE\n"), files: Projects.go)
    #expect(none.plan?.runtime == "scratch" && none.finalStage.contains("HEALTHCHECK NONE\n"))
    let own = convert(Projects.goFile(after: "HEALTHCHECK CMD [\"/app\", \"-check\"]\n"), files: Projects.go)
    #expect(own.plan?.runtime == "scratch")
  }

  @Test("row 37: so is the program of a health check in a compose file of this image, and of no other")
  func composeHealthChecks() {
    let compose = { (build: String) in
      "services:\n  app:\n    \(build)\n    healthcheck:\n      test: [\"CMD\", \"curl\", \"-f\", \"http://localhost\"]\n"
    }
    let mine = convert(Projects.goFile(), files: Projects.go.with(["docker-compose.prod.yaml": compose("build: .")]))
    #expect(mine.finalStage.contains("RUN apk add --no-cache curl\n"))
    let other = convert(Projects.goFile(), files: Projects.go.with(["docker-compose.yml": compose("image: nginx")]))
    #expect(other.plan?.runtime == "scratch")
  }
}
