"""Forms that change a row: each knows what it was read at, and says in words what can't be stored."""
