// Methods that a method is compared with, in either direction.
// :param method: Method — the method
// :param limit: integer = 50 — most rows
// :columns method, papers, first, last
MATCH (a:Method {key: $method})-[r:COMPARED_WITH]-(b:Method)
MATCH (p:Paper {key: r.paper})
WITH b.key AS key, b.name AS method, count(DISTINCT p.key) AS papers, min(p.year) AS first, max(p.year) AS last
RETURN method, papers, first, last
ORDER BY papers DESC, method, key LIMIT $limit
