import ContextFiles
import Projects

extension Language {
  /// Python: pip, Poetry, Pipenv, uv, PDM.
  static let python = Language(
    id: "python", name: "Python",
    markers: [
      "requirements.txt", "pyproject.toml", "Pipfile", "setup.py", "setup.cfg", "uv.lock", "poetry.lock", "manage.py",
    ],
    commands: PythonCommands.rules,
    toolchainPrograms: ["tox", "nox", "pytest"],
    strategies: [
      Strategy(.productionDependencies) { PythonStrategy($0, site: .userBase).plan() },
      Strategy(.productionDependencies) { PythonStrategy($0, site: .samePaths).plan() },
    ])
}
