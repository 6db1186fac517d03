"""The virtual desk: two phones in a browser, on this computer only."""
