// The sentences that only the planner of built programs needs.
extension ArtefactPlanner {
  /// Why the template's lines are there.
  var valueReasons: [String: String] {
    var reasons = [
      "certificates": "servers are checked with these certificates, and '\(base.text)' has none",
      "zoneinfo": "the program looks time zones up",
      "tmp": "the program writes temporary files, and '\(base.text)' has no folder for them",
      "path": "the started program lies in a folder that '\(base.text)' does not search",
      "folders": "the author makes these folders for packages that want them",
    ]
    let lost = findings.filter { $0.id == .packageOfLostBase }.map(\.message)
    let own = packages.filter { name in !lost.contains { $0.contains("'\(name)'") } }
    let kept = own.isEmpty ? [] : ["the running program may need \(Wording.list(own)), which the author installs"]
    reasons["packages"] = (kept + lost).joined(separator: "; ")
    return reasons
  }
}
