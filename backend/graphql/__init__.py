"""The GraphQL edge: translation only."""

if __name__ == "graphql":  # backend/ is on sys.path and hides graphql-core
    raise ImportError("backend/ must not be on sys.path: run from the repository root")
