# template: dependencies at the paths where the author's tool put them
# rung: production-dependencies
{{author}}

FROM {{runtime}}
RUN apt-get update && apt-get install -y --no-install-recommends {{packages}} && rm -rf /var/lib/apt/lists/*
{{final}}
