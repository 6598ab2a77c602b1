# template: dependencies in a user base that every user can read
# rung: production-dependencies
{{author}}

FROM {{runtime}}
ENV PYTHONUSERBASE={{userbase}} PATH={{userbase}}/bin:$PATH
{{final}}
