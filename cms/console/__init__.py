"""The CMS, full screen: `cms console`. It shows and asks, and calls what the commands call."""
