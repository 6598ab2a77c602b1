import DockerfileSyntax
import JettisonCore
import Testing

/// Mirrors, proxies and private copies of images the catalogue knows.
struct ImageMapTests {
  private static let digest = "@sha256:" + String(repeating: "0", count: 64)

  private func options(_ maps: [String]) throws -> ConversionOptions {
    var options = ConversionOptions()
    options.maps = try maps.map { try ImageMap($0) }
    return options
  }

  private func go(_ image: String, maps: [String] = [], head: String = "") throws -> Conversion {
    convert(
      "\(head)FROM \(image)\nWORKDIR /app\nCOPY . .\nRUN go build -o app .\nHEALTHCHECK CMD wget -q localhost || exit 1\nCMD [\"./app\"]\n",
      files: ["go.mod": goModule, "main.go": plainGo], options: try options(maps))
  }

  private func python(_ image: String, maps: [String] = []) throws -> Conversion {
    convert(
      "FROM \(image)\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD [\"python\", \"app.py\"]\n",
      files: ["requirements.txt": "flask==3.0.0\n", "app.py": "import flask\n"], options: try options(maps))
  }

  private func java(_ image: String, maps: [String] = []) throws -> String? {
    convert(
      "FROM \(image)\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n", files: ["app.jar": "x"],
      options: try options(maps)
    ).plan?.runtime
  }

  @Test(
    "a public mirror gives the final base too",
    arguments: [
      ("public.ecr.aws/docker/library/golang:1.22", "public.ecr.aws/docker/library/alpine:3.22"),
      ("mirror.gcr.io/library/golang:1.22-alpine3.19", "mirror.gcr.io/library/alpine:3.19"),
      ("arm64v8/golang:1.22", "arm64v8/alpine:3.22"), ("docker.io/library/golang:1.22", "alpine:3.22"),
    ])
  func mirrors(image: String, runtime: String) throws {
    #expect(try go(image).plan?.runtime == runtime)
  }

  @Test("the same line's variants stay in the mirror's repository")
  func variants() throws {
    #expect(
      try python("public.ecr.aws/docker/library/python:3.12-bookworm").plan?.runtime
        == "public.ecr.aws/docker/library/python:3.12-slim-bookworm")
    #expect(
      try python("registry.example/team/python:3.12", maps: ["registry.example/team/python=python"]).plan?.runtime
        == "registry.example/team/python:3.12-slim")
    #expect(try python("registry.example/team/python:3.12").reason == .unknownBase)
    #expect(
      try java("registry.example/hub/library/maven:3.9-eclipse-temurin-17", maps: ["registry.example/hub/=docker.io/"])
        == "registry.example/hub/library/eclipse-temurin:17-jre")
    #expect(
      try java("registry.example:5000/temurin:17-jdk", maps: ["registry.example:5000/temurin=eclipse-temurin"])
        == "registry.example:5000/temurin:17-jre")
  }

  @Test("another line's image has to be had from where the author's comes")
  func otherLines() throws {
    let lonely = try go("registry.example/team/golang:1.22", maps: ["registry.example/team/golang=golang"])
    guard case .unchanged(let refusal) = lonely.outcome else {
      Issue.record("\(lonely.rewritten.text)")
      return
    }
    #expect(refusal.reason == .noRuntimeVariant)
    #expect(refusal.message.contains("--map"))
    #expect(
      try go(
        "registry.example/team/golang:1.22",
        maps: ["registry.example/team/golang=golang", "registry.example/os/alpine=alpine"]
      ).plan?.runtime == "registry.example/os/alpine:3.22")
    #expect(
      try go("registry.example/proxy/golang:1.22", maps: ["registry.example/proxy/=docker.io/library/"]).plan?.runtime
        == "registry.example/proxy/alpine:3.22")
  }

  @Test("a map may say what an image of the team's own is")
  func tags() throws {
    let result = try python("registry.example/base/py:latest", maps: ["registry.example/base/py=python:3.12-bookworm"])
    #expect(result.rewritten.text.hasPrefix("FROM registry.example/base/py:latest AS builder\n"))
    #expect(result.plan?.runtime == "python:3.12-slim-bookworm")
    let other = try python("registry.example/base/py:v2", maps: ["registry.example/base/py:v1=python:3.12-bookworm"])
    #expect(other.reason == .unknownBase)
  }

  @Test("a build argument that chooses the registry chooses it for the final base")
  func registryArguments() throws {
    let local = try go("${REGISTRY}golang:1.22", head: "ARG REGISTRY=\n")
    #expect(local.plan?.runtime == "${REGISTRY}alpine:3.22")
    let proxy = try go(
      "${PROXY}/golang:1.22", maps: ["${PROXY}/=docker.io/library/"], head: "ARG PROXY\n")
    #expect(proxy.plan?.runtime == "${PROXY}/alpine:3.22")
    #expect(proxy.rewritten.text.hasPrefix("ARG PROXY\nFROM ${PROXY}/golang:1.22 AS builder\n"))
    #expect(try go("${PROXY}/golang:1.22", head: "ARG PROXY\n").reason == .unknownBase)
  }

  @Test("a digest stays with its image and is never put on another tag")
  func digests() throws {
    let named = try python("python:3.12-bookworm" + Self.digest)
    #expect(named.rewritten.text.hasPrefix("FROM python:3.12-bookworm\(Self.digest) AS builder\n"))
    #expect(named.plan?.runtime == "python:3.12-slim-bookworm")
    #expect(named.findings.contains { $0.id == .unpinnedBase })
    #expect(try python("python:3.12" + Self.digest).reason == .noRuntimeVariant)
    #expect(try python("python" + Self.digest).reason == .noRuntimeVariant)
    let onlyScratch = convert(
      "FROM golang:1.22\(Self.digest)\nWORKDIR /app\nCOPY . .\nRUN go build -o app .\nCMD [\"./app\"]\n",
      files: ["go.mod": goModule, "main.go": plainGo])
    #expect(onlyScratch.plan?.runtime == "scratch")
    #expect(!onlyScratch.findings.contains { $0.id == .unpinnedBase })
  }

  @Test(
    "a map that cannot be meant is refused with what to do",
    arguments: [
      ("golang", "write OLD=NEW"), ("=golang", "both sides"), ("registry.example/x/=golang", "both end in a slash"),
      ("registry.example/x=nothing/known", "not an image of the catalogue"),
      ("Registry/UPPER=golang", "no name of an image"), ("registry.example/x/=nowhere.example/", "has no image below"),
      ("registry.example/x=golang:nonsense", "tag"), ("registry.example/x@sha256:0=golang", "no name of an image"),
    ])
  func wrong(text: String, part: String) {
    do {
      _ = try ImageMap(text)
      Issue.record("'\(text)' was taken")
    } catch {
      #expect(error.message.contains(part), "\(error.message)")
    }
  }
}
