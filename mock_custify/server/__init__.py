"""The HTTP server: connections, limits, TLS, and answers that are streamed."""
