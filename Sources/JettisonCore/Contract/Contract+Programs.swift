import ContextFiles
import DockerfileSyntax

// C12: what the final stage's RUN lines call has to be there while it is built.
extension Contract {
  /// The first program that a RUN of the final stage calls and only the builder has.
  var missingProgram: (name: String, line: Instruction)? {
    guard let base = situation.base else { return nil }
    var there = SystemCommands.programs(of: base.variant(of: plan.runtime))
    there.formUnion(plan.travels.map(ContextPath.lastComponent))
    let packages = situation.installedPackages.map(\.name) + situation.packagesRemovedLater
    var lost = SystemCommands.programs(of: base.variant)
      .union(packages.flatMap(SystemPackages.programs).flatMap(SystemCommands.withCompanions))
    for step in finalTrace.steps where step.keyword == .run {
      for effect in step.effects.flatMap(\.flattened) {
        let brought = (effect.packages?.installed ?? []).flatMap(SystemPackages.programs)
        there.formUnion(brought.flatMap(SystemCommands.withCompanions))
        lost.subtract(there)
        if let name = SystemCommands.called(by: effect).first(where: lost.contains) { return (name, step.instruction) }
      }
    }
    return nil
  }

  /// The walk through the final stage as it will be built.
  private var finalTrace: Trace {
    let text = (["FROM \(plan.runtime)"] + finalLines.map(\.text)).joined(separator: "\n")
    return Trace(
      of: Dockerfile(parsing: text), base: Catalogue.builtin.resolve(plan.runtime) ?? situation.base,
      globals: situation.file.globalArguments, reader: situation.reader, listing: situation.listing, table: .builtin)
  }
}
