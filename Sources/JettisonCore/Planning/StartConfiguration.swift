import DockerfileSyntax
import Projects
import ShellSyntax

/// The effective ENTRYPOINT, CMD and health check of a file.
struct StartConfiguration {
  var entrypoint: CommandForm?
  var command: CommandForm?
  var healthcheck: CommandForm?

  init(of file: Dockerfile) {
    for instruction in file.instructions {
      switch instruction.keyword {
      case .entrypoint: entrypoint = instruction.command.nonEmpty
      case .cmd: command = instruction.command.nonEmpty
      case .healthcheck: healthcheck = instruction.healthcheckCommand
      default: break
      }
    }
  }
}

extension CommandForm {
  /// Nil for `[]` and an empty text, which reset a command.
  var nonEmpty: CommandForm? {
    switch self {
    case .exec(let words): words.isEmpty ? nil : self
    case .shell(let text): text.isEmpty ? nil : self
    }
  }

  init(_ override: ComposeFile.Override) {
    switch override {
    case .words(let words): self = .exec(words)
    case .text(let text):
      let script = ShellScript(parsing: text)
      if let only = script.plainSequence, only.count == 1, let command = only.first {
        self = .exec(command.words.map { $0.expanded { "$" + $0 } ?? "" })
      } else {
        self = .shell(text)
      }
    }
  }

  /// Compose's spelling of a health check: `["CMD", …]`, `["CMD-SHELL", text]`, `["NONE"]` or a text.
  init?(healthcheck override: ComposeFile.Override) {
    switch override {
    case .text(let text): self = .shell(text)
    case .words(let words):
      switch words.first {
      case "CMD": self = .exec(Array(words.dropFirst()))
      case "CMD-SHELL": self = .shell(words.dropFirst().joined(separator: " "))
      default: return nil
      }
    }
  }
}
