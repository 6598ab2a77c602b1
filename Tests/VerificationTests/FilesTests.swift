import DockerfileSyntax
import Foundation
import Testing
@testable import Verification

/// The file systems of images, read from archives that the tests write themselves.
struct FilesTests {
  @Test("an archive gives kind, mode, owner and content")
  func archive() throws {
    let files = try TarArchive(
      Tar([
        .file("app/run", "text", mode: 0o4755, user: 1000, group: 50), .folder("tmp/", mode: 0o1777),
        .link("bin", to: "usr/bin"), .hardLink("app/again", to: "app/run"),
        .file(String(repeating: "deep/", count: 30) + "file", "long name"),
      ]).bytes)
    let run = try #require(files.files["/app/run"])
    #expect(run.description == "-rwsr-xr-x 1000/50")
    #expect(files.content(of: run) == Array("text".utf8))
    #expect(files.content(of: run, contains: "ex") && !files.content(of: run, contains: "x "))
    #expect(files.files["/app/again"] == run)
    #expect(files.files["/tmp"]?.description == "drwxrwxrwt 0/0")
    #expect(files.files["/bin"]?.target == "usr/bin")
    #expect(files.files["/" + String(repeating: "deep/", count: 30) + "file"]?.content.count == 9)
  }

  @Test("an archive that is cut off is said to be")
  func cutOff() throws {
    let whole = try Tar([.file("a", String(repeating: "x", count: 2000))]).bytes
    #expect(throws: Trouble.self) { try TarArchive(whole.prefix(1024)) }
  }

  @Test("an archive of the system's own tar reads the same", .enabled(if: Engine.executable("tar") != nil))
  func systemArchive() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jettison-tar-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let deep = folder.appendingPathComponent("in/" + String(repeating: "folder/", count: 40))
    try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
    try Data("content".utf8).write(to: deep.appendingPathComponent("ünï file"))
    let file = folder.appendingPathComponent("out.tar")
    let tar = try #require(Engine.executable("tar"))
    for format in ["pax", "gnu"] {
      let arguments = ["--format", format, "-cf", file.path, "-C", folder.appendingPathComponent("in").path, "."]
      guard try await Program.run(tar, arguments, limit: .seconds(60)).status == 0 else { continue }
      let archive = try TarArchive(Data(contentsOf: file))
      let path = "/" + String(repeating: "folder/", count: 40) + "ünï file"
      #expect(archive.files[path].map { archive.content(of: $0) } == Array("content".utf8), "\(format)")
    }
  }

  @Test("links are followed, and those in a circle are not")
  func links() throws {
    let files = ImageFiles(
      try TarArchive(
        Tar([
          .folder("usr/bin/"), .file("usr/bin/dash", "x"), .link("usr/bin/sh", to: "dash"), .link("bin", to: "usr/bin"),
          .link("a", to: "b"), .link("b", to: "/a"), .link("usr/up", to: "../bin/./sh"),
        ]).bytes))
    #expect(files.resolve("/bin/sh") == "/usr/bin/dash")
    #expect(files.resolve("/usr/up") == "/usr/bin/dash")
    #expect(files.resolve("/a") == nil)
    #expect(files.program("sh", path: "/nowhere:/bin", folder: "/") == "/bin/sh")
    #expect(files.program("bash", path: "/bin", folder: "/") == nil)
  }

  @Test("a compiled file names its loader and libraries")
  func compiled() throws {
    let bytes = ELF(interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libc.so.6", "libpq.so.5"]).bytes
    let header = try #require(ELFHeader(bytes))
    #expect(header.interpreter == "/lib64/ld-linux-x86-64.so.2")
    #expect(header.needed == ["libc.so.6", "libpq.so.5"])
    #expect(ELFHeader(Array("#!/bin/sh\n".utf8)) == nil)
    for length in 0..<bytes.count { _ = ELFHeader(Array(bytes.prefix(length))) }
    for index in bytes.indices {
      var broken = bytes
      broken[index] = 0xFF
      _ = ELFHeader(broken)
    }
  }

  @Test(
    "this machine's own programs are read",
    .enabled(if: FileManager.default.fileExists(atPath: "/lib64/ld-linux-x86-64.so.2")))
  func realProgram() throws {
    let header = try #require(ELFHeader([UInt8](try Data(contentsOf: URL(fileURLWithPath: "/bin/sh")))))
    #expect(header.interpreter == "/lib64/ld-linux-x86-64.so.2")
    #expect(header.needed.contains("libc.so.6"))
  }

  // MARK: Comparison

  private static let dockerfile = Dockerfile(
    parsing: "FROM a AS builder\nFROM b\nWORKDIR /app\nCOPY --from=builder /app/run ./\nCMD [\"./run\"]\n")

  private func comparison(
    _ old: [Tar.Entry], _ new: [Tar.Entry], before: String = "{}", after: String = "{}"
  ) throws -> FileComparison {
    func side(_ entries: [Tar.Entry], _ text: String) throws -> (ImageConfiguration, ImageFiles) {
      (
        try JSONDecoder().decode(ImageConfiguration.self, from: Data(text.utf8)),
        ImageFiles(try TarArchive(Tar(entries).bytes))
      )
    }
    return FileComparison(old: try side(old, before), new: try side(new, after), dockerfile: Self.dockerfile)
  }

  @Test("owner and mode are compared of what travelled, and of nothing else")
  func owners() throws {
    let old: [Tar.Entry] = [
      .folder("app/", user: 5), .file("app/run", "x", mode: 0o755), .file("etc/hosts", "x"), .file("app/gone", "x"),
    ]
    let new: [Tar.Entry] = [
      .folder("app/"), .file("app/run", "y", mode: 0o644), .file("etc/hosts", "x", user: 7), .file("app/new", "x"),
    ]
    let problems = try comparison(old, new).ownerProblems
    #expect(problems == ["/app/run was -rwxr-xr-x 0/0, is -rw-r--r-- 0/0"])
    let inside = try comparison(old, new, before: "{\"WorkingDir\": \"/app\"}").ownerProblems
    #expect(inside.first == "/app was drwxr-xr-x 5/0, is drwxr-xr-x 0/0")
  }

  @Test("a program, a script's interpreter and a health check's program must be there")
  func programs() throws {
    let old: [Tar.Entry] = [
      .file("bin/sh", "x", mode: 0o755), .file("bin/bash", "x", mode: 0o755),
      .file("start.sh", "#!/usr/bin/env bash\n"),
      .file("usr/bin/env", "x"), .file("usr/bin/curl", "x"),
    ]
    let check = "\"Healthcheck\": {\"Test\": [\"CMD-SHELL\", \"curl -f http://localhost\"]}"
    let new: [Tar.Entry] = [.file("start.sh", "#!/usr/bin/env bash\n"), .file("usr/bin/env", "x")]
    let configuration = "{\"Entrypoint\": [\"/start.sh\"], \(check)}"
    #expect(
      try comparison(old, new, after: configuration).programProblems == [
        "the image starts '/start.sh', a script for 'bash', which the new image does not have",
        "the health check calls '/bin/sh', which the new image does not have",
        "the health check calls 'curl', which the new image does not have",
      ])
    #expect(try comparison(old, old, after: configuration).programProblems.isEmpty)
    // What the original never had is no loss.
    #expect(try comparison([], new, after: configuration).programProblems.isEmpty)
  }

  @Test("libraries and loaders that were there before are missed")
  func libraries() throws {
    let program = ELF(interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libc.so.6", "libodd.so"]).bytes
    let old: [Tar.Entry] = [
      .file("app/run", program), .file("lib64/ld-linux-x86-64.so.2", "x"), .file("usr/lib/libc.so.6", "x"),
    ]
    let compiled = try comparison(old, [.file("app/run", program)]).compiled
    #expect(
      FileComparison.problems(of: compiled) == [
        "/app/run is linked to glibc: its loader /lib64/ld-linux-x86-64.so.2 is not in the new image",
        "/app/run needs libc.so.6, which the new image does not have",
      ])
    #expect(FileComparison.problems(of: try comparison(old, old).compiled).isEmpty)
  }

  @Test("clues name what the output speaks of and the new image lacks")
  func clues() throws {
    let old: [Tar.Entry] = [
      .folder("tmp/", mode: 0o1777), .file("app/page.html", "x"), .file("etc/ssl/certs/ca-certificates.crt", "x"),
      .file("app/data", "x", user: 9),
    ]
    let clues = Clues(
      files: try comparison(old, [.file("app/data", "x")], before: "{\"WorkingDir\": \"/app\"}"))
    #expect(
      clues.explain("open page.html: no such file").first?.hasPrefix("it names page.html: /app/page.html") == true)
    #expect(clues.explain("cannot write '/tmp/x1'.").first?.hasPrefix("it names /tmp/x1: /tmp was") == true)
    #expect(clues.explain("x509: certificate signed by unknown authority").count == 1)
    #expect(clues.explain("/app/data: Permission denied").first?.contains("-rw-r--r-- 9/0 and is") == true)
    #expect(clues.explain("all is well at /opt/thing and app/data").isEmpty)
    #expect(
      clues.explain(request: "/page.html?x=1") == ["/app/page.html was in the old image and is not in the new one"])
  }
}
