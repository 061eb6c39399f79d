"""The words of the report between its tables."""

INTRODUCTION = """# Performance

What the site costs, measured by `make bench` in one run on one machine. Milliseconds belong to that machine; the
ratios, each taken between neighbours of the same round, belong to the site. Figures are medians of {rounds}.
Where the server and the machine decide more than the site, the figure of a bare WSGI application stands beside it.
"""

CACHED = """## Cached pages

Two workers, wrk with 16 connections for {seconds:g} s each, one page of the demonstration content (the glossary,
76 kB), compressed. *Floor* is a bare Django view without middleware that sends the same bytes from memory; *bare WSGI*
sends them without Django. Both send the two headers without which a browser cannot read the body; with *all headers*
they send those of the site too. The *heavy page* is a comparison (224 kB); *many pages* are asked for in turn. A row is
compared with the floor of its own server and round; *floor's CPU ÷* says how many times its CPU time the floor takes.
wrk takes its share of the same cores. No application answers faster than bare WSGI: where that stays below a target, so
does the site, and its distance from bare WSGI says what it adds itself.
"""

MEMORY = """Resident memory of one worker that serves readers (`SITE_TIER=public`) and was asked for different pages,
uncompressed, until its cache of 20 MB overflowed.
"""

UNCACHED = """## Uncached pages

A page as it is made when nobody has asked for it yet, through all middleware, uncompressed, beside the same page of a
[plain Django version](../tests/bench/plain/__init__.py): models read with `select_related` and `prefetch_related`,
templates with loops and includes. A test compares their words. The plain version draws no pictures of numbers and tells
machines nothing, so it does less. What it would keep in columns, formatted references and Markdown as HTML, is ready.
"""

EDITORIAL = """## Editors and reviewers

On generated content, 140 facts to a condition, on a fresh copy of the database for each size and round. Facts that are
approved were changed and submitted before, outside of the time. *Of any* is of as many conditions as there are, 20 at
most, which makes as many new editions of whole pages. CPU is that of the process; wall is with PostgreSQL.
"""

SEARCH = """## Search

A seeded mix of questions made of the words of the site: the first 20 results with their highlights and the count,
without the page around them. Suggestions are whole answers for two to five letters. Times are wall times.
"""

LISTS = """### Lists

Whole pages, uncached.
"""

METHOD = """## How it was measured

```sh
make bench                         # all of it; the generated content goes afterwards
make bench ARGS="--keep"           # … or stays for the next run
make bench ARGS="--fresh --keep"   # … after it was made anew, when the site makes other things of it
make bench ARGS="--quick"          # small sizes, one round: a first look, no figures to quote
make bench ARGS="--only cached"    # or uncached, editorial, search, import; with commas
make bench ARGS="--report"         # writes this page again from .local/bench/results.json
```

It works in databases of its own (`sclerosis_bench…`) on the embedded PostgreSQL. Nothing else should run meanwhile. The
fixed work is always the same computing: where it takes longer, the machine was slower.
"""
