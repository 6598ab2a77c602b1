import Projects

/// System libraries behind Python distributions, beyond what the slim image holds.
///
/// Only what a distribution needs when its wheel does not bring it. Sources: each project's installation page.
enum PythonLibraries {
  /// A distribution's row.
  struct Row {
    /// Debian packages that bring the libraries, by release; `*` for all.
    var debian: [String: [String]]
    /// The first version whose wheels need nothing, by Python's minor version; nil when no wheel brings the libraries.
    var firstWheel: [Int: String]?
  }

  static let rows: [String: Row] = [
    "psycopg2": Row(debian: ["*": ["libpq5"]]),
    "psycopg2-binary": Row(
      debian: ["*": ["libpq5"]],
      firstWheel: [
        6: "2.7.1", 7: "2.7.4", 8: "2.8.4", 9: "2.8.6", 10: "2.9.2", 11: "2.9.5", 12: "2.9.8", 13: "2.9.10",
        14: "2.9.11",
      ]),
    "psycopg": Row(debian: ["*": ["libpq5"]]),
    "psycopg-c": Row(debian: ["*": ["libpq5"]]),
    "mysqlclient": Row(debian: ["*": ["libmariadb3"], "stretch": ["libmariadbclient18"]]),
    "pycurl": Row(debian: ["*": ["libcurl4"], "trixie": ["libcurl4t64"]]),
    "python-ldap": Row(debian: [
      "bullseye": ["libldap-2.4-2", "libsasl2-2"], "bookworm": ["libldap-2.5-0", "libsasl2-2"],
      "trixie": ["libldap2", "libsasl2-2"],
    ]),
    "python-magic": Row(debian: ["*": ["libmagic1"], "trixie": ["libmagic1t64"]]),
    "opencv-python": Row(debian: ["*": ["libgl1", "libglib2.0-0"], "trixie": ["libgl1", "libglib2.0-0t64"]]),
    "opencv-contrib-python": Row(debian: ["*": ["libgl1", "libglib2.0-0"], "trixie": ["libgl1", "libglib2.0-0t64"]]),
    "opencv-python-headless": Row(debian: ["*": ["libglib2.0-0"], "trixie": ["libglib2.0-0t64"]]),
    "weasyprint": Row(debian: [
      "*": ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
      "bullseye": ["libpango-1.0-0", "libpangoft2-1.0-0"],
    ]),
    "pycairo": Row(debian: ["*": ["libcairo2"]]),
    "cairosvg": Row(debian: ["*": ["libcairo2"]]),
    "cairocffi": Row(debian: ["*": ["libcairo2"]]),
    "uwsgi": Row(debian: ["*": ["libxml2"]]),
    "xmlsec": Row(debian: ["*": ["libxmlsec1-openssl"], "trixie": ["libxmlsec1t64-openssl"]]),
    "python3-saml": Row(debian: ["*": ["libxmlsec1-openssl"], "trixie": ["libxmlsec1t64-openssl"]]),
    "lightgbm": Row(debian: ["*": ["libgomp1"]]),
    "sounddevice": Row(debian: ["*": ["libportaudio2"]]),
    "pyaudio": Row(debian: ["*": ["libportaudio2"]]),
    "python-snappy": Row(debian: ["*": ["libsnappy1v5"]]),
    "pygraphviz": Row(debian: ["*": ["graphviz"]]),
    "gssapi": Row(debian: ["*": ["libgssapi-krb5-2"]]),
    "wand": Row(debian: [
      "bullseye": ["libmagickwand-6.q16-6"], "bookworm": ["libmagickwand-6.q16-6"],
      "trixie": ["libmagickwand-7.q16-10"],
    ]),
    "pyodbc": Row(debian: ["bullseye": ["libodbc1"], "bookworm": ["libodbc2"], "trixie": ["libodbc2"]]),
    "socketify": Row(debian: ["*": ["libuv1"], "trixie": ["libuv1t64"]]),
    "pytesseract": Row(debian: ["*": ["tesseract-ocr"]]),
    "gitpython": Row(debian: ["*": ["git"]]),
  ]

  /// Distributions whose needs outside their own files are too many to name; the base stays.
  static let browsers: Set<String> = ["playwright", "pyppeteer"]

  /// The Debian packages a set of distributions needs; nil when a needed row does not hold for every release.
  static func packages(
    for distributions: [PythonDistribution], releases: [String], pythonMinor: Int?, present: Set<String>
  ) -> Result<[String], Refusal> {
    var packages: [String] = []
    for distribution in distributions {
      guard let row = rows[distribution.name], row.isNeeded(by: distribution, pythonMinor: pythonMinor) else {
        continue
      }
      if distribution.name == "psycopg", distribution.extras.contains("binary") { continue }
      // The author installs one of the names himself.
      if row.debian.values.contains(where: { !$0.isEmpty && present.isSuperset(of: $0) }) { continue }
      let answers = Set((releases.isEmpty ? ["*"] : releases).map { row.debian[$0] ?? row.debian["*"] })
      guard answers.count == 1, let answer = answers.first, let libraries = answer else {
        return .failure(
          Refusal(
            .noRuntimeVariant,
            "\(distribution.name) needs a system library whose name depends on the release, and the tag names none"))
      }
      for library in libraries where !packages.contains(library) { packages.append(library) }
    }
    return .success(packages)
  }
}

extension PythonLibraries.Row {
  init(debian: [String: [String]]) { self.init(debian: debian, firstWheel: nil) }

  /// Whether the distribution, as pinned, comes without a wheel that holds the library.
  func isNeeded(by distribution: PythonDistribution, pythonMinor: Int?) -> Bool {
    guard let firstWheel else { return true }
    guard let pin = distribution.pinnedVersion, let pythonMinor, let first = firstWheel[pythonMinor] else {
      return false
    }
    return Version.isOlder(pin, than: first)
  }
}

extension PythonDistribution {
  /// The version of an exact pin (`==1.2.3`).
  var pinnedVersion: String? {
    guard specifier.hasPrefix("==") else { return nil }
    let version = specifier.drop { $0 == "=" }.prefix { $0.isNumber || $0 == "." }
    return version.isEmpty ? nil : String(version)
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
