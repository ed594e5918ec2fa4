"""What every form that changes a row keeps to: it knows what it was read at, and says in words what can't be stored."""
