import ContextFiles
import DockerfileSyntax

/// The folded configuration that a stage sets: what `docker inspect` would show, as far as the file says it.
struct Configuration: Equatable {
  var values: [String: String] = [:]
  var environment: [String: String] = [:]
  var ports: Set<String> = []
  var labels: [String: String] = [:]
  var volumes: Set<String> = []

  /// Folds a stage's instructions.
  ///
  /// - Parameters:
  ///   - instructions: the stage's instructions behind FROM.
  ///   - base: the image it starts from.
  ///   - globals: the ARGs before FROM.
  init(of instructions: [Instruction], base: BaseImage?, globals: [String: String?], escape: UInt8) {
    var state = BuildState(
      directory: base?.family.directory ?? "/", user: nil,
      environment: base?.family.environment.compactMapValues(\.value) ?? [:],
      ownVariables: [], arguments: [:], shell: [])
    for instruction in instructions {
      func expanded(_ text: String) -> String { state.expand(text, escape: escape) ?? text }
      switch instruction.keyword {
      case .env:
        let before = state
        for pair in instruction.pairs {
          let value = before.expand(pair.value, escape: escape) ?? pair.value
          state.environment[pair.key] = value
          environment[pair.key] = value
        }
      case .arg:
        for (name, value) in instruction.declarations {
          state.arguments[name] = .some(value.map(expanded) ?? (globals[name] ?? nil))
        }
      case .workdir:
        state.directory = state.path(expanded(instruction.arguments))
        values["WorkingDir"] = state.directory
      case .user: values["User"] = expanded(instruction.arguments)
      case .cmd: values["Cmd"] = instruction.arguments
      case .entrypoint:
        values["Entrypoint"] = instruction.arguments
      case .expose:
        for word in instruction.words { ports.formUnion(expanded(word).split(separator: " ").map(String.init)) }
      case .label: for pair in instruction.pairs { labels[expanded(pair.key)] = expanded(pair.value) }
      case .maintainer: values["Maintainer"] = instruction.arguments
      case .volume: volumes.formUnion(instruction.words.map(expanded))
      case .healthcheck: values["Healthcheck"] = instruction.text.trimmingLine
      case .stopsignal: values["StopSignal"] = expanded(instruction.arguments)
      case .shell: values["Shell"] = instruction.arguments
      default: break
      }
    }
  }
}
