# template: what the build makes and what it reads, on the runtime of the same vendor, release and distribution
# rung: artefact
{{author}}

FROM {{runtime}}
RUN mkdir -p {{folders}}
RUN apt-get update && apt-get install -y {{packages}} && rm -rf /var/lib/apt/lists/*
{{final}}
