import TOMLKit

/// What a `pyproject.toml` or a `Pipfile` says about dependencies and building.
public struct PyProject: Sendable, Hashable {
  /// The run-time dependencies.
  public var distributions: [PythonDistribution] = []
  /// The console scripts the project itself installs.
  public var scripts: [String] = []
  /// Files of the project that building needs: readme and license.
  public var referencedFiles: [String] = []
  /// Whether the version comes out of version control (setuptools-scm, hatch-vcs, poetry-dynamic-versioning …).
  public var versionFromVersionControl = false
  /// Whether a dependency is a folder of the repository.
  public var hasLocalPaths = false
  /// The distribution's own name.
  public var name: String?
  /// The tools with a table of their own, such as `poetry`, `uv`, `pdm`.
  public var tools: [String] = []
  /// `requires-python`, or Poetry's `python` dependency.
  public var requiresPython: String?

  /// Reads a `pyproject.toml`.
  public static func parse(_ text: String, file: String) -> Result<PyProject, ProjectProblemError> {
    read(text, file: file) { root in
      var result = PyProject()
      result.readProject(root["project"]?.table)
      result.readBuildSystem(root["build-system"]?.table)
      if let tools = root["tool"]?.table {
        result.tools = tools.keys.sorted()
        if tools["setuptools_scm"] != nil || tools["poetry-dynamic-versioning"] != nil {
          result.versionFromVersionControl = true
        }
        if tools["hatch"]?.table?["version"]?.table?["source"]?.string == "vcs" {
          result.versionFromVersionControl = true
        }
        let sources = tools["uv"]?.table?["sources"]?.table
        let isLocal = sources?.keys.contains { name in
          let source = sources?[name]?.table
          return source?["path"] != nil || source?["workspace"] != nil
        }
        if tools["uv"]?.table?["workspace"] != nil || isLocal == true { result.hasLocalPaths = true }
        result.readPoetry(tools["poetry"]?.table)
      }
      return result
    }
  }

  /// Reads a `Pipfile`.
  public static func parsePipfile(_ text: String, file: String) -> Result<PyProject, ProjectProblemError> {
    read(text, file: file) { root in
      var result = PyProject()
      result.readTable(root["packages"]?.table)
      result.requiresPython = root["requires"]?.table?["python_version"]?.string
      return result
    }
  }

  private static func read(
    _ text: String, file: String, _ build: (TOMLTable) -> PyProject
  ) -> Result<PyProject, ProjectProblemError> {
    do {
      return .success(build(try TOMLTable(string: text)))
    } catch let error as TOMLParseError {
      let message = error.description.split(whereSeparator: \.isNewline).first.map(String.init) ?? "no valid TOML"
      return .failure(
        ProjectProblemError(ProjectProblem(file: file, line: error.source.begin.line, message: message)))
    } catch {
      return .failure(ProjectProblemError(ProjectProblem(file: file, line: nil, message: "no valid TOML")))
    }
  }

  private mutating func readProject(_ project: TOMLTable?) {
    guard let project else { return }
    name = project["name"]?.string
    requiresPython = project["requires-python"]?.string
    for index in 0..<(project["dependencies"]?.array?.count ?? 0) {
      guard let text = project["dependencies"]?.array?[index].string else { continue }
      if let distribution = PythonDistribution(parsing: text) { distributions.append(distribution) }
      if text.contains("file:") { hasLocalPaths = true }
    }
    scripts += project["scripts"]?.table?.keys ?? []
    if let readme = project["readme"]?.string ?? project["readme"]?.table?["file"]?.string {
      referencedFiles.append(readme)
    }
    if let license = project["license"]?.table?["file"]?.string { referencedFiles.append(license) }
  }

  private mutating func readBuildSystem(_ build: TOMLTable?) {
    guard let requires = build?["requires"]?.array else { return }
    for index in 0..<requires.count {
      guard let name = requires[index].string.flatMap({ PythonDistribution(parsing: $0)?.name }) else { continue }
      if ["setuptools-scm", "hatch-vcs", "versioneer", "poetry-dynamic-versioning", "setuptools-git-versioning"]
        .contains(name)
      {
        versionFromVersionControl = true
      }
    }
  }

  private mutating func readPoetry(_ poetry: TOMLTable?) {
    guard let poetry else { return }
    name = name ?? poetry["name"]?.string
    readTable(poetry["dependencies"]?.table)
    scripts += poetry["scripts"]?.table?.keys ?? []
    if let readme = poetry["readme"]?.string { referencedFiles.append(readme) }
  }

  /// Reads a table of `name = "version"` and `name = { version = …, path = … }`.
  private mutating func readTable(_ table: TOMLTable?) {
    guard let table else { return }
    for key in table.keys.sorted() {
      if key == "python" {
        requiresPython = requiresPython ?? table[key]?.string
        continue
      }
      let details = table[key]?.table
      if details?["path"] != nil { hasLocalPaths = true }
      if details?["optional"]?.bool == true { continue }
      let version = table[key]?.string ?? details?["version"]?.string ?? ""
      distributions.append(PythonDistribution(name: key, specifier: version))
    }
  }
}
