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
    fault: { situation in
      let projects = situation.copiedFiles(named: "pyproject.toml").lazy.compactMap {
        PyProject.parse($0.text, file: $0.path).problem
      }
      let pipfiles = situation.copiedFiles(named: "Pipfile").lazy.compactMap {
        PyProject.parsePipfile($0.text, file: $0.path).problem
      }
      return projects.first ?? pipfiles.first
    },
    strategies: [
      Strategy(.productionDependencies) { PythonStrategy($0, site: .userBase) },
      Strategy(.productionDependencies) { PythonStrategy($0, site: .samePaths) },
    ])
}
