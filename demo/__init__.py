"""The whole house on one computer: a domain, its CRS and two phones."""
