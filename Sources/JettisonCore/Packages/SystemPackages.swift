/// What is known about system packages: which only build, and which library replaces a `-dev` package at run time.
///
/// Unknown means run time. Sources: the package indexes of Debian (stretch to trixie) and Alpine.
enum SystemPackages {
  /// What a package is for.
  enum Role: Equatable {
    /// Only a build needs it.
    case build
    /// A build needs it; these stand for it at run time.
    case buildAnd([String])
    /// A program may need it at run time.
    case runtime
  }

  /// The role of a package.
  ///
  /// - Parameters:
  ///   - name: the name as installed, without a version.
  ///   - manager: whose name it is.
  ///   - releases: the distribution releases the base may be; a mapping must hold for all of them.
  static func role(of name: String, manager: PackageManager, releases: [String]) -> Role {
    let name = String(name.prefix { $0 != "=" && $0 != "~" && $0 != ":" && $0 != "<" && $0 != ">" && $0 != "@" })
    if let runtime = javaRuntime(name, manager: manager) { return .buildAnd([runtime]) }
    switch manager {
    case .apt:
      if let libraries = LibraryTable.debian.libraries(behind: name, releases: releases) {
        return libraries.isEmpty ? .build : .buildAnd(libraries)
      }
    case .apk:
      if let libraries = LibraryTable.alpine.libraries(behind: name, releases: releases) {
        return libraries.isEmpty ? .build : .buildAnd(libraries)
      }
    case .yum, .dnf, .microdnf: break
    }
    if buildOnly.contains(name) { return .build }
    // Headers without a row: the package itself stays, which is always right and only less small.
    return .runtime
  }

  /// The package with the runtime of a JDK's package: `openjdk-17-jdk-headless` → `openjdk-17-jre-headless`.
  private static func javaRuntime(_ name: String, manager: PackageManager) -> String? {
    switch manager {
    case .apt:
      guard name.hasPrefix("openjdk-") || name.hasPrefix("default-jdk") else { return nil }
      let runtime = name.replacing("-jdk", with: "-jre")
      return runtime == name ? nil : runtime
    case .apk:
      let release = name.dropFirst("openjdk".count)
      guard name.hasPrefix("openjdk"), !release.isEmpty else { return nil }
      let number = release.prefix { $0.isNumber }
      return number == release || release == number + "-jdk" ? "openjdk\(number)-jre" : nil
    case .yum, .dnf, .microdnf:
      guard name.hasPrefix("java-"), name.hasSuffix("-devel") else { return nil }
      return String(name.dropLast("-devel".count))
    }
  }

  /// The programs a package brings, for those that build and may also be called at run time.
  static func programs(of name: String) -> [String] {
    let isJDK = PackageManager.allCases.contains { javaRuntime(name, manager: $0) != nil }
    return programTable[name] ?? (isJDK ? JavaTools.names.sorted() : [name])
  }

  private static let buildOnly: Set<String> = [
    "gcc", "g++", "make", "build-essential", "build-base", "cmake", "ninja-build", "ninja", "samurai", "meson",
    "pkg-config", "pkgconf", "pkgconfig", "autoconf", "automake", "libtool", "bison", "flex", "swig", "patch", "nasm",
    "yasm",
    "git", "git-core", "mercurial", "subversion", "bzr", "wget", "curl", "unzip", "zip", "xz-utils", "bzip2", "gnupg",
    "gnupg2",
    "gpg",
    "dirmngr", "apt-transport-https", "software-properties-common", "lsb-release", "apt-utils", "dpkg-dev", "fakeroot",
    "python-dev", "python3-dev", "python2-dev", "python2.7-dev", "python3-pip", "python-pip", "py3-pip", "py-pip",
    "python3-setuptools", "python-setuptools", "py3-setuptools", "python3-wheel", "py3-wheel", "python3-venv",
    "python3-virtualenv", "python-virtualenv",
    "virtualenv", "libpython3-dev", "musl-dev", "linux-headers", "libc-dev", "libc6-dev", "linux-libc-dev", "clang",
    "llvm", "lld",
    "cargo", "rustc", "rust", "golang", "golang-go", "go", "gettext", "gettext-dev", "gcc-multilib", "g++-multilib",
    "cpp", "ccache", "binutils",
    "protobuf-compiler", "protoc", "libcap", "libcap2-bin", "libcap-utils", "upx", "upx-ucl", "file", "rsync",
    "maven", "gradle", "ant", "sbt", "kotlin", "gcc-c++", "gnupg1",
  ]

  /// The libraries that come with a package that only builds, of those that dependencies of programs load.
  ///
  /// Source: the dependencies of each package in the index of Debian bookworm; a release's `t64` is left out.
  static func libraries(broughtBy name: String) -> [String] {
    switch name {
    case "gcc", "g++", "gfortran", "build-essential", "build-base", "gcc-multilib", "g++-multilib", "clang", "cargo",
      "gettext":
      ["libgomp1", "libquadmath0"]
    case "file": ["libmagic1"]
    case "curl": ["libcurl4"]
    case "cmake": ["libcurl4", "libexpat1"]
    case "git", "git-core", "bzr", "mercurial", "subversion", "libapr1-dev", "python3-dev", "libpython3-dev",
      "python3-pip", "python3-setuptools", "python3-wheel", "python3-venv", "python3-virtualenv", "virtualenv":
      ["libexpat1"]
    default: []
    }
  }

  /// Alpine's names of what programs load or start and packages that only build bring, by Debian's.
  static let alpineNames = [
    "libgomp1": "libgomp", "libmagic1": "libmagic", "libcurl4": "libcurl", "libexpat1": "libexpat", "git": "git",
    "mercurial": "mercurial", "openssh-client": "openssh-client", "gnupg": "gnupg",
  ]

  /// Whether a package is known to be of no use to a build: services, viewers and tools that containers start with.
  static func isOnlyForRunning(_ name: String) -> Bool { runningOnly.contains(name) }

  private static let runningOnly: Set<String> = [
    "tini", "dumb-init", "gosu", "su-exec", "supervisor", "cron", "nginx", "ffmpeg", "imagemagick", "graphicsmagick",
    "ghostscript", "vim", "nano", "less", "htop", "procps", "iputils-ping", "iputils", "net-tools", "dnsutils",
    "netcat", "netcat-openbsd", "telnet", "postgresql-client", "default-mysql-client", "mysql-client", "mariadb-client",
    "redis-tools", "tzdata", "locales", "poppler-utils", "tesseract-ocr", "wkhtmltopdf", "libreoffice",
  ]

  private static let programTable: [String: [String]] = [
    "git-core": ["git"], "mercurial": ["hg"], "subversion": ["svn"], "xz-utils": ["xz"], "gnupg": ["gpg"],
    "gnupg2": ["gpg"],
    "build-essential": ["gcc", "g++", "cc", "make"], "build-base": ["gcc", "g++", "cc", "make"],
    "python3-pip": ["pip3", "pip"], "py3-pip": ["pip3", "pip"],
    "python-pip": ["pip"], "py-pip": ["pip"], "golang": ["go"], "golang-go": ["go"], "protobuf-compiler": ["protoc"],
    "gettext": ["msgfmt", "envsubst"],
    "imagemagick": ["convert", "identify", "mogrify", "magick"],
    "postgresql-client": ["psql", "pg_isready", "pg_dump"],
    "netcat": ["nc"], "netcat-openbsd": ["nc"], "openssh-client": ["ssh", "scp", "sftp", "ssh-keygen", "ssh-keyscan"],
    "openssh": ["ssh", "scp", "sftp", "ssh-keygen", "ssh-keyscan"],
    "openssh-client-default": ["ssh", "scp", "sftp"], "graphviz": ["dot"],
    "poppler-utils": ["pdftotext", "pdftoppm"],
    "apache2-utils": ["ab", "htpasswd"], "libcap": ["setcap"], "libcap2-bin": ["setcap"], "libcap-utils": ["setcap"],
    "ninja-build": ["ninja"], "maven": ["mvn"], "procps": ["ps", "top", "free", "pgrep", "pkill", "uptime", "watch"],
    "ca-certificates": ["update-ca-certificates"], "software-properties-common": ["add-apt-repository"],
    "locales": ["locale-gen", "update-locale"], "fontconfig": ["fc-cache", "fc-list"], "cron": ["cron", "crontab"],
    "supervisor": ["supervisord", "supervisorctl"], "gettext-base": ["envsubst"],
    "sudo": ["sudo"], "zip": ["zip"], "rsync": ["rsync"], "binutils": ["strip", "ld", "as", "ar", "nm", "objdump"],
  ]

  /// The package that brings a program, by manager; for programs the code starts.
  static func package(bringing program: String, manager: PackageManager) -> String? {
    let debian = [
      "git": "git", "curl": "curl", "wget": "wget", "ssh": "openssh-client", "hg": "mercurial", "svn": "subversion",
      "unzip": "unzip",
      "convert": "imagemagick", "identify": "imagemagick", "mogrify": "imagemagick", "ffmpeg": "ffmpeg",
      "ffprobe": "ffmpeg", "gpg": "gnupg", "xz": "xz-utils",
      "bash": "bash", "openssl": "openssl", "make": "make", "file": "file", "patch": "patch", "tini": "tini",
      "dumb-init": "dumb-init", "gosu": "gosu", "jq": "jq", "psql": "postgresql-client", "python3": "python3",
      "perl": "perl", "bzip2": "bzip2", "ps": "procps",
    ]
    let alpine = [
      "git": "git", "curl": "curl", "ssh": "openssh-client", "hg": "mercurial", "svn": "subversion",
      "convert": "imagemagick",
      "identify": "imagemagick", "mogrify": "imagemagick", "ffmpeg": "ffmpeg", "ffprobe": "ffmpeg", "gpg": "gnupg",
      "bash": "bash", "openssl": "openssl",
      "make": "make", "file": "file", "tini": "tini", "dumb-init": "dumb-init", "su-exec": "su-exec", "jq": "jq",
      "python3": "python3", "perl": "perl",
      "psql": "postgresql-client",
    ]
    let leader = SystemCommands.leader(of: program)
    return manager == .apt ? debian[program] ?? debian[leader] : alpine[program] ?? alpine[leader]
  }
}
