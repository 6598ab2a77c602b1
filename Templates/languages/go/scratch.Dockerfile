# template: one static binary and what it reads, on nothing
# rung: static-artefact
{{author}}

FROM {{runtime}}
COPY --from={{builder}} {{certificates}} {{certificates}}
COPY --from={{builder}} {{zoneinfo}} {{zoneinfo}}
COPY --from={{builder}} {{tmp}} {{tmp}}
ENV PATH={{path}}:$PATH
{{final}}
