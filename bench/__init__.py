"""Measures the portal at the size of the province: `make bench`. Figures and their reading: docs/performance.md."""
