"""The server of Countersign. Run everything from the repository root: this folder is never itself on sys.path."""
