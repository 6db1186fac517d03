"""Recorded calls opened with an escrow file, on a computer that is neither CMS nor CRS nor phone."""
