// Papers that have to do with a method, and how.
// :param method: Method — the method
// :param limit: integer = 50 — most rows
// :columns paper, title, year, role, sentence
MATCH (p:Paper)-[r]->(m:Method {key: $method})
RETURN p.id AS paper, p.title AS title, p.year AS year, type(r) AS role, r.sentence AS sentence
ORDER BY coalesce(year, 0) DESC, paper, role, r.key LIMIT $limit
