import ContextFiles
import Projects
import ShellSyntax

// What runs inside other commands: `sh -c`, recipes of makefiles, scripts of the context.
extension Tracer {
  /// The text that `sh -c '…'` runs, when it is written out.
  func innerScript(of command: ShellCommand) -> ShellScript? {
    guard let name = command.name, ["sh", "bash", "ash", "dash"].contains(ContextPath.lastComponent(name)),
      command.words.count == 3, command.words[1].literal == "-c", let text = command.words[2].literal
    else { return nil }
    return ShellScript(parsing: text)
  }

  /// One effect for a script inside a command: what its commands do taken together.
  mutating func combined(
    _ script: ShellScript, of command: ShellCommand, placed: Circumstances, directory: String
  ) -> CommandEffect {
    let outer = state.directory
    state.directory = directory
    let inner = effects(of: script)
    state.directory = outer
    let plain: Set<CommandEffect.Role> = [.inert, .cleanup, .files]
    var result: CommandEffect
    if inner.contains(where: { $0.role == .unknown }) {
      result = CommandEffect(.unknown)
      result.nested = inner
    } else if inner.allSatisfy({ plain.contains($0.role) }) {
      result = CommandEffect(inner.contains { $0.role == .files } ? .files : inner.first?.role ?? .inert)
      result.makesDirectories = inner.flatMap(\.makesDirectories)
    } else {
      result = CommandEffect(.projectTool)
      result.environment = nil
      result.nested = inner
    }
    result.reads = inner.flatMap(\.reads)
    result.writes = inner.flatMap(\.writes)
    result.redirected = inner.flatMap(\.redirected)
    result.program = inner.count == 1 ? inner[0].program : command.name ?? ""
    result.command = command
    result.directory = directory
    result.isConditional = placed.isConditional
    result.isInPipeline = placed.pipeline != nil
    return result
  }

  /// What a makefile's recipe or a script of the context does, one level deep.
  mutating func nestedEffects(
    of program: String, path: String, command: ShellCommand, directory: String, lookup: (String) -> String?
  ) -> [CommandEffect] {
    let arguments = command.words.dropFirst().compactMap { $0.expanded(lookup) }
    if program == "make" || program == "gmake" {
      var folder = directory
      if let mark = arguments.firstIndex(where: { $0 == "-C" || $0 == "--directory" }), mark + 1 < arguments.count {
        folder = ContextPath.join(directory, arguments[mark + 1])
      }
      let target = arguments.last {
        !$0.hasPrefix("-") && !$0.contains("=") && ContextPath.join(directory, $0) != folder
      }
      guard let text = Makefile.text(in: folder, surroundings) else { return [] }
      let lines = Makefile(parsing: text).commands(for: target) ?? []
      var effects: [CommandEffect] = []
      for line in lines { effects += nested(in: line, directory: folder) }
      return effects
    }
    let script = path.contains("/") ? path : arguments.first { !$0.hasPrefix("-") }
    guard let script, let text = surroundings.text(ofImagePath: ContextPath.join(directory, script)),
      text.hasPrefix("#!") || script.hasSuffix(".sh")
    else { return [] }
    return nested(in: text, directory: directory)
  }

  private mutating func nested(in text: String, directory: String) -> [CommandEffect] {
    var folder = directory
    var effects: [CommandEffect] = []
    for placed in ShellScript(parsing: text).commands {
      guard let command = placed.command else { continue }
      if command.name == "cd", let target = command.words.dropFirst().first?.literal {
        folder = ContextPath.join(folder, target)
      }
      effects.append(
        effect(of: command, directory: folder, variables: [:], placed: placed.circumstances, follows: false))
    }
    return effects
  }

  /// The installs behind scripts of a manifest: those that a command stands for, as `npm run setup` does, and the hooks
  /// of an install, which may install what lies in other folders.
  mutating func installs(behind words: [String?], effect: CommandEffect, directory: String) -> [CommandEffect] {
    let surroundings = surroundings
    let text = { (path: String) in surroundings.text(ofImagePath: path) }
    var lines: [String] = []
    var folder = directory
    if let install = effect.node, let place = install.folder, effect.writes.contains(place) {
      let manifest = text(ContextPath.join(place, "package.json"))
      let package = manifest.flatMap { try? NodePackage.parse($0, file: "package.json").get() }
      (lines, folder) = (package?.installHooks.map(\.command) ?? [], place)
    } else if effect.role == .projectTool {
      switch Language.all.lazy.compactMap({ $0.meaning?(words, directory, text) }).first {
      case .lines(let more, let place)?: (lines, folder) = (more, place)
      // What `npx` and its like start may be another package manager.
      case .command(let inner)? where !inner.contains(nil): lines = [inner.compactMap { $0 }.joined(separator: " ")]
      default: break
      }
    }
    let outer = state.directory
    defer { state.directory = outer }
    var installs: [CommandEffect] = []
    for line in lines where followed.insert(folder + "\n" + line).inserted {
      state.directory = folder
      installs += effects(of: ShellScript(parsing: line)).flatMap(\.flattened).filter(\.isInstall)
    }
    return installs
  }
}

extension Makefile {
  /// The text of the makefile that `make` reads in a folder of the image, where it comes from the context.
  static func text(in folder: String, _ surroundings: Surroundings) -> String? {
    ["GNUmakefile", "makefile", "Makefile"].lazy.compactMap {
      surroundings.text(ofImagePath: ContextPath.join(folder, $0))
    }.first
  }
}
