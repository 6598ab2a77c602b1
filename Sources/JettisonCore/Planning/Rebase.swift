import DockerfileSyntax

extension StagePlan {
  /// Nothing is built: the slimmer image takes the base's place, and the file keeps its one stage.
  ///
  /// - Parameters:
  ///   - situation: the file.
  ///   - language: its language.
  ///   - runtime: the new base as it is written.
  ///   - lost: packages of the old base that something calls.
  ///   - assumptions: what is taken for granted.
  static func rebase(
    _ situation: Situation, language: String, runtime: String, lost: [String] = [], assumptions: [Assumption]
  ) -> StagePlan {
    var lines = situation.trace.steps.map {
      Line(.author($0.index), because: "nothing is built, so it stays where it is")
    }
    if !lost.isEmpty {
      let manager = situation.image(runtime)?.packageManager ?? .apt
      let text = manager.installLine(
        lost, flags: manager == .apt ? ["--no-install-recommends"] : [],
        cleans: situation.options.isOn(.cleanLists))
      lines.insert(
        Line(.made(.run, text), because: "the full base held these packages, and something calls them"), at: 0)
    }
    return StagePlan(
      language: language, rung: .rebase, template: Template.builtinNames.first { $0.hasPrefix(language + "/") } ?? "",
      runtime: runtime, builder: situation.builderName, finalName: situation.finalName, builderLines: [],
      finalLines: lines, values: [:], assumptions: assumptions, travels: [], installs: lost)
  }
}
