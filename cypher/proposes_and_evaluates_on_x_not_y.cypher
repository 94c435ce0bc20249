// Papers that propose a method and evaluate on one benchmark but not on another.
// :param x: Benchmark|Dataset — evaluated on
// :param y: Benchmark|Dataset — not evaluated on
// :param limit: integer = 50 — most rows
// :columns paper, title, year, method
MATCH (p:Paper)-[:PROPOSES]->(m:Method)
MATCH (p)-[:EVALUATED_ON]->(x:Benchmark|Dataset {key: $x})
WHERE NOT EXISTS { MATCH (p)-[:EVALUATED_ON]->(y:Benchmark|Dataset) WHERE y.key = $y }
RETURN p.id AS paper, p.title AS title, p.year AS year, m.name AS method
ORDER BY coalesce(year, 0) DESC, paper, method LIMIT $limit
