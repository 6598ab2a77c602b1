import ContextFiles
import DockerfileSyntax
import ShellSyntax

// How the author's lines and commands are named in the sentences of plans, findings and refusals.

extension CommandEffect {
  /// The command as a person knows it, cut short: `go build -o app .`.
  var phrase: String {
    let words = command?.words.map { $0.expanded { "$" + $0 } ?? "…" } ?? [program]
    return Wording.short(words.joined(separator: " "))
  }

  /// The program with its verb: `npm run build` rather than all its options.
  var verb: String {
    let words = (command?.words ?? []).map { $0.expanded { "$" + $0 } ?? "…" }
    let first = words.first ?? program
    // These take options before the verb.
    let takesOptions = ["mvn", "./mvnw", "gradle", "./gradlew", "npm", "pnpm", "yarn", "make"].contains(first)
    let rest = words.dropFirst().drop { takesOptions && $0.hasPrefix("-") }
    let isModule = first.hasPrefix("python") && rest.first == "-m"
    let plain = rest.dropFirst(isModule ? 1 : 0).prefix {
      !$0.hasPrefix("-") && !$0.contains("/") && !$0.contains("=")
    }
    return Wording.short(([first] + (isModule ? ["-m"] : []) + plain.prefix(2)).joined(separator: " "))
  }
}

extension Step {
  /// The command with one of these roles as a person knows it; the instruction's first line where there is none.
  func phrase(of roles: CommandEffect.Role...) -> String {
    effects.flatMap(\.flattened).first { roles.contains($0.role) && !($0.command?.words.isEmpty ?? true) }?.phrase
      ?? instruction.firstLine
  }

  /// The step as another line's sentence names it: `'go build' in line 9`, `COPY in line 3`.
  var mention: String {
    let telling: [CommandEffect.Role] = [
      .build, .projectTool, .dependencies, .check, .installer, .unknown, .download, .packages, .configuration, .users,
      .files,
    ]
    for role in telling {
      if let effect = effects.first(where: { $0.role == role && !($0.command?.words.isEmpty ?? true) }) {
        return "'\(effect.verb)' in line \(line)"
      }
    }
    return "\(instruction.keywordText.uppercased()) in line \(line)"
  }
}

extension Situation {
  /// What needs a shell in the final image, for a sentence.
  var shellUser: String {
    let step = trace.steps.last { step in
      switch step.keyword {
      case .cmd, .entrypoint: if case .shell? = step.instruction.command.nonEmpty { true } else { false }
      case .healthcheck: if case .shell? = step.instruction.healthcheckCommand { true } else { false }
      default: false
      }
    }
    return step?.mention ?? "the start command, a health check or a script of theirs"
  }

  /// The line of FROM.
  var baseLocation: Location { Location(line: line { $0.keyword == .from }) }

  /// The line that says what starts, ENTRYPOINT before CMD; nil where only a compose file does.
  var startLocation: Location? {
    (line { $0.keyword == .entrypoint } ?? line { $0.keyword == .cmd }).map { Location(line: $0) }
  }

  private func line(where fits: (Instruction) -> Bool) -> Int? {
    file.instructions.lastIndex(where: fits).map { file.instructionLines[$0] }
  }

  /// The line that decides, where the sentence itself knows none: the base's or the start's.
  func location(for reason: Reason) -> Location? {
    switch reason {
    case .unknownBase, .noRuntimeVariant, .infrastructure, .staticSite, .nothingToGain, .baseImage, .onbuild, .windows:
      baseLocation
    case .startNeedsToolchain, .devImage, .scriptOnly, .prebuiltArtefact, .missingAtRunTime: startLocation
    default: nil
    }
  }
}

/// Helpers of sentences.
enum Wording {
  /// A text cut to what fits into a sentence.
  static func short(_ text: String, _ length: Int = 50) -> String {
    text.count > length ? text.prefix(length - 1) + "…" : text
  }

  /// Names in a sentence: `'gcc', 'make' and 2 more`.
  static func list(_ all: [String], limit: Int = 3) -> String {
    var seen: Set<String> = []
    let names = all.filter { seen.insert($0).inserted }
    let shown = names.prefix(names.count == limit + 1 ? limit + 1 : limit).map { "'\($0)'" }
    if names.count > shown.count { return shown.joined(separator: ", ") + " and \(names.count - shown.count) more" }
    guard shown.count > 1, let last = shown.last else { return shown.joined() }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Instruction {
  /// The first line, for messages.
  var firstLine: String {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? text
    return line.count > 60 ? line.prefix(57) + "…" : line
  }
}
