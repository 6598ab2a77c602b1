# template: what the build makes and what it reads, on the runtime of the same vendor and release for Alpine
# rung: artefact
{{author}}

FROM {{runtime}}
RUN apk add --no-cache {{packages}}
{{final}}
