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
      if let libraries = debian(name, releases: releases) { return libraries.isEmpty ? .build : .buildAnd(libraries) }
    case .apk:
      if let libraries = alpine[name] { return libraries.isEmpty ? .build : .buildAnd(libraries) }
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
    "netcat": ["nc"], "netcat-openbsd": ["nc"], "openssh-client": ["ssh"], "openssh": ["ssh"], "graphviz": ["dot"],
    "poppler-utils": ["pdftotext", "pdftoppm"],
    "apache2-utils": ["ab", "htpasswd"], "libcap": ["setcap"], "libcap2-bin": ["setcap"], "libcap-utils": ["setcap"],
    "ninja-build": ["ninja"], "maven": ["mvn"], "procps": ["ps", "top", "free", "pgrep", "pkill", "uptime", "watch"],
    "ca-certificates": ["update-ca-certificates"], "software-properties-common": ["add-apt-repository"],
    "locales": ["locale-gen", "update-locale"], "fontconfig": ["fc-cache", "fc-list"], "cron": ["crontab"],
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
      "perl": "perl", "bzip2": "bzip2",
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
    return manager == .apt ? debian[program] : alpine[program]
  }

  /// The libraries behind a Debian `-dev` package; nil when the table has no row or the releases disagree.
  private static func debian(_ name: String, releases: [String]) -> [String]? {
    guard let row = debianLibraries[name] else { return nil }
    if let always = row["*"], !releases.contains(where: { row[$0] != nil }) { return always }
    let answers = Set(releases.map { row[$0] ?? row["*"] })
    guard answers.count == 1, let answer = answers.first else { return nil }
    return answer
  }

  private static func t64(_ name: String) -> [String: [String]] { ["*": [name], "trixie": [name + "t64"]] }

  private static let debianLibraries: [String: [String: [String]]] = [
    "libpq-dev": ["*": ["libpq5"]],
    "postgresql-server-dev-all": ["*": ["libpq5"]],
    "default-libmysqlclient-dev": ["*": ["libmariadb3"], "stretch": ["libmariadbclient18"]],
    "libmariadb-dev": ["*": ["libmariadb3"]],
    "libmariadb-dev-compat": ["*": ["libmariadb3"]],
    "libffi-dev": [
      "stretch": ["libffi6"], "buster": ["libffi6"], "bullseye": ["libffi7"], "bookworm": ["libffi8"],
      "trixie": ["libffi8"],
    ],
    "libssl-dev": [
      "stretch": ["libssl1.1"], "buster": ["libssl1.1"], "bullseye": ["libssl1.1"], "bookworm": ["libssl3"],
      "trixie": ["libssl3t64"],
    ],
    "libxml2-dev": ["*": ["libxml2"]],
    "libxslt1-dev": ["*": ["libxslt1.1"]],
    "libxslt-dev": ["*": ["libxslt1.1"]],
    "libjpeg-dev": ["*": ["libjpeg62-turbo"]],
    "libjpeg62-turbo-dev": ["*": ["libjpeg62-turbo"]],
    "libpng-dev": t64("libpng16-16"),
    "zlib1g-dev": ["*": ["zlib1g"]],
    "libfreetype6-dev": ["*": ["libfreetype6"]],
    "libfreetype-dev": ["*": ["libfreetype6"]],
    "liblcms2-dev": ["*": ["liblcms2-2"]],
    "libopenjp2-7-dev": ["*": ["libopenjp2-7"]],
    "libtiff-dev": ["bullseye": ["libtiff5"], "bookworm": ["libtiff6"], "trixie": ["libtiff6"]],
    "libtiff5-dev": ["buster": ["libtiff5"], "bullseye": ["libtiff5"], "bookworm": ["libtiff6"]],
    "libwebp-dev": [
      "buster": ["libwebp6", "libwebpmux3", "libwebpdemux2"], "bullseye": ["libwebp6", "libwebpmux3", "libwebpdemux2"],
      "bookworm": ["libwebp7", "libwebpmux3", "libwebpdemux2"], "trixie": ["libwebp7", "libwebpmux3", "libwebpdemux2"],
    ],
    "libcairo2-dev": ["*": ["libcairo2"]],
    "libpango1.0-dev": ["*": ["libpango-1.0-0", "libpangocairo-1.0-0", "libpangoft2-1.0-0"]],
    "libsqlite3-dev": ["*": ["libsqlite3-0"]],
    "libgeos-dev": ["*": ["libgeos-c1v5"], "trixie": ["libgeos-c1t64"]],
    "libgdal-dev": ["bullseye": ["libgdal28"], "bookworm": ["libgdal32"], "trixie": ["libgdal36"]],
    "libproj-dev": ["bullseye": ["libproj19"], "bookworm": ["libproj25"], "trixie": ["libproj25"]],
    "libmagic-dev": t64("libmagic1"),
    "librdkafka-dev": ["*": ["librdkafka1"]],
    "unixodbc-dev": [
      "bullseye": ["libodbc1", "odbcinst1debian2"], "bookworm": ["libodbc2", "libodbcinst2"],
      "trixie": ["libodbc2", "libodbcinst2"],
    ],
    "freetds-dev": ["*": ["libsybdb5"]],
    "libcurl4-openssl-dev": t64("libcurl4").merging(["stretch": ["libcurl3"]]) { $1 },
    "libcurl4-gnutls-dev": t64("libcurl3-gnutls"),
    "libvips-dev": ["*": ["libvips42"], "trixie": ["libvips42t64"]],
    "libyaml-dev": ["*": ["libyaml-0-2"]],
    "libgmp-dev": ["*": ["libgmp10"]],
    "libzmq3-dev": ["*": ["libzmq5"]],
    "libopenblas-dev": ["*": ["libopenblas0"], "buster": ["libopenblas-base"]],
    "libicu-dev": [
      "stretch": ["libicu57"], "buster": ["libicu63"], "bullseye": ["libicu67"], "bookworm": ["libicu72"],
      "trixie": ["libicu76"],
    ],
    "libxmlsec1-dev": [
      "*": ["libxmlsec1", "libxmlsec1-openssl"], "trixie": ["libxmlsec1t64", "libxmlsec1t64-openssl"],
    ],
    "portaudio19-dev": ["*": ["libportaudio2"]],
    "libsndfile1-dev": ["*": ["libsndfile1"]],
    "libreadline-dev": [
      "stretch": ["libreadline7"], "buster": ["libreadline7"], "bullseye": ["libreadline8"],
      "bookworm": ["libreadline8"], "trixie": ["libreadline8t64"],
    ],
    "libgif-dev": ["*": ["libgif7"]],
    "librsvg2-dev": ["*": ["librsvg2-2"]],
    "libsasl2-dev": ["*": ["libsasl2-2"]],
    "libldap2-dev": [
      "buster": ["libldap-2.4-2"], "bullseye": ["libldap-2.4-2"], "bookworm": ["libldap-2.5-0"], "trixie": ["libldap2"],
    ],
    "libkrb5-dev": ["*": ["libgssapi-krb5-2"]],
    "libbz2-dev": ["*": ["libbz2-1.0"]],
    "liblzma-dev": ["*": ["liblzma5"]],
    "libexpat1-dev": ["*": ["libexpat1"]],
    "libev-dev": t64("libev4"),
    "libevent-dev": ["bullseye": ["libevent-2.1-7"], "bookworm": ["libevent-2.1-7"], "trixie": ["libevent-2.1-7t64"]],
    "libuv1-dev": t64("libuv1"),
    "libsnappy-dev": ["*": ["libsnappy1v5"]],
    "libsodium-dev": ["*": ["libsodium23"]],
    "libpcre3-dev": [
      "stretch": ["libpcre3"], "buster": ["libpcre3"], "bullseye": ["libpcre3"], "bookworm": ["libpcre3"],
    ],
    "libpcre2-dev": ["*": ["libpcre2-8-0"]],
    "uuid-dev": ["*": ["libuuid1"]],
    "libglib2.0-dev": t64("libglib2.0-0"),
    "libdbus-1-dev": ["*": ["libdbus-1-3"]],
  ]

  private static let alpine: [String: [String]] = [
    "g++": ["libstdc++"], "gcc": ["libgcc"], "build-base": ["libstdc++"], "gfortran": ["libgfortran"],
    "postgresql-dev": ["libpq"], "libpq-dev": ["libpq"], "postgresql-libs": ["libpq"],
    "mariadb-dev": ["mariadb-connector-c"],
    "mariadb-connector-c-dev": ["mariadb-connector-c"], "libffi-dev": ["libffi"], "jpeg-dev": ["libjpeg-turbo"],
    "libjpeg-turbo-dev": ["libjpeg-turbo"],
    "freetype-dev": ["freetype"], "libpng-dev": ["libpng"], "libxml2-dev": ["libxml2"], "libxslt-dev": ["libxslt"],
    "zeromq-dev": ["zeromq"],
    "libuv-dev": ["libuv"], "yaml-dev": ["yaml"], "gmp-dev": ["gmp"], "geos-dev": ["geos"], "file-dev": ["libmagic"],
    "sqlite-dev": ["sqlite-libs"],
    "readline-dev": ["readline"], "ncurses-dev": ["ncurses-libs"], "libsodium-dev": ["libsodium"],
    "librdkafka-dev": ["librdkafka"],
    "cyrus-sasl-dev": ["libsasl"], "openldap-dev": ["libldap"], "pcre-dev": ["pcre"], "pcre2-dev": ["pcre2"],
    "unixodbc-dev": ["unixodbc"], "libevent-dev": ["libevent"],
    "tiff-dev": ["tiff"], "lcms2-dev": ["lcms2"], "openjpeg-dev": ["openjpeg"], "libwebp-dev": ["libwebp"],
    "curl-dev": ["libcurl"], "expat-dev": ["expat"],
    "bzip2-dev": ["libbz2"], "xz-dev": ["xz-libs"], "cairo-dev": ["cairo"], "pango-dev": ["pango"],
    "snappy-dev": ["snappy"], "zlib-dev": ["zlib"],
  ]
}
