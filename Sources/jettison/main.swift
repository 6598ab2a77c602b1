import JettisonCLI

JettisonCommand.start()
