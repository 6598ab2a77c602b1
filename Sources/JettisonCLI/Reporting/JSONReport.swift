import DockerfileSyntax
import Foundation
import JettisonCore

/// One conversion as JSON, in a documented and versioned shape.
struct JSONReport: Encodable {
  /// A finding or assumption with its place.
  struct AssumptionRow: Encodable {
    var id: String
    var summary: String
    var refutation: String
  }

  struct PlacementRow: Encodable {
    var line: Int
    var instruction: String
    var place: String
    var because: String
  }

  /// The version of this shape.
  let version = 1
  let dockerfile: String
  let outcome: String
  let reason: String?
  let message: String?
  let language: String?
  let rung: String?
  let finalBase: String?
  let findings: [Finding]
  let assumptions: [AssumptionRow]
  let contract: [String: String]?
  let estimate: Estimate?
  let placements: [PlacementRow]?
  let plan: StagePlan?
  let diff: String?

  init(_ subject: Subject, _ conversion: Conversion, diff: String? = nil, includesPlan: Bool = false) {
    dockerfile = subject.displayPath
    switch conversion.outcome {
    case .rewritten(let rung): (outcome, self.rung, reason, message) = ("rewritten", rung.rawValue, nil, nil)
    case .rebased: (outcome, rung, reason, message) = ("rebased", Rung.rebase.rawValue, nil, nil)
    case .unchanged(let refusal):
      (outcome, rung, reason, message) = ("unchanged", nil, refusal.reason.rawValue, refusal.message)
    case .declined(let problem): (outcome, rung, reason, message) = ("declined", nil, nil, problem)
    }
    language = conversion.language
    finalBase = conversion.plan?.runtime
    findings = conversion.findings
    assumptions = (conversion.plan?.assumptions ?? []).map {
      AssumptionRow(id: $0.rawValue, summary: $0.summary, refutation: $0.refutation)
    }
    contract =
      conversion.verdicts.isEmpty
      ? nil : Dictionary(uniqueKeysWithValues: conversion.verdicts.map { ($0.key.rawValue, Self.text(of: $0.value)) })
    estimate = conversion.estimate
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
