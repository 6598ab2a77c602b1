import DockerfileSyntax
import Testing

struct InstructionCheckTests {
  @Test(
    "accepts what Docker's typed instructions accept",
    arguments: [
      "RUN", "CMD", "ENTRYPOINT", "RUN --mount=foo a", "RUN --mount=a --mount=b c", "RUN --network=none a",
      "RUN --security=insecure a", "COPY --from= a b", "COPY --link --parents a b", "COPY --link=TRUE a b",
      "COPY --exclude=a --exclude=b c d", "COPY --chmod=u+x a b", "ADD --checksum=a --keep-git-dir --unpack=false a b",
      "ARG --foo a", "STOPSIGNAL --x 9", "HEALTHCHECK --x --x NONE", "HEALTHCHECK NONE",
      "HEALTHCHECK --interval=1m30s --timeout=0 --start-period=1ms --start-interval=1.5s --retries=0 CMD a",
      "HEALTHCHECK CMD [\"a\"]", "RUN -- --foo", "WORKDIR a  b", "USER a # b", "VOLUME [\"a\"]", "SHELL [\"a\"]",
      "ONBUILD RUN a", "ONBUILD foo", "ENV a=", "ENV a b", "LABEL a b", "ARG a b=c", "EXPOSE 80 # x",
      "FROM b AS c-1_2.d", "FROM b AS C", "FROM --platform=x b", "MAINTAINER a b", "COPY <<x /d\nx",
    ])
  func accepted(text: String) {
    #expect(Dockerfile(parsing: "FROM a\n" + text + "\n").instructionRefusal == nil)
  }

  @Test(
    "refuses what they refuse",
    arguments: [
      "RUNN a", "\\", "CMD --foo bar", "ENV --a b=c", "LABEL --a b=c", "WORKDIR --a b", "USER --a b",
      "ONBUILD --a RUN b", "EXPOSE --a 80", "VOLUME --a b", "SHELL --a [\"b\"]", "ENTRYPOINT --a b", "MAINTAINER --a b",
      "COPY --CHOWN=a b c", "COPY --from b c", "COPY --link= b c", "COPY --link=yes b c", "COPY --from=a --from=b c d",
      "COPY --mount=a b c", "RUN --from=a b", "RUN --network=x a", "RUN --security=x a",
      "RUN --mount=from=$x,target=/y a", "FROM --platform b", "FROM --platform=a --platform=b c", "FROM", "FROM a b",
      "FROM a IS b", "FROM a AS 1", "FROM a AS b/c", "FROM a AS b c", "FROM a # b", "COPY", "COPY a", "ADD a",
      "COPY [\"a\"]", "COPY a <<x\nx", "ARG", "ARG x = y", "ARG =a", "ENV", "ENV =a", "LABEL", "WORKDIR", "USER",
      "STOPSIGNAL", "MAINTAINER", "EXPOSE", "VOLUME", "VOLUME []", "VOLUME [\"\"]", "SHELL", "SHELL a", "SHELL []",
      "HEALTHCHECK", "HEALTHCHECK a", "HEALTHCHECK CMD", "HEALTHCHECK CMD []", "HEALTHCHECK NONE a",
      "HEALTHCHECK --interval=1us CMD a", "HEALTHCHECK --interval=x CMD a", "HEALTHCHECK --interval=-1s CMD a",
      "HEALTHCHECK --retries=-1 CMD a", "HEALTHCHECK --retries=x CMD a", "ONBUILD", "ONBUILD ONBUILD RUN a",
      "ONBUILD FROM a", "onbuild maintainer a",
    ])
  func refused(text: String) {
    let refusal = Dockerfile(parsing: "FROM a\n" + text + "\n").instructionRefusal
    #expect(refusal?.line == 2)
    #expect(refusal?.message.isEmpty == false)
  }

  @Test(
    "nothing but ARG may stand before the first FROM",
    arguments: [("RUN a\nFROM b", 1), ("ARG a\nLABEL b=c\nFROM d", 2), ("# a\n\nENV b=c", 3)])
  func beforeFrom(text: String, line: Int) {
    #expect(Dockerfile(parsing: text).instructionRefusal?.line == line)
  }

  @Test("a file with arguments before its first FROM is fine, and one with nothing else")
  func globals() {
    #expect(Dockerfile(parsing: "ARG a\n").instructionRefusal == nil)
    #expect(Dockerfile(parsing: "ARG a=b\nARG c\nFROM $a\nRUN d\n").instructionRefusal == nil)
  }

  @Test("names the line where a continued instruction starts")
  func lines() {
    let file = Dockerfile(parsing: "FROM a\nRUN b \\\n\n  c\n\nCOPY \\\n  x\n")
    #expect(file.instructionRefusal?.line == 6)
  }
}
