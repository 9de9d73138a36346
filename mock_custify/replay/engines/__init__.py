"""Who folds the shards of a replay: this process, several of them, or a Ray cluster."""
