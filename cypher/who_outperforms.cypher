// What is said to beat a method: methods, or papers that name no method of their own.
// :param method: Method — the method
// :param limit: integer = 50 — most rows
// :columns winner, paper, title, year, confidence, sentence
MATCH (b:Method {key: $method})
OPTIONAL MATCH (m:Method)-[s:OUTPERFORMS]->(b)
WITH b, collect(DISTINCT s.paper) AS named
MATCH (a:Method|Paper)-[r:OUTPERFORMS]->(b)
WHERE NOT a.key IN named
MATCH (p:Paper {key: r.paper})
RETURN coalesce(a.name, a.title) AS winner, p.id AS paper, p.title AS title, p.year AS year,
       r.confidence AS confidence, r.sentence AS sentence
ORDER BY coalesce(year, 0) DESC, winner, paper, r.key LIMIT $limit
