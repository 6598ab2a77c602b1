# template: one binary and what it reads, on an image with certificates, time zones and users, but no shell
# rung: static-artefact
{{author}}

FROM {{runtime}}
COPY --from={{builder}} {{certificates}} {{certificates}}
ENV PATH={{path}}:$PATH
{{final}}
