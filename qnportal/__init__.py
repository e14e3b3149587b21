"""Settings, addresses, security, the embedded database."""
