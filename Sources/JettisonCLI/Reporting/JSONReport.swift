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
  var advice: String?
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
      advice = refusal.reason.advice
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

/// One conversion as JSON, in a versioned shape: new keys may come within a version, none goes or changes its meaning.
///
///     {
///       "version": 1,
///       "dockerfile": "api/Dockerfile",
///       "outcome": "rewritten",          rewritten, rebased, unchanged or declined
///       "rung": "static-artefact",       the step of the ladder, for a rewrite
///       "reason": …, "message": …,       why it is unchanged, by id and in words; for declined the message only
///       "location": {"file": …, "line": 6},
///                                        what decides; file is missing for the Dockerfile itself
///       "advice": …,                     what the author could change
///       "language": "go",
///       "finalBase": "scratch",
///       "findings": [{"id": …, "severity": …, "message": …, "file": …, "line": …, "column": …}],
///       "assumptions": [{"id": …, "summary": …, "refutation": …}],
///       "estimate": {"before": 915000000, "after": 15000000},
///       "contract": {"C1": "holds", …},  the verdict on each invariant, for a rewrite
///       "ignoreFile": {"path": ".dockerignore", "added": ["Dockerfile"]},
///
///       with `explain`:
///       "explanation": {
///         "original": [{"line": 3, "text": "COPY . .", "place": "builder", "because": …}],
///                                        place: builder, final, both or dropped
///         "new": [{"line": 4, "text": …, "stage": "builder", "from": 3, "pass": "static-go", "because": …}]
///                                        stage: base, builder or final; no from: a new line; pass: what made or changed it
///       },
///       "rejections": [{"rung": …, "reason": …, "message": …, "location": …}],
///                                        the slimmer steps that were tried
///       "plan": {…},                     the plan as it is assembled
///
///       with `diff`:
///       "diff": …                        the unified diff
///     }
struct JSONReport: Encodable {
  /// A step of the ladder that did not hold.
  struct RejectionRow: Encodable {
    var rung: String
    var reason: String
    var message: String
    var location: Location?

    init(_ rejection: Rejection) {
      rung = rejection.rung.rawValue
      reason = rejection.refusal.reason.rawValue
      message = rejection.refusal.message
      location = rejection.refusal.location
    }
  }

  /// What the ignore file gets.
  struct IgnoreRow: Encodable {
    var path: String
    var added: [String]
  }

  /// The version of this shape.
  let version = 1
  let dockerfile: String
  let summary: ConversionSummary
  let contract: [String: String]?
  let explanation: Explanation?
  let rejections: [RejectionRow]?
  let ignoreFile: IgnoreRow?
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
    explanation = includesPlan ? conversion.explanation : nil
    rejections = includesPlan ? conversion.rejections.map(RejectionRow.init) : nil
    ignoreFile = conversion.ignoreFile.map { IgnoreRow(path: $0.path, added: $0.added) }
  }

  private enum CodingKeys: String, CodingKey {
    case version, dockerfile, contract, explanation, rejections, ignoreFile, plan, diff
  }

  func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version, forKey: .version)
    try container.encode(dockerfile, forKey: .dockerfile)
    try container.encodeIfPresent(contract, forKey: .contract)
    try container.encodeIfPresent(explanation, forKey: .explanation)
    try container.encodeIfPresent(rejections, forKey: .rejections)
    try container.encodeIfPresent(ignoreFile, forKey: .ignoreFile)
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
