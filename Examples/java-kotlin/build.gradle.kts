plugins {
    kotlin("jvm") version "2.0.20"
    application
}

version = providers.exec { commandLine("git", "describe") }.standardOutput.asText.get()

repositories {
    mavenCentral()
}

dependencies {
    implementation("io.ktor:ktor-server-netty:2.3.12")
}

application {
    mainClass = "MainKt"
}
