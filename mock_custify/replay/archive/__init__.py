"""Reading archives: files are found, recognised by content and path, and read message by message."""
