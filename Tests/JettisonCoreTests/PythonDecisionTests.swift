import ContextFiles
import DockerfileSyntax
import Foundation
import JettisonCore
import Testing

/// Single decisions of the Python ladder.
struct PythonDecisionTests {
  private let files = [
    "requirements.txt": "flask==3.0.3\ngunicorn==22.0.0\n", "app.py": "import flask\napp = flask.Flask(__name__)\n",
  ]
  private let install = "COPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"
  private let start = "CMD [\"gunicorn\", \"app:app\"]\n"

  private func image(_ base: String, _ lines: String, start: String? = nil) -> String {
    "FROM \(base)\nWORKDIR /app\n\(lines)\(start ?? self.start)"
  }

  @Test(
    "the slim variant has the author's version and release",
    arguments: [
      ("python:3.11", "python:3.11-slim"), ("python:3.11-bookworm", "python:3.11-slim-bookworm"),
      ("docker.io/library/python:3.12.4", "docker.io/library/python:3.12.4-slim"),
    ])
  func slim(base: String, runtime: String) {
    #expect(convert(image(base, install), files: files).plan?.runtime == runtime)
  }

  @Test(
    "a base whose slim variant cannot be named stays",
    arguments: [
      "python:3", "python", "python:latest",
      "python:3.11@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    ])
  func noVariant(base: String) {
    #expect(convert(image(base, install), files: files).reason == .noRuntimeVariant)
  }

  @Test("a build argument in the tag stays in the final base")
  func argumentInTag() {
    let file = "ARG PYTHON=3.11\nFROM python:${PYTHON}\nWORKDIR /app\n" + install + start
    #expect(convert(file, files: files).plan?.runtime == "python:${PYTHON}-slim")
  }

  @Test(
    "an ARG before FROM is read as Docker reads it, quotes and other ARGs included",
    arguments: [
      ("ARG PYTHON=\"3.11\"\nFROM python:${PYTHON}", "python:${PYTHON}-slim"),
      ("ARG MINOR=11 PYTHON=3.${MINOR}\nFROM python:$PYTHON", "python:$PYTHON-slim"),
    ])
  func expandedArguments(head: String, runtime: String) {
    let result = convert("\(head)\nWORKDIR /app\n" + install + start, files: files)
    #expect(result.plan?.runtime == runtime)
  }

  @Test(
    "a base that hangs on what only a build knows is nobody's to guess",
    arguments: [
      "FROM python:3.12$", "ARG V\nFROM python:${V}", "ARG V=${TARGETARCH}3.11\nFROM python:${V}",
      "FROM python:${TARGETARCH}",
    ])
  func unknownArguments(head: String) {
    #expect(convert("\(head)\nWORKDIR /app\n" + install + start, files: files).reason == .unknownBase)
  }

  @Test("HARD_CASES 32: what the full image held and a dependency loads is installed")
  func implicitLibraries() {
    var files = files
    files["requirements.txt"] = "psycopg2==2.9.9\ngunicorn\n"
    #expect(
      convert(image("python:3.11", install), files: files).finalStage.contains(
        "install -y --no-install-recommends libpq5"))
    files["requirements.txt"] = "psycopg2-binary==2.9.9\ngunicorn\n"
    #expect(!convert(image("python:3.11", install), files: files).finalStage.contains("apt-get"))
    files["requirements.txt"] = "psycopg2-binary==2.9.3\ngunicorn\n"
    #expect(
      convert(image("python:3.11", install), files: files).finalStage.contains("libpq5"),
      "no wheel of 2.9.3 fits Python 3.11")
  }

  @Test("HARD_CASES 35: a program that the code starts is installed again")
  func subprocess() {
    var files = files
    files["app.py"] = "import subprocess\nsubprocess.run([\"git\", \"status\"])\n"
    #expect(
      convert(image("python:3.11", install), files: files).finalStage.contains("install -y --no-install-recommends git")
    )
  }

  @Test("HARD_CASES 91: a path below the prefix that would move keeps the prefix")
  func absoluteEntryPoint() {
    let result = convert(
      image("python:3.11", install, start: "CMD [\"/usr/local/bin/gunicorn\", \"app:app\"]\n"), files: files)
    #expect(result.finalStage.contains("COPY --from=builder /usr/local/lib/python3.11/site-packages"))
    #expect(!result.rewritten.text.contains("PIP_USER"))
  }

  @Test("HARD_CASES 90b: a virtual environment travels at its path")
  func virtualEnvironment() {
    let lines = "RUN python -m venv /venv\nENV PATH=/venv/bin:$PATH\n" + install
    let result = convert(image("python:3.11", lines), files: files)
    #expect(result.finalStage.contains("COPY --from=builder /venv /venv"))
    #expect(!result.rewritten.text.contains("PIP_USER"))
  }

  @Test("HARD_CASES 87: Alpine stays Alpine, with the libraries behind its headers")
  func alpine() {
    let result = convert(
      image("python:3.11-alpine", "RUN apk add --no-cache gcc musl-dev postgresql-dev\n" + install), files: files)
    #expect(result.plan?.runtime == "python:3.11-alpine")
    #expect(result.finalStage.contains("RUN apk add --no-cache libgcc libpq\n"))
  }

  @Test("HARD_CASES 31b: headers whose library depends on an unnamed release stay")
  func unknownRelease() {
    let lines = "RUN apt-get update && apt-get install -y gcc libssl-dev\n" + install
    let result = convert(image("python:3.11", lines), files: files)
    #expect(result.finalStage.contains("install -y libssl-dev"))
    #expect(!result.finalStage.contains(" gcc"))
  }

  @Test("runtime packages move, build packages stay")
  func packages() {
    let lines =
      "RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y build-essential\n"
      + install
    let result = convert(image("python:3.11", lines), files: files)
    #expect(result.finalStage.contains("install -y --no-install-recommends ffmpeg && rm"))
    #expect(!result.builderStage.contains("ffmpeg"))
    #expect(!result.finalStage.contains("build-essential"))
  }

  @Test(
    "HARD_CASES 93: what may write anywhere leaves the file alone",
    arguments: [
      "RUN python -c \"import nltk; nltk.download('punkt')\"\n", "RUN python -m playwright install\n",
      "RUN some-unknown-tool --all\n",
    ])
  func unknown(line: String) {
    #expect(convert(image("python:3.11", install + line), files: files).reason == .opaqueEffects)
  }

  @Test("a slim image with nothing that only builds is right as it is")
  func nothingToGain() {
    #expect(convert(image("python:3.11-slim", install), files: files).reason == .nothingToGain)
    let cleaned = "RUN apt-get update && apt-get install -y gcc && apt-get purge -y gcc\n" + install
    #expect(convert(image("python:3.11-slim", cleaned), files: files).reason == .nothingToGain)
  }

  @Test("stages of one base share the lines they have in common")
  func sharedPrefix() {
    let lines = "ENV PIP_NO_CACHE_DIR=1\nRUN apt-get update && apt-get install -y build-essential\n" + install
    let text = convert(image("python:3.11-slim", lines), files: files).rewritten.text
    #expect(
      text.hasPrefix("FROM python:3.11-slim AS base\nWORKDIR /app\nENV PIP_NO_CACHE_DIR=1\n\nFROM base AS builder\n"))
    #expect(text.contains("\n\nFROM base\n"))
  }

  @Test("a tool of the project brings its folder along")
  func projectTool() {
    var files = files
    files["manage.py"] = "import django\n"
    let result = convert(image("python:3.11", install + "RUN python manage.py collectstatic --noinput\n"), files: files)
    #expect(result.finalStage.contains("COPY --from=builder /app /app"))
    #expect(!result.finalStage.contains("COPY . ."))
  }

  @Test("a tool in / is never followed by a copy of /")
  func rootFolder() {
    var files = files
    files["manage.py"] = "import django\n"
    let file = "FROM python:3.11\n" + install + "RUN python manage.py collectstatic\n" + start
    #expect(convert(file, files: files).reason == .copySource)
  }

  @Test("a compose command counts as the command")
  func composeCommand() {
    var files = files
    files["docker-compose.yml"] = "services:\n  web:\n    build: .\n    command: python app.py\n"
    #expect(convert(image("python:3.11", install, start: ""), files: files).isRewritten)
    files["docker-compose.yml"] = "services:\n  web:\n    build: ./other\n    command: python app.py\n"
    #expect(convert(image("python:3.11", install, start: ""), files: files).reason == .noCommand)
  }

  @Test("an existing ignore file is only appended to, once")
  func ignoreFile() {
    var files = files
    files[".dockerignore"] = "*.log\n!keep.log\n"
    let bytes = convert(image("python:3.11", install), files: files).ignoreFile?.bytes ?? []
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("*.log\n!keep.log\n\n# Added by Jettison"))
    files[".dockerignore"] = text
    #expect(convert(image("python:3.11", install), files: files).ignoreFile == nil)
  }

  @Test("a file whose name holds a bracket is written so that Docker still reads the ignore file")
  func ignoredName() {
    var files = files
    files["old[.dockerfile"] = "FROM scratch\n"
    let plan = convert(image("python:3.11", install), files: files).ignoreFile
    #expect(plan?.added.contains("old\\[.dockerfile") == true)
    let written = IgnoreFile(parsing: plan?.bytes ?? [])
    #expect(written.problem == nil)
    #expect(written.hides("old[.dockerfile"))
  }

  @Test("HARD_CASES 94: .git stays where the version comes from it")
  func versionControl() {
    var files = files
    files[".git/HEAD"] = "ref: refs/heads/main\n"
    #expect(convert(image("python:3.11", install), files: files).ignoreFile?.added.contains(".git") == true)
    files["pyproject.toml"] = "[build-system]\nrequires = [\"setuptools\", \"setuptools_scm\"]\n"
    #expect(convert(image("python:3.11", install), files: files).ignoreFile?.added.contains(".git") == false)
  }

  @Test("a broken manifest is a finding with its place, and the file stays")
  func brokenManifest() {
    var files = files
    files["pyproject.toml"] = "[project]\nname = \n"
    let result = convert(image("python:3.11", install), files: files)
    #expect(result.findings.contains { $0.id == .brokenManifest && $0.file == "pyproject.toml" && $0.line == 2 })
    #expect(result.rewritten == result.original)
  }

  @Test("where nothing is built only the base changes")
  func rebase() {
    let file = "# a plain script\nFROM python:3.11 AS app\nWORKDIR /app\nCOPY app.py .\nCMD [\"python\", \"app.py\"]\n"
    let result = convert(file, files: ["app.py": "print(1)\n"])
    #expect(result.rewritten.text == file.replacingOccurrences(of: "python:3.11 ", with: "python:3.11-slim "))
    guard case .rebased = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
  }

  @Test("a tool copied from an image stays with the build that calls it")
  func copiedTool() {
    let lines =
      "COPY --from=ghcr.io/astral-sh/uv:0.4 /uv /bin/uv\nCOPY requirements.txt .\nRUN uv pip install --system -r requirements.txt\nCOPY . .\n"
    let result = convert(image("python:3.11", lines), files: files)
    #expect(result.builderStage.contains("COPY --from=ghcr.io/astral-sh/uv:0.4 /uv /bin/uv"))
    #expect(!result.finalStage.contains("astral"))
  }

  @Test("HARD_CASES 80: pip's credentials stay in the builder, and so does the line that removes them")
  func credentials() {
    let lines = "COPY .netrc /root/.netrc\n" + install + "RUN rm /root/.netrc\n"
    let result = convert(image("python:3.11", lines), files: files.merging([".netrc": "machine x"]) { $1 })
    #expect(result.builderStage.contains("COPY .netrc") && result.builderStage.contains("RUN rm /root/.netrc"))
    #expect(!result.finalStage.contains("netrc"))
  }

  @Test("HARD_CASES 85: the interpreter comes along where only pip was named")
  func systemPython() {
    let file =
      "FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y python3-pip build-essential\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip3 install -r requirements.txt\nCOPY . .\nCMD [\"python3\", \"app.py\"]\n"
    #expect(
      convert(file, files: files).finalStage.contains(
        "install -y --no-install-recommends python3 python3-setuptools ca-certificates"))
  }

  @Test(
    "a line that names a path of the prefix keeps the prefix",
    arguments: [
      "RUN sed -i s/a/b/ /usr/local/lib/python3.11/site-packages/flask/app.py\n",
      "RUN ln -s /usr/local/bin/gunicorn /usr/bin/gunicorn\n",
    ])
  func prefixNamed(line: String) {
    #expect(!convert(image("python:3.11", install + line), files: files).rewritten.text.contains("PIP_USER"))
  }

  @Test("HARD_CASES 84: an editable install brings the sources with the metadata beside them")
  func editable() {
    let files = ["setup.py": "from setuptools import setup\n", "app.py": "x = 1\n"]
    let result = convert(image("python:3.11", "COPY . .\nRUN pip install -e .\n"), files: files)
    #expect(result.finalStage.contains("COPY --from=builder /app /app"))
  }

  @Test("a script that fetches models leaves the file alone")
  func models() {
    let files = files.merging([
      "download.py": "from sentence_transformers import SentenceTransformer\nSentenceTransformer('x')\n"
    ]) { $1 }
    #expect(convert(image("python:3.11", install + "RUN python download.py\n"), files: files).reason == .opaqueEffects)
  }

  @Test("a package that a later layer removes is a gain")
  func removedLater() {
    let lines = "RUN apk add --no-cache --virtual .build-deps gcc musl-dev\n" + install + "RUN apk del .build-deps\n"
    let result = convert(image("python:3.11-alpine", lines), files: files)
    #expect(result.isRewritten && !result.finalStage.contains("apk del"))
  }

  @Test("a user's own packages lie in a folder of his own")
  func homeFolder() {
    let lines =
      "RUN useradd -m app\nUSER app\nCOPY --chown=app:app requirements.txt .\nRUN pip install --user -r requirements.txt\nCOPY . .\n"
    let result = convert(image("python:3.11", lines), files: files)
    #expect(
      result.finalStage.contains("RUN mkdir -p /home/app/.local\nCOPY --from=builder /home/app/.local /home/app/.local")
    )
  }
}
