"""The one statement that finds, counts and ranks. Its cost is bounded, however many entries have a word.

- What stands first (see marks) is looked for by itself, which is quick for any word. The rest is looked for only when
  that leaves room, and no more than MOST of each are ranked.
- Filters keep what was found where that was all; else the index is asked again with the marks of the filters.
- The last word may be the beginning of one, but not where many pages have it as it stands: to gather all words that
  begin so would take longer than the search.
- The questions are values of the statement and no constants, so the plan is always the index: with an eye on how
  frequent a word is, PostgreSQL would read a table from its beginning for what may only stand at its end.
"""

from editorial.searching.marks import FIRST, LAST_OF_FIRST

MOST = 500
"""So many entries are ranked of what stands first, and as many of the rest: who finds more needs one more word."""
COMMON = 100
"""A word that so many editions have is taken as it stands."""
_MOST_SUBJECTS = 20

_ASKED = f"""
    typed AS MATERIALIZED (SELECT CASE
        WHEN EXISTS (SELECT FROM editorial_searchword WHERE word = %(last)s AND uses >= {COMMON})
        THEN to_tsquery('english', %(all)s) ELSE to_tsquery('english', %(begun)s) END AS words),
    asked AS MATERIALIZED (SELECT words, words && '{FIRST}'::tsquery AS first, numnode(words) > 0 AS is_any FROM typed),
    part AS MATERIALIZED (SELECT words, words && '{FIRST}'::tsquery AS first
        FROM (SELECT to_tsquery('english', %(some)s) AS words) AS typed)
"""
_NONE_FITS = "NOT EXISTS (SELECT FROM all_first) AND NOT EXISTS (SELECT FROM all_rest)"


def _scan(query: str, source: str, *, gate: str, more: str = "TRUE") -> str:
    """Entries that fit a query of `source`, ranked by its words, when the gate is open."""
    return (
        "MATERIALIZED (SELECT id, kind, about, tier,"
        f" ts_rank(vector, (SELECT words FROM {source}), 1) / (1 + tier * 0.5) AS rank"
        f" FROM editorial_searchentry WHERE vector @@ (SELECT {query} FROM {source}) AND {gate} AND {more}"
        f" AND id <> ALL(%(hidden)s::bigint[]) LIMIT {MOST})"
    )


def _has_room(scan: str) -> str:
    return f"(SELECT count(*) FROM {scan}) < {MOST}"


def _write_found() -> str:
    """What fits all that was asked; else what fits a part of it."""
    rest = f"tier > {LAST_OF_FIRST}"
    is_any = "(SELECT is_any FROM asked)"
    return f"""
    all_first AS {_scan("first", "asked", gate=is_any)},
    all_rest AS {_scan("words", "asked", gate=f"{is_any} AND {_has_room('all_first')}", more=rest)},
    some_first AS {_scan("first", "part", gate=_NONE_FITS)},
    some_rest AS {_scan("words", "part", gate=f"{_NONE_FITS} AND {_has_room('some_first')}", more=rest)},
    found AS MATERIALIZED (
        SELECT * FROM all_first UNION ALL SELECT * FROM all_rest
        UNION ALL SELECT * FROM some_first UNION ALL SELECT * FROM some_rest
    ),
    capped AS MATERIALIZED (SELECT greatest(count(*) FILTER (WHERE tier <= {LAST_OF_FIRST}),
        count(*) FILTER (WHERE tier > {LAST_OF_FIRST})) >= {MOST} AS is_capped FROM found)
    """


def _write_narrowed() -> str:
    """What is left of it under the filters."""
    is_capped = "(SELECT is_capped FROM capped)"
    return f"""
    narrow AS MATERIALIZED (SELECT words, words && to_tsquery('simple', %(filter)s) AS filtered
        FROM (SELECT CASE WHEN {_NONE_FITS} THEN part.words ELSE asked.words END AS words FROM asked, part) AS used),
    looked_up AS {_scan("filtered", "narrow", gate=is_capped)},
    narrowed AS MATERIALIZED (
        SELECT * FROM found WHERE NOT {is_capped} AND (%(kind)s = '' OR kind = %(kind)s)
            AND (%(about)s::bigint IS NULL OR %(about)s = ANY(about))
        UNION ALL SELECT * FROM looked_up
    )
    """


def _write(*, is_filtered: bool) -> str:
    narrowed = _write_narrowed() if is_filtered else "narrowed AS MATERIALIZED (SELECT * FROM found)"
    has_more = f"(SELECT count(*) FROM looked_up) >= {MOST}" if is_filtered else "(SELECT is_capped FROM capped)"
    return f"""
    WITH {_ASKED}, {_write_found()}, {narrowed},
    page AS (
        SELECT id, row_number() OVER (ORDER BY (id = %(first)s) DESC, rank DESC, tier, id) AS place
        FROM narrowed ORDER BY place LIMIT %(length)s OFFSET %(start)s
    ),
    subjects AS (
        SELECT subject, count(*) AS n FROM found, unnest(about) AS subject
        WHERE %(kind)s = '' OR kind = %(kind)s
        GROUP BY subject ORDER BY subject IS NOT DISTINCT FROM %(about)s DESC, n DESC LIMIT {_MOST_SUBJECTS}
    )
    SELECT json_build_object(
        'count', (SELECT count(*) FROM narrowed),
        'has_more', {has_more},
        'is_capped', (SELECT is_capped FROM capped),
        'has_all', NOT ({_NONE_FITS}),
        'stems', (SELECT words::text FROM asked),
        'by_kind', (SELECT json_object_agg(kind, n) FROM (
            SELECT kind, count(*) AS n FROM found
            WHERE %(about)s::bigint IS NULL OR %(about)s = ANY(about) GROUP BY kind) AS kinds),
        'subjects', (SELECT json_agg(json_build_object(
                'id', subject, 'title', title, 'address', address, 'count', n
            ) ORDER BY position, title)
            FROM subjects JOIN editorial_searchentry AS entry ON entry.subject_id = subject AND entry.tier = 0),
        'entries', (SELECT json_agg(json_build_object(
                'id', entry.id, 'kind', kind, 'address', address, 'title', title, 'text', text, 'context', context
            ) ORDER BY place) FROM page JOIN editorial_searchentry AS entry USING (id))
    )::text
    """


SQL = _write(is_filtered=False)
SQL_FILTERED = _write(is_filtered=True)
