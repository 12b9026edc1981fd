"""Mail: what a message is made of, how it reaches a server or a mail program, the outbox."""
