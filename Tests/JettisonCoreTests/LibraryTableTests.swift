@testable import JettisonCore
import Testing

/// The libraries behind `-dev` packages.
struct LibraryTableTests {
  @Test(
    "a library bears its release's name",
    arguments: [
      ("libffi-dev", ["bullseye"], ["libffi7"]), ("libffi-dev", ["bookworm"], ["libffi8"]),
      ("libssl-dev", ["trixie"], ["libssl3t64"]), ("libssl-dev", ["jammy"], ["libssl3"]),
      ("libcurl4-gnutls-dev", ["trixie"], ["libcurl3t64-gnutls"]), ("libpq-dev", ["bookworm", "trixie"], ["libpq5"]),
      ("libjpeg-dev", ["jammy"], ["libjpeg8"]), ("libjpeg-dev", ["bookworm"], ["libjpeg62-turbo"]),
      ("default-libmysqlclient-dev", ["noble"], ["libmysqlclient21"]), ("libeigen3-dev", [], []),
    ])
  func debian(package: String, releases: [String], libraries: [String]) {
    #expect(LibraryTable.debian.libraries(behind: package, releases: releases) == libraries)
  }

  @Test(
    "where releases disagree, or are not known, the package itself stays",
    arguments: [
      ("libffi-dev", ["bullseye", "bookworm"]), ("libffi-dev", []), ("libfreetype6-dev", ["trixie"]),
      ("libnobody-dev", ["bookworm"]),
    ])
  func open(package: String, releases: [String]) {
    #expect(LibraryTable.debian.libraries(behind: package, releases: releases) == nil)
    #expect(SystemPackages.role(of: package, manager: .apt, releases: releases) == .runtime)
  }

  @Test("rows name known releases and packages only")
  func rows() {
    for (name, row) in LibraryTable.debian.rows.merging(
      LibraryTable.alpine.rows, uniquingKeysWith: { first, _ in first })
    {
      switch row {
      case .everywhere(let libraries): #expect(libraries.allSatisfy { $0 != name && !$0.hasSuffix("-dev") }, "\(name)")
      case .byRelease(let named):
        #expect(LibraryTable.releases.isSuperset(of: named.keys), "\(name)")
        #expect(named.values.allSatisfy { !$0.isEmpty && $0.allSatisfy { !$0.contains(":") } }, "\(name)")
      }
    }
  }
}
