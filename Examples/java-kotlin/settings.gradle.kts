rootProject.name = "poll"
