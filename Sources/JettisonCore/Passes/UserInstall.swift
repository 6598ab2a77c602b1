import ContextFiles
import DockerfileSyntax

/// The pass `user-install`: `PIP_USER=1 PYTHONUSERBASE=/opt/python PATH=/opt/python/bin:$PATH` before the first pip, so
/// that the author's lines and tools that run pip themselves stay as they are.
struct UserInstall {
  /// The variables of the builder.
  static let variables =
    "PIP_USER=1 PYTHONUSERBASE=\(PythonStrategy.userBase) PATH=\(PythonStrategy.userBase)/bin:$PATH"

  let situation: Situation
  let sites: Set<PythonInstall.Site>

  /// Why the pass does not hold here; nil when it does.
  var objection: String? {
    if !situation.options.isOn(.userInstall) { return "the pass user-install is switched off" }
    for site in sites {
      switch site {
      case .folder(let path): return "pip refuses --user inside the virtual environment '\(path)'"
      case .prefix: return "a tool installs into the interpreter's prefix without heeding PIP_USER"
      default: break
      }
    }
    let makesEnvironment = situation.trace.steps.contains {
      $0.effects.contains { $0.python.map { if case .folder = $0.site { true } else { false } } ?? false }
    }
    if makesEnvironment { return "pip refuses --user inside a virtual environment" }
    for name in [
      "PYTHONUSERBASE", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONNOUSERSITE", "VIRTUAL_ENV", "PYTHONHOME",
    ] where situation.trace.end.environment[name] != nil {
      return "the author sets \(name)"
    }
    if losesPath { return "the author sets PATH to a fixed value" }
    for step in situation.trace.steps {
      if let moved = movedPath(in: step.instruction.text) {
        return "'\(step.instruction.firstLine)' names '\(moved)', which would move"
      }
    }
    if situation.rootsName("pip") || situation.rootsName("pip3"), let user = situation.trace.end.user, user != "root",
      user != "0"
    {
      return "the start runs pip as '\(user)', who may not write to the user base"
    }
    let text = situation.roots.text.split(whereSeparator: \.isNewline).map { $0 + " " }
    for option in ["-I", "-E", "-s"]
    where text.contains(where: { $0.contains("python \(option) ") || $0.contains("python3 \(option) ") }) {
      return "python starts without the user base"
    }
    if let moved = movedPath(in: situation.roots.text) { return "'\(moved)' is named by its path, and it would move" }
    for (name, value) in situation.trace.end.environment where situation.trace.end.ownVariables.contains(name) {
      if let moved = movedPath(in: value) { return "\(name) names '\(moved)', which would move" }
    }
    if let objection = objectionOfFiles { return objection }
    if let word = Self.cleaner(in: situation.roots.text) {
      return "the start uses '\(word)', which cleans the environment"
    }
    for command in situation.roots.commands {
      guard let program = command.words.first ?? nil, ContextPath.lastComponent(program).hasPrefix("python") else {
        continue
      }
      let options = command.words.dropFirst().prefix { $0?.hasPrefix("-") == true && $0 != "-m" && $0 != "-c" }
      if options.contains("-I") || options.contains("-s") { return "python starts without the user base" }
    }
    return nil
  }

  /// Why a file of the project speaks against the pass: one that a supervisor, an orchestrator or the program reads.
  private var objectionOfFiles: String? {
    let endings = [
      ".conf", ".ini", ".cfg", ".yaml", ".yml", ".toml", ".json", ".sh", ".service", ".env", ".py", ".cron", ".crontab",
    ]
    for file in situation.listing.files where !file.path.hasPrefix(".") {
      let name = ContextPath.lastComponent(file.path)
      guard endings.contains(where: { name.hasSuffix($0) }) || ["Procfile", "crontab"].contains(name),
        let text = situation.reader.text(of: file.path)
      else { continue }
      if let moved = movedPath(in: text) { return "'\(file.path)' names '\(moved)', which would move" }
      if name.hasSuffix(".conf") || name.hasSuffix(".ini"), let word = Self.cleaner(in: text) {
        return "'\(file.path)' uses '\(word)', which cleans the environment"
      }
    }
    return nil
  }

  /// A command of a text that starts what follows it without the image's variables.
  private static func cleaner(in text: String) -> String? {
    for line in text.split(whereSeparator: { $0.isNewline || ";&|".contains($0) }) {
      let words = line.split(whereSeparator: { " \t\"'`(),=[]".contains($0) }).map(String.init)
      for (index, word) in words.enumerated() {
        let options = words[(index + 1)...].prefix(8).prefix { $0 != "-c" && $0 != "--" }
        let program = ContextPath.lastComponent(word)
        switch program {
        case "sudo", "doas", "crond", "cron", "login": return program
        case "env" where options.first == "-i" || options.first == "-" || options.first == "--ignore-environment":
          return "env \(options.first ?? "")"
        case "setpriv" where options.contains("--reset-env"): return "setpriv --reset-env"
        case "su", "runuser":
          let cleans = options.contains { option in
            option == "-" || option == "--login"
              || option.hasPrefix("-") && !option.hasPrefix("--") && option.contains("l")
          }
          if cleans { return program }
        default: break
        }
      }
    }
    return nil
  }

  private var losesPath: Bool {
    guard situation.trace.end.ownVariables.contains("PATH") else { return false }
    return situation.trace.steps.contains { step in
      step.keyword == .env
        && step.instruction.pairs.contains {
          $0.key == "PATH" && !$0.value.contains("$PATH") && !$0.value.contains("${PATH}")
        }
    }
  }

  /// A path below the interpreter's prefix that pip would have written.
  private func movedPath(in text: String) -> String? {
    let stays: Set<String> = ["python", "python3", "pip", "pip3", "sh"]
    for word in text.split(whereSeparator: { " \t\n\r\"'`;|&()=:,[]".contains($0) }) {
      let path = String(word)
      if path.hasPrefix("/usr/local/lib/python") { return path }
      guard path.hasPrefix("/usr/local/bin/") else { continue }
      let name = ContextPath.lastComponent(path)
      if stays.contains(name) || name.hasPrefix("python3.") { continue }
      if situation.trace.map.contextPath(of: path, in: situation.listing) != nil { continue }
      let isMade = situation.trace.steps.contains {
        $0.effects.contains { $0.role != .dependencies && $0.writes.contains(path) }
      }
      if !isMade { return path }
    }
    return nil
  }
}

extension String {
  var trimmingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    while text.first == " " { text.removeFirst() }
    return String(text)
  }
}
