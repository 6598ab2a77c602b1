import Projects
import Testing

struct PyProjectTests {
  @Test("reads a project of PEP 621")
  func project() throws {
    let project = try parse(
      """
      [build-system]
      requires = ["setuptools>=61", "wheel"]
      build-backend = "setuptools.build_meta"

      [project]
      name = "My.App"
      version = "1.0"
      requires-python = ">=3.10"
      readme = "README.md"
      license = { file = "LICENSE" }
      dependencies = [
        "flask[async]>=2", # web
        "psycopg2 ; python_version < '3.12'",
      ]
      [project.optional-dependencies]
      dev = ["pytest"]
      [project.scripts]
      app = "app:main"
      admin = "app.admin:main"
      """)
    #expect(project.name == "My.App")
    #expect(project.requiresPython == ">=3.10")
    #expect(project.distributions.map(\.name) == ["flask", "psycopg2"])
    #expect(project.distributions.first?.extras == ["async"])
    #expect(project.scripts.sorted() == ["admin", "app"])
    #expect(project.referencedFiles == ["README.md", "LICENSE"])
    #expect(project.tools.isEmpty)
    #expect(!project.hasLocalPaths)
    #expect(!project.versionFromVersionControl)
  }

  @Test("reads Poetry's tables")
  func poetry() throws {
    let project = try parse(
      """
      [tool.poetry]
      name = "app"
      readme = "README.rst"
      [tool.poetry.dependencies]
      python = "^3.11"
      Flask = "^2.0"
      uvicorn = { version = "0.23", extras = ["standard"] }
      extra = { version = "1", optional = true }
      multi = [{ version = "1", python = "<3.12" }, { version = "2" }]
      [tool.poetry.group.dev.dependencies]
      pytest = "*"
      [tool.poetry.scripts]
      app = "app:main"
      [tool.black]
      line-length = 100
      """)
    #expect(project.name == "app")
    #expect(project.requiresPython == "^3.11")
    #expect(project.distributions.map(\.name) == ["flask", "multi", "uvicorn"])
    #expect(project.distributions.map(\.specifier) == ["^2.0", "", "0.23"])
    #expect(project.scripts == ["app"])
    #expect(project.referencedFiles == ["README.rst"])
    #expect(project.tools == ["black", "poetry"])
    #expect(!project.hasLocalPaths)
  }

  @Test(
    "sees dependencies that are folders of the repository",
    arguments: [
      ("[tool.poetry.dependencies]\nlib = { path = \"../lib\" }", true),
      ("[tool.uv.sources]\nlib = { path = \"lib\" }", true), ("[tool.uv.workspace]\nmembers = [\"p/*\"]", true),
      ("[project]\nname = \"a\"\ndependencies = [\"b @ file:///b\"]", true),
      ("[tool.uv]\ndev-dependencies = [\"a\"]", false), ("[project]\nname = \"a\"\ndependencies = [\"b\"]", false),
      ("[tool.poetry.dependencies]\nlib = \"1\"", false),
    ])
  func localPaths(text: String, expected: Bool) throws {
    #expect(try parse(text).hasLocalPaths == expected)
  }

  @Test(
    "sees versions that come out of version control",
    arguments: [
      ("[build-system]\nrequires = [\"setuptools>=64\", \"setuptools_scm[toml]>=8\"]", true),
      ("[build-system]\nrequires = [\"hatchling\", \"hatch-vcs\"]", true),
      ("[build-system]\nrequires = [\"poetry-core\", \"poetry-dynamic-versioning\"]", true),
      ("[tool.setuptools_scm]", true), ("[tool.hatch.version]\nsource = \"vcs\"", true),
      ("[tool.poetry-dynamic-versioning]\nenable = true", true),
      ("[build-system]\nrequires = [\"versioneer[toml]\"]", true), ("[tool.hatch.version]\npath = \"a.py\"", false),
      ("[build-system]\nrequires = [\"setuptools\"]", false), ("", false),
    ])
  func versions(text: String, expected: Bool) throws {
    #expect(try parse(text).versionFromVersionControl == expected)
  }

  @Test(
    "a table that is missing or of another type is passed over",
    arguments: [
      "", "# nothing\n", "project = 1", "[project]\ndependencies = \"flask\"",
      "[project]\nname = 1\nreadme = { text = \"x\" }\nlicense = \"MIT\"", "[build-system]\nrequires = 1",
      "tool = \"x\"",
    ])
  func odd(text: String) throws {
    let project = try parse(text)
    #expect(project.distributions.isEmpty)
    #expect(project.referencedFiles.isEmpty)
  }

  @Test(
    "names the line of broken TOML",
    arguments: [
      ("[project\nname = \"a\"", 1), ("[project]\nname = a\n", 2), ("\n\n[project]\nname = \"a\nx = 1\n", 4),
      ("a = 1\na = 2\n", 2), ("[project]\nname = \"a\"\ndependencies = [\n\"b\"\n\"c\"\n]\n", 5),
    ])
  func broken(text: String, line: Int) throws {
    let error = try #require(throws: ProjectProblemError.self) {
      try PyProject.parse(text, file: "pyproject.toml").get()
    }
    #expect(error.problem.file == "pyproject.toml")
    #expect(error.problem.line == line)
    #expect(!error.problem.message.isEmpty)
  }

  @Test("reads a Pipfile")
  func pipfile() throws {
    let project = try PyProject.parsePipfile(
      """
      [[source]]
      url = "https://pypi.org/simple"
      [packages]
      Flask = "==2.0"
      requests = { version = "*", extras = ["socks"] }
      [dev-packages]
      pytest = "*"
      [requires]
      python_version = "3.11"
      """, file: "Pipfile"
    ).get()
    #expect(project.distributions.map(\.name) == ["flask", "requests"])
    #expect(project.distributions.map(\.specifier) == ["==2.0", "*"])
    #expect(project.requiresPython == "3.11")
    #expect(!project.hasLocalPaths)
  }

  @Test("a Pipfile may hold the project itself")
  func localPipfile() throws {
    #expect(
      try PyProject.parsePipfile("[packages]\napp = { editable = true, path = \".\" }\n", file: "Pipfile").get()
        .hasLocalPaths)
    #expect(throws: ProjectProblemError.self) { try PyProject.parsePipfile("[packages\n", file: "Pipfile").get() }
  }

  private func parse(_ text: String) throws -> PyProject {
    try PyProject.parse(text, file: "pyproject.toml").get()
  }
}
