import ContextFiles
import Projects

extension Language {
  /// Node: npm, Yarn, pnpm and Bun.
  static let node = Language(
    id: "node", name: "Node",
    markers: ["package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"],
    commands: NodeCommands.rules,
    toolchainPrograms: [],
    meaning: { NodeScripts.meaning(of: $0, in: $1, text: $2) },
    startRefusal: { NodeStart($0).refusal },
    fault: { situation in
      if let problem = situation.copiedFiles(named: "package.json").lazy.compactMap({
        NodePackage.parse($0.text, file: $0.path).problem
      }).first {
        return problem
      }
      return NodeFacts.installs(of: situation).lazy.compactMap { install in
        switch install.project(in: situation) {
        case .success(let project)?: install.lock(of: project, in: situation)?.problem
        case .failure(let error)?: error.problem
        case nil: nil
        }
      }.first
    },
    strategies: [
      Strategy(.productionDependencies) { NodeStrategy($0, runtime: .alpine) },
      Strategy(.productionDependencies) { NodeStrategy($0, runtime: .slim) },
      Strategy(.sameBase) { NodeStrategy($0, runtime: .same) },
    ])
}
