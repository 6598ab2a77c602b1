// Generated from the files of this folder by `make templates`; do not edit.
// swift-format-ignore-file

/// The templates and tables that are built in, by path.
public enum BuiltinFiles {
  /// The text of each file.
  public static let all: [String: String] = [
    "images/catalogue.json": ##"""
{
  "about": "Base images Jettison knows. Sizes are unpacked, in megabytes, and approximate. A tag that names no release stands for the set of releases the line has been built on.",
  "mirrors": [
    {"source": "https://gallery.ecr.aws/docker", "prefixes": ["public.ecr.aws/docker/library/"]},
    {"source": "https://cloud.google.com/artifact-registry/docs/pull-cached-dockerhub-images", "prefixes": ["mirror.gcr.io/library/"]},
    {"source": "https://github.com/docker-library/official-images#architectures-other-than-amd64", "prefixes": ["amd64/", "arm32v7/", "arm64v8/", "i386/", "ppc64le/", "s390x/"]}
  ],
  "families": [
    {
      "name": "golang",
      "source": "https://github.com/docker-library/golang, https://github.com/docker-library/buildpack-deps",
      "language": "go",
      "user": "", "directory": "/go", "command": ["bash"],
      "environment": {
        "GOLANG_VERSION": {"toolchain": true}, "GOTOOLCHAIN": {"value": "local", "toolchain": true},
        "GOPATH": {"value": "/go", "toolchain": true},
        "PATH": {"value": "/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}
      },
      "releases": {
        "1.4": ["jessie"], "1.5": ["jessie"], "1.6": ["jessie"], "1.7": ["jessie"], "1.8": ["jessie", "stretch"],
        "1.9": ["stretch"], "1.10": ["stretch"], "1.11": ["stretch"], "1.12": ["stretch", "buster"], "1.13": ["buster"],
        "1.14": ["buster"], "1.15": ["buster"], "1.16": ["buster", "bullseye"], "1.17": ["bullseye"], "1.18": ["bullseye"],
        "1.19": ["bullseye", "bookworm"], "1.20": ["bullseye", "bookworm"], "1.21": ["bookworm"], "1.22": ["bookworm"],
        "1.23": ["bookworm"], "1.24": ["bookworm", "trixie"], "1.25": ["trixie"], "1.26": ["trixie"]
      },
      "variants": {
        "full": {"libc": "glibc", "size": 840, "programs": ["gcc", "g++", "make", "pkg-config", "git", "curl", "wget", "bash", "ssh", "hg", "ps", "go", "gofmt", "update-ca-certificates"], "files": ["/etc/ssl/certs/ca-certificates.crt", "/usr/local/go/lib/time/zoneinfo.zip"]},
        "alpine": {"libc": "musl", "size": 250, "programs": ["go", "gofmt", "wget", "update-ca-certificates"], "files": ["/etc/ssl/certs/ca-certificates.crt", "/usr/local/go/lib/time/zoneinfo.zip"]}
      }
    },
    {
      "name": "python",
      "source": "https://github.com/docker-library/python, https://github.com/docker-library/buildpack-deps",
      "language": "python",
      "user": "", "directory": "/", "command": ["python3"],
      "environment": {
        "PATH": {"value": "/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        "LANG": {"value": "C.UTF-8"}
      },
      "releases": {
        "2.7": ["stretch", "buster"], "3.4": ["jessie", "stretch"], "3.5": ["stretch", "buster"], "3.6": ["buster", "bullseye"], "3.7": ["bullseye", "bookworm"],
        "3.8": ["bullseye", "bookworm"], "3.9": ["bookworm", "trixie"], "3.10": ["bookworm", "trixie"], "3.11": ["bookworm", "trixie"],
        "3.12": ["bookworm", "trixie"], "3.13": ["bookworm", "trixie"], "3.14": ["trixie"]
      },
      "variants": {
        "full": {"libc": "glibc", "size": 1010, "slimmer": "slim", "programs": ["gcc", "g++", "make", "pkg-config", "git", "curl", "wget", "bash", "ssh", "hg", "svn", "unzip", "convert", "identify", "mogrify", "magick", "file", "patch", "autoconf", "automake", "gpg", "xz", "bzip2", "ps", "mysql_config", "pg_config", "python", "python3", "pip", "pip3", "update-ca-certificates"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "slim": {"libc": "glibc", "size": 130, "programs": ["bash", "python", "python3", "pip", "pip3", "update-ca-certificates"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "alpine": {"libc": "musl", "size": 50, "programs": ["wget", "python", "python3", "pip", "pip3", "update-ca-certificates"], "files": ["/etc/ssl/certs/ca-certificates.crt"]}
      }
    },
    {
      "name": "openjdk",
      "source": "https://github.com/docker-library/openjdk, https://github.com/docker-library/buildpack-deps",
      "language": "java",
      "user": "", "directory": "/", "command": ["jshell"],
      "runtimes": {"full": [6, 7, 8, 9, 10, 11], "slim": [7, 8, 9, 10, 11], "alpine": [7, 8]},
      "environment": {
        "JAVA_HOME": {"toolchain": true}, "JAVA_VERSION": {"toolchain": true}, "JAVA_DEBIAN_VERSION": {"toolchain": true}, "JAVA_ALPINE_VERSION": {"toolchain": true},
        "LANG": {"value": "C.UTF-8"},
        "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}
      },
      "releases": {
        "6": ["wheezy"], "7": ["jessie"], "8": ["stretch", "buster", "bullseye"], "9": ["stretch"], "10": ["stretch"],
        "11": ["stretch", "buster", "bullseye"], "12": ["oraclelinux7"], "13": ["oraclelinux7"], "14": ["oraclelinux7"], "15": ["oraclelinux8"],
        "16": ["oraclelinux8"], "17": ["oraclelinux8"], "18": ["oraclelinux8"], "19": ["oraclelinux8"], "20": ["oraclelinux8"],
        "21": ["oraclelinux8"], "22": ["oraclelinux8"], "23": ["oraclelinux9"], "24": ["oraclelinux9"], "25": ["oraclelinux9"], "26": ["oraclelinux9"],
        "12-slim": ["buster"], "13-slim": ["buster"], "14-slim": ["buster"], "15-slim": ["buster"], "16-slim": ["buster"], "17-slim": ["buster", "bullseye"],
        "18-slim": ["bullseye"], "19-slim": ["bullseye"], "20-slim": ["bullseye"], "21-slim": ["bullseye", "bookworm"], "22-slim": ["bookworm"],
        "23-slim": ["bookworm"], "24-slim": ["bookworm"], "25-slim": ["bookworm", "trixie"], "26-slim": ["trixie"]
      },
      "variants": {
        "full": {"libc": "glibc", "size": 520, "programs": ["java", "javac", "git", "curl", "wget", "bash", "ssh", "hg", "svn", "unzip", "gpg", "xz", "bzip2", "ps"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "slim": {"libc": "glibc", "size": 400, "programs": ["java", "javac", "bash"], "files": []},
        "alpine": {"libc": "musl", "size": 105, "programs": ["java", "javac", "wget"], "files": []},
        "jre": {"libc": "glibc", "size": 275, "programs": ["java", "keytool", "curl", "wget", "bash", "unzip", "gpg", "xz", "bzip2"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "jre-slim": {"libc": "glibc", "size": 200, "programs": ["java", "keytool", "bash"], "files": []},
        "jre-alpine": {"libc": "musl", "size": 85, "programs": ["java", "keytool", "wget"], "files": []}
      }
    },
    {
      "name": "java",
      "source": "https://github.com/docker-library/openjdk/tree/0584b2804ed12dca7c5e264b5fc55fc07a3ac148",
      "language": "java",
      "user": "", "directory": "/", "command": [],
      "runtimes": {"full": [6, 7, 8, 9], "alpine": [7, 8]},
      "environment": {
        "JAVA_HOME": {"toolchain": true}, "JAVA_VERSION": {"toolchain": true}, "JAVA_DEBIAN_VERSION": {"toolchain": true}, "JAVA_ALPINE_VERSION": {"toolchain": true},
        "CA_CERTIFICATES_JAVA_VERSION": {"toolchain": true}, "LANG": {"value": "C.UTF-8"},
        "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}
      },
      "releases": {"6": ["wheezy"], "7": ["jessie"], "8": ["jessie"], "9": ["sid"]},
      "variants": {
        "full": {"libc": "glibc", "size": 640, "programs": ["java", "javac", "git", "curl", "wget", "bash", "ssh", "hg", "svn", "unzip", "gpg", "xz", "bzip2", "ps"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "alpine": {"libc": "musl", "size": 145, "programs": ["java", "javac", "wget"], "files": []},
        "jre": {"libc": "glibc", "size": 310, "programs": ["java", "keytool", "curl", "wget", "bash", "unzip", "gpg", "xz", "bzip2"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "jre-alpine": {"libc": "musl", "size": 108, "programs": ["java", "keytool", "wget"], "files": []}
      }
    },
    {
      "name": "eclipse-temurin",
      "source": "https://github.com/adoptium/containers",
      "language": "java",
      "user": "", "directory": "/", "command": ["jshell"],
      "entrypoint": {"words": ["/__cacert_entrypoint.sh"], "toolchain": true},
      "runtimes": {
        "full": [8, 11, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26],
        "alpine": [8, 11, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26]
      },
      "environment": {
        "JAVA_HOME": {"value": "/opt/java/openjdk"}, "JAVA_VERSION": {"toolchain": true},
        "LANG": {"value": "en_US.UTF-8"}, "LANGUAGE": {"value": "en_US:en"}, "LC_ALL": {"value": "en_US.UTF-8"},
        "PATH": {"value": "/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}
      },
      "releases": {
        "8": ["focal", "jammy", "noble"], "11": ["focal", "jammy", "noble"], "16": ["focal"], "17": ["focal", "jammy", "noble"], "18": ["focal", "jammy"], "19": ["jammy"], "20": ["jammy"],
        "21": ["jammy", "noble"], "22": ["jammy", "noble"], "23": ["noble"], "24": ["noble"], "25": ["noble"], "26": ["noble"]
      },
      "variants": {
        "full": {"libc": "glibc", "size": 430, "programs": ["java", "javac", "curl", "wget", "bash", "gpg"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "alpine": {"libc": "musl", "size": 330, "programs": ["java", "javac", "wget", "gpg"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "jre": {"libc": "glibc", "size": 270, "programs": ["java", "keytool", "curl", "wget", "bash", "gpg"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "jre-alpine": {"libc": "musl", "size": 180, "programs": ["java", "keytool", "wget", "gpg"], "files": ["/etc/ssl/certs/ca-certificates.crt"]}
      }
    },
    {
      "name": "amazoncorretto",
      "source": "https://github.com/corretto/corretto-docker",
      "language": "java",
      "user": "", "directory": "/", "command": [],
      "runtimes": {"alpine": [8]}, "namesRuntimeLast": true,
      "environment": {
        "JAVA_HOME": {"toolchain": true}, "LANG": {"value": "C.UTF-8"},
        "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}
      },
      "releases": {
        "8": ["al2"], "11": ["al2"], "15": ["al2"], "16": ["al2"], "17": ["al2"], "18": ["al2"], "19": ["al2"], "20": ["al2"], "21": ["al2"], "22": ["al2023"],
        "23": ["al2023"], "24": ["al2023"], "25": ["al2023"]
      },
      "variants": {
        "full": {"libc": "glibc", "size": 470, "programs": ["java", "javac", "curl", "bash"], "files": []},
        "alpine": {"libc": "musl", "size": 300, "programs": ["java", "javac", "wget"], "files": []},
        "jre": {"libc": "glibc", "size": 350, "programs": ["java", "keytool", "curl", "bash"], "files": []},
        "jre-alpine": {"libc": "musl", "size": 110, "programs": ["java", "keytool", "wget"], "files": []}
      }
    },
    {
      "name": "adoptopenjdk",
      "source": "https://github.com/AdoptOpenJDK/openjdk-docker",
      "language": "java",
      "user": "", "directory": "/", "command": ["jshell"],
      "runtimes": {"full": [8, 11, 13, 14, 15, 16]},
      "environment": {
        "JAVA_HOME": {"value": "/opt/java/openjdk"}, "JAVA_VERSION": {"toolchain": true},
        "LANG": {"value": "en_US.UTF-8"}, "LANGUAGE": {"value": "en_US:en"}, "LC_ALL": {"value": "en_US.UTF-8"},
        "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}
      },
      "releases": {"8": ["bionic", "focal"], "11": ["bionic", "focal"], "13": ["bionic", "focal"], "14": ["bionic", "focal"], "15": ["focal"], "16": ["focal"]},
      "variants": {
        "full": {"libc": "glibc", "size": 420, "programs": ["java", "javac", "curl", "bash"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "jre": {"libc": "glibc", "size": 230, "programs": ["java", "keytool", "curl", "bash"], "files": ["/etc/ssl/certs/ca-certificates.crt"]}
      }
    },
    {
      "name": "azul/zulu-openjdk",
      "source": "https://github.com/zulu-openjdk/zulu-openjdk",
      "language": "java",
      "user": "", "directory": "/", "command": ["jshell"],
      "runtimes": {"full": [8, 11, 17, 21]},
      "environment": {"JAVA_HOME": {"toolchain": true}, "LANG": {"value": "en_US.UTF-8"}, "LANGUAGE": {"value": "en_US:en"}, "LC_ALL": {"value": "en_US.UTF-8"}, "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}},
      "releases": {},
      "variants": {
        "full": {"libc": "glibc", "size": 410, "programs": ["java", "javac", "bash"], "files": []},
        "jre": {"libc": "glibc", "size": 270, "programs": ["java", "keytool", "bash"], "files": []}
      }
    },
    {
      "name": "azul/zulu-openjdk-alpine",
      "source": "https://github.com/zulu-openjdk/zulu-openjdk",
      "language": "java",
      "user": "", "directory": "/", "command": ["jshell"],
      "runtimes": {"full": [8, 11, 17, 21]},
      "environment": {"JAVA_HOME": {"toolchain": true}, "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}},
      "releases": {},
      "variants": {
        "full": {"libc": "musl", "size": 330, "programs": ["java", "javac", "wget"], "files": []},
        "jre": {"libc": "musl", "size": 180, "programs": ["java", "keytool", "wget"], "files": []}
      }
    },
    {
      "name": "maven",
      "source": "https://github.com/carlossg/docker-maven",
      "language": "java",
      "user": "", "directory": "/", "command": ["mvn"],
      "entrypoint": {"words": ["/usr/local/bin/mvn-entrypoint.sh"], "toolchain": true},
      "volumes": [{"path": "/root/.m2", "toolchain": true}],
      "builtOn": [
        {"mark": "-eclipse-temurin-", "family": "eclipse-temurin"}, {"mark": "-amazoncorretto-", "family": "amazoncorretto"},
       
        {"mark": "-openjdk-", "family": "openjdk"}, {"mark": "-jdk-", "family": "openjdk"}
      ],
      "foundations": {"alpine": "openjdk:8-alpine"},
      "environment": {
        "JAVA_HOME": {"toolchain": true}, "JAVA_VERSION": {"toolchain": true}, "LANG": {"value": "C.UTF-8"},
        "MAVEN_HOME": {"value": "/usr/share/maven", "toolchain": true}, "MAVEN_CONFIG": {"value": "/root/.m2", "toolchain": true}, "MAVEN_VERSION": {"toolchain": true},
        "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}
      },
      "releases": {},
      "variants": {
        "full": {"libc": "glibc", "size": 520, "programs": ["java", "javac", "mvn", "git", "curl", "wget", "bash", "ssh", "gpg"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "slim": {"libc": "glibc", "size": 430, "programs": ["java", "javac", "mvn", "git", "curl", "bash", "ssh", "gpg"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "alpine": {"libc": "musl", "size": 380, "programs": ["java", "javac", "mvn", "git", "curl", "wget", "bash"], "files": []}
      }
    },
    {
      "name": "gradle",
      "source": "https://github.com/gradle/docker-gradle",
      "language": "java",
      "user": "", "directory": "/home/gradle", "command": ["gradle"],
      "volumes": [{"path": "/home/gradle/.gradle", "toolchain": true}],
      "builtOn": [{"mark": "jdk", "family": "eclipse-temurin", "from": 6}],
      "environment": {
        "JAVA_HOME": {"toolchain": true}, "JAVA_VERSION": {"toolchain": true}, "LANG": {"value": "en_US.UTF-8"}, "LANGUAGE": {"value": "en_US:en"}, "LC_ALL": {"value": "en_US.UTF-8"},
        "GRADLE_HOME": {"value": "/opt/gradle", "toolchain": true}, "GRADLE_VERSION": {"toolchain": true}, "GRADLE_USER_HOME": {"value": "/home/gradle/.gradle", "toolchain": true},
        "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "toolchain": true}
      },
      "releases": {},
      "variants": {
        "full": {"libc": "glibc", "size": 680, "programs": ["java", "javac", "gradle", "git", "curl", "wget", "bash", "ssh", "hg", "svn", "unzip", "gpg"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "alpine": {"libc": "musl", "size": 520, "programs": ["java", "javac", "gradle", "git", "curl", "wget", "bash"], "files": ["/etc/ssl/certs/ca-certificates.crt"]}
      }
    },
    {
      "name": "node",
      "source": "https://github.com/nodejs/docker-node, https://github.com/docker-library/buildpack-deps",
      "language": "node",
      "user": "", "directory": "/", "command": ["node"], "users": ["node"], "namesReleaseFirst": true,
      "environment": {
        "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        "NODE_VERSION": {}, "YARN_VERSION": {}
      },
      "names": {
        "lts": "", "current": "", "argon": "4", "boron": "6", "carbon": "8", "dubnium": "10", "erbium": "12", "fermium": "14",
        "gallium": "16", "hydrogen": "18", "iron": "20", "jod": "22", "krypton": "24"
      },
      "releases": {
        "4": ["jessie"], "5": ["jessie"], "6": ["jessie", "stretch"], "7": ["jessie"], "8": ["jessie", "stretch"], "9": ["jessie", "stretch"],
        "10": ["jessie", "stretch", "buster"], "11": ["stretch"], "12": ["stretch", "buster", "bullseye"], "13": ["stretch", "buster"],
        "14": ["stretch", "buster", "bullseye"], "15": ["stretch", "buster"], "16": ["stretch", "buster", "bullseye", "bookworm"],
        "17": ["buster", "bullseye"], "18": ["bullseye", "bookworm"], "19": ["bullseye"], "20": ["bullseye", "bookworm"], "21": ["bookworm"],
        "22": ["bookworm", "trixie"], "23": ["bookworm"], "24": ["bookworm", "trixie"], "25": ["bookworm", "trixie"]
      },
      "variants": {
        "full": {"libc": "glibc", "size": 1100, "slimmer": "slim", "programs": ["gcc", "g++", "make", "pkg-config", "git", "curl", "wget", "bash", "ssh", "hg", "svn", "unzip", "convert", "identify", "mogrify", "file", "patch", "autoconf", "automake", "gpg", "xz", "bzip2", "ps", "mysql_config", "pg_config", "openssl", "perl", "python3", "node", "nodejs", "npm", "npx", "yarn", "yarnpkg", "update-ca-certificates"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "slim": {"libc": "glibc", "size": 200, "programs": ["bash", "perl", "node", "nodejs", "npm", "npx", "yarn", "yarnpkg"], "files": []},
        "alpine": {"since": ["4.5", "6.4"], "libc": "musl", "size": 135, "programs": ["wget", "unzip", "xz", "bzip2", "node", "nodejs", "npm", "npx", "yarn", "yarnpkg"], "files": ["/etc/ssl/certs/ca-certificates.crt"], "packages": ["libstdc++", "libgcc"]}
      }
    },
    {
      "name": "oven/bun",
      "source": "https://github.com/oven-sh/bun/tree/main/dockerhub",
      "language": "node",
      "user": "", "directory": "/home/bun/app", "command": ["/usr/local/bin/bun"], "users": ["bun"],
      "environment": {
        "PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bun-node-fallback-bin"},
        "BUN_INSTALL_BIN": {"value": "/usr/local/bin"}, "BUN_RUNTIME_TRANSPILER_CACHE_PATH": {"value": "0"}
      },
      "names": {"canary": "", "debian": ""},
      "releases": {"1": ["bullseye", "bookworm", "trixie"]},
      "variants": {
        "full": {"libc": "glibc", "size": 225, "slimmer": "slim", "programs": ["bash", "perl", "bun", "bunx", "node"], "files": []},
        "slim": {"libc": "glibc", "size": 195, "programs": ["bash", "perl", "bun", "bunx", "node"], "files": []},
        "alpine": {"libc": "musl", "size": 115, "programs": ["wget", "unzip", "xz", "bzip2", "bun", "bunx", "node"], "files": ["/etc/ssl/certs/ca-certificates.crt"], "packages": ["libstdc++", "libgcc"]}
      }
    },
    {
      "name": "debian",
      "source": "https://github.com/debuerreotype/docker-debian-artifacts",
      "user": "", "directory": "/", "command": ["bash"],
      "environment": {"PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}},
      "releases": {
        "8": ["jessie"], "9": ["stretch"], "10": ["buster"], "11": ["bullseye"], "12": ["bookworm"], "13": ["trixie"]
      },
      "variants": {
        "full": {"libc": "glibc", "size": 125, "slimmer": "slim", "programs": ["bash"], "files": []},
        "slim": {"libc": "glibc", "size": 80, "programs": ["bash"], "files": []}
      }
    },
    {
      "name": "ubuntu",
      "source": "https://hub.docker.com/_/ubuntu",
      "user": "", "directory": "/", "command": ["/bin/bash"],
      "environment": {"PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}},
      "releases": {
        "14.04": ["trusty"], "16.04": ["xenial"], "18.04": ["bionic"], "20.04": ["focal"], "22.04": ["jammy"], "24.04": ["noble"]
      },
      "variants": {"full": {"libc": "glibc", "size": 78, "programs": ["bash"], "files": []}}
    },
    {
      "name": "alpine",
      "source": "https://github.com/alpinelinux/docker-alpine",
      "user": "", "directory": "/", "command": ["/bin/sh"],
      "environment": {"PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}},
      "releases": {},
      "variants": {"full": {"libc": "musl", "size": 8, "programs": ["wget"], "files": []}}
    },
    {
      "name": "busybox",
      "source": "https://github.com/docker-library/busybox",
      "user": "", "directory": "/", "command": ["sh"],
      "environment": {"PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}},
      "releases": {},
      "variants": {"full": {"libc": "none", "size": 4, "programs": ["wget"], "files": []}}
    },
    {
      "name": "scratch",
      "source": "https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch",
      "user": "", "directory": "/", "command": [],
      "environment": {"PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}},
      "releases": {},
      "variants": {"full": {"libc": "none", "size": 0, "programs": [], "files": []}}
    },
    {
      "name": "gcr.io/distroless/static", "aliases": ["gcr.io/distroless/static-debian11", "gcr.io/distroless/static-debian12", "gcr.io/distroless/static-debian13"],
      "source": "https://github.com/GoogleContainerTools/distroless/tree/main/base",
      "user": "", "directory": "/", "command": [],
      "environment": {"PATH": {"value": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}, "SSL_CERT_FILE": {"value": "/etc/ssl/certs/ca-certificates.crt"}},
      "releases": {},
      "variants": {"full": {"libc": "none", "size": 2, "programs": [], "files": ["/etc/ssl/certs/ca-certificates.crt"]}}
    },
    {
      "name": "nginx", "source": "https://github.com/nginx/docker-nginx", "kind": "web-server",
      "user": "", "directory": "/", "command": ["nginx", "-g", "daemon off;"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "glibc", "size": 190, "programs": [], "files": []}, "alpine": {"libc": "musl", "size": 50, "programs": [], "files": []}}
    },
    {
      "name": "httpd", "source": "https://github.com/docker-library/httpd", "kind": "web-server",
      "user": "", "directory": "/usr/local/apache2", "command": ["httpd-foreground"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "glibc", "size": 150, "programs": [], "files": []}, "alpine": {"libc": "musl", "size": 60, "programs": [], "files": []}}
    },
    {
      "name": "caddy", "source": "https://github.com/caddyserver/caddy-docker", "kind": "web-server",
      "user": "", "directory": "/srv", "command": ["caddy", "run"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "musl", "size": 50, "programs": [], "files": []}, "alpine": {"libc": "musl", "size": 50, "programs": [], "files": []}}
    },
    {
      "name": "postgres", "source": "https://github.com/docker-library/postgres", "kind": "infrastructure",
      "user": "", "directory": "/", "command": ["postgres"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "glibc", "size": 430, "programs": [], "files": []}, "alpine": {"libc": "musl", "size": 240, "programs": [], "files": []}}
    },
    {
      "name": "mysql", "source": "https://github.com/docker-library/mysql", "kind": "infrastructure",
      "user": "", "directory": "/", "command": ["mysqld"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "glibc", "size": 580, "programs": [], "files": []}}
    },
    {
      "name": "mariadb", "source": "https://github.com/MariaDB/mariadb-docker", "kind": "infrastructure",
      "user": "", "directory": "/", "command": ["mariadbd"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "glibc", "size": 400, "programs": [], "files": []}}
    },
    {
      "name": "mongo", "source": "https://github.com/docker-library/mongo", "kind": "infrastructure",
      "user": "", "directory": "/", "command": ["mongod"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "glibc", "size": 700, "programs": [], "files": []}}
    },
    {
      "name": "redis", "source": "https://github.com/redis/docker-library-redis", "kind": "infrastructure",
      "user": "", "directory": "/data", "command": ["redis-server"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "glibc", "size": 120, "programs": [], "files": []}, "alpine": {"libc": "musl", "size": 40, "programs": [], "files": []}}
    },
    {
      "name": "rabbitmq", "source": "https://github.com/docker-library/rabbitmq", "kind": "infrastructure",
      "user": "", "directory": "/", "command": ["rabbitmq-server"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "glibc", "size": 250, "programs": [], "files": []}, "alpine": {"libc": "musl", "size": 150, "programs": [], "files": []}}
    },
    {
      "name": "traefik", "source": "https://github.com/traefik/traefik-library-image", "kind": "infrastructure",
      "user": "", "directory": "/", "command": ["traefik"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "musl", "size": 150, "programs": [], "files": []}}
    },
    {
      "name": "haproxy", "source": "https://github.com/docker-library/haproxy", "kind": "infrastructure",
      "user": "haproxy", "directory": "/var/lib/haproxy", "command": ["haproxy"], "environment": {}, "releases": {},
      "variants": {"full": {"libc": "glibc", "size": 100, "programs": [], "files": []}, "alpine": {"libc": "musl", "size": 30, "programs": [], "files": []}}
    }
  ]
}

"""##,
    "languages/go/alpine.Dockerfile": ##"""
# template: a binary on Alpine, for a shell, a health check, a user by name or packages
# rung: artefact
# runtime: alpine:3.22
{{author}}

FROM {{runtime}}
RUN apk add --no-cache {{packages}}
COPY --from={{builder}} {{certificates}} {{certificates}}
COPY --from={{builder}} {{zoneinfo}} {{zoneinfo}}
ENV PATH={{path}}:$PATH
{{final}}

"""##,
    "languages/go/debian.Dockerfile": ##"""
# template: a binary linked to glibc, or packages of Debian, on the slim image of the same release
# rung: artefact
{{author}}

FROM {{runtime}}
RUN mkdir -p {{folders}}
RUN apt-get update && apt-get install -y {{packages}} && rm -rf /var/lib/apt/lists/*
COPY --from={{builder}} {{certificates}} {{certificates}}
COPY --from={{builder}} {{zoneinfo}} {{zoneinfo}}
ENV PATH={{path}}:$PATH
{{final}}

"""##,
    "languages/go/distroless.Dockerfile": ##"""
# template: one binary and what it reads, on an image with certificates, time zones and users, but no shell
# rung: static-artefact
{{author}}

FROM {{runtime}}
COPY --from={{builder}} {{certificates}} {{certificates}}
ENV PATH={{path}}:$PATH
{{final}}

"""##,
    "languages/go/scratch.Dockerfile": ##"""
# template: one static binary and what it reads, on nothing
# rung: static-artefact
{{author}}

FROM {{runtime}}
COPY --from={{builder}} {{certificates}} {{certificates}}
COPY --from={{builder}} {{zoneinfo}} {{zoneinfo}}
COPY --from={{builder}} {{tmp}} {{tmp}}
ENV PATH={{path}}:$PATH
{{final}}

"""##,
    "languages/java/jre-alpine.Dockerfile": ##"""
# template: what the build makes and what it reads, on the runtime of the same vendor and release for Alpine
# rung: artefact
{{author}}

FROM {{runtime}}
RUN apk add --no-cache {{packages}}
{{final}}

"""##,
    "languages/java/jre.Dockerfile": ##"""
# template: what the build makes and what it reads, on the runtime of the same vendor, release and distribution
# rung: artefact
{{author}}

FROM {{runtime}}
RUN mkdir -p {{folders}}
RUN apt-get update && apt-get install -y {{packages}} && rm -rf /var/lib/apt/lists/*
{{final}}

"""##,
    "languages/node/alpine.Dockerfile": ##"""
# template: dependencies and build results on the same line's Alpine image
# rung: production-dependencies
{{author}}

FROM {{runtime}}
RUN apk add --no-cache {{packages}}
{{final}}

"""##,
    "languages/node/slim.Dockerfile": ##"""
# template: dependencies and build results on the same line's slim image, or on the author's own
# rung: production-dependencies
{{author}}

FROM {{runtime}}
RUN apt-get update && apt-get install -y --no-install-recommends {{packages}} && rm -rf /var/lib/apt/lists/*
{{final}}

"""##,
    "languages/python/same-paths.Dockerfile": ##"""
# template: dependencies at the paths where the author's tool put them
# rung: production-dependencies
{{author}}

FROM {{runtime}}
RUN apt-get update && apt-get install -y --no-install-recommends {{packages}} && rm -rf /var/lib/apt/lists/*
{{final}}

"""##,
    "languages/python/user-base.Dockerfile": ##"""
# template: dependencies in a user base that every user can read
# rung: production-dependencies
{{author}}

FROM {{runtime}}
ENV PYTHONUSERBASE={{userbase}} PATH={{userbase}}/bin:$PATH
RUN apt-get update && apt-get install -y --no-install-recommends {{packages}} && rm -rf /var/lib/apt/lists/*
{{final}}

"""##,
    "packages/alpine.txt": ##"""
# The libraries behind Alpine's -dev packages and compilers: what a program that was linked against one loads.
# Alpine splits its packages the same way in every release.
# Source: the pages of Alpine's package index, "depends" and "provides" of each package.
build-base libstdc++
bzip2-dev libbz2
cairo-dev cairo
curl-dev libcurl
cyrus-sasl-dev libsasl
expat-dev expat
file-dev libmagic
freetype-dev freetype
g++ libstdc++
gcc libgcc
geos-dev geos
gfortran libgfortran
gmp-dev gmp
jpeg-dev libjpeg-turbo
lcms2-dev lcms2
libevent-dev libevent
libffi-dev libffi
libjpeg-turbo-dev libjpeg-turbo
libpng-dev libpng
libpq-dev libpq
librdkafka-dev librdkafka
libsodium-dev libsodium
libuv-dev libuv
libwebp-dev libwebp
libxml2-dev libxml2
libxslt-dev libxslt
mariadb-connector-c-dev mariadb-connector-c
mariadb-dev mariadb-connector-c
ncurses-dev ncurses-libs
openjpeg-dev openjpeg
openldap-dev libldap
pango-dev pango
pcre-dev pcre
pcre2-dev pcre2
postgresql-dev libpq
postgresql-libs libpq
readline-dev readline
snappy-dev snappy
sqlite-dev sqlite-libs
tiff-dev tiff
unixodbc-dev unixodbc
xz-dev xz-libs
yaml-dev yaml
zeromq-dev zeromq
zlib-dev zlib

"""##,
    "packages/debian.txt": ##"""
# The libraries behind Debian's and Ubuntu's -dev packages: what a program that was linked against one loads.
# A row without releases holds for all; a release that a row does not name keeps the -dev package.
# A package of headers alone has no libraries.
# Source: the dependencies of each -dev package on libraries of its own source package, in the package indexes of Debian
# bullseye, bookworm, trixie and Ubuntu focal, jammy, noble; stretch and buster, no longer served, from their package pages.
default-libmysqlclient-dev stretch:libmariadbclient18 buster/bullseye/bookworm/trixie:libmariadb3 focal/jammy/noble:libmysqlclient21
freetds-dev stretch/buster:libsybdb5 bullseye/bookworm/trixie/focal/jammy/noble:libct4,libsybdb5
gfortran stretch:libgfortran3 buster/bullseye/bookworm/trixie/focal/jammy/noble:libgfortran5
lib32z1-dev lib32z1,zlib1g
libaio-dev bullseye/bookworm/focal/jammy:libaio1 trixie/noble:libaio1t64
libapr1-dev bullseye/bookworm/focal/jammy:libapr1 trixie/noble:libapr1t64
libaprutil1-dev bullseye/bookworm/focal/jammy:libaprutil1 trixie/noble:libaprutil1t64
libarchive-dev bullseye/bookworm/focal/jammy:libarchive13 trixie/noble:libarchive13t64
libargon2-dev libargon2-1
libasound2-dev bullseye/bookworm/focal/jammy:libasound2 trixie/noble:libasound2t64
libaspell-dev libaspell15
libass-dev libass9
libassimp-dev libassimp5
libatlas-base-dev bullseye/bookworm/focal/jammy/noble:libatlas3-base
libattr1-dev libattr1
libavcodec-dev bullseye/focal/jammy:libavcodec58,libavutil56,libswresample3 bookworm:libavcodec59,libavutil57,libswresample4 trixie:libavcodec61,libavutil59,libswresample5 noble:libavcodec60,libavutil58,libswresample4
libavdevice-dev bullseye/focal/jammy:libavcodec58,libavdevice58,libavfilter7,libavformat58,libavutil56,libpostproc55,libswresample3,libswscale5 bookworm:libavcodec59,libavdevice59,libavfilter8,libavformat59,libavutil57,libpostproc56,libswresample4,libswscale6 trixie:libavcodec61,libavdevice61,libavfilter10,libavformat61,libavutil59,libpostproc58,libswresample5,libswscale8 noble:libavcodec60,libavdevice60,libavfilter9,libavformat60,libavutil58,libpostproc57,libswresample4,libswscale7
libavfilter-dev bullseye/focal/jammy:libavcodec58,libavfilter7,libavformat58,libavutil56,libpostproc55,libswresample3,libswscale5 bookworm:libavcodec59,libavfilter8,libavformat59,libavutil57,libpostproc56,libswresample4,libswscale6 trixie:libavcodec61,libavfilter10,libavformat61,libavutil59,libpostproc58,libswresample5,libswscale8 noble:libavcodec60,libavfilter9,libavformat60,libavutil58,libpostproc57,libswresample4,libswscale7
libavformat-dev bullseye/focal/jammy:libavcodec58,libavformat58,libavutil56,libswresample3 bookworm:libavcodec59,libavformat59,libavutil57,libswresample4 trixie:libavcodec61,libavformat61,libavutil59,libswresample5 noble:libavcodec60,libavformat60,libavutil58,libswresample4
libavif-dev bullseye:libavif9 bookworm:libavif15 trixie/noble:libavif16 jammy:libavif13
libavresample-dev bullseye/focal:libavresample4,libavutil56
libavutil-dev bullseye/focal/jammy:libavutil56 bookworm:libavutil57 trixie:libavutil59 noble:libavutil58
libblas-dev libblas3
libbluetooth-dev libbluetooth3
libboost-date-time-dev bullseye/bookworm/jammy:libboost-date-time1.74.0,libboost-serialization1.74.0 trixie/noble:libboost-date-time1.83.0,libboost-serialization1.83.0 focal:libboost-date-time1.71.0,libboost-serialization1.71.0
libboost-dev
libboost-filesystem-dev bullseye/bookworm/jammy:libboost-filesystem1.74.0,libboost-system1.74.0 trixie/noble:libboost-atomic1.83.0,libboost-filesystem1.83.0,libboost-system1.83.0 focal:libboost-filesystem1.71.0,libboost-system1.71.0
libboost-iostreams-dev bullseye/bookworm/jammy:libboost-iostreams1.74.0,libboost-regex1.74.0 trixie/noble:libboost-iostreams1.83.0,libboost-regex1.83.0 focal:libboost-iostreams1.71.0,libboost-regex1.71.0
libboost-program-options-dev bullseye/bookworm/jammy:libboost-program-options1.74.0 trixie/noble:libboost-program-options1.83.0 focal:libboost-program-options1.71.0
libboost-regex-dev bullseye/bookworm/jammy:libboost-regex1.74.0 trixie/noble:libboost-regex1.83.0 focal:libboost-regex1.71.0
libboost-system-dev bullseye/bookworm/jammy:libboost-system1.74.0 trixie/noble:libboost-system1.83.0 focal:libboost-system1.71.0
libboost-test-dev bullseye/bookworm/jammy:libboost-test1.74.0 trixie/noble:libboost-test1.83.0 focal:libboost-test1.71.0
libboost-thread-dev bullseye/bookworm/jammy:libboost-atomic1.74.0,libboost-chrono1.74.0,libboost-date-time1.74.0,libboost-system1.74.0,libboost-thread1.74.0 trixie/noble:libboost-atomic1.83.0,libboost-chrono1.83.0t64,libboost-date-time1.83.0,libboost-system1.83.0,libboost-thread1.83.0 focal:libboost-atomic1.71.0,libboost-chrono1.71.0,libboost-date-time1.71.0,libboost-system1.71.0,libboost-thread1.71.0
libbrotli-dev libbrotli1
libbsd-dev libbsd0
libbz2-dev libbz2-1.0
libcairo2-dev stretch/buster:libcairo2 bullseye/bookworm/trixie/focal/jammy/noble:libcairo-gobject2,libcairo-script-interpreter2,libcairo2
libcairomm-1.0-dev libcairomm-1.0-1v5
libcap-dev libcap2
libcfitsio-dev bullseye/jammy:libcfitsio9 bookworm:libcfitsio10 trixie/noble:libcfitsio10t64 focal:libcfitsio8
libcgroup-dev bullseye/focal/jammy:libcgroup1 bookworm/noble:libcgroup2 trixie:libcgroup3
libcppunit-dev libcppunit-1.15-0
libcunit1-dev libcunit1
libcups2-dev bullseye/bookworm/focal/jammy:libcups2,libcupsimage2 trixie/noble:libcups2t64,libcupsimage2t64
libcurl4-gnutls-dev stretch/buster/bullseye/bookworm/focal/jammy:libcurl3-gnutls trixie/noble:libcurl3t64-gnutls
libcurl4-openssl-dev stretch:libcurl3 buster/bullseye/bookworm/focal/jammy:libcurl4 trixie/noble:libcurl4t64
libdb++-dev bullseye/bookworm/focal/jammy:libdb5.3,libdb5.3++ noble:libdb5.3++t64,libdb5.3t64
libdb-dev bullseye/bookworm/focal/jammy:libdb5.3 trixie/noble:libdb5.3t64
libdbus-1-dev libdbus-1-3
libdc1394-22-dev bullseye:libdc1394-25 focal:libdc1394-22
libdouble-conversion-dev libdouble-conversion3
libdrm-dev libdrm-amdgpu1,libdrm-intel1,libdrm-nouveau2,libdrm-radeon1,libdrm2
libedit-dev libedit2
libeigen3-dev
libelf-dev bullseye/bookworm/focal/jammy:libelf1 trixie/noble:libelf1t64
libev-dev stretch/buster/bullseye/bookworm/focal/jammy:libev4 trixie/noble:libev4t64
libevent-dev bullseye/bookworm/focal/jammy:libevent-2.1-7,libevent-core-2.1-7,libevent-extra-2.1-7,libevent-openssl-2.1-7,libevent-pthreads-2.1-7 trixie/noble:libevent-2.1-7t64,libevent-core-2.1-7t64,libevent-extra-2.1-7t64,libevent-openssl-2.1-7t64,libevent-pthreads-2.1-7t64
libexempi-dev libexempi8
libexif-dev libexif12
libexpat1-dev libexpat1
libfcgi-dev bullseye/bookworm/focal/jammy:libfcgi0ldbl trixie/noble:libfcgi0t64
libffi-dev stretch/buster:libffi6 bullseye/focal:libffi7 bookworm/trixie/jammy/noble:libffi8
libfftw3-dev libfftw3-double3,libfftw3-long3,libfftw3-quad3,libfftw3-single3
libfontconfig1-dev libfontconfig1
libfreeimage-dev libfreeimage3
libfreetype-dev libfreetype6
libfreetype6-dev stretch/buster/bullseye/bookworm/focal/jammy:libfreetype6
libfreexl-dev libfreexl1
libfribidi-dev libfribidi0
libfuse-dev bullseye/bookworm/focal/jammy:libfuse2 trixie/noble:libfuse2t64
libgc-dev bullseye/bookworm/trixie/jammy/noble:libgc1 focal:libgc1c2
libgconf2-dev bullseye/bookworm/focal/jammy:libgconf-2-4
libgd-dev libgd3
libgdal-dev bullseye:libgdal28 bookworm:libgdal32 trixie:libgdal36 focal:libgdal26 jammy:libgdal30 noble:libgdal34t64
libgdbm-dev bullseye/bookworm/focal/jammy:libgdbm6 trixie/noble:libgdbm6t64
libgdk-pixbuf-2.0-dev bullseye/bookworm/trixie/jammy/noble:libgdk-pixbuf-2.0-0
libgdk-pixbuf2.0-dev bullseye/bookworm/jammy/noble:libgdk-pixbuf-2.0-0,libgdk-pixbuf-xlib-2.0-0 focal:libgdk-pixbuf2.0-0
libgeoip-dev bullseye/bookworm/focal/jammy:libgeoip1 trixie/noble:libgeoip1t64
libgeos++-dev bullseye:libgeos-3.9.0,libgeos-c1v5 bookworm:libgeos-c1v5,libgeos3.11.1 trixie:libgeos-c1t64,libgeos3.13.1 focal:libgeos-3.8.0,libgeos-c1v5 jammy:libgeos-c1v5,libgeos3.10.2 noble:libgeos-c1t64,libgeos3.12.1t64
libgeos-dev stretch/buster/bullseye/bookworm/focal/jammy:libgeos-c1v5 trixie/noble:libgeos-c1t64
libgeotiff-dev libgeotiff5
libgflags-dev libgflags2.2
libgif-dev libgif7
libgirepository1.0-dev libgirepository-1.0-1
libgit2-dev bullseye/jammy:libgit2-1.1 bookworm:libgit2-1.5 trixie:libgit2-1.9 focal:libgit2-28 noble:libgit2-1.7
libglew-dev bullseye/focal:libglew2.1 bookworm/trixie/jammy/noble:libglew2.2
libglfw3-dev libglfw3
libglib2.0-dev stretch/buster/bullseye/bookworm/focal/jammy:libglib2.0-0 trixie:libglib2.0-0t64 noble:libgirepository-2.0-0,libglib2.0-0t64
libglm-dev
libglu1-mesa-dev libglu1-mesa
libgmp-dev stretch/buster:libgmp10 bullseye/bookworm/trixie/focal/jammy/noble:libgmp10,libgmpxx4ldbl
libgmp3-dev libgmp10,libgmpxx4ldbl
libgnutls28-dev bullseye/focal/jammy:libgnutls-dane0,libgnutls-openssl27,libgnutls30,libgnutlsxx28 bookworm:libgnutls-dane0,libgnutls-openssl27,libgnutls30,libgnutlsxx30 trixie/noble:libgnutls-dane0t64,libgnutls-openssl27t64,libgnutls30t64
libgoogle-glog-dev bullseye/focal/jammy:libgoogle-glog0v5 bookworm:libgoogle-glog0v6 trixie/noble:libgoogle-glog0v6t64
libgraphviz-dev libcdt5,libcgraph6,libgvc6,libgvc6-plugins-gtk,libgvpr2,liblab-gamut1,libpathplan4,libxdot4
libgrpc-dev bullseye/jammy:libgrpc10 bookworm:libgrpc29 trixie/noble:libgrpc29t64 focal:libgrpc6
libgsl-dev bullseye:libgsl25,libgslcblas0 bookworm/jammy/noble:libgsl27,libgslcblas0 trixie:libgsl28,libgslcblas0 focal:libgsl23,libgslcblas0
libgtk-3-dev bullseye/bookworm/focal/jammy:libgtk-3-0 trixie/noble:libgtk-3-0t64
libgtk2.0-dev bullseye/bookworm/focal/jammy:libgtk2.0-0 trixie/noble:libgtk2.0-0t64
libharfbuzz-dev bullseye/focal/jammy:libharfbuzz-gobject0,libharfbuzz-icu0,libharfbuzz0b bookworm:libharfbuzz-gobject0,libharfbuzz-icu0,libharfbuzz-subset0,libharfbuzz0b trixie/noble:libharfbuzz-cairo0,libharfbuzz-gobject0,libharfbuzz-icu0,libharfbuzz-subset0,libharfbuzz0b
libhdf5-dev bullseye/bookworm/jammy:libhdf5-103-1,libhdf5-cpp-103-1,libhdf5-fortran-102,libhdf5-hl-100,libhdf5-hl-cpp-100,libhdf5-hl-fortran-100 trixie:libhdf5-310,libhdf5-cpp-310,libhdf5-fortran-310,libhdf5-hl-310,libhdf5-hl-cpp-310,libhdf5-hl-fortran-310 focal:libhdf5-103,libhdf5-cpp-103 noble:libhdf5-103-1t64,libhdf5-cpp-103-1t64,libhdf5-fortran-102t64,libhdf5-hl-100t64,libhdf5-hl-cpp-100t64,libhdf5-hl-fortran-100t64
libheif-dev libheif1
libhidapi-dev libhidapi-hidraw0,libhidapi-libusb0
libhiredis-dev bullseye/bookworm/focal/jammy:libhiredis0.14 trixie/noble:libhiredis1.1.0
libhwloc-dev libhwloc15
libice-dev libice6
libiconv-hook-dev libiconv-hook1
libicu-dev stretch:libicu57 buster:libicu63 bullseye:libicu67 bookworm:libicu72 trixie:libicu76 focal:libicu66 jammy:libicu70 noble:libicu74
libidn-dev bookworm/trixie/jammy/noble:libidn12
libidn11-dev bullseye/focal:libidn11 bookworm/jammy/noble:libidn12
libimagequant-dev libimagequant0
libjansson-dev libjansson4
libjpeg-dev stretch/buster/bullseye/bookworm/trixie:libjpeg62-turbo focal/jammy/noble:libjpeg8
libjpeg-turbo8-dev focal/jammy/noble:libjpeg-turbo8
libjpeg62-dev focal/jammy/noble:libjpeg62
libjpeg62-turbo-dev stretch/buster/bullseye/bookworm/trixie:libjpeg62-turbo
libjpeg8-dev focal/jammy/noble:libjpeg8
libjson-c-dev bullseye/bookworm/trixie/jammy/noble:libjson-c5 focal:libjson-c4
libjsoncpp-dev bullseye:libjsoncpp24 bookworm/jammy/noble:libjsoncpp25 trixie:libjsoncpp26 focal:libjsoncpp1
libkrb5-dev libgssapi-krb5-2
liblapack-dev libblas3,liblapack3
liblapacke-dev libblas3,liblapack3,liblapacke,libtmglib3
liblcms2-dev liblcms2-2
libldap2-dev buster/bullseye/focal:libldap-2.4-2 bookworm/jammy:libldap-2.5-0 trixie/noble:libldap2
libleptonica-dev bullseye/bookworm/focal/jammy/noble:liblept5 trixie:libleptonica6
libleveldb-dev libleveldb1d
liblmdb-dev liblmdb0
libltdl-dev libltdl7
liblz4-dev liblz4-1
liblzma-dev liblzma5
liblzo2-dev liblzo2-2
libmagic-dev stretch/buster/bullseye/bookworm/focal/jammy:libmagic1 trixie/noble:libmagic1t64
libmagick++-dev bullseye/bookworm/focal/jammy:libmagick++-6.q16-8,libmagickcore-6.q16-6,libmagickcore-6.q16-6-extra,libmagickwand-6.q16-6 trixie:libmagick++-7.q16-5,libmagickcore-7.q16-10,libmagickcore-7.q16-10-extra,libmagickwand-7.q16-10 noble:libmagick++-6.q16-9t64,libmagickcore-6.q16-7-extra,libmagickcore-6.q16-7t64,libmagickwand-6.q16-7t64
libmagickcore-dev bullseye/bookworm/focal/jammy:libmagickcore-6.q16-6,libmagickcore-6.q16-6-extra trixie:libmagickcore-7.q16-10,libmagickcore-7.q16-10-extra noble:libmagickcore-6.q16-7-extra,libmagickcore-6.q16-7t64
libmagickwand-dev bullseye/bookworm/focal/jammy:libmagickcore-6.q16-6,libmagickcore-6.q16-6-extra,libmagickwand-6.q16-6 trixie:libmagickcore-7.q16-10,libmagickcore-7.q16-10-extra,libmagickwand-7.q16-10 noble:libmagickcore-6.q16-7-extra,libmagickcore-6.q16-7t64,libmagickwand-6.q16-7t64
libmapnik-dev bullseye/bookworm/jammy:libmapnik3.1 trixie:libmapnik4.0 focal:libmapnik3.0 noble:libmapnik3.1t64
libmariadb-dev libmariadb3
libmariadb-dev-compat libmariadb3
libmariadbclient-dev focal:libmariadb3
libmaxminddb-dev libmaxminddb0
libmcrypt-dev libmcrypt4
libmemcached-dev bullseye/bookworm/focal/jammy:libhashkit2,libmemcached11,libmemcachedutil2 trixie/noble:libhashkit2t64,libmemcached11t64,libmemcachedutil2t64
libmicrohttpd-dev bullseye/bookworm/focal/jammy:libmicrohttpd12 trixie/noble:libmicrohttpd12t64
libminiupnpc-dev bullseye/bookworm/focal/jammy/noble:libminiupnpc17 trixie:libminiupnpc18
libmount-dev libblkid1,libmount1,libuuid1
libmp3lame-dev libmp3lame0
libmpc-dev libmpc3
libmpfr-dev libmpfr6
libmsgpack-dev bullseye/bookworm/focal/jammy/noble:libmsgpackc2 trixie:libmsgpack-c2
libmysqlclient-dev focal/jammy/noble:libmysqlclient21
libncurses-dev libncurses6,libncursesw6,libtinfo6
libncurses5-dev bullseye/bookworm/focal/jammy:libncurses6,libncursesw6,libtinfo6
libncursesw5-dev bullseye/bookworm/focal/jammy:libncurses6,libncursesw6,libtinfo6
libnetcdf-dev bullseye:libnetcdf18 bookworm/jammy:libnetcdf19 trixie:libnetcdf22 focal:libnetcdf15 noble:libnetcdf19t64
libnetfilter-queue-dev libnetfilter-queue1
libnfnetlink-dev libnfnetlink0
libnghttp2-dev libnghttp2-14
libnl-3-dev libnl-3-200
libnl-genl-3-dev libnl-3-200,libnl-genl-3-200
libnl-route-3-dev libnl-3-200,libnl-route-3-200
libnotify-dev libnotify4
libnsl-dev bullseye/bookworm/trixie/jammy/noble:libnsl2
libnss3-dev libnss3
libnuma-dev libnuma1
libogg-dev libogg0
libonig-dev libonig5
libopenal-dev libopenal1
libopenblas-dev stretch/buster:libopenblas-base bullseye/bookworm/trixie/focal/jammy/noble:libopenblas0-pthread
libopencore-amrnb-dev libopencore-amrnb0
libopencore-amrwb-dev libopencore-amrwb0
libopenexr-dev bullseye/jammy:libopenexr25 bookworm/trixie/noble:libopenexr-3-1-30 focal:libopenexr24
libopenjp2-7-dev libopenjp2-7
libopenmpi-dev bullseye/bookworm/focal/jammy:libopenmpi3 trixie:libopenmpi40 noble:libopenmpi3t64
libopus-dev libopus0
libosmesa6-dev libosmesa6
libpam0g-dev libpam0g
libpango1.0-dev stretch/buster:libpango-1.0-0,libpangocairo-1.0-0,libpangoft2-1.0-0 bullseye/bookworm/trixie/focal/jammy/noble:libpango-1.0-0,libpangocairo-1.0-0,libpangoft2-1.0-0,libpangoxft-1.0-0
libpcap-dev bullseye/bookworm/focal/jammy:libpcap0.8 trixie/noble:libpcap0.8t64
libpcap0.8-dev bullseye/bookworm/focal/jammy:libpcap0.8 trixie/noble:libpcap0.8t64
libpcre2-dev stretch/buster:libpcre2-8-0 bullseye/focal:libpcre2-16-0,libpcre2-32-0,libpcre2-8-0,libpcre2-posix2 bookworm/trixie/jammy/noble:libpcre2-16-0,libpcre2-32-0,libpcre2-8-0,libpcre2-posix3
libpcre3-dev stretch/buster:libpcre3 bullseye/bookworm/focal/jammy/noble:libpcre16-3,libpcre3,libpcre32-3,libpcrecpp0v5
libpixman-1-dev libpixman-1-0
libpng-dev stretch/buster/bullseye/bookworm/focal/jammy:libpng16-16 trixie/noble:libpng16-16t64
libpoppler-cpp-dev bullseye:libpoppler-cpp0v5,libpoppler102 bookworm:libpoppler-cpp0v5,libpoppler126 trixie:libpoppler-cpp2,libpoppler147 focal:libpoppler-cpp0v5,libpoppler97 jammy:libpoppler-cpp0v5,libpoppler118 noble:libpoppler-cpp0t64,libpoppler134
libpoppler-glib-dev bullseye:libpoppler-glib8,libpoppler102 bookworm:libpoppler-glib8,libpoppler126 trixie:libpoppler-glib8t64,libpoppler147 focal:libpoppler-glib8,libpoppler97 jammy:libpoppler-glib8,libpoppler118 noble:libpoppler-glib8t64,libpoppler134
libpq-dev libpq5
libpqxx-dev bullseye/bookworm/focal/jammy:libpqxx-6.4 trixie:libpqxx-7.10 noble:libpqxx-7.8t64
libprocps-dev bullseye/focal/jammy:libprocps8
libproj-dev bullseye:libproj19 bookworm/trixie/noble:libproj25 focal:libproj15 jammy:libproj22
libprotobuf-dev bullseye/jammy:libprotobuf-lite23,libprotobuf23 bookworm:libprotobuf-lite32,libprotobuf32 trixie/noble:libprotobuf-lite32t64,libprotobuf32t64 focal:libprotobuf-lite17,libprotobuf17
libprotoc-dev bullseye/jammy:libprotobuf-lite23,libprotobuf23,libprotoc23 bookworm:libprotobuf-lite32,libprotobuf32,libprotoc32 trixie/noble:libprotobuf-lite32t64,libprotobuf32t64,libprotoc32t64 focal:libprotobuf-lite17,libprotobuf17,libprotoc17
libpulse-dev libpulse-mainloop-glib0,libpulse0
libqrencode-dev libqrencode4
libqt5webkit5-dev bullseye/bookworm/focal/jammy/noble:libqt5webkit5
libraqm-dev libraqm0
librdkafka-dev stretch/buster:librdkafka1 bullseye/bookworm/trixie/focal/jammy/noble:librdkafka++1,librdkafka1
libreadline-dev stretch/buster:libreadline7 bullseye/bookworm/focal/jammy:libreadline8 trixie/noble:libreadline8t64
librocksdb-dev bullseye/jammy:librocksdb6.11 bookworm:librocksdb7.8 trixie:librocksdb9.10 focal:librocksdb5.17 noble:librocksdb8.9
librsvg2-dev librsvg2-2
libsamplerate0-dev libsamplerate0
libsasl2-dev libsasl2-2
libsdl1.2-dev libsdl1.2debian
libsdl2-dev libsdl2-2.0-0
libsdl2-image-dev libsdl2-image-2.0-0
libseccomp-dev libseccomp2
libsecret-1-dev libsecret-1-0
libsm-dev libsm6
libsnappy-dev libsnappy1v5
libsndfile1-dev libsndfile1
libsnmp-dev bullseye/bookworm/jammy:libnetsnmptrapd40,libsnmp40 trixie/noble:libnetsnmptrapd40t64,libsnmp40t64 focal:libsnmp35
libsodium-dev libsodium23
libsoup2.4-dev bullseye/bookworm/focal/jammy:libsoup2.4-1 trixie/noble:libsoup-2.4-1
libsox-dev libsox-fmt-all,libsox3
libspatialindex-dev bullseye/bookworm/focal/jammy/noble:libspatialindex-c6,libspatialindex6 trixie:libspatialindex-c8,libspatialindex8
libspatialite-dev bullseye/bookworm/focal/jammy:libspatialite7 trixie/noble:libspatialite8t64
libsqlite3-dev libsqlite3-0
libssh-dev libssh-4
libssh2-1-dev bullseye/bookworm/focal/jammy:libssh2-1 trixie/noble:libssh2-1t64
libssl-dev stretch/buster/bullseye/focal:libssl1.1 bookworm/jammy:libssl3 trixie/noble:libssl3t64
libswresample-dev bullseye/focal/jammy:libavutil56,libswresample3 bookworm:libavutil57,libswresample4 trixie:libavutil59,libswresample5 noble:libavutil58,libswresample4
libswscale-dev bullseye/focal/jammy:libavutil56,libswscale5 bookworm:libavutil57,libswscale6 trixie:libavutil59,libswscale8 noble:libavutil58,libswscale7
libsystemd-dev libsystemd0
libtag1-dev bullseye/bookworm/focal/jammy/noble:libtag1v5 trixie:libtag-c2,libtag2
libtbb-dev bullseye/focal:libtbb2 bookworm/trixie/jammy/noble:libtbb12
libtesseract-dev bullseye/focal/jammy:libtesseract4 bookworm/trixie/noble:libtesseract5
libtheora-dev bullseye/bookworm/focal/jammy/noble:libtheora0 trixie:libtheora0,libtheoradec1,libtheoraenc1
libtidy-dev bullseye/bookworm/focal/jammy/noble:libtidy5deb1 trixie:libtidy58
libtiff-dev bullseye/focal/jammy:libtiff5,libtiffxx5 bookworm/trixie/noble:libtiff6,libtiffxx6
libtiff5-dev buster:libtiff5 bullseye/focal/jammy:libtiff5,libtiffxx5 bookworm/trixie/noble:libtiff6,libtiffxx6
libtinfo-dev bullseye/bookworm/focal/jammy:libncurses6,libncursesw6,libtinfo6
libtinyxml-dev libtinyxml2.6.2v5
libtirpc-dev bullseye/bookworm/focal/jammy:libtirpc3 trixie/noble:libtirpc3t64
libudev-dev libudev1
libudunits2-dev libudunits2-0
libusb-1.0-0-dev libusb-1.0-0
libusb-dev libusb-0.1-4
libuv1-dev stretch/buster/bullseye/bookworm/focal/jammy:libuv1 trixie/noble:libuv1t64
libv4l-dev bullseye/bookworm/focal/jammy:libv4l-0,libv4l2rds0,libv4lconvert0 trixie/noble:libv4l-0t64,libv4l2rds0t64,libv4lconvert0t64
libvips-dev stretch/buster/bullseye/bookworm/focal/jammy:libvips42 trixie/noble:libvips42t64
libvlc-dev libvlc5
libvorbis-dev libvorbis0a,libvorbisenc2,libvorbisfile3
libvpx-dev bullseye/focal:libvpx6 bookworm/jammy:libvpx7 trixie/noble:libvpx9
libwebp-dev buster/bullseye/focal:libwebp6,libwebpdemux2,libwebpmux3 bookworm/jammy:libwebp7,libwebpdemux2,libwebpmux3 trixie/noble:libsharpyuv0,libwebp7,libwebpdecoder3,libwebpdemux2,libwebpmux3
libx11-dev libx11-6
libx11-xcb-dev libx11-6,libx11-xcb1
libx264-dev bullseye:libx264-160 bookworm/trixie/noble:libx264-164 focal:libx264-155 jammy:libx264-163
libxau-dev libxau6
libxcb1-dev libxcb1
libxcursor-dev libxcursor1
libxdmcp-dev libxdmcp6
libxext-dev libxext6
libxfixes-dev libxfixes3
libxft-dev libxft2
libxi-dev libxi6
libxinerama-dev libxinerama1
libxkbcommon-dev libxkbcommon0
libxml2-dev libxml2
libxmlsec1-dev stretch/buster:libxmlsec1,libxmlsec1-openssl bullseye/bookworm/focal/jammy:libxmlsec1,libxmlsec1-gcrypt,libxmlsec1-gnutls,libxmlsec1-nss,libxmlsec1-openssl trixie/noble:libxmlsec1t64,libxmlsec1t64-gcrypt,libxmlsec1t64-gnutls,libxmlsec1t64-nss,libxmlsec1t64-openssl
libxmu-dev libxmu6
libxpm-dev libxpm4
libxrandr-dev libxrandr2
libxrender-dev libxrender1
libxslt-dev stretch/buster/bullseye/bookworm/trixie:libxslt1.1
libxslt1-dev libxslt1.1
libxss-dev libxss1
libxt-dev bullseye/bookworm/focal/jammy:libxt6 trixie/noble:libxt6t64
libxtst-dev libxtst6
libxvidcore-dev libxvidcore4
libxxf86vm-dev libxxf86vm1
libyajl-dev libyajl2
libyaml-dev libyaml-0-2
libzip-dev bullseye/bookworm/jammy:libzip4 trixie/focal:libzip5 noble:libzip4t64
libzmq3-dev libzmq5
libzstd-dev libzstd1
portaudio19-dev stretch/buster:libportaudio2 bullseye/bookworm/trixie/focal/jammy/noble:libportaudio2,libportaudiocpp0
postgresql-server-dev-all stretch/buster/bullseye/bookworm/trixie:libpq5
unixodbc-dev bullseye/focal:libodbc1 bookworm/trixie/jammy/noble:libodbc2,libodbccr2,libodbcinst2
uuid-dev libuuid1
zlib1g-dev zlib1g

"""##,
    "packages/python.txt": ##"""
# What Python distributions load or start that neither they nor the slim images bring, but the full images or packages that
# only build do: all else is installed by the author himself, whose packages stay.
# A row: the distribution, then Debian's packages; one that ends in -dev stands for the libraries behind it, which bear their
# release's name. `below:` names the first version that needs them no more, for all of Python or by its version; a row of
# `>` names distributions that a distribution, or its extra, requires.

# Source: the libraries that programs in the wheels on PyPI name (`readelf -d`) and the wheels do not hold.
fiona libexpat1
implicit libgomp1
lightgbm libgomp1
open3d libgomp1,libx11-6,libexpat1
dgl libgomp1
mxnet libgomp1,libquadmath0
opencv-contrib-python libglib2.0-dev
opencv-contrib-python libsm6,libxext6,libxrender1 below:4.3
opencv-contrib-python-headless libglib2.0-dev below:4.4
opencv-python libglib2.0-dev
opencv-python libsm6,libxext6,libxrender1 below:4.3
opencv-python-headless libglib2.0-dev below:4.4
pygame libglib2.0-dev,libx11-6
pygame-ce libglib2.0-dev,libx11-6 below:2.3
pygraphviz libglib2.0-dev,libexpat1,libxext6,libxrender1
pyuwsgi libexpat1
rasterio libexpat1
xgboost libgomp1 below:1.3

# Source: no wheel on PyPI for Linux, and what the extension is linked to by the project's setup script.
dlib libx11-6,libpng-dev,libjpeg-dev,libwebp-dev
fastecdsa libgmp10
gssapi libgssapi-krb5-2
hnswlib libgomp1
kerberos libgssapi-krb5-2
krb5 libgssapi-krb5-2
lightfm libgomp1
llama-cpp-python libgomp1
mysql-python default-libmysqlclient-dev
mysqlclient default-libmysqlclient-dev
psycopg2 libpq5
psycopg2cffi libpq5
psycopg-c libpq5
pycairo libcairo2
pyicu libicu-dev
pykerberos libgssapi-krb5-2
uwsgi libxml2

# Source: the first version with a wheel for Linux on PyPI; before it, what the setup script links to.
lxml libxml2,libxslt1.1 below:3.6=3.7.2,3.7=4.2.2,3.8=4.4.1,3.9=4.5.2,3.10=4.6.3,3.11=4.9.1,3.12=4.9.3,3.13=5.3.0,3.14=6.0.1
maxminddb libmaxminddb0 below:3.8=2.5.0,3.9=2.5.0,3.10=2.5.0,3.11=2.5.0,3.12=2.5.0,3.13=2.6.3,3.14=2.8.2
pillow libjpeg-dev,libtiff-dev,libwebp-dev,libfreetype6,liblcms2-2,libopenjp2-7,libxcb1 below:3.6=4.0.0,3.7=5.2.0,3.8=6.2.1,3.9=8.0.0,3.10=8.3.2,3.11=9.2.0,3.12=10.0.0,3.13=10.4.0,3.14=11.3.0
psycopg2-binary libpq5 below:3.6=2.7.3.2,3.7=2.7.5,3.8=2.8.4,3.9=2.8.6,3.10=2.9.1,3.11=2.9.5,3.12=2.9.9,3.13=2.9.10,3.14=2.9.11
pycurl libcurl4-openssl-dev
pyyaml libyaml-0-2 below:3.6=5.4,3.7=5.4,3.8=5.4,3.9=5.4,3.10=6.0,3.11=6.0,3.12=6.0.1,3.13=6.0.2,3.14=6.0.3
scikit-learn libgomp1 below:3.6=0.18.1,3.7=0.19.2,3.8=0.22,3.9=0.24.0,3.10=1.0.2,3.11=1.1.3,3.12=1.3.1,3.13=1.5.2,3.14=1.7.2
matplotlib libfreetype6,libpng-dev below:3.6=1.5.3,3.7=2.2.2,3.8=3.1.2,3.9=3.3.3,3.10=3.5.0,3.11=3.6.0,3.12=3.7.3,3.13=3.9.2,3.14=3.10.5

# Source: the libraries that the distribution opens by name (`ctypes`, `cffi`), by its sources.
cairocffi libcairo2
psycopg libpq5
python-magic libmagic-dev
wand libmagickwand-dev
weasyprint libpango-1.0-0,libpangoft2-1.0-0
weasyprint libcairo2,libpangocairo-1.0-0,libgdk-pixbuf-2.0-0 below:53

# Source: the programs that the distribution starts, by its documentation.
ansible-core openssh-client
ansible-runner openssh-client
commitizen git
cookiecutter git
copier git
dbt-core git
dvc git
gitpython git
gnupg gnupg
pre-commit git
python-gnupg gnupg
python-hglib mercurial
python-semantic-release git
reno git
semgrep git
setuptools-git-versioning git
trufflehog git

# Source: `Requires-Dist` of the distribution, or of its extra.
ansible > ansible-core
ansible-lint > ansible-core
apache-airflow-providers-mysql > mysqlclient
apache-airflow[mysql] > apache-airflow-providers-mysql
apache-superset[mysql] > mysqlclient
apache-superset[postgres] > psycopg2-binary
cairosvg > cairocffi
celery[sqs] > pycurl
deepface > opencv-python
django-cairosvg > cairosvg
django-tenant-schemas > psycopg2
django-weasyprint > weasyprint
face-recognition > dlib
flaml[automl] > lightgbm
flask-mysqldb > mysqlclient
flask-uwsgi-websocket > uwsgi
flask-weasyprint > weasyprint
geoip2 > maxminddb
gluoncv > opencv-python
gym[classic-control] > pygame
imgaug > opencv-python
insightface > opencv-python
keras-ocr > opencv-python
kombu[sqs] > pycurl
layoutparser > opencv-python
manim > pycairo
mediapipe > opencv-contrib-python
mkdocs-git-authors-plugin > gitpython
mkdocs-git-committers-plugin-2 > gitpython
mkdocs-git-revision-date-localized-plugin > gitpython
mkdocs-git-revision-date-plugin > gitpython
mmcv > opencv-python
mmcv-full > opencv-python
molecule > ansible-core
momoko > psycopg2
mtcnn > opencv-python
paddleocr > opencv-python
pgcli > psycopg
polyglot > pyicu
pycaret > lightgbm
pydantic-settings[yaml] > pyyaml
pyspnego[kerberos] > gssapi
python-doctr > opencv-python
queries > psycopg2
rasterstats > rasterio
records > psycopg2
reportlab[pycairo] > rlpycairo
requests-gssapi > gssapi
requests-kerberos > pyspnego[kerberos]
retina-face > opencv-python
rio-tiler > rasterio
rioxarray > rasterio
rlpycairo > pycairo
smbprotocol[kerberos] > pyspnego[kerberos]
sqlalchemy[mysql] > mysqlclient
sqlalchemy[postgresql-psycopg] > psycopg
sqlalchemy[postgresql] > psycopg2
super-gradients > opencv-python
supervision > opencv-python
titiler-core > rasterio
ultralytics > opencv-python
unstructured-inference > opencv-python
xhtml2pdf > pycairo
yolov5 > opencv-python
zenml > gitpython

"""##,
  ]
}
