import ContextFiles
import DockerfileSyntax
import ShellSyntax

/// Questions about the flow of data between instructions, which all strategies ask.
struct Flow {
  let situation: Situation

  var steps: [Step] { situation.trace.steps }

  /// The variables an instruction's text reads.
  func reads(_ step: Step) -> Set<String> {
    var names = Expansion.variables(in: step.instruction.arguments, escape: situation.file.escape)
    for flag in step.instruction.flags {
      names.formUnion(Expansion.variables(in: flag.value ?? "", escape: situation.file.escape))
    }
    for effect in step.effects.flatMap(\.flattened) { names.formUnion(effect.environment ?? []) }
    if step.keyword == .run { names.formUnion(ShellWord.variableNames(in: step.instruction.text)) }
    return names
  }

  /// Whether a step runs something that may read any variable.
  func readsAnything(_ step: Step) -> Bool {
    step.effects.flatMap(\.flattened).contains { $0.environment == nil || $0.role == .unknown }
  }

  /// Whether a step's text holds the path, or a relative spelling of it.
  func mentions(_ step: Step, _ path: String) -> Bool {
    let text = step.instruction.text
    if path.count > 1, text.contains(path) { return true }
    if let relative = ContextPath.relative(path, to: step.before.directory), relative != ".", relative.count > 1 {
      return text.contains(relative)
    }
    return false
  }

  // MARK: Files that tools read unasked

  /// Files and folders that package managers, pip, git and TLS read without being told.
  private static let toolFiles = [
    "/etc/apt", "/etc/apk", "/etc/ssl", "/etc/pip.conf", "/etc/xdg/pip", "/usr/local/share/ca-certificates",
    "/usr/share/ca-certificates", "/root/.pip", "/root/.config", "/root/.netrc", "/root/.ssh", "/root/.gitconfig",
    "/root/.npmrc",
    "/root/.pypirc", "/root/.docker", "/root/.m2", "/etc/gitconfig", "/root/.git-credentials", "/usr/share/keyrings",
  ]
  private static let privateFiles = [
    "pip.conf", ".netrc", ".npmrc", ".pypirc", ".ssh", ".gitconfig", ".git-credentials", ".docker", "id_rsa",
    "id_ed25519", ".pip", ".gnupg",
  ]

  /// Whether build tools may read a path although no command names it.
  func configuresTools(_ path: String) -> Bool {
    if Self.toolFiles.contains(where: {
      ContextPath.isWithin(path, $0) || ContextPath.isWithin($0, path) && path != "/"
    }) {
      return true
    }
    // The key store of a JDK.
    if path.hasSuffix("/lib/security/cacerts") { return true }
    return ["PIP_CONFIG_FILE", "NETRC", "GIT_SSH", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"].contains {
      situation.trace.end.environment[$0] == path
    }
  }

  /// Whether a path holds a tool's credentials or private settings, which the running program has no use for.
  func isPrivateToolFile(_ path: String) -> Bool {
    configuresTools(path) && isPrivate(path)
  }

  /// Whether a path has the name of a tool's private settings.
  func isPrivate(_ path: String) -> Bool {
    path.split(separator: "/").contains { Self.privateFiles.contains(String($0)) }
  }

  /// Whether a step calls a program that lies at this path.
  func provides(_ path: String, to step: Step) -> Bool {
    let name = ContextPath.lastComponent(path)
    let folders = (step.before.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(
      String.init)
    guard folders.contains(ContextPath.parent(path)) || folders.contains(path) else { return false }
    return step.effects.flatMap(\.flattened).contains { $0.program == name }
      || (folders.contains(path) && step.keyword == .run)
  }
}
