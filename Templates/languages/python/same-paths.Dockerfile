# template: dependencies at the paths where the author's tool put them
# rung: production-dependencies
{{author}}

FROM {{runtime}}
{{final}}
