"""The messages that reach a workspace: their destination, their deliveries, and which came before."""
