import Verification

/// A line on standard error for each step of a verification, with the time it took.
struct StepLines: Sendable {
  /// What stands before each step, such as the Dockerfile's name in a batch.
  var prefix = ""

  /// Says each step when it begins and the time when it ends, on one line.
  var reporter: StepReporter {
    let prefix = prefix
    return StepReporter(
      begin: { Output.note("\(prefix)\($0) … ".printable, terminator: "") },
      end: { time, isWell in Output.note(isWell ? time.words : "failed after \(time.words)") })
  }
}
