"""Plain selections of a GraphQL document, run by functions written for them; the rest runs as graphql-core runs it.

`executor` is the class that Strawberry takes; `program` keeps what was compiled for one document; `plain` knows which
fields of a schema only hand on an attribute; `writer` writes the functions; `versions` says for which libraries all
this holds. Why, and what holds it to graphql-core: infra/decisions/0008-compiled-execution.md.
"""
