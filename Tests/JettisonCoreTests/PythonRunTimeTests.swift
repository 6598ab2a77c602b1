import ContextFiles
import DockerfileSyntax
import JettisonCore
import Testing

/// What a Python program needs when it runs although no line of the Dockerfile names it.
struct PythonRunTimeTests {
  private let install = "WORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"

  private func python(
    _ base: String, _ lines: String = "", requirements: String = "flask\n",
    start: String = "CMD [\"python\", \"app.py\"]",
    files: [String: String] = [:]
  ) -> Conversion {
    let all = ["requirements.txt": requirements, "app.py": "import flask\n"].merging(files) { $1 }
    return convert("FROM \(base)\n\(lines)\(install)\(start)\n", files: all)
  }

  @Test(
    "programs that only the full image has are installed where a health check or a start script calls them",
    arguments: [
      ("HEALTHCHECK CMD pgrep -f app || exit 1\nCMD [\"python\", \"app.py\"]", "procps"),
      ("HEALTHCHECK CMD ps aux | grep -q app\nCMD [\"python\", \"app.py\"]", "procps"),
      ("CMD [\"sh\", \"start.sh\"]", "openssh-client"), ("CMD gpgconf --kill all && python app.py", "gnupg"),
    ])
  func lostPrograms(start: String, package: String) {
    let result = python(
      "python:3.11", start: start, files: ["start.sh": "#!/bin/sh\nssh-keyscan host\npython app.py\n"])
    #expect(result.finalStage.contains("--no-install-recommends \(package) "))
  }

  @Test(
    "every command of a command line in a literal counts",
    arguments: [
      ("cd /tmp && git clone {url}", "git"), ("unzip a.zip && file a | curl -T - host", "curl file unzip"),
      ("timeout 5 ssh host true", "openssh-client"), ("git", "git"),
    ])
  func commandLines(literal: String, packages: String) {
    let result = python("python:3.11", files: ["app.py": "import os\nos.system(\"\(literal)\")\n"])
    for package in packages.split(separator: " ") { #expect(result.finalStage.contains(" \(package) ")) }
  }

  @Test("a package of the author stays where a literal only holds its program's name")
  func mentionedPrograms() {
    let lines = "RUN apt-get update && apt-get install -y git gcc\n"
    let result = python(
      "python:3.11-slim", lines, files: ["app.py": "import os\nos.system(f\"cd {x} ; y=1 git pull --rebase\")\n"])
    #expect(result.finalStage.contains("apt-get install -y git "))
    #expect(!python("python:3.11-slim", lines).finalStage.contains("git"))
  }

  @Test(
    "what a dependency starts or loads stays where only a dropped package of the author brought it",
    arguments: [
      ("gitpython\n", "git"), ("lightgbm==4.0\n", "libgomp1"), ("implicit\n", "libgomp1"),
      ("mkdocs-git-authors-plugin\n", "git"),
    ])
  func droppedLibraries(requirements: String, package: String) {
    let lines = "RUN apt-get update && apt-get install -y git build-essential\n"
    let result = python("python:3.9-slim", lines, requirements: requirements)
    #expect(result.finalStage.contains("\(package) "))
    #expect(!python("python:3.9-slim", lines).finalStage.contains("apt-get"))
    #expect(!python("python:3.9-slim", requirements: requirements + "poetry\n").finalStage.contains("apt-get"))
  }

  @Test(
    "libraries that came with a tool of the build stay where a dependency loads them",
    arguments: [
      ("python:3.11-slim-bookworm", "apt-get install -y file gcc", "python-magic", "libmagic1"),
      ("python:3.11-slim", "apt-get install -y git", "rasterio", "libexpat1"),
      ("python:3.11-slim", "apt-get install -y python3-dev gcc", "fiona", "libexpat1"),
      ("python:3.11-alpine", "apk add --no-cache file gcc", "python-magic", "libmagic"),
      ("python:3.11-alpine", "apk add --no-cache build-base", "scikit-learn", "libgomp"),
      ("python:3.11-alpine", "apk add --no-cache git gcc", "gitpython", "git"),
    ])
  func broughtLibraries(base: String, install: String, requirement: String, package: String) {
    let lines = "RUN \(install.hasPrefix("apt") ? "apt-get update && " : "")\(install)\n"
    let result = python(base, lines, requirements: requirement + "\n")
    #expect(result.finalStage.contains(" \(package)"))
    #expect(!python(base, lines).finalStage.contains(" \(package)"))
  }

  @Test(
    "what dependencies of dependencies, extras and old pins need is known too",
    arguments: [
      ("flask-mysqldb\n", "libmariadb3"), ("SQLAlchemy[postgresql]\n", "libpq5"), ("ultralytics\n", "libglib2.0-0"),
      ("dbt-postgres\n", " git "), ("ansible-core\n", "openssh-client"), ("python-gnupg\n", "gnupg"),
      ("lxml==4.6.2\n", "libxslt1.1"), ("Pillow==8.2.0\n", "libjpeg62-turbo"),
    ])
  func requiredDistributions(requirements: String, package: String) {
    #expect(python("python:3.10-bookworm", requirements: requirements).finalStage.contains(package))
  }

  @Test(
    "a pin with a wheel needs nothing", arguments: ["lxml==5.2.1\n", "Pillow==9.5.0\n", "sqlalchemy\n", "lxml\n"])
  func wheels(requirements: String) {
    #expect(!python("python:3.10-bookworm", requirements: requirements).finalStage.contains("apt-get"))
  }

  @Test("a name that trixie only provides holds for a tag that may be trixie")
  func providedNames() {
    #expect(python("python:3.12", requirements: "python-magic\n").finalStage.contains(" libmagic1 "))
  }

  @Test(
    "a file that names a path of the prefix keeps the dependencies where they are",
    arguments: [
      ("deploy/app.conf", "[program:web]\ncommand=/usr/local/bin/gunicorn app:app\n"),
      ("k8s/worker.yaml", "command: [\"/usr/local/bin/celery\", \"worker\"]\n"),
      ("tasks.py", "import os\nos.execv(\"/usr/local/bin/celery\", [])\n"),
      ("conf/jobs.ini", "[program:cron]\ncommand=cron -f\n"),
    ])
  func namedPaths(path: String, text: String) {
    let result = python("python:3.11", requirements: "gunicorn\ncelery\n", files: [path: text])
    #expect(result.isRewritten && !result.rewritten.text.contains("/opt/python"))
    #expect(python("python:3.11", files: [path: "python app.py\n"]).rewritten.text.contains("/opt/python"))
  }

  @Test(
    "a start that cleans the environment keeps the dependencies where they are",
    arguments: [
      "su app -l -c 'python app.py'", "su --login app -c 'python app.py'", "su - app -c 'python app.py'",
      "runuser -l svc -c 'python app.py'", "env -i python app.py", "sudo -u app python app.py",
    ])
  func cleanedEnvironment(start: String) {
    let result = python("python:3.11", start: "CMD \(start)")
    #expect(!result.rewritten.text.contains("/opt/python"))
    #expect(python("python:3.11", start: "CMD su app -c 'python app.py'").rewritten.text.contains("/opt/python"))
  }

  @Test("the prefix travels with what wheels put beside modules and programs")
  func dataFiles() {
    let result = python("python:3.11", requirements: "jupyterlab\n", start: "CMD /usr/local/bin/jupyter lab")
    for folder in ["bin", "etc", "share"] {
      #expect(result.finalStage.contains("COPY --from=builder /usr/local/\(folder) /usr/local/\(folder)\n"))
    }
  }

  @Test("find_library on Alpine keeps the tools that it calls")
  func findLibrary() {
    let lines = "RUN apk add --no-cache build-base gdal-dev\n"
    let settings = ["settings.py": "INSTALLED_APPS = [\"django.contrib.gis\"]\n"]
    #expect(python("python:3.11-alpine", lines, files: settings).finalStage.contains(" binutils"))
    #expect(!python("python:3.11-alpine", lines).finalStage.contains(" binutils"))
  }

  @Test("the ignore file hides nothing that a source names, and no module without its source")
  func ignoredFiles() {
    let source = ["app.py": "print(open(\"docker-compose.yml\").read())\n", "docker-compose.yml": "services: {}\n"]
    #expect(python("python:3.11", files: source).ignoreFile?.added.contains("docker-compose.yml") == false)
    #expect(python("python:3.11").ignoreFile?.added.contains("**/*.py[cod]") == true)
    #expect(python("python:3.11", files: ["core/a.pyc": "x"]).ignoreFile?.added.contains("**/*.py[cod]") == false)
    #expect(python("python:3.11", files: ["__pycache__/a.pyc": "x"]).ignoreFile?.added.contains("**/*.py[cod]") == true)
  }

  @Test(
    "packages that a script or recipe installs count as the RUN's own",
    arguments: [
      "RUN sh scripts/install.sh", "RUN make deps", "RUN sh -c 'apt-get update && apt-get install -y ffmpeg'",
    ])
  func nestedPackages(line: String) {
    let commands = "apt-get update && apt-get install -y libpq-dev ffmpeg\n"
    let result = python(
      "python:3.11", start: "\(line)\nCMD [\"python\", \"app.py\"]",
      files: ["scripts/install.sh": "#!/bin/sh\n\(commands)", "Makefile": "deps:\n\t\(commands)"])
    #expect(result.finalStage.contains("ffmpeg"))
  }
}
