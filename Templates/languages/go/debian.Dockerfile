# template: a binary linked to glibc, or packages of Debian, on the slim image of the same release
# rung: artefact
{{author}}

FROM {{runtime}}
RUN mkdir -p {{folders}}
RUN apt-get update && apt-get install -y {{packages}} && rm -rf /var/lib/apt/lists/*
COPY --from={{builder}} {{certificates}} {{certificates}}
COPY --from={{builder}} {{zoneinfo}} {{zoneinfo}}
ENV PATH={{path}}:$PATH
{{final}}
