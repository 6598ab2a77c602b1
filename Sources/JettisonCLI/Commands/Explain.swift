import ArgumentParser
import JettisonCore

/// Says why each line stands where it stands.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say of each original and each new line where it went and why.",
    discussion: """
      Examples:
        jettison explain
        jettison explain services/api --format json
      """)

  @OptionGroup var shared: SharedOptions

  func run() throws {
    try Command.run {
      let subject = try Subject(shared.place)
      let conversion = try subject.convert(shared.conversion.rewrite)
      if shared.conversion.format == .json {
        Output.print(JSONReport(subject, conversion, includesPlan: true).text)
      } else {
        Output.print(
          TextReport(subject, conversion, palette: Palette(shared.conversion.color, descriptor: 1), tense: .would)
            .explanation)
      }
    }
  }
}
