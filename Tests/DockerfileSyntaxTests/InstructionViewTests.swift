import DockerfileSyntax
import Testing

struct InstructionViewTests {
  @Test(
    "gives each of the eighteen instructions its view",
    arguments: [
      ("ARG a=1 b", .arg([BuildArgument(name: "a", value: "1"), BuildArgument(name: "b", value: nil)])),
      ("CMD a b", .cmd(.shell("a b"))), ("CMD [\"a\"]", .cmd(.exec(["a"]))),
      ("ENTRYPOINT [\"a\"]", .entrypoint(.exec(["a"]))),
      ("ENV a=1 b=2", .env([KeyValue(key: "a", value: "1"), KeyValue(key: "b", value: "2")])),
      ("ENV a 1 2", .env([KeyValue(key: "a", value: "1 2")])), ("LABEL a=1", .label([KeyValue(key: "a", value: "1")])),
      ("MAINTAINER a b", .maintainer("a b")), ("SHELL [\"a\", \"-c\"]", .shell(["a", "-c"])),
      ("STOPSIGNAL SIGTERM", .stopsignal("SIGTERM")), ("VOLUME /a /b", .volume(["/a", "/b"])),
      ("VOLUME [\"/a b\"]", .volume(["/a b"])),
      ("WORKDIR /a b", .workdir("/a b")),
    ] as [(String, InstructionView)])
  func view(text: String, expected: InstructionView) throws {
    #expect(try #require(Instruction(parsing: text)).view == expected)
  }

  @Test("gives the instructions with views of their own theirs")
  func ownViews() throws {
    let view = { (text: String) in try #require(Instruction(parsing: text)).view }
    guard case .from(let from)? = try view("FROM a AS b"), case .copy(let copy)? = try view("COPY a b"),
      case .add(let add)? = try view("ADD a b"), case .run(let run)? = try view("RUN a"),
      case .onbuild(let trigger)? = try view("ONBUILD RUN a")
    else {
      Issue.record("an instruction has another view")
      return
    }
    #expect(from.name == "b")
    #expect(copy.destination == "b" && !copy.isAdd)
    #expect(add.isAdd)
    #expect(run.command == .shell("a"))
    #expect(trigger.keyword == .run)
  }

  @Test(
    "reads ports and users",
    arguments: [
      ("EXPOSE 80", "80", "tcp"), ("EXPOSE 53/UDP", "53", "udp"), ("EXPOSE 80-90/tcp", "80-90", "tcp"),
      ("EXPOSE $P/", "$P", "tcp"),
    ])
  func ports(text: String, number: String, transport: String) throws {
    guard case .expose(let ports)? = try #require(Instruction(parsing: text)).view else {
      Issue.record("no view of EXPOSE")
      return
    }
    #expect(ports.map(\.number) == [number])
    #expect(ports.map(\.transport) == [transport])
  }

  @Test(
    "reads users and groups",
    arguments: [("USER app", "app", nil), ("USER 1000:1001", "1000", "1001"), ("USER a:", "a", "")]
      as [(String, String, String?)])
  func users(text: String, name: String, group: String?) throws {
    guard case .user(let user)? = try #require(Instruction(parsing: text)).view else {
      Issue.record("no view of USER")
      return
    }
    #expect(user.name == name)
    #expect(user.group == group)
  }

  @Test("reads health checks")
  func healthchecks() throws {
    let text = "HEALTHCHECK --interval=5s --timeout=1s --start-period=2s --start-interval=1s --retries=3 CMD [\"a\"]"
    guard case .healthcheck(let check)? = try #require(Instruction(parsing: text)).view,
      case .healthcheck(let none)? = try #require(Instruction(parsing: "HEALTHCHECK NONE")).view
    else {
      Issue.record("no view of HEALTHCHECK")
      return
    }
    #expect(check.command == .exec(["a"]))
    #expect(
      [check.interval, check.timeout, check.startPeriod, check.startInterval, check.retries] == [
        "5s", "1s", "2s", "1s", "3",
      ])
    #expect(none.command == nil)
  }

  @Test(
    "gives no view of what Docker's typed instructions refuse",
    arguments: [
      "FROM a b", "COPY a", "EXPOSE", "SHELL a", "CMD --x a", "ONBUILD FROM a", "HEALTHCHECK x", "ARG =a",
      "FROM a AS 1x",
    ])
  func none(text: String) throws {
    let instruction = try #require(Instruction(parsing: text))
    #expect(instruction.view == nil)
    #expect(instruction.refusal != nil)
  }
}
