"""What the site costs, measured: `make bench` runs it, docs/performance.md is written from it.

Every figure stands beside what it is compared with, taken in the same run: the machine decides the milliseconds, the
site decides the ratios.
"""
