# template: dependencies in a user base that every user can read
# rung: production-dependencies
{{author}}

FROM {{runtime}}
ENV PYTHONUSERBASE={{userbase}} PATH={{userbase}}/bin:$PATH
RUN apt-get update && apt-get install -y --no-install-recommends {{packages}} && rm -rf /var/lib/apt/lists/*
{{final}}
