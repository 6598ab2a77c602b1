import Projects
import Templates

/// The system packages behind Python distributions, read from `Templates/packages/python.txt`.
enum PythonLibraries {
  /// What a distribution needs of the system.
  struct Row: Sendable, Hashable {
    /// Debian packages; one that ends in `-dev` stands for the libraries behind it.
    var packages: [String]
    /// The first version that needs nothing, by Python's version 3.x; `nil` for all of Python.
    var below: [Int?: String]
  }

  /// The rows and requirements of the table.
  static let (rows, required) = parse(BuiltinFiles.all["packages/python.txt"] ?? "")

  /// Reads a table.
  static func parse(_ text: String) -> (rows: [String: [Row]], required: [String: [String]]) {
    var rows: [String: [Row]] = [:]
    var required: [String: [String]] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count > 1 else { continue }
      let names = words[words[1] == ">" ? words.count - 1 : 1].split(separator: ",").map(String.init)
      if words[1] == ">" {
        required[words[0]] = names
        continue
      }
      var below: [Int?: String] = [:]
      for bound in (words.count > 2 ? words[2].dropFirst("below:".count) : "").split(separator: ",") {
        let parts = bound.split(separator: "=").map(String.init)
        below[parts.count > 1 ? Int(parts[0].dropFirst(2)) : nil] = parts[parts.count - 1]
      }
      rows[words[0], default: []].append(Row(packages: names, below: below))
    }
    return (rows, required)
  }

  /// A set of distributions with those they are known to require.
  static func withRequired(_ distributions: [PythonDistribution]) -> [PythonDistribution] {
    var all = distributions
    var seen = Set(distributions.map(\.name))
    var index = 0
    while index < all.count {
      let distribution = all[index]
      index += 1
      let keys = [distribution.name] + distribution.extras.map { "\(distribution.name)[\($0.lowercased())]" }
      let isAdapter = distribution.name.hasPrefix("dbt-") ? ["dbt-core"] : []
      for name in keys.flatMap({ required[$0] ?? [] }) + isAdapter where seen.insert(name).inserted {
        if let implied = PythonDistribution(parsing: name) { all.append(implied) }
      }
    }
    return all
  }

  /// Distributions whose needs outside their own files are too many to name; the base stays.
  static let browsers: Set<String> = ["playwright", "pyppeteer"]

  /// The Debian packages a set of distributions needs; nil when a needed row does not hold for every release.
  static func packages(
    for distributions: [PythonDistribution], releases: [String], pythonMinor: Int?, present: Set<String>
  ) -> Result<[String], Refusal> {
    var packages: [String] = []
    for distribution in withRequired(distributions) {
      if distribution.name == "psycopg", distribution.extras.contains("binary") { continue }
      for row in rows[distribution.name] ?? [] where row.isNeeded(by: distribution, pythonMinor: pythonMinor) {
        let named: [String?] = releases.isEmpty ? [nil] : releases
        let answers = named.map { row.packages(in: $0) }
        // The author installs one of the names himself.
        if answers.contains(where: { $0.map { present.isSuperset(of: $0) } ?? false }) { continue }
        guard let libraries = common(answers) else {
          return .failure(
            Refusal(
              .noRuntimeVariant,
              "\(distribution.name) needs a system library whose name depends on the release: name one in the tag, for "
                + "example '-\(releases.first ?? "bookworm")'"))
        }
        for library in libraries where !packages.contains(library) { packages.append(library) }
      }
    }
    return .success(packages)
  }

  /// The names that hold in every release; nil when there are none.
  ///
  /// Where names differ by `t64` only, the old one holds: the renamed packages of trixie provide it.
  private static func common(_ answers: [[String]?]) -> [String]? {
    guard let first = answers.first, !answers.contains(nil) else { return nil }
    if Set(answers).count == 1 { return first }
    let plain = Set(answers.map { $0?.map { $0.replacing("t64", with: "") } })
    guard plain.count == 1, let names = plain.first, let names, answers.contains(names) else { return nil }
    return names
  }
}

extension PythonLibraries.Row {
  /// The packages under their names in a release; nil when a name is not known there.
  func packages(in release: String?) -> [String]? {
    var names: [String] = []
    for package in packages {
      guard package.hasSuffix("-dev") else {
        names.append(package)
        continue
      }
      guard let libraries = LibraryTable.debian.libraries(behind: package, releases: release.map { [$0] } ?? []) else {
        return nil
      }
      names += libraries
    }
    return names
  }

  /// Whether a version that the requirement allows may need the packages.
  ///
  /// Without a bound of its own, the requirement brings the newest version, whose wheels do not need them; a Python older
  /// than all of those wheels builds from source.
  func isNeeded(by distribution: PythonDistribution, pythonMinor: Int?) -> Bool {
    guard !below.isEmpty else { return true }
    let minors = below.keys.compactMap { $0 }
    if let pythonMinor, let oldest = minors.min(), pythonMinor < oldest { return true }
    guard let first = below[nil] ?? pythonMinor.flatMap({ below[$0] }) else { return false }
    return distribution.isOlder(than: first)
  }
}

extension PythonDistribution {
  /// Whether `==`, `~=`, `<` or `<=` keep the version below another one.
  ///
  /// What `~=` allows beyond its version is left out, which takes a version for older than it may be.
  func isOlder(than other: String) -> Bool {
    specifier.split(separator: ",").contains { clause in
      let text = clause.drop { $0 == " " || $0 == "(" }
      guard ["==", "~=", "<"].contains(where: { text.hasPrefix($0) }) else { return false }
      let version = String(text.drop { "=~< ".contains($0) }.prefix { $0.isNumber || $0 == "." })
      if version.isEmpty { return false }
      let isOpen = text.hasPrefix("<") && !text.hasPrefix("<=")
      return isOpen ? !Version.isOlder(other, than: version) : Version.isOlder(version, than: other)
    }
  }
}

/// Dotted versions.
enum Version {
  /// Whether one version comes before another, component by component.
  static func isOlder(_ left: String, than right: String) -> Bool {
    let first = left.split(separator: ".").map { Int($0) ?? 0 }
    let second = right.split(separator: ".").map { Int($0) ?? 0 }
    for index in 0..<max(first.count, second.count) {
      let (one, two) = (index < first.count ? first[index] : 0, index < second.count ? second[index] : 0)
      if one != two { return one < two }
    }
    return false
  }
}
