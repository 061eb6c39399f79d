"""The one statement that finds, counts and ranks. Its cost is bounded, however many entries have a word.

- Only so many entries are ranked as there is room for. Where a word is in very many, what stands first (see marks) is
  looked at before the rest. Where an entry holds the words of a whole page, they are stored apart from its row, and to
  look into them costs as much as fifty others, so there is less room for these.
- The ways to say what is named are looked for one after another, as long as there is room. To ask the index for any of
  them at once takes it ten times as long, because it weighs all of them for each entry that has one. Only where few
  entries have the other words it is asked at once.
- Where nothing fits all words, they are looked for one after another in the same manner, the rarest first.
- Conditions stand beside each other instead of in one: then the index leaps to where the rarer one is next.
- A name of several words is looked for as words that stand anywhere, and then in what was found by it: else the index
  has each entry read twice.
- Filters keep what was found where that was all; else the index is asked again with the marks of the filters.
- The last word may be the beginning of one, but not where many pages have it as it stands: to gather all words that
  begin so would take longer than the search.
- The questions are values of the statement and no constants, so the plan is always the index: with an eye on how
  frequent a word is, PostgreSQL would read a table from its beginning for what may only stand at its end.
"""

from functools import cache

from editorial.searching.marks import FIRST

MOST, MOST_OF_MANY = 1000, 250
"""So many entries are ranked, on a site of ordinary size and on a large one: who finds more needs one more word."""
LONG, LONG_OF_MANY = 50, 20
"""So many of them at most hold the words of a whole page. A site that has more than LONG of these is a large one."""
COMMON = 100
"""A word that so many editions have is taken as it stands."""
FEW = 1000
"""A word that fewer editions have decides more than the ways to say a name."""
_MOST_SUBJECTS = 20
_IN_LONG, _LONG_ALONE, _ANY, _FIRST, _REST = range(5)

_ASKED = f"""
    typed AS MATERIALIZED (SELECT EXISTS (
        SELECT FROM editorial_searchword WHERE word = %(last)s AND uses >= {COMMON}) AS is_whole),
    asked AS MATERIALIZED (SELECT to_tsquery('english', CASE WHEN is_whole THEN %(all)s ELSE %(begun)s END) AS words,
        to_tsquery('english', CASE WHEN is_whole THEN %(plain)s ELSE %(plain_begun)s END) AS plain,
        to_tsquery('english', %(others)s) AS others,
        to_tsquery('english', replace(%(others)s, '<->', '&')) AS near_others,
        NOT is_whole AND %(last)s <> '' OR EXISTS (SELECT FROM editorial_searchword
            WHERE word = ANY(string_to_array(%(plain)s, ' & ')) AND uses < {FEW}) AS is_rare,
        EXISTS (SELECT FROM editorial_searchword WHERE word = ANY(%(words)s) AND uses >= {MOST_OF_MANY}) AS is_common
        FROM typed),
    site AS MATERIALIZED (SELECT is_large, CASE WHEN is_large THEN {MOST_OF_MANY} ELSE {MOST} END AS room
        FROM (SELECT count(*) > {LONG} AS is_large FROM (
            SELECT FROM editorial_searchentry WHERE kind = %(long_kind)s LIMIT {LONG} + 1) AS long) AS size),
    classes AS MATERIALIZED (SELECT class.* FROM site, to_tsquery('simple', %(long)s) AS long, LATERAL (VALUES
        ({_IN_LONG}, long, CASE WHEN is_large THEN {LONG_OF_MANY} ELSE {LONG} END, NOT is_large),
        ({_LONG_ALONE}, long, {LONG}, TRUE), ({_ANY}, !!long, room, TRUE),
        ({_FIRST}, '{FIRST}' && !!long, room, TRUE), ({_REST}, '!{FIRST}', room, TRUE)
    ) AS class (number, mark, most, has_phrases)),
    said AS MATERIALIZED (
        SELECT to_tsquery('english', name) AS way, to_tsquery('english', replace(name, '<->', '&')) AS near,
            NOT (SELECT is_rare FROM asked) AND name LIKE '%%<->%%' AS is_phrase
        FROM unnest(CASE WHEN (SELECT is_rare FROM asked) THEN ARRAY[%(named)s] ELSE %(ways)s::text[] END) AS name
        WHERE numnode(to_tsquery('english', name)) > 0),
    ways AS MATERIALIZED (
        SELECT way && others AS way, near, is_phrase, plain AS beside,
            CASE WHEN numnode(others) > 0 THEN near_others ELSE near END AS others FROM said, asked
        -- Where nothing is named, all words are looked for at once.
        UNION ALL SELECT plain, plain, FALSE, '', plain FROM asked
        WHERE NOT EXISTS (SELECT FROM said) AND numnode(plain) > 0),
    some_ways AS MATERIALIZED (
        SELECT way, to_tsquery('english', replace(name, '<->', '&')) AS near, name LIKE '%%<->%%' AS is_phrase,
            ''::tsquery AS beside, way AS others
        FROM typed, unnest(%(some_ways)s::text[]) AS name,
            to_tsquery('english', CASE WHEN is_whole AND name = %(last)s || ':*' THEN %(last)s ELSE name END) AS way
        WHERE numnode(way) > 0
        ORDER BY (SELECT min(uses) FROM editorial_searchword WHERE word = ANY(string_to_array(name, ' <-> ')))
            NULLS FIRST)
"""
_CLASSES = f"""
    SELECT {_IN_LONG} UNION ALL SELECT unnest(CASE WHEN is_common AND NOT is_rare
        THEN ARRAY[{_FIRST}, {_REST}] ELSE ARRAY[{_ANY}] END) FROM asked
"""
_NONE_FITS = "NOT EXISTS (SELECT FROM all_hits)"


def _look(ways: str, classes: str, *, gate: str = "TRUE", filter: str = "''", has_others: bool = False) -> str:
    """What the ways find in these classes, some of it twice, when the gate is open."""
    others = "AND vector @@ others" if has_others else ""
    return f"""MATERIALIZED (
        SELECT hit.*, number FROM (
            SELECT * FROM classes WHERE number IN ({classes}) AND {gate} ORDER BY number
        ) AS class, LATERAL (
            SELECT one.* FROM {ways}, LATERAL (SELECT *, count(*) OVER () >= most AS is_cut FROM (
                SELECT id, kind, about, tier, vector FROM editorial_searchentry
                WHERE vector @@ (mark && beside && {filter}) AND vector @@ near {others}
                    AND id <> ALL(%(hidden)s::bigint[]) LIMIT most
            ) AS entry) AS one
            WHERE (has_phrases OR NOT is_phrase) AND (near = way OR vector @@ way) LIMIT most
        ) AS hit LIMIT (SELECT room FROM site)
    )"""


def _rank(hits: str) -> str:
    return f"""MATERIALIZED (
        SELECT id, kind, about, tier, ts_rank(vector, (SELECT words FROM used), 1) / (1 + tier * 0.5) AS rank
        FROM (SELECT DISTINCT ON (id) * FROM {hits}) AS hit
    )"""


def _are_capped(hits: str) -> str:
    return f"(SELECT count(*) >= (SELECT room FROM site) OR count(*) FILTER (WHERE is_cut) > 0 FROM {hits})"


def _write_found(*, has_others: bool) -> str:
    """What fits all that was asked; else what fits a part of it."""
    return f"""
    all_hits AS {_look("ways", _CLASSES, has_others=has_others)},
    some_hits AS {_look("some_ways", f"{_IN_LONG}, {_FIRST}, {_REST}", gate=_NONE_FITS)},
    hits AS MATERIALIZED (SELECT * FROM all_hits UNION ALL SELECT * FROM some_hits),
    used AS MATERIALIZED (
        SELECT CASE WHEN {_NONE_FITS} THEN to_tsquery('english', %(some)s) ELSE words END AS words FROM asked),
    found AS {_rank("hits")},
    capped AS MATERIALIZED (SELECT {_are_capped("hits")} AS is_capped)
    """


def _write_narrowed(*, has_others: bool) -> str:
    """What is left of it under the filters."""
    is_capped = "(SELECT is_capped FROM capped)"
    gate = f"{is_capped} AND (number <> {_LONG_ALONE} OR %(kind)s IN ('', %(long_kind)s))"
    filter = "to_tsquery('simple', %(filter)s)"
    classes = f"{_LONG_ALONE}, {_ANY}"
    return f"""
    used_ways AS MATERIALIZED (
        SELECT * FROM ways WHERE NOT ({_NONE_FITS}) UNION ALL SELECT * FROM some_ways WHERE {_NONE_FITS}),
    looked_up AS {_look("used_ways", classes, gate=gate, filter=filter, has_others=has_others)},
    looked_up_ranked AS {_rank("looked_up")},
    narrowed AS MATERIALIZED (
        SELECT * FROM found WHERE NOT {is_capped} AND (%(kind)s = '' OR kind = %(kind)s)
            AND (%(about)s::bigint IS NULL OR %(about)s = ANY(about))
        UNION ALL SELECT * FROM looked_up_ranked
    )
    """


@cache
def write(*, is_filtered: bool, has_others: bool) -> str:
    """The statement; `has_others` when more than one thing is named."""
    narrowed = _write_narrowed(has_others=has_others) if is_filtered else "narrowed AS (SELECT * FROM found)"
    has_more = _are_capped("looked_up") if is_filtered else "(SELECT is_capped FROM capped)"
    return f"""
    WITH {_ASKED}, {_write_found(has_others=has_others)}, {narrowed},
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
