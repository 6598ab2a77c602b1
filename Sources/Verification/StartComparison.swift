/// Compares how two images started and what they answered.
enum StartComparison {
  /// What differs, and what is worth a note.
  struct Result: Sendable {
    var problems: [Problem] = []
    var notes: [String] = []
    /// How many answers were the same.
    var same = 0
  }

  /// Compares the starts of the original and of the new image.
  static func compare(_ old: Start, _ new: Start, clues: Clues) -> Result {
    var result = Result()
    if case .refused(let reason) = old.end {
      result.problems.append(Problem(.start, "the original does not start, so nothing is shown", details: reason))
      return result
    }
    if let silence = old.silence {
      result.problems.append(
        Problem(.start, "the original does not answer, so nothing is shown: \(silence)", details: Program.tail(old.log))
      )
      return result
    }
    if old.end != new.end {
      var reason = ""
      if case .refused(let text) = new.end { reason = text }
      let log = Program.tail(new.log)
      result.problems.append(
        Problem(
          .start, "the original \(old.end.words), the new one \(new.end.words)",
          causes: clues.explain(reason + "\n" + new.log), details: reason.isEmpty ? log : reason))
    } else if case .ended(let status) = old.end, status != 0 {
      result.notes.append("both images end with status \(status) when started without arguments")
    }
    if let silence = new.silence {
      if old.end == new.end {
        result.problems.append(
          Problem(.start, "the new image \(silence)", causes: clues.explain(new.log), details: Program.tail(new.log)))
      }
      return result
    }
    if old.health != new.health, old.end == new.end {
      result.problems.append(
        Problem(
          .health, "the health check said '\(old.health ?? "nothing")', now it says '\(new.health ?? "nothing")'",
          causes: clues.explain(new.healthLog ?? ""), details: new.healthLog.map { Program.tail($0, lines: 5) } ?? ""))
    }
    if old.health == "starting", new.health == "starting" {
      result.notes.append("the health check was still 'starting' when the time was up: a longer --timeout waits for it")
    }
    compareAnswers(old, new, clues: clues, into: &result)
    return result
  }

  private static func compareAnswers(_ old: Start, _ new: Start, clues: Clues, into result: inout Result) {
    guard let first = old.rounds.first, old.rounds.count == 2, new.rounds.count == 2 else { return }
    for index in first.indices {
      let (before, after) = (old.rounds.map { $0[index] }, new.rounds.map { $0[index] })
      if before[0].status >= 500 {
        result.problems.append(
          Problem(
            .answers, "the original itself fails, so nothing is shown: \(before[0].question), \(before[0].summary)"))
        continue
      }
      if before == after {
        result.same += 1
        continue
      }
      // A program that tells the time answers otherwise each time; there only the status can be compared.
      let isVolatile = before[0].body != before[1].body || after[0].body != after[1].body
      if isVolatile, before[0].body != before[1].body, before.map(\.status) == after.map(\.status) {
        result.notes.append("\(before[0].question) is answered otherwise each time: only its status was compared")
        result.same += 1
        continue
      }
      let round = before[0] == after[0] ? 1 : 0
      result.problems.append(
        different(
          before[round], after[round], .answers,
          causes: clues.explain(new.log + "\n" + String(decoding: after[round].body, as: UTF8.self))
            + clues.explain(request: String(before[round].question.dropFirst("GET ".count)))))
    }
  }

  /// Compares two runs; the original ran twice, so that output that is never the same is known.
  static func compareRuns(_ old: [Answer], _ new: Answer, clues: Clues) -> Result {
    var result = Result()
    guard let before = old.first else { return result }
    if before.status >= 125 {
      result.problems.append(
        Problem(
          .run, "the original cannot run '\(before.question)', so nothing is shown",
          details: Program.tail(String(decoding: before.errors, as: UTF8.self), lines: 5)))
    } else if before.status == new.status, before.body == new.body {
      result.same = 1
    } else if before.status == new.status, old.contains(where: { $0.body != before.body }) {
      result.notes.append("'\(before.question)' prints something else each time: only its status was compared")
      result.same = 1
    } else {
      let text = String(decoding: new.errors + new.body, as: UTF8.self)
      result.problems.append(different(before, new, .run, causes: clues.explain(text)))
    }
    return result
  }

  private static func different(_ old: Answer, _ new: Answer, _ area: Problem.Area, causes: [String]) -> Problem {
    var details = "before: \(old.summary)\nafter:  \(new.summary)"
    if !new.errors.isEmpty { details += "\n" + Program.tail(String(decoding: new.errors, as: UTF8.self), lines: 5) }
    let what =
      old.status == new.status
      ? "is answered with another body" : "is answered with status \(new.status), was \(old.status)"
    return Problem(area, "\(old.question) \(what)", causes: causes, details: details)
  }
}
