import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// How a program ended and what it printed, so that callers judge it themselves.
public struct ProgramResult: Sendable {
  /// The exit status; negative is the number of the signal that ended it.
  public var status: Int32
  /// The bytes on standard output, since answers are compared exactly.
  public var output: [UInt8]
  /// The bytes on standard error.
  public var errors: [UInt8]

  /// Makes a result.
  public init(status: Int32, output: [UInt8] = [], errors: [UInt8] = []) {
    self.status = status
    self.output = output
    self.errors = errors
  }

  /// Standard output for reading.
  public var text: String { String(decoding: output, as: UTF8.self) }
  /// Both streams, as a failure shows them.
  public var log: String { String(decoding: errors, as: UTF8.self) + text }
}

/// A program that was ended because it took too long.
public struct TimeExceeded: Error, Sendable {
  /// How long it was given.
  public var limit: Duration
  /// What it had printed until then.
  public var log: String
}

/// Running other programs without a shell in between, so that no word is ever quoted or expanded.
public enum Program {
  /// The last lines of a log, since the cause of a failure stands at its end.
  public static func tail(_ log: String, lines count: Int = 20) -> String {
    log.split(whereSeparator: \.isNewline).suffix(count).joined(separator: "\n")
  }

  /// More output than this is cut off at its beginning.
  private static let most = 32 << 20

  /// Runs a program to its end, in a process group of its own: a Ctrl-C at the terminal is ours to pass on.
  ///
  /// - Parameters:
  ///   - program: the executable's path.
  ///   - arguments: its arguments, as they are.
  ///   - additions: variables on top of the inherited environment.
  ///   - limit: the time after which it is ended.
  /// - Returns: how it ended.
  public static func run(
    _ program: String, _ arguments: [String], adding additions: [String: String] = [:], limit: Duration
  ) async throws -> ProgramResult {
    let collected = Collected()
    return try await withThrowingTaskGroup(of: ProgramResult?.self) { group in
      group.addTask { try await run(program, arguments, adding: additions, into: collected) }
      group.addTask {
        try await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let result = first else {
        group.cancelAll()
        _ = try? await group.next()
        throw TimeExceeded(limit: limit, log: await collected.log)
      }
      return result
    }
  }

  private static func run(
    _ program: String, _ arguments: [String], adding additions: [String: String], into collected: Collected
  ) async throws -> ProgramResult {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(5))
    ]
    var variables: [Environment.Key: String?] = [:]
    for (name, value) in additions {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), environment: .inherit.updating(variables),
      platformOptions: options, input: .none, output: .sequence, error: .sequence
    ) { execution in
      async let output: Void = {
        for try await buffer in execution.standardOutput { await collected.add(bytes(of: buffer), isError: false) }
      }()
      async let errors: Void = {
        for try await buffer in execution.standardError { await collected.add(bytes(of: buffer), isError: true) }
      }()
      try await output
      try await errors
    }
    let status: Int32
    switch result.terminationStatus {
    case .exited(let code): status = Int32(code)
    case .signaled(let number): status = -Int32(number)
    }
    try Task.checkCancellation()
    return ProgramResult(status: status, output: await collected.output, errors: await collected.errors)
  }

  private static func bytes(of buffer: SubprocessOutputSequence.Buffer) -> [UInt8] {
    buffer.withUnsafeBytes { Array($0) }
  }

  /// What a program has printed so far, kept apart from it so that it can be shown when it is ended.
  private actor Collected {
    private(set) var output: [UInt8] = []
    private(set) var errors: [UInt8] = []

    var log: String { String(decoding: errors, as: UTF8.self) + String(decoding: output, as: UTF8.self) }

    func add(_ bytes: [UInt8], isError: Bool) {
      if isError { append(bytes, to: &errors) } else { append(bytes, to: &output) }
    }

    private func append(_ bytes: [UInt8], to all: inout [UInt8]) {
      all += bytes
      if all.count > 2 * Program.most { all.removeFirst(all.count - Program.most) }
    }
  }
}
