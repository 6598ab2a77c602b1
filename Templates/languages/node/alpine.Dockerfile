# template: dependencies and build results on the same line's Alpine image
# rung: production-dependencies
{{author}}

FROM {{runtime}}
RUN apk add --no-cache {{packages}}
{{final}}
