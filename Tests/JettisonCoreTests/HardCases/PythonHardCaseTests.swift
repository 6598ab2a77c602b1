import DockerfileSyntax
import JettisonCore
import Testing

/// The hard cases of Python, by number.
struct PythonHardCaseTests {
  private let files = ["requirements.txt": "flask\ngunicorn\n", "app.py": "import flask\n"]
  private let userBase = "ENV PYTHONUSERBASE=/opt/python PATH=/opt/python/bin:$PATH\n"

  /// The usual Dockerfile of a project with requirements.
  private func service(
    _ base: String = "python:3.11-bookworm", before: String = "", after: String = "",
    start: String = "CMD [\"gunicorn\", \"app:app\"]\n"
  ) -> String {
    "FROM \(base)\n\(before)WORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n\(after)\(start)"
  }

  // MARK: Where dependencies lie

  @Test("row 82: pip installs to a neutral user base that any user can read")
  func userInstall() {
    let result = convert(service(after: "RUN useradd -m web\nUSER web\n"), files: files)
    #expect(result.builderStage.contains("ENV PIP_USER=1 PYTHONUSERBASE=/opt/python PATH=/opt/python/bin:$PATH\n"))
    #expect(result.finalStage.contains(userBase) && result.finalStage.contains("USER web\n"))
    #expect(result.plan?.travels == ["/opt/python"])
  }

  @Test(
    "row 82: the author's own --user install travels from the folder where pip puts it",
    arguments: [
      ("", "/root/.local"), ("ENV PYTHONUSERBASE=/pkgs\n", "/pkgs"), ("ENV HOME=/srv\n", "/srv/.local"),
      ("RUN useradd -m web\nUSER web\n", "/home/web/.local"),
      ("RUN useradd -md /srv/web web\nUSER web\n", "/srv/web/.local"),
      ("RUN useradd -u 1000 web\nUSER 1000\n", "/home/web/.local"),
    ])
  func ownUserInstall(lines: String, folder: String) {
    let dockerfile = service(before: lines).replacing("pip install", with: "pip install --user")
    let result = convert(dockerfile, files: files)
    #expect(result.plan?.travels == [folder] && !result.builderStage.contains("PIP_USER"))
    let unknown = service(before: "USER 1000\n").replacing("pip install", with: "pip install --user")
    #expect(convert(unknown, files: files).reason == .samePaths)
  }

  @Test("row 83: an environment travels at its path to the same interpreter; another interpreter is not followed")
  func environments() {
    let project = [
      "pyproject.toml": "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\"uvicorn\"]\n",
      "uv.lock": "version = 1\n",
    ]
    let dockerfile =
      "FROM python:3.12\nCOPY --from=ghcr.io/astral-sh/uv:0.4 /uv /bin/uv\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen\nCMD [\".venv/bin/uvicorn\", \"app:app\"]\n"
    let result = convert(dockerfile, files: project)
    #expect(result.plan?.travels == ["/app/.venv"] && result.plan?.runtime == "python:3.12-slim")
    #expect(!result.finalStage.contains("astral-sh"))
    #expect(convert(dockerfile, files: project.with([".python-version": "3.13\n"])).reason == .samePaths)
    let own = dockerfile.replacing("uv sync", with: "uv python install 3.13 && uv sync")
    #expect(convert(own, files: project).reason == .opaqueEffects)
  }

  @Test("row 84: an editable install has its sources at the same path")
  func editable() {
    let files = [
      "libs/core/pyproject.toml": "[project]\nname = \"core\"\nversion = \"1\"\n", "libs/core/core/__init__.py": "x",
      "api/pyproject.toml": "[project]\nname = \"api\"\nversion = \"1\"\n", "api/api/__main__.py": "x",
    ]
    let dockerfile =
      "FROM python:3.12\nWORKDIR /srv\nCOPY . .\nRUN pip install -e ./libs/core -e ./api\nCMD [\"python\", \"-m\", \"api\"]\n"
    #expect(convert(dockerfile, files: files).plan?.travels == ["/opt/python", "/srv"])
  }

  @Test("row 84: a workspace is copied before it is installed")
  func workspace() {
    let files = [
      "pyproject.toml": "[project]\nname = \"r\"\nversion = \"1\"\n\n[tool.uv.workspace]\nmembers = [\"packages/*\"]\n",
      "uv.lock": "version = 1\n", "packages/api/pyproject.toml": "[project]\nname = \"api\"\nversion = \"1\"\n",
      "packages/api/api.py": "x",
    ]
    let dockerfile =
      "FROM python:3.12\nRUN pip install uv\nWORKDIR /srv\nCOPY . .\nRUN uv sync --frozen --package api\nCMD [\".venv/bin/api\"]\n"
    let result = convert(dockerfile, files: files)
    #expect(result.builderStage.contains("COPY . .\nRUN uv sync --frozen --package api\n"))
    #expect(result.finalStage.contains("COPY . .\nCOPY --from=builder /srv/.venv /srv/.venv\n"))
    let plain = files.with(["pyproject.toml": "[project]\nname = \"r\"\nversion = \"1\"\n"])
    #expect(convert(dockerfile, files: plain).builderStage.contains("COPY pyproject.toml uv.lock ./\nRUN uv sync"))
  }

  @Test(
    "row 84: a dependency that is a folder is copied before it is installed",
    arguments: [
      (
        "poetry install --no-root", "pyproject.toml",
        "[tool.poetry]\nname = \"x\"\n[tool.poetry.dependencies]\nlib = { path = \"lib\" }\n"
      ),
      (
        "pdm install --prod --no-self", "pyproject.toml",
        "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\"lib @ file:///${PROJECT_ROOT}/lib\"]\n"
      ),
      ("pipenv install --system", "Pipfile", "[packages]\nlib = { path = \"./lib\" }\n"),
    ])
  func folderDependency(install: String, manifest: String, text: String) {
    let dockerfile =
      "FROM python:3.12\nRUN pip install poetry pdm pipenv && poetry config virtualenvs.create false\nWORKDIR /srv\nCOPY . .\nRUN \(install)\nCMD [\"python\", \"app.py\"]\n"
    let result = convert(
      dockerfile,
      files: [
        manifest: text, "poetry.lock": "x", "pdm.lock": "x", "Pipfile.lock": "{}", "lib/lib.py": "x", "app.py": "x",
      ])
    #expect(result.isRewritten && result.builderStage.contains("COPY . .\nRUN \(install)\n"))
  }

  @Test("row 85: the system's interpreter comes as a package, without pip and compilers")
  func systemPython() {
    let dockerfile = service(
      "ubuntu:22.04", before: "RUN apt-get update && apt-get install -y python3 python3-pip build-essential\n",
      start: "CMD [\"python3\", \"app.py\"]\n")
    let result = convert(dockerfile.replacing("pip install", with: "pip3 install"), files: files)
    #expect(result.plan?.runtime == "ubuntu:22.04" && result.finalStage.contains(" python3 "))
    #expect(!result.finalStage.contains("pip") || !result.finalStage.contains("python3-pip"))
    #expect(!result.finalStage.contains("build-essential"))
  }

  // MARK: Libraries

  @Test(
    "row 86: a library that a dependency loads is installed, or its name has to be known",
    arguments: [
      ("opencv-python", "libglib2.0-0"), ("lightgbm", "libgomp1"), ("python-magic", "libmagic1"),
    ])
  func libraries(distribution: String, package: String) {
    let result = convert(service(), files: files.with(["requirements.txt": distribution + "\ngunicorn\n"]))
    #expect(result.finalStage.contains(package) && result.plan?.runtime == "python:3.11-slim-bookworm")
    #expect(!convert(service(), files: files).finalStage.contains("apt-get"))
  }

  @Test("row 87: Alpine stays Alpine, with the libraries of its compilers")
  func alpine() {
    let lines = "RUN apk add --no-cache gcc g++ musl-dev postgresql-dev\n"
    let result = convert(
      service("python:3.11-alpine", before: lines), files: files.with(["requirements.txt": "psycopg2\ngunicorn\n"]))
    #expect(result.plan?.runtime == "python:3.11-alpine")
    #expect(result.finalStage.contains("RUN apk add --no-cache libgcc libstdc++ libpq\n"))
  }

  // MARK: Tools

  private let poetry = [
    "pyproject.toml": "[tool.poetry]\nname = \"x\"\n[tool.poetry.dependencies]\npython = \"^3.11\"\nflask = \"3\"\n",
    "poetry.lock": "x",
    "app.py": "x",
  ]

  @Test("row 88: Poetry's packages travel from where its configuration puts them")
  func poetrySites() {
    func result(_ setting: String, _ start: String) -> Conversion {
      convert(
        "FROM python:3.11\nRUN pip install poetry\n\(setting)WORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN poetry install --only main --no-root\nCOPY . .\nCMD \(start)\n",
        files: poetry)
    }
    let prefix = ["/usr/local/lib/python3.11/site-packages", "/usr/local/bin", "/usr/local/etc", "/usr/local/share"]
    #expect(
      result("RUN poetry config virtualenvs.create false\n", "[\"gunicorn\", \"app:app\"]").plan?.travels == prefix)
    #expect(result("ENV POETRY_VIRTUALENVS_CREATE=false\n", "[\"gunicorn\", \"app:app\"]").plan?.travels == prefix)
    let project = "ENV POETRY_VIRTUALENVS_IN_PROJECT=true\n"
    #expect(result(project, "[\".venv/bin/gunicorn\", \"app:app\"]").plan?.travels == ["/app/.venv"])
    let run = result(project, "[\"poetry\", \"run\", \"gunicorn\", \"app:app\"]")
    #expect(
      run.plan?.travels == prefix + ["/app/.venv"] && run.finalStage.contains("COPY pyproject.toml poetry.lock ./\n"))
    #expect(result("", "[\"poetry\", \"run\", \"python\", \"app.py\"]").reason == .startNeedsToolchain)
  }

  @Test(
    "row 89: a tool that starts the program travels, and the command stays",
    arguments: [
      ("uv", "uv sync --frozen", "uv run uvicorn app:app"),
      ("pipenv", "pipenv install --system --deploy", "pipenv run python app.py"),
      ("pdm", "pdm install --prod --no-self", "pdm run start"),
    ])
  func toolAtStart(tool: String, install: String, start: String) {
    let command = "CMD [\(start.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ", "))]"
    let files = [
      "pyproject.toml": "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\"uvicorn\"]\n", "uv.lock": "x",
      "pdm.lock": "x",
      "Pipfile": "[packages]\nflask = \"*\"\n", "Pipfile.lock": "{}", "app.py": "x",
    ]
    let result = convert(
      "FROM python:3.12\nRUN pip install \(tool)\nWORKDIR /app\nCOPY . .\nRUN \(install)\n\(command)\n", files: files)
    #expect(result.finalStage.contains(command))
    #expect(result.plan?.travels.contains("/usr/local/bin") == true)
    #expect(result.plan?.travels.contains("/app/.venv") == (tool != "pipenv"))
  }

  @Test("row 90: the author's own lines that run pip stay as they are")
  func authorsLines() {
    let line = "RUN pip install --no-cache-dir -U pip && pip install --no-cache-dir -r requirements.txt\n"
    let result = convert(service().replacing("RUN pip install -r requirements.txt\n", with: line), files: files)
    #expect(result.builderStage.contains(line) && result.plan?.travels == ["/opt/python"])
  }

  @Test(
    "row 90b: no PIP_USER where a virtual environment is made or used",
    arguments: [
      "RUN python -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\n",
      "RUN python -m venv /opt/venv\nENV VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH\n",
      "RUN pip install virtualenv && virtualenv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\n",
    ])
  func virtualEnvironment(lines: String) {
    let result = convert(service(before: lines), files: files)
    #expect(!result.rewritten.text.contains("PIP_USER") && result.plan?.travels == ["/opt/venv"])
  }

  @Test("row 91: a path below the prefix that something names keeps the prefix")
  func absolutePaths() {
    let prefix = ["/usr/local/lib/python3.11/site-packages", "/usr/local/bin", "/usr/local/etc", "/usr/local/share"]
    let supervisor = service(
      before:
        "RUN apt-get update && apt-get install -y supervisor\nCOPY supervisord.conf /etc/supervisor/conf.d/app.conf\n",
      start: "CMD [\"supervisord\", \"-n\"]\n")
    let named = files.with(["supervisord.conf": "[program:web]\ncommand=/usr/local/bin/gunicorn app:app\n"])
    #expect(convert(supervisor, files: named).plan?.travels == prefix)
    let byName = files.with(["supervisord.conf": "[program:web]\ncommand=gunicorn app:app\n"])
    #expect(convert(supervisor, files: byName).plan?.travels == ["/opt/python"])
    let compose = "services:\n  web:\n    build: .\n  beat:\n    build: .\n    command: /usr/local/bin/celery beat\n"
    #expect(convert(service(), files: files.with(["compose.yaml": compose])).plan?.travels == prefix)
  }

  // MARK: The project

  @Test("row 92: Django's static files and messages travel with the project, the settings of both stages agree")
  func django() {
    let project = [
      "requirements.txt": "django\ngunicorn\npsycopg2\n", "manage.py": "import django\n",
      "locale/de/LC_MESSAGES/django.po": "x",
      "shop/settings.py": "STATIC_ROOT = BASE_DIR / \"static\"\nSECRET_KEY = os.environ[\"SECRET_KEY\"]\n",
    ]
    let before = "RUN apt-get update && apt-get install -y gettext libpq-dev gcc\nENV SECRET_KEY=dummy\n"
    let after = "RUN python manage.py collectstatic --noinput && python manage.py compilemessages\n"
    let result = convert(service(before: before, after: after), files: project)
    #expect(result.plan?.travels == ["/opt/python", "/app"])
    #expect(result.builderStage.contains("ENV SECRET_KEY=dummy") && result.finalStage.contains("ENV SECRET_KEY=dummy"))
    #expect(
      result.builderStage.contains(after) && !result.finalStage.contains("gettext")
        && result.finalStage.contains("libpq5"))
    let elsewhere = project.with(["shop/settings.py": "STATIC_ROOT = \"/var/www/static\"\n"])
    #expect(convert(service(after: after), files: elsewhere).reason == .opaqueEffects)
  }

  @Test(
    "row 93: data that lands outside the project is not lost",
    arguments: [
      "RUN python -c \"from transformers import pipeline; pipeline('x')\"\n", "RUN python fetch.py\n",
      "RUN playwright install chromium\n",
    ])
  func downloads(line: String) {
    let more = ["fetch.py": "from sentence_transformers import SentenceTransformer\nSentenceTransformer('x')\n"]
    #expect(convert(service(after: line), files: files.merging(more) { $1 }).reason == .opaqueEffects)
  }

  @Test(
    "row 94: the repository stays where the version comes from it",
    arguments: [
      ("requires = [\"setuptools\", \"setuptools_scm\"]", true), ("requires = [\"hatchling\", \"hatch-vcs\"]", true),
      ("requires = [\"poetry-core\", \"poetry-dynamic-versioning\"]", true), ("requires = [\"hatchling\"]", false),
    ])
  func versionControl(requires: String, isKept: Bool) {
    let text = "[build-system]\n\(requires)\n\n[project]\nname = \"tool\"\ndynamic = [\"version\"]\n"
    let result = convert(
      "FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD [\"tool\"]\n",
      files: ["pyproject.toml": text, "tool/__init__.py": "x", ".git/HEAD": "x"])
    #expect(result.isRewritten && result.ignoreFile?.added.contains(".git") == !isKept)
  }

  @Test("row 95: git for requirements stays in the builder, where nothing else calls it")
  func gitRequirements() {
    let requirements = ["requirements.txt": "git+https://example.com/acme/lib@v1\ngunicorn\n"]
    let lines = "RUN apt-get update && apt-get install -y git gcc\n"
    let result = convert(
      service("python:3.11-slim", before: lines),
      files: files.with(["requirements.txt": requirements["requirements.txt"]]))
    #expect(result.builderStage.contains(lines) && !result.finalStage.contains("apt-get"))
    let calls = files.with(["app.py": "import subprocess\nsubprocess.run(['git', 'log'])\n"])
    #expect(convert(service("python:3.11-slim", before: lines), files: calls).finalStage.contains(" git"))
  }

  @Test("row 96: files that the package names are not hidden from its build")
  func referencedFiles() {
    let text = "[project]\nname = \"tool\"\nversion = \"1\"\nreadme = \"README.md\"\nlicense = { file = \"LICENSE\" }\n"
    let result = convert(
      "FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD [\"tool\"]\n",
      files: ["pyproject.toml": text, "README.md": "x", "LICENSE": "x", "docs/a.md": "x", "tool/__init__.py": "x"])
    #expect(result.builderStage.contains("COPY . .\nRUN pip install .\n"))
    for name in ["README.md", "LICENSE", "pyproject.toml"] { #expect(result.ignoreFile?.added.contains(name) == false) }
  }

  @Test("row 97: the author's settings of the interpreter stay as they are, in both stages where both read them")
  func settings() {
    let line = "ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONPATH=/app/src\n"
    let result = convert(service(before: line), files: files)
    #expect(result.builderStage.contains(line) && result.finalStage.contains(line))
    let own = "ENV PYTHONUSERBASE=/pkgs PIP_USER=1 PATH=/pkgs/bin:$PATH\n"
    let kept = convert(service(before: own), files: files)
    #expect(!kept.rewritten.text.contains("/opt/python") && kept.finalStage.contains(own))
  }

  @Test(
    "row 98: an image whose content is not known is not guessed at",
    arguments: [
      "tiangolo/uvicorn-gunicorn-fastapi:python3.9", "continuumio/miniconda3", "jupyter/base-notebook",
      "tensorflow/tensorflow:2.15.0-gpu",
    ])
  func unknownBases(base: String) {
    #expect(convert(service(base), files: files).reason == .unknownBase)
  }
}
