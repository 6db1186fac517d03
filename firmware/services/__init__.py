"""The four processes of the phone."""
