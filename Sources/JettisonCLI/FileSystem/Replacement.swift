import ArgumentParser
import ContextFiles

/// Whether old files are kept beside the new ones.
struct BackupFlag: ParsableArguments {
  @Flag(
    name: .customLong("backup"), inversion: .prefixedNo,
    help: "Keep the old files as *.orig. The default: where there is no git repository to bring them back.")
  var choice: Bool?
}

/// A file's new content, written whole or not at all.
struct Replacement: Sendable {
  /// Where the file lies.
  var path: String
  /// The new content.
  var bytes: [UInt8]

  /// Writes the file.
  ///
  /// - Parameter keepingOld: whether the old file stays as `*.orig`; nil asks for it where git cannot bring it back.
  func write(keepingOld: Bool?) throws(ToolError) {
    if keepingOld ?? !Disk.isInRepository(path), case .success(let old) = Disk.read(path) {
      try Disk.write(old, to: path + ".orig")
    }
    try Disk.write(bytes, to: path)
  }
}
