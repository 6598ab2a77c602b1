@testable import JettisonCore
import Projects
import Testing

/// The table of what Python distributions need of the system.
struct PythonLibrariesTests {
  private func needs(
    _ requirement: String, releases: [String] = ["bookworm"], minor: Int? = 11, present: Set<String> = []
  ) throws -> [String]? {
    let distribution = try #require(PythonDistribution(parsing: requirement))
    let found = PythonLibraries.packages(
      for: [distribution], releases: releases, pythonMinor: minor, present: present)
    return try? found.get()
  }

  @Test("every row gives its packages, and stops at its bounds", arguments: PythonLibraries.rows.keys.sorted())
  func row(name: String) throws {
    for row in try #require(PythonLibraries.rows[name]) {
      let libraries = try #require(row.packages(in: "bookworm"))
      #expect(!libraries.isEmpty && libraries.allSatisfy { !$0.hasSuffix("-dev") })
      for release in ["bullseye", "bookworm", "trixie"] { #expect(row.packages(in: release) != nil) }
      if row.below.isEmpty {
        let found = try #require(try needs(name))
        #expect(Set(found).isSuperset(of: libraries))
      }
      for (minor, first) in row.below {
        let minor = minor ?? 8
        let found = try #require(try needs("\(name)==0.0.1", minor: minor))
        #expect(Set(found).isSuperset(of: libraries))
        for free in ["\(name)==\(first)", name] {
          let distribution = try #require(PythonDistribution(parsing: free))
          #expect(!row.isNeeded(by: distribution, pythonMinor: minor))
        }
      }
    }
  }

  @Test("what a distribution requires leads to a row", arguments: PythonLibraries.required.keys.sorted())
  func requirement(name: String) throws {
    let found = try #require(try needs(name, minor: 0))
    #expect(!found.isEmpty)
    let distribution = try #require(PythonDistribution(parsing: name))
    #expect(distribution.name == String(name.prefix { $0 != "[" }))
  }

  @Test(
    "versions, Python and release decide",
    arguments: [
      ("opencv-python==4.2.0.34", 8, "bullseye", ["libglib2.0-0", "libsm6", "libxext6", "libxrender1"]),
      ("opencv-python==4.8.1.78", 11, "trixie", ["libglib2.0-0t64"]), ("opencv-python-headless", 11, "bookworm", []),
      ("pycurl", 11, "trixie", ["libcurl4t64"]), ("pycurl", 7, "bullseye", ["libcurl4"]),
      ("scikit-learn~=1.0.1", 11, "bookworm", ["libgomp1"]), ("lxml<4.9", 11, "bookworm", ["libxml2", "libxslt1.1"]),
      ("PyYAML>=5.3,<5.4", 8, "bullseye", ["libyaml-0-2"]), ("lxml>=4.6.1", 9, "bullseye", []),
      ("xgboost==1.2.1", 8, "bullseye", ["libgomp1"]), ("scikit-learn==0.24.2", 10, "bookworm", ["libgomp1"]),
      ("psycopg[binary]", 11, "bookworm", []), ("requests-kerberos", 11, "bookworm", ["libgssapi-krb5-2"]),
      ("zenml", 11, "bookworm", ["git"]),
    ])
  func versions(requirement: String, minor: Int, release: String, packages: [String]) throws {
    #expect(try needs(requirement, releases: [release], minor: minor) == packages)
  }

  @Test("names that depend on the release stay open without one, unless the author installs one himself")
  func releases() throws {
    #expect(try needs("pyicu", releases: []) == nil)
    #expect(try needs("pyicu", releases: ["bookworm", "trixie"]) == nil)
    #expect(try needs("pyicu", releases: ["bookworm", "trixie"], present: ["libicu72"]) == [])
    #expect(try needs("python-magic", releases: ["bookworm", "trixie"]) == ["libmagic1"])
  }
}
