// Entities whose name or one of whose aliases holds a text, in any case.
// :param text: string — what to look for
// :param limit: integer = 50 — most rows
// :columns label, name, key, aliases
MATCH (x:Method|Dataset|Benchmark|Task|Metric)
UNWIND x.aliases AS alias
WITH x, alias
WHERE toLower(alias) CONTAINS toLower($text) OR toLower(x.name) CONTAINS toLower($text)
RETURN DISTINCT labels(x) AS label, x.name AS name, x.key AS key, x.aliases AS aliases
ORDER BY name, key LIMIT $limit
