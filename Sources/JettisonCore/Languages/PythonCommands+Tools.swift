import ContextFiles
import Projects

extension PythonCommands {
  // MARK: Poetry, Pipenv, uv

  @Sendable static func poetry(_ invocation: Invocation) -> CommandEffect {
    switch invocation.positional().first ?? nil {
    case "install", "sync":
      var effect = CommandEffect(.dependencies)
      let files = ["pyproject.toml", "poetry.lock"].map(invocation.path)
      let settings = invocation.surroundings.settings
      let create = (invocation.environment["POETRY_VIRTUALENVS_CREATE"] ?? settings["virtualenvs.create"])?.lowercased()
      let inProject = (invocation.environment["POETRY_VIRTUALENVS_IN_PROJECT"] ?? settings["virtualenvs.in-project"])?
        .lowercased()
      var site = PythonInstall.Site.hidden
      if create == "false" || create == "0" { site = .prefix }
      if inProject == "true" || inProject == "1" { site = .folder(invocation.path(".venv")) }
      if let environment = invocation.environment["VIRTUAL_ENV"] { site = .folder(environment) }
      var python = PythonInstall(site: site, files: files)
      // The project itself is installed as an editable, unless told otherwise.
      if !invocation.has("--no-root") {
        python.projects.append(LocalProject(isEditable: true, path: invocation.directory))
      }
      python.distributions = lockedDistributions(invocation, "pyproject.toml")
      effect.python = python
      let readsSources = !invocation.has("--no-root") || namesLocalProjects(invocation, "pyproject.toml")
      effect.reads = files + (readsSources ? [invocation.directory] : [])
      effect.environment = pipVariables
      return effect
    case "config":
      var effect = CommandEffect(.configuration)
      let words = invocation.positional().compactMap { $0 }
      if words.count > 2 { effect.settings[words[1]] = words[2] }
      return effect
    case "export":
      var effect = CommandEffect(.projectTool)
      effect.reads = ["pyproject.toml", "poetry.lock"].map(invocation.path)
      effect.writes = [invocation.option("-o", "--output").map(invocation.path) ?? invocation.directory]
      return effect
    case "run":
      var effect = CommandEffect(.projectTool)
      effect.reads = [invocation.directory]
      effect.writes = [invocation.directory]
      effect.environment = nil
      return effect
    case "lock", "update", "add": return CommandEffect(.unknown)
    case "--version", "check", "show", "env", "self": return CommandEffect(.inert)
    default: return CommandEffect(.unknown)
    }
  }

  @Sendable static func pipenv(_ invocation: Invocation) -> CommandEffect {
    guard ["install", "sync"].contains(invocation.positional().first ?? nil) else {
      return (invocation.positional().first ?? nil) == "lock" ? tool(invocation) : CommandEffect(.unknown)
    }
    let inProject = invocation.environment["PIPENV_VENV_IN_PROJECT"]
    var effect = CommandEffect(.dependencies)
    let site: PythonInstall.Site =
      invocation.has("--system") ? .prefix : (inProject == nil ? .hidden : .folder(invocation.path(".venv")))
    var python = PythonInstall(site: site, files: ["Pipfile", "Pipfile.lock"].map(invocation.path))
    if let text = invocation.surroundings.text(ofImagePath: invocation.path("Pipfile")),
      case .success(let pipfile) = PyProject.parsePipfile(text, file: "Pipfile")
    {
      python.distributions = pipfile.distributions
    }
    effect.python = python
    effect.reads = python.files + (namesLocalProjects(invocation, "Pipfile") ? [invocation.directory] : [])
    effect.environment = pipVariables
    return effect
  }

  @Sendable static func uv(_ invocation: Invocation) -> CommandEffect {
    var words = invocation.arguments
    while let first = words.first ?? nil, first.hasPrefix("-") { words.removeFirst() }
    guard let verb = words.first ?? nil else {
      return invocation.has("--version") ? CommandEffect(.inert) : CommandEffect(.unknown)
    }
    switch verb {
    case "sync":
      let folder = invocation.environment["UV_PROJECT_ENVIRONMENT"] ?? ".venv"
      var effect = environment(invocation, folder: folder, files: ["pyproject.toml", "uv.lock"])
      if !invocation.has("--no-install-project") && !invocation.has("--no-editable") {
        // A project with a build system is installed as an editable.
        let text = invocation.surroundings.text(ofImagePath: invocation.path("pyproject.toml")) ?? ""
        let isWorkspace = !invocation.has("--no-install-workspace") && namesLocalProjects(invocation, "pyproject.toml")
        if text.contains("[build-system]") || isWorkspace {
          effect.python?.projects.append(LocalProject(isEditable: true, path: invocation.directory))
          effect.reads.append(invocation.directory)
        }
      }
      return effect
    case "pip":
      var inner = pip(invocation, arguments: Array(words.dropFirst()))
      if case .pip? = inner.python?.site {
        inner.python?.site =
          invocation.has("--system") || invocation.environment["UV_SYSTEM_PYTHON"] != nil
          ? .prefix : .folder(invocation.path(".venv"))
      }
      return inner
    case "venv":
      return makeEnvironment(
        invocation, at: words.dropFirst().compactMap { $0 }.first { !$0.hasPrefix("-") } ?? ".venv")
    case "run": return tool(invocation)
    case "export", "lock": return tool(invocation)
    case "cache": return CommandEffect(.cleanup)
    default: return CommandEffect(.unknown)
    }
  }

  /// An install into an environment below the project.
  static func environment(_ invocation: Invocation, folder: String, files: [String]) -> CommandEffect {
    var effect = CommandEffect(.dependencies)
    effect.python = PythonInstall(
      site: .folder(invocation.path(folder)), distributions: lockedDistributions(invocation, "pyproject.toml"),
      files: files.map(invocation.path))
    effect.reads = files.map(invocation.path) + [".python-version"].map(invocation.path)
    if namesLocalProjects(invocation, "pyproject.toml"), invocation.program != "uv" {
      effect.reads.append(invocation.directory)
    }
    effect.writes = [invocation.path(folder)]
    effect.environment = pipVariables
    return effect
  }

  /// Whether a manifest names folders of the repository, which an install then reads.
  private static func namesLocalProjects(_ invocation: Invocation, _ file: String) -> Bool {
    guard let text = invocation.surroundings.text(ofImagePath: invocation.path(file)) else { return false }
    let parsed =
      file == "Pipfile" ? PyProject.parsePipfile(text, file: file) : PyProject.parse(text, file: file)
    return (try? parsed.get())?.hasLocalPaths ?? false
  }

  static func lockedDistributions(_ invocation: Invocation, _ file: String) -> [PythonDistribution] {
    guard let text = invocation.surroundings.text(ofImagePath: invocation.path(file)),
      case .success(let project) = PyProject.parse(text, file: file)
    else { return [] }
    return project.distributions
  }
}
