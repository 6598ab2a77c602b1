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
    "implicit": Row(debian: ["*": ["libgomp1"]]),
    "llama-cpp-python": Row(debian: ["*": ["libgomp1"]]),
    "mysql-python": Row(debian: ["*": ["libmariadb3"], "stretch": ["libmariadbclient18"]]),
    "psycopg2cffi": Row(debian: ["*": ["libpq5"]]),
    "sasl": Row(debian: ["*": ["libsasl2-2"]]),
    "lxml": Row(
      debian: ["*": ["libxml2", "libxslt1.1"]],
      firstWheel: [
        6: "3.7.0", 7: "4.2.4", 8: "4.5.0", 9: "4.6.2", 10: "4.6.4", 11: "4.9.2", 12: "4.9.3", 13: "5.3.0", 14: "6.0.1",
      ]),
    "pillow": Row(
      debian: [
        "stretch": images + ["libtiff5", "libwebp6", "libwebpmux2", "libwebpdemux2"],
        "buster": images + ["libtiff5", "libwebp6", "libwebpmux3", "libwebpdemux2"],
        "bullseye": images + ["libtiff5", "libwebp6", "libwebpmux3", "libwebpdemux2"],
        "bookworm": images + ["libtiff6", "libwebp7", "libwebpmux3", "libwebpdemux2"],
        "trixie": images + ["libtiff6", "libwebp7", "libwebpmux3", "libwebpdemux2"],
      ],
      firstWheel: [
        6: "4.0.0", 7: "5.2.0", 8: "6.2.1", 9: "8.0.0", 10: "8.3.2", 11: "9.3.0", 12: "10.1.0", 13: "11.0.0",
        14: "12.0.0",
      ]),
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
    "gitpython": starts("git"), "pre-commit": starts("git"), "cookiecutter": starts("git"), "copier": starts("git"),
    "dvc": starts("git"), "semgrep": starts("git"), "dbt-core": starts("git"), "ansible": starts("openssh-client"),
    "ansible-core": starts("openssh-client"), "ansible-runner": starts("openssh-client"),
    "python-gnupg": starts("gnupg"), "gnupg": starts("gnupg"),
  ]

  private static let images = ["libjpeg62-turbo", "libfreetype6", "liblcms2-2", "libopenjp2-7"]

  /// The row of a distribution that starts a program of its own accord.
  private static func starts(_ package: String) -> Row { Row(debian: ["*": [package]]) }

  /// Distributions that require one with a row; behind brackets those that an extra requires.
  static let required: [String: [String]] = [
    "flask-mysqldb": ["mysqlclient"], "sqlalchemy[postgresql]": ["psycopg2"], "sqlalchemy[mysql]": ["mysqlclient"],
    "sqlalchemy[mssql]": ["pyodbc"], "sqlalchemy[postgresql-psycopg]": ["psycopg"],
    "apache-airflow[mysql]": ["mysqlclient"], "apache-airflow-providers-mysql": ["mysqlclient"],
    "records": ["psycopg2"],
    "django-tenant-schemas": ["psycopg2"], "queries": ["psycopg2"], "momoko": ["psycopg2"], "pgcli": ["psycopg"],
    "django-auth-ldap": ["python-ldap"], "flask-simpleldap": ["python-ldap"], "django-weasyprint": ["weasyprint"],
    "flask-weasyprint": ["weasyprint"], "celery[sqs]": ["pycurl"], "kombu[sqs]": ["pycurl"],
    "xhtml2pdf": ["pycairo"], "reportlab[pycairo]": ["pycairo"], "rlpycairo": ["pycairo"], "manim": ["pycairo"],
    "ultralytics": ["opencv-python"], "yolov5": ["opencv-python"],
    "easyocr": ["opencv-python-headless"], "deepface": ["opencv-python"], "retina-face": ["opencv-python"],
    "mtcnn": ["opencv-python"], "paddleocr": ["opencv-python"], "mediapipe": ["opencv-contrib-python"],
    "insightface": ["opencv-python"], "supervision": ["opencv-python"], "albumentations": ["opencv-python-headless"],
    "imgaug": ["opencv-python"], "keras-ocr": ["opencv-python"], "python-doctr": ["opencv-python"],
    "unstructured-inference": ["opencv-python"], "rembg": ["opencv-python-headless"], "layoutparser": ["opencv-python"],
    "mkdocs-git-revision-date-localized-plugin": ["gitpython"], "mkdocs-git-revision-date-plugin": ["gitpython"],
    "mkdocs-git-authors-plugin": ["gitpython"], "mkdocs-git-committers-plugin-2": ["gitpython"],
    "pyhive[hive]": ["sasl"], "thrift-sasl": ["sasl"],
    "social-auth-core[saml]": ["python3-saml"],
  ]

  /// A set of distributions with those they are known to require.
  static func withRequired(_ distributions: [PythonDistribution]) -> [PythonDistribution] {
    var all = distributions
    var seen = Set(distributions.map(\.name))
    for distribution in distributions {
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
      guard let row = rows[distribution.name], row.isNeeded(by: distribution, pythonMinor: pythonMinor) else {
        continue
      }
      if distribution.name == "psycopg", distribution.extras.contains("binary") { continue }
      // The author installs one of the names himself.
      if row.debian.values.contains(where: { !$0.isEmpty && present.isSuperset(of: $0) }) { continue }
      guard let libraries = row.packages(in: releases) else {
        return .failure(
          Refusal(
            .noRuntimeVariant,
            "\(distribution.name) needs a system library whose name depends on the release: name one in the tag, for "
              + "example '-\(releases.first ?? "bookworm")'"))
      }
      for library in libraries where !packages.contains(library) { packages.append(library) }
    }
    return .success(packages)
  }
}

extension PythonLibraries.Row {
  init(debian: [String: [String]]) { self.init(debian: debian, firstWheel: nil) }

  /// The packages under names that hold in every release; nil when there are none.
  ///
  /// Where names differ by `t64` only, the old one holds: the renamed packages of trixie provide it.
  func packages(in releases: [String]) -> [String]? {
    let answers = Set((releases.isEmpty ? ["*"] : releases).map { debian[$0] ?? debian["*"] })
    if answers.count == 1, let only = answers.first { return only }
    let plain = Set(answers.map { $0?.map { $0.replacing("t64", with: "") } })
    guard plain.count == 1, let names = plain.first, let names, answers.contains(names) else { return nil }
    return names
  }

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
