/// A question to a running container: `http://:8080/path`.
public struct Probe: Sendable, Equatable {
  /// The container's port.
  public var port: Int
  /// The path with its query.
  public var path: String

  /// Makes a probe.
  public init(port: Int, path: String) {
    self.port = port
    self.path = path
  }

  /// Reads `http://:8080/path`; nil for anything else, a host's name included, since only the container is asked.
  public init?(_ text: String) {
    guard text.hasPrefix("http://") else { return nil }
    let rest = text.dropFirst("http://".count)
    let place = rest.prefix { $0 != "/" && $0 != "?" }
    guard let colon = place.lastIndex(of: ":"), ["", "localhost", "127.0.0.1"].contains(place[..<colon]),
      let port = Int(place[place.index(after: colon)...]), (1...65_535).contains(port)
    else { return nil }
    let path = rest.dropFirst(place.count)
    guard path.allSatisfy({ !$0.isWhitespace && !$0.isNewline && $0.isASCII }) else { return nil }
    self.init(port: port, path: path.hasPrefix("/") ? String(path) : "/" + path)
  }
}

/// One thing that an image did when it was asked, to be compared with what the other image did.
struct Answer: Sendable, Equatable {
  /// The question, such as `GET /healthz`.
  var question: String
  /// The HTTP status, or the exit status of a run.
  var status: Int
  /// The body, or the standard output of a run.
  var body: [UInt8]
  /// What a run printed on standard error; it is shown, not compared.
  var errors: [UInt8] = []

  /// The answer in short, for the report of a difference.
  var summary: String {
    let text = String(decoding: body.prefix(300), as: UTF8.self)
    return "status \(status), \(body.count) bytes: \(text.debugDescription)"
  }
}

/// How an image started and what it answered.
struct Start: Sendable {
  /// What became of its program.
  enum End: Sendable, Equatable {
    /// It runs as long as it was watched.
    case up
    /// It ended by itself.
    case ended(status: Int)
    /// It could not be started, for the engine's reason.
    case refused(String)

    /// The end in words.
    var words: String {
      switch self {
      case .up: "stays up"
      case .ended(let status): "ends with status \(status)"
      case .refused: "does not start"
      }
    }
  }

  var end: End
  /// The answers of each round of questions.
  var rounds: [[Answer]] = []
  /// The question that got no answer, and how long it was asked.
  var silence: String?
  /// The health check's last word.
  var health: String?
  /// What the health check printed last.
  var healthLog: String?
  /// What the container printed.
  var log = ""
}

extension Engine {
  /// Between two rounds, so that an answer that tells the time differs from itself.
  private static let pause: Duration = .milliseconds(1100)

  /// Starts an image, asks it all questions twice, and waits for its health check and for its end.
  ///
  /// - Parameters:
  ///   - image: the image.
  ///   - name: the container's short name.
  ///   - belongings: what gives names and labels.
  ///   - probes: the questions.
  ///   - limit: how long it may take to answer, or to become healthy.
  ///   - settling: how long it is watched where nothing is asked.
  func start(
    _ image: String, name: String, _ belongings: Belongings, probes: [Probe], limit: Duration, settling: Duration
  ) async throws -> Start {
    let container = belongings.container(name)
    let ports = Set(probes.map(\.port)).sorted().flatMap { ["--publish", "127.0.0.1::\($0)"] }
    let created: ProgramResult
    do {
      // One host name for both, since programs answer with it.
      created = try await call(
        ["run", "--detach", "--pull=never", "--name", container, "--hostname", "jettison-verify"]
          + belongings.labelArguments + ports + [image], limit: max(limit, Self.shortly))
    } catch let late as TimeExceeded {
      throw Trouble("engine-silent", "the engine did not start a container within \(late.limit.words)")
    }
    var start = Start(end: .up)
    if created.status != 0 {
      if let trouble = Self.worldTrouble(in: created.log) { throw trouble }
      start.end = .refused(Program.tail(created.log, lines: 3).replacing("docker: ", with: ""))
      return start
    }
    try await ask(probes, container: container, limit: limit, into: &start)
    try await watch(container, isAsked: !probes.isEmpty, limit: limit, settling: settling, into: &start)
    start.log = await logs(of: container)
    await remove(container: container)
    return start
  }

  private func ask(_ probes: [Probe], container: String, limit: Duration, into start: inout Start) async throws {
    guard !probes.isEmpty else { return }
    for round in 0..<2 {
      if round > 0 { try await Task.sleep(for: Self.pause) }
      var answers: [Answer] = []
      for probe in probes {
        // The first question waits until the program listens; the others find it listening.
        let patience = start.rounds.isEmpty && answers.isEmpty ? limit : min(limit, .seconds(15))
        guard let answer = try await answer(to: probe, container: container, limit: patience) else {
          start.silence = "GET \(probe.path) got no answer within \(patience.words)"
          return
        }
        answers.append(Answer(question: "GET \(probe.path)", status: answer.status, body: answer.body))
      }
      start.rounds.append(answers)
    }
  }

  private func answer(to probe: Probe, container: String, limit: Duration) async throws -> WebAnswer? {
    let deadline = ContinuousClock.now + limit
    let proxyDeadline = ContinuousClock.now + min(limit, .seconds(10))
    var last: WebAnswer?
    repeat {
      // Without a port there is no container any more, and no answer to wait for.
      guard let port = try await publishedPort(of: container, port: probe.port) else { return nil }
      if let answer = await WebAnswer.get(probe.path, port: port) {
        // A proxy that is up before the program behind it says so; one that goes on saying so means it.
        guard (502...504).contains(answer.status), ContinuousClock.now < proxyDeadline else { return answer }
        last = answer
      }
      try await Task.sleep(for: .milliseconds(200))
    } while ContinuousClock.now < deadline
    return last
  }

  private func watch(
    _ container: String, isAsked: Bool, limit: Duration, settling: Duration, into start: inout Start
  ) async throws {
    let begin = ContinuousClock.now
    var state = try await state(of: container)
    while state.isRunning {
      let time = ContinuousClock.now - begin
      let isSettled = isAsked || time >= settling
      let isChecked = state.health != "starting" || time >= limit
      if isSettled, isChecked { break }
      try await Task.sleep(for: .milliseconds(250))
      state = try await self.state(of: container)
    }
    start.end = state.isRunning ? .up : .ended(status: state.status)
    start.health = state.health
    start.healthLog = state.healthLog
  }

  /// Runs an image to its end with arguments.
  func run(
    _ image: String, _ arguments: [String], name: String, _ belongings: Belongings, limit: Duration
  ) async throws -> Answer {
    let container = belongings.container(name)
    let question = (["run"] + arguments).joined(separator: " ")
    do {
      let result = try await call(
        ["run", "--pull=never", "--name", container, "--hostname", "jettison-verify"] + belongings.labelArguments
          + [image] + arguments, limit: limit)
      await remove(container: container)
      if result.status == 125, let trouble = Self.worldTrouble(in: result.log) { throw trouble }
      return Answer(question: question, status: Int(result.status), body: result.output, errors: result.errors)
    } catch let late as TimeExceeded {
      await remove(container: container)
      throw Failure(message: "'\(question)' did not end within \(late.limit.words)", log: Program.tail(late.log))
    }
  }
}
