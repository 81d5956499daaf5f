"""The HTTP edge beside GraphQL: sign-in cookies, uploads, brand files, health, the pages of the SPA."""

if __name__ == "http":  # backend/ is on sys.path and hides the standard library
    raise ImportError("backend/ must not be on sys.path: run from the repository root")
