import Foundation
import Testing
import Verification

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension EndToEnd {
  /// How `verify` behaves towards the engine and its user: what it leaves behind, and what it says of a broken world.
  @Suite("Manners")
  struct MannersTests {
    private static let slow = "FROM debian:bookworm-slim\nRUN sleep 1.5; echo %s\nCMD [\"sleep\", \"60\"]\n"

    /// A project whose verification takes a few seconds in each of its steps, never served from a cache.
    private func project() throws -> (TemporaryFolder, arguments: [String]) {
      let mark = UUID().uuidString
      let folder = try TemporaryFolder([
        "Dockerfile": Self.slow.replacingOccurrences(of: "%s", with: mark),
        "Dockerfile.new": Self.slow.replacingOccurrences(of: "%s", with: mark + "-new"),
      ])
      let new = folder.url.appendingPathComponent("Dockerfile.new").path
      return (folder, ["verify", folder.url.path, "--after", new])
    }

    private func start(_ arguments: [String]) throws -> Process {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(Jettison.program))
      process.arguments = arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }

    /// Ten moments between the search for the engine and the second start, for each signal.
    @Test(
      "A signal leaves nothing behind", arguments: [SIGINT, SIGTERM, SIGHUP],
      [0.05, 0.4, 1.0, 1.6, 2.3, 3.2, 4.2, 5.5, 8, 16])
    func signal(number: Int32, after seconds: Double) async throws {
      guard Docker.program != nil else { return }
      let (folder, arguments) = try project()
      defer { folder.remove() }
      // A shell starts its background jobs deaf to INT, and that is handed down.
      Foundation.signal(number, SIG_DFL)
      let process = try start(arguments)
      try await Task.sleep(for: .milliseconds(Int(seconds * 1000)))
      kill(process.processIdentifier, number)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == number)
      #expect(try await Docker.leftovers().isEmpty, "after \(seconds) s")
      #expect(folders(of: process.processIdentifier).isEmpty)
    }

    @Test("What a SIGKILL left goes with the next run, and what is in use stays", arguments: [1.0, 4.5, 8.0])
    func killed(after seconds: Double) async throws {
      guard Docker.program != nil else { return }
      let (living, livingArguments) = try project()
      let (folder, arguments) = try project()
      defer {
        living.remove()
        folder.remove()
      }
      let killed = try start(arguments)
      try await Task.sleep(for: .milliseconds(Int(seconds * 1000)))
      kill(killed.processIdentifier, SIGKILL)
      killed.waitUntilExit()
      // The engine may still be at the step it was given.
      try await Task.sleep(for: .seconds(3))
      let left = Set(try await Docker.images())
      let other = try start(livingArguments)
      // Its images stay to its end, and what the killed one left goes at its beginning.
      var used: Set<String> = []
      for _ in 0..<60 where used.isEmpty {
        try await Task.sleep(for: .milliseconds(500))
        used = Set(try await Docker.images()).subtracting(left)
      }
      #expect(!used.isEmpty, "the living run has made nothing")
      let clean = try await Jettison.run(["verify", "--clean"])
      #expect(clean.status == 0, "\(clean.log)")
      let now = Set(try await Docker.images())
      #expect(used.isSubset(of: now), "--clean took what a living run uses")
      #expect(now.isDisjoint(with: left), "--clean left what a killed run has made")
      other.waitUntilExit()
      #expect(other.terminationStatus == 0, "the living run was disturbed")
      #expect(try await Docker.leftovers().isEmpty)
      #expect(folders(of: killed.processIdentifier).isEmpty)
    }

    /// The folders that a process of this number has made.
    private func folders(of process: Int32) -> [String] {
      let place = FileManager.default.temporaryDirectory
      let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
      return names.filter { name in
        let file = place.appendingPathComponent(name).appendingPathComponent("owner")
        let owner = name.hasPrefix("jettison-verify-") ? (try? String(contentsOf: file, encoding: .utf8)) ?? "" : ""
        return owner.contains(" \(process) ")
      }
    }

    // MARK: A broken world

    @Test("The world's troubles have a status of their own")
    func troubles() async throws {
      guard let docker = Docker.program else { return }
      let good = try TemporaryFolder(["Dockerfile": "FROM debian:bookworm-slim\nCMD [\"true\"]\n"])
      let missing = try TemporaryFolder(["Dockerfile": "FROM nowhere.invalid/base:1\nCMD [\"true\"]\n"])
      let frontend = try TemporaryFolder([
        "Dockerfile": "# syntax=nowhere.invalid/docker/dockerfile:9\nFROM debian:bookworm-slim\nCMD [\"true\"]\n"
      ])
      let full = try TemporaryFolder([
        "Dockerfile": "FROM debian:bookworm-slim\nRUN dd if=/dev/zero of=/dev/full count=1\nCMD [\"true\"]\n"
      ])
      let empty = try TemporaryFolder()
      // A configuration of its own has no plug-ins.
      let bare = try TemporaryFolder(["config.json": "{}"])
      defer { for folder in [good, missing, frontend, full, empty, bare] { folder.remove() } }
      func expect(
        _ folder: TemporaryFolder, _ id: String, _ words: String, _ arguments: [String] = [],
        _ variables: [String: String] = [:]
      ) async throws {
        let file = folder.url.appendingPathComponent("Dockerfile").path
        let result = try await Jettison.verify(folder.url, ["--after", file] + arguments, adding: variables)
        #expect(result.status == 2 && result.answer == nil, "\(id): \(result.errors)")
        #expect(result.errors.contains("[\(id)]") && result.errors.contains(words), "\(id): \(result.errors)")
        #expect(try await Docker.leftovers().isEmpty, "\(id)")
      }
      try await expect(missing, "no-base", "nowhere.invalid/base:1")
      try await expect(frontend, "no-frontend", "# syntax=")
      try await expect(full, "disk-full", "No space left on device")
      try await expect(good, "no-builder", "there is no builder 'farm'; there are: default", ["--builder", "farm"])
      try await expect(good, "no-engine", "docker is not on PATH; podman is not on PATH", [], ["PATH": empty.url.path])
      try await expect(
        good, "no-engine", "DOCKER_HOST=unix:///nowhere.sock", ["--engine", docker],
        ["DOCKER_HOST": "unix:///nowhere.sock"])
      try await expect(
        good, "engine-elsewhere", "loopback", ["--probe", "http://:80/", "--engine", fake(empty)],
        ["DOCKER_HOST": "tcp://build.example:2376"])
      if try await Program.run(
        docker, ["buildx", "version"], adding: ["DOCKER_CONFIG": bare.url.path], limit: .seconds(60)
      )
      .status != 0 {
        try await expect(good, "no-buildx", "docker buildx version", [], ["DOCKER_CONFIG": bare.url.path])
      }
    }

    /// A program that answers as an engine far away would.
    private func fake(_ folder: TemporaryFolder) throws -> String {
      let file = folder.url.appendingPathComponent("docker")
      try Data("#!/bin/sh\necho 27.0.0\n".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
      return file.path
    }
  }
}
