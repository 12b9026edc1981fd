"""The desk's half of the hub protocol: outbox out, inbox in, one engine and what it stands on."""
