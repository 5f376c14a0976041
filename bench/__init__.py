"""Measurements. `make bench` runs each module here; each ends with 1 where what it measures is not met."""
