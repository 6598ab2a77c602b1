// Generated from the files of this folder by `make templates`; do not edit.

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
        "full": {"libc": "glibc", "size": 840, "programs": ["gcc", "g++", "make", "pkg-config", "git", "curl", "wget", "bash", "ssh", "hg", "go", "gofmt", "update-ca-certificates"], "files": ["/etc/ssl/certs/ca-certificates.crt", "/usr/local/go/lib/time/zoneinfo.zip"]},
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
        "full": {"libc": "glibc", "size": 1010, "slimmer": "slim", "programs": ["gcc", "g++", "make", "pkg-config", "git", "curl", "wget", "bash", "ssh", "hg", "svn", "unzip", "convert", "identify", "mogrify", "magick", "file", "patch", "autoconf", "automake", "gpg", "xz", "bzip2", "mysql_config", "pg_config", "python", "python3", "pip", "pip3", "update-ca-certificates"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
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
        "full": {"libc": "glibc", "size": 1100, "slimmer": "slim", "programs": ["gcc", "g++", "make", "pkg-config", "git", "curl", "wget", "bash", "ssh", "hg", "svn", "unzip", "convert", "identify", "mogrify", "file", "patch", "autoconf", "automake", "gpg", "xz", "bzip2", "mysql_config", "pg_config", "openssl", "perl", "python3", "node", "nodejs", "npm", "npx", "yarn", "yarnpkg", "update-ca-certificates"], "files": ["/etc/ssl/certs/ca-certificates.crt"]},
        "slim": {"libc": "glibc", "size": 200, "programs": ["bash", "perl", "node", "nodejs", "npm", "npx", "yarn", "yarnpkg"], "files": []},
        "alpine": {"libc": "musl", "size": 135, "programs": ["wget", "unzip", "xz", "bzip2", "node", "nodejs", "npm", "npx", "yarn", "yarnpkg"], "files": ["/etc/ssl/certs/ca-certificates.crt"], "packages": ["libstdc++", "libgcc"]}
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
  ]
}
