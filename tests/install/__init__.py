"""What `make run` and `make test` install, from nothing."""
