/// An instruction as Docker's typed instructions see it, arguments as written and not expanded.
public enum InstructionView: Sendable, Hashable {
  /// ADD: sources, which may be addresses or archives, and a destination.
  case add(Copy)
  /// ARG: names with their defaults.
  case arg([BuildArgument])
  /// CMD: the command, or the arguments of the entrypoint.
  case cmd(CommandForm)
  /// COPY: sources and a destination.
  case copy(Copy)
  /// ENTRYPOINT: the program a container starts.
  case entrypoint(CommandForm)
  /// ENV: variables of the image.
  case env([KeyValue])
  /// EXPOSE: ports.
  case expose([Port])
  /// FROM: the base image of a stage.
  case from(From)
  /// HEALTHCHECK: how to tell that a container works.
  case healthcheck(Healthcheck)
  /// LABEL: metadata of the image.
  case label([KeyValue])
  /// MAINTAINER: the author, an old form of a label.
  case maintainer(String)
  /// ONBUILD: an instruction for the images built from this one.
  case onbuild(Instruction)
  /// RUN: a command of the build.
  case run(Run)
  /// SHELL: the program that runs commands in the shell form.
  case shell([String])
  /// STOPSIGNAL: the signal that stops a container.
  case stopsignal(String)
  /// USER: who runs what follows.
  case user(User)
  /// VOLUME: paths kept outside the container.
  case volume([String])
  /// WORKDIR: the directory of what follows.
  case workdir(String)
}

/// A name of ARG with its default.
public struct BuildArgument: Sendable, Hashable {
  /// The name.
  public var name: String
  /// The default as written, nil for none.
  public var value: String?

  /// Makes a name with a default.
  public init(name: String, value: String?) {
    self.name = name
    self.value = value
  }
}

/// A port of EXPOSE, such as `80`, `53/udp` or `8000-8010`.
public struct Port: Sendable, Hashable {
  /// The number, the range or the variable before the slash.
  public var number: String
  /// The protocol in lower case; `tcp` when none is written.
  public var transport: String

  init(_ word: String) {
    let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    number = String(parts[0])
    transport = parts.count > 1 && !parts[1].isEmpty ? parts[1].lowercased() : "tcp"
  }
}

/// The name and group of USER.
public struct User: Sendable, Hashable {
  /// The user's name or number.
  public var name: String
  /// The group's name or number, nil when none is written.
  public var group: String?

  init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(parts[0])
    group = parts.count > 1 ? String(parts[1]) : nil
  }
}

/// A health check with its settings, durations as written.
public struct Healthcheck: Sendable, Hashable {
  /// The command; nil for NONE, which switches off the base image's.
  public var command: CommandForm?
  /// The value of `--interval`.
  public var interval: String?
  /// The value of `--timeout`.
  public var timeout: String?
  /// The value of `--start-period`.
  public var startPeriod: String?
  /// The value of `--start-interval`.
  public var startInterval: String?
  /// The value of `--retries`.
  public var retries: String?
}

extension Instruction {
  /// The typed view of the instruction; nil where Docker's typed instructions refuse it, which ``refusal`` explains.
  public var view: InstructionView? {
    guard let keyword, refusal == nil else { return nil }
    switch keyword {
    case .add: return Copy(self).map(InstructionView.add)
    case .arg: return .arg(declarations.map { BuildArgument(name: $0.name, value: $0.value) })
    case .cmd: return .cmd(command)
    case .copy: return Copy(self).map(InstructionView.copy)
    case .entrypoint: return .entrypoint(command)
    case .env: return .env(pairs)
    case .expose: return .expose(words.map(Port.init))
    case .from: return From(self).map(InstructionView.from)
    case .healthcheck:
      return .healthcheck(
        Healthcheck(
          command: healthcheckCommand, interval: flag("interval"), timeout: flag("timeout"),
          startPeriod: flag("start-period"), startInterval: flag("start-interval"), retries: flag("retries")))
    case .label: return .label(pairs)
    case .maintainer: return .maintainer(arguments)
    case .onbuild: return trigger.map(InstructionView.onbuild)
    case .run: return Run(self).map(InstructionView.run)
    case .shell: if case .exec(let words) = command { return .shell(words) } else { return nil }
    case .stopsignal: return .stopsignal(arguments)
    case .user: return .user(User(arguments))
    case .volume: return .volume(words)
    case .workdir: return .workdir(arguments)
    }
  }
}
