"""The outbox of letters and its worker; knows nothing of events."""
