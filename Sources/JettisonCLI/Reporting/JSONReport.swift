import DockerfileSyntax
import Foundation
import JettisonCore

/// What every report says of a conversion.
struct ConversionSummary: Encodable, Sendable {
  /// An assumption with its words.
  struct AssumptionRow: Encodable, Sendable {
    var id: String
    var summary: String
    var refutation: String
  }

  var outcome: String
  var reason: String?
  var message: String?
  var location: Location?
  var language: String?
  var rung: String?
  var finalBase: String?
  var findings: [Finding] = []
  var assumptions: [AssumptionRow] = []
  var estimate: Estimate?

  init(_ conversion: Conversion) {
    switch conversion.outcome {
    case .rewritten(let rung): (outcome, self.rung) = ("rewritten", rung.rawValue)
    case .rebased: (outcome, rung) = ("rebased", Rung.rebase.rawValue)
    case .unchanged(let refusal):
      (outcome, reason, message) = ("unchanged", refusal.reason.rawValue, refusal.message)
      location = refusal.location
    case .declined(let problem): (outcome, message) = ("declined", problem)
    }
    language = conversion.language
    finalBase = conversion.plan?.runtime
    findings = conversion.findings
    assumptions = (conversion.plan?.assumptions ?? []).map {
      AssumptionRow(id: $0.rawValue, summary: $0.summary, refutation: $0.refutation)
    }
    estimate = conversion.estimate
  }

  /// A Dockerfile that could not be converted for a trouble with the disk.
  init(failed message: String) {
    outcome = "failed"
    self.message = message
  }
}

/// One conversion as JSON, in a documented and versioned shape.
struct JSONReport: Encodable {
  struct PlacementRow: Encodable {
    var line: Int
    var instruction: String
    var place: String
    var because: String
  }

  /// The version of this shape.
  let version = 1
  let dockerfile: String
  let summary: ConversionSummary
  let contract: [String: String]?
  let placements: [PlacementRow]?
  let plan: StagePlan?
  let diff: String?

  init(_ subject: Subject, _ conversion: Conversion, diff: String? = nil, includesPlan: Bool = false) {
    dockerfile = subject.displayPath
    summary = ConversionSummary(conversion)
    contract =
      conversion.verdicts.isEmpty
      ? nil : Dictionary(uniqueKeysWithValues: conversion.verdicts.map { ($0.key.rawValue, Self.text(of: $0.value)) })
    self.diff = diff
    plan = includesPlan ? conversion.plan : nil
    placements =
      includesPlan
      ? conversion.plan.map { plan in
        ExplainedLine.original(conversion, plan).map {
          PlacementRow(line: $0.line, instruction: $0.text, place: $0.place, because: $0.because)
        }
      } : nil
  }

  private enum CodingKeys: String, CodingKey {
    case version, dockerfile, contract, placements, plan, diff
  }

  func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version, forKey: .version)
    try container.encode(dockerfile, forKey: .dockerfile)
    try container.encodeIfPresent(contract, forKey: .contract)
    try container.encodeIfPresent(placements, forKey: .placements)
    try container.encodeIfPresent(plan, forKey: .plan)
    try container.encodeIfPresent(diff, forKey: .diff)
  }

  private static func text(of verdict: Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .holdsAssuming(let assumptions): "holds assuming " + assumptions.map(\.rawValue).joined(separator: ", ")
    case .fails(let why): "fails: " + why
    }
  }

  /// The report as text.
  var text: String { Self.encoded(self) }

  /// Any value as JSON on one line.
  static func line(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  /// Any value as sorted, indented JSON.
  static func encoded(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }
}
