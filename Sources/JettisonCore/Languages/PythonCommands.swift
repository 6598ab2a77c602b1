import ContextFiles
import Projects

/// What Python's package managers and the interpreter do.
enum PythonCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "pip", "pip3",
      examples: [
        .init("pip install -r requirements.txt", .dependencies),
        .init("pip config set global.index-url x", .configuration),
        .init("pip list", .inert),
      ],
      effect: { pip($0, arguments: $0.arguments) }),
    CommandRule(
      "python", "python3", "pypy3",
      examples: [
        .init("python -m pip install flask", .dependencies),
        .init("python manage.py collectstatic --noinput", .projectTool),
        .init("python --version", .inert),
        .init("python -m venv /opt/venv", .files), .init("python -m pytest", .check),
      ], effect: interpreter),
    CommandRule(
      "poetry",
      examples: [
        .init("poetry install --no-dev", .dependencies),
        .init("poetry config virtualenvs.create false", .configuration),
      ], effect: poetry),
    CommandRule("pipenv", examples: [.init("pipenv install --system --deploy", .dependencies)], effect: pipenv),
    CommandRule(
      "uv",
      examples: [
        .init("uv sync --frozen", .dependencies), .init("uv pip install --system -r requirements.txt", .dependencies),
      ],
      effect: uv),
    CommandRule("pdm", examples: [.init("pdm install --prod", .dependencies)]) { invocation in
      guard ["install", "sync"].contains(invocation.arguments.first ?? nil) else {
        return CommandEffect(.configuration)
      }
      return environment(invocation, folder: ".venv", files: ["pyproject.toml", "pdm.lock"])
    },
    CommandRule("virtualenv", "pyvenv", examples: [.init("virtualenv /venv", .files)]) { invocation in
      makeEnvironment(invocation, at: invocation.positional(valued: ["-p", "--python"]).first ?? nil)
    },
    CommandRule(
      "pytest", "tox", "nox", "flake8", "black", "mypy", "ruff", "pylint", "isort", "pre-commit", "coverage",
      "pip-audit", "safety", does: .check, examples: [.init("pytest -q", .check, reads: ["/src"])]),
    CommandRule(
      "django-admin", "flask", "alembic", "pybabel", "cython", "easy_install",
      examples: [.init("flask translate compile", .projectTool)]
    ) { tool($0) },
    CommandRule("opentelemetry-bootstrap", examples: [.init("opentelemetry-bootstrap -a install", .dependencies)]) {
      invocation in
      var effect = CommandEffect(.dependencies)
      effect.python = PythonInstall(site: site(invocation))
      effect.environment = pipVariables
      return effect
    },
  ]

  /// The variables pip and the compilers behind it read.
  static let pipVariables: Set<String> = [
    "PATH", "HOME", "PYTHONPATH", "PYTHONUSERBASE", "PIP_USER", "PYTHONHOME", "LANG", "LC_ALL", "http_proxy",
    "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
    "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "CC", "CXX", "LD_LIBRARY_PATH",
    "LIBRARY_PATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "CPATH", "PKG_CONFIG_PATH", "MAKEFLAGS",
    "LIBSODIUM_MAKE_ARGS", "SODIUM_INSTALL", "ORACLE_HOME", "JAVA_HOME", "VIRTUAL_ENV", "TMPDIR", "XDG_CACHE_HOME",
    "DEBIAN_FRONTEND", "SLUGIFY_USES_TEXT_UNIDECODE", "AIRFLOW_GPL_UNIDECODE", "SECRET_KEY",
  ]

  /// Names that only package managers and builds read.
  static let pipPrefixes = [
    "PIP_", "UV_", "POETRY_", "PIPENV_", "PDM_", "CMAKE_", "SETUPTOOLS_", "GRPC_PYTHON_", "CARGO_", "RUST",
    "CRYPTOGRAPHY_", "NPM_", "GIT_", "SETUP_",
  ]

  static let tools: Set<String> = [
    "pip", "setuptools", "wheel", "poetry", "poetry-core", "uv", "pipenv", "pdm", "virtualenv", "cython", "build",
    "hatch", "pip-tools", "setuptools-scm", "maturin", "scikit-build", "ninja",
  ]

  // MARK: pip

  static func pip(_ invocation: Invocation, arguments: [String?]) -> CommandEffect {
    var inner = invocation
    inner.arguments = arguments
    let valued: Set<String> = [
      "-r", "--requirement", "-c", "--constraint", "-e", "--editable", "-i", "--index-url", "--extra-index-url", "-f",
      "--find-links", "-t", "--target",
      "--prefix", "--root", "--trusted-host", "--cache-dir", "--timeout", "--retries", "--no-binary", "--only-binary",
      "--platform", "--python-version",
      "--global-option", "--install-option", "--proxy", "--cert", "--log", "--src", "-b", "--build", "--progress-bar",
      "--upgrade-strategy", "--config-settings", "--use-feature", "--root-user-action", "--python", "-p",
      "--index-strategy", "--default-index",
    ]
    var words = inner.positional(valued: valued)
    guard !words.isEmpty, let verb = words.removeFirst() else {
      return inner.has("--version", "-V") ? CommandEffect(.inert) : CommandEffect(.unknown)
    }
    switch verb {
    case "install", "sync":
      guard !words.contains(where: { $0 == nil }) || words.isEmpty else { return unknownInstall(inner) }
      return install(inner, words: words.compactMap { $0 })
    case "uninstall":
      var effect = CommandEffect(.dependencies)
      effect.python = PythonInstall(site: site(inner), isToolOnly: true)
      effect.environment = pipVariables
      return effect
    case "config", "cache": return CommandEffect(verb == "cache" ? .cleanup : .configuration)
    case "list", "freeze", "check", "show", "--version", "debug": return CommandEffect(.inert)
    case "wheel", "download":
      var effect = CommandEffect(.dependencies)
      let target = inner.option("-w", "--wheel-dir", "-d", "--dest") ?? "."
      effect.writes = [inner.path(target)]
      effect.reads =
        inner.options("-r", "--requirement").map(inner.path) + (words.contains(".") ? [inner.directory] : [])
      effect.environment = pipVariables
      return effect
    default: return CommandEffect(.unknown)
    }
  }

  /// An install whose arguments are computed, such as `pip install "$(ls dist/*.whl)"`.
  static func unknownInstall(_ invocation: Invocation) -> CommandEffect {
    var effect = CommandEffect(.dependencies)
    effect.reads = [invocation.directory]
    effect.environment = nil
    effect.python = PythonInstall(site: site(invocation))
    return effect
  }

  static func install(_ invocation: Invocation, words: [String]) -> CommandEffect {
    var effect = CommandEffect(.dependencies)
    var python = PythonInstall(site: site(invocation))
    for file in invocation.options("-r", "--requirement") + invocation.options("-c", "--constraint") {
      let path = invocation.path(file)
      python.files.append(path)
      effect.reads.append(path)
      if let context = invocation.surroundings.map.contextPath(of: path, in: invocation.surroundings.listing) {
        let requirements = Requirements(reading: context, from: invocation.surroundings.reader)
        python.distributions += requirements.distributions
        for included in requirements.files.dropFirst() {
          effect.reads += invocation.surroundings.map.imagePaths(of: included)
        }
        for local in requirements.localPaths {
          for image in invocation.surroundings.map.imagePaths(of: local) {
            python.projects.append(LocalProject(isEditable: true, path: image))
          }
          effect.reads += invocation.surroundings.map.imagePaths(of: local)
        }
      }
    }
    let editable = invocation.options("-e", "--editable")
    for word in words + editable {
      let plain = word.split(separator: "[").first.map(String.init) ?? word
      if word.contains("://") || word.hasPrefix("git+") { continue }
      if plain == "." || plain.hasPrefix("./") || plain.hasPrefix("/") || plain.hasPrefix("..")
        || plain.hasSuffix(".whl") || plain.hasSuffix(".tar.gz")
      {
        // Of `/tmp/*.whl` the folder is known.
        let path =
          plain.contains { "*?[".contains($0) } ? ContextPath.parent(invocation.path(plain)) : invocation.path(plain)
        python.projects.append(LocalProject(isEditable: editable.contains(word), path: path))
        effect.reads.append(path)
        // An editable install writes the distribution's metadata beside the sources.
        if editable.contains(word) { effect.writes.append(path) }
      } else if let distribution = PythonDistribution(parsing: word) {
        python.distributions.append(distribution)
      }
    }
    python.isToolOnly =
      python.files.isEmpty && python.projects.isEmpty && !python.distributions.isEmpty
      && python.distributions.allSatisfy { tools.contains($0.name) }
    addProjectDependencies(of: python.projects.map(\.path), to: &python, invocation)
    effect.python = python
    effect.environment = pipVariables
    return effect
  }

  /// The dependencies that a local project's `pyproject.toml` names.
  static func addProjectDependencies(
    of folders: [String], to python: inout PythonInstall, _ invocation: Invocation
  ) {
    for folder in folders {
      guard let text = invocation.surroundings.text(ofImagePath: ContextPath.join(folder, "pyproject.toml")),
        case .success(let project) = PyProject.parse(text, file: "pyproject.toml")
      else { continue }
      python.distributions += project.distributions
    }
  }

  /// Where pip puts its files here.
  static func site(_ invocation: Invocation) -> PythonInstall.Site {
    if let target = invocation.option("-t", "--target") ?? invocation.option("--prefix") {
      return .folder(invocation.path(target))
    }
    if invocation.programPath.contains("/") {
      let folder = ContextPath.parent(ContextPath.parent(invocation.path(invocation.programPath)))
      if folder != "/usr/local", folder != "/usr" { return .folder(folder) }
    }
    if let environment = invocation.environment["VIRTUAL_ENV"] { return .folder(invocation.path(environment)) }
    if let first = invocation.environment["PATH"]?.split(separator: ":").first, first.hasSuffix("/bin"),
      !["/usr/local", "/usr", "", "/root/.local"].contains(String(first.dropLast(4))),
      isEnvironment(String(first.dropLast(4)))
    {
      return .folder(String(first.dropLast(4)))
    }
    if invocation.has("--user") { return .home }
    if let user = invocation.user, user != "root", user != "0" { return .home }
    return .pip
  }

  static func isEnvironment(_ folder: String) -> Bool {
    let name = ContextPath.lastComponent(folder)
    return name.contains("venv") || name.contains("env") || name.contains("virtualenv")
  }

  // MARK: The interpreter

  @Sendable static func interpreter(_ invocation: Invocation) -> CommandEffect {
    var words = invocation.arguments
    while let first = words.first ?? nil, first.hasPrefix("-"), !["-m", "-c"].contains(first), first != "-" {
      if ["-V", "--version", "-VV"].contains(first) { return CommandEffect(.inert) }
      words.removeFirst()
      if ["-W", "-X"].contains(first), !words.isEmpty { words.removeFirst() }
    }
    guard let first = words.first ?? nil else { return CommandEffect(.unknown) }
    if first == "-c" { return CommandEffect(.unknown) }
    if first == "-m" {
      words.removeFirst()
      guard let module = words.first ?? nil else { return CommandEffect(.unknown) }
      words.removeFirst()
      switch module {
      case "pip": return pip(invocation, arguments: words)
      case "venv", "virtualenv":
        return makeEnvironment(invocation, at: words.compactMap { $0 }.first { !$0.hasPrefix("-") })
      case "pytest", "unittest", "flake8", "mypy", "black", "coverage":
        var effect = CommandEffect(.check)
        effect.environment = nil
        return effect
      case "compileall": return tool(invocation)
      case "nltk.downloader", "spacy", "playwright", "ensurepip": return CommandEffect(.unknown)
      default: return tool(invocation, words: words)
      }
    }
    let script = invocation.path(first)
    if let text = invocation.surroundings.text(ofImagePath: script) {
      var effect = tool(invocation, words: Array(words.dropFirst()))
      effect.reads.append(script)
      effect.writes += ProjectScript.absolutePaths(in: text).filter {
        ContextPath.isWithin($0, effect.directory) || $0.hasPrefix("/data") || $0.hasPrefix("/var")
          || $0.hasPrefix("/srv")
      }
      if fillsCaches(text) { return CommandEffect(.unknown) }
      if first.hasSuffix("manage.py"), namesFoldersElsewhere(invocation) { return CommandEffect(.unknown) }
      // A script that runs pip itself installs as pip does.
      if text.contains("pip") && text.contains("install") {
        effect.role = .dependencies
        effect.python = PythonInstall(site: site(invocation))
      }
      if first.hasSuffix("setup.py") {
        let verbs = words.compactMap { $0 }
        if verbs.contains("install") || verbs.contains("develop") {
          effect.role = .dependencies
          // setup.py does not heed PIP_USER.
          let place = site(invocation)
          effect.python = PythonInstall(
            site: place == .pip ? .prefix : place,
            projects: [LocalProject(isEditable: verbs.contains("develop"), path: invocation.directory)])
        }
      }
      return effect
    }
    return CommandEffect(.unknown)
  }

  /// Whether a script fetches models or data, whose place only the library knows.
  private static func fillsCaches(_ text: String) -> Bool {
    [
      "from_pretrained", "SentenceTransformer", "torch.hub", "hub.load", "nltk", "spacy", "snapshot_download", "hf_hub",
      "urlretrieve",
      "gdown", "load_model", "whisper", "easyocr", ".download(",
    ].contains { text.contains($0) }
  }

  /// Whether Django's settings name folders outside the project, for static files or a database.
  private static func namesFoldersElsewhere(_ invocation: Invocation) -> Bool {
    invocation.surroundings.listing.files.contains { file in
      guard file.path.hasSuffix(".py"), file.path.contains("settings"),
        let text = invocation.surroundings.reader.text(of: file.path)
      else { return false }
      return text.split(whereSeparator: \.isNewline).contains { line in
        let isFolder = line.contains("_ROOT") || line.contains("NAME") || line.contains("LOCATION")
        guard isFolder, let quote = line.firstIndex(where: { $0 == "\"" || $0 == "'" }) else { return false }
        return line[quote...].split(whereSeparator: { $0 == "\"" || $0 == "'" }).contains { literal in
          literal.hasPrefix("/") && literal.split(separator: "/").count > 1
            && !ContextPath.isWithin(String(literal), invocation.directory)
        }
      }
    }
  }

  /// A tool of the project: it reads and writes below its directory and where its arguments say.
  static func tool(_ invocation: Invocation, words: [String?] = []) -> CommandEffect {
    var effect = CommandEffect(.projectTool)
    effect.reads = [invocation.directory]
    effect.writes = [invocation.directory]
    for case let word? in words {
      let value = word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) } ?? word
      if value.hasPrefix("/") { effect.writes.append(ContextPath.clean(value)) }
    }
    effect.environment = nil
    return effect
  }

  static func makeEnvironment(_ invocation: Invocation, at path: String?) -> CommandEffect {
    guard let path else { return CommandEffect(.unknown) }
    var effect = CommandEffect(.files)
    effect.writes = [invocation.path(path)]
    effect.python = PythonInstall(site: .folder(invocation.path(path)), isToolOnly: true)
    return effect
  }
}
