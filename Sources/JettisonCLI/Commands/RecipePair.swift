import ContextFiles
import DockerfileSyntax
import JettisonCore
import Verification

/// The two Dockerfiles of a verification, each with the ignore file that counts for it.
struct RecipePair: Sendable {
  var old: Recipe
  var new: Recipe

  /// Makes a pair.
  init(old: Recipe, new: Recipe) {
    self.old = old
    self.new = new
  }

  /// The original and its rewrite; nil where there is none.
  init?(_ subject: Subject, _ conversion: Conversion) {
    guard conversion.rewritten != conversion.original else { return nil }
    let own = subject.file.flatMap(Self.ignoreFile(beside:))
    old = Recipe(name: "the original", dockerfile: subject.bytes, ignoreFile: own, context: subject.contextRoot)
    new = Recipe(
      name: "the rewritten Dockerfile", dockerfile: conversion.rewritten.bytes,
      ignoreFile: conversion.ignoreFile?.bytes ?? own, context: subject.contextRoot)
  }

  /// The original and any other Dockerfile for the same context.
  init(_ subject: Subject, after path: String) throws(ToolError) {
    guard Disk.isDirectory(path) == false, case .success(let bytes) = Disk.read(path) else {
      throw ToolError(path: path, message: "--after needs a Dockerfile that can be read", id: "not-found")
    }
    old = Recipe(
      name: "the original", dockerfile: subject.bytes, ignoreFile: subject.file.flatMap(Self.ignoreFile(beside:)),
      context: subject.contextRoot)
    new = Recipe(name: path, dockerfile: bytes, ignoreFile: Self.ignoreFile(beside: path), context: subject.contextRoot)
  }

  /// The ignore file beside a Dockerfile, which wins over the context's own.
  private static func ignoreFile(beside dockerfile: String) -> [UInt8]? {
    try? Disk.read(dockerfile + ".dockerignore").get()
  }
}
