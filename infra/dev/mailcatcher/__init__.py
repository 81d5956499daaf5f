"""A mail server of development that delivers nothing: it keeps every mail and shows it on a page and over an API."""
