import Testing
@testable import Verification

/// Running programs.
struct ProgramTests {
  @Test("output, errors and status come back whole, and no word is expanded")
  func whole() async throws {
    let result = try await Program.run(
      "/bin/sh", ["-c", "printf '%s' \"$1\"; echo bad >&2; exit 3", "x", "$HOME * 'a b'"], limit: .seconds(60))
    #expect(result.status == 3)
    #expect(result.text == "$HOME * 'a b'")
    #expect(result.errors == Array("bad\n".utf8))
    let large = try await Program.run("/bin/sh", ["-c", "head -c 3000000 /dev/zero"], limit: .seconds(60))
    #expect(large.output.count == 3_000_000)
  }

  @Test("what takes too long is ended with all it has started, and its output is kept")
  func late() async throws {
    let start = ContinuousClock.now
    do {
      _ = try await Program.run("/bin/sh", ["-c", "echo begun; sleep 1000; echo never"], limit: .milliseconds(500))
      Issue.record("it was not ended")
    } catch let late as TimeExceeded {
      #expect(late.log == "begun\n")
    }
    #expect(ContinuousClock.now - start < .seconds(500))
  }

  @Test("a signal is a negative status, and a missing program an error")
  func ends() async throws {
    #expect(try await Program.run("/bin/sh", ["-c", "kill -9 $$"], limit: .seconds(60)).status == -9)
    await #expect(throws: (any Error).self) { try await Program.run("/nowhere/program", [], limit: .seconds(60)) }
  }

  @Test("the end of a log is kept")
  func tail() {
    #expect(Program.tail("a\nb\n\nc\n", lines: 2) == "b\nc")
  }
}
