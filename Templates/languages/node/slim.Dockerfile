# template: dependencies and build results on the same line's slim image, or on the author's own
# rung: production-dependencies
{{author}}

FROM {{runtime}}
RUN apt-get update && apt-get install -y --no-install-recommends {{packages}} && rm -rf /var/lib/apt/lists/*
{{final}}
