// Methods that papers of a year propose, and how many other papers take them up.
// :param year: integer — the year
// :param limit: integer = 50 — most rows
// :columns method, paper, title, used_by
MATCH (p:Paper)-[:PROPOSES]->(m:Method)
WHERE p.year = $year
OPTIONAL MATCH (q:Paper)-[:USES|OUTPERFORMS|COMPARED_WITH]->(m)
WHERE q.key <> p.key
WITH m.key AS key, m.name AS method, p.id AS paper, p.title AS title, count(DISTINCT q.key) AS used_by
RETURN method, paper, title, used_by
ORDER BY used_by DESC, method, key, paper LIMIT $limit
