import ArgumentParser
import JettisonCore

/// Shows what `migrate` would change.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what migrate would change, as a diff that git apply accepts.",
    discussion: """
      The diff goes to standard output, the outcome to standard error. Nothing is written.

      Examples:
        jettison diff
        jettison diff services/api --color always | less -R
        jettison diff | git apply
        jettison diff --map registry.example/proxy/=docker.io/library/
        jettison diff --runtime distroless --without static-go
      """)

  @OptionGroup var shared: SharedOptions

  func run() throws {
    try Command.run {
      let subject = try Subject(shared.place)
      let conversion = try subject.convert(shared.conversion.rewrite)
      let lines = UnifiedDiff.lines(subject.changes(conversion))
      if shared.conversion.format == .json {
        Output.print(JSONReport(subject, conversion, diff: lines.joined()).text)
        return
      }
      let palette = Palette(shared.conversion.color, descriptor: 1)
      Output.print(lines.map { paint($0, palette) }.joined(), terminator: "")
      Output.note(
        TextReport(subject, conversion, palette: Palette(shared.conversion.color, descriptor: 2), tense: .would).summary
      )
    }
  }

  private func paint(_ line: String, _ palette: Palette) -> String {
    guard palette.isOn else { return line }
    // A line's end, which may be CRLF, stays outside the colour.
    let end = line.last?.isNewline == true ? String(line.suffix(1)) : ""
    let text = String(line.dropLast(end.count))
    if text.hasPrefix("diff ") || text.hasPrefix("--- ") || text.hasPrefix("+++ ") || text.hasPrefix("new file") {
      return palette.bold(text) + end
    }
    if text.hasPrefix("@@") { return palette.cyan(text) + end }
    if text.hasPrefix("+") { return palette.green(text) + end }
    if text.hasPrefix("-") { return palette.red(text) + end }
    return line
  }
}
