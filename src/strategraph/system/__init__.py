"""The operating system: processes that can be stopped, files written whole, locks, text on terminals."""
