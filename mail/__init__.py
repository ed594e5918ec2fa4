"""E-mails written down where they are caused, and sent by a worker: no request waits for a mail server."""
