import Foundation
import Testing

/// What `migrate` leaves on disk, on good days and bad ones.
struct WritingTests {
  private let dockerfile = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o app .\nCMD [\"./app\"]\n"

  private func project() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jettison-write-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(dockerfile.utf8).write(to: folder.appendingPathComponent("Dockerfile"))
    try Data("module example.com/app\n\ngo 1.22\n".utf8).write(to: folder.appendingPathComponent("go.mod"))
    try Data("package main\n\nfunc main() { println(1) }\n".utf8).write(to: folder.appendingPathComponent("main.go"))
    return folder
  }

  private func text(_ folder: URL, _ name: String) -> String? {
    FileManager.default.contents(atPath: folder.appendingPathComponent(name).path).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test("keeps the old files where no git repository can bring them back")
  func backup() throws {
    let folder = try project()
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try Jettison.run(["migrate"], in: folder).status == 0)
    #expect(text(folder, "Dockerfile.orig") == dockerfile)
    #expect(text(folder, "Dockerfile")?.contains("FROM scratch") == true)
    #expect(text(folder, ".dockerignore") != nil)
  }

  @Test("changes nothing the second time")
  func idempotent() throws {
    let folder = try project()
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try Jettison.run(["migrate", "--no-backup"], in: folder)
    let first = [text(folder, "Dockerfile"), text(folder, ".dockerignore")]
    let second = try Jettison.run(["migrate", "--no-backup"], in: folder)
    #expect(second.status == 0)
    #expect([text(folder, "Dockerfile"), text(folder, ".dockerignore")] == first)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        ".dockerignore", "Dockerfile", "go.mod", "main.go",
      ])
  }

  @Test(
    "takes the context that a compose file or the COPY lines tell, for a Dockerfile in a folder of its own",
    arguments: [true, false])
  func context(isComposed: Bool) throws {
    let folder = try project()
    defer { try? FileManager.default.removeItem(at: folder) }
    let place = folder.appendingPathComponent("docker")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try FileManager.default.removeItem(at: folder.appendingPathComponent("Dockerfile"))
    let lines = isComposed ? dockerfile : dockerfile.replacing("COPY . .", with: "COPY go.mod main.go ./")
    try Data(lines.utf8).write(to: place.appendingPathComponent("Dockerfile"))
    if isComposed {
      let compose = "services:\n  app:\n    build: {context: ., dockerfile: docker/Dockerfile}\n"
      try Data(compose.utf8).write(to: folder.appendingPathComponent("docker-compose.yml"))
    }
    #expect(try Jettison.run(["migrate", "--no-backup"], in: folder).status == 0)
    #expect(text(place, "Dockerfile")?.contains("FROM scratch") == true)
    #expect(text(folder, ".dockerignore") != nil && text(place, ".dockerignore") == nil)
  }

  @Test("keeps the file's mode")
  func mode() throws {
    let folder = try project()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("Dockerfile").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    _ = try Jettison.run(["migrate", "--no-backup"], in: folder)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
  }

  @Test("writes through no link, and leaves no half file")
  func link() throws {
    let folder = try project()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent(".dockerignore"), withDestinationURL: folder.appendingPathComponent("elsewhere")
    )
    let result = try Jettison.run(["migrate", "--no-backup"], in: folder)
    #expect(result.status == 2)
    #expect(result.error.contains("[not-regular]"))
    #expect(text(folder, "Dockerfile") == dockerfile)
    #expect(!(try FileManager.default.contentsOfDirectory(atPath: folder.path)).contains { $0.contains(".jettison-") })
  }

  @Test("reads nothing outside the context through links")
  func escape() throws {
    let folder = try project()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.removeItem(at: folder.appendingPathComponent("go.mod"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.appendingPathComponent("go.mod").path, withDestinationPath: "/etc/passwd")
    let result = try Jettison.run(["diff"], in: folder)
    #expect(!result.error.contains("root:") && !result.output.contains("root:"))
  }

  @Test(
    "a Dockerfile of 5 MiB, with NUL bytes or invalid UTF-8 is declined and left as it is",
    arguments: ["large", "nul", "invalid"])
  func strange(kind: String) throws {
    let folder = try project()
    defer { try? FileManager.default.removeItem(at: folder) }
    var bytes = Array(dockerfile.utf8)
    switch kind {
    case "large": bytes += [UInt8](repeating: UInt8(ascii: "#"), count: 5 << 20)
    case "nul": bytes += [0, 10]
    default: bytes += [0xFF, 0xFE, 10]
    }
    try Data(bytes).write(to: folder.appendingPathComponent("Dockerfile"))
    let result = try Jettison.run(["migrate", "--no-backup"], in: folder)
    #expect(result.status == 0)
    #expect(result.error.contains("declined"))
    #expect(
      FileManager.default.contents(atPath: folder.appendingPathComponent("Dockerfile").path).map { Array($0) } == bytes)
  }
}
