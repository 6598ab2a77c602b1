import JettisonCore
import Testing

/// Which runtime image stands behind an image with a tool chain.
struct JavaImageTests {
  private func runtime(_ image: String) -> String? {
    convert(
      "FROM \(image)\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n", files: ["app.jar": "x"]
    ).plan?.runtime
  }

  @Test(
    "the runtime has the vendor, release and distribution of the tool chain",
    arguments: [
      ("openjdk:8-jdk-alpine", "openjdk:8-jre-alpine"), ("openjdk:8u111-jdk-alpine", "openjdk:8u111-jre-alpine"),
      ("openjdk:8-alpine", "openjdk:8-jre-alpine"), ("openjdk:8", "openjdk:8-jre"),
      ("openjdk:11-jdk-slim-buster", "openjdk:11-jre-slim-buster"), ("openjdk:11-slim", "openjdk:11-jre-slim"),
      ("eclipse-temurin:17", "eclipse-temurin:17-jre"),
      ("eclipse-temurin:17-jdk-jammy", "eclipse-temurin:17-jre-jammy"),
      ("eclipse-temurin:21.0.2_13-jdk-alpine", "eclipse-temurin:21.0.2_13-jre-alpine"),
      ("eclipse-temurin:17-alpine", "eclipse-temurin:17-jre-alpine"), ("java:8", "java:8-jre"),
      ("java:openjdk-8-jdk-alpine", "java:openjdk-8-jre-alpine"),
      ("maven:3.9-eclipse-temurin-17", "eclipse-temurin:17-jre"),
      ("maven:3.9.9-eclipse-temurin-24-noble", "eclipse-temurin:24-jre-noble"),
      ("maven:3-eclipse-temurin-21-alpine", "eclipse-temurin:21-jre-alpine"),
      ("maven:3.6.1-jdk-11-slim", "openjdk:11-jre-slim"), ("maven:3.8-openjdk-8", "openjdk:8-jre"),
      ("maven:3-alpine", "openjdk:8-jre-alpine"), ("adoptopenjdk:11-jdk-hotspot", "adoptopenjdk:11-jre-hotspot"),
      ("azul/zulu-openjdk-alpine:17", "azul/zulu-openjdk-alpine:17-jre"),
      ("gradle:7.6-jdk17", "eclipse-temurin:17-jre"), ("gradle:jdk21-alpine", "eclipse-temurin:21-jre-alpine"),
      ("amazoncorretto:8-alpine3.17", "amazoncorretto:8-alpine3.17-jre"),
      ("amazoncorretto:8-alpine3.17-jdk", "amazoncorretto:8-alpine3.17-jre"),
    ])
  func rule(image: String, expected: String) {
    #expect(runtime(image) == expected)
  }

  @Test(
    "no runtime is made up",
    arguments: [
      "openjdk:17", "openjdk:17-jdk-alpine", "openjdk:11-jdk-alpine", "openjdk:latest", "openjdk", "maven:3",
      "maven:latest", "gradle:7.6", "eclipse-temurin:16-jdk", "amazoncorretto:17", "maven:3.8-openjdk-17",
      "maven:3.9.7-amazoncorretto-17-debian", "openjdk:11-oracle", "openjdk:8-jdk-oraclelinux7",
      "gradle:6.8-jdk8-openj9",
      "openjdk:8@sha256:0000000000000000000000000000000000000000000000000000000000000000",
    ])
  func none(image: String) {
    let result = convert(
      "FROM \(image)\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n", files: ["app.jar": "x"])
    #expect(result.reason == .noRuntimeVariant)
  }

  @Test("an image that is a runtime already stays", arguments: ["openjdk:8-jre-alpine", "eclipse-temurin:17-jre"])
  func already(image: String) {
    let result = convert(
      "FROM \(image)\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n", files: ["app.jar": "x"])
    #expect(result.reason == .prebuiltArtefact)
  }

  @Test("a build argument in the tag stays one, or the file stays")
  func arguments() {
    #expect(runtime("eclipse-temurin:17-jdk") == "eclipse-temurin:17-jre")
    let file = "ARG V=17\nFROM eclipse-temurin:${V}-jdk\nCOPY app.jar /\nCMD java -jar /app.jar\n"
    #expect(convert(file, files: ["app.jar": "x"]).plan?.runtime == "eclipse-temurin:${V}-jre")
    let whole = "ARG TAG=17-jdk\nFROM eclipse-temurin:${TAG}\nCOPY app.jar /\nCMD java -jar /app.jar\n"
    #expect(convert(whole, files: ["app.jar": "x"]).reason == .sameValues)
  }
}
