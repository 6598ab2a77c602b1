# template: a binary on Alpine, for a shell, a health check, a user by name or packages
# rung: artefact
# runtime: alpine:3.22
{{author}}

FROM {{runtime}}
RUN apk add --no-cache {{packages}}
COPY --from={{builder}} {{certificates}} {{certificates}}
COPY --from={{builder}} {{zoneinfo}} {{zoneinfo}}
ENV PATH={{path}}:$PATH
{{final}}
