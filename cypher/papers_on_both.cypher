// Papers that evaluate on two benchmarks.
// :param first: Benchmark|Dataset — one benchmark
// :param second: Benchmark|Dataset — the other
// :param limit: integer = 50 — most rows
// :columns paper, title, year
MATCH (a:Benchmark|Dataset {key: $first})<-[:EVALUATED_ON]-(p:Paper)
MATCH (p)-[:EVALUATED_ON]->(b:Benchmark|Dataset {key: $second})
RETURN p.id AS paper, p.title AS title, p.year AS year
ORDER BY coalesce(year, 0) DESC, paper LIMIT $limit
